"""Spherical k-means: groups of texts by the direction of their term weights, and how many groups there are.

In a sparse matrix of counts (texts × terms), out unit rows, the group of each text and the centre of each group.
Every draw comes from the generator that is given; nothing else is random.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class Groups:
    """Texts in groups."""

    of: Ints  #: (n,) the group of each text
    centres: Floats  #: (G, T) of length 1
    within: float  #: sum of the cosines of texts and their centres


def inverse_frequency(used: Ints, texts: int) -> Floats:
    """The weight of each term, (T,): ln((1 + n) / (1 + texts that use it)) + 1 (Salton and Buckley 1988, smoothed).

    >>> inverse_frequency(np.array([1, 9]), 9).round(3)
    array([2.609, 1.   ])
    """
    return np.asarray(np.log((1.0 + texts) / (1.0 + used)) + 1.0)


def weighted(counts: csr_array, idf: Floats) -> csr_array:
    """Unit rows of (1 + ln count) × idf; a row without terms stays nought."""
    from scipy.sparse import csr_array

    counts = csr_array(counts, dtype=np.float64)
    values = (1.0 + np.log(counts.data)) * idf[counts.indices]
    found = csr_array((values, counts.indices, counts.indptr), shape=counts.shape)
    length = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    found.data /= np.repeat(length, np.diff(found.indptr))
    return found


def spherical_means(rows: csr_array, groups: int, random: np.random.Generator, *, starts: int = 8) -> Groups:
    """The best of some starts of spherical k-means (Dhillon and Modha 2001), begun as in k-means++ (Arthur and Vassilvitskii 2007).

    Args:
        rows: (n, T), of length 1
        groups: how many, at most n
        random: draws the starts
        starts: how many

    Raises:
        ValueError: fewer rows than groups.
    """
    if not 1 <= groups <= rows.shape[0]:
        raise ValueError(f"{groups} groups of {rows.shape[0]} rows")
    found = [_settled(rows, _spread(rows, groups, random)) for _ in range(starts)]
    return max(found, key=lambda one: one.within)


def _spread(rows: csr_array, groups: int, random: np.random.Generator) -> Floats:
    """Rows far apart, as first centres: each drawn by how far it lies from those before."""
    chosen = [int(random.integers(rows.shape[0]))]
    apart = np.full(rows.shape[0], np.inf)
    while len(chosen) < groups:
        apart = np.minimum(apart, np.clip(1.0 - (rows @ _dense(rows, chosen[-1])), 0.0, None))
        apart[chosen] = 0.0
        total = apart.sum()
        chosen.append(
            int(random.choice(apart.size, p=apart / total)) if total > 0 else int(random.integers(rows.shape[0]))
        )
    return np.stack([_dense(rows, at) for at in chosen])


def _dense(rows: csr_array, at: int) -> Floats:
    return np.asarray(rows[[at]].toarray()).ravel()


def _settled(rows: csr_array, centres: Floats) -> Groups:
    of = np.full(rows.shape[0], -1, dtype=np.int64)
    for _ in range(MOST_STEPS):
        near = np.asarray(rows @ centres.T)
        nearest = near.argmax(axis=1)
        if (nearest == of).all():
            break
        of = nearest
        centres = _centres(rows, of, centres)
    return Groups(of, centres, float(near.max(axis=1).sum()))


def _centres(rows: csr_array, of: Ints, before: Floats) -> Floats:
    """The direction of each group's sum; a group without rows keeps its centre."""
    from scipy.sparse import csr_array

    count = rows.shape[0]
    member = csr_array((np.ones(count), (of, np.arange(count))), shape=(before.shape[0], count))
    sums = np.asarray((member @ rows).toarray())
    length = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.where(length > 0, sums / np.where(length > 0, length, 1.0), before)


def adjusted_rand(one: Ints, other: Ints) -> float:
    """How far two groupings agree: 1 fully, 0 as by chance (Hubert and Arabie 1985, equation 5).

    >>> round(adjusted_rand(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 2])), 4)
    0.5714
    """
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1.0)
    pairs = [(counts * (counts - 1) / 2).sum() for counts in (table, table.sum(axis=1), table.sum(axis=0))]
    both, first, second = pairs
    whole = one.size * (one.size - 1) / 2
    expected = first * second / whole
    most = (first + second) / 2
    return 1.0 if most == expected else float((both - expected) / (most - expected))


def stability(rows: csr_array, groups: int, random: np.random.Generator, *, halves: int = 3, starts: int = 6) -> float:
    """How far groups found in two random halves agree on all rows, mean adjusted Rand (Ben-Hur, Elisseeff and Guyon 2002)."""
    agreed = []
    for _ in range(halves):
        order = random.permutation(rows.shape[0])
        middle = rows.shape[0] // 2
        found = [
            spherical_means(rows[np.sort(half)], groups, random, starts=starts).centres
            for half in (order[:middle], order[middle:])
        ]
        one, other = (np.asarray(rows @ centres.T).argmax(axis=1) for centres in found)
        agreed.append(adjusted_rand(one, other))
    return float(np.mean(agreed))
