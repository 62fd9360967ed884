"""Run again: a bundle's scheme and evidence in, the same tables out, or the first row of each that differs.

How to evaluate is an argument, since the pipeline lies above this room. On the software that made the bundle every
byte must be the same; on another version or machine the last digits of a figure may differ, and that is said.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from minping.errors import MinpingError, Place, Problem
from minping.publication.bundle import software_here
from minping.publication.extra_tables import published_tables
from minping.publication.manifest import Manifest
from minping.publication.tables_csv import csv_bytes
from minping.words import Text, both

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

PROBLEMS = "problems.csv"
CLOSE = 1e-9  #: relative; how far figures may lie apart where the software differs


@dataclass(frozen=True, slots=True)
class Run:
    """What to evaluate again, and how it was drawn."""

    scheme: Path  #: its file
    evidence: Path  #: the folder that holds `evidence/`
    period: str
    seed: int | None  #: None where nothing was drawn
    draws: int


Rerun = Callable[[Run], "Evaluation"]


def run_again(run: Run, rerun: Rerun, folder: Path, manifest: Manifest) -> tuple[Text, list[Problem]]:
    """Evaluate again and compare every table of the bundle; what to say if all is the same, and what is not."""
    try:
        evaluation = rerun(run)
    except MinpingError as error:
        return both(""), list(error.problems)
    told = {file.path for file in manifest.files if file.path.endswith(".csv") and "/" not in file.path}
    tables = {f"{name}.csv": csv_bytes(table) for name, table in published_tables(evaluation)}
    is_same_software = manifest.software == software_here()
    problems, close = [], 0
    for path in sorted(told):
        published = (folder / path).read_bytes()
        if path == PROBLEMS:  # what was said of files that are no evidence can't be said again
            published, tables[path] = (_about_evidence(content, manifest) for content in (published, tables[path]))
        if path not in tables:
            problems.append(_no_table(path))
        elif tables[path] != published:
            problem = first_difference(path, published, tables[path], 0.0 if is_same_software else CLOSE)
            problems += [problem] if problem else []
            close += problem is None
    return _said(len(told), close), problems


def first_difference(path: str, published: bytes, computed: bytes, close: float) -> Problem | None:
    r"""The first row of a table that differs by more than `close` (relative), or None.

    >>> first_difference("a.csv", b"x\n1.0\n", b"x\n2.0\n", 0.0).place.row
    2
    """
    rows = zip_longest(_rows(published), _rows(computed))
    header: list[str] = []
    for number, (old, new) in enumerate(rows, 1):
        header = header or old or []
        if old is None or new is None or len(old) != len(new):
            return _differs(path, number, "", ",".join(old or []), ",".join(new or []))
        for at, (was, now) in enumerate(zip(old, new, strict=True)):
            if was != now and not _is_close(was, now, close):
                return _differs(path, number, header[at] if at < len(header) else "", was, now)
    if close == 0.0:
        return _differs(path, 1, "", "", "")
    return None


def _about_evidence(content: bytes, manifest: Manifest) -> bytes:
    """The rows of the table of problems whose place is a file of the evidence, header first."""
    known = tuple(file.path for file in manifest.evidence.files)
    rows: list[list[str]] = list(_rows(content)) or [[]]
    header = rows.pop(0)
    kept = [row for row in rows if dict(zip(header, row, strict=False)).get("place", "").startswith(known)]
    return repr([header, *kept]).encode()


def _rows(content: bytes) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(content.decode("utf-8", "replace"), newline=""))


def _is_close(was: str, now: str, close: float) -> bool:
    try:
        return close > 0 and math.isclose(float(was), float(now), rel_tol=close, abs_tol=close)
    except ValueError:
        return False


def _said(tables: int, close: int) -> Text:
    if close:
        return Text(
            f"重新计算 {tables} 张表，其中 {close} 张只在最末几位有差别（软件版本或机器不同）",
            f"{tables} tables computed again; {close} differ in the last digits only (other software or machine)",
        )
    return Text(f"重新计算 {tables} 张表，逐字节一致", f"{tables} tables computed again, the same byte for byte")


def _differs(path: str, row: int, column: str, was: str, now: str) -> Problem:
    found = Text(f"公布的是 {was!r}，重新计算得 {now!r}", f"published {was!r}, computed again {now!r}")
    fix = Text(
        "向发布单位查询：结果不能由所附证据得出", "ask the publisher: this doesn't follow from the evidence given"
    )
    return Problem("other-result", Place(path, row=row, column=column), found, both(""), fix)


def _no_table(path: str) -> Problem:
    found = Text("这一版软件不产生这张表", "this version of the software makes no such table")
    fix = Text("用清单中 software 所列的版本重新计算", "compute again with the version that the manifest names")
    return Problem("other-result", Place(path), found, both(""), fix)
