"""Load: in a folder of tables and a codebook, out `Evidence`, or every problem of every file at once.

Every row is checked. Warnings and notes travel with the evidence; one error anywhere stops the load, after all files
have been looked at. Nothing is repaired or dropped silently, and no file is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from minping.errors import EvidenceError, Place, Problem
from minping.evidence.blocks import Opened, Sheet
from minping.evidence.bodies import read_bodies
from minping.evidence.callbacks import check_calls
from minping.evidence.checks import CHECKS
from minping.evidence.decisions import read_decisions
from minping.evidence.duplicates import duplicate_faults
from minping.evidence.entries import Entry, Report, read_entries, reporter
from minping.evidence.faults import NOTHING, Fault, Remark, problems
from minping.evidence.files import FOLDER, find_files
from minping.evidence.headers import understand
from minping.evidence.incidents import read_incidents
from minping.evidence.linked import check_together
from minping.evidence.margins import read_margins
from minping.evidence.official import Gathered, finish, read_official, vocabularies
from minping.evidence.opening import open_file
from minping.evidence.records import connect, stage
from minping.evidence.replicates import check_replicates
from minping.evidence.surveys import check_questions, check_surveys
from minping.evidence.tables import TABLES
from minping.evidence.terms import read_terms
from minping.evidence.weighting import check_weighting
from minping.evidence.words import WordReader, body_reader
from minping.model.evidence import Bodies, Codebook, Evidence, Official, Records, SourceFile
from minping.model.surveys import Margin
from minping.words import Text, both

Progress = Callable[[Text, int, int], None]
SEVERITIES = ("error", "warning", "note")
READING = Text("读取证据", "reading evidence")


@dataclass(slots=True)
class Reading:
    """What is being read: the opened sheets, how much is done."""

    opened: list[Opened]
    progress: Progress | None
    total: int
    rows: dict[int, int] = field(default_factory=dict)
    before: int = 0

    def sheets(self, table: str) -> list[tuple[int, Sheet]]:
        """The sheets of a table, with their positions."""
        return [(at, one.sheet) for at, one in enumerate(self.opened) if one.sheet and one.sheet.table == table]

    def advance(self, done: int) -> None:
        """Tell how far the sheet that is being read has come."""
        if self.progress is not None:
            self.progress(READING, min(self.before + done, self.total), self.total)


def load_evidence(folder: str | Path, codebook: Codebook, *, progress: Progress | None = None) -> Evidence:
    """Load and check the evidence of a folder.

    Args:
        folder: the folder of an evaluation; its tables stand in `evidence/`
        codebook: what the scheme expects; an empty one takes any indicator
        progress: called with (stage, done, total) now and then

    Returns:
        The evidence, with warnings and notes.

    Raises:
        EvidenceError: with every problem of every file, warnings and notes among them.
    """
    folder = Path(folder)
    found = find_files(folder)
    opened = sorted((one for file in found for one in open_file(file)), key=lambda one: one.sheet is None)
    reading = Reading(opened, progress, sum(one.sheet.total for one in opened if one.sheet))
    faults = [one.faults for one in opened]

    body_entries = _entries(reading, "bodies", faults)
    report = reporter(faults)
    bodies = read_bodies(body_entries, codebook, report)
    read_body, body_ids = body_reader(bodies)
    terms = read_terms(_entries(reading, "terms", faults), read_body, body_ids, report)
    incidents = read_incidents(_entries(reading, "incidents", faults), codebook, read_body, body_ids, report)
    decisions = read_decisions(_entries(reading, "findings", faults), body_ids, report)
    official = _official(reading, codebook, bodies, read_body, faults)
    margins = read_margins(_entries(reading, "margins", faults), codebook.survey.margins, read_body, body_ids, report)
    with connect() if any(reading.sheets(table) for table in CHECKS) else nullcontext() as session:
        told = _records(reading, folder, codebook, bodies, margins, faults, session)
        if bodies.ids:
            headers = [_headers(one.sheet) for one in reading.opened]
            check_together(told, official, bodies, codebook, headers, faults)
    records = {table: replace(one, session=None) for table, one in told.items()}
    if not _has_errors(reading, "bodies", "official"):
        _check_coverage(official, body_entries, report)

    general = _missing_tables(folder, reading, codebook, bodies, official)
    files = tuple(_source(one.sheet, reading.rows.get(at, 0)) for at, one in enumerate(opened) if one.sheet)
    every = general + [problem for one in opened for problem in problems(one.file, one.sheet_name, one.faults)]
    if any(problem.severity == "error" for problem in every):
        raise EvidenceError(sorted(every, key=lambda problem: SEVERITIES.index(problem.severity)))
    return Evidence(
        str(folder), files, bodies, official, terms, incidents, tuple(every), records, margins, decisions=decisions
    )


def _entries(reading: Reading, table: str, faults: Sequence[list[Fault]]) -> list[Entry]:
    entries: list[Entry] = []
    for at, sheet in reading.sheets(table):
        found = read_entries(sheet, at, faults[at], reading.advance)
        reading.rows[at] = len(found)
        reading.before += sheet.total
        entries += found
    return entries


def _official(
    reading: Reading, codebook: Codebook, bodies: Bodies, read_body: WordReader, faults: Sequence[list[Fault]]
) -> Official:
    words, gathered = vocabularies(codebook, read_body), Gathered()
    sheets = reading.sheets("official")
    for at, sheet in sheets:
        reading.rows[at] = read_official(sheet, at, words, gathered, faults[at], reading.advance)
        reading.before += sheet.total
    official = finish(gathered, words, bodies)
    if not bodies.ids:
        return official
    headers = [_body_header(one.sheet) for one in reading.opened]
    for at, found in duplicate_faults(official, [one.file for one in reading.opened], headers).items():
        faults[at].extend(found)
    return official


def _records(
    reading: Reading,
    folder: Path,
    codebook: Codebook,
    bodies: Bodies,
    margins: Sequence[Margin],
    faults: Sequence[list[Fault]],
    session: object,
) -> dict[str, Records]:
    """The tables of events, each checked where it lies; `session` is the DuckDB that looks."""
    found: dict[str, Records] = {}
    for table, check in CHECKS.items():
        sheets = reading.sheets(table)
        also = {"surveys": codebook.survey.further, "dispositions": codebook.survey.cells}
        staged = stage(sheets, folder, faults, also.get(table, ()))
        if staged is None:
            continue
        staged = replace(staged, session=session)
        for at, sheet in sheets:
            reading.rows[at] = sheet.total if len(sheets) > 1 else staged.rows
            reading.before += sheet.total
        if staged.files and bodies.ids:
            headers = [_headers(one.sheet) for one in reading.opened]
            if table == "surveys":
                check_surveys(staged, bodies, headers, faults, codebook.scales)
                check_questions(staged, codebook.questions, headers, faults)
                check_weighting(staged, bodies, codebook.survey, margins, headers, faults)
                check_replicates(staged, codebook.survey, headers, faults)
            else:
                check(staged, bodies, headers, faults)
        found[table] = staged
    if bodies.ids:
        check_calls(found, bodies, [_headers(one.sheet) for one in reading.opened], faults)
    return found


def _headers(sheet: Sheet | None) -> dict[str, str]:
    """Column of the table -> header as it stands in the file."""
    if sheet is None:
        return {}
    return {name: sheet.headers[at] for name, at in understand(sheet.headers, sheet.table).positions.items()}


def _body_header(sheet: Sheet | None) -> str:
    at = understand(sheet.headers, "official").positions.get("body") if sheet is not None else None
    return sheet.headers[at] if sheet is not None and at is not None else ""


def _check_coverage(official: Official, entries: Sequence[Entry], report: Report) -> None:
    """Warn of bodies without any figure; whether they can be scored is not decided here."""
    if not len(official.value) or not entries:
        return
    with_figures = {official.bodies[at] for at in np.unique(official.body[official.body >= 0]).tolist()}
    for entry in entries:
        if entry.cells["body"] and entry.cells["body"] not in with_figures:
            found = Text("这一单位没有任何官方数据", "this body has no official figure in any period")
            fix = Text("补充数据；否则按缺失规则处理", "give figures, or the scheme's rule for missing ones applies")
            report(entry, "body", Remark("body-without-figures", found, NOTHING, fix, "warning"))


def _missing_tables(
    folder: Path, reading: Reading, codebook: Codebook, bodies: Bodies, official: Official
) -> list[Problem]:
    """What can't be done without: bodies and official figures."""
    home = folder / FOLDER
    if not home.is_dir():
        found = Text(f"没有文件夹 {FOLDER}", f"there is no folder {FOLDER}")
        fix = Text("把数据表放在其中", "put the tables there")
        return [Problem("no-evidence", Place(str(folder)), found, NOTHING, fix)]
    missing = []
    wanted = [("bodies", len(bodies.ids)), ("official", len(official.value))]
    if codebook.records and not codebook.indicators:
        wanted.pop()
    for table, count in wanted:
        if not any(one.table == table for one in reading.opened):
            found = Text(f"没有表 {table}（{TABLES[table].title.zh}）", f"there is no table {table}")
            fix = Text(f"新建 {FOLDER}/{table}.csv 或 .xlsx", f"make {FOLDER}/{table}.csv or .xlsx")
            missing.append(Problem("missing-table", Place(FOLDER), found, both(f"{table}.csv, {table}.xlsx"), fix))
        elif table not in codebook.records and not count and not _has_errors(reading, table):
            empty = next(one for one in reading.opened if one.table == table)
            found = Text(f"表 {table} 只有表头，没有数据", f"the table {table} has a header only, no rows")
            missing.append(
                Problem(
                    "empty-table", Place(empty.file, empty.sheet_name), found, NOTHING, Text("填入数据", "fill it in")
                )
            )
    for table in codebook.records:
        if not any(one.table == table for one in reading.opened):
            found = Text(f"没有表 {table}（{TABLES[table].title.zh}）", f"there is no table {table}")
            fix = Text(
                f"放入 {FOLDER}/{table}.csv、.xlsx 或 .parquet", f"put {FOLDER}/{table}.csv, .xlsx or .parquet there"
            )
            missing.append(Problem("missing-table", Place(FOLDER), found, NOTHING, fix))
    return missing


def _has_errors(reading: Reading, *tables: str) -> bool:
    return any(
        found.remark.severity == "error" for one in reading.opened if one.table in tables for found in one.faults
    )


def _source(sheet: Sheet, rows: int) -> SourceFile:
    return SourceFile(sheet.file, sheet.table, sheet.sha256, rows, sheet.encoding, sheet.sheet)
