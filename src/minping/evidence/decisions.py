"""Decisions: in the rows of `findings`, out what became of findings of the audit, step by step, by date.

A finding is confirmed or dismissed by somebody, by a document, for a reason; nothing that is said here of a row names
the body, since warnings are published.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from minping.errors import did_you_mean, one_of
from minping.evidence.choice_words import CHOICE_WORDS
from minping.evidence.dates import iso, read_date
from minping.evidence.entries import Entry, Report, check_cells
from minping.evidence.faults import NOTHING, Remark, short
from minping.model.findings import STATES, Decision
from minping.words import Text, both

FORM = re.compile(r"((?!0000)\d{4}(?:-(?:0[1-9]|1[0-2])|Q[1-4]|H[12]|-\d{4})?):([a-z_]+):(.+)")
SETTLED = ("confirmed", "dismissed")
_CHOICES = [*STATES, *(word for word, meant in CHOICE_WORDS.items() if meant in STATES)]


def read_decisions(entries: Sequence[Entry], body_ids: Sequence[str], report: Report) -> tuple[Decision, ...]:
    """The steps of all findings, by date; those of one day as they stand."""
    check_cells(entries, "findings", report)
    found = [_decision(entry, body_ids, report) for entry in entries]
    ordered = sorted(found, key=lambda one: one.decided_on)
    heard: set[str] = set()
    places = {(one.file, one.row): entry for one, entry in zip(found, entries, strict=True)}
    for one in ordered:
        if one.state == "confirmed" and one.finding not in heard:
            report(places[one.file, one.row], "state", _unheard())
        if one.state == "replied":
            heard.add(one.finding)
    return tuple(ordered)


def _decision(entry: Entry, body_ids: Sequence[str], report: Report) -> Decision:
    cells = entry.cells
    named = FORM.fullmatch(cells["finding"])
    if cells["finding"] and named is None:
        report(entry, "finding", _no_id(cells["finding"]))
    elif named is not None and not _names_a_body(named[3], body_ids):
        found = Text(f"没有单位 {short(named[3])}", f"no body {short(named[3])}")
        report(entry, "finding", Remark("unknown-body", found, one_of(body_ids), did_you_mean(named[3], body_ids)))
    state = next((one for one in STATES if one == CHOICE_WORDS.get(cells["state"], cells["state"])), None)
    if cells["state"] and state is None:
        found = Text(f"没有状态 {short(cells['state'])}", f"no state {short(cells['state'])}")
        report(entry, "state", Remark("unknown-choice", found, one_of(STATES), did_you_mean(cells["state"], _CHOICES)))
    day = read_date(cells["decided_on"])
    if day.remark is not None:
        report(entry, "decided_on", day.remark)
    for column in ("document", "reason"):
        if state in SETTLED and not cells[column]:
            report(entry, column, _unfounded(column))
    return Decision(
        cells["finding"],
        state or "open",
        cells["decided_by"],
        "" if day.value is None else iso(day.value),
        cells["document"],
        cells["reason"],
        entry.file,
        entry.row,
    )


def _names_a_body(text: str, body_ids: Sequence[str]) -> bool:
    """Whether what stands behind the test is a body, or a body and what of it: `S03`, `S03:output`."""
    parts = text.split(":")
    return any(":".join(parts[:size]) in body_ids for size in range(1, len(parts) + 1))


def _no_id(text: str) -> Remark:
    found = Text(f"{short(text)} 不是核查发现的编号", f"{short(text)} is no id of a finding")
    fix = Text("照抄 minping audit 所列的编号", "copy it from what minping audit lists")
    return Remark("malformed-finding", found, both("2025:copied:S03, 2025:sums:S03:output"), fix)


def _unfounded(column: str) -> Remark:
    found = Text(f"认定或排除时没有 {column}", f"confirmed or dismissed without {column}")
    allowed = Text("文号与理由", "a document and a reason")
    return Remark("unfounded-decision", found, allowed, Text("填写", "give it"))


def _unheard() -> Remark:
    found = Text("认定之前没有单位的答复", "confirmed, and the body has not replied before")
    fix = Text("先听取答复，另起一行写 replied", "hear the body first, and write a row `replied`")
    return Remark("confirmed-unheard", found, NOTHING, fix, "warning")
