"""Incidents: in the rows of the table, out one `Incident` each; only what an authorised body has confirmed counts.

A row without `confirmed_by` is an error: an accusation is no fact, and is never read as one.
"""

from __future__ import annotations

from collections.abc import Sequence

from minping.evidence.dates import iso, read_date
from minping.evidence.entries import Entry, Report, check_cells, check_repeats
from minping.evidence.faults import Remark
from minping.evidence.words import WordReader, reader_of
from minping.model.evidence import Codebook, Incident
from minping.words import Text


def read_incidents(
    entries: Sequence[Entry], codebook: Codebook, read_body: WordReader, body_ids: Sequence[str], report: Report
) -> tuple[Incident, ...]:
    """The incidents, in file order."""

    def checked(entry: Entry, column: str, remark: Remark) -> None:
        report(entry, column, _unconfirmed() if (column, remark.code) == ("confirmed_by", "empty-cell") else remark)

    check_cells(entries, "incidents", checked)
    check_repeats(entries, "incident", report)
    kinds = codebook.incident_kinds
    read_kind = reader_of(kinds, Text("事件类别", "kind of incident"), "unknown-incident-kind") if kinds else None
    return tuple(_incident(entry, read_body, body_ids, read_kind, report) for entry in entries)


def _incident(
    entry: Entry, read_body: WordReader, body_ids: Sequence[str], read_kind: WordReader | None, report: Report
) -> Incident:
    cells = entry.cells
    body, day = read_body(cells["body"]), read_date(cells["occurred_on"])
    kind = read_kind(cells["kind"]) if read_kind is not None else None
    for name, remark in (("body", body.remark), ("occurred_on", day.remark), ("kind", kind.remark if kind else None)):
        if remark is not None:
            report(entry, name, remark)
    return Incident(
        cells["incident"],
        cells["body"] if body.value is None else body_ids[body.value],
        "" if day.value is None else iso(day.value),
        cells["kind"],
        cells["confirmed_by"],
        cells["severity"],
        cells["authority_ref"],
        cells["exempted_by"],
        entry.file,
        entry.row,
    )


def _unconfirmed() -> Remark:
    found = Text("没有认定机关；未经认定的指控不是事实", "nobody confirmed it; an accusation is no fact")
    allowed = Text("作出书面认定的机关", "the body that confirmed it in writing")
    fix = Text("填写认定机关，或删去这一行", "name who confirmed it, or delete the row")
    return Remark("unconfirmed-incident", found, allowed, fix)
