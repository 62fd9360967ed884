"""Levels that part from independent flows since a base period."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.audit.padding.drift import change, same_scope
from minping.scheme.audit_rules import Audit
from minping.scheme.declared import declared
from minping.scheme.shape import Scheme
from tests.audit.folders import looked, made, of, why
from tests.audit.padding.panel import RULES, official

YEARS = {"2020": {3: 0.7}, "2022": {3: 0.7}, "2024": {3: 0.7, 8: 0.5}}


def test_what_was_high_before_is_a_structure_and_what_has_risen_is_found(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 20, official=official(20, YEARS)), RULES)
    (one,) = of(told, "drifted_level")
    assert (one.body, one.about, one.grade, one.n) == ("b08", "gdp", "E2", 3)
    assert (
        one.said is not None
        and "since 2020" in one.said.en
        and "自 2020 以来" in one.said.zh
        and "Taxes +" in one.said.en
    )
    assert {one.body for one in of(told, "padded_level")} == {"b03", "b08"}


def test_the_base_is_the_declared_one(tmp_path: Path) -> None:
    rules = {**RULES, "padding": {"base": "2022"}}
    (one,) = of(looked(made(tmp_path, 20, official=official(20, YEARS)), rules), "drifted_level")
    assert one.said is not None and "since 2022" in one.said.en


def test_no_comparison_across_a_change_of_scope(tmp_path: Path) -> None:
    changed = {"scope_changes": [{"period": "2022", "what": "四经普"}]}
    series = {**RULES["series"], "gdp": {**RULES["series"]["gdp"], **changed}}  # type: ignore[index]
    (one,) = of(looked(made(tmp_path, 20, official=official(20, YEARS)), {**RULES, "series": series}), "drifted_level")
    assert one.said is not None and "since 2022" in one.said.en


@pytest.mark.parametrize("name", ["gdp", "flows"])
def test_without_a_base_of_the_same_scope_it_is_not_applicable(name: str, tmp_path: Path) -> None:
    changed = {"scope_changes": [{"period": "2024", "what": "口径"}]}
    which = ("gdp",) if name == "gdp" else ("tax", "wages")
    series = {key: {**one, **(changed if key in which else {})} for key, one in RULES["series"].items()}  # type: ignore[attr-defined]
    told = looked(made(tmp_path, 20, official=official(20, YEARS)), {**RULES, "series": series})
    assert ("no base period" if name == "gdp" else "fewer than 2 flows") in why(told, "drifted_level")


def test_one_year_alone_has_no_base(tmp_path: Path) -> None:
    evidence = made(tmp_path, 20, official=official(20, {"2024": {}}))
    assert "no base period" in why(looked(evidence, RULES), "drifted_level")
    assert "declares no levels" in why(looked(evidence), "drifted_level")


def test_a_change_after_the_last_period_does_not_count() -> None:
    series = {"x": {"scope_changes": [{"period": "2022", "what": "?"}]}}
    one = declared(Scheme.model_construct(audit=Audit.model_validate({"series": series}), indicators=()))["x"]
    assert [same_scope(one, *pair) for pair in (("2020", "2021"), ("2021", "2022"), ("2022", "2024"))] == [
        True,
        False,
        True,
    ]


def test_changes_are_those_of_each_flow() -> None:
    before, now = np.array([[0.1, 0.2], [0.0, np.nan]]), np.array([[0.4, 0.1], [0.0, 1.0]])
    assert change(before, now) == pytest.approx(np.array([[0.3, -0.1], [0.0, np.nan]]), nan_ok=True)
