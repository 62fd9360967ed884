"""The workbook for inspectors."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from minping.audit.suspicions import SUSPICIONS, UNSEEN
from minping.pipeline import audit_with_scores, load_evidence
from minping.publication.inspection_xlsx import inspection_bytes, sheet_names
from minping.scheme.read import read_scheme
from minping.words import Lang
from tests.conftest import ROOT

pytestmark = pytest.mark.slow  # counties are simulated, audited or run

SERVICE = ROOT / "src" / "minping" / "schemes" / "service"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_says_the_same_in_both_languages_and_leaves_room_to_reply(lang: Lang) -> None:
    folder = SERVICE
    scheme_file = read_scheme(folder)
    evidence = load_evidence(folder / "example", scheme_file)
    found, evaluation = audit_with_scores(scheme_file, evidence)
    content = inspection_bytes(found, evidence, evaluation, lang)
    assert content == inspection_bytes(found, evidence, evaluation, lang)
    book = load_workbook(io.BytesIO(content))
    overview = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=4)]
    assert [row[-1] for row in overview] == [one.id for one in found.findings]
    assert all(row[9] != row[10] for row, one in zip(overview, found.findings, strict=True) if one.rows)
    for sheet in book.worksheets[1:-1]:
        assert all(row[-1].value is None or row[-1].value == "" for row in sheet.iter_rows(min_row=4))
        assert (sheet.row_dimensions[4].height or 0) > 30  # the finding's words take more than a line
        assert ("待核实" if lang == "zh" else "needs checking") in str(sheet["A1"].value)
    last = [[cell.value for cell in row] for row in book.worksheets[-1].iter_rows(min_row=4)]
    assert len(last) == len(SUSPICIONS) + len(UNSEEN)


def test_names_of_sheets_are_short_plain_and_differ() -> None:
    names = sheet_names(["市/局[1]", "市:局*1?", "x" * 60, "x" * 50, "", "甲"])
    assert len(set(names)) == 6 and all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
