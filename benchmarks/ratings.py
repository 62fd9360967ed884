"""Ratings: how fast a Parquet file of ratings becomes values of body × month, beside the same in DuckDB's SQL by hand.

Both count levels by window, as rated and as ruled, and sum what the error of a mean over windows needs; each runs in
a process of its own; imports are apart from its CPU seconds, and in its peak memory. The answers must be equal.

    python -m benchmarks.ratings (write FILE ROWS | minping FILE | sql FILE)
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.measure import ROOT, Line, Ratio, child

BODIES, WINDOWS, MEMORY = 1000, 5, "700MB"
BY_HAND = "DuckDB SQL by hand"
FIVE = range(1, 6)
WRITE = """
COPY (
  SELECT 'R' || i AS rating, 'B' || lpad(CAST(hash(i) % {bodies} AS VARCHAR), 4, '0') AS body,
    DATE '2025-01-01' + CAST(hash(i * 7 + 1) % 365 AS INTEGER) AS rated_on,
    CASE WHEN hash(i * 11 + 2) % 100 >= 10 THEN CAST(list_extract([1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5],
      CAST(hash(i * 3 + 5) % 15 + 1 AS INTEGER)) AS TINYINT) END AS level,
    CASE hash(i * 11 + 2) % 100 // 10 WHEN 0 THEN 'defaulted' ELSE 'rated' END AS status,
    'W' || (hash(i) % {bodies}) || '-' || (hash(i * 13) % {windows}) AS "window"
  FROM range({rows}) t(i)
) TO '{path}' (FORMAT parquet)
"""


def by_hand(path: str) -> dict[str, Any]:
    """Counts, sums of products and shares satisfied, by the SQL that one would write for this file alone."""
    import duckdb

    start = time.process_time()
    opened = duckdb.connect(config={"memory_limit": MEMORY})
    levels = ", ".join(
        f"count(*) FILTER (code = {level}) AS k{level}, count(*) FILTER (code = {level + 8}) AS o{level}"
        for level in FIVE
    )
    rated = {f"r{level}": f"k{level} + o{level}" for level in FIVE}
    ruled = {f"u{level}": f"k{level}" + (" + silent" if level == 3 else "") for level in FIVE}
    both = ", ".join(f"CAST({said} AS DOUBLE) AS {name}" for name, said in {**rated, **ruled}.items())
    sums = ", ".join(f"sum({name}) AS {name}" for name in (*rated, *ruled))
    products = ", ".join(
        f"sum({kind}{i} * {kind}{j}) AS {kind}{i}{j}" for kind in "ru" for i in FIVE for j in FIVE if i <= j
    )
    query = f"""
        SELECT body, month, {sums}, sum(silent) AS silent, count(*) AS windows, {products} FROM (
          SELECT body, month, silent, {both} FROM (
            SELECT body, month, "window", {levels}, count(*) FILTER (code = 16) AS silent FROM (
              SELECT body, month(rated_on) AS month, "window", CAST(CASE status WHEN 'defaulted' THEN 16
                WHEN 'removed' THEN coalesce(level, 0) + 8 ELSE coalesce(level, 0) END AS TINYINT) AS code
              FROM read_parquet('{path}')
            ) GROUP BY body, month, "window"
          )
        ) GROUP BY body, month ORDER BY month, body
    """  # noqa: S608
    found = opened.sql(query).to_arrow_table()
    counts = [found[f"r{level}"].to_numpy() for level in FIVE]
    there = sum(counts) > 0
    shares = (counts[2] + counts[3] + counts[4])[there] / sum(counts)[there]
    return {"seconds": time.process_time() - start, "values": int(there.sum()), "sum": float(shares.sum() * 100)}


def by_minping(path: str) -> dict[str, Any]:
    """The same through the rooms: a table of events, what was heard of it, a measure with its error."""
    import ibis
    import numpy as np

    from minping.indicators.ratings import listen, measure
    from minping.model.evidence import Bodies, RecordFile, Records

    ibis.duckdb.connect().disconnect()
    start = time.process_time()
    ids = tuple(f"B{at:04d}" for at in range(BODIES))
    blank = ("",) * BODIES
    names = ("rating", "body", "rated_on", "level", "status", "window")
    records = Records("ratings", (RecordFile(path, 0, {name: name for name in names}),), 0)
    months = [f"2025-{month:02d}" for month in range(1, 13)]
    heard = listen(records, Bodies(ids, ids, ids, blank, blank, blank), months)
    found = measure(heard, "share_satisfied")
    heard_of = found.n > 0
    if not (found.se[heard_of] > 0).all():
        raise RuntimeError("a value without an error")
    whole = float(np.sum(found.estimate[heard_of]))
    return {"seconds": time.process_time() - start, "values": int(heard_of.sum()), "sum": whole}


def write(path: str, rows: int) -> None:
    """Write so many simulated ratings."""
    import duckdb

    opened = duckdb.connect(config={"memory_limit": "2GB", "preserve_insertion_order": "false"})
    opened.execute(WRITE.format(bodies=BODIES, windows=WINDOWS, rows=rows, path=path))


def lines(quick: bool) -> tuple[list[Line], list[Ratio]]:
    """What stands on the page: a line of each tool, and ours beside SQL by hand."""
    rows, repeats = (200_000, 1) if quick else (100_000_000, 3)
    with tempfile.TemporaryDirectory() as folder:
        taken, peak, size = measure_both(rows, Path(folder), repeats)
    question, said = "Parquet of ratings to body × month values", f"{rows:,} rows, {size:,.0f} MB"
    seconds = {tool: statistics.median(times) for tool, times in taken.items()}
    ours = Line(question, "minping", said, seconds["minping"], peak["minping"], limit_mb=1000.0)
    theirs = Line(question, BY_HAND, said, seconds["sql"], peak["sql"])
    return [ours, theirs], [Ratio(question, seconds["minping"], BY_HAND, seconds["sql"], 1.3)]


def measure_both(rows: int, folder: Path, repeats: int) -> tuple[dict[str, list[float]], dict[str, float], float]:
    """CPU seconds of each turn and peak MB by tool, and the size of the file in MB.

    Raises:
        RuntimeError: the answers differ.
    """
    path = folder / f"ratings-{rows}.parquet"
    child([sys.executable, "-m", "benchmarks.ratings", "write", path, str(rows)], cwd=ROOT)
    taken: dict[str, list[float]] = {"minping": [], "sql": []}
    peak: dict[str, float] = {}
    said: dict[str, Any] = {}
    for _ in range(repeats):
        for tool, times in taken.items():
            done = child([sys.executable, "-m", "benchmarks.ratings", tool, path], cwd=ROOT)
            said[tool] = json.loads(done.out)
            times.append(said[tool]["seconds"])
            peak[tool] = max(peak.get(tool, 0.0), done.megabytes)
    ours, theirs = said["minping"], said["sql"]
    if ours["values"] != theirs["values"] or abs(ours["sum"] - theirs["sum"]) > 1e-9 * theirs["sum"]:
        raise RuntimeError(f"answers differ: {said}")
    size = path.stat().st_size / 1e6
    path.unlink()
    return taken, peak, size


if __name__ == "__main__":
    task, file, *more = sys.argv[1:]
    if task == "write":
        write(file, int(more[0]))
    else:
        print(json.dumps(by_minping(file) if task == "minping" else by_hand(file)))
