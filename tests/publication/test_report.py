"""The parts of report.html: what is told of a result, and what is never told."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from minping.publication.report.bodies import body_sections
from minping.publication.report.breakdown import dimensions_table, grades_chart, map_chart, resting_chart, scores_chart
from minping.publication.report.citizens import companion_charts
from minping.publication.report.glossary import GLOSSARY
from minping.publication.report.results import ranking
from minping.publication.report.rules import (
    adjustments_table,
    failures_table,
    given_weight,
    grades_table,
    nodes_table,
    problems_table,
    sources_table,
    waivers_table,
)
from minping.publication.report.tiers import neighbours_table, tier_list, undecided_words
from minping.publication.report.trail import figures_of, place_of
from minping.publication.report.trends import trend_charts
from minping.publication.report.view import View, anchors_of, view_of
from minping.scoring.evaluation import Evaluation
from minping.words import Text
from tests.publication.evaluations import SCHEME, evaluation_in


@pytest.fixture(scope="session")
def view(evaluation: Evaluation) -> View:
    return view_of(evaluation, "zh")


def view_with(folder: Path, old: str, new: str, **others: object) -> View:
    assert old in SCHEME, old
    return view_of(evaluation_in(folder, SCHEME.replace(old, new), **others), "zh")  # type: ignore[arg-type]


def text_of(markup: str) -> str:
    return re.sub(r"<[^>]+>", " ", markup)


def test_every_body_is_listed_with_its_interval_in_the_order_of_the_ranks(view: View) -> None:
    (page,) = ranking(view)
    rows = re.findall(r"<tr>.*?</tr>", page.table if hasattr(page, "table") else str(page), re.S)
    text = text_of(" ".join(rows))
    order = [view.names[at].zh.replace("&", "&amp;").replace("<", "&lt;") for at in view.order]
    assert [text.index(name) for name in order] == sorted(text.index(name) for name in order)
    assert len(re.findall(r"\d+\.\d\d–\d+\.\d\d", text)) >= 5


@pytest.mark.parametrize("published", ["groups_only", "none"])
def test_ranks_that_are_not_published_stand_nowhere(tmp_path: Path, published: str) -> None:
    view = view_with(tmp_path, "publish: {licence: CC-BY-4.0}", f"publish: {{ranking: {published}}}")
    page = " ".join(
        [*map(str, ranking(view)), *map(str, body_sections(view, {})), tier_list(view), *companion_charts(view)]
    )
    told = text_of(page).replace("rank correlation", "correlation")
    assert "位次" not in told and "rank " not in told.lower()
    assert ("第 1 组" in text_of(page)) == (published == "groups_only")
    assert neighbours_table(view) == ""


def test_without_draws_there_are_no_ranks_and_no_intervals(tmp_path: Path) -> None:
    view = view_with(tmp_path, "draws: 200", "draws: 0")
    page = text_of(" ".join([*map(str, ranking(view)), tier_list(view), scores_chart(view), grades_chart(view)]))
    assert "位次" not in page and "区间" not in page and not view.ranked and not view.tiered
    assert view.order.tolist() == [0, 1, 2, 3, 4]


def test_bodies_that_cannot_be_told_apart_are_counted(view: View) -> None:
    said = undecided_words(view)
    assert "10 对" in said.zh and "Of 10 pairs" in said.en
    listed = text_of(tier_list(view))
    assert all(name.zh.replace("&", "&amp;").replace("<", "&lt;") in listed for name in view.names)


def test_neighbours_are_given_the_probability_of_standing_above(view: View) -> None:
    table = neighbours_table(view)
    assert len(re.findall(r"\d+%", table)) == 4


def test_every_figure_of_a_body_names_its_file_and_row(view: View) -> None:
    sections = body_sections(view, {})
    assert len(sections) == 5
    first = str(sections[0])
    places = re.findall(r"evidence/official\.csv:(\d+)", first)
    assert len(places) == 4
    figures = figures_of(view.evaluation, int(view.order[0]))
    rows = (
        (Path(view.evaluation.evidence.folder) / "evidence" / "official.csv").read_text(encoding="utf-8").splitlines()
    )
    for figure in figures.values():
        row = rows[int(figure.place.rpartition(":")[2]) - 1].split(",")
        assert float(row[3]) == figure.value and row[0] == view.evaluation.scores.bodies[view.order[0]]
    assert place_of(view.evaluation, -1) == ""


def test_the_steps_from_the_peers_sum_to_the_score(view: View) -> None:
    scores = view.evaluation.scores
    for at, section in zip(view.order.tolist(), body_sections(view, {}), strict=True):
        totals = re.findall(r"本单位.*?</tr>", str(section), re.S)[-1]
        assert f"{scores.score[at]:.2f}" in totals


def test_what_a_body_replies_stands_in_its_section(view: View) -> None:
    body = view.evaluation.scores.bodies[0]
    sections = body_sections(view, {body: Text("数据<b>有误</b>", "the figures are wrong")})
    told = [str(section) for section in sections if "有误" in str(section)]
    assert len(told) == 1 and "&lt;b&gt;有误" in told[0]


def test_a_missing_figure_is_said_to_be_missing(tmp_path: Path) -> None:
    view = view_with(tmp_path, "draws: 200", "draws: 20", missing=("b01", "2016", "wait"))
    told = " ".join(map(str, body_sections(view, {})))
    assert "缺失" in told and "missing" in told
    assert "b01" not in text_of(resting_chart(view)) and resting_chart(view) != ""


def test_citizens_stand_beside_the_score_with_their_agreement(view: View) -> None:
    told = " ".join(map(str, companion_charts(view)))
    assert "公众满意度" in told and "斯皮尔曼" in text_of(told)


def test_dimensions_are_tabled_with_tints(view: View) -> None:
    table = dimensions_table(view)
    assert "民生" in table and "经济" in table and table.count('<td class="n h') == 10


def test_trends_need_two_periods(view: View) -> None:
    assert "2015" in trend_charts(view) and "没有趋势可言" not in trend_charts(view)
    only = replace(view.evaluation, history={"2016": view.evaluation.scores})
    assert "没有趋势可言" in trend_charts(view_of(only, "zh"))


def test_a_map_is_drawn_where_shapes_are_given(view: View) -> None:
    square = [[[0, 0], [1, 0], [1, 1], [0, 0]]]
    shapes = {"features": [{"properties": {"body": "b00"}, "geometry": {"type": "Polygon", "coordinates": square}}]}
    assert "4 个单位没有边界数据" in map_chart(view, shapes)
    assert map_chart(view, None) == "" and map_chart(view, {"features": []}) == ""


def test_the_rules_tell_weights_reasons_and_authority(view: View) -> None:
    nodes = text_of(nodes_table(view))
    assert "比例的自然界限" in nodes and "70" in nodes
    assert (
        given_weight(view.evaluation.scheme, "people") == "60" and given_weight(view.evaluation.scheme, "total") == ""
    )
    assert "第三条" in adjustments_table(view) and "−2" in adjustments_table(view)
    assert "≥ 60.00" in text_of(grades_table(view))
    assert "复核由上级机关另行规定" in waivers_table(view)
    assert failures_table(view) == "" and "official.csv" in sources_table(view)


def test_weights_by_type_are_told_type_by_type() -> None:
    from tests.made import scheme

    text = "subjects: {types: {u: {title: u}, r: {title: r}}}\nindicators:\n"
    text += "  - {id: a, title: a, direction: higher, weight: {u: 3, r: 1}, normalise: given}\n"
    assert given_weight(scheme(text).scheme, "a") == "u 3; r 1"


def test_problems_are_said_to_need_verification(view: View) -> None:
    problems = view.evaluation.linted.problems
    table = problems_table(problems, "linted", Text("方案检查", "linter"))
    assert "待核实" in table and all(problem.code in table for problem in problems)
    many = problems_table(problems * 500, "linted", Text("方案检查", "linter"))
    assert "另有" in many


def test_every_term_is_explained_in_both_languages() -> None:
    lines = list(GLOSSARY)
    assert len(lines) >= 12
    assert all(part for line in lines for words in line for part in words)


def test_anchors_are_unique_and_hold_no_space() -> None:
    anchors = anchors_of(("a_b-3", "a b", "a_b", "a\tb", "北京"))
    assert len(set(anchors)) == 5 and not any(re.search(r"\s", anchor) for anchor in anchors)


def test_a_bodies_name_leads_to_its_section_only_where_it_has_one(view: View) -> None:
    assert all(str(name).startswith("<a href=") for name in view.linked().values())
    assert np.isnan(view.nothing()).all()
