"""Tests of schemes are run from a folder: those that come along hold, and a wrong one is told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

import minping
from minping.cli.cases import run_cases
from minping.errors import SchemeError
from tests.cli.conftest import Run

pytestmark = pytest.mark.slow  # counties are simulated, audited or run

SHIPPED = {scheme.id: scheme.path for scheme in minping.available()}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_tests_of_a_shipped_scheme_hold(name: str) -> None:
    ran, unlike = run_cases(SHIPPED[name])
    assert ran >= 1 and unlike == []


def test_the_31_totals_and_30_countries_are_among_them() -> None:
    totals = (SHIPPED["green-2016"] / "tests" / "totals.yaml").read_text(encoding="utf-8")
    countries = (SHIPPED["hdi"] / "tests" / "published.yaml").read_text(encoding="utf-8")
    assert totals.count("score:") >= 31 and countries.count("score:") >= 30


def test_a_wrong_expectation_is_told_with_file_and_line(green: Path, minping: Run) -> None:
    path = green / "tests" / "totals.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("北京: {score: 83.71", "北京: {score: 85.00"), encoding="utf-8"
    )
    ran, unlike = run_cases(green)
    assert (
        ran == 2 and unlike[0].en.startswith("totals.yaml:3 ") and "北京: score should be 85, is 83.70" in unlike[0].en
    )
    ended = minping("lint", green, "--tests")
    assert ended.code == 1 and "85" in ended.out and f"{len(unlike)} mismatches" in ended.out


def test_a_case_may_bring_figures_of_its_own(green: Path) -> None:
    names = ("resource", "treatment", "quality", "ecology", "growth", "living")
    figures = ", ".join(f"{name}: 80" for name in names)
    text = f"tests:\n- name: n\n  period: 2016\n  figures: {{甲: {{{figures}}}, 乙: {{{figures}}}}}\n"
    text += "  bodies: {甲: {name_en: A}}\n  expect: {甲: {score: 80}, 乙: {score: 81}}\n"
    for old in (green / "tests").iterdir():
        old.unlink()
    (green / "tests" / "own.yaml").write_text(text, encoding="utf-8")
    ran, unlike = run_cases(green)
    assert ran == 1 and [one.en for one in unlike] == ["own.yaml:2 n: 乙: score should be 81, is 80"]


def test_a_folder_without_tests_is_told(green: Path, minping: Run) -> None:
    for old in (green / "tests").iterdir():
        old.unlink()
    with pytest.raises(SchemeError, match="no tests"):
        run_cases(green)
    assert minping("lint", green, "--tests").code == 2
