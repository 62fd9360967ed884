"""Templates: what they offer, and that they load clean once filled."""

from __future__ import annotations

import csv
import datetime as dt
import string
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from minping.evidence import load_evidence, write_template
from minping.evidence.template import LISTS, README, WIDE
from tests.evidence import audited
from tests.evidence.folder import CODEBOOK, Folder

WORD = st.text(string.ascii_letters + string.digits + "省市县+-@._", min_size=1, max_size=8)
DAY = st.dates(dt.date(1980, 1, 1), dt.date(2060, 1, 1))
PERIODS = ["2015", "2016", "2016Q1", "2016H2", "2016-05", "2011-2015"]
FIGURE = st.integers(0, 10**8).map(lambda millionths: millionths / 10**6)  # openpyxl writes 16 digits


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return write_template(tmp_path / "evidence.xlsx", CODEBOOK, ["beijing", "tianjin"], ["2015", "2016"])


def _columns(sheet: Any) -> dict[str, int]:
    return {str(cell.value).split()[-1]: cell.column for cell in sheet[1]}


def _fill(path: Path, table: str, rows: list[dict[str, Any]]) -> None:
    workbook = load_workbook(path)
    sheet = workbook[table]
    columns = _columns(sheet)
    for number, row in enumerate(rows, 2):
        for name, value in row.items():
            cell = sheet.cell(number, columns[name])
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    workbook.save(path)


def test_a_template_has_a_sheet_for_every_table_and_a_readme(template: Path) -> None:
    workbook = load_workbook(template)
    assert workbook.sheetnames == [README, "bodies", "official", WIDE, "terms", "incidents", LISTS]
    assert workbook[LISTS].sheet_state == "hidden"


def test_a_template_names_the_unit_of_every_indicator_in_both_languages(template: Path) -> None:
    said = [str(cell.value) for row in load_workbook(template)[README].iter_rows() for cell in row if cell.value]
    for note in CODEBOOK.indicators.values():
        assert {note.id, note.title_zh, note.title_en, note.unit} <= set(said)


def test_every_column_explains_itself_and_the_header_stays_in_sight(template: Path) -> None:
    workbook = load_workbook(template)
    for table in ("bodies", "official", "terms", "incidents"):
        assert workbook[table].freeze_panes == "B2"
        assert all(cell.comment and "\n" in cell.comment.text for cell in workbook[table][1])


def test_cells_are_checked_while_they_are_filled_in(template: Path) -> None:
    workbook = load_workbook(template)
    rules = {
        (table, str(rule.sqref).split("2:")[0]): (rule.type, rule.formula1)
        for table in ("bodies", "official", "terms", "incidents")
        for rule in workbook[table].data_validations.dataValidation
    }
    columns = {table: _columns(workbook[table]) for table in ("official", "bodies", "incidents")}
    letter = {
        (table, name): string.ascii_uppercase[at - 1] for table, names in columns.items() for name, at in names.items()
    }
    expected = {("official", "body"): "list", ("official", "indicator"): "list", ("official", "value"): "decimal",
                ("official", "n"): "whole", ("official", "released_on"): "date", ("official", "period"): "list",
                ("official", "reporter"): "list", ("bodies", "body_type"): "list", ("incidents", "kind"): "list"}  # fmt: skip
    for (table, name), kind in expected.items():
        assert rules[table, letter[table, name]][0] == kind, name
    assert rules["official", letter["official", "indicator"]][1] == f"{LISTS}!$A$1:$A$3"


def test_an_empty_template_says_only_that_it_is_empty(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    write_template(tmp_path / "evidence" / "evidence.xlsx", CODEBOOK)
    found = [(problem.code, problem.place.sheet) for problem in Folder(tmp_path).problems()]
    assert found == [("empty-table", "bodies"), ("empty-table", "official")]


def test_a_filled_wide_sheet_loads_clean(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    path = write_template(tmp_path / "evidence" / "evidence.xlsx", CODEBOOK, ["a", "b"], ["2015", "2016"])
    _fill(path, "bodies", [{"name": "甲"}, {"name": "乙"}])
    _fill(path, WIDE, [{"gdp": 1.5}, {"share": 20}, {}, {"gdp": 2}])
    evidence = load_evidence(tmp_path, CODEBOOK)
    assert evidence.problems == ()
    assert sorted(zip(evidence.official.value.tolist(), evidence.official.row.tolist(), strict=True)) == [
        (1.5, 2),
        (2, 5),
        (20, 3),
    ]


@pytest.mark.parametrize("danger", ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)"])
def test_text_that_looks_like_a_formula_is_written_as_text(tmp_path: Path, danger: str) -> None:
    path = write_template(tmp_path / "evidence.xlsx", CODEBOOK, [danger])
    cell = load_workbook(path)["bodies"]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (danger, "s", True)


FIGURES = st.lists(
    st.fixed_dictionaries(
        {"body": st.integers(0, 2), "period": st.sampled_from(PERIODS), "indicator": st.sampled_from(["gdp", "share"]),
         "value": FIGURE},
        optional={"se": FIGURE, "n": st.integers(1, 10**6), "released_on": DAY, "source": WORD, "note": WORD,
                  "reporter": st.sampled_from(["self", "statistics", "third_party"])},
    ),
    min_size=1, max_size=8, unique_by=lambda row: (row["body"], row["period"], row["indicator"]),
)  # fmt: skip


@settings(deadline=None, max_examples=25)
@given(st.lists(WORD, min_size=3, max_size=3, unique=True), FIGURES, st.lists(st.tuples(DAY, WORD), max_size=3))
def test_any_filled_template_loads_as_it_was_filled(
    ids: list[str], rows: list[dict[str, Any]], days: list[tuple[dt.date, str]]
) -> None:
    with tempfile.TemporaryDirectory() as made:
        (Path(made) / "evidence").mkdir()
        path = write_template(Path(made) / "evidence" / "evidence.xlsx", CODEBOOK, ids)
        _fill(path, "bodies", [{"name": f"名{at}", "population": at + 0.5, "body_type": "urban"} for at in range(3)])
        _fill(path, "official", [{**row, "body": ids[row["body"]]} for row in rows])
        _fill(
            path,
            "terms",
            [{"term": f"t{at}", "body": ids[0], "role": f"r{at}", "start_on": day} for at, (day, _) in enumerate(days)],
        )
        _fill(path, "incidents", [{"incident": f"i{at}", "body": ids[1], "occurred_on": day, "kind": "safety", "confirmed_by": by}
                                  for at, (day, by) in enumerate(days)])  # fmt: skip
        evidence = load_evidence(made, CODEBOOK)
    assert {problem.code for problem in evidence.problems} <= {"body-without-figures"}
    assert evidence.bodies.ids == tuple(ids)
    np.testing.assert_array_equal(evidence.bodies.covariates["population"], [0.5, 1.5, 2.5])
    official = evidence.official
    for at, row in enumerate(rows):
        assert (official.body[at], official.periods[official.period[at]]) == (row["body"], row["period"])
        assert (official.indicators[official.indicator[at]], official.value[at]) == (row["indicator"], row["value"])
        assert official.se is None or official.se[at] == row.get("se") or "se" not in row
        if "released_on" in row:
            assert official.released_on is not None
            assert official.released_on[at] == (row["released_on"] - dt.date(1970, 1, 1)).days
        if "note" in row:
            assert official.note is not None and official.notes[official.note[at]] == row["note"]
    assert evidence.terms.start_on == tuple(day.isoformat() for day, _ in days)
    assert [(incident.occurred_on, incident.confirmed_by) for incident in evidence.incidents] == [
        (day.isoformat(), by) for day, by in days
    ]


def test_a_template_of_the_tables_of_the_audit_loads_clean_once_filled(tmp_path: Path) -> None:
    book = replace(audited.CODEBOOK, records=tuple(audited.TABLES))
    (tmp_path / "evidence").mkdir()
    path = write_template(tmp_path / "evidence" / "evidence.xlsx", book)
    for table, text in {"bodies": audited.BODIES, "official": audited.OFFICIAL, **audited.TABLES}.items():
        _fill(path, table, [dict(row) for row in csv.DictReader(text.splitlines())])
    found = load_evidence(tmp_path, book)
    assert not found.problems and {name: one.rows for name, one in found.records.items()} == dict.fromkeys(
        audited.TABLES, 2
    )
    checked = load_workbook(path)["targets"].data_validations.dataValidation
    assert len({rule.formula1 for rule in checked if rule.type == "list"}) == 3  # bodies, indicators, qualifiers
