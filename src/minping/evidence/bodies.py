"""Bodies: in the rows of the table, out `Bodies` with covariates; ids, parents and types are checked.

Every other column is kept: as numbers where it holds numbers, as text otherwise. A column of numbers with some cells
that are none is kept as text, and those cells are named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from minping.errors import did_you_mean, one_of
from minping.evidence.entries import Entry, Report, check_cells, check_repeats
from minping.evidence.faults import NOTHING, Remark, short
from minping.evidence.headers import near_column
from minping.evidence.numbers import read_number
from minping.evidence.words import reader_of
from minping.model.arrays import Floats
from minping.model.evidence import Bodies, Codebook
from minping.words import Text


def read_bodies(entries: Sequence[Entry], codebook: Codebook, report: Report) -> Bodies:
    """The bodies, in file order; of a repeated id the first row stands."""
    check_cells(entries, "bodies", report)
    check_repeats(entries, "body", report)
    kept = list({entry.cells["body"]: entry for entry in reversed(entries) if entry.cells["body"]}.values())[::-1]
    _check_names(kept, report)
    _check_types(kept, codebook, report)
    _check_parents(kept, report)
    covariates, notes = _others(kept, report)
    if any(entry.cells["population"] for entry in kept):
        covariates = {"population": _population(kept, report), **covariates}

    def column(name: str) -> tuple[str, ...]:
        return tuple(entry.cells[name] for entry in kept)

    ids, types, groups = column("body"), column("body_type"), column("peer_group")
    return Bodies(ids, column("name"), column("name_en"), types, column("parent"), groups, covariates, notes)


def _check_names(entries: Sequence[Entry], report: Report) -> None:
    first: dict[str, Entry] = {}
    for entry in entries:
        name = entry.cells["name"]
        before = first.setdefault(name, entry)
        if name and before is not entry:
            found = Text(
                f"名称 {short(name)} 与第 {before.row} 行相同", f"the name {short(name)} stands in row {before.row} too"
            )
            report(
                entry,
                "name",
                Remark(
                    "same-name", found, NOTHING, Text("确认是两个单位", "make sure these are two bodies"), "warning"
                ),
            )


def _check_types(entries: Sequence[Entry], codebook: Codebook, report: Report) -> None:
    if not codebook.body_types:
        return
    read = reader_of(codebook.body_types, Text("单位类型", "type of body"), "unknown-body-type")
    for entry in entries:
        if (remark := read(entry.cells["body_type"]).remark) is not None:
            report(entry, "body_type", remark)


def _check_parents(entries: Sequence[Entry], report: Report) -> None:
    """Parents must be bodies of the table, and no body may stand above itself."""
    parent = {entry.cells["body"]: entry.cells["parent"] for entry in entries}
    for entry in entries:
        above = entry.cells["parent"]
        if above and above not in parent:
            found = Text(f"没有单位 {short(above)}", f"no body {short(above)}")
            report(entry, "parent", Remark("unknown-parent", found, one_of(list(parent)), did_you_mean(above, parent)))
    on_cycle = _cyclic(parent)
    for entry in entries:
        if entry.cells["body"] in on_cycle:
            way = " → ".join(on_cycle[entry.cells["body"]])
            found = Text(f"上级关系成环：{way}", f"the parents form a circle: {way}")
            report(
                entry, "parent", Remark("cyclic-parent", found, NOTHING, Text("改正上级单位", "put the parent right"))
            )


def _cyclic(parent: Mapping[str, str]) -> dict[str, list[str]]:
    """The bodies on circles, each with its way round."""
    settled: set[str] = set()
    circles: dict[str, list[str]] = {}
    for start in parent:
        way: dict[str, int] = {}
        at = start
        while at in parent and at not in settled and at not in way:
            way[at] = len(way)
            at = parent[at]
        if at in way:
            ring = list(way)[way[at] :]
            for turn, body in enumerate(ring):
                circles[body] = [*ring[turn:], *ring[:turn], body]
        settled.update(way)
    return circles


def _population(entries: Sequence[Entry], report: Report) -> Floats:
    values = np.full(len(entries), np.nan)
    for at, entry in enumerate(entries):
        reading = read_number(entry.cells["population"])
        if reading.remark is not None:
            report(entry, "population", reading.remark)
        if reading.value is not None:
            values[at] = reading.value
            if reading.value < 0:
                found = Text(f"人口 {reading.value:g} 为负", f"a population of {reading.value:g}")
                fix = Text("核对数值", "check the figure")
                report(entry, "population", Remark("below-possible", found, Text("不小于 0", "0 or more"), fix))
    return values


def _others(entries: Sequence[Entry], report: Report) -> tuple[dict[str, Floats], dict[str, tuple[str, ...]]]:
    """The columns that no table names: numbers as covariates, others as notes."""
    covariates: dict[str, Floats] = {}
    notes: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(header for entry in entries for header in entry.extra):
        texts = [entry.extra.get(name, "") for entry in entries]
        readings = [read_number(text) for text in texts]
        odd = [at for at, reading in enumerate(readings) if reading.remark is not None]
        given = sum(1 for text in texts if text)
        if given and not odd:
            covariates[name] = np.array([np.nan if read.value is None else read.value for read in readings])
            continue
        notes[name] = tuple(texts)
        if len(odd) * 2 < given:
            for at in odd:
                _report_odd(entries[at], name, texts[at], report)
        _report_near(entries, name, report)
    return covariates, notes


def _report_odd(entry: Entry, name: str, text: str, report: Report) -> None:
    found = Text(
        f"列 {name} 多为数字，{short(text)} 不是，整列作文字保存",
        f"the column {name} holds numbers, {short(text)} is none; it is kept as text",
    )
    fix = Text("改为数字或留空", "give a number, or leave it empty")
    report(entry, name, Remark("mixed-column", found, Text("数字", "numbers"), fix, "warning"))


def _report_near(entries: Sequence[Entry], name: str, report: Report) -> None:
    near = near_column(name, "bodies")
    if near is not None and entries and near not in entries[0].headers:
        found = Text(f"列 {short(name)} 作其他信息保存", f"the column {short(name)} is kept as other information")
        fix = Text(f"是否应为 {near}？", f"did you mean {near}?")
        report(entries[0], name, Remark("near-column", found, NOTHING, fix, "warning"))
