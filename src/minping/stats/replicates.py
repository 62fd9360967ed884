"""Replicates: a design's weights many times over, each leaving out or repeating some units; errors from their spread.

For statistics that have no simple linearisation, and for those who publish replicate weights instead of a design.
Randomness is seeded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.designs import Design
from minping.stats.groups import codes, counts


@dataclass(frozen=True, slots=True)
class Replicates:
    """R sets of weights for n rows, and how their spread becomes a variance."""

    weight: Floats  #: (n, R)
    scale: Floats  #: (R,) each replicate's squared distance is multiplied by it
    centred: bool = False  #: distances from the mean of the replicates, not from the full estimate

    def variance(self, whole: Floats, each: Floats) -> Floats:
        """Variance of a statistic: its full value (D,), its replicates (D, R) -> (D,)."""
        middle = each.mean(axis=1) if self.centred else whole
        found: Floats = ((each - middle[:, None]) ** 2 * self.scale).sum(axis=1)
        return found


def jackknife(design: Design) -> Replicates:
    """Leave out one unit of the first stage at a time (JKn; JK1 where there is one stratum).

    Raises:
        ValueError: a stratum has a single unit.

    Source: Wolter (2007), 4.5; the finite population correction is that of the first stage.
    """
    stratum, unit, size, left = _first_stage(design)
    number = int(unit.max()) + 1
    of_unit = _stratum_of(stratum, unit, number)
    weight = np.repeat(design.weight[:, None], number, axis=1)
    for at in range(number):
        here = stratum == of_unit[at]
        spread = size[of_unit[at]] / (size[of_unit[at]] - 1.0)
        weight[here, at] *= np.where(unit[here] == at, 0.0, spread)
    return Replicates(weight, left[of_unit] * (size[of_unit] - 1.0) / size[of_unit])


def bootstrap(design: Design, replicates: int, seed: int) -> Replicates:
    """Draw one unit fewer than there are in each stratum, with replacement (Rao, Wu & Yue 1992).

    Raises:
        ValueError: a stratum has a single unit.
    """
    stratum, unit, size, left = _first_stage(design)
    if ((left < 1.0) & (left > 0.0)).any() and (1.0 - left).max() > 0.1:
        raise ValueError("the rescaled bootstrap knows no finite population correction; a tenth or more was drawn")
    random = np.random.default_rng(seed)
    number = int(unit.max()) + 1
    of_unit = _stratum_of(stratum, unit, number)
    drawn = np.empty((number, replicates))
    for at, units in enumerate(size.astype(int).tolist()):
        members = np.flatnonzero(of_unit == at)
        shares = np.full(units, 1.0 / units)
        drawn[members] = random.multinomial(units - 1, shares, size=replicates).T * (units / (units - 1.0))
    return Replicates(design.weight[:, None] * drawn[unit], np.full(replicates, 1.0 / replicates), centred=True)


def balanced(design: Design, fay: float = 0.0) -> Replicates:
    """Balanced repeated replication for two units a stratum, with Fay's factor where asked (McCarthy 1969, Fay 1989).

    Raises:
        ValueError: a stratum has not two units, or `fay` is not in [0, 1).
    """
    if not 0.0 <= fay < 1.0:
        raise ValueError(f"fay is {fay:g}; it must lie in [0, 1)")
    stratum, unit, size, _ = _first_stage(design)
    if (size != 2).any():
        raise ValueError(f"{int((size != 2).sum())} strata have not two units; balanced replication needs pairs")
    number = int(unit.max()) + 1
    of_unit = _stratum_of(stratum, unit, number)
    first = np.zeros(number, dtype=np.bool_)
    first[np.unique(of_unit, return_index=True)[1]] = True
    signs = _hadamard(len(size) + 1)[1 : len(size) + 1].T  # (R, H)
    kept = np.where(first[None, :], signs[:, of_unit], -signs[:, of_unit])  # (R, A)
    factor = 1.0 + (1.0 - fay) * kept
    count = len(signs)
    return Replicates(design.weight[:, None] * factor.T[unit], np.full(count, 1.0 / (count * (1.0 - fay) ** 2)))


def means(weight: Floats, y: Floats, domain: Ints, domains: int) -> Floats:
    """Weighted means of each domain under many weights: (n, R) -> (D, R)."""
    inside = np.flatnonzero((domain >= 0) & ~np.isnan(y))
    order = inside[np.argsort(domain[inside], kind="stable")]
    starts = np.searchsorted(domain[order], np.arange(domains))
    held = np.add.reduceat(np.vstack([weight[order], np.zeros((1, weight.shape[1]))]), starts, axis=0)
    times = np.add.reduceat(np.vstack([weight[order] * y[order, None], np.zeros((1, weight.shape[1]))]), starts, axis=0)
    empty = counts(domain[inside], domains) == 0
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = times / held
    found[empty] = np.nan
    return found


Statistic = Callable[[Floats], Floats]  #: weights (n, R) -> (D, R)


def spread(design: Design, replicates: Replicates, statistic: Statistic) -> tuple[Floats, Floats]:
    """A statistic and its standard error, (D,) each."""
    whole = statistic(design.weight[:, None])[:, 0]
    return whole, np.sqrt(replicates.variance(whole, statistic(replicates.weight)))


def _first_stage(design: Design) -> tuple[Ints, Ints, Floats, Floats]:
    """Stratum and unit of each row; units of each stratum, (H,), and one less its fraction, (H,)."""
    stage = design.stages[0]
    stratum = codes(stage.stratum)
    unit = codes(stratum, stage.unit)
    strata = int(stratum.max()) + 1
    of_unit = _stratum_of(stratum, unit, int(unit.max()) + 1)
    size = counts(of_unit, strata).astype(np.float64)
    if (size < 2).any():
        raise ValueError(f"{int((size < 2).sum())} strata have a single unit; merge them")
    left = np.ones(strata)
    if stage.fraction is not None:
        left[stratum] = 1.0 - stage.fraction
    return stratum, unit, size, left


def _stratum_of(stratum: Ints, unit: Ints, units: int) -> Ints:
    found = np.empty(units, dtype=np.int64)
    found[unit] = stratum
    return found


def _hadamard(least: int) -> Floats:
    """Sylvester's matrix of a power of two that is no smaller."""
    matrix = np.ones((1, 1))
    while len(matrix) < least:
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    return matrix
