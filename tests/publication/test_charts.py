"""Charts: real text, a name in both languages, a table with the same figures, marks where the figures are."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minping.publication.charts.band_bars import Bar, band_bars
from minping.publication.charts.chart import Chart, Column, Heading, Table, table_html
from minping.publication.charts.choropleth import areas_of, tier_map
from minping.publication.charts.criteria_matrix import MET, NOT_MET, UNTOLD, criteria_matrix
from minping.publication.charts.grade_bars import grade_bars
from minping.publication.charts.heat_table import heat_table, level_of
from minping.publication.charts.interval_rows import END, PLOT
from minping.publication.charts.markup import Html, escaped, shortened, spans, svg_text, width_em
from minping.publication.charts.numbers import fixed, percent, plain, signed, span
from minping.publication.charts.rank_interval import rank_intervals
from minping.publication.charts.resting_bars import resting_bars
from minping.publication.charts.scales import Scale, around, step_of, ticks
from minping.publication.charts.scatter import Beside, ranks_of, scatter
from minping.publication.charts.score_interval import score_intervals
from minping.publication.charts.small_multiples import small_multiples
from minping.publication.charts.waterfall import waterfall
from minping.publication.charts.weight_bars import Piece, Row, weight_bars
from minping.words import Text

NAN = float("nan")
HEAD = Heading("k", Text("标题", "title"), Text("说明", "about"))
HOSTILE = Text('<script>"&', "<img onerror='x'>")
SVG = "{http://www.w3.org/2000/svg}"


def names(count: int) -> list[Text]:
    return [Text(f"单位{at}", f"body {at}") for at in range(count)]


def drawings(count: int, called: list[Text] | None = None, value: float | None = None) -> dict[str, Chart]:
    """Every chart of `count` bodies, one of them without figures where there are several."""
    called = called or names(count)
    score = np.linspace(90, 60, count) if value is None else np.full(count, value)
    score[-1] = NAN if count > 2 else score[-1]
    rank, tier = np.arange(1.0, count + 1), np.arange(count) // 2 + 1
    return {
        "rank": rank_intervals(HEAD, called, rank, rank, np.minimum(rank + 2, count), tier),
        "score": score_intervals(HEAD, called, score, score - 2, score + 2),
        "waterfall": waterfall(HEAD, (Text("同类平均", "peers"), 70.0), called, score - 70, Text("本单位", "this")),
        "scatter": scatter(HEAD, called, score, Beside(HOSTILE, "%", score[::-1].copy(), 0.5)),
        "multiples": small_multiples(HEAD, called, ["2015", "2016", "2017"], np.column_stack([score, score - 1, score + 1])),
        "grades": grade_bars(HEAD, called, [Text("优", "a"), Text("良", "b")], np.column_stack([score / 100, 1 - score / 100])),
        "weights": weight_bars(
            HEAD,
            [Row(name, [Piece(name, share / 100, at % 2)]) for at, (name, share) in enumerate(zip(called, score, strict=True))],
            [Text("他方", "others"), Text("自报", "self")],
            Table([Column(Text("名", "name")), Column(Text("权重", "weight"), True)], [(name, "1") for name in called]),
        ),
        "bands": band_bars(HEAD, [Bar(name, figure, Text("绿", "green"), figure / 100) for name, figure in zip(called, score.tolist(), strict=True)], (120, 200, 300), (Text("左", "left"), Text("右", "right")), Table([Column(Text("单位", "body"))], [(name,) for name in called])),
        "resting": resting_bars(HEAD, called, [Text("填补", "imputed")], score[:, None] / 100),
    }  # fmt: skip


def svg_of(chart: Chart) -> ElementTree.Element:
    found = re.search(r"<svg.*?</svg>", chart.drawing, re.S)
    assert found is not None
    return ElementTree.fromstring(
        found[0] if "xmlns" in found[0] else found[0].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    )


CHARTS = list(drawings(3))


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("count", [1, 2, 31, 300])
def test_a_drawing_is_well_formed_and_names_itself_in_both_languages(kind: str, count: int) -> None:
    chart = drawings(count)[kind]
    svg = svg_of(chart)
    assert svg.get("role") == "img"
    titles = [one.text for one in svg.iter(f"{SVG}title")]
    assert titles[:2] == ["标题", "title"] and [one.text for one in svg.iter(f"{SVG}desc")][:2] == ["说明", "about"]
    ids = {one.get("id") for one in svg.iter() if one.get("id")}
    assert set((svg.get("aria-labelledby") or "").split()) <= ids


@pytest.mark.parametrize("kind", CHARTS)
def test_no_place_is_lost_where_all_figures_are_alike_or_missing(kind: str) -> None:
    for chart in (drawings(5, value=70.0)[kind], drawings(5, value=NAN)[kind]):
        assert not re.search(r'"(nan|-?inf)', chart.drawing)
        svg_of(chart)


@pytest.mark.parametrize("kind", CHARTS)
def test_hostile_names_stay_text(kind: str) -> None:
    chart = drawings(4, called=[HOSTILE] * 4)[kind]
    page = chart.figure()
    assert "<script" not in page and "<img" not in page and "&lt;script&gt;" in page
    svg_of(chart)


@pytest.mark.parametrize("kind", CHARTS)
def test_text_is_text_and_the_table_follows(kind: str) -> None:
    chart = drawings(4)[kind]
    page = chart.figure(level="h3")
    assert page.index("<table>") > page.index("</svg>") and "<summary>" in page
    assert page.count("<tr>") >= 3 and '<th scope="row">' in page
    if kind != "multiples":
        assert "<text" in chart.drawing


def places(chart: Chart, attribute: str, mark: str) -> list[float]:
    return [
        float(found)
        for found in re.findall(rf'<{mark} class="(?:dot|interval)"[^>]*?\b{attribute}="([\d.]+)%', chart.drawing)
    ]


def test_dots_stand_where_the_scores_are() -> None:
    chart = score_intervals(
        HEAD, names(3), np.array([60.0, 80.0, 70.0]), np.array([58.0, 75, 70]), np.array([62.0, 85, 70])
    )
    dots = places(chart, "cx", "circle")
    assert dots[0] < dots[2] < dots[1] and all(PLOT <= at <= END for at in dots)
    assert math.isclose(dots[2] - dots[0], dots[1] - dots[2], abs_tol=0.02)
    widths = places(chart, "width", "rect")
    assert widths[1] > widths[0] > widths[2] > 0


def test_the_best_rank_stands_first_and_tiers_stand_on_bands() -> None:
    rank = np.array([1.0, 2.0, 3.0, 4.0])
    chart = rank_intervals(
        HEAD, names(4), rank, np.array([1.0, 1, 3, 3]), np.array([2.0, 2, 4, 4]), np.array([1, 1, 2, 2])
    )
    assert places(chart, "cx", "circle") == sorted(places(chart, "cx", "circle"))
    assert "第 1 组 · 2 个单位" in chart.drawing and "Tier 2 · 2 bodies" in chart.drawing
    assert next(list(row)[1:] for row in chart.table.rows) == ["1", "1–2", "1"]


def test_the_steps_of_a_waterfall_lead_from_the_peers_to_the_body() -> None:
    chart = waterfall(
        HEAD, (Text("同类", "peers"), 70.0), names(3), np.array([5.0, NAN, -2.5]), Text("本", "this"), decimals=1
    )
    rows = [list(row) for row in chart.table.rows]
    assert [row[2] for row in rows] == ["70.0", "75.0", "75.0", "72.5", "72.5"]
    assert [row[1] for row in rows][1:-1] == ["+5.0", "0.0", "−2.5"]
    assert chart.drawing.count('class="gain"') == 2 and chart.drawing.count('class="loss"') == 1


def test_a_period_without_a_figure_is_a_gap_in_the_line() -> None:
    chart = small_multiples(HEAD, names(1), ["1", "2", "3", "4", "5"], np.array([[1.0, 2.0, NAN, 3.0, 4.0]]))
    paths = re.findall(r' d="([^"]+)"', chart.drawing)
    assert any(path.count("M") == 2 for path in paths)
    assert "—" in next(list(row) for row in chart.table.rows)


def test_names_furthest_apart_come_first_beside_the_score() -> None:
    score, other = np.array([90.0, 80.0, 70.0]), np.array([10.0, 20.0, 30.0])
    chart = scatter(HEAD, names(3), score, Beside(Text("满意", "satisfied"), "%", other, -1.0))
    rows = [list(row) for row in chart.table.rows]
    assert [row[3] for row in rows] == ["2", "2", "0"] and rows[-1][0] == Text("单位1", "body 1")
    assert "−1.00" in chart.drawing


def test_where_ranks_are_not_shown_bodies_keep_their_order_and_no_rank_is_told() -> None:
    beside = Beside(Text("满意", "satisfied"), "%", np.array([20.0, 10.0, 30.0]), -1.0)
    chart = scatter(HEAD, names(3), np.array([70.0, 90.0, 80.0]), beside, ranked=False)
    assert [row[0] for row in chart.table.rows] == names(3) and "位次" not in chart.figure()


def test_ranks_beside_the_score_know_what_is_better() -> None:
    there = np.array([True, True, False])
    beside = Beside(Text("", ""), "", np.array([1.0, 2.0, 0.0]), 0.0, lower_is_better=True)
    one, other = ranks_of(np.array([5.0, 6.0, 9.0]), beside, there)
    np.testing.assert_array_equal(one, [2, 1, NAN])
    np.testing.assert_array_equal(other, [1, 2, NAN])


def test_tints_follow_the_points() -> None:
    table = heat_table(HEAD, names(2), [Text("甲", "a"), Text("乙", "b")], np.array([[0.0, 50.0], [NAN, 100.0]]))
    assert re.findall(r'class="n h(\d)"', table) == ["0", "3", "5"] and "—" in table
    assert [level_of(x, 0, 60) for x in (0, 9.9, 10, 59, 60)] == [0, 0, 1, 5, 5]


SQUARE = [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]


def geojson(*bodies: str) -> dict[str, object]:
    return {
        "type": "FeatureCollection",
        "features": [
            {"properties": {"body": body}, "geometry": {"type": "Polygon", "coordinates": SQUARE}} for body in bodies
        ],
    }


def test_a_map_shows_tiers_of_the_bodies_that_have_a_shape() -> None:
    chart = tier_map(HEAD, ["a", "b", "c"], names(3), np.array([1, 2, 0]), areas_of(geojson("a", "b", "x")))
    assert chart.drawing.count('class="area s') == 2 and ">1</text>" in chart.drawing
    assert [list(row)[2] for row in chart.table.rows] == ["1", "1"]


@pytest.mark.parametrize(
    "broken",
    [None, [], {"features": 1}, {"features": [{"properties": None}]}, {"features": [1]},
     {"features": [{"properties": {"body": "a"}, "geometry": {"type": "Polygon", "coordinates": [["x", [1, None]]]}}]},
     {"features": [{"properties": {"body": "a"}, "geometry": {"type": "Polygon", "coordinates": [[[10**400, 1], [1e308, 2], [3, 4]]]}}]},
     {"features": [{"properties": {"body": "a"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}],
)  # fmt: skip
def test_shapes_that_are_none_are_left_out(broken: object) -> None:
    assert areas_of(broken) == {}


@given(st.lists(st.integers(-(10**9), 10**9).map(lambda at: at / 1000), min_size=1, max_size=40))
def test_an_axis_holds_every_figure_and_keeps_their_order(figures: list[float]) -> None:
    scale = around(figures, 10, 90)
    at = [scale.at(figure) for figure in sorted(figures)]
    assert at == sorted(at) and min(at) >= 10 and max(at) <= 90
    assert scale.low <= min(figures) and max(figures) <= scale.high


@given(st.floats(-1e5, 1e5), st.floats(1e-3, 1e5))
def test_marks_are_round_and_lie_on_the_axis(low: float, wide: float) -> None:
    step, marks = step_of(low, low + wide), ticks(low, low + wide)
    assert len(marks) <= 12
    assert all(low - step * 1e-6 <= mark <= low + wide + step * 1e-6 for mark in marks)
    leading = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert min(abs(leading - digit) for digit in (1, 2, 5, 10)) < 1e-6


def test_a_null_axis_has_its_figures_in_the_middle() -> None:
    assert Scale(3, 3, 0, 100).at(3) == 50 and around([NAN], 0, 100).low == 0


def test_numbers_are_said_as_print_says_them() -> None:
    assert (fixed(None, 2), fixed(math.inf, 1), signed(-0.001, 2), plain(1e-12)) == ("—", "—", "0.00", "1e−12")
    assert (percent(None), percent(1.0, 0), span("a", "a"), span("—", "b")) == ("—", "100%", "a", "—")


def test_words_are_said_once_where_both_languages_agree() -> None:
    assert spans(Text("R&D", "R&D")) == "R&amp;D" and spans(Text("", "only")) == "only"
    assert spans(Text("北京", "北京")) == '<span lang="zh-Hans">北京</span>'
    assert svg_text(Text("甲", "a"), 'class="label" x="1"').count("<text") == 2


def test_control_and_direction_characters_become_visible() -> None:
    assert escaped("a\u202eb\x00c") == "a\ufffdb\ufffdc"


@given(st.text(max_size=60), st.floats(2, 30))
def test_a_shortened_name_is_never_wider_than_asked(name: str, most: float) -> None:
    cut = shortened(name, most)
    assert cut == name or width_em(cut) <= most + 1


def test_markup_is_printed_as_it_is_and_other_cells_are_escaped() -> None:
    table = table_html(
        Table([Column(Text("a", "a")), Column(Text("b", "b"), True)], [(Html("<i>x</i>"), "<i>")]), "t", Text("c", "c")
    )
    assert "<i>x</i>" in table and "&lt;i&gt;" in table and 'tabindex="0"' in table


def test_pieces_of_a_weight_bar_lie_side_by_side_and_kinds_have_their_totals() -> None:
    one, other = names(2)
    rows = [Row(one, [Piece(one, 0.3, 0), Piece(other, 0.3, 1)]), Row(other, [Piece(other, 0.4, 1)])]
    drawn = weight_bars(HEAD, rows, [one, other, HOSTILE], Table([Column(one)], [])).drawing
    found = re.findall(r'class="(\w+) piece" x="([\d.]+)%" y="[\d.]+" width="([\d.]+)%"', drawn)
    assert [fill for fill, _, _ in found] == ["gain", "interval", "interval"]
    places = [(float(x), float(width)) for _, x, width in found]
    assert places[1][0] == pytest.approx(sum(places[0]), abs=0.02)
    assert places[2][1] / places[0][1] == pytest.approx(4 / 3, rel=0.01)
    assert "body 0 30.0%" in drawn and "body 1 70.0%" in drawn and "&lt;script" not in drawn  # a kind that is not there


def test_bars_of_a_ratio_stand_against_the_lines_of_the_bands_and_end_where_the_axis_ends() -> None:
    bars = [Bar(name, ratio, Text("红", "red"), 0.5) for name, ratio in zip(names(3), (120.0, 300.0, 9000.0), strict=True)]  # fmt: skip
    table = Table([Column(Text("单位", "body"))], [])
    chart = band_bars(HEAD, bars, (120, 200, 300), (Text("左", "left"), Text("右", "right")), table)
    lines = [float(x) for x in re.findall(r'class="median" x1="([\d.]+)%', chart.drawing)]
    rects = re.findall(r'<rect class="interval" x="([\d.]+)%" y="[\d.]+" width="([\d.]+)%"', chart.drawing)
    ends = [float(x) + float(width) for x, width in rects][::2]
    assert math.isclose(ends[0], lines[0], abs_tol=0.02) and math.isclose(ends[1], lines[2], abs_tol=0.02)
    assert lines == sorted(lines) and ends[2] > lines[2] and "→ 9000% red" in chart.drawing
    assert len({width for _, width in rects[1::2]}) == 1


def test_signs_of_a_matrix_differ_in_form_and_are_said_in_words() -> None:
    assert len({one.mark for one in (MET, NOT_MET, UNTOLD)}) == len({one.words for one in (MET, NOT_MET, UNTOLD)}) == 3
    heads = [Text("甲", "a"), Text("乙", "b"), Text("丙", "c")]
    html = criteria_matrix(HEAD, Text("项目", "project"), heads, [Text("数", "n")], [(HOSTILE, (MET, NOT_MET, UNTOLD), ("1/2",))])  # fmt: skip
    row = html[html.index("<tbody>") :]
    assert re.findall(r'<td class="sign (\w+)"', row) == ["met", "unmet", "untold"] and "1/2" in row
    assert re.findall(r'<span class="en" lang="en">([^<]+)</span></span>', row) == [
        "met",
        "not met",
        "could not be told",
    ]
    assert "<script" not in html and html.count('scope="col"') == 5
