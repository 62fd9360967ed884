"""The longest passage that two texts share: where it stands in each, and its words as they were written.

Compared are letters, digits and ideographs in lower case and half width, as in `shingles`; spacing and punctuation may
differ. Memory is a fixed multiple of the characters, time n log n; the result is checked character by character.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from minping.model.arrays import Ints
from minping.stats.shingles import Hashes, Points, mixed, placed, shingles

#: two primes below 2^31, so that a product of two remainders fits 64 bits; together they tell windows apart
_PRIMES = (np.uint64(2147483647), np.uint64(2147483629))
_BASES = (np.uint64(1_000_003_919), np.uint64(1_700_000_009))

_LONG = 50_000  #: characters from which a text is first looked at in a few places
_ANCHOR = 16  #: characters of a window looked for
_ANCHORS = 512  #: such windows


class Passage(NamedTuple):
    """Half-open places in both texts."""

    one: tuple[int, int]
    other: tuple[int, int]
    characters: int  #: those that count
    words: str  #: as the first text has them


class _Prefixes(NamedTuple):
    """Hashes of the beginnings of a text, and what makes those of windows comparable, by prime; (n + 1,) each."""

    points: Points
    sums: tuple[NDArray[np.uint32], ...]
    lift: tuple[NDArray[np.uint32], ...]


def longest_shared(one: str, other: str, *, least: int = 1) -> Passage | None:
    """Find the longest passage of two texts (one of those equally long); None if it is shorter than `least`.

    Windows of a length are found again by their hashes (Karp and Rabin 1987); the length grows by steps that double
    while any window of one text stands in the other, then by halves. Only windows whose beginnings were shared are kept.

    Raises:
        ValueError: `least` below 1.

    >>> found = longest_shared("一、路灯全部修好。", "报告：路灯，全部修好了", least=3)
    >>> found.words, found.one, found.other
    ('路灯全部修好', (2, 8), (3, 10))
    """
    if least < 1:
        raise ValueError("least: must be at least 1")
    first, places = placed(one)
    second, there = placed(other)
    reach = max(first.size, second.size)
    length, at, to = _longest(_prefixes(first, reach), _prefixes(second, reach), least)
    if not length:
        return None
    begin, end = int(places[at]), int(places[at + length - 1]) + 1
    return Passage((begin, end), (int(there[to]), int(there[to + length - 1]) + 1), length, one[begin:end])


def _longest(one: _Prefixes, other: _Prefixes, least: int) -> tuple[int, int, int]:
    """Length and the two places of the longest shared window; 0 without one."""
    best = _anchored(one.points, other.points)
    best = best if best[0] >= least else (0, 0, 0)
    most = min(one.points.size, other.points.size)
    shared = np.arange(one.points.size), np.arange(other.points.size)
    low, step = best[0], max(1, least - best[0])
    while low + step <= most:
        found = _common(one, other, shared, low + step)
        if not found[0].size:
            break
        shared, low, step = found, low + step, 2 * step
    high = min(low + step, most + 1)  # `low` is shared, `high` is not
    while high - low > 1 and low >= least:
        middle = (low + high) // 2
        found = _common(one, other, shared, middle)
        if found[0].size:
            shared, low = found, middle
        else:
            high = middle
    return best if low == best[0] else _checked(one, other, shared, low)


def _anchored(one: Points, other: Points) -> tuple[int, int, int]:
    """A long shared window of long texts: where short windows of the first, at even distances, stand in the other.

    Texts that are the same but for an edit would be looked through again for each length; this finds the length at once.
    """
    if min(one.size, other.size) < _LONG:
        return 0, 0, 0
    codes, theirs = (shingles(points, np.zeros(points.size, np.int64), _ANCHOR)[0] for points in (one, other))
    anchors = np.linspace(0, codes.size - 1, _ANCHORS).astype(np.int64)
    wanted = np.unique(codes[anchors])
    hits = np.flatnonzero(_among(theirs, wanted))
    found, first = np.unique(theirs[hits], return_index=True)
    best: tuple[int, int, int] = (0, 0, 0)
    reached: dict[int, int] = {}  # by diagonal
    for at in anchors.tolist():
        place = int(np.searchsorted(found, codes[at]))
        if place == found.size or found[place] != codes[at]:
            continue
        to = int(hits[first[place]])
        if at < reached.get(to - at, 0):  # inside a window that was found
            continue
        after = _alike(one[at:], other[to:])
        before = _alike(one[:at][::-1], other[:to][::-1])
        reached[to - at] = at + after
        best = max(best, (before + after, at - before, to - before))
    return best


def _alike(one: Points, other: Points) -> int:
    """How many characters two texts share at their beginnings."""
    size, done, step = min(one.size, other.size), 0, 64
    while done < size:
        stop = min(done + step, size)
        apart = np.flatnonzero(one[done:stop] != other[done:stop])
        if apart.size:
            return done + int(apart[0])
        done, step = stop, 2 * step
    return size


def _common(one: _Prefixes, other: _Prefixes, windows: tuple[Ints, Ints], length: int) -> tuple[Ints, Ints]:
    """Of the windows that begin at these places, those of a length that stand in both texts."""
    places = tuple(at[at + length <= text.points.size] for at, text in zip(windows, (one, other), strict=True))
    ours, theirs = (_hashes(text, at, length) for text, at in zip((one, other), places, strict=True))
    both = _in_both(ours, theirs)
    return places[0][_among(ours, both)], places[1][_among(theirs, both)]


def _in_both(ours: Hashes, theirs: Hashes) -> Hashes:
    """Hashes that both have, in order, each once."""
    one, other = np.unique(ours), np.unique(theirs)
    together = np.sort(np.concatenate([one, other]))
    found: Hashes = together[:-1][together[1:] == together[:-1]]
    return found


def _among(hashes: Hashes, wanted: Hashes) -> NDArray[np.bool_]:
    """Which of the hashes are wanted (in order)."""
    if not wanted.size:
        return np.zeros(hashes.size, dtype=np.bool_)
    found: NDArray[np.bool_] = wanted[np.minimum(np.searchsorted(wanted, hashes), wanted.size - 1)] == hashes
    return found


def _checked(one: _Prefixes, other: _Prefixes, shared: tuple[Ints, Ints], length: int) -> tuple[int, int, int]:
    """The first shared window, compared by its characters; what only seems the same is passed over."""
    ours, theirs = (_hashes(text, at, length) for text, at in zip((one, other), shared, strict=True))
    order = np.argsort(theirs, kind="stable")
    for begin, code in zip(shared[0], ours, strict=True):
        at, to = int(begin), int(shared[1][order[np.searchsorted(theirs, code, sorter=order)]])
        if np.array_equal(one.points[at : at + length], other.points[to : to + length]):
            return length, at, to
    return 0, 0, 0


def _prefixes(points: Points, reach: int) -> _Prefixes:
    """Sums of mixed characters times powers of a base, by prime; `reach`: the size of the longest text compared."""
    codes = mixed(points)
    sums, lift = [], []
    for prime, base in zip(_PRIMES, _BASES, strict=True):
        powers = _powers(int(base), int(prime), reach)
        summed = np.cumsum(codes % prime * powers[: points.size] % prime)  # each below 2^31: room for 2^33 characters
        sums.append(np.concatenate([np.zeros(1, np.uint32), (summed % prime).astype(np.uint32)]))
        lift.append(powers[reach - points.size :][::-1].astype(np.uint32))
    return _Prefixes(points, tuple(sums), tuple(lift))


def _powers(base: int, prime: int, size: int) -> Hashes:
    """Powers 0 … size of a base, modulo a prime; twice as many at each step."""
    found = np.ones(size + 1, dtype=np.uint64)
    done = 1
    while done <= size:
        step = min(done, size + 1 - done)
        found[done : done + step] = found[:step] * np.uint64(pow(base, done, prime)) % np.uint64(prime)
        done += step
    return found


def _hashes(text: _Prefixes, at: Ints, length: int) -> Hashes:
    """Hashes of the windows of a length that begin at these places."""
    found = np.zeros(at.size, dtype=np.uint64)
    for prime, sums, lift in zip(_PRIMES, text.sums, text.lift, strict=True):
        apart = (sums[at + length].astype(np.uint64) + prime - sums[at]) % prime
        found = found << np.uint64(32) | apart * lift[at] % prime
    return found
