"""Deviations: standard deviations that no whole answers with the printed mean have (GRIMMER), or no yes and no (DEBIT)."""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases, broken
from minping.audit.fabrication.figures import by_series, published, told
from minping.audit.opened import Opened
from minping.stats.feasible import feasible_sd, feasible_share_sd
from minping.stats.written import written
from minping.words import Text

NO_DEVIATIONS = Text(
    "没有同时给出人数和标准差（sd）的均值或比率", "no mean or percentage comes with its people and deviation (sd)"
)


def infeasible_deviations(opened: Opened) -> Cases | Text:
    """Means of whole answers, and percentages, with the deviation that is printed beside them."""
    figures = told(opened, lambda one: one.items is not None or one.kind == "share")
    spread = written(figures.column("sd"))
    people = figures.column("n")
    tested = figures.written.known & spread.known & (people >= 2) & (people == np.rint(people)) & (people <= 10**6)
    if not tested.any():
        return NO_DEVIATIONS
    whole, places = published(figures, opened)
    items = np.array([opened.declared[name].items or 0 for name in figures.names], dtype=np.int64)[figures.series]
    can = np.ones(tested.size, dtype=np.bool_)
    n = np.where(tested, people, 2).astype(np.int64)
    yes = tested & (items == 0)
    can[yes] = feasible_share_sd(whole[yes], places[yes] + 2, spread.whole[yes], spread.places[yes] + 2, n[yes])
    mean = tested & (items > 0)
    can[mean] = feasible_sd(whole[mean], places[mean], spread.whole[mean], spread.places[mean], n[mean], items[mean])
    deviation = figures.column("sd")

    def say(at: int) -> Text:
        told_as = f"{figures.about[at]} {figures.value[at]:g} ± {deviation[at]:g} (n = {people[at]:.0f})"
        return Text(
            f"{told_as}：没有任何一组回答同时有这个均值和标准差", f"{told_as}: no answers have this mean and deviation"
        )

    p = np.where(tested, broken(~can), np.nan)
    return by_series(figures, p, say, (deviation, np.full(p.size, np.nan), people))
