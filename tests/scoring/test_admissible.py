from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from minping.errors import EvidenceError, Problem
from minping.model.evidence import Evidence, Incident
from tests.made import Row, evidence, flat, run, table

NAN = float("nan")


def problems(text: str, found: Evidence, **options: str) -> Sequence[Problem]:
    with pytest.raises(EvidenceError) as caught:
        run(text, found, **options)
    for problem in caught.value.problems:
        assert problem.found.zh and problem.found.en and problem.fix.zh and problem.fix.en
    return caught.value.problems


def test_an_unknown_period_is_told_with_the_nearest() -> None:
    (found,) = problems(
        flat("a"), evidence([Row("p", "2019Q1", "a", 1.0), Row("q", "2019Q2", "a", 2.0)]), period="2019Q3"
    )
    assert found.code == "no-such-period" and "2019Q1, 2019Q2" in found.allowed.en and "2019Q" in found.fix.en


def test_no_figures_at_all_are_told() -> None:
    (found,) = problems(flat("a"), evidence([], ids=["p", "q"]))
    assert found.code == "no-such-period" and "official" in found.fix.en


def test_one_body_alone_makes_no_ranking() -> None:
    (found,) = problems(flat("a"), table({"a": [1.0]}))
    assert found.code == "too-few-bodies" and found.place.file == "evidence/bodies.csv"
    alone = run("publish: {ranking: none}\n" + flat("a"), table({"a": [7.0]}), draws=10)
    assert alone.scores.score.tolist() == [7.0] and alone.intervals is None


def test_a_body_with_no_figure_that_counts_is_named() -> None:
    text = flat("a") + "  - {id: c, title: c, direction: higher, counts: false}\n"
    (found,) = problems(text, table({"a": [1.0, NAN, 2.0], "c": [1.0, 5.0, 1.0]}))
    assert found.code == "body-without-figures" and "b01" in found.found.en


@pytest.mark.parametrize("more", ["missing: exclude\n", "missing: {policy: zero, max_share: 0.5}\n"])
def test_a_body_with_no_figure_is_no_fault_where_the_scheme_says_what_to_do(more: str) -> None:
    found = run(flat("a", "b", more=more), table({"a": [1.0, NAN], "b": [1.0, NAN]}))
    assert found.scores.scored.tolist() == [True, False] and found.scores.notes


def test_an_indicator_that_nobody_reports_is_named() -> None:
    (found,) = problems(flat("a", "b"), table({"a": [1.0, 2.0]}))
    assert found.code == "indicator-without-figures" and "of b in 2020" in found.found.en


@pytest.mark.parametrize(
    "method", ["minmax", "zscore", "rank", "percentile", "{method: goalposts, floor: p5, target: p95}"]
)
def test_an_indicator_with_equal_values_is_named_where_peers_are_compared(method: str) -> None:
    (found,) = problems(flat("a", "b", method=method), table({"a": [1.0, 2.0, 3.0], "b": [5.0, 5.0, NAN]}))
    assert (found.code, found.place.column) == ("all-equal", "b") and "2 bodies are all 5" in found.found.en


def test_a_body_alone_in_its_group_can_not_be_compared() -> None:
    text = "peers: {method: group}\n" + flat("a", method="minmax")
    (found,) = problems(text, table({"a": [1.0, 2.0, 3.0]}, groups=["g", "g", "h"]))
    assert found.code == "all-equal" and "b02" in found.found.en


@pytest.mark.parametrize(("method", "column"), [("group", "peer_group"), ("type", "body_type")])
def test_bodies_without_peers_are_named(method: str, column: str) -> None:
    text = f"peers: {{method: {method}}}\n" + flat("a")
    (found,) = problems(text, table({"a": [1.0, 2.0]}, groups=["g", ""], types=["t", ""]))
    assert (found.code, found.place.column) == ("no-peers", column) and "b01" in found.found.en


def test_a_type_that_the_scheme_does_not_know_is_told_with_the_nearest() -> None:
    text = "subjects: {types: {urban: {title: u}, rural: {title: r}}}\n" + flat("a")
    (found,) = problems(text, table({"a": [1.0, 2.0]}, types=["urbn", "rural"]))
    assert found.code == "unknown-type" and "urban" in found.fix.en


def test_a_missing_bound_is_told_with_the_bodies() -> None:
    text = flat("a", method="{method: attainment, target: goal}")
    (found,) = problems(text, table({"a": [1.0, 2.0], "goal": [1.0, NAN]}))
    assert found.code == "no-bound" and "target" in found.found.en and "b01" in found.found.en


def test_a_value_without_a_logarithm_is_told() -> None:
    text = flat("a", method="{method: goalposts, floor: 1, target: 9, log: true}")
    (found,) = problems(text, table({"a": [1.0, -2.0]}))
    assert found.code == "value-without-points" and "-2" in found.found.en


@pytest.mark.parametrize("convert", ["{per: popluation}", "{real: cpi}"])
def test_a_divisor_that_stands_nowhere_is_named(convert: str) -> None:
    text = flat("a").replace("normalise", f"convert: {convert}, normalise")
    found = problems(text, table({"a": [1.0, 2.0]}, covariates={"population": np.array([1.0, 2.0])}))
    assert found[0].code == "no-divisor"
    assert ("population" in found[0].fix.en) == ("per" in convert)


def test_a_severity_that_the_scheme_does_not_know_is_never_guessed() -> None:
    text = flat("a") + "adjust: {deduct: [{id: d, title: d, when: {incident: k}, points: {minor: 1, major: 5}}]}\n"
    incident = Incident("7", "b00", "2020-01-01", "k", "court", severity="majer", row=4)
    (found,) = problems(text, table({"a": [1.0, 2.0]}, incidents=[incident]))
    assert (found.code, found.place.row, found.place.column) == ("unknown-severity", 4, "severity")
    assert "major" in found.fix.en


@pytest.mark.parametrize(
    "column", [{"notes": {"ungraded": ("因病", "")}}, {"covariates": {"ungraded": np.array([1.0, NAN])}}]
)
def test_a_body_is_ungraded_only_for_a_reason_of_the_scheme(column: dict) -> None:
    text = flat("a") + "grades: {levels: [{id: g, title: g}], ungraded: [试用期]}\n"
    (found,) = problems(text, table({"a": [1.0, 2.0]}, **column))
    assert found.code == "unknown-reason" and "试用期" in found.allowed.zh and "b00" in found.found.en


def test_all_problems_are_told_at_once() -> None:
    text = "peers: {method: group}\n" + flat("a", "b")
    found = problems(text, table({"a": [1.0, NAN]}))
    assert [problem.code for problem in found] == ["no-peers", "body-without-figures", "indicator-without-figures"]
