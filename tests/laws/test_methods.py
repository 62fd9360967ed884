"""Laws of every normalisation method: a method that is added to METHODS is tested by standing there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minping.model.arrays import Floats
from minping.stats.normalise import METHODS, Method, parameters_of

#: parameters for values between -50 and 150, by direction; floor and target are such that points are cut at both ends
PARAMETERS: dict[str, dict[bool, dict[str, Any]]] = {
    "given": {False: {}, True: {}},
    "goalposts": {False: {"floor": 0, "target": 100}, True: {"floor": 100, "target": 0}},
    "efficacy": {
        False: {"unallowable": 20, "satisfactory": 80},
        True: {"unallowable": 80, "satisfactory": 20},
    },
    "bands": {
        False: {"bands": [[10, 20], [40, 60], [80, 100]]},
        True: {"bands": [[80, 20], [40, 60], [10, 100]]},
    },
    "attainment": {False: {"target": 60, "deduct": 3, "per": 2}, True: {"target": 30, "deduct": 3, "per": 2}},
    "minmax": {False: {}, True: {}},
    "zscore": {False: {}, True: {}},
    "rank": {False: {}, True: {}},
    "percentile": {False: {}, True: {}},
    "pass": {False: {"at": 50}, True: {"at": 50}},
}
BOTH = pytest.mark.parametrize("lower", [False, True], ids=["higher", "lower"])
FEW = settings(max_examples=25)
EVERY = pytest.mark.parametrize("name", METHODS)
PEERLESS = pytest.mark.parametrize("name", [name for name, method in METHODS.items() if not method.needs_peers])

figures = st.lists(st.integers(-5000, 15000), min_size=4, max_size=12, unique=True).map(
    lambda numbers: np.array(numbers, dtype=np.float64) / 100.0
)


def points(name: str, values: Floats, lower: bool) -> Floats:
    return METHODS[name].points(values, lower=lower, **PARAMETERS[name][lower])


def test_every_method_has_parameters_to_be_tested_with() -> None:
    assert set(PARAMETERS) == set(METHODS)


@EVERY
@BOTH
@FEW
@given(values=figures)
def test_points_lie_between_nought_and_a_hundred(name: str, lower: bool, values: Floats) -> None:
    if METHODS[name].own_scale:
        np.testing.assert_array_equal(points(name, values, lower), -values if lower else values)
        return
    found = points(name, values, lower)
    assert (found >= 0).all() and (found <= 100).all()


@EVERY
@BOTH
@FEW
@given(values=figures)
def test_a_better_figure_never_has_fewer_points(name: str, lower: bool, values: Floats) -> None:
    ordered = np.sort(values)[::-1] if lower else np.sort(values)
    assert (np.diff(points(name, ordered, lower)) >= -1e-9).all()


@EVERY
@BOTH
@FEW
@given(values=figures, shift=st.integers(1, 11))
def test_the_order_of_the_bodies_changes_no_points(name: str, lower: bool, values: Floats, shift: int) -> None:
    turned = np.roll(points(name, values, lower), shift)
    np.testing.assert_allclose(points(name, np.roll(values, shift), lower), turned, rtol=1e-12, atol=1e-10)


@pytest.mark.parametrize("name", [name for name, method in METHODS.items() if method.needs_peers])
@BOTH
@FEW
@given(values=figures, factor=st.sampled_from([0.001, 7.0, 1e6]), offset=st.sampled_from([-30.0, 0.0, 1e4]))
def test_another_unit_of_measurement_changes_no_points(
    name: str, lower: bool, values: Floats, factor: float, offset: float
) -> None:
    other = points(name, values * factor + offset, lower)
    np.testing.assert_allclose(other, points(name, values, lower), atol=1e-5)


@EVERY
@BOTH
@FEW
@given(values=figures, at=st.integers(0, 3))
def test_a_missing_figure_stays_missing_and_only_that_one(name: str, lower: bool, values: Floats, at: int) -> None:
    values[at] = np.nan
    np.testing.assert_array_equal(np.isnan(points(name, values, lower)), np.isnan(values))


@pytest.mark.parametrize("name", [name for name, method in METHODS.items() if method.needs_peers])
@BOTH
@FEW
@given(values=figures, at=st.integers(0, 3))
def test_a_missing_figure_is_to_its_peers_as_if_it_were_not_there(
    name: str, lower: bool, values: Floats, at: int
) -> None:
    holed = values.copy()
    holed[at] = np.nan
    alone = points(name, np.delete(values, at), lower)
    np.testing.assert_allclose(np.delete(points(name, holed, lower), at), alone, rtol=1e-12, atol=1e-12)


@PEERLESS
@BOTH
@FEW
@given(values=figures, at=st.integers(0, 3))
def test_dropping_a_peer_moves_no_points_of_a_method_without_peers(
    name: str, lower: bool, values: Floats, at: int
) -> None:
    np.testing.assert_array_equal(
        points(name, np.delete(values, at), lower), np.delete(points(name, values, lower), at)
    )


def test_dropping_a_peer_moves_points_where_peers_are_needed() -> None:
    values = np.array([1.0, 2.0, 4.0, 9.0])
    for name, method in METHODS.items():
        if method.needs_peers:
            assert not np.allclose(points(name, values[:3], False), points(name, values, False)[:3]), name


@EVERY
@BOTH
@FEW
@given(values=figures)
def test_points_of_many_draws_are_those_of_each_draw_alone(name: str, lower: bool, values: Floats) -> None:
    block = np.stack([values, values[::-1], values * 0.5])
    together = points(name, block, lower)
    for draw, row in zip(block, together, strict=True):
        np.testing.assert_array_equal(points(name, draw, lower), row)


@pytest.mark.parametrize("name", [name for name, method in METHODS.items() if method.needs_peers])
@pytest.mark.parametrize("value", [0.0, 0.1, 7.0, -1e9])
@BOTH
def test_equal_figures_give_no_points_where_peers_are_compared(name: str, value: float, lower: bool) -> None:
    assert np.isnan(points(name, np.full(7, value), lower)).all()
    assert np.isnan(points(name, np.array([value]), lower)).all()
    assert np.isnan(points(name, np.full(3, np.nan), lower)).all()


@EVERY
def test_every_method_says_itself_in_both_languages_with_parameters_of_its_own(name: str) -> None:
    method: Method = METHODS[name]
    filled = method.in_words.fill(**dict.fromkeys(parameters_of(name), 1))
    assert filled.zh and filled.en and filled.zh != filled.en
    assert "{" not in filled.zh + filled.en


@EVERY
def test_parameters_of_a_method_are_those_that_its_function_takes(name: str) -> None:
    assert set(PARAMETERS[name][False]) <= set(parameters_of(name))
