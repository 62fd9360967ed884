"""Evidence: how fast official figures are loaded and fully checked, as rows of CSV.

Each load runs in a process of its own; CPU seconds and peak memory are the whole process's, the interpreter and the
imports among them. Three rows are bad (text in a number, an unknown body, an extra field): all three must be named,
by row, or the figure doesn't count. A second load of the same rows without the bad ones must give every row.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.measure import child

BODIES, PERIODS, SEED = 3000, 10, 20160101
STEP = 100_000
HEADER = "body,period,indicator,value,se,released_on,source\n"
LIMITS = {1_000_000: (5.0, 500.0), 10_000_000: (45.0, 2000.0)}  #: CPU seconds, MB

CHILD = """
import json, sys
from minping.errors import EvidenceError
from minping.evidence import load_evidence
from minping.model.evidence import Codebook, IndicatorNote
names = [f"indicator_{at:03d}" for at in range(int(sys.argv[2]))]
notes = {name: IndicatorNote(name, name, name, "%", True, -1000.0, 1000.0) for name in names}
try:
    evidence = load_evidence(sys.argv[1], Codebook(notes))
    print(json.dumps({"rows": len(evidence.official.value), "errors": []}))
except EvidenceError as error:
    found = [(problem.place.row, problem.code) for problem in error.problems if problem.severity == "error"]
    print(json.dumps({"rows": 0, "errors": sorted(found)}))
"""


class Load(NamedTuple):
    """One load, measured."""

    rows: int
    bad_rows: int
    cpu_seconds: float
    peak_mb: float
    file_mb: float


def write_folder(folder: Path, rows: int, is_bad: bool) -> list[tuple[int, str]]:
    """Write a folder of evidence with so many official figures; the errors that must be found, by row."""
    home = folder / "evidence"
    home.mkdir(parents=True, exist_ok=True)
    ids = [f"{110000 + at}" for at in range(BODIES)]
    (home / "bodies.csv").write_text("body,name\n" + "".join(f"{body},单位{body}\n" for body in ids), encoding="utf-8")
    random, bad = np.random.default_rng(SEED), {rows // 7: "text", rows // 3: "body", rows - 2: "field"}
    expected = []
    with (home / "official.csv").open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for start in range(0, rows, STEP):
            at = np.arange(start, min(start + STEP, rows))
            columns = zip(
                (at % BODIES + 110000).tolist(),
                (at // BODIES % PERIODS + 2010).tolist(),
                (at // (BODIES * PERIODS)).tolist(),
                np.round(random.normal(100, 20, len(at)), 3).tolist(),
                np.round(random.uniform(0, 3, len(at)), 3).tolist(),
                (at % 9 + 1).tolist(),
                strict=True,
            )
            lines = [f"{b},{p},indicator_{i:03d},{v},{e},2018-0{m}-05,yearbook {m}\n" for b, p, i, v, e, m in columns]
            for number, kind in bad.items() if is_bad else ():
                if start <= number < start + len(lines):
                    lines[number - start], code = _spoilt(lines[number - start], kind)
                    expected.append((number + 2, code))
            file.writelines(lines)
    return sorted(expected)


def _spoilt(line: str, kind: str) -> tuple[str, str]:
    cells = line.split(",")
    if kind == "text":
        cells[3] = "about 30"
        return ",".join(cells), "text-in-number"
    if kind == "body":
        cells[0] = "99999x"
        return ",".join(cells), "unknown-body"
    return line.replace("yearbook", "a,yearbook"), "extra-field"


def measure(rows: int, is_bad: bool) -> Load:
    """Load so many rows in a process of its own.

    Raises:
        RuntimeError: the load did not find what it should.
    """
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        expected = write_folder(folder, rows, is_bad)
        size = (folder / "evidence" / "official.csv").stat().st_size / 1e6
        indicators = -(-rows // (BODIES * PERIODS))
        ended = child([sys.executable, "-c", CHILD, made, str(indicators)])
    found = json.loads(ended.out)
    wanted = {"rows": 0 if is_bad else rows, "errors": [list(error) for error in expected]}
    if found != wanted:
        raise RuntimeError(f"expected {wanted}, found {ended.out[:500]}")
    return Load(rows, len(expected), ended.seconds, ended.megabytes, size)
