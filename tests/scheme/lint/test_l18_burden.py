"""What a scheme asks of the bodies."""

from __future__ import annotations

import pytest

from tests.scheme.lint.schemes import figures, found, of_rule, plain

OFFICIAL = "source: {reporter: statistics}"


@pytest.mark.parametrize(
    ("reporters", "burden", "said"),
    [
        (["self"], "", "1 self-reported × 3 bodies × 1 a year = 3 cells"),
        (["self", "self"], "burden: {reports_per_year: 12}\n", "2 self-reported × 3 bodies × 12 a year = 72 cells"),
        (["self", "third_party"], "burden: {reports_per_year: 0.5}\n", "1 self-reported × 3 bodies × 0.5 a year = 1.5 cells"),
    ],
)  # fmt: skip
def test_the_cells_that_bodies_fill_in_a_year_are_counted(reporters: list[str], burden: str, said: str) -> None:
    text = plain(*(f"i{at}, weight: 1, source: {{reporter: {who}}}" for at, who in enumerate(reporters))) + burden
    (one,) = of_rule("L18", text, figures([[1.0, 2.0, 3.0]] * len(reporters)))
    assert (one.level, one.place.column) == ("note", "burden") and said in one.found.en


def test_nothing_is_counted_where_official_sources_have_it_all() -> None:
    assert of_rule("L18", plain(f"a, weight: 1, {OFFICIAL}"), figures([[1.0, 2.0, 3.0]])) == []


def test_companions_are_a_burden_too() -> None:
    text = plain(f"a, weight: 1, {OFFICIAL}", "b, counts: false") + "burden: {max_indicators: 1}\n"
    data = figures([[1.0, 2.0, 3.0]] * 2)
    assert [row for row in found(text, data) if row[0] == "L18"] == [
        ("L18", "warning", "indicators"),
        ("L18", "note", "burden"),
    ]
