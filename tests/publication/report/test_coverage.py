"""The part of the report on who can vouch for figures."""

from __future__ import annotations

import re

import pytest

from minping.publication.report import coverage as part
from minping.publication.report.view import view_of
from minping.scoring.evaluation import Evaluation


def test_indicators_have_a_bar_each_and_a_row_in_the_table(evaluation: Evaluation) -> None:
    html = part.coverage_part(view_of(evaluation, "en"))
    assert "100% self-reported alone" in html and html.count(' piece"') == 3
    rows = re.findall(r'<th scope="row">(.*?)</th>', html)
    assert len(rows) == 4 and "growth" in rows[2]
    assert "北" not in html and "东区" not in html  # of the scheme, not of bodies


def test_many_indicators_are_told_by_part_of_the_score(evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "MOST_ROWS", 2)
    html = part.coverage_part(view_of(evaluation, "en"))
    labels = re.findall(r'<text [^>]*class="label en" lang="en">([^<]+)</text>', html)
    assert labels[1:] == ["People", "Economy"] and html.count(' piece"') == 3
    assert "60.0%" in html and "40.0%" in html


def test_the_section_stands_in_the_audit(evaluation: Evaluation) -> None:
    from minping.publication.report_html import render_report

    html = render_report(evaluation)
    assert html.index('id="h-audit"') < html.index('id="coverage"') < html.index('id="h-bodies"')
