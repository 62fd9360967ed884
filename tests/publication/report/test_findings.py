"""Cards of findings in the report: under what is looked for, with rows of official figures and none of citizens' voices."""

from __future__ import annotations

from dataclasses import replace

import pytest

from minping.publication.report import findings
from minping.publication.report.findings import finding_cards
from minping.publication.report.view import View, view_of
from tests.scoring.test_findings_shown import evaluated, folder


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    return view_of(evaluated(folder(tmp_path_factory.mktemp("cards"))), "zh")


def test_each_finding_has_a_card_with_rows_reply_and_other_explanations(view: View) -> None:
    page = finding_cards(view)
    assert page.count("<article") == 3 and page.count("<h3>") == 1
    for words in (
        "finding confirmed",
        "finding open",
        "finding dismissed",
        "evidence/official.csv:7",
        "也可能是",
        "May also be",
    ):
        assert words in page


def test_rows_of_citizens_voices_stand_nowhere(view: View) -> None:
    said = replace(view.found[0], suspicion="copied", sample=("evidence/ratings.csv:7",))
    page = finding_cards(replace(view, found=(said,)))
    assert "ratings.csv" not in page and "群众评价是否真实" in page


def test_many_findings_end_with_where_all_stand(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "MOST_CARDS", 2)
    assert "1 more stand in findings.csv" in finding_cards(view) and finding_cards(replace(view, found=())) == ""
