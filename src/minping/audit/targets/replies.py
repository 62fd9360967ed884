"""Replies: one answer to many different requests, and requests that come back after they were closed.

Whether a request was passed from office to office is not told by `requests`; what shows is that it came back: reopened,
or asked again (`duplicate_of`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from minping.audit.cases import Cases, places_of
from minping.audit.opened import Opened
from minping.indicators.events import event_table, month_of, numbers, whole_numbers, with_bodies
from minping.model.arrays import Floats, Ints
from minping.model.findings import Places
from minping.stats.above_peers import above_peers
from minping.stats.exceedance import more_than_expected
from minping.stats.groups import codes, column_sums, first_rows, sums
from minping.words import Text

if TYPE_CHECKING:
    import ibis

SHOWN = 40  #: characters of a reply
LEAST = 5  #: bodies, so that their differences are told
FEWEST = 60  #: replies of a body, so that their sameness is told: with fewer the error is too small
COLUMNS = ("request", "body", "category", "closed_at", "reopened_at", "duplicate_of", "reply")
NO_REPLIES = Text("本期办结的诉求没有答复内容（reply）", "no request closed in the period tells its reply")
NO_CLOSED = Text("本期没有办结的诉求", "no request was closed in the period")
NONE_BACK = Text(
    "没有登记重办或重复（reopened_at、duplicate_of），流转次数本表不载",
    "nothing tells of requests that came back (reopened_at, duplicate_of), and the table holds no transfers",
)


class Sameness(NamedTuple):
    """Of the replies of each of N bodies, (N,)."""

    share: Floats  #: of pairs of requests of different categories that have the same reply; NaN where there are none
    error: Floats  #: variance of the arcsine of its fourth root
    n: Floats  #: replies


def template_replies(opened: Opened) -> Cases | Text:
    """Bodies that answer different requests with the same words, more than others do."""
    closed = _closed(opened, placed=True)
    closed = closed.filter(closed.reply.strip().length() > 0)
    closed = closed.mutate(same=closed.reply.strip().re_replace("[0-9０-９]+", "#"))
    found = closed.group_by("body", "category", "same").aggregate(n=closed.count()).to_pyarrow()
    if not len(found):
        return NO_REPLIES
    body, n = whole_numbers(found["body"]), numbers(found["n"])
    words = list(dict.fromkeys(found["same"].to_pylist()))
    reply, category = (_numbered(found[name].to_pylist()) for name in ("same", "category"))
    told = sameness(body, reply, category, n, opened.bodies)
    usual, p = above_others(told)
    count, which = _most_used(body, reply, n, opened.bodies)

    def say(at: int) -> Text:
        one = words[which[at]]
        short = one if len(one) <= SHOWN else one[:SHOWN] + "…"
        return Text(
            f"{told.n[at]:.0f} 件答复中 {count[at]:.0f} 件是同一句“{short}”；不同类别的诉求两两相比，{told.share[at]:.0%} 答复相同",
            f"{count[at]:.0f} of {told.n[at]:.0f} replies are the same (“{short}”); of pairs of requests of different categories {told.share[at]:.0%} have the same reply",
        )

    bodies, expected = np.arange(opened.bodies), np.sin(usual) ** 4
    places = _rows_of(closed, words, which)
    return Cases(bodies, [""] * opened.bodies, told.share, expected, told.n, p, say, places)


def above_others(told: Sameness) -> tuple[Floats, Floats]:
    """The arcsine of the fourth root of the others' share, and P of a share so far above it, (N,).

    Bodies differ among themselves, which `above_peers` allows for; where the others are all the same, errors alone count.
    """
    from scipy.special import ndtr

    root = np.arcsin(np.clip(told.share, 0, 1) ** 0.25)
    found, known = above_peers(root, told.error), np.isfinite(root)
    alike = np.asarray(ndtr((found.others - root) / np.sqrt(told.error)))
    enough = np.count_nonzero(known) >= LEAST
    return found.others, np.where(known & np.isnan(found.p) & enough, alike, found.p)


def _rows_of(closed: ibis.Table, words: list[str], which: Ints) -> Places:
    """The rows of each body's commonest reply."""
    common = sorted({words[at] for at in which.tolist() if at >= 0})
    rows = closed.filter(closed.same.isin(common)).select("body", "file", "row", "same").to_pyarrow()
    number = {word: at for at, word in enumerate(words)}
    same = np.array([number[word] for word in rows["same"].to_pylist()], dtype=np.int64)
    body, file, row = (whole_numbers(rows[name]) for name in ("body", "file", "row"))
    kept = which[body] == same
    return places_of(body[kept], file[kept], row[kept])


def sameness(body: Ints, reply: Ints, category: Ints, n: Floats, bodies: int) -> Sameness:
    """How alike the replies of each body are, from counts of (body, reply, category), (R,) each.

    The share of equal pairs is Simpson's (1949), here among pairs of different categories; it does not grow with the number
    of replies. Its variance is that of a U-statistic of second order, carried over to the arcsine of the fourth root
    (the root is about the share that one template would have), and no less than that of a share of so many. NaN for a
    body with fewer than 20 replies or with one category.
    """
    whole = sums(body, n, bodies)
    pair = codes(body, category)
    per_category = _squares(pair, body, n, bodies)
    total, home = _totals(codes(body, reply), body, n)
    pairs = whole**2 - per_category
    same = sums(home, total**2, bodies) - sums(body, n**2, bodies)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where((pairs > 0) & (whole >= FEWEST), same / pairs, np.nan)
        part = total / whole[home]
        cubes, squares = (sums(home, part**power, bodies) for power in (3, 2))
        spread = 4 * np.maximum(cubes - squares**2, 0) / whole
        one = np.sqrt(share)  # about what comes from a template, were there one
        error = spread / np.maximum(16 * share * one * (1 - one), 1 / whole**2)
        error = np.maximum(error, 1 / (4 * whole))
    return Sameness(share, np.where(np.isnan(share), np.nan, error), whole)


def came_back(opened: Opened) -> Cases | Text:
    """Requests that came back after they were closed, against requests of the same categories in all bodies."""
    closed = _closed(opened, placed=True)
    again = event_table(opened.engine, opened.evidence.records["requests"], ("duplicate_of",))
    again = again.filter(again.duplicate_of.notnull())
    back = closed.reopened_at.notnull() | closed.request.isin(again.duplicate_of)
    table = closed.mutate(back=back.cast("int8"))
    found = table.group_by("body", "category").aggregate(n=table.count(), back=table.back.sum()).to_pyarrow()
    if not len(found):
        return NO_CLOSED
    body, category = whole_numbers(found["body"]), _numbered(found["category"].to_pylist())
    n, returned = numbers(found["n"]), numbers(found["back"])
    if not returned.any():
        return NONE_BACK
    told = judged(body, category, n, returned, opened.bodies)
    rows = table.filter(table.back == 1).select("body", "file", "row").to_pyarrow()
    places = places_of(*(whole_numbers(rows[name]) for name in ("body", "file", "row")))

    def say(at: int) -> Text:
        count, size, usual = (part[at] for part in told[:3])
        return Text(
            f"办结 {size:.0f} 件，{count:.0f} 件又回来（重办或重复诉求）；按各单位同类诉求约 {usual:.1f} 件",
            f"{count:.0f} of {size:.0f} closed requests came back (reopened or asked again); about {usual:.1f} would, by requests of the same categories in all bodies",
        )

    bodies = np.arange(opened.bodies)
    return Cases(bodies, [""] * opened.bodies, told[0], told[2], told[1], told[3], say, places)


def judged(
    body: Ints, category: Ints, n: Floats, returned: Floats, bodies: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """Returned, all, expected by category, and P of so many or more (binomial bound: Hoeffding 1956); (N,) each."""
    kinds = int(category.max(initial=-1)) + 1
    rate = np.bincount(category, returned, minlength=kinds) / np.bincount(category, n, minlength=kinds)
    found, size, expected = column_sums(body, np.stack([returned, n, n * rate[category]], axis=1), bodies).T
    return found, size, expected, more_than_expected(found, size, expected)


def _closed(opened: Opened, *, placed: bool = False) -> ibis.Table:
    table = event_table(opened.engine, opened.evidence.records["requests"], COLUMNS, placed=placed)
    first, last = opened.months
    return with_bodies(table.filter(month_of(table.closed_at).between(first, last)), opened.evidence.bodies)


def _numbered(words: list[Any]) -> Ints:
    known = {word: at for at, word in enumerate(dict.fromkeys(words))}
    return np.array([known[word] for word in words], dtype=np.int64)


def _totals(group: Ints, body: Ints, n: Floats) -> tuple[Floats, Ints]:
    """The size of each group and its body, (G,)."""
    size = int(group.max(initial=-1)) + 1
    return sums(group, n, size), body[first_rows(group, size)]


def _squares(group: Ints, body: Ints, n: Floats, bodies: int) -> Floats:
    """Sum over a body's groups of their squared sizes, (N,)."""
    total, home = _totals(group, body, n)
    return sums(home, total**2, bodies)


def _most_used(body: Ints, reply: Ints, n: Floats, bodies: int) -> tuple[Floats, Ints]:
    """How often each body's commonest reply was given, and which it is (-1: none), (N,)."""
    own = codes(body, reply)
    total, home = _totals(own, body, n)
    order = np.lexsort((total, home))
    count, which = np.zeros(bodies), np.full(bodies, -1, dtype=np.int64)
    count[home[order]], which[home[order]] = total[order], reply[first_rows(own, total.size)][order]
    return count, which
