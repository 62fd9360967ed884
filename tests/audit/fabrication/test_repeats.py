"""Figures copied from the period before or from another body, on tables made by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.audit.folders import looked, made, of, why

HEAD = "body,period,indicator,value\n"
RULES = {"series": {f"s{at}": {"kind": "count"} for at in range(4)}}


def rows(figures: dict[tuple[str, str], list[float]]) -> str:
    lines = [
        f"{body},{period},s{at},{value}\n"
        for (body, period), values in figures.items()
        for at, value in enumerate(values)
    ]
    return HEAD + "".join(lines)


def drawn(seed: int, bodies: int) -> dict[tuple[str, str], list[float]]:
    random = np.random.default_rng(seed)
    return {
        (f"b{at:02d}", period): random.integers(10_000, 99_999, 4).astype(float).tolist()
        for at in range(bodies)
        for period in ("2023", "2024")
    }


def test_a_body_with_last_years_figures_is_named_with_both_rows(tmp_path: Path) -> None:
    figures = drawn(1, 12)
    figures["b03", "2024"][:3] = figures["b03", "2023"][:3]
    told = looked(made(tmp_path, 12, official=rows(figures)), RULES)
    (one,) = of(told, "copied_forward")
    assert (one.body, one.observed, one.rows, one.grade) == ("b03", 3, 3, "E1") and len(one.beside) == 3
    assert one.said is not None and "3 figures are those of 2023" in one.said.en and "s0, s1, s2" in one.said.en


def test_what_stays_by_nature_is_no_copy(tmp_path: Path) -> None:
    figures = drawn(2, 12)
    for at in range(12):
        figures[f"b{at:02d}", "2024"][0] = figures[f"b{at:02d}", "2023"][0]
    assert not of(looked(made(tmp_path, 12, official=rows(figures)), RULES), "copied_forward")


def test_two_bodies_with_the_same_figures_are_named_once(tmp_path: Path) -> None:
    figures = drawn(3, 12)
    figures["b07", "2024"][1:] = figures["b02", "2024"][1:]
    told = looked(made(tmp_path, 12, official=rows(figures)), RULES)
    (one,) = of(told, "copied_bodies")
    assert (one.id, one.observed, one.rows) == ("2024:copied_bodies:b02:b07", 3, 3)
    assert not of(told, "copied_forward")


def test_shares_of_few_people_agree_by_chance_and_are_left_out(tmp_path: Path) -> None:
    figures = drawn(4, 12)
    figures["b07", "2024"] = figures["b02", "2024"]
    shares = {"series": {f"s{at}": {"kind": "share"} for at in range(4)}}
    told = looked(made(tmp_path, 12, official=rows(figures)), shares)
    assert "four digits" in why(told, "copied_bodies")


def test_one_period_or_one_body_is_nothing_to_compare(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 1, official=rows({("b00", "2024"): [12345.0, 23456.0]})), RULES)
    assert "period before" in why(told, "copied_forward") and why(told, "copied_bodies")


def test_what_lies_before_a_gap_is_not_the_period_before(tmp_path: Path) -> None:
    figures = drawn(5, 12)
    figures["b03", "2023"] = figures["b03", "2024"]
    told = looked(made(tmp_path, 12, official=rows(figures).replace(",2023,", ",2022,")), RULES)
    assert "period before" in why(told, "copied_forward")
