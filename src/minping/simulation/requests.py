"""Requests to the hotline: what they were about, how soon they were answered, whether the matter was truly settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Bools, Codes, Floats, Ints
from minping.simulation.handling import Handled, handle
from minping.simulation.wording import Told, tell
from minping.simulation.writing import DAY, Table, coded, joined, numbered, stamps

if TYPE_CHECKING:
    from minping.simulation.county import County

#: category: days allowed, share at streets, share at departments; what people write is in `wording`
CATEGORIES: dict[str, tuple[int, float, float]] = {
    "物业管理": (7, 16, 4),
    "噪音扰民": (3, 14, 4),
    "道路破损": (7, 11, 8),
    "垃圾清运": (3, 12, 2),
    "占道经营": (3, 9, 5),
    "违章停车": (3, 9, 9),
    "供水停水": (3, 8, 8),
    "路灯照明": (5, 7, 6),
    "社保医保": (10, 5, 26),
    "行政审批": (10, 3, 24),
    "电动车充电": (5, 2, 2),
}
GROWING = len(CATEGORIES) - 1
GROWTH = (1.0, 4.0, 10.0)  #: of the growing theme: before, in the month before the last, in the last
COMMUNITIES = ("幸福社区", "和平社区", "朝阳社区", "新华社区", "花园社区", "解放社区")  #: names of some in every street
SPOTS = ("东门", "北门", "3号楼", "8号楼", "菜市场旁", "小学门口", "公交站", "主路")
PLACES = len(COMMUNITIES) * len(SPOTS)  #: of each street or town
CHANNELS = ("hotline", "app", "web", "letter")
YES_NO = ("no", "yes")
ACKNOWLEDGEMENTS = ("您的诉求已收悉，感谢您的来电。", "已收悉，我们将尽快处理。", "来件收悉，已转相关科室。")
REPLIES = (
    "已到现场核实并处理完毕，现状照片已上传。",
    "已责令责任单位限期整改，目前整改到位。",
    "已电话联系说明政策依据并协助办理。",
    "已安排维修，当日恢复正常。",
    "经核查情况属实，已纳入改造计划并告知时间。",
)
EXCLUSIONS = ("不属于受理范围", "应经诉讼或复议解决", "恶意重复拨打")
PER_SERVICE = 0.12  #: requests for each service
AGAIN = 0.07  #: share asked again from the same place within 30 days
MARKED = 0.5  #: share of those that the hotline marks as repeated


@dataclass(frozen=True, slots=True)
class Requests:
    """Every request, by time of opening, with what is known only here."""

    ids: list[str]
    body: Codes
    opened: Ints
    category: Codes
    again: Ints  #: the earlier request on the same matter; -1 where none
    settled: Bools  #: truly, once closed
    told: Told  #: what stands in the table


def draw_requests(random: np.random.Generator, county: County, services: int) -> Requests:
    """Who asks for what, where and when; some ask again."""
    count = max(30, round(PER_SERVICE * services))
    weight = county.population * np.where(county.department, 0.3, 1.0)
    body = random.choice(county.size, count, p=weight / weight.sum())
    day = random.integers(county.days.size, size=count)
    opened = county.days.astype(np.int64)[day] * DAY + (random.normal(14.5, 4.0, count).clip(0, 23.99) * 3600).astype(
        np.int64
    )
    category = draw_categories(random, county, body, county.month_of(county.days[day]))
    street = random.integers(int((~county.department).sum()), size=count)  # a department's matters lie anywhere
    place = np.where(county.department[body], street, body) * PLACES + random.integers(PLACES, size=count)
    source = np.flatnonzero(random.random(count) < AGAIN)
    later = opened[source] + random.integers(DAY, 30 * DAY, source.size)
    source, later = source[later < county.end], later[later < county.end]
    origin = np.concatenate([np.arange(count), source])  # the request whose matter each row is about
    when = np.concatenate([opened, later])
    order = np.argsort(when, kind="stable")
    at = np.empty(order.size, dtype=np.int64)  # where each came to stand
    at[order] = np.arange(order.size)
    again = np.where(order >= count, at[origin[order]], -1)
    body, category, place = body[origin][order], category[origin][order], place[origin][order]
    spots = [f"{community}{spot}" for community in COMMUNITIES for spot in SPOTS]
    where = joined(coded(place // PLACES, county.names), coded(place % PLACES, spots))
    odds = 1.4 + 1.2 * county.quality[body] - np.where(category == GROWING, 0.8, 0.0)
    return Requests(
        ids=numbered("R", order.size),
        body=body.astype(np.int32),
        opened=when[order],
        category=category.astype(np.int32),
        again=again,
        settled=random.random(order.size) < 1 / (1 + np.exp(-odds)),
        told=tell(random.spawn(1)[0], category, where, again),
    )


def draw_categories(random: np.random.Generator, county: County, body: Ints, month: Codes) -> Ints:
    """A category each: streets and departments differ, and one theme grows in the last two months."""
    mine = np.cumsum(_phases(), axis=2)[_phase(county, month), county.department[body].astype(np.int64)]
    return np.asarray((random.random(body.size)[:, None] > mine[:, :-1]).sum(axis=1), dtype=np.int64)


def category_shares(county: County) -> Floats:
    """What the people of each body ask for, over all days, (N, C)."""
    whole = _phases()[_phase(county, county.month_of(county.days))].mean(axis=0)
    return np.asarray(whole[county.department.astype(np.int64)])


def _phases() -> Floats:
    """Shares of the categories in each phase of growth, of streets and departments, (3, 2, C)."""
    shares = np.array([[street, department] for _, street, department in CATEGORIES.values()], np.float64).T
    phases = np.stack([shares] * len(GROWTH))
    phases[:, :, GROWING] *= np.array(GROWTH)[:, None]
    return np.asarray(phases / phases.sum(axis=2, keepdims=True))


def _phase(county: County, month: Codes) -> Codes:
    return (month - (county.months - len(GROWTH))).clip(0, len(GROWTH) - 1)


def requests_table(random: np.random.Generator, county: County, requests: Requests, handled: Handled) -> Table:
    """The hotline's table: times, replies, the call back (which doesn't reach everybody), exclusions."""
    count = requests.opened.size
    out = np.where(random.random(count) < 0.02, random.integers(len(EXCLUSIONS), size=count), -1)
    reply = np.where(
        handled.bare,
        random.integers(len(ACKNOWLEDGEMENTS), size=count),
        len(ACKNOWLEDGEMENTS) + random.integers(len(REPLIES), size=count),
    )
    return {
        "request": coded(np.arange(count), requests.ids),
        "body": coded(requests.body, county.ids),
        "opened_at": stamps(requests.opened),
        "category": coded(requests.told.category, list(CATEGORIES)),
        "due_at": stamps(handled.due),
        "responded_at": stamps(handled.responded, handled.replied),
        "closed_at": stamps(handled.closed, handled.ended),
        "resolved": coded(np.where(handled.reached, requests.settled, -1), YES_NO),
        "satisfied": coded(np.where(handled.reached, handled.content, -1), YES_NO),
        "reopened_at": stamps(handled.back, handled.reopened),
        "duplicate_of": coded(np.where(handled.marked, requests.again, -1), requests.ids),
        "channel": coded(random.choice(len(CHANNELS), count, p=[0.7, 0.15, 0.12, 0.03]), CHANNELS),
        "place": requests.told.place,
        "text": requests.told.text,
        "excluded": coded(out, EXCLUSIONS),
        "approved_by": coded(np.where(out >= 0, 0, -1), ["县热线审核组"]),
        "reply": coded(np.where(handled.replied, reply, -1), (*ACKNOWLEDGEMENTS, *REPLIES)),
    }


def draw_handling(
    random: np.random.Generator, county: County, requests: Requests, *, selective: bool = True
) -> Handled:
    """Handle the requests within the days that their categories allow, or not."""
    limits = np.array([days for days, *_ in CATEGORIES.values()])[requests.category]
    return handle(random, county, requests, limits, MARKED, selective=selective)
