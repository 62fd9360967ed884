"""Precision: a body whose figures suddenly have fewer decimals than it used to write.

A last decimal is nought, and lost in reading, in one figure of ten. So many figures without it are chance by the
binomial law; more of them were rounded, estimated or typed in by hand.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases, places_of
from minping.audit.opened import Opened
from minping.audit.precision import written
from minping.model.arrays import Floats
from minping.stats.tails import binomial
from minping.words import Text

NOUGHT = 0.1  #: of last digits
SAME = 0.8  #: of a body's figures of a series that must have had one number of decimals before
FEWEST = 5  #: figures before, and in the period, of a body
NO_PAST = Text("没有小数位数稳定的历史数据", "no series has a past with a steady number of decimals")


def precision_switches(opened: Opened) -> Cases | Text:
    """Figures of the period with fewer decimals than the body wrote in that series before."""
    history = opened.history
    value = history.taken(history.official.value, history.row)
    found = written(value)
    inside, ends = history.inside(opened.period), np.array([history.periods.index(one) for one in history.periods])
    past = ~inside & (ends < (np.flatnonzero(inside).min() if inside.any() else 0))
    usual = np.max(np.where(found.known & past[:, None, None], found.places, 0), axis=0, initial=0)
    before = (found.known & past[:, None, None]).sum(axis=0)
    held = (found.known & past[:, None, None] & (found.places == usual)).sum(axis=0)
    steady = (usual > 0) & (before >= FEWEST) & (held >= SAME * before)
    there = found.known & inside[:, None, None] & steady
    fewer = there & (found.places < usual)
    size, short = (part.sum(axis=(0, 2)).astype(np.float64) for part in (there, fewer))
    if not (size >= FEWEST).any():
        return NO_PAST
    p = np.where(size >= FEWEST, chance(short, size), np.nan)
    period, body, series = np.nonzero(fewer)
    row, official = history.row[period, body, series], history.official

    def say(at: int) -> Text:
        return Text(
            f"{size[at]:.0f} 个数中 {short[at]:.0f} 个比该单位以往少写了小数，末位恰为零只能解释约 {NOUGHT * size[at]:.1f} 个",
            f"{short[at]:.0f} of {size[at]:.0f} figures have fewer decimals than the body used to write; last digits of "
            f"nought explain about {NOUGHT * size[at]:.1f}",
        )

    return Cases(
        np.arange(opened.bodies),
        [""] * opened.bodies,
        short,
        NOUGHT * size,
        size,
        p,
        say,
        places_of(body, official.file[row], official.row[row]),
    )


def chance(short: Floats, size: Floats) -> Floats:
    """P(so many or more of `size` figures end in nought), (N,)."""
    return np.where(size > 0, binomial(short, np.maximum(size, 1), np.full(size.shape, NOUGHT)), np.nan)
