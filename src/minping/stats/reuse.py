"""Reuse of texts: which of many texts share how much of what they say, found without comparing every pair.

In: texts; out: pairs with the share of each text's runs of characters that stand in the other, and for each text what
it shares with any. What many texts say (letterheads, formulas, legal names) is counted apart and makes no pairs.
Exact: every pair that shares as much as asked is found. Work grows with the characters, not with the pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from minping.model.arrays import Bools, Floats, Ints
from minping.stats.shingles import Hashes, characters, shingles, whole_hashes

SIZE = 8  #: characters of a run
COMMON = 20  #: a run that more texts than this have is common
FEWEST = 20  #: runs that a text must have to be paired
_WORK = 20_000_000  #: sums of one block


class Reuse(NamedTuple):
    """Pairs of texts, the earlier first, and what each of all texts shares."""

    one: Ints  #: (P,)
    other: Ints  #: (P,)
    shared: Ints  #: (P,) distinct runs that both have and that aren't common
    of_one: Floats  #: (P,) of the runs of the first that aren't common
    of_other: Floats  #: (P,) of those of the second
    runs: Ints  #: (T,) distinct runs of each text
    common: Floats  #: (T,) share of them that is common; NaN without runs
    elsewhere: Floats  #: (T,) share of them that stands in any other text


class _Runs(NamedTuple):
    """Distinct runs of distinct texts, in order."""

    text: Ints  #: (n,) whose
    first: Ints  #: (K,) where each run begins
    texts: Ints  #: (K,) how many texts have it


def reuse(
    texts: Sequence[str], *, size: int = SIZE, common: int = COMMON, least: float = 0.5, fewest: int = FEWEST
) -> Reuse:
    """Find pairs of texts of which one holds `least` or more of the other (containment, Broder 1997).

    Runs are of letters, digits and ideographs in lower case and half width; spacing and punctuation hide nothing.
    Texts that are wholly the same are paired with the first of them, which stands for them all: copies of one text
    don't make it common.

    Args:
        texts: any number
        size: characters of a run
        common: a run that more different texts than this have is common
        least: share of the runs of either text, above 0 and at most 1
        fewest: runs that aren't common, of a text whose share counts; and runs of one that is copied whole

    Raises:
        ValueError: `size`, `common`, `least` or `fewest` is out of its range.

    >>> ours = "今年我们完成了全部绿化任务，修建了两座公园，市民反映良好，群众满意度较高。"
    >>> found = reuse(["各位代表：" + ours, "以下报告" + ours + "另外还修了一条路。"], least=0.8)
    >>> found.one.tolist(), found.other.tolist(), found.of_one.round(2), found.of_other.round(2)
    ([0], [1], array([0.87]), array([0.68]))
    """
    if size < 1 or common < 2 or fewest < 1:
        raise ValueError("size and fewest are at least 1, common at least 2")
    if not 0 < least <= 1:
        raise ValueError(f"least is {least:g}; it must be above nought and at most 1")
    points, text = characters(texts)
    whole = whole_hashes(points, text, len(texts))
    _, index, same = np.unique(whole, return_index=True, return_inverse=True)
    stands_for = index[same].astype(np.int64)  # itself, or the first text that is the same
    is_first = stands_for == np.arange(len(texts))
    if not is_first.all():
        kept = is_first[text]
        points, text = points[kept], text[kept]
    found = _runs(*shingles(points, text, size), len(texts))
    del points, text
    many = np.repeat(found.texts, found.texts)
    runs = np.bincount(found.text, minlength=len(texts))
    shared, said_by_many = (np.bincount(found.text[many > limit], minlength=len(texts)) for limit in (1, common))
    own = runs - said_by_many
    del many
    parts = list(_pairs(found, (found.texts > 1) & (found.texts <= common), own, least, fewest))
    one, other, count = (np.concatenate([part[at] for part in parts]) for at in range(3))
    copies = np.flatnonzero(~is_first & (runs[stands_for] >= fewest))
    copied = stands_for[copies]
    one, other, count = np.r_[one, copied], np.r_[other, copies], np.r_[count, own[copied]]
    order = np.lexsort((other, one))
    one, other, count = one[order], other[order], count[order]
    alike = stands_for[other] == one
    with np.errstate(divide="ignore", invalid="ignore"):
        of_one, of_other = (np.where(alike, 1.0, count / own[stands_for[side]]) for side in (one, other))
        shares = [(part / runs)[stands_for] for part in (said_by_many, shared)]
    has_copy = np.bincount(stands_for, minlength=len(texts))[stands_for] > 1
    elsewhere = np.where(has_copy & (runs[stands_for] > 0), 1.0, shares[1])
    return Reuse(one, other, count, of_one, of_other, runs[stands_for], shares[0], elsewhere)


def _runs(hashes: Hashes, text: Ints, texts: int) -> _Runs:
    """Distinct runs by sorting hash and text as one number: the hash keeps the bits that the text leaves it."""
    bits = np.uint64(max(texts - 1, 1).bit_length())
    packed = (hashes >> bits << bits) | text.astype(np.uint64)
    packed.sort()
    packed = packed[_begins(packed)]
    first = np.flatnonzero(_begins(packed >> bits))
    return _Runs(
        (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64), first, np.diff(first, append=packed.size)
    )


def _begins(ordered: NDArray[Any]) -> Bools:
    """Where a number differs from the one before."""
    found = np.ones(ordered.size, dtype=np.bool_)
    found[1:] = ordered[1:] != ordered[:-1]
    return found


def _pairs(found: _Runs, chosen: Bools, own: Ints, least: float, fewest: int) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Pairs that share enough of the chosen runs, and how many; in blocks of texts of about the same work."""
    from scipy.sparse import csr_array

    empty = np.empty(0, dtype=np.int64)
    yield empty, empty, empty
    times = found.texts[chosen]
    if not times.size:
        return
    rows = found.text[np.repeat(chosen, found.texts)].astype(np.int32)
    ends = np.r_[0, np.cumsum(times)]
    by_run = csr_array((np.ones(rows.size, dtype=np.int32), rows, ends), shape=(times.size, own.size))
    by_text = by_run.T.tocsr()
    work = np.cumsum(by_text @ times.astype(np.float64))
    edges = np.searchsorted(work, np.arange(0, work[-1], _WORK))
    for first, last in zip(edges, [*edges[1:], own.size], strict=True):
        together = (by_text[first:last] @ by_run).tocoo()
        one, other, count = together.row + first, together.col, together.data
        needed = np.where(own >= fewest, least * own, np.inf)
        kept = (one < other) & ((count >= needed[one]) | (count >= needed[other]))
        yield one[kept].astype(np.int64), other[kept].astype(np.int64), count[kept].astype(np.int64)
