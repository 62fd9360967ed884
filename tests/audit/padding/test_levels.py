"""Levels above what independent flows support: found where several agree, and not otherwise."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.audit.padding.levels import judge
from minping.scheme.audit_rules import Padding
from tests.audit.folders import looked, made, of, why
from tests.audit.padding.panel import RULES, official


def test_a_raised_level_is_found_and_told_with_what_the_flows_go_with(tmp_path: Path) -> None:
    (one,) = of(looked(made(tmp_path, 20, official=official(20, {"2024": {7: 0.5}})), RULES), "padded_level")
    assert (one.id, one.grade, one.n, one.rows) == ("2024:padded_level:b07:gdp", "E2", 3, 1)
    assert one.observed > 2 and one.expected == 0 and len(one.beside) == 3
    assert one.said is not None and "3 of 3 independent flows" in one.said.en and "Taxes goes with" in one.said.en
    assert "总产值" in one.said.zh and "税收相当于" in one.said.zh


def test_honest_levels_are_no_finding(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 20, official=official(20, {"2024": {}})), RULES)
    assert not of(told, "padded_level") and told.compared["padded_level"] == 20


def test_one_source_alone_is_no_finding() -> None:
    rest = np.random.default_rng(1).normal(0, 0.1, (20, 3))
    rest[0] = [5.0, 0.0, 0.0]
    assert judge(rest, np.ones(3), Padding())[1].p[0] == 1


@pytest.mark.parametrize(
    ("bodies", "rules", "without", "because"),
    [
        (20, {}, (), "declares no levels"),
        (10, RULES, (), "fewer than 15 bodies"),
        (20, RULES, ("tax", "land"), "fewer than 2 flows"),
        (1, RULES, (), "fewer than 2 flows"),
        (20, {**RULES, "levels": ["nothing"]}, (), "fewer than 2 flows"),
    ],
)
def test_what_can_t_be_compared_is_not_applicable(
    bodies: int, rules: dict[str, object], without: tuple[str, ...], because: str, tmp_path: Path
) -> None:
    evidence = made(tmp_path, bodies, official=official(bodies, {"2024": {}}, without))
    assert because in why(looked(evidence, rules), "padded_level")


def test_another_period_is_not_applicable(tmp_path: Path) -> None:
    evidence = made(tmp_path, 20, official=official(20, {"2024": {}}))
    for key in ("padded_level", "drifted_level"):
        assert "no official figures of 2019" in why(looked(evidence, RULES, "2019"), key)


def test_all_identical_series_tell_nothing(tmp_path: Path) -> None:
    rows = [f"b{at:02d},2024,{name},100" for at in range(20) for name in ("gdp", "tax", "wages", "land")]
    evidence = made(tmp_path, 20, official="body,period,indicator,value\n" + "\n".join(rows) + "\n")
    assert "fewer than 2 flows" in why(looked(evidence, RULES), "padded_level")
