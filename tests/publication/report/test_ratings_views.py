"""The chart of the same ratings in several views: drawn as counted, words as figures, nothing where nothing is."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from minping.publication.charts.chart import Column, Heading, Table
from minping.publication.charts.interval_rows import END, PLOT, Axis
from minping.publication.charts.interval_sets import Line, Set, interval_sets
from minping.publication.charts.scales import Scale
from minping.publication.report.ratings_views import views_chart, views_words
from minping.publication.report.view import view_of
from minping.scoring.views import Views
from minping.words import Text
from tests.publication.evaluations import evaluation_in
from tests.scoring.test_calibration_remarks import evaluated, folder

KINDS = (Text("甲", "one"), Text("乙", "two"), Text("丙", "three"))
AXIS = Axis(Scale(0.0, 100.0, PLOT, END), [(0, "0"), (100, "100")], Text("%", "%"))


def drawn(*sets: Set) -> str:
    heading = Heading("key", Text("图", "chart"), Text("说明", "about"))
    return interval_sets(heading, sets, KINDS, AXIS, Table([Column(Text("名", "name"))], [])).drawing


def test_every_figure_has_its_own_mark_at_its_place() -> None:
    svg = drawn(Set(Text("城", "town"), [Line(at, at - 5, at + 5, f"{at}") for at in (20.0, 50.0, 80.0)]))
    places = [f"{AXIS.scale.at(at):.2f}%" for at in (20, 50, 80)]
    assert f'class="ring" cx="{places[0]}"' in svg and f'class="dot" cx="{places[1]}"' in svg
    assert f'x="{places[2]}"' in svg and svg.count('class="diamond"') == 2  # one in the key
    assert len(re.findall(r'class="interval (ring|dot|diamond)"', svg)) == 3


def test_a_figure_that_is_not_there_is_a_dash_and_no_mark() -> None:
    nothing = float("nan")
    svg = drawn(Set(Text("城", "town"), [Line(20.0, 10.0, 30.0, "20.0")] + [Line(nothing, nothing, nothing, "—")] * 2))
    assert svg.count("—") == 2 and svg.count('class="dot"') == 1 and 'class="interval dot"' not in svg


def test_names_stay_text() -> None:
    svg = drawn(Set(Text("<b>&", "<b>&"), [Line(1.0, 0.0, 2.0, "1")] * 3))
    assert "<b>" not in svg and "&lt;b&gt;&amp;" in svg


def test_the_words_say_what_the_figures_do() -> None:
    figure = np.array([[98.0, 97.0, 99.0], [95.0, 97.0, 96.0], [94.0, np.nan, 97.5]])
    found = Views(Text("好评率", "satisfied"), "%", ("as_ruled", "as_rated", "calibrated"), figure, figure, figure)
    said = views_words(found)
    assert "for 2 of 3 bodies; the median difference is +3.0, the largest 3.0" in said.en
    assert "for 1 of 2 bodies; the median difference is +0.2, the largest 1.5" in said.en
    assert "1 body can't be calibrated" in said.en and "1 个单位不能校准" in said.zh


def test_the_chart_has_every_figure_in_its_table(tmp_path: Path) -> None:
    evaluation = evaluated(folder(tmp_path), "to: [channel], few: pool")
    html = views_chart(view_of(evaluation, "zh"))
    figures = [row["value"] for row in evaluation.table("values").to_pylist() if row["value"] == row["value"]]
    assert len(figures) == 5 and all(f">{value:.1f}</td>" in html for value in figures)
    assert "校准到全部办件" in html and "calibrated to all cases" in html


def test_where_nobody_rates_there_is_no_chart(tmp_path: Path) -> None:
    assert views_chart(view_of(evaluation_in(tmp_path), "zh")) == ""
