"""Jumps of all bodies told from jumps of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.audit.folders import looked, made, of, why

YEARS = tuple(str(year) for year in range(2017, 2025))


def rules(kind: str = "money", **more: Any) -> dict[str, Any]:
    return {"series": {"trade": {"kind": kind, "title": {"zh": "贸易", "en": "Trade"}, **more}}}


def trade(bodies: int, last: dict[int, float], years: tuple[str, ...] = YEARS, flat: bool = False) -> str:
    """Series that grow by 5 % give or take 3 %; the last step of some bodies is so many times larger."""
    random = np.random.default_rng(5)
    lines = ["body,period,indicator,value"]
    for at in range(bodies):
        steps = np.full(len(years), 1.0) if flat else np.exp(random.normal(0.05, 0.03, len(years)))
        steps[-1] *= last.get(at, 1.0)
        lines += [
            f"b{at:02d},{year},trade,{value:.2f}" for year, value in zip(years, 100 * np.cumprod(steps), strict=True)
        ]
    return "\n".join(lines) + "\n"


def test_all_together_is_a_break_of_scope_and_nobody_alone(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 10, official=trade(10, dict.fromkeys(range(10), 6.0))), rules())
    found = of(told, "scope_break")
    assert len(found) == 10 and {one.grade for one in found} == {"E3"} and not of(told, "jump_alone")
    said = found[0].said
    assert said is not None and "100% of the bodies jump together" in said.en and "没有声明口径变更" in said.zh
    assert "document of the change" in found[0].check.en


def test_one_alone_is_no_break_of_scope(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 10, official=trade(10, {4: 2.0})), rules())
    (one,) = of(told, "jump_alone")
    assert (one.body, one.about, one.rows) == ("b04", "trade", 1) and one.observed > 2 * one.expected * 0.8
    assert one.said is not None and "贸易：2023 到 2024" in one.said.zh and not of(told, "scope_break")


def test_a_fall_is_a_jump_too_and_a_usual_one_is_not(tmp_path: Path) -> None:
    (one,) = of(looked(made(tmp_path, 10, official=trade(10, {4: 0.4, 6: 1.1})), rules()), "jump_alone")
    assert one.body == "b04"


def test_a_body_that_jumped_as_far_before_is_not_named(tmp_path: Path) -> None:
    rows = trade(10, {4: 2.0}).splitlines()
    rows = [f"b04,2019,trade,{9:.2f}" if row.startswith("b04,2019") else row for row in rows]
    assert not of(looked(made(tmp_path, 10, official="\n".join(rows) + "\n"), rules()), "jump_alone")


@pytest.mark.parametrize(
    ("given", "years", "bodies"),
    [
        (rules(scope_changes=[{"period": "2024", "what": "口径"}]), YEARS, 10),
        (rules(kind="share"), YEARS, 10),
        ({}, YEARS, 10),
        (rules(), YEARS[-2:], 10),
    ],
)
def test_what_can_t_be_compared_is_not_applicable(
    given: dict[str, Any], years: tuple[str, ...], bodies: int, tmp_path: Path
) -> None:
    told = looked(made(tmp_path, bodies, official=trade(bodies, {4: 2.0}, years)), given)
    for key in ("scope_break", "jump_alone"):
        assert "no two periods to compare" in why(told, key)


def test_one_body_and_series_that_never_change_tell_nothing(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    told = looked(made(tmp_path / "one", 1, official=trade(1, {0: 3.0})), rules())
    assert "nothing to test" in why(told, "jump_alone") and "fewer than 5" in why(told, "scope_break")
    (tmp_path / "flat").mkdir()
    told = looked(made(tmp_path / "flat", 8, official=trade(8, {}, flat=True)), rules())
    assert not of(told, "jump_alone") and not of(told, "scope_break")
