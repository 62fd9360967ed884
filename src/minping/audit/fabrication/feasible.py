"""Feasible: percentages and means that no whole number of people gives.

97.3 % of 30 people can't be: 29 of them are 96.7 %, all are 100 %. The test is GRIM (Brown and Heathers 2017): with n
people a share has only n + 1 values. It is made where fewer values are possible than can be printed.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases, broken
from minping.audit.fabrication.figures import Told, by_series, published, told
from minping.audit.opened import Opened
from minping.model.arrays import Bools, Floats, Ints
from minping.stats.feasible import feasible_mean
from minping.words import Text

NO_COUNTS = Text(
    "没有同时给出人数（n 或分母）的比率，或人数多到任何比率都可能",
    "no percentage comes with its number of people (n or denominator), or so many that any can be",
)
NO_MEANS = Text(
    "没有声明为整数回答均值（items）且给出人数的数列", "no series is declared to be a mean of whole answers (items)"
)
LARGEST = 10.0**8  #: people beyond which nothing is ruled out


def infeasible_shares(opened: Opened) -> Cases | Text:
    """Percentages of which no count of the stated number of people gives one."""
    figures = told(opened, lambda one: one.kind == "share")
    people = _people(figures)
    whole, places = published(figures, opened)
    return _judged(figures, whole, places + 2, people, places, NO_COUNTS, 100.0)


def infeasible_means(opened: Opened) -> Cases | Text:
    """Means of whole answers of which no total gives one."""
    figures = told(opened, lambda one: one.items is not None)
    items = np.array([opened.declared[name].items or 1 for name in figures.names], dtype=np.float64)
    people = figures.column("n") * (items[figures.series] if items.size else 1.0)
    whole, places = published(figures, opened)
    return _judged(figures, whole, places, people, places, NO_MEANS, 1.0)


def _people(figures: Told) -> Floats:
    """The denominators where they are whole numbers, or else the people asked."""
    denominator = figures.column("denominator")
    there = np.isfinite(denominator) & (denominator == np.rint(denominator)) & (denominator > 0)
    return np.where(there, denominator, figures.column("n"))


def testable(known: Bools, places: Ints, people: Floats) -> Bools:
    """Where fewer values are possible than can be printed; (C,)."""
    whole = np.isfinite(people) & (people == np.rint(people)) & (people > 0)
    return np.asarray(known & whole & (people < np.minimum(10.0**places, LARGEST)))


def _judged(
    figures: Told, whole: Ints, places: Ints, people: Floats, shown: Ints, nothing: Text, hundred: float
) -> Cases | Text:
    """Each figure against what `people` can give; `places` of the figure as a mean, `shown` as printed."""
    tested = testable(figures.written.known, places, people)
    if not tested.any():
        return nothing
    n = np.where(tested, np.nan_to_num(people, nan=1.0), 1.0).astype(np.int64)
    off = tested & ~feasible_mean(np.where(tested, whole, 0), places, n)
    nearest = np.floor(figures.value / hundred * n) / n * hundred

    def say(at: int) -> Text:
        below, above = (f"{figure:.{shown[at] + 1}f}" for figure in (nearest[at], nearest[at] + hundred / n[at]))
        printed = f"{figures.value[at]:.{shown[at]}f}"
        return Text(
            f"{figures.about[at]} 为 {printed}，但 {n[at]} 人给不出这个数：最近的是 {below} 和 {above}",
            f"{figures.about[at]} is {printed}, which {n[at]} people can't give: the nearest are {below} and {above}",
        )

    p = np.where(tested, broken(off), np.nan)
    return by_series(figures, p, say, (figures.value, nearest, people))
