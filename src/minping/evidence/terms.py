"""Terms of office: in the rows of the table, out `Terms`; dates, bodies and overlaps are checked.

A term is known by a pseudonymous id; no personal name is asked for or kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from minping.evidence.dates import iso, read_date
from minping.evidence.entries import Entry, Report, check_cells, check_repeats
from minping.evidence.faults import NOTHING, Remark
from minping.evidence.words import WordReader
from minping.model.evidence import Terms
from minping.words import Text

_OPEN = 10**9  #: a day after every date


def read_terms(entries: Sequence[Entry], read_body: WordReader, body_ids: Sequence[str], report: Report) -> Terms:
    """The terms, in file order."""
    check_cells(entries, "terms", report)
    check_repeats(entries, "term", report)
    spans = [_span(entry, report) for entry in entries]
    bodies = []
    for entry in entries:
        reading = read_body(entry.cells["body"])
        if reading.remark is not None:
            report(entry, "body", reading.remark)
        bodies.append(entry.cells["body"] if reading.value is None else body_ids[reading.value])
    _check_overlaps(entries, bodies, spans, report)
    starts = tuple("" if start is None else iso(start) for start, _ in spans)
    ends = tuple("" if end is None else iso(end) for _, end in spans)
    ids, roles = (tuple(entry.cells[name] for entry in entries) for name in ("term", "role"))
    return Terms(ids, tuple(bodies), roles, starts, ends)


def _span(entry: Entry, report: Report) -> tuple[int | None, int | None]:
    days = []
    for name in ("start_on", "end_on"):
        reading = read_date(entry.cells[name])
        if reading.remark is not None:
            report(entry, name, reading.remark)
        days.append(reading.value)
    start, end = days
    if start is not None and end is not None and end < start:
        found = Text(
            f"离任日期 {iso(end)} 早于任职日期 {iso(start)}", f"it ends on {iso(end)}, before it starts on {iso(start)}"
        )
        report(entry, "end_on", Remark("end-before-start", found, NOTHING, Text("核对两个日期", "check both dates")))
    return start, end


def _check_overlaps(
    entries: Sequence[Entry], bodies: Sequence[str], spans: Sequence[tuple[int | None, int | None]], report: Report
) -> None:
    """Warn of terms in the same post that overlap; a term may end on the day the next one starts."""
    posts: dict[tuple[str, str], list[tuple[int, int, Entry]]] = {}
    for entry, body, (start, end) in zip(entries, bodies, spans, strict=True):
        if start is not None:
            posts.setdefault((body, entry.cells["role"]), []).append((start, _OPEN if end is None else end, entry))
    for held in posts.values():
        held.sort(key=lambda term: term[:2])
        latest_end, latest = held[0][1], held[0][2]
        for start, end, entry in held[1:]:
            if start < latest_end:
                term = latest.cells["term"]
                found = Text(
                    f"与第 {latest.row} 行的任期 {term} 重叠", f"it overlaps the term {term} of row {latest.row}"
                )
                fix = Text("核对日期；同一职务同一时间只应有一人", "check the dates: a post has one holder at a time")
                report(entry, "start_on", Remark("overlapping-terms", found, NOTHING, fix, "warning"))
            if end > latest_end:
                latest_end, latest = end, entry
