"""Growth of counts from one month to the next: ratios with intervals that know how restless the counts usually are."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Floats

FEWEST_CHANGES = 10  #: from which the usual unrest can be told
_MEDIAN_OF_SQUARE = 0.4549364231195724  #: of a standard normal variable (chi-squared with one degree of freedom)


def log_changes(counts: Floats, days: Floats) -> tuple[Floats, Floats]:
    """Change of the log rate from each month to the next and its standard error, were counts Poisson; (K, M − 1) each.

    Half a count is added to each (Gart and Zweifel 1967), so that none of 0 is infinite.

    Args:
        counts: (K, M)
        days: (M,) that each count covers

    >>> change, se = log_changes(np.array([[10.0, 20.0]]), np.array([30.0, 30.0]))
    >>> change.round(3), se.round(3)
    (array([[0.669]]), array([[0.379]]))
    """
    rate = np.log((counts + 0.5) / days)
    error = np.sqrt(1 / (counts[:, 1:] + 0.5) + 1 / (counts[:, :-1] + 0.5))
    return np.diff(rate, axis=1), error


def unrest(counts: Floats, days: Floats) -> tuple[float, int]:
    """The variance of the usual changes in that of Poisson counts, at least 1, and how many changes it rests on.

    From the median of the squared standardised changes, so that one theme that soars does not hide itself. Counts of
    fewer than 10 in both months say nothing. NaN where fewer than `FEWEST_CHANGES` are known.
    """
    if counts.shape[1] < 2:
        return float("nan"), 0
    change, error = log_changes(counts, days)
    known = (counts[:, 1:] + counts[:, :-1]) >= 10
    squares = (change[known] / error[known]) ** 2
    if squares.size < FEWEST_CHANGES:
        return float("nan"), int(squares.size)
    return max(1.0, float(np.median(squares)) / _MEDIAN_OF_SQUARE), int(squares.size)


def last_growth(counts: Floats, days: Floats, before: int) -> tuple[Floats, Floats, Floats, Floats, float]:
    """How the rate of the last month compares with that of some months before it.

    Quasi-Poisson: errors are those of Poisson counts times the root of the unrest of the months before, compared with
    Student's t of as many degrees of freedom as changes were seen (McCullagh and Nelder 1989, section 4.5).

    Args:
        counts: (K, M)
        days: (M,) that each count covers
        before: how many months before the last one

    Returns:
        Ratio of the rates, its 95 % interval, one-sided p-values of growth, (K,) each; and the unrest. Without a known
        unrest there is no interval and no p-value (NaN).

    >>> calm = np.tile([[100.0, 101.0, 99.0, 100.0]], (6, 1))
    >>> soaring = np.vstack([calm, [10.0, 11.0, 9.0, 60.0]])
    >>> ratio, low, high, p, found = last_growth(soaring, np.full(4, 30.0), 3)
    >>> float(ratio[-1].round(1)), bool(p[-1] < 0.001), bool(p[0] > 0.2), found
    (6.0, True, True, 1.0)
    """
    from scipy.special import stdtr, stdtrit

    first = max(0, counts.shape[1] - 1 - before)
    pooled = np.stack([counts[:, first:-1].sum(axis=1), counts[:, -1]], axis=1)
    change, error = (part[:, 0] for part in log_changes(pooled, np.array([days[first:-1].sum(), days[-1]])))
    spread, seen = unrest(counts[:, :-1], days[:-1])
    nothing = np.full(len(change), np.nan)
    if np.isnan(spread):
        return np.exp(change), nothing, nothing, nothing, spread
    error = error * np.sqrt(spread)
    wide = stdtrit(seen, 0.975) * error
    p = np.asarray(stdtr(seen, -change / error), dtype=np.float64)
    return np.exp(change), np.exp(change - wide), np.exp(change + wide), p, spread
