"""Designs: how a sample was drawn, and the variance of linearised estimates for all domains at once.

In strata, units and sampling fractions of each stage, weights, and what the weights were calibrated to; out
variances by Taylor linearisation. The cost is one pass over the rows and one over the (domain, unit) pairs that
occur: there is no pass per domain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.groups import codes, column_sums, counts

Lonely = Literal["fail", "centre", "certainty"]
_MOST_CELLS = 4_000_000  #: numbers held at once where pairs meet the columns of a calibration


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of sampling; codes are from 0, units are told apart within their stratum (and the unit above)."""

    stratum: Ints  #: (n,)
    unit: Ints  #: (n,)
    fraction: Floats | None = None  #: (n,) share of the stratum's units that was drawn; None: with replacement


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What weights were calibrated to."""

    columns: Floats  #: (n, p) of full rank
    base: Floats  #: (n,) weights before


@dataclass(frozen=True, slots=True)
class Design:
    """A sample of n rows."""

    weight: Floats  #: (n,)
    stages: tuple[Stage, ...]
    calibrated: Calibrated | None = None
    lonely: Lonely = "fail"  #: what a stratum with a single unit adds

    @property
    def degrees(self) -> int:
        """Degrees of freedom: units less strata of the first stage."""
        units = _Units.of(self.stages, 0)
        return len(units.stratum) - len(units.count)


@dataclass(frozen=True, slots=True)
class _Units:
    """The A units of one stage, nested in H strata."""

    of_row: Ints  #: (n,)
    stratum: Ints  #: (A,)
    count: Floats  #: (H,) units in each stratum
    factor: Floats  #: (H,) product of the fractions above × (1 − own fraction)

    @staticmethod
    def of(stages: Sequence[Stage], at: int) -> _Units:
        """Lay out a stage."""
        rows = len(stages[0].unit)
        within, above = np.zeros(rows, dtype=np.int64), np.ones(rows)
        for stage in stages[:at]:
            within = codes(within, stage.stratum, stage.unit)
            above = above * (0.0 if stage.fraction is None else stage.fraction)
        stage = stages[at]
        stratum = codes(within, stage.stratum)
        unit = codes(stratum, stage.unit)
        first = np.unique(unit, return_index=True)[1]
        of_unit = stratum[first]
        row_of_stratum = first[np.unique(of_unit, return_index=True)[1]]
        own = 0.0 if stage.fraction is None else stage.fraction[row_of_stratum]
        count = counts(of_unit, int(of_unit.max(initial=-1)) + 1).astype(np.float64)
        return _Units(unit, of_unit, count, above[row_of_stratum] * (1.0 - own))


def variances(design: Design, linear: Floats, domain: Ints, domains: int) -> Floats:
    """Variance of the sums of `linear` × weight in each domain, shape (D, V).

    Args:
        design: how the rows were drawn
        linear: (n, V) linearised variables, each as it counts in its own domain
        domain: (n,) codes, −1 for rows in none
        domains: D

    Raises:
        ValueError: a stratum has a single unit and the design says `lonely="fail"`.

    Source: Särndal, Swensson & Wretman (1992), 4.3; the recursion over stages as in R's `svyrecvar`.
    """
    total = np.zeros((domains, linear.shape[1]))
    slopes = None if design.calibrated is None else _slopes(design.calibrated, linear, domain, domains)
    for at in range(len(design.stages)):
        units = _Units.of(design.stages, at)
        if not (units.factor > 0).any():
            continue
        total += _of_stage(design, units, linear, domain, domains, slopes)
    return total


def _slopes(calibrated: Calibrated, linear: Floats, domain: Ints, domains: int) -> Floats:
    """Regression of each domain's linearised variable on the calibration's columns, (D, p, V)."""
    columns, base = calibrated.columns, calibrated.base
    products = columns.T @ (base[:, None] * columns)
    inside = np.flatnonzero(domain >= 0)
    sums = np.empty((domains, columns.shape[1], linear.shape[1]))
    for column in range(columns.shape[1]):
        weighted = (base[inside] * columns[inside, column])[:, None] * linear[inside]
        sums[:, column] = column_sums(domain[inside], weighted, domains)
    slopes: Floats = np.linalg.solve(products[None], sums).astype(np.float64, copy=False)
    return slopes


def _of_stage(
    design: Design, units: _Units, linear: Floats, domain: Ints, domains: int, slopes: Floats | None
) -> Floats:
    scale = _scale(units, design.lonely)
    inside = np.flatnonzero(domain >= 0)
    pair, of_pair = np.unique(domain[inside] * len(units.stratum) + units.of_row[inside], return_inverse=True)
    z = column_sums(of_pair.ravel(), design.weight[inside, None] * linear[inside], len(pair))
    pair_domain, pair_unit = np.divmod(pair, len(units.stratum))
    stratum = units.stratum[pair_unit]
    found = _squares(units, scale, z, pair_domain, stratum, domains)
    if design.lonely == "centre":
        found += _centred(units, scale, z, pair_domain, stratum, domains)
    if slopes is None or design.calibrated is None:
        return found
    held = column_sums(units.of_row, design.weight[:, None] * design.calibrated.columns, len(units.stratum))  # (A, p)
    centre = column_sums(units.stratum, held, len(units.count)) / units.count[:, None]
    off = held - centre[units.stratum]
    gram = (scale[units.stratum, None] * off).T @ off
    crossed = _crossed(scale[stratum, None] * z, off, pair_unit, pair_domain, domains)
    found -= 2.0 * np.einsum("dpv,dpv->dv", crossed, slopes)
    found += np.einsum("dpv,pq,dqv->dv", slopes, gram, slopes)
    return found


def _crossed(z: Floats, off: Floats, unit: Ints, domain: Ints, domains: int) -> Floats:
    """Sums over the pairs of each domain of z × the units' calibration columns, (D, p, V)."""
    crossed = np.zeros((domains, off.shape[1], z.shape[1]))
    size = max(1, _MOST_CELLS // max(off.shape[1] * z.shape[1], 1))
    for start in range(0, len(z), size):
        part = slice(start, start + size)
        each = off[unit[part], :, None] * z[part, None, :]
        flat = column_sums(domain[part], each.reshape(len(each), -1), domains)
        crossed += flat.reshape(crossed.shape)
    return crossed


def _scale(units: _Units, lonely: Lonely) -> Floats:
    """(H,) what a stratum's squares are multiplied by."""
    single = units.count < 2
    if lonely == "fail" and (single & (units.factor > 0)).any():
        at = np.flatnonzero(single & (units.factor > 0))
        raise ValueError(
            f"{len(at)} strata have a single unit (first: stratum {at[0]}); merge them, or choose a policy"
        )
    spread = units.count / np.where(single, np.inf, units.count - 1.0)
    return units.factor * spread


def _squares(units: _Units, scale: Floats, z: Floats, domain: Ints, stratum: Ints, domains: int) -> Floats:
    """Squared distances of the units from the mean of their stratum, those without a row of the domain being nought."""
    group, of_group, pairs = np.unique(domain * len(units.count) + stratum, return_inverse=True, return_counts=True)
    group_domain, group_stratum = np.divmod(group, len(units.count))
    mean = column_sums(of_group.ravel(), z, len(group)) / units.count[group_stratum, None]
    absent = (units.count[group_stratum] - pairs)[:, None] * mean**2
    found = column_sums(domain, scale[stratum, None] * (z - mean[of_group.ravel()]) ** 2, domains)
    return found + column_sums(group_domain, scale[group_stratum, None] * absent, domains)


def _centred(units: _Units, scale: Floats, z: Floats, domain: Ints, stratum: Ints, domains: int) -> Floats:
    """What single units add: their squared distance from the mean of all units."""
    single = np.flatnonzero(units.count < 2)
    if not len(single):
        return np.zeros((domains, z.shape[1]))
    mean = column_sums(domain, z, domains) / len(units.stratum)
    here = np.isin(stratum, single)
    factor = units.factor[stratum[here], None]
    met = column_sums(domain[here], factor * ((z[here] - mean[domain[here]]) ** 2 - mean[domain[here]] ** 2), domains)
    found: Floats = met + mean**2 * float(units.factor[single].sum())
    return found
