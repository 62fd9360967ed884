"""What people ask for, in the report: growth in words, nothing below k, nothing of anybody's own."""

from __future__ import annotations

import csv
import re
from dataclasses import replace

import numpy as np
import pytest

from minping.pipeline import evaluate, load_evidence
from minping.publication.charts.chart import Column, Heading, Table
from minping.publication.charts.count_bars import count_bars
from minping.publication.report.asked import asked_section, growth_words
from minping.publication.report.view import view_of
from minping.scheme.read import read_scheme
from minping.scoring.evaluation import Evaluation
from minping.words import Text, both
from tests.conftest import ROOT

pytestmark = pytest.mark.slow  # counties are simulated, audited or run

COUNTY = ROOT / "examples" / "county"


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    scheme = read_scheme(COUNTY)
    return evaluate(scheme, load_evidence(COUNTY, scheme), draws=0)


@pytest.fixture(scope="module")
def html(evaluation: Evaluation) -> str:
    return asked_section(view_of(evaluation, "zh"))


def test_every_part_is_there_in_both_languages(html: str) -> None:
    for key in ("themes", "themes-months", "themes-bodies", "asked-done", "apart-spending", "apart-tasks"):
        assert f'id="{key}"' in html or f'id="{key}-c"' in html, key
    assert "Themes of the requests" in html and "诉求主题" in html and "no verdict" in html and "不是结论" in html


def test_no_text_place_or_request_of_anybody_is_shown(html: str) -> None:
    with (COUNTY / "evidence" / "requests.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert not [row["text"] for row in rows if row["text"] in html]
    assert not [row["place"] for row in rows if row["place"] and row["place"] in html]
    assert not re.search(r"\bR\d{6}\b", html)


def test_the_growing_theme_is_said_in_words_and_marked(evaluation: Evaluation, html: str) -> None:
    assert evaluation.themes is not None
    words = growth_words(evaluation.themes, 10)
    assert "电动车" in words.zh and "times as before" in words.en and "电动车" in words.en
    assert 'class="label marked"' in html and "×" in html


def test_calm_months_and_too_few_are_said_as_such(evaluation: Evaluation) -> None:
    themes = evaluation.themes
    assert themes is not None
    calm = replace(themes, growth=replace(themes.growth, q=np.ones(len(themes.terms))))
    assert "no theme grows" in growth_words(calm, 10).en and "没有主题" in growth_words(calm, 10).zh
    few = replace(themes, growth=replace(themes.growth, p=np.full(len(themes.terms), np.nan)))
    assert "Too few months" in growth_words(few, 10).en


def test_a_theme_that_was_hardly_there_before_is_new_and_no_ratio_tells_how_few(evaluation: Evaluation) -> None:
    themes = evaluation.themes
    assert themes is not None
    at = int(np.nanargmin(themes.growth.q))
    counts = themes.by_month.copy()
    counts[at, :-1] = 1
    words = growth_words(replace(themes, by_month=counts), 10)
    assert "is new" in words.en and "新出现" in words.zh and "times" not in words.en


def test_without_requests_or_effort_nothing_is_shown(evaluation: Evaluation) -> None:
    assert asked_section(view_of(replace(evaluation, themes=None, alignment=None), "en")) == ""
    only = asked_section(view_of(replace(evaluation, themes=None), "en"))
    assert "asked-done" in only and "themes" not in only


def test_bars_end_where_their_count_is_and_hidden_ones_have_none() -> None:
    heading = Heading("k", Text("名", "name"), both(""))
    names, table = [both("甲"), both("乙"), both("<丙>")], Table([Column(both("a"))], [])
    drawn = count_bars(
        heading, names, np.array([50.0, 100.0, np.nan]), ["50", "100", "< 10"], [False, True, False], table
    )
    widths = [float(width) for width in re.findall(r'class="interval"[^>]*width="([\d.]+)%"', drawn.drawing)]
    assert len(widths) == 2 and widths[1] == pytest.approx(2 * widths[0], abs=0.02)
    assert "&lt; 10" in drawn.drawing and "&lt;丙&gt;" in drawn.drawing and drawn.drawing.count("marked") == 1
