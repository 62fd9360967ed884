"""Ratios: does a value agree with its numerator and denominator, and what is it where only these are given?

In arrays of figures, out values and faults. The unit says how a ratio is scaled: per cent by 100, ‰ by 1,000, per
10,000 by 10,000; a value agrees if it equals the ratio to the decimals that it was given with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from minping.evidence.faults import NOTHING, Fault, Remark, fault
from minping.model.arrays import Bools, Floats, Ints
from minping.model.evidence import IndicatorNote
from minping.words import Text

MOST_DECIMALS = 9
_SCALES = (("10万", 1e5), ("十万", 1e5), ("100k", 1e5), ("万", 1e4), ("10k", 1e4), ("10,000", 1e4), ("10000", 1e4),
           ("‰", 1e3), ("千", 1e3), ("1,000", 1e3), ("1000", 1e3), ("亿", 1e8))  # fmt: skip


class Ratio(NamedTuple):
    """Columns of R rows; NaN where not given."""

    value: Floats
    numerator: Floats
    denominator: Floats
    scales: Floats  #: (R,) what the unit multiplies a ratio by; NaN where the unit doesn't say


def scale_of(note: IndicatorNote) -> float:
    """What the unit of an indicator multiplies a ratio by; NaN where it may be more than one thing.

    >>> scale_of(IndicatorNote("a", "", "", "%", percent=True)), scale_of(IndicatorNote("b", "", "", "件/万人"))
    (100.0, nan)
    """
    if note.percent:
        return 100.0
    return float("nan") if any(word in note.unit for word, _ in _SCALES) else 1.0


def derive(ratio: Ratio, rows: Ints, header: str) -> tuple[Floats, Bools, Sequence[Fault]]:
    """Values, the empty ones from numerator and denominator where the unit allows it, and which ones those are."""
    expected = _expected(ratio)
    is_derived = np.isnan(ratio.value) & np.isfinite(expected)
    values = np.where(is_derived, expected, ratio.value)
    faults = []
    for at in np.flatnonzero(is_derived).tolist():
        found = Text(
            f"数值为空，由分子和分母得 {values[at]:.15g}", f"no value; numerator and denominator give {values[at]:.15g}"
        )
        faults.append(
            fault(
                Remark("derived-value", found, NOTHING, Text("请核对", "please check"), "note"), header, int(rows[at])
            )
        )
    return values, is_derived, faults


def disagreements(ratio: Ratio, rows: Ints, header: str, unit_of: Callable[[int], str]) -> Sequence[Fault]:
    """Warnings on values that are not their numerator divided by their denominator."""
    expected = _expected(ratio)
    with np.errstate(invalid="ignore"):
        is_apart = np.abs(ratio.value - expected) > 1e-6 * np.abs(expected)
    at = np.flatnonzero(is_apart)
    at = at[~_rounds_to(expected[at], ratio.value[at])]
    faults = []
    for one in at.tolist():
        value, meant = ratio.value[one], expected[one]
        found = Text(
            f"{value:.15g} 与分子除以分母所得 {meant:.6g} 不符",
            f"{value:.15g}, but numerator and denominator give {meant:.6g}",
        )
        unit = unit_of(one)
        fix = Text(f"核对三个数和计量单位 {unit}".rstrip(), f"check the three figures and the unit {unit}".rstrip())
        faults.append(fault(Remark("ratio-mismatch", found, NOTHING, fix, "warning"), header, int(rows[one])))
    return faults


def zero_denominators(denominator: Floats, rows: Ints, header: str) -> Sequence[Fault]:
    """Errors on denominators that are zero."""
    at = np.flatnonzero(denominator == 0)
    if not len(at):
        return ()
    remark = Remark("zero-denominator", Text("分母是 0", "the denominator is 0"), NOTHING, Text("核对分母", "check it"))
    return [Fault(remark, header, rows[at])]


def _expected(ratio: Ratio) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        expected: Floats = ratio.numerator / ratio.denominator * ratio.scales
    return expected


def _rounds_to(exact: Floats, shown: Floats) -> Bools:
    """Whether `exact`, rounded to as many decimals as `shown` has, is `shown`."""
    decimals = np.full(len(shown), MOST_DECIMALS)
    for count in range(MOST_DECIMALS - 1, -1, -1):
        decimals[np.abs(np.round(shown, count) - shown) <= 1e-12 * np.abs(shown)] = count
    half = 0.5 * 10.0 ** -decimals.astype(np.float64)
    agrees: Bools = np.abs(exact - shown) <= half * (1 + 1e-6) + 1e-12 * np.abs(shown)
    return agrees
