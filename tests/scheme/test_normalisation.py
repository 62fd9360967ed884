from __future__ import annotations

import pytest

from minping.scheme.read import parse_scheme
from tests.made import HEAD
from tests.scheme.faults import faults


def scheme_with(rule: str, direction: str = "higher", more: str = "") -> str:
    return (
        f"{HEAD}indicators:\n  - {{id: i, title: i, direction: {direction}, weight: 1{more}, normalise: {{{rule}}}}}\n"
    )


@pytest.mark.parametrize(
    ("rule", "direction", "code"),
    [
        ("method: goalposts, floor: 5, target: 5", "higher", "equal-bounds"),
        ("method: efficacy, unallowable: 5, satisfactory: 5.0", "lower", "equal-bounds"),
        ("method: goalposts, floor: 0, target: 5", "lower", "direction-against-bounds"),
        ("method: goalposts, floor: 5, target: 0", "higher", "direction-against-bounds"),
        ("method: efficacy, unallowable: 9, satisfactory: 5", "higher", "direction-against-bounds"),
        ("method: goalposts, floor: 0, target: 5, log: true", "higher", "log-of-nothing"),
        ("method: goalposts, floor: 0", "higher", "missing-parameter"),
        ("method: goalposts, floor: 0, target: 5, spam: 1", "higher", "unknown-parameter"),
        ("method: goalposts, floor: [1], target: 5", "higher", "bad-parameter"),
        ("method: goalposts, floor: 1, target: 5, log: 1", "higher", "bad-parameter"),
        ("method: bands, bands: [[1, 2], [3]]", "higher", "bad-parameter"),
        ("method: bands, bands: []", "higher", "bad-parameter"),
        ("method: attainment, target: 5, deduct: 1, per: 0", "higher", "bad-parameter"),
        ("method: copeland", "higher", "unknown-method"),
        ("method: given", "lower", "direction-against-method"),
        ("method: minmax", "target", "no-ideal"),
        ("method: minmax", "range", "no-ideal"),
    ],
)
def test_a_method_that_does_not_fit_is_told(rule: str, direction: str, code: str) -> None:
    found = faults(scheme_with(rule, direction))
    assert [fault for fault, _, _ in found] == [code]
    assert found[0][1] == 6


@pytest.mark.parametrize(
    ("rule", "direction", "more"),
    [
        ("method: goalposts, floor: p5, target: p95", "higher", ""),
        ("method: goalposts, floor: 1, target: goal_of_the_body", "higher", ""),
        ("method: goalposts, floor: 10, target: 0", "target", ", ideal: 5"),
        ("method: goalposts, floor: 10, target: 0", "range", ", ideal: [4, 6]"),
        ("method: goalposts, floor: 100, target: 75000, log: true", "higher", ""),
    ],
)
def test_bounds_may_be_percentiles_names_or_distances_from_an_ideal(rule: str, direction: str, more: str) -> None:
    parse_scheme(scheme_with(rule, direction, more))


def test_the_distance_from_an_ideal_is_the_less_the_better() -> None:
    found = faults(scheme_with("method: goalposts, floor: 0, target: 10", "target", ", ideal: 5"))
    assert [fault for fault, _, _ in found] == ["direction-against-bounds"]


def test_an_ideal_is_complete_and_stands_only_where_it_has_an_effect() -> None:
    assert faults(scheme_with("method: minmax", "higher", ", ideal: 5"))[0][0] == "ideal-without-effect"
    assert faults(scheme_with("method: minmax", "range", ", ideal: [6, 4]"))[0][0] == "ideal-reversed"
    assert faults(scheme_with("method: minmax", "target", ", ideal: [4, 6]"))[0][0] == "no-ideal"


def test_an_indicator_that_counts_has_a_method_unless_it_is_passed_or_not() -> None:
    leaf = "{id: i, title: i, direction: %s, weight: 1}"
    assert faults(f"{HEAD}indicators:\n  - {leaf % 'higher'}\n")[0][0] == "no-normalisation"
    parse_scheme(f"{HEAD}indicators:\n  - {leaf % 'pass'}\n")
