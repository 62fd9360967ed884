"""Shingles: texts as code points in, out hashes of runs of characters, the likeness of texts, and who is like whom.

Letters, digits and ideographs count, in lower case and half width; spaces, punctuation and control characters don't.
Texts lie one after the other in one array, beside it the number of the text that each character belongs to. Nothing
is drawn: the same texts give the same hashes on every machine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minping.model.arrays import Floats, Ints

Points = NDArray[np.uint32]
Hashes = NDArray[np.uint64]
SIZE = 3  #: characters of a shingle
BINS = 64  #: of a signature
ROWS = 4  #: bins of a band: texts alike in all of them may be alike
_BASE = np.uint64(0x9E3779B97F4A7C15)
_PLANE = 0x10000
_EMPTY = np.uint32(0xFFFFFFFF)


def characters(texts: Sequence[str]) -> tuple[Points, Ints]:
    """The characters that count, (n,), and the text that each is of, (n,).

    >>> points, text = characters(["路灯 不亮！", "ＡB"])
    >>> "".join(map(chr, points)), text.tolist()
    ('路灯不亮ab', [0, 0, 0, 0, 1, 1])
    """
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    text = np.repeat(np.arange(len(texts)), lengths)
    meant = _meant(points)
    kept = meant > 0
    return meant[kept], text[kept]


def placed(text: str) -> tuple[Points, Ints]:
    """The characters of one text that count, (n,), and where they stand in it, (n,).

    >>> points, places = placed("路灯 不亮！")
    >>> places.tolist()
    [0, 1, 3, 4]
    """
    meant = _meant(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32))
    places = np.flatnonzero(meant)
    return meant[places], places


def _meant(points: Points) -> Points:
    """What each character is taken for; 0 for those that don't count."""
    return np.where(points < _PLANE, _folds()[np.minimum(points, _PLANE - 1)], points)


@cache
def _folds() -> Points:
    """What each character of the basic plane is taken for; 0 for those that don't count."""
    folds = np.zeros(_PLANE, dtype=np.uint32)
    for point in range(_PLANE):
        if 0xD800 <= point < 0xE000 or not chr(point).isalnum():
            continue
        meant = unicodedata.normalize("NFKC", chr(point)).lower()
        folds[point] = ord(meant[0]) if meant and meant[0].isalnum() else point
    return folds


def mixed(codes: NDArray[Any]) -> Hashes:
    """Codes spread evenly over 64 bits (the finaliser of SplitMix64; Steele, Lea and Flood 2014)."""
    found: Hashes = codes.astype(np.uint64, copy=False) + _BASE
    found ^= found >> np.uint64(30)
    found *= np.uint64(0xBF58476D1CE4E5B9)
    found ^= found >> np.uint64(27)
    found *= np.uint64(0x94D049BB133111EB)
    found ^= found >> np.uint64(31)
    return found


def shingles(points: Points, text: Ints, size: int = SIZE) -> tuple[Hashes, Ints]:
    """A hash for each run of `size` characters within a text, and the text that it is of.

    >>> hashes, text = shingles(*characters(["一二三四", "二三四", "三四"]))
    >>> text.tolist(), bool(hashes[1] == hashes[2])
    ([0, 0, 1], True)
    """
    if points.size < size:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    last = points.size - size + 1
    inside = text[:last] == text[size - 1 :]
    code = np.zeros(last, dtype=np.uint64)
    for at in range(size):
        code *= _BASE
        code += points[at : at + last]
    code = code[inside]
    return mixed(code), text[:last][inside]


def whole_hashes(points: Points, text: Ints, texts: int) -> Hashes:
    """A hash of all characters of each text in their order, (texts,); 0 for a text without any.

    >>> one, other, third = whole_hashes(*characters(["路灯", "路 灯", "灯路"]), 3)
    >>> bool(one == other), bool(one == third)
    (True, False)
    """
    found = np.zeros(texts, dtype=np.uint64)
    if points.size:
        starts = np.flatnonzero(np.diff(text, prepend=-1))
        place = np.arange(points.size) - np.repeat(starts, np.diff(starts, append=points.size))
        found[text[starts]] = np.add.reduceat(mixed(mixed(place) + points), starts)
    return found


def number_hashes(points: Points, text: Ints, texts: int) -> Hashes:
    """A hash of the numbers in each text, in their order, (texts,); 0 where there is none.

    >>> one, other, third = number_hashes(*characters(["3号楼12层", "三 3 层 12", "31号楼2层"]), 3)
    >>> bool(one == other), bool(one == third)
    (True, False)
    """
    is_digit = (points >= 48) & (points <= 57)
    at = np.flatnonzero(is_digit)
    of = text[at]
    begins = (np.diff(at, prepend=-2) > 1) | (np.diff(of, prepend=-1) > 0)  # a number is told from the next by a mark
    marked = np.repeat(points[at], 1 + begins)
    marked[np.arange(at.size)[begins] + np.cumsum(begins)[begins] - 1] = 1
    return whole_hashes(marked, np.repeat(of, 1 + begins), texts)


def signatures(hashes: Hashes, text: Ints, texts: int) -> NDArray[np.uint32]:
    """The least hash in each of `BINS` bins, (texts, BINS): of two texts as many agree as their shingles are alike.

    One-permutation hashing (Li, Owen and Zhang 2012); an empty bin takes the next filled one, told apart by how far
    (Shrivastava and Li 2014, ICML, section 4). A text without shingles agrees with every other such.
    """
    least = np.full(texts * BINS, _EMPTY, dtype=np.uint32)
    at = text * BINS + (hashes >> np.uint64(58)).astype(np.int64)
    np.minimum.at(least, at, (hashes & np.uint64(0xFFFFFFFE)).astype(np.uint32))
    found = least.reshape(texts, BINS)
    twice = np.concatenate([found, found], axis=1)
    place = np.where(twice == _EMPTY, 2 * BINS, np.arange(2 * BINS))
    following = np.minimum.accumulate(place[:, ::-1], axis=1)[:, ::-1][:, :BINS]
    there = following < 2 * BINS
    borrowed = np.take_along_axis(twice, np.where(there, following, 0), axis=1)
    far = (following - np.arange(BINS)).astype(np.uint32)
    return np.where(there, borrowed + far * np.uint32(2654435761), _EMPTY).astype(np.uint32)


def close_pairs(signature: NDArray[np.uint32], block: Hashes, nearest: int) -> tuple[Ints, Ints]:
    """Pairs of texts that agree in a band of their signatures and in `block`, the earlier first; each pair once.

    Locality-sensitive hashing (Indyk and Motwani 1998). Within a band each text is paired with the next `nearest`
    that agree with it: what is said a thousand times makes no million pairs.
    """
    count = block.size
    pairs = []
    for first in range(0, BINS, ROWS):
        key = block + np.uint64(first)
        for column in range(first, first + ROWS):
            key = mixed(key ^ signature[:, column])
        order = np.argsort(key, kind="stable")
        sorted_key = key[order]
        for step in range(1, min(nearest, count - 1) + 1):
            same = sorted_key[step:] == sorted_key[:-step]
            pairs.append(order[:-step][same] * count + order[step:][same])
    if not pairs:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    one, other = np.divmod(np.unique(np.concatenate(pairs)), count)
    return one.astype(np.int64), other.astype(np.int64)


def jaccard(hashes: Hashes, text: Ints, one: Ints, other: Ints, texts: int) -> Floats:
    """The share of the shingles of two texts, each counted once, that both have; for each pair, (P,); NaN: neither has any.

    Jaccard (1912); texts as sets of shingles: Broder (1997).

    >>> hashes, text = shingles(*characters(["一二三四五", "一二三四六"]))
    >>> jaccard(hashes, text, np.array([0]), np.array([1]), 2)
    array([0.5])
    """
    from scipy.sparse import csr_array

    columns = (hashes >> np.uint64(33)).astype(np.int32)  # 31 bits: enough within two texts
    ends = np.concatenate([[0], np.cumsum(np.bincount(text, minlength=texts))])
    sets = csr_array((np.ones(columns.size), columns, ends), shape=(texts, 2**31 - 1 + 1))
    sets.sum_duplicates()
    sets.data[:] = 1.0
    sizes = np.diff(sets.indptr)
    both = np.asarray(sets[one].multiply(sets[other]).sum(axis=1)).ravel()
    with np.errstate(invalid="ignore"):
        return np.asarray(both / (sizes[one] + sizes[other] - both), dtype=np.float64)


def spaced(texts: Sequence[str], between: str = "\n") -> str:
    r"""All texts as one, for a cutter of words: whatever is no letter or ideograph is a blank, `between` ends each.

    >>> spaced(["路灯3号\n坏了！", "OK"])
    '路灯 号 坏了 \nOK\n'
    """
    mark = chr(0xE000)  # of private use, so no letter
    points = np.frombuffer((mark.join(texts) + mark).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    ends = np.zeros(points.size, dtype=np.bool_)
    ends[np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1) - 1] = True
    meant = _meant(points)
    is_letter = (meant > 0) & ~((meant >= 48) & (meant <= 57))
    return np.where(ends, ord(between), np.where(is_letter, points, 32)).astype(np.uint32).tobytes().decode("utf-32-le")
