"""Reference tables as rows of text, and columns of numbers from them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from minping.model.arrays import Floats


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> float:
    """A number, NaN where the cell is empty or NA."""
    return float(text) if text not in ("", "NA") else np.nan


def column(rows: Sequence[dict[str, str]], name: str) -> Floats:
    """A column as numbers."""
    return np.array([number(row[name]) for row in rows])
