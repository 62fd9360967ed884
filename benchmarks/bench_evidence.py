"""How fast official figures are loaded and fully checked: 1e5, 1e6 and (with --full) 1e7 rows of CSV.

Each load runs in a process of its own; CPU seconds and peak memory are the whole process's, the interpreter and the
imports among them. Three rows are bad (text in a number, an unknown body, an extra field): all three must be named,
by row, or the figure doesn't count. A second load of the same rows without the bad ones must give every row.

    python -m benchmarks.bench_evidence [--full]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

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

    @property
    def is_within(self) -> bool:
        """Whether it keeps the limits that the project set."""
        seconds, memory = LIMITS.get(self.rows, (float("inf"), float("inf")))
        return self.cpu_seconds < seconds and self.peak_mb < memory


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
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, made, str(indicators)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        said = child.stdout.read()
        child.stdout.close()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    found = json.loads(said)
    wanted = {"rows": 0 if is_bad else rows, "errors": [list(error) for error in expected]}
    if found != wanted:
        raise RuntimeError(f"expected {wanted}, found {said[:500]}")
    return Load(rows, len(expected), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, size)


def run(is_full: bool = False) -> list[Load]:
    """Measure all sizes, smallest first."""
    sizes = [100_000, 1_000_000, *([10_000_000] if is_full else [])]
    return [measure(rows, is_bad) for rows in sizes for is_bad in (True, False)]


def main() -> int:
    """Print a table; 1 where a limit is not kept."""
    loads = run("--full" in sys.argv[1:])
    print(f"{'rows':>10} {'bad':>4} {'file MB':>8} {'CPU s':>7} {'peak MB':>8} {'us/row':>7}  within limit")
    for load in loads:
        cost = 1e6 * load.cpu_seconds / load.rows
        kept = ("yes" if load.is_within else "NO") if load.rows in LIMITS else "-"
        print(
            f"{load.rows:>10} {load.bad_rows:>4} {load.file_mb:>8.1f} {load.cpu_seconds:>7.2f} {load.peak_mb:>8.0f} "
            f"{cost:>7.2f}  {kept}"
        )
    return 0 if all(load.is_within for load in loads) else 1


if __name__ == "__main__":
    sys.exit(main())
