"""Heaping: percentages that are whole numbers more often than counts of people make them.

The chance of each is exact, from the number of people behind it; the sum over a body's percentages has its exact
distribution (Poisson binomial), so that small bodies can be looked at too.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases
from minping.audit.fabrication.figures import told
from minping.audit.opened import Opened
from minping.model.arrays import Bools, Floats, Ints
from minping.model.findings import Places
from minping.stats.exceedance import more_than_chances
from minping.stats.groups import sums
from minping.stats.heaping import chance_near_whole, near_whole
from minping.words import Text

WITHIN = 0.05  #: percentage points around a whole one
FEWEST = 8  #: percentages of a body
NO_RATES = Text("没有给出分子和分母的百分比", "no percentage comes with its numerator and denominator")


def heaped(opened: Opened) -> Cases | Text:
    """Whole percentages of each body's rates with numerator and denominator, over the period."""
    figures = told(opened, lambda one: one.kind == "share")
    numerator, denominator = figures.column("numerator"), figures.column("denominator")
    usable = (numerator > 0) & (numerator < denominator) & (denominator == np.rint(denominator))
    usable &= numerator == np.rint(numerator)
    if not usable.any():
        return NO_RATES
    kept = figures.only(usable)
    near, size, expected, p = judged(kept.body, numerator[usable], denominator[usable], opened.bodies)
    count = sums(kept.body, near.astype(np.float64), opened.bodies)
    places = kept.places()
    of_body, marked = kept.body[places.finding], near[places.finding]

    def say(at: int) -> Text:
        return Text(
            f"{size[at]:.0f} 个比率中 {count[at]:.0f} 个恰为整数百分比，按人数推算约 {expected[at]:.1f} 个",
            f"{count[at]:.0f} of {size[at]:.0f} percentages are whole; by the numbers of people about {expected[at]:.1f} would be",
        )

    here = Places(of_body[marked], places.file[marked], places.row[marked], places.figures[marked])
    return Cases(np.arange(opened.bodies), [""] * opened.bodies, count, expected, size, p, say, here)


def judged(body: Ints, numerator: Floats, denominator: Floats, bodies: int) -> tuple[Bools, Floats, Floats, Floats]:
    """Which rates are whole (C,); and of each body how many rates, how many to expect, p of so many or more; (N,)."""
    near = near_whole(numerator, denominator, within=WITHIN)
    chances = chance_near_whole(numerator, denominator, within=WITHIN)
    figures: tuple[Floats, ...] = (np.ones(body.size), near.astype(np.float64), chances)
    size, count, expected = (sums(body, figure, bodies) for figure in figures)
    p = more_than_chances(count, body, chances, bodies)
    return near, size, expected, np.where(size >= FEWEST, p, np.nan)
