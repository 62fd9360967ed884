"""Tables that go out filled in part and come back as evidence."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from openpyxl import load_workbook

from minping.evidence.prefilled import prefilled_csv, prefilled_xlsx
from minping.evidence.tables import TABLES
from tests.evidence.audited import load

ROW = {
    "inspection": "I-1",
    "body": "b1",
    "visited_on": "2024-05-04",
    "claim": "=道路 里程",
    "reported_value": 100.0,
    "found_value": 96.5,
    "inspected_by": "upper",
    "probability": 1 / 3,
    "stratum": "2024 figure",
}


def test_a_csv_loads_and_keeps_every_digit(tmp_path: Path) -> None:
    text = prefilled_csv("inspections", [ROW]).decode()
    assert text.splitlines()[0] == ",".join(column.name for column in TABLES["inspections"].columns)
    assert float(text.splitlines()[1].split(",")[10]) == 1 / 3 and ",100," in text
    assert not [one for one in load(tmp_path, inspections=text).problems if one.severity == "error"]


def test_a_workbook_offers_choices_holds_text_as_text_and_loads(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(prefilled_xlsx("inspections", [ROW])))
    sheet = book["inspections"]
    assert sheet["D2"].value == "=道路 里程" and sheet["D2"].data_type == "s"
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == 1 and "lists!" in lists[0].formula1 and book["lists"].sheet_state == "hidden"
    assert [cell.value for cell in book["lists"]["A"]] == list(TABLES["inspections"].column("inspected_by").choices)
    loaded = load(tmp_path)  # a folder with bodies
    del loaded
    (tmp_path / "evidence" / "inspections.xlsx").write_bytes(prefilled_xlsx("inspections", [ROW]))
    from minping.evidence import load_evidence
    from minping.model.evidence import Codebook

    found = load_evidence(tmp_path, Codebook({}, records=("inspections",)))
    assert found.records["inspections"].rows == 1
    assert np.isclose(sheet["K2"].value, 1 / 3)
