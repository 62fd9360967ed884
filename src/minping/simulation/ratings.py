"""Services, how content people were with them, who was asked, who rated: levels from 1 (worst) to 5 (best)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from minping.model.arrays import Bools, Bytes, Codes, Floats, Ints
from minping.simulation.writing import DAY, Column, Table, coded, dates, hexes, numbered, numbers, texts

if TYPE_CHECKING:
    from minping.simulation.county import County

CHANNELS = ("hall", "online", "phone", "app")
HALL, ONLINE = 0, 1
SERVICES = ("社保登记", "医保报销", "户籍办理", "不动产登记", "企业开办", "婚姻登记", "公积金提取", "证明开具")
NONE, RATED, DEFAULTED, REMOVED = 0, 1, 2, 3  #: what became of a service
STATUSES = ("", "rated", "defaulted", "removed")
REASONS = ("", "", "七日未评价，按基本满意计", "误评：选错等级")
APPROVERS = ("", "", "系统", "申诉复核组")

CUTS = np.array([-2.05, -1.48, -0.9, -0.1])  #: contentment beyond the k-th cut gives level k + 2
CHANNEL_SHARES = np.array([0.45, 0.30, 0.10, 0.15])
CHANNEL_EFFECTS = np.array([0.05, -0.05, -0.15, 0.05])  #: on contentment
SERVICE_EFFECTS = np.array([0.1, -0.2, 0.05, -0.15, 0.0, 0.25, 0.05, 0.0])
OFFERED = np.array([0.95, 0.90, 0.70, 0.90])  #: chance of being asked, by channel
RESPONSE_CHANNEL = np.array([0.3, -0.3, -0.1, -0.1])  #: on the log-odds of rating once asked
RESPONSE_LEVEL = np.array([-0.6, -0.5, -0.25, 0.0, 0.1])  #: the unhappy answer somewhat less
REMOVAL = np.array([0.03, 0.03, 0.002, 0.0005, 0.0005])  #: share of ratings taken out as mistaken, by level
WINDOWS, KIOSKS, STAFF = 6, 2, 3  #: windows, kiosks and (should staff rate) devices of each body
MENDED = 0.85  #: share of bad ratings that are put right
CALLED_BACK = 0.9  #: of bad ratings, put right or not
RERATED = 0.6  #: of those put right and called back: rated once more
BETTER = np.array([0.05, 0.1, 0.35, 0.35, 0.15])  #: share of each level when rated once more
SILENT_DAYS = 7  #: silence this long in the online channel counts as level 3

STOCK = ("好", "满意", "谢谢", "很好", "不错", "非常满意")
PRAISES = tuple(
    "".join(part)
    for part in product(
        ("今天来办事", "第一次办理", "帮家里老人办", "中午过来办", "材料没带齐也"),
        ("工作人员很耐心", "没排多久队", "一次就办成了", "讲解得很清楚", "窗口主动帮忙复印"),
        ("，省了不少时间。", "，点个赞！", "，比以前方便。", "，希望保持。", "，下次还来。"),
    )
)
COMPLAINTS = tuple(
    "".join(part)
    for part in product(
        ("上午去的", "跑了三趟", "网上提交后", "电话问过才来", "等到快下班"),
        ("材料要求前后不一致", "等了两个多小时", "一直没人回复", "窗口互相推", "系统老是报错"),
        ("，还没办成。", "，希望改进。", "，态度也不好。", "，没人解释原因。", "，耽误了工作。"),
    )
)
COPIED = tuple(
    f"{start}{end}"
    for start in ("工作人员业务熟练、服务热情周到", "办事流程规范高效、群众十分满意")
    for end in ("，值得表扬，为他们点赞！", "，真正做到了为民服务！", "，是我们的贴心人！")
)
COMMENTS = (*STOCK, *PRAISES, *COMPLAINTS, *COPIED)
FIRST_PRAISE, FIRST_COMPLAINT, FIRST_COPIED = np.cumsum([len(STOCK), len(PRAISES), len(COMPLAINTS)]).tolist()


@dataclass(frozen=True, slots=True)
class Services:
    """Every completed service, rated or not, by time of completion."""

    ids: list[str]
    body: Codes
    month: Codes  #: from the first month of the county's time, at 0
    completed: Ints  #: local seconds since 1970
    channel: Codes
    service: Codes
    level: Ints  #: how content the person truly was


@dataclass(frozen=True, slots=True)
class Answers:
    """What each service would bring, or brought; abuse changes the arrays in place."""

    offered: Bools  #: asked for a rating
    status: Bytes
    level: Ints  #: as rated
    seconds: Ints  #: from completion to rating
    device: Ints  #: position in `devices`
    comment: Ints  #: position in COMMENTS; -1 where none
    devices: Column
    staff: int  #: where in `devices` those of the staff begin, so many for each body


def draw_services(random: np.random.Generator, county: County, count: int) -> Services:
    """People of every body, more of them at the ends of months and few at weekends."""
    share = county.population * random.lognormal(0, 0.25, county.size)
    body = random.choice(county.size, count, p=share / share.sum())
    days = county.days
    ends = (days + 3).astype("datetime64[M]") != days.astype("datetime64[M]")
    busy = np.where(np.is_busday(days), 1.0, 0.15) * np.where(ends, 1.8, 1.0)
    day = random.choice(days.size, count, p=busy / busy.sum())
    completed = (days.astype(np.int64)[day]) * DAY + random.integers(9 * 3600, 17 * 3600 + 1800, count)
    order = np.argsort(completed, kind="stable")
    body, day, completed = body[order], day[order], completed[order]
    channel = random.choice(len(CHANNELS), count, p=CHANNEL_SHARES)
    service = random.integers(len(SERVICES), size=count)
    content = county.quality[body] + CHANNEL_EFFECTS[channel] + SERVICE_EFFECTS[service] + random.normal(size=count)
    return Services(
        ids=numbered("C", count),
        body=body.astype(np.int32),
        month=county.month_of(days[day]),
        completed=completed,
        channel=channel.astype(np.int32),
        service=service.astype(np.int32),
        level=np.searchsorted(CUTS, content).astype(np.int64) + 1,
    )


def draw_status(
    random: np.random.Generator, county: County, services: Services, *, selective: bool = True
) -> tuple[Bools, Bytes]:
    """Who is asked, and what becomes of it; where not `selective`, all of a body are as likely to be asked and to rate."""
    count, rank = services.level.size, services.level - 1
    offered = random.random(count) < (OFFERED[services.channel] if selective else OFFERED.mean())
    odds = county.response[services.body]
    if selective:
        odds = odds + RESPONSE_CHANNEL[services.channel] + RESPONSE_LEVEL[rank]
    status = np.where(offered & (random.random(count) < 1 / (1 + np.exp(-odds))), RATED, NONE)
    status[(status == RATED) & (random.random(count) < REMOVAL[rank])] = REMOVED
    return offered, status.astype(np.uint8)


def draw_answers(random: np.random.Generator, county: County, services: Services) -> Answers:
    """Who is asked, who rates, when, from which device and in what words."""
    offered, status = draw_status(random, county, services)
    device, devices = draw_devices(random, county, services)
    return Answers(
        offered=offered,
        status=status,
        level=services.level.copy(),
        seconds=draw_seconds(random, services.channel),
        device=device,
        comment=draw_comments(random, services.level),
        devices=devices,
        staff=len(devices) - STAFF * county.size,
    )


def draw_seconds(random: np.random.Generator, channel: Codes) -> Ints:
    """From completion to rating: a minute or two in the hall, hours elsewhere, never beyond the days of silence."""
    middle, spread = np.array([90, 21_600, 3_600, 21_600]), np.array([0.8, 1.3, 1.0, 1.3])
    drawn = middle[channel] * np.exp(spread[channel] * random.normal(size=channel.size))
    return drawn.clip(4, SILENT_DAYS * DAY - 1).astype(np.int64)


def draw_devices(random: np.random.Generator, county: County, services: Services) -> tuple[Ints, Column]:
    """People's own devices, and in the hall kiosks that many use; then (unused so far) three of each body's staff."""
    count = services.level.size
    people = 3 * count + 50
    kiosks = [f"KIOSK-{body}-{at + 1}" for body in county.ids for at in range(KIOSKS)]
    device = random.integers(people, size=count)
    at_kiosk = (services.channel == HALL) & (random.random(count) < 0.7)
    kiosk = people + KIOSKS * services.body + random.integers(KIOSKS, size=count)
    names = [hexes(random, people), texts(kiosks), hexes(random, STAFF * county.size)]
    return np.where(at_kiosk, kiosk, device), pa.concat_arrays(names)


def draw_comments(random: np.random.Generator, level: Ints) -> Ints:
    """A quarter write: the content a stock phrase or a sentence of praise, the others mostly what went wrong."""
    count = level.size
    stock = random.integers(len(STOCK), size=count)
    praise = random.integers(FIRST_PRAISE, FIRST_COMPLAINT, count)
    complaint = random.integers(FIRST_COMPLAINT, FIRST_COPIED, count)
    content = np.where(random.random(count) < 0.6, stock, praise)
    writes = random.random(count) < np.where(level <= 2, 0.5, 0.25)
    return np.where(writes, np.where(level >= 4, content, complaint), -1)


def settle_defaults(services: Services, answers: Answers) -> None:
    """Who was asked online and stayed silent counts as basically content, by the county's rule."""
    silent = answers.offered & (answers.status == NONE) & (services.channel == ONLINE)
    answers.status[silent] = DEFAULTED
    answers.seconds[silent] = SILENT_DAYS * DAY


def ratings_table(
    random: np.random.Generator, county: County, services: Services, answers: Answers, after: np.random.Generator
) -> Table:
    """Each service that was rated, counted as rated by default, or whose rating was taken out; chance `after` it too."""
    rows = np.flatnonzero(answers.status != NONE)
    status, level, seconds = answers.status[rows].astype(np.int64), answers.level[rows], answers.seconds[rows]
    body, channel = services.body[rows], services.channel[rows]
    rated_at = services.completed[rows] + seconds
    spoken = status != DEFAULTED
    mended = (level <= 2) & (status == RATED) & (random.random(rows.size) < MENDED)
    mended_at = rated_at + (1 + random.gamma(2.0, 2.5, rows.size)).astype(np.int64) * DAY
    windows = [f"{name}-W{at + 1}" for name in county.ids for at in range(WINDOWS)]
    window = WINDOWS * body + random.integers(WINDOWS, size=rows.size)
    note = np.where(status >= DEFAULTED, status, -1)
    return {
        "case": coded(rows, services.ids),
        "body": coded(body, county.ids),
        "rated_on": dates(rated_at),
        "level": numbers(level, spoken),
        "status": coded(status, STATUSES),
        "reason": coded(note, REASONS),
        "approved_by": coded(note, APPROVERS),
        "service": coded(services.service[rows], SERVICES),
        "channel": coded(channel, CHANNELS),
        "window": coded(np.where(channel == HALL, window, -1), windows),
        "device": coded(np.where(spoken, answers.device[rows], -1), answers.devices),
        "completed_on": dates(services.completed[rows]),
        "seconds": numbers(seconds),
        "comment": coded(np.where(spoken, answers.comment[rows], -1), COMMENTS),
        "rectified_on": dates(mended_at, mended),
        **_afterwards(after, (level <= 2) & (status == RATED), rated_at, np.where(mended, mended_at, -1)),
    }


def _afterwards(random: np.random.Generator, bad: Bools, rated_at: Ints, mended_at: Ints) -> Table:
    """Who gave a bad rating is called back some days after it was put right, and may rate once more."""
    called = bad & (random.random(bad.size) < CALLED_BACK)
    called_at = np.maximum(rated_at + 2 * DAY, mended_at) + random.integers(0, 5, bad.size) * DAY
    again = called & (mended_at >= 0) & (random.random(bad.size) < RERATED)
    level = 1 + random.choice(BETTER.size, bad.size, p=BETTER)
    return {"called_back_on": dates(called_at, called), "rerated_level": numbers(level, again)}


def offers_table(county: County, services: Services, answers: Answers) -> Table:
    """Of each body, month of completion, channel and service: completed, asked, rated."""
    shape = (county.size, county.months, len(CHANNELS), len(SERVICES))
    cell = np.ravel_multi_index((services.body, services.month, services.channel, services.service), shape)
    issued, offered, answered = (
        np.bincount(cell, weights, minlength=int(np.prod(shape))).astype(np.int64)
        for weights in (None, answers.offered, answers.status == RATED)
    )
    kept = np.flatnonzero(issued)
    body, month, channel, service = np.unravel_index(kept, shape)
    return {
        "body": coded(body, county.ids),
        "period": coded(month, county.periods),
        "channel": coded(channel, CHANNELS),
        "service": coded(service, SERVICES),
        "issued": numbers(issued[kept]),
        "offered": numbers(offered[kept]),
        "answered": numbers(answered[kept]),
    }


def expected_levels(county: County) -> Floats:
    """The chance of each level for a service of each body, over channels and kinds of service, (N, 5)."""
    from scipy.special import ndtr

    content = county.quality[:, None, None] + CHANNEL_EFFECTS[:, None] + SERVICE_EFFECTS
    below = np.einsum("ncsk,c->nk", ndtr(CUTS - content[..., None]), CHANNEL_SHARES) / len(SERVICES)
    return np.diff(below, axis=-1, prepend=0.0, append=1.0)


def level_shares(county: County, services: Services) -> Floats:
    """The share of each level among all completed services of each body (N x 5); NaN where a body had none."""
    counts = np.bincount(5 * services.body + services.level - 1, minlength=5 * county.size).reshape(-1, 5)
    with np.errstate(invalid="ignore"):
        return np.asarray(counts / counts.sum(axis=1, keepdims=True), dtype=np.float64)
