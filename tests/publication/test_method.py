"""The method in words."""

from __future__ import annotations

import pytest

from minping.publication.method import method_lines, node_lines
from minping.scoring.evaluation import Evaluation
from tests.made import flat, run, table


def said(evaluation: Evaluation) -> dict[str, str]:
    return {line.name.en: line.said.en for line in method_lines(evaluation)}


def test_what_was_applied_is_told(evaluation: Evaluation) -> None:
    told = said(evaluation)
    assert told["scheme"] == "small 1" and told["period"] == "2016" and told["bodies"] == "5, of which 5 scored"
    assert "seed 7" in told["uncertainty"] and "200 joint draws" in told["uncertainty"]
    assert all(line.said.zh and line.said.en for line in method_lines(evaluation))


@pytest.mark.parametrize(
    ("more", "name", "words"),
    [
        ("uncertainty: {weights: {method: band, band: 0.25}}\n", "drawn: weights", "each within ±25% of itself"),
        ("uncertainty: {weights: {method: dirichlet, concentration: 50}}\n", "drawn: weights", "Dirichlet"),
        ("uncertainty: {aggregate: [geometric]}\n", "drawn from: aggregation", "geometric"),
        ("missing: exclude\n", "missing figures", "no score"),
    ],
)
def test_choices_of_the_scheme_are_told(more: str, name: str, words: str) -> None:
    told = said(run(flat("a", "b", more=more), table({"a": [1.0, 2.0], "b": [2.0, 3.0]}), draws=9))
    assert words in told[name]


def test_without_draws_it_is_said_that_there_are_no_intervals() -> None:
    assert "no intervals" in said(run(flat("a"), table({"a": [1.0, 2.0]})))["uncertainty"]


def test_every_node_tells_weight_rule_and_source(evaluation: Evaluation) -> None:
    lines = {line.node: line for line in node_lines(evaluation)}
    assert lines["people"].weight == pytest.approx(0.6) and lines["solved"].weight == pytest.approx(0.42)
    assert "比例的自然界限" in lines["solved"].rule.zh and lines["accident"].source == "第三条"
    assert lines["satisfaction"].weight is None
