"""Appraisals: sheets with one score for everything (走过场), by the body that is appraised and by rater.

A sheet is what one rater says of one ratee in one round. Against chance stands what other raters do: sheets about as good
on the whole. A sheet at the very top or bottom of what anybody gives is left out: it could not be otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from minping.audit.cases import Cases, places_of
from minping.audit.frames import Frame
from minping.audit.opened import Opened
from minping.model.arrays import Bools, Floats, Ints
from minping.stats.exceedance import best_of, more_than_dealt
from minping.stats.groups import codes, counts, distinct, first_rows, sums
from minping.words import Text

ITEMS = 3  #: scores of a sheet, from which one score for all is telling
CLASSES = 3  #: of sheets by their mean
RATED = 3  #: sheets of a rater
NO_SHEETS = Text(
    f"没有一份测评打了 {ITEMS} 项以上、且不全是最高或最低分",
    f"no appraisal has {ITEMS} items or more with other than the highest or lowest scores",
)
NO_RATERS = Text(f"没有评分人评了 {RATED} 份以上", f"nobody rated {RATED} ratees or more")


class Sheets(NamedTuple):
    """S sheets."""

    frame: Frame
    of: Ints  #: (R,) sheet of each row; -1: none that counts
    body: Ints  #: (S,)
    rater: Ints  #: (S,)
    flat: Bools  #: (S,) one score for everything
    level: Ints  #: (S,) class of the mean


def straight_lined(opened: Opened) -> Cases | Text:
    """Bodies in whose appraisal more sheets have one score for everything than elsewhere."""
    sheets = open_sheets(opened)
    if not sheets.body.size:
        return NO_SHEETS
    n = opened.bodies
    p = dealt(sheets.body, sheets.flat, sheets.level, n)
    found, size = (sums(sheets.body, part.astype(np.float64), n) for part in (sheets.flat, np.ones(sheets.flat.size)))
    share = float(sheets.flat.mean())

    def say(body: int) -> Text:
        return Text(
            f"{size[body]:.0f} 份测评中 {found[body]:.0f} 份各项同分；各单位合计 {share:.0%}",
            f"{found[body]:.0f} of {size[body]:.0f} sheets have one score for everything; {share:.0%} in all bodies",
        )

    return _cases(sheets, sheets.flat, n, (found, size * share, size, p), say)


def same_for_everybody(opened: Opened) -> Cases | Text:
    """Bodies appraised by somebody who gives one score for everything to ratee after ratee."""
    sheets = open_sheets(opened)
    raters, home = distinct(sheets.rater)
    rated = counts(home, raters.size)
    if not (rated >= RATED).any():
        return NO_RATERS if sheets.body.size else NO_SHEETS
    p = np.where(rated >= RATED, dealt(home, sheets.flat, sheets.level, raters.size), np.nan)
    n, share = opened.bodies, float(sheets.flat.mean())
    pair = codes(sheets.body, home)
    first = first_rows(pair, int(pair.max()) + 1)
    body, rater = sheets.body[first], home[first]
    least = best_of(p[rater], body, n)
    flat = np.bincount(home, sheets.flat, minlength=raters.size)
    order = np.lexsort((-np.where(np.isnan(p), 2.0, p)[rater], body))
    who: Ints = np.full(n, -1, dtype=np.int64)
    who[body[order]] = rater[order]
    found, size = (np.where(who >= 0, part[who], np.nan) for part in (flat, rated.astype(np.float64)))

    def say(body: int) -> Text:
        return Text(
            f"一名评分人所评 {size[body]:.0f} 份中 {found[body]:.0f} 份各项同分，其中有本单位的；各单位合计 {share:.0%}",
            f"one rater gave one score for everything in {found[body]:.0f} of {size[body]:.0f} sheets, this body's among them; {share:.0%} in all",
        )

    return _cases(sheets, sheets.flat & (home == who[sheets.body]), n, (found, size * share, size, least), say)


def open_sheets(opened: Opened) -> Sheets:
    """The sheets of the rounds within the period; all where no round bears its name."""
    frame = opened.frame("appraisals")
    score, rounds = frame.number("score"), frame.text("round").astype(str)
    named = np.char.startswith(rounds, opened.period)
    rows = np.flatnonzero(np.isfinite(score) & (frame.body >= 0) & (named if named.any() else True))
    words = [frame.text(name)[rows].astype(str) for name in ("rater", "ratee", "round")]
    rater, ratee, turn = (np.unique(one, return_inverse=True)[1].astype(np.int64) for one in words)
    sheet = codes(rater, ratee, turn, frame.body[rows])
    number = int(sheet.max(initial=-1)) + 1
    low, high, items = np.full(number, np.inf), np.full(number, -np.inf), counts(sheet, number)
    np.minimum.at(low, sheet, score[rows])
    np.maximum.at(high, sheet, score[rows])
    ends = (float(low.min(initial=np.inf)), float(high.max(initial=-np.inf)))
    kept = (items >= ITEMS) & ~((low == high) & np.isin(low, ends))
    first = first_rows(sheet, number)
    mean = sums(sheet, score[rows], number) / np.maximum(items, 1)
    place = np.where(kept, np.cumsum(kept) - 1, -1)
    of = np.full(len(frame), -1, dtype=np.int64)
    of[rows] = place[sheet]
    return Sheets(
        frame, of, frame.body[rows][first][kept], rater[first][kept], (low == high)[kept], classes(mean[kept])
    )


def classes(mean: Floats) -> Ints:
    """The third of all sheets that each belongs to by its mean, (S,)."""
    edges = np.quantile(mean, np.arange(1, CLASSES) / CLASSES) if mean.size else np.zeros(0)
    return np.searchsorted(edges, mean, side="left").astype(np.int64)


def dealt(group: Ints, flat: Bools, level: Ints, groups: int) -> Floats:
    """P of so many flat sheets or more in a group, were those of each class dealt at random (Birch 1964), (G,)."""

    def table(which: Bools) -> Floats:
        cell = group[which] * CLASSES + level[which]
        return np.bincount(cell, minlength=groups * CLASSES).reshape(groups, CLASSES).astype(np.float64)

    size, marked = table(np.ones(flat.size, dtype=np.bool_)), table(flat)
    shape = (groups, CLASSES)
    totals = (np.broadcast_to(part.sum(axis=0), shape) for part in (marked, size))
    return more_than_dealt(marked.sum(axis=1), size, *totals)


def _cases(
    sheets: Sheets, shown: Bools, bodies: int, told: tuple[Floats, Floats, Floats, Floats], say: Callable[[int], Text]
) -> Cases:
    """One case for each body, with the rows of the sheets that are shown."""
    at = np.flatnonzero((sheets.of >= 0) & np.append(shown, False)[sheets.of])
    frame = sheets.frame
    places = places_of(frame.body[at], frame.file[at], frame.row[at])
    return Cases(np.arange(bodies), [""] * bodies, *told, say, places)
