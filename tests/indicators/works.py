"""Evidence of projects, tasks and inspections made at random, as rows that tests count one by one."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np

from minping.evidence import load_evidence
from minping.model.evidence import Codebook, Evidence

Row = dict[str, str]
BODIES = "body,name,name_en\nb1,甲街道,Street A\nb2,乙镇,Town B\nb3,丙镇,Town C\n"


def write(home: Path, table: str, rows: list[Row]) -> None:
    """A table of the folder."""
    (home / "evidence").mkdir(exist_ok=True)
    (home / "evidence" / "bodies.csv").write_text(BODIES, encoding="utf-8")
    with (home / "evidence" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def load(home: Path, *tables: str) -> Evidence:
    """The folder, of which these tables are expected."""
    return load_evidence(home, Codebook({}, records=tables))


def day(rng: np.random.Generator, first: int, last: int, empty: float = 0.0) -> str:
    """A day between the starts of two years, or none."""
    start, end = (dt.date(year, 1, 1).toordinal() for year in (first, last))
    found = dt.date.fromordinal(int(rng.integers(start, end))).isoformat()
    return "" if rng.random() < empty else found


def some(rng: np.random.Generator, words: str, empty: float = 0.0) -> str:
    """One of some words, or none."""
    return "" if rng.random() < empty else str(rng.choice(words.split()))


def figure(rng: np.random.Generator, low: float, high: float, empty: float = 0.0) -> str:
    """A number of two decimals, or none."""
    found = f"{rng.uniform(low, high):.2f}"
    return "" if rng.random() < empty else found


def on(text: str) -> dt.date | None:
    """The day that a cell says."""
    return dt.date.fromisoformat(text) if text else None


def inside(text: str, period: str) -> bool:
    """Whether a day lies in a year or quarter."""
    if not text:
        return False
    quarter = (int(text[5:7]) + 2) // 3
    return text[:4] == period[:4] and (len(period) == 4 or int(period[5]) == quarter)
