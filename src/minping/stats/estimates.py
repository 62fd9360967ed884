"""Estimates: means, totals, ratios, shares and quantiles of domains from a sample, with errors that know its design.

In a `Design`, a variable (n,) and the domain of each row; out one record with an array per figure, (D,). Rows whose
variable is NaN are left out of that estimate and counted. Intervals use Student's t with the design's degrees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.designs import Design, variances
from minping.stats.groups import counts, sums

Shape = Literal["mean", "logit", "beta", "asin", "likelihood"]
Rule = Literal["math", "hf7"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a sample says of D domains."""

    value: Floats  #: (D,) NaN where the domain has no row
    se: Floats  #: (D,)
    rows: Ints  #: (D,) rows that it rests on
    degrees: int


def mean(design: Design, y: Floats, domain: Ints | None = None, domains: int = 1) -> Estimate:
    """Weighted mean of each domain (Hájek)."""
    return ratio(design, y, np.ones_like(y), domain, domains)


def total(design: Design, y: Floats, domain: Ints | None = None, domains: int = 1) -> Estimate:
    """Weighted total of each domain (Horvitz–Thompson)."""
    code, rows = _of_domains(design, y, domain, domains)
    filled = np.where(code >= 0, y, 0.0)
    value = sums(code, design.weight * filled, domains)
    return _estimate(design, np.where(rows > 0, value, np.nan), filled, code, rows, domains)


def ratio(design: Design, y: Floats, x: Floats, domain: Ints | None = None, domains: int = 1) -> Estimate:
    """Ratio of the totals of y and x in each domain."""
    code, rows = _of_domains(design, y + x, domain, domains)
    one, other = np.where(code >= 0, y, 0.0), np.where(code >= 0, x, 0.0)
    below = sums(code, design.weight * other, domains)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = sums(code, design.weight * one, domains) / below
        linear = (one - np.nan_to_num(value)[code] * other) / np.where(below == 0, np.nan, below)[code]
    return _estimate(design, value, np.where(code >= 0, np.nan_to_num(linear), 0.0), code, rows, domains)


def interval(
    found: Estimate,
    level: float = 0.95,
    shape: Shape = "mean",
    *,
    design: Design | None = None,
    degrees: Floats | float | None = None,
) -> tuple[Floats, Floats]:
    """Ends of the intervals, (D,) each.

    Args:
        found: an estimate
        level: e.g. 0.95
        shape: of a share: `logit` and `asin` on the transformed scale; `beta` after Korn & Graubard (1998);
            anything else: `mean`
        design: for `beta`: the rows of the sample count
        degrees: of Student's t, in place of the design's; infinite for the normal distribution (R's `svyby`)
    """
    t = t_quantile(found.degrees if degrees is None else degrees, 0.5 + level / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        return SHAPES[shape](found, t, level, 0 if design is None else len(design.weight))


def design_effect(design: Design, y: Floats, found: Estimate, of: Literal["mean", "total"] = "mean") -> Floats:
    """Variance against that of a simple random sample without replacement of as many rows, (1,); the whole sample."""
    there = ~np.isnan(y)
    weight, values = design.weight[there], y[there]
    size, count = weight.sum(), float((weight != 0).sum())
    spread = float((weight * (values - np.average(values, weights=weight)) ** 2).sum() / size) * count / (count - 1)
    plain = spread * (size - count) / (size * count) * (size**2 if of == "total" else 1.0)
    effect: Floats = found.se**2 / plain
    return effect


def design_effects(design: Design, y: Floats, found: Estimate, domain: Ints, domains: int) -> Floats:
    """Variance of each domain's mean against that of a simple random sample with replacement of as many rows, (D,).

    NaN for fewer than two rows, or none that differ (Kish 1965, 8.2; R's `deff="replace"`).
    """
    code, rows = _of_domains(design, y, domain, domains)
    size, total = (sums(code, design.weight * part, domains) for part in (np.ones_like(y), np.nan_to_num(y)))
    with np.errstate(invalid="ignore", divide="ignore"):
        away = np.nan_to_num(y) - (total / size)[np.maximum(code, 0)]
        spread = sums(code, design.weight * away**2, domains) / size
        plain = spread / (rows - 1.0)
        effect: Floats = np.where(plain > 1e-18, found.se**2 / plain, np.nan)
    return effect


def quantiles(
    design: Design, y: Floats, shares: Floats, rule: Rule = "math", level: float = 0.95
) -> tuple[Floats, ...]:
    """Quantiles of the whole sample with Woodruff's (1952) intervals: value, se, low, high, (Q,) each.

    The interval of the share below the quantile is read back through the same rule; the standard error is half its
    width over Student's t.
    """
    there = ~np.isnan(y)
    read = RULES[rule]
    values, t = [], t_quantile(design.degrees, 0.5 + level / 2)
    for share in np.atleast_1d(shares).tolist():
        at = read(y[there], design.weight[there], share)
        below = mean(design, np.where(there, (y <= at).astype(np.float64), np.nan))
        low, high = (float(end[0]) for end in interval(below, level))
        ends = [read(y[there], design.weight[there], end) if 0 <= end <= 1 else np.nan for end in (low, high)]
        values.append((at, (ends[1] - ends[0]) / (2 * t), *ends))
    return tuple(np.array(column) for column in zip(*values, strict=True))


def _of_domains(design: Design, y: Floats, domain: Ints | None, domains: int) -> tuple[Ints, Ints]:
    code = np.zeros(len(y), dtype=np.int64) if domain is None else domain.astype(np.int64)
    code = np.where(np.isnan(y), -1, code)
    return code, counts(code, domains)


def _estimate(design: Design, value: Floats, linear: Floats, code: Ints, rows: Ints, domains: int) -> Estimate:
    variance = variances(design, linear[:, None], code, domains)[:, 0]
    se = np.sqrt(np.maximum(variance, 0.0))
    return Estimate(value, np.where(np.isnan(value), np.nan, se), rows, design.degrees)


def t_quantile(degrees: Floats | float, share: float) -> Any:
    """The value below which `share` of Student's t lies; of the normal distribution where the degrees are infinite."""
    from scipy.special import ndtri, stdtrit

    return np.where(np.isinf(degrees), ndtri(share), stdtrit(degrees, share))


def _plain(found: Estimate, t: Floats | float, level: float, rows: int) -> tuple[Floats, Floats]:
    return found.value - t * found.se, found.value + t * found.se


def _logit(found: Estimate, t: Floats | float, level: float, rows: int) -> tuple[Floats, Floats]:
    centre, spread = np.log(found.value / (1 - found.value)), t * found.se / (found.value * (1 - found.value))
    low, high = (1 / (1 + np.exp(-(centre + side * spread))) for side in (-1, 1))
    sure = (found.value == 0) | (found.value == 1)
    return np.where(sure, found.value, low), np.where(sure, found.value, high)


def _asin(found: Estimate, t: Floats | float, level: float, rows: int) -> tuple[Floats, Floats]:
    centre, spread = np.arcsin(np.sqrt(found.value)), t * found.se / (2 * np.sqrt(found.value * (1 - found.value)))
    low, high = np.sin(np.maximum(centre - spread, 0)) ** 2, np.sin(np.minimum(centre + spread, np.pi / 2)) ** 2
    return low, high


def _beta(found: Estimate, t: Floats | float, level: float, rows: int) -> tuple[Floats, Floats]:
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    size = found.value * (1 - found.value) / found.se**2
    size = size * (t_quantile(max(rows - 1, 1), tail) / t) ** 2
    low = betaincinv(size * found.value, size * (1 - found.value) + 1, tail)
    high = betaincinv(size * found.value + 1, size * (1 - found.value), 1 - tail)
    known = (found.se == 0) & (found.value > 0) & (found.value < 1)
    return np.where(known, found.value, low), np.where(known, found.value, high)


def _likelihood(found: Estimate, t: Floats | float, level: float, rows: int) -> tuple[Floats, Floats]:
    """Ends at which twice the log-likelihood of the share has fallen by t² for as many rows as tell as much.

    The likelihood is scaled by the design's variance (Rao and Scott 1984; R's `svyciprop(method="likelihood")`).
    """
    share = np.clip(found.value, 0.0, 1.0)
    size = share * (1 - share) / found.se**2 * ((rows - 1) / rows if rows else 1.0)

    def fallen(p: Floats) -> Floats:
        with np.errstate(invalid="ignore", divide="ignore"):
            one = np.where(share > 0, share * np.log(share / p), 0.0)
            other = np.where(share < 1, (1 - share) * np.log((1 - share) / (1 - p)), 0.0)
        found: Floats = 2.0 * size * (one + other)
        return found

    ends = []
    for outer in (0.0, 1.0):
        near, far = share.copy(), np.full(share.shape, outer)
        for _ in range(200):
            middle = (near + far) / 2
            inside = fallen(middle) < t * t
            near, far = np.where(inside, middle, near), np.where(inside, far, middle)
        ends.append(np.where(np.isfinite(size), near, found.value))
    return ends[0], ends[1]


def _lowest(y: Floats, weight: Floats, share: float) -> float:
    """The smallest value that at least `share` of the weight does not exceed."""
    order = np.argsort(y, kind="stable")
    summed = np.cumsum(weight[order])
    at = int(np.searchsorted(summed, share * summed[-1] * (1 - 1e-14), side="left"))
    return float(y[order[min(at, len(order) - 1)]])


def _type_seven(y: Floats, weight: Floats, share: float) -> float:
    """Hyndman & Fan's (1996) seventh rule with weights."""
    order = np.argsort(y, kind="stable")
    ordered, summed = y[order], np.cumsum(weight[order])
    if len(ordered) == 1:
        return float(ordered[0])
    places = np.concatenate([[0.0], summed[:-1]]) / summed[-2]
    return float(np.interp(share, places, ordered))


SHAPES: dict[str, Callable[[Estimate, float, float, int], tuple[Floats, Floats]]] = {
    "mean": _plain,
    "logit": _logit,
    "asin": _asin,
    "beta": _beta,
    "likelihood": _likelihood,
}
RULES: dict[str, Callable[[Floats, Floats, float], float]] = {"math": _lowest, "hf7": _type_seven}
