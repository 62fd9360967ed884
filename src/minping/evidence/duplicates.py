"""Duplicates: figures of the same body, period, indicator and release that stand in more than one row.

In the codes of all rows, out a fault for every row after the first. One sort of 64-bit keys, no look at single rows
unless there are duplicates. Different releases (vintages) of a figure are no duplicates.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minping.evidence.faults import NOTHING, Fault, Remark, fault, fold, row_ranges
from minping.model.arrays import Ints
from minping.model.evidence import NO_DATE, Official
from minping.words import Text

MOST_SINGLE = 10_000  #: duplicates above which those of a file share one message


def duplicate_rows(official: Official) -> tuple[Ints, Ints]:
    """Positions of rows that repeat another one, and of the first row of each; shape (D,) both."""
    key, is_known = _keys(official)
    ordered = np.sort(key[is_known] if not is_known.all() else key)
    repeated = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    del ordered
    empty: Ints = np.empty(0, dtype=np.int64)
    if not len(repeated):
        return empty, empty
    at = np.flatnonzero(np.isin(key, repeated) & is_known)
    at = at[np.argsort(key[at], kind="stable")]
    is_first = np.r_[True, key[at][1:] != key[at][:-1]]
    first = at[is_first][np.cumsum(is_first) - 1]
    return at[~is_first], first[~is_first]


def duplicate_faults(official: Official, files: Sequence[str], headers: Sequence[str]) -> dict[int, Sequence[Fault]]:
    """The faults of duplicates by file; `headers` are the files' headers of the body column."""
    later, first = duplicate_rows(official)
    faults: dict[int, list[Fault]] = {}
    if len(later) > MOST_SINGLE:
        return _by_file(official, later, first, files, headers)
    for at, before in zip(later.tolist(), first.tolist(), strict=True):
        file = int(official.file[at])
        same_file = file == official.file[before]
        where = "" if same_file else f"{files[official.file[before]]} "
        name = " ".join(
            (
                official.bodies[official.body[at]],
                official.periods[official.period[at]],
                official.indicators[official.indicator[at]],
            )
        )
        same = official.value[at] == official.value[before]
        found = Text(
            f"{name} 已见于 {where}第 {official.row[before]} 行，数值{'相同' if same else '不同'}",
            f"{name} stands in {where}row {official.row[before]} already, with {'the same' if same else 'another'} value",
        )
        faults.setdefault(file, []).append(fault(_duplicate(found), headers[file], int(official.row[at])))
    return {file: fold(entries, MOST_SINGLE) for file, entries in faults.items()}


def _by_file(
    official: Official, later: Ints, first: Ints, files: Sequence[str], headers: Sequence[str]
) -> dict[int, Sequence[Fault]]:
    faults: dict[int, list[Fault]] = {}
    pairs = np.stack([official.file[later], official.file[first]])
    for file, other in np.unique(pairs, axis=1).T.tolist():
        where = np.flatnonzero((pairs[0] == file) & (pairs[1] == other))
        rows = official.row[first[where]]
        shown = row_ranges(rows[:1000]) + (" …" if len(rows) > 1000 else "")
        found = Text(f"与 {files[other]} 的行重复：{shown}", f"repeated from {files[other]}, rows {shown}")
        entry = Fault(_duplicate(found), headers[file], official.row[later[where]])
        faults.setdefault(file, []).append(entry)
    return dict(faults.items())


def _duplicate(found: Text) -> Remark:
    fix = Text("删去多余的行；若是新发布的数字，填写 released_on", "delete one; of a new release, give released_on")
    return Remark("duplicate-row", found, NOTHING, fix)


def _keys(official: Official) -> tuple[Ints, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """One 64-bit key per row, and which rows have all parts of it."""
    key = official.body.astype(np.int64)
    key *= max(len(official.periods), 1)
    key += official.period
    key *= max(len(official.indicators), 1)
    key += official.indicator
    is_known = (official.body >= 0) & (official.period >= 0) & (official.indicator >= 0)
    if official.released_on is not None and len(key):
        release, count = _releases(official.released_on)
        cells = len(official.bodies) * max(len(official.periods), 1) * max(len(official.indicators), 1)
        if cells * count >= 2**63:
            _, release = np.unique(release, return_inverse=True)
            count = int(release.max()) + 1
        key *= count
        key += release
    return key, is_known


def _releases(days: Ints) -> tuple[Ints, int]:
    """Days as small numbers from 0, 0 for none, and how many there can be."""
    is_given = days != NO_DATE
    if not is_given.any():
        return np.zeros(len(days), dtype=np.int64), 1
    low, high = int(days[is_given].min()), int(days[is_given].max())
    return np.where(is_given, days - (low - 1), 0), high - low + 2
