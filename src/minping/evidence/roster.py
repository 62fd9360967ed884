"""The roster: the bodies of a folder alone, read and checked before there is any other evidence."""

from __future__ import annotations

from pathlib import Path

from minping.errors import EvidenceError, Place, Problem
from minping.evidence.bodies import read_bodies
from minping.evidence.entries import read_entries, reporter
from minping.evidence.faults import problems
from minping.evidence.files import FOLDER, find_files
from minping.evidence.opening import open_file
from minping.model.evidence import Bodies, Codebook
from minping.words import Text, both


def read_roster(folder: str | Path) -> Bodies:
    """The table `bodies` of a folder; no other table is looked at.

    Raises:
        EvidenceError: there is none, or with every problem of it.
    """
    files = [found for found in find_files(Path(folder)) if found.table in ("bodies", None)]
    opened = [one for found in files for one in open_file(found) if one.table == "bodies"]
    faults = [one.faults for one in opened]
    entries = [
        entry
        for at, one in enumerate(opened)
        if one.sheet is not None
        for entry in read_entries(one.sheet, at, faults[at], lambda _: None)
    ]
    bodies = read_bodies(entries, Codebook({}), reporter(faults))
    found = [problem for one in opened for problem in problems(one.file, one.sheet_name, one.faults)]
    if not opened or not bodies.ids:
        words = Text("没有表 bodies（单位），或其中没有单位", "there is no table bodies, or it is empty")
        fix = Text(f"新建 {FOLDER}/bodies.csv", f"make {FOLDER}/bodies.csv")
        found.append(Problem("missing-table", Place(FOLDER), words, both("bodies.csv, bodies.xlsx"), fix))
    if any(problem.severity == "error" for problem in found):
        raise EvidenceError(found)
    return bodies
