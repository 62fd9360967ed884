"""Dates: days that can't follow one another; a file of evidence that shows two bodies or two days.

A row breaks at most one order, the first of the list. What may be so for a good reason (a task closed anew after it was
reopened, a check that belongs to a look-back) is no finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from minping.audit.cases import Cases, broken, places_of
from minping.audit.frames import Days, Frame
from minping.audit.opened import Opened
from minping.model.arrays import Bools, Ints
from minping.stats.groups import codes, counts
from minping.words import Text

NO_DAYS = Text("没有两个日期可比较先后", "there are no two days whose order could be compared")
NO_FILES = Text("本期的核查没有证据文件", "no inspection of the period names a file of evidence")


class Order(NamedTuple):
    """A day that can't lie before another."""

    first: str
    then: str
    words: Text  #: what the wrong order says


TASK_ORDERS = (
    Order("decided_on", "submitted_on", Text("报结早于交办", "submitted before it was decided")),
    Order("decided_on", "closed_on", Text("办结早于交办", "closed before it was decided")),
    Order("submitted_on", "verified_on", Text("核查早于报结", "verified before it was submitted")),
    Order("submitted_on", "closed_on", Text("办结早于报结", "closed before it was submitted")),
    Order("verified_on", "closed_on", Text("办结早于核查", "closed before it was verified")),
    Order("closed_on", "lookback_on", Text("回头看早于办结", "looked back at before it was closed")),
    Order("closed_on", "reopened_on", Text("重开早于办结", "reopened before it was closed")),
)
PROJECT_ORDERS = (
    Order("started_on", "completed_on", Text("完工早于开工", "completed before it was started")),
    Order("started_on", "opened_on", Text("投用早于开工", "opened before it was started")),
    Order("completed_on", "opened_on", Text("投用早于完工", "opened before it was completed")),
    Order("started_on", "last_progress_on", Text("最近进展早于开工", "its latest progress before it was started")),
)


def dates_of_tasks(opened: Opened) -> Cases | Text:
    """Tasks whose days can't follow one another so."""
    frame = opened.frame("tasks")
    checked, back, closed = (frame.day(name) for name in ("verified_on", "lookback_on", "closed_on"))
    again = frame.text("state") != "reopened"
    fine = {
        ("verified_on", "closed_on"): (checked >= back) & (back >= closed),
        ("closed_on", "lookback_on"): again & ~np.isnat(frame.day("reopened_on")),
        ("closed_on", "reopened_on"): again,
    }
    return _cases(opened, frame, frame.text("task").tolist(), TASK_ORDERS, fine)


def dates_of_projects(opened: Opened) -> Cases | Text:
    """Projects whose days can't follow one another so."""
    frame = opened.frame("projects")
    return _cases(opened, frame, frame.text("project").tolist(), PROJECT_ORDERS, {})


def _cases(
    opened: Opened, frame: Frame, ids: list[str], orders: tuple[Order, ...], fine: dict[tuple[str, str], Bools]
) -> Cases | Text:
    """One case for each row with two days, both up to the end of the period."""
    days = {name: frame.day(name) for order in orders for name in (order.first, order.then)}
    which, compared = broken_orders(days, orders, opened.end, fine)
    rows = np.flatnonzero((compared > 0) & (frame.body >= 0))
    if not rows.size:
        return NO_DAYS
    found = which[rows]

    def say(at: int) -> Text:
        order = orders[found[at]]
        first, then = (frame.day(name)[rows[at]] for name in (order.first, order.then))
        return Text(
            f"{order.words.zh}：{order.first} {first}，{order.then} {then}",
            f"{order.words.en}: {order.first} {first}, {order.then} {then}",
        )

    return Cases(
        body=frame.body[rows],
        about=[ids[row] for row in rows.tolist()],
        observed=(found >= 0).astype(np.float64),
        expected=np.zeros(rows.size),
        n=compared[rows].astype(np.float64),
        p=broken(found >= 0),
        say=say,
        places=places_of(np.arange(rows.size), frame.file[rows], frame.row[rows]),
    )


def broken_orders(
    days: Mapping[str, Days], orders: Sequence[Order], end: np.datetime64, fine: Mapping[tuple[str, str], Bools]
) -> tuple[Ints, Ints]:
    """The first order that each row breaks, −1 for none, and how many could be compared; (R,) each.

    Args:
        days: (R,) each, by name
        orders: which day can't lie before which
        end: days after it are not looked at
        fine: by the names of both days, rows (R,) that may break the order
    """
    rows = len(next(iter(days.values())))
    which, compared = np.full(rows, -1, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    for at, order in reversed(list(enumerate(orders))):
        first, then = days[order.first], days[order.then]
        both = (first <= end) & (then <= end)
        compared += both
        which[both & (then < first) & ~fine.get((order.first, order.then), np.zeros(rows, dtype=np.bool_))] = at
    return which, compared


def reused_files(opened: Opened) -> Cases | Text:
    """Inspections of a body whose file of evidence also stands for another body or another day."""
    frame = opened.frame("inspections")
    day = frame.day("visited_on")
    named = (frame.text("evidence_file") != "") & (frame.body >= 0) & ~np.isnat(day)
    inside = opened.inside(day)
    if not (named & inside).any():
        return NO_FILES
    at = np.flatnonzero(named)
    name = np.unique(frame.text("evidence_file")[at].astype(str), return_inverse=True)[1]
    shared = shared_names(name, frame.body[at], day[at].astype("datetime64[D]").astype(np.int64))
    now = inside[at]
    mine = at[shared & now]
    size = counts(frame.body[at[now]], opened.bodies)
    many = counts(frame.body[mine], opened.bodies)
    of = frame.text("evidence_file")

    def say(body: int) -> Text:
        files = sorted(set(of[mine[frame.body[mine] == body]].tolist()))
        listed = ", ".join(files[:3]) + (" …" if len(files) > 3 else "")
        return Text(
            f"{many[body]} 次核查的证据文件也用于别的单位或别的日子：{listed}",
            f"the files of {many[body]} inspections also stand for another body or another day: {listed}",
        )

    beside = _pairs(name, at, shared, now, frame.body)
    return Cases(
        np.arange(opened.bodies),
        [""] * opened.bodies,
        many.astype(np.float64),
        np.zeros(opened.bodies),
        size.astype(np.float64),
        np.where(size > 0, broken(many > 0), np.nan),
        say,
        places_of(frame.body[mine], frame.file[mine], frame.row[mine]),
        places_of(beside[0], frame.file[beside[1]], frame.row[beside[1]]),
    )


def shared_names(name: Ints, body: Ints, day: Ints) -> Bools:
    """Which rows bear a name that occurs with more than one body or day, (n,)."""
    visit = codes(name, body, day - day.min())
    names = np.zeros(int(visit.max(initial=-1)) + 1, dtype=np.int64)
    names[visit] = name
    return np.asarray(counts(names, int(name.max(initial=-1)) + 1)[name] > 1)


def _pairs(name: Ints, at: Ints, shared: Bools, now: Bools, body: Ints) -> tuple[Ints, Ints]:
    """The body of a shared file of the period, and one row of the same file that is another's or earlier (or later)."""
    if not shared.any():
        return at[:0], at[:0]
    order = at[shared][np.lexsort((at[shared], name[shared]))]
    label = name[shared][np.lexsort((at[shared], name[shared]))]
    first = np.r_[True, label[1:] != label[:-1]]
    group = np.cumsum(first) - 1
    start, last = order[first], order[np.r_[first[1:], True]]
    here = np.isin(order, at[shared & now])
    other = np.where(order == start[group], last[group], start[group])
    return body[order[here]], other[here]
