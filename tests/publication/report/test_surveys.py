"""The survey's part of the report: its words, its charts, and nothing of what few people said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minping.publication.report.surveys import asked_words, survey_charts
from minping.publication.report.view import view_of
from minping.publication.report_html import render_report
from minping.scoring.evaluation import Evaluation
from minping.scoring.survey_tables import surveys
from tests.scoring.test_survey_tables import SAID, evaluation

CASES = "b1,2024,complete,53\nb1,2024,refusal,40\nb2,2024,complete,44\nb2,2024,refusal,20\nb3,2024,complete,3\n"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return evaluation(tmp_path_factory.mktemp("survey"), SAID, CASES)


def test_it_says_who_was_asked_and_how_far_the_design_widens_errors(found: Evaluation) -> None:
    words = asked_words(view_of(found, "en"), surveys(found))
    assert words.en.startswith("Answers of 81 people about 2 bodies") and "design effect is 1.0" in words.en
    assert words.zh.startswith("2 个单位共有 81 人")


def test_each_part_has_its_chart_or_table_in_both_languages(found: Evaluation) -> None:
    page = survey_charts(view_of(found, "zh"))
    for key in ("survey-trust", "answers-trust", "responses"):
        assert f'id="{key}' in page
    assert page.count("<svg") == 2 and page.count('class="zh"') == page.count('class="en"')
    assert "应答率 RR2 %" in page and "Response RR2 %" in page


def test_nothing_of_a_body_of_few_is_shown(found: Evaluation) -> None:
    page = survey_charts(view_of(found, "zh"))
    rows = [row for row in re.findall(r"<tr>.*?</tr>", page) if "b3名" in row]
    assert len(rows) == 3
    for row in rows:
        assert not re.search(r"\d", re.sub(r"<[^>]+>|b3名", "", row))


def test_the_report_has_the_section_where_there_was_a_survey(found: Evaluation, evaluation: Evaluation) -> None:
    page = render_report(found)
    assert 'id="surveys"' in page and 'href="#surveys"' in page
    assert 'id="surveys"' not in render_report(evaluation)


def test_a_scale_of_other_levels_is_shown_in_points(tmp_path: Path) -> None:
    said = {"b1": ["5"] * 30 + ["4"] * 20, "b2": ["4"] * 25 + ["2"] * 10}
    page = survey_charts(view_of(evaluation(tmp_path, said), "en"))
    assert "very satisfied" in page and "very dissatisfied" not in page.split('id="answers-trust')[1].split("</svg>")[0]
