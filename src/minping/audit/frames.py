"""Frames: the rows of a table of events as arrays, with the body's position and the place of each row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minping.evidence.tables import TABLES
from minping.indicators.events import event_table, numbers, with_bodies
from minping.model.arrays import Floats, Ints
from minping.model.evidence import Bodies, Records

Days = NDArray[np.datetime64]
Words = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Frame:
    """R rows of one table, ordered by file and row."""

    body: Ints  #: (R,) position of the body; -1 where the table names none
    file: Ints  #: (R,) position in Evidence.files
    row: Ints  #: (R,) as a spreadsheet shows it
    columns: dict[str, Any]

    def __len__(self) -> int:
        """How many rows."""
        return len(self.row)

    def only(self, kept: Ints) -> Frame:
        """Some of the rows."""
        columns = {name: cells[kept] for name, cells in self.columns.items()}
        return Frame(self.body[kept], self.file[kept], self.row[kept], columns)

    def number(self, name: str) -> Floats:
        """A column of numbers, NaN where empty."""
        found: Floats = self.columns[name]
        return found

    def day(self, name: str) -> Days:
        """A column of days, NaT where empty."""
        found: Days = self.columns[name]
        return found

    def text(self, name: str) -> Words:
        """A column of words, '' where empty."""
        found: Words = self.columns[name]
        return found


def read_frame(opened: Any, records: Records, bodies: Bodies) -> Frame:
    """Every column of a table; rows set apart (in quarantine) are not there."""
    kinds = {column.name: column.kind for column in TABLES[records.table].columns}
    table = event_table(opened, records, tuple(kinds), placed=True)
    if "body" in kinds:
        table = with_bodies(table, bodies)
    found = table.to_pyarrow()
    file, row = (numbers(found[name]).astype(np.int64) for name in ("file", "row"))
    order = np.lexsort((row, file))
    columns = {name: _column(found[name], kind)[order] for name, kind in kinds.items() if name != "body"}
    body = numbers(found["body"]).astype(np.int64) if "body" in kinds else np.full(len(order), -1, dtype=np.int64)
    return Frame(body[order], file[order], row[order], columns)


def _column(cells: Any, kind: str) -> Any:
    import pyarrow as pa
    from pyarrow import types

    if kind in ("number", "whole"):
        return numbers(cells.cast(pa.float64()))
    if types.is_date(cells.type):
        return np.asarray(cells.cast(pa.date32()).to_numpy()).astype("datetime64[D]")
    if types.is_timestamp(cells.type):
        return np.asarray(cells.cast(pa.timestamp("s")).to_numpy()).astype("datetime64[s]")
    return np.array([word or "" for word in cells.to_pylist()], dtype=object)
