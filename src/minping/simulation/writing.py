"""Columns and CSV files: UTF-8, a header row, ISO dates; the same columns give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
from numpy.typing import NDArray

from minping.model.arrays import Bools, Floats, Ints

Column = Any  #: an arrow array
Table = Mapping[str, Column]
DAY = 86_400  #: seconds


def coded(codes: NDArray[np.integer[Any]], words: Sequence[str] | Column) -> Column:
    """The word of each code; empty where the code is negative.

    >>> coded(np.array([1, -1, 0]), ["no", "yes"]).to_pylist()
    ['yes', None, 'no']
    """
    vocabulary = words if isinstance(words, pa.Array) else pa.array(words, pa.string())
    return vocabulary.take(pa.array(codes, pa.int64(), mask=codes < 0))


def numbers(values: Ints | Floats, keep: Bools | None = None) -> Column:
    """Figures; empty where `keep` is false."""
    return pa.array(values, mask=None if keep is None else ~keep)


def dates(seconds: Ints, keep: Bools | None = None) -> Column:
    """The day of each local time (seconds since 1970); empty where `keep` is false.

    >>> dates(np.array([0, 86_400])).to_pylist()
    [datetime.date(1970, 1, 1), datetime.date(1970, 1, 2)]
    """
    return pa.array((seconds // DAY).astype(np.int32), pa.int32(), mask=None if keep is None else ~keep).cast(
        pa.date32()
    )


def stamps(seconds: Ints, keep: Bools | None = None) -> Column:
    """Each local time as ISO text in China's zone; empty where `keep` is false.

    >>> stamps(np.array([0, 61]), np.array([False, True])).to_pylist()
    [None, '1970-01-01T00:01:01+08:00']
    """
    text = np.datetime_as_string(seconds.astype("datetime64[s]"))
    return joined(pa.array(text, pa.string(), mask=None if keep is None else ~keep), "+08:00")


def joined(*parts: Column | str) -> Column:
    """Text put together row by row; empty where a part is.

    >>> joined(pa.array(["a", None]), "-", pa.array(["b", "c"])).to_pylist()
    ['a-b', None]
    """
    return pc.binary_join_element_wise(*parts, "")


def texts(values: Sequence[str]) -> Column:
    """Words as they stand."""
    return pa.array(values, pa.string())


def numbered(prefix: str, count: int, width: int = 6) -> list[str]:
    """Ids counted from one.

    >>> numbered("R", 2, 3)
    ['R001', 'R002']
    """
    return [f"{prefix}{at:0{width}d}" for at in range(1, count + 1)]


def hexes(random: np.random.Generator, count: int) -> Column:
    """Twelve hexadecimal digits each, as a salted hash would look."""
    digits = random.bytes(6 * count).hex().encode("ascii")
    return pa.array(np.frombuffer(digits, dtype="S12").astype("U12"), pa.string())


def write(path: Path, table: Table) -> None:
    """One CSV file. No text of a simulated county holds a comma, a quote or a line break, so none is quoted."""
    options = pcsv.WriteOptions(include_header=False, quoting_style="none")
    with path.open("wb") as file:
        file.write((",".join(table) + "\n").encode())
        pcsv.write_csv(pa.table(dict(table)), file, options)


def days(when: NDArray[np.datetime64], keep: Bools | None = None) -> Column:
    """Days; empty where there is none, or `keep` is false.

    >>> days(np.array(["2025-03-01", "NaT"], dtype="datetime64[D]")).to_pylist()
    [datetime.date(2025, 3, 1), None]
    """
    told = when.astype("datetime64[D]")
    return pa.array(told, pa.date32(), mask=np.isnat(told) if keep is None else np.isnat(told) | ~keep)


def fixed(values: Floats, decimals: Ints) -> Column:
    """Figures with so many decimals each, noughts at the end kept.

    >>> fixed(np.array([97.0, 1234.5]), np.array([1, 0])).to_pylist()
    ['97.0', '1234']
    """
    told = np.empty(values.size, dtype=object)
    for places in np.unique(decimals).tolist():
        at = decimals == places
        told[at] = np.char.mod(f"%.{places}f", values[at])
    return pa.array(told, pa.string())


def stacked(parts: Sequence[Table]) -> Table:
    """Tables of the same columns, one below the other."""
    whole = pa.concat_tables([pa.table(dict(part)) for part in parts]).combine_chunks()
    return {name: whole[name] for name in whole.column_names}
