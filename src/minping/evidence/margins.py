"""Margins: in the rows of the table, out what is known of the public, one `Margin` each, checked for itself.

Whether they fit the people who were asked is `weighting`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from minping.errors import did_you_mean, one_of
from minping.evidence.entries import Entry, Report, check_cells
from minping.evidence.faults import NOTHING, Remark, short
from minping.evidence.numbers import read_number
from minping.evidence.periods import read_period
from minping.evidence.words import WordReader
from minping.model.surveys import Margin
from minping.words import Text

CLOSE = 1e-6  #: relative: two totals of one public that differ by more are not the same


def read_margins(
    entries: Sequence[Entry], wanted: Sequence[str], read_body: WordReader, body_ids: Sequence[str], report: Report
) -> tuple[Margin, ...]:
    """The margins, in file order; `wanted` are those that the scheme names."""
    check_cells(entries, "margins", report)
    margins = tuple(_margin(entry, read_body, body_ids, report) for entry in entries)
    rows = list(zip(margins, entries, strict=True))
    _check_names(rows, wanted, report)
    _check_repeats(rows, report)
    _check_mixed(rows, report)
    _check_totals([row for row in rows if row[0].name in wanted], report)
    return margins


def _margin(entry: Entry, read_body: WordReader, body_ids: Sequence[str], report: Report) -> Margin:
    cells = entry.cells
    body, total, period = read_body(cells["body"]), read_number(cells["total"]), read_period(cells["period"])
    for name, remark in (("body", body.remark), ("total", total.remark), ("period", period.remark)):
        if remark is not None:
            report(entry, name, remark)
    if total.value is not None and not (total.value > 0 or not cells["level"]):
        found = Text(f"总数 {short(cells['total'])} 不可能", f"the total {short(cells['total'])} can't be")
        fix = Text("没有人的类别不写行", "no row for a level that nobody is of")
        report(entry, "total", Remark("impossible-total", found, Text("大于 0", "above 0"), fix))
    known = cells["body"] if body.value is None else body_ids[body.value]
    name = "+".join(part.strip() for part in cells["margin"].split("+"))
    level = "+".join(part.strip() for part in cells["level"].split("+"))
    return Margin(name, level, total.value or 0.0, known, period.value or "", entry.file, entry.row)


Rows = Iterable[tuple[Margin, Entry]]


def _check_names(rows: Rows, wanted: Sequence[str], report: Report) -> None:
    """Every margin that the scheme names is there; one that it doesn't name is told of."""
    named: dict[str, Entry] = {}
    for margin, entry in rows:
        named.setdefault(margin.name, entry)
    for name in wanted:
        if named and name not in named:
            found = Text(f"没有方案所用的变量 {name}", f"there is no margin {name}, which the scheme names")
            entry = next(iter(named.values()))
            report(entry, "margin", Remark("unknown-margin", found, one_of(list(named)), did_you_mean(name, named)))


def _check_repeats(rows: Rows, report: Report) -> None:
    seen: dict[tuple[str, ...], Entry] = {}
    for margin, entry in rows:
        before = seen.setdefault((margin.name, margin.level, margin.body, margin.period), entry)
        if before is not entry:
            found = Text(
                f"{margin.name} {short(margin.level)} 已见于第 {before.row} 行",
                f"{margin.name} {short(margin.level)} stands in row {before.row} already",
            )
            report(entry, "level", Remark("duplicate-margin", found, NOTHING, Text("只留一行", "keep one of them")))


def _check_mixed(rows: Rows, report: Report) -> None:
    """A margin is of all together or of each body; numeric or of levels."""
    first: dict[str, Margin] = {}
    for margin, entry in rows:
        before = first.setdefault(margin.name, margin)
        for column, one, other in (("body", before.body, margin.body), ("level", before.level, margin.level)):
            if (one == "") != (other == ""):
                found = Text(
                    f"{margin.name} 的 {column} 有的填写、有的为空",
                    f"{column} of {margin.name} is filled in some rows only",
                )
                fix = Text("全部填写，或全部留空", "fill it in everywhere, or nowhere")
                report(entry, column, Remark("margin-mixed", found, NOTHING, fix))


def _check_totals(rows: Sequence[tuple[Margin, Entry]], report: Report) -> None:
    """The margins of one public, in one period, add to the same number of people."""

    def public(row: tuple[Margin, Entry]) -> tuple[str, str]:
        return row[0].body, row[0].period

    for (body, period), group in groupby(sorted((row for row in rows if row[0].level), key=public), key=public):
        whole: dict[str, float] = {}
        last: dict[str, Entry] = {}
        for margin, entry in group:
            whole[margin.name] = whole.get(margin.name, 0.0) + margin.total
            last[margin.name] = entry
        first = next(iter(whole.values()))
        if any(abs(total - first) > CLOSE * first for total in whole.values()):
            said = ", ".join(f"{name} {total:.12g}" for name, total in whole.items())
            where = " ".join(word for word in (body, period) if word)
            found = Text(f"{where} 各变量的总数不等：{said}", f"the margins {where} add to different totals: {said}")
            fix = Text("按同一口径、同一时点核对", "check that all are of the same public at the same time")
            report(next(reversed(last.values())), "total", Remark("margins-differ", found, NOTHING, fix))
