"""Ratings of a thousand bodies, raked, with errors: Minping beside svy, samplics and balance; are their errors right?

Of Minping the whole process counts, of the others the calls alone. Where all bodies would take them minutes, they are
measured for two small numbers of bodies and the line through both is read at a thousand.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import BALANCE, PEERS, ROOT, Check, Line, child, child_json

QUESTION = "raking on four margins (16×4×5×2) + mean and calibration-aware SE of every body"
LIMITS = {1_000_000: (2.0, None), 10_000_000: (8.0, 2000.0)}  #: CPU seconds, MB
UNITS, BODIES, FEW = 5000, 1000, (5, 25)
CHECK = (6400, 480, 1)  #: ratings, units, bodies that the jackknife is run on

Answers = dict[str, dict[str, Any]]  #: by tool


def own(quick: bool) -> list[Line]:
    """Minping at every size, a process each."""
    lines = []
    for rows in (20_000,) if quick else (20_000, 1_000_000, 10_000_000):
        ended = child([sys.executable, "-m", "benchmarks.survey", str(rows)], cwd=ROOT)
        assert json.loads(ended.out) == {"bodies": BODIES}
        limits = LIMITS.get(rows, (None, None))
        lines.append(Line(QUESTION, "minping", _size(rows), ended.seconds, ended.megabytes, *limits))
    return lines


def beside(quick: bool) -> tuple[list[Line], list[Check], dict[str, str]]:
    """The others' figures, the errors of all, versions."""
    rows, units, bodies = (4000, 400, 20) if quick else (20_000, UNITS, BODIES)
    all_bodies = answers(rows, units, bodies, "svy", "samplics")
    lines = [
        Line(QUESTION, tool, _size(rows, units, bodies), found["rake"] + found["errors"])
        for tool, found in all_bodies.items()
        if tool != "minping"
    ]
    if not quick:
        fewer, more = (answers(1_000_000, UNITS, few, "svy", "samplics", "balance") for few in FEW)
        for tool in ("svy", "samplics"):
            each = (more[tool]["errors"] - fewer[tool]["errors"]) / (FEW[1] - FEW[0])
            taken = more[tool]["rake"] + more[tool]["errors"] + each * (BODIES - FEW[1])
            lines.append(Line(QUESTION, f"{tool}, scaled from {FEW[0]} and {FEW[1]} bodies", _size(1_000_000), taken))
        if "balance" in more:
            lines.append(Line(QUESTION, "balance, raking only", _size(1_000_000), more["balance"]["rake"]))
    checked = answers(*CHECK, "svy", "samplics", "balance")
    ours = checked["minping"]
    own_se, jackknife = ours["se"][0], ours["jackknife"][0]
    checks = [Check("jackknife, raked anew for each unit", jackknife, own_se, jackknife)]
    checks += [Check(tool, found["se"][0], own_se, jackknife) for tool, found in checked.items()]
    return lines, checks, {tool: found["version"] for tool, found in checked.items() if tool != "minping"}


def answers(rows: int, units: int, bodies: int, *tools: str) -> Answers:
    """What each tool says of the same ratings; the means must be ours, to a twentieth of their error."""
    with tempfile.TemporaryDirectory(prefix="minping-bench-") as made:
        file = str(Path(made) / "ratings.npz")
        found: Answers = {"minping": child_json("benchmarks.survey", str(rows), str(units), str(bodies), file)}
        for tool in tools:
            python = BALANCE if tool == "balance" else PEERS
            if python.exists():
                found[tool] = child_json("benchmarks.survey_peers", tool, file, python=python)
    value, se = np.array(found["minping"]["value"]), np.array(found["minping"]["se"])
    for tool, answer in found.items():
        off = float(np.abs((np.array(answer["value"]) - value) / se).max())
        if off > 0.05:
            raise RuntimeError(f"{tool} has other means: {off:g} standard errors away")
    return found


def _size(rows: int, units: int = UNITS, bodies: int = BODIES) -> str:
    return f"{rows:,} ratings, {units:,} units, {bodies:,} bodies"
