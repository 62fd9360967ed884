"""Digits of figures: leading and last digits, mantissas, and how far they are from Benford's law.

Figures are decimals that were written down, so their digits are found exactly: 0.29 begins with 29, though a hundred
times its float falls short of it. In: floats as read from text; out: counts and statistics. No domain, no state.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.tails import chi2_tail

MOST_PLACES = 9
LARGEST = 2**53
_POWERS = np.array([10**power for power in range(20)], dtype=np.uint64)


class Conformity(NamedTuple):
    """How far counts of digits are from Benford's law."""

    digits: Ints  #: (K,) 1…9, 10…99 or 0…9
    counts: Floats  #: (K,)
    expected: Floats  #: (K,) share
    chi2: float
    p: float  #: of chi2, K − 1 degrees of freedom
    mad: float  #: mean absolute deviation of the shares (Nigrini 2012)
    ks: float  #: largest distance of the cumulated shares
    z: Floats  #: (K,) of each digit, with continuity correction


class Distances(NamedTuple):
    """Distances from the expected shares that grow with the number of figures, but for the last two."""

    ks: float  #: D √n of Kolmogorov and Smirnov
    chebyshev: float  #: m*, √n times the largest deviation (Leemis, Schmeiser and Evans 2000)
    euclidean: float  #: d*, √n times the root of the summed squares (Cho and Gaines 2007)
    freedman: float  #: U² of Watson for counts (Freedman 1981)
    mean_digit: float  #: a*, the mean digit's deviation, 1 the largest upwards (Judge and Schechter 2009)
    likeness: float  #: J²P, the signed square of the correlation of the shares, 1 if alike (Shapiro and Francia's idea)


class Mantissas(NamedTuple):
    """The fractional parts of the logarithms, uniform under Benford's law."""

    mean: float
    variance: float
    skewness: float
    kurtosis: float  #: excess
    arc: float  #: squared distance of the centre of gravity on the circle from the middle (Alexander 2009)
    p: float  #: of the arc test: exp(−arc · n)


def whole(values: Floats) -> tuple[Ints, Ints]:
    """Figures as whole numbers of their last decimal place, and how many places each has, (n,) each.

    Raises:
        ValueError: a figure is not finite, or has more digits than a float holds.

    >>> [part.tolist() for part in whole(np.array([41.76, 3.0, 0.05]))]
    [[4176, 3, 5], [2, 0, 2]]
    """
    values = np.asarray(values, dtype=np.float64)
    if not np.isfinite(values).all():
        raise ValueError("figures must be finite")
    found, places = np.rint(values), np.zeros(len(values), dtype=np.int64)
    left = np.flatnonzero(found != values)
    for place in range(1, MOST_PLACES + 1):
        if not len(left):
            break
        shifted = np.rint(values[left] * 10.0**place)
        found[left], places[left] = shifted, place
        left = left[shifted / 10.0**place != values[left]]
    if len(left) or (np.abs(found) > LARGEST).any():
        raise ValueError("figures have more digits than can be told exactly")
    return found.astype(np.int64), places


def leading(written: Ints, digits: int) -> Ints:
    """The first so many significant digits, (n,); a figure with fewer has noughts behind, one of nought gives 0.

    `written`: whole numbers of the last place, as `whole` gives them.

    >>> leading(np.array([4176, 3, -50, 0]), 2).tolist()
    [41, 30, 50, 0]
    """
    size = np.abs(written).astype(np.uint64)
    with np.errstate(divide="ignore"):
        length = np.maximum(np.log10(size), 0.0).astype(np.int64)  # one less than the digits, or next to it
    length += size >= _POWERS[length + 1]
    length -= size < _POWERS[length]
    over = np.where(size > 0, length, 0) + 1 - digits
    if (over < 0).any():
        size = size * _POWERS[np.maximum(-over, 0)]
    found: Ints = (size // _POWERS[np.maximum(over, 0)]).astype(np.int64)
    return found


def benford(digits: int) -> Floats:
    """Shares of the first so many digits: log₁₀(1 + 1/d) for d from 10^(digits − 1), (9 · 10^(digits − 1),).

    Benford (1938), "The law of anomalous numbers".

    >>> benford(1)[:3].round(4).tolist()
    [0.301, 0.1761, 0.1249]
    """
    found: Floats = np.log10(1.0 + 1.0 / np.arange(10 ** (digits - 1), 10**digits))
    return found


def benford_second() -> Floats:
    """Shares of the second digit, 0 to 9, (10,).

    >>> benford_second()[[0, 9]].round(4).tolist()
    [0.1197, 0.085]
    """
    found: Floats = benford(2).reshape(9, 10).sum(axis=0)
    return found


def conformity(count: Floats, expected: Floats, first: int) -> Conformity:
    """Statistics of counts of digits against expected shares, (K,) each; `first` is the lowest digit.

    Pearson's chi-square, the mean absolute deviation and the z of each digit as Nigrini (2012, chapter 7) has them.

    Raises:
        ValueError: nothing was counted.

    >>> conformity(1000 * benford(1), benford(1), 1).chi2 < 1e-20
    True
    """
    count = np.asarray(count, dtype=np.float64)
    n = count.sum()
    if not n > 0:
        raise ValueError("count: there must be at least one figure")
    share = count / n
    chi2 = float((n * (share - expected) ** 2 / expected).sum())
    off = np.abs(share - expected)
    correction = np.where(off > 0.5 / n, 0.5 / n, 0.0)
    z = (off - correction) / np.sqrt(expected * (1.0 - expected) / n)
    ks = float(np.abs(np.cumsum(share - expected)).max())
    p = float(chi2_tail(np.array(chi2), len(count) - 1))
    return Conformity(np.arange(first, first + len(count)), count, expected, chi2, p, float(off.mean()), ks, z)


def distances(found: Conformity) -> Distances:
    """Further statistics of counted digits; those of Benford tests in the literature, see `Distances`.

    >>> distances(conformity(1000 * benford(1), benford(1), 1)).likeness
    1.0
    """
    n, expected = found.counts.sum(), found.expected
    share = found.counts / n
    apart = share - expected
    summed = np.cumsum(apart)
    middle = float((found.digits * expected).sum())
    mean = float((found.digits * share).sum())
    level = np.ptp(share) == 0 or np.ptp(expected) == 0
    alike = float("nan") if level else float(np.corrcoef(share, expected)[0, 1])
    return Distances(
        ks=float(np.sqrt(n)) * found.ks,
        chebyshev=float(np.sqrt(n) * np.abs(apart).max()),
        euclidean=float(np.sqrt(n * (apart**2).sum())),
        freedman=float(n / len(share) * ((summed**2).sum() - summed.sum() ** 2 / len(share))),
        mean_digit=abs(mean - middle) / (float(found.digits[-1]) - middle),
        likeness=round(float(np.sign(alike)) * alike**2, 15),
    )


def first_digits(written: Ints, digits: int = 1) -> Conformity:
    """First so many digits of figures other than nought, (n,), against Benford's law.

    `written`: whole numbers of the last place, as `whole` gives them.

    >>> first_digits(np.array([4176, 30, -5, 0])).counts.tolist()
    [0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    """
    low = 10 ** (digits - 1)
    found = leading(written[written != 0], digits) - low
    return conformity(np.bincount(found, minlength=9 * low).astype(np.float64), benford(digits), low)


def second_digits(written: Ints) -> Conformity:
    """Second digits of figures other than nought, (n,), against Benford's law.

    >>> second_digits(np.array([4176, 30, -51])).counts[:3].tolist()
    [1.0, 2.0, 0.0]
    """
    found = leading(written[written != 0], 2) % 10
    return conformity(np.bincount(found, minlength=10).astype(np.float64), benford_second(), 0)


def last_digits(written: Ints) -> Conformity:
    """Last digits, (n,), against equal shares (Beber and Scacco 2012); figures of one number of places only.

    >>> last_digits(np.array([4176, 30, -56])).counts[[0, 6]].tolist()
    [1.0, 2.0]
    """
    found = np.abs(written) % 10
    return conformity(np.bincount(found, minlength=10).astype(np.float64), np.full(10, 0.1), 0)


def mantissas(written: Ints) -> Mantissas:
    """Moments of the fractional parts of log₁₀ of figures other than nought, (n,), and the arc test (Alexander 2009).

    The variance is the sample's, skewness and kurtosis are those of the figures as a whole; NaN where all are equal.

    Raises:
        ValueError: fewer than two figures other than nought.

    >>> mantissas(np.array([1, 10, 1000])).arc
    1.0
    """
    size = np.abs(written[written != 0]).astype(np.float64)
    n = len(size)
    if n < 2:
        raise ValueError("written: there must be at least two figures other than nought")
    part = np.log10(size)
    part -= np.floor(part)
    mean = float(part.mean())
    off = part - mean
    square = off * off
    second, third, fourth = (float(moment.mean()) for moment in (square, square * off, square * square))
    skewness, kurtosis = (third / second**1.5, fourth / second**2 - 3.0) if second else (float("nan"), float("nan"))
    half = np.tan(np.pi * part)  # cosine and sine by the tangent of half the angle: a fifth of the time
    below = 1.0 / (1.0 + half * half)
    arc = float((2.0 * below - 1.0).mean() ** 2 + (2.0 * half * below).mean() ** 2)
    return Mantissas(mean, second * n / (n - 1), skewness, kurtosis, arc, float(np.exp(-arc * n)))
