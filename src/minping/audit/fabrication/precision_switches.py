"""Precision: figures of a body with fewer decimals than the series is written with, by itself before or by others.

A last decimal is nought, and lost in reading, in one figure of ten. So many figures without it are chance by the binomial
law; more of them were rounded, estimated or typed in by hand. Shares are left out: those of few people often end so.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases, figures_at
from minping.audit.fabrication.repeats import counted_exactly
from minping.audit.opened import Opened
from minping.model.arrays import Floats
from minping.stats.tails import binomial
from minping.stats.written import written
from minping.words import Text

NOUGHT = 0.1  #: of last digits
SAME = 0.7  #: of a series' figures that must have all their decimals
FEWEST = 5  #: figures of a body's series in the period
NO_DECIMALS = Text("没有小数位数一致的数列", "no series is written with a steady number of decimals")


def precision_switches(opened: Opened) -> Cases | Text:
    """Figures of the period with fewer decimals than the series has: as declared, or as most of its figures."""
    history = opened.history
    value = history.taken(history.official.value, history.row)
    found = written(value)
    inside = history.inside(opened.period)
    usual = found.places.max(axis=(0, 1), initial=0)
    held = (found.known & (found.places == usual)).sum(axis=(0, 1))
    steady = (usual > 0) & (held >= SAME * found.known.sum(axis=(0, 1)))
    there = found.known & inside[:, None, None] & steady & counted_exactly(opened)
    fewer = there & (found.places < usual)
    body, series = np.nonzero(there.sum(axis=0) >= FEWEST)
    if not body.size:
        return NO_DECIMALS
    size, short = (part.sum(axis=0)[body, series].astype(np.float64) for part in (there, fewer))
    case = np.full(there.shape[1:], -1, dtype=np.int64)
    case[body, series] = np.arange(body.size)
    period, of_body, of_series = np.nonzero(fewer & (case >= 0))
    row, official = history.row[period, of_body, of_series], history.official

    def say(at: int) -> Text:
        return Text(
            f"{size[at]:.0f} 个数中 {short[at]:.0f} 个比该数列通常少写了小数，末位恰为零只能解释约 {NOUGHT * size[at]:.1f} 个",
            f"{short[at]:.0f} of {size[at]:.0f} figures have fewer decimals than the series is written with; last digits of "
            f"nought explain about {NOUGHT * size[at]:.1f}",
        )

    return Cases(
        body,
        [history.names[at] for at in series.tolist()],
        short,
        NOUGHT * size,
        size,
        chance(short, size),
        say,
        figures_at(official, case[of_body, of_series], row),
    )


def chance(short: Floats, size: Floats) -> Floats:
    """P(so many or more of `size` figures end in nought), (N,)."""
    return np.where(size > 0, binomial(short, np.maximum(size, 1), np.full(size.shape, NOUGHT)), np.nan)
