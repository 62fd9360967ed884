"""Designs: how a sample was drawn, and the variance of linearised estimates for all domains at once.

In strata, units and sampling fractions of each stage, weights, and what the weights were calibrated to; out
variances by Taylor linearisation. The cost is one pass over the rows and one over the (domain, unit) pairs that
occur: there is no pass per domain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.groups import codes, column_sums, counts, distinct, first_rows, sums

Lonely = Literal["fail", "centre", "certainty"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of sampling; codes are from 0, units are told apart within their stratum (and the unit above)."""

    stratum: Ints  #: (n,)
    unit: Ints  #: (n,)
    fraction: Floats | None = None  #: (n,) share of the stratum's units that was drawn; None: with replacement


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What weights were calibrated to."""

    columns: Floats  #: (n, p) of full rank; (C, p) where rows share cells
    base: Floats  #: (n,) weights before
    cell: Ints | None = None  #: (n,) which of the C rows of `columns` is a row's; None: each has its own
    group: Ints | None = None  #: (n,) the group within which a row was calibrated; None: all rows together

    def products(self) -> Floats:
        """Base weight × columns × columns, (p, p)."""
        weight = self.base if self.cell is None else sums(self.cell, self.base, len(self.columns))
        return self.columns.T @ (weight[:, None] * self.columns)

    def sums(self, group: Ints, value: Floats, groups: int) -> Floats:
        """Sums of value × columns over the rows of each group, (G, p); rows of group −1 count nowhere."""
        if self.cell is None:
            return np.stack([sums(group, value * column, groups) for column in self.columns.T], axis=1)
        if group.min(initial=0) < 0:
            inside = group >= 0
            return Calibrated(self.columns, self.base, self.cell[inside]).sums(group[inside], value[inside], groups)
        pair, of_pair = distinct(group * np.int64(len(self.columns)) + self.cell)
        of_group, cell = np.divmod(pair, len(self.columns))
        return _times(of_group, cell, sums(of_pair, value, len(pair)), groups, self.columns)

    def products_within(self, group: Ints, groups: int) -> Floats:
        """Base weight × columns × columns over the rows of each group, (G, p, p)."""
        p = self.columns.shape[1]
        if self.cell is not None:
            pair, of_pair = distinct(group * np.int64(len(self.columns)) + self.cell)
            of_group, cell = np.divmod(pair, len(self.columns))
            square = (self.columns[:, :, None] * self.columns[:, None, :]).reshape(len(self.columns), p * p)
            return _times(of_group, cell, sums(of_pair, self.base, len(pair)), groups, square).reshape(groups, p, p)
        found = np.empty((groups, p, p))
        for one in range(p):
            for other in range(one, p):
                product = self.base * self.columns[:, one] * self.columns[:, other]
                found[:, one, other] = found[:, other, one] = sums(group, product, groups)
        return found


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
        stage = stages[at]
        stratum = codes(*(code for one in stages[:at] for code in (one.stratum, one.unit)), stage.stratum)
        unit = codes(stratum, stage.unit)
        first = first_rows(unit, int(unit.max(initial=-1)) + 1)
        of_unit = stratum[first]
        row_of_stratum = first[first_rows(of_unit, int(of_unit.max(initial=-1)) + 1)]
        factor = np.ones(len(row_of_stratum))
        for one in stages[:at]:
            factor *= 0.0 if one.fraction is None else one.fraction[row_of_stratum]
        factor *= 1.0 - (0.0 if stage.fraction is None else stage.fraction[row_of_stratum])
        return _Units(unit, of_unit, counts(of_unit, len(factor)).astype(np.float64), factor)


def variances(design: Design, linear: Floats, domain: Ints, domains: int) -> Floats:
    """Variance of the sums of `linear` × weight in each domain, shape (D, V).

    Args:
        design: how the rows were drawn
        linear: (n, V) linearised variables, each as it counts in its own domain
        domain: (n,) codes, −1 for rows in none
        domains: D

    Raises:
        ValueError: a stratum has a single unit and the design says `lonely="fail"`; weights were calibrated within
            groups, and a domain is none of them.

    Source: Särndal, Swensson & Wretman (1992), 4.3; the recursion over stages as in R's `svyrecvar`.
    """
    total = np.zeros((domains, linear.shape[1]))
    if design.calibrated is not None and design.calibrated.group is not None:
        linear, domain = _residuals(design.calibrated, design.calibrated.group, linear, domain, domains)
        design = replace(design, calibrated=None)
    slopes = None if design.calibrated is None else _slopes(design.calibrated, linear, domain, domains)
    for at in range(len(design.stages)):
        units = _Units.of(design.stages, at)
        if not (units.factor > 0).any():
            continue
        total += _of_stage(design, units, linear, domain, domains, slopes)
    return total


def _residuals(calibrated: Calibrated, group: Ints, linear: Floats, domain: Ints, domains: int) -> tuple[Floats, Ints]:
    """What each group's regression on the calibration's columns leaves of the linearised variables, and its domain.

    A group is a domain; rows of it that the variable leaves out are residuals too.
    """
    inside = domain >= 0
    if (domain[inside] != group[inside]).any() or group.max(initial=-1) >= domains:
        raise ValueError("weights were calibrated within groups; each group must be a domain")
    held = np.where(inside[:, None], linear, 0.0)
    crossed = np.stack([calibrated.sums(group, calibrated.base * one, domains) for one in held.T], axis=2)
    inverse = np.linalg.pinv(calibrated.products_within(group, domains), hermitian=True)
    slopes = inverse @ crossed  # (G, p, V)
    cell = np.arange(len(group)) if calibrated.cell is None else calibrated.cell
    pair, of_pair = distinct(group * np.int64(len(calibrated.columns)) + cell)
    of_group, of_cell = np.divmod(pair, len(calibrated.columns))
    fitted = np.einsum("kp,kpv->kv", calibrated.columns[of_cell], slopes[of_group])
    return held - fitted[of_pair], group


def _slopes(calibrated: Calibrated, linear: Floats, domain: Ints, domains: int) -> Floats:
    """Regression of each domain's linearised variable on the calibration's columns, (D, p, V)."""
    found = [calibrated.sums(domain, calibrated.base * one, domains) for one in linear.T]
    slopes: Floats = np.linalg.solve(calibrated.products()[None], np.stack(found, axis=2)).astype(
        np.float64, copy=False
    )
    return slopes


def _of_stage(
    design: Design, units: _Units, linear: Floats, domain: Ints, domains: int, slopes: Floats | None
) -> Floats:
    scale = _scale(units, design.lonely)
    inside = np.flatnonzero(domain >= 0) if domain.min(initial=0) < 0 else slice(None)
    pair, of_pair = distinct(domain[inside] * np.int64(len(units.stratum)) + units.of_row[inside])
    z = column_sums(of_pair, design.weight[inside, None] * linear[inside], len(pair))
    pair_domain, pair_unit = np.divmod(pair, len(units.stratum))
    stratum = units.stratum[pair_unit]
    found = _squares(units, scale, z, pair_domain, stratum, domains)
    if design.lonely == "centre":
        found += _centred(units, scale, z, pair_domain, stratum, domains)
    if slopes is None or design.calibrated is None:
        return found
    held = design.calibrated.sums(units.of_row, design.weight, len(units.stratum))  # (A, p)
    centre = column_sums(units.stratum, held, len(units.count)) / units.count[:, None]
    off = held - centre[units.stratum]
    gram = (scale[units.stratum, None] * off).T @ off
    scaled = (scale[stratum, None] * z).T
    crossed = np.stack([_times(pair_domain, pair_unit, one, domains, off) for one in scaled], axis=2)  # (D, p, V)
    found -= 2.0 * np.einsum("dpv,dpv->dv", crossed, slopes)
    found += np.einsum("dpv,pq,dqv->dv", slopes, gram, slopes)
    return found


def _times(row: Ints, column: Ints, value: Floats, rows: int, other: Floats) -> Floats:
    """A matrix given by its entries, in order of rows, times another one."""
    from scipy.sparse import csr_array

    starts = np.searchsorted(row, np.arange(rows + 1))
    found: Floats = csr_array((value, column, starts), shape=(rows, len(other))) @ other
    return found


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
    group, of_group = distinct(domain * len(units.count) + stratum)
    pairs = counts(of_group, len(group))
    group_domain, group_stratum = np.divmod(group, len(units.count))
    mean = column_sums(of_group, z, len(group)) / units.count[group_stratum, None]
    absent = (units.count[group_stratum] - pairs)[:, None] * mean**2
    found = column_sums(domain, scale[stratum, None] * (z - mean[of_group]) ** 2, domains)
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
