"""Bunching: figures that crowd just above their target and are missing just below it.

Exact binomial within a window around the target for few figures (fewer than 300, most offices), a test of the density's
jump for more (Cattaneo, Jansson and Ma 2020): the binomial over-rejects there where the density slopes. Beside it: a
body that meets nearly every target, and each by a hair.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases
from minping.audit.opened import Opened
from minping.audit.targets.met import NO_TARGETS, Met, met
from minping.model.arrays import Bools, Floats, Ints
from minping.model.findings import Places
from minping.stats.bunching import SLOPE_FROM, bunching
from minping.stats.density_bandwidths import bandwidths
from minping.stats.density_jump import density_jump
from minping.stats.groups import sums
from minping.stats.tails import binomial
from minping.words import Text

FEWEST = 8  #: figures in the window of a body
HAIR = 0.01  #: of the target
LEAST = 5  #: targets of a body
NEARLY_ALL = 0.9  #: of its targets


def bunched(opened: Opened) -> Cases | Text:
    """Each body's figures around all of its targets of the period."""
    within = opened.rules.targets.within
    found = met(opened)
    known = found.only(np.isfinite(found.over))
    if not known.body.size:
        return NO_TARGETS
    below, above, p = judged(known.over, known.body, opened.bodies, within)
    p = np.where(below + above >= FEWEST, p, np.nan)
    near = (known.over >= 0) & (known.over < within)

    def say(at: int) -> Text:
        size = f"{100 * within:g} %"
        return Text(
            f"目标以上 {size} 之内 {above[at]:.0f} 个数，以下 {size} 之内 {below[at]:.0f} 个",
            f"{above[at]:.0f} figures lie within {size} above their target, {below[at]:.0f} within {size} below",
        )

    size = below + above
    places = _rows(known, near)
    return Cases(np.arange(opened.bodies), [""] * opened.bodies, above, size / 2, size, p, say, places)


def judged(over: Floats, body: Ints, bodies: int, within: float) -> tuple[Floats, Floats, Floats]:
    """Figures just below and just above of each body, and p of so many above; (N,) each."""
    found = bunching(over, body, bodies, within=within)
    p = found.p.copy()
    for at in np.flatnonzero(found.values >= SLOPE_FROM).tolist():
        p[at] = _jump(over[body == at])
    return found.below, found.above, p


def _jump(over: Floats) -> float:
    """p-value, one-sided, of a density that is higher above nought; NaN where it can't be estimated."""
    try:
        width = bandwidths(over, 0.0).combined
        jump = density_jump(over, 0.0, *width)
    except ValueError:
        return float("nan")
    return jump.p / 2 if jump.t > 0 else 1 - jump.p / 2


def always_just_met(opened: Opened) -> Cases | Text:
    """Bodies that meet nine in ten of their targets of the period or more, each by less than a hundredth."""
    found = met(opened)
    known = found.only(np.isfinite(found.over))
    if not known.body.size:
        return NO_TARGETS
    hair = (known.over >= 0) & (known.over < HAIR)
    size, many = (sums(known.body, part, opened.bodies) for part in (np.ones(hair.size), hair.astype(np.float64)))
    p = chance_of_all(size, many)

    def say(at: int) -> Text:
        return Text(
            f"{size[at]:.0f} 个目标中 {many[at]:.0f} 个刚好完成，超出不到 {100 * HAIR:g} %",
            f"{many[at]:.0f} of {size[at]:.0f} targets are met by less than {100 * HAIR:g} %",
        )

    usual = size * many.sum() / max(size.sum(), 1.0)
    every = hair & (many >= NEARLY_ALL * size)[known.body]
    return Cases(np.arange(opened.bodies), [""] * opened.bodies, many, usual, size, p, say, _rows(known, every))


def chance_of_all(size: Floats, many: Floats) -> Floats:
    """P(so many of `size` or more are so), by the share of the other bodies' (one more counted so, for caution); (N,).

    1 unless nearly all are.
    """
    share = (many.sum() - many + 1) / (size.sum() - size + 2)
    tail = binomial(many, np.maximum(size, 1), share)
    return np.where(size >= LEAST, np.where(many >= NEARLY_ALL * size, tail, 1.0), np.nan)


def _rows(known: Met, kept: Bools) -> Places:
    at = np.flatnonzero(kept)
    order = np.lexsort((known.places.row[at], known.body[at]))
    at = at[order]
    return Places(known.body[at], known.places.file[at], known.places.row[at])
