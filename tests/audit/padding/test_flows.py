"""Which series a level may be held against, by what is declared of them alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from minping.audit.padding.flows import flows_for, residuals, weights_of
from minping.scheme.audit_rules import Audit
from minping.scheme.declared import declared
from minping.scheme.shape import Scheme


def chosen(series: dict[str, Any], sums: list[dict[str, Any]] | None = None) -> tuple[str, ...]:
    audit = Audit.model_validate({"levels": ["gdp"], "series": series, "sums": sums or []})
    return flows_for("gdp", declared(Scheme.model_construct(audit=audit, indicators=())), audit.sums)


def test_money_out_of_the_bodys_hands_that_is_no_part_of_the_level() -> None:
    money = {"kind": "money", "reporter": "statistics"}
    assert chosen(
        {
            "tax": money,
            "power": {"kind": "physical", "reporter": "third_party"},
            "own": {"kind": "money", "reporter": "self"},
            "denied": {**money, "independence": 0},
            "investment": {**money, "part_of": ["gdp"]},
            "housing": {**money, "part_of": ["investment"]},
            "wider": money,
            "gdp": {"kind": "money", "part_of": ["wider"]},
        }
    ) == ("tax",)


def test_parts_by_a_declared_sum_are_parts_too_and_of_two_flows_the_whole_is_kept() -> None:
    money = {"kind": "money", "reporter": "third_party"}
    series = {"industry": money, "vat": {**money, "part_of": ["tax"]}, "tax": money, "wages": money}
    assert chosen(series, [{"whole": "gdp", "parts": ["industry", "farms"]}]) == ("tax", "wages")


def test_circular_declarations_end() -> None:
    money = {"kind": "money", "reporter": "third_party"}
    assert chosen({"one": {**money, "part_of": ["two"]}, "two": {**money, "part_of": ["one"]}, "tax": money}) == (
        "tax",
    )


def test_weights_are_the_declared_independence() -> None:
    audit = Audit.model_validate({"series": {"tax": {"reporter": "third_party"}, "wages": {"independence": 0.3}}})
    told = declared(Scheme.model_construct(audit=audit, indicators=()))
    assert weights_of(("tax", "wages"), told).tolist() == [1.0, 0.3]


def test_flows_that_tell_nothing_are_missing() -> None:
    level = np.exp(np.linspace(1, 3, 20))
    flows = np.stack([level * 2, np.full(20, 7.0), np.where(np.arange(20) < 3, level, np.nan), -level], axis=1)
    found = residuals(level, flows, 10)
    assert np.isnan(found).all(axis=0).tolist() == [False, True, True, True]
    assert np.allclose(found[:, 0], 0)
