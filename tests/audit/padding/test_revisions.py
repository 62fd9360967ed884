"""Revisions of first releases: one-signed ones are found, shared ones and missing vintages are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.audit.padding.revisions import judge
from tests.audit.folders import looked, made, of, why

RULES = {"levels": ["gdp"], "series": {"gdp": {"kind": "money", "title": {"zh": "总产值", "en": "Output"}}}}
YEARS = tuple(str(year) for year in range(2016, 2025))


def releases(bodies: int, high: dict[int, float], shared: float = 0.0, once: bool = False, vintages: int = 2) -> str:
    """First releases, higher by a share in some bodies; `once`: all years are revised on one day."""
    random = np.random.default_rng(3)
    lines = ["body,period,indicator,value,released_on"]
    for at in range(bodies):
        for year in YEARS:
            final = 1e6 * np.exp(random.normal(0, 0.1))
            first = final * np.exp(random.normal(0, 0.005) + shared) * (1 + high.get(at, 0.0))
            later = "2025-12-20" if once else f"{int(year) + 1}-12-20"
            lines.append(f"b{at:02d},{year},gdp,{first:.0f},{int(year) + 1}-03-20")
            lines += [f"b{at:02d},{year},gdp,{final:.0f},{later}"] * (vintages > 1)
    return "\n".join(lines) + "\n"


def test_a_body_whose_first_releases_are_taken_back_is_found(tmp_path: Path) -> None:
    (one,) = of(looked(made(tmp_path, 12, official=releases(12, {4: 0.05})), RULES), "revisions")
    assert (one.body, one.about, one.grade, one.n, one.rows) == ("b04", "gdp", "E3", 9, 9)
    assert one.observed == pytest.approx(np.log(1.05), abs=0.01) and len(one.beside) == 5
    assert (
        one.said is not None and "revised 9 times, 9 of the first" in one.said.en and "总产值修订 9 次" in one.said.zh
    )


def test_what_all_bodies_share_is_no_finding(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 12, official=releases(12, {}, shared=0.08)), RULES)
    assert not of(told, "revisions") and told.compared["revisions"] == 12


def test_two_bodies_have_nothing_in_common_to_take_off(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 4, official=releases(4, {}, shared=0.08)), RULES)
    assert {one.body for one in of(told, "revisions")} == {"b00", "b01", "b02", "b03"}


def test_years_revised_on_one_day_are_one_revision(tmp_path: Path) -> None:
    assert "nothing to test" in why(
        looked(made(tmp_path, 12, official=releases(12, {4: 0.3}, once=True)), RULES), "revisions"
    )


def test_missing_vintages_are_not_applicable(tmp_path: Path) -> None:
    evidence = made(tmp_path, 12, official=releases(12, {4: 0.3}, vintages=1))
    assert "missing vintages" in why(looked(evidence, RULES), "revisions")
    assert "missing vintages" in why(looked(evidence), "revisions")


def test_revisions_of_nought_and_too_few_are_told_nothing() -> None:
    body = np.repeat(np.arange(3), [5, 2, 5])
    change = np.array([0.0] * 5 + [0.1, 0.2] + [-0.1, -0.2, -0.1, -0.3, -0.2])
    told = judge(body, change, np.arange(12), 3)
    assert np.isnan(told.p[:2]).all() and told.p[2] == 1 and told.down[2] == 5
