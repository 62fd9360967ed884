from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from minping.model.arrays import Floats
from minping.scheme.shape import Indicator, Points
from minping.scoring.points import capped, column_points, prepare, towards_ideal

SCALE = Points()
ALL = (np.arange(4),)


def indicator(rule: Any = "minmax", **keys: Any) -> Indicator:
    return Indicator.model_validate({"id": "i", "title": "i", "direction": "higher", "normalise": rule} | keys)


def named(name: str) -> Floats:
    return {"goal": np.array([10.0, 20.0, 40.0, np.nan])}[name]


def points(part: Indicator, values: list[float], scale: Points = SCALE, peers: Any = ALL, beside: Any = None) -> Floats:
    numbers = np.array(values)
    return column_points(prepare(part, numbers, scale, peers, named, beside), numbers)


def test_the_distance_from_an_ideal_counts_on_both_sides() -> None:
    values = np.array([3.0, 5.0, 8.0, np.nan])
    target = indicator({"method": "goalposts", "floor": 3, "target": 0}, direction="target", ideal=5)
    ranged = indicator({"method": "goalposts", "floor": 3, "target": 0}, direction="range", ideal=[4, 6])
    np.testing.assert_allclose(towards_ideal(values, target), [2, 0, 3, np.nan])
    np.testing.assert_allclose(points(target, values.tolist()), [100 / 3, 100, 0, np.nan])
    np.testing.assert_allclose(points(ranged, values.tolist()), [200 / 3, 100, 100 / 3, np.nan])


def test_a_bound_may_be_a_figure_of_each_body() -> None:
    part = indicator({"method": "attainment", "target": "goal"})
    np.testing.assert_allclose(points(part, [5, 5, 50, 5]), [50, 25, 100, np.nan])


def test_a_bound_may_be_a_percentile_of_the_peers() -> None:
    part = indicator({"method": "goalposts", "floor": "p0", "target": "p100"})
    np.testing.assert_allclose(points(part, [1, 3, 5, 10]), [0, 200 / 9, 400 / 9, 100])
    groups = (np.array([0, 1]), np.array([2, 3]))
    np.testing.assert_allclose(points(part, [1, 3, 5, 10], peers=groups), [0, 100, 0, 100])


def test_peers_are_compared_within_their_group() -> None:
    groups = (np.array([0, 2]), np.array([1, 3]))
    np.testing.assert_allclose(points(indicator(), [1, 10, 3, 40], peers=groups), [0, 0, 100, 100])


@pytest.mark.parametrize("rule", ["minmax", {"method": "goalposts", "floor": "p0", "target": "p100"}])
def test_with_the_frame_of_a_panel_other_periods_stand_beside(rule: Any) -> None:
    beside = np.array([[0.0], [20.0], [5.0], [np.nan]])
    np.testing.assert_allclose(points(indicator(rule), [1, 3, 5, 10], beside=beside), [5, 15, 25, 50])


def test_points_are_brought_to_the_scale_but_for_figures_that_are_points_already() -> None:
    scale = Points(low=60, high=100)
    np.testing.assert_allclose(points(indicator(), [1, 2, 3, 5], scale), [60, 70, 80, 100])
    np.testing.assert_allclose(points(indicator("given"), [1, 2, 3, 5], scale), [1, 2, 3, 5])


def test_another_method_takes_none_of_the_parameters_of_the_scheme() -> None:
    values = np.array([1.0, 2.0, 3.0, 5.0])
    column = prepare(indicator({"method": "goalposts", "floor": 0, "target": 1}), values, SCALE, ALL, named)
    np.testing.assert_allclose(column_points(column, values, "minmax"), [0, 25, 50, 100])
    np.testing.assert_allclose(column_points(column, values), 100)


def test_pass_or_fail_has_its_line_in_the_scheme() -> None:
    part = Indicator.model_validate({"id": "i", "title": "i", "direction": "pass", "pass_at": 3})
    np.testing.assert_allclose(points(part, [2.9, 3, 4, np.nan]), [0, 100, 100, np.nan])


@pytest.mark.parametrize(
    ("rule", "direction", "wanted"),
    [
        ({"method": "goalposts", "floor": 2, "target": 8}, "higher", [True, False, False, True]),
        ({"method": "goalposts", "floor": 8, "target": 2}, "lower", [True, False, False, True]),
        ({"method": "goalposts", "floor": 2, "target": 8, "clip": False}, "higher", [False] * 4),
        ({"method": "efficacy", "unallowable": 2, "satisfactory": 8}, "higher", [False, False, False, True]),
        ({"method": "attainment", "target": 8}, "higher", [False, False, False, True]),
        ({"method": "attainment", "target": 2}, "lower", [True, False, False, False]),
        ("minmax", "higher", [False] * 4),
    ],
)
def test_a_cell_whose_points_were_cut_is_capped(rule: Any, direction: str, wanted: list[bool]) -> None:
    values = np.array([1.0, 2.0, 8.0, 9.0])
    column = prepare(indicator(rule, direction=direction), values, SCALE, ALL, named)
    assert capped(column, values).tolist() == wanted
