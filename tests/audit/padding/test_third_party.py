"""What a body reports beside what another reporter tells."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.audit.padding.third_party import judge
from tests.audit.folders import looked, made, of, why

RULES = {"series": {"jobs": {"kind": "count", "title": {"zh": "就业", "en": "Jobs"}}}}
HEAD = "body,period,indicator,value,reporter,released_on\n"


def told(own: dict[int, float], other: dict[int, float], bodies: int = 12) -> str:
    rows = []
    for at in range(bodies):
        rows.append(f"b{at:02d},2024,jobs,{100 + own.get(at, 0.0):g},self,2025-01-10")
        rows.append(f"b{at:02d},2024,jobs,{100 + other.get(at, 0.0):g},third_party,2025-02-10")
    return HEAD + "\n".join(rows) + "\n"


def test_where_most_agree_one_that_does_not_is_named(tmp_path: Path) -> None:
    (one,) = of(looked(made(tmp_path, 12, official=told({3: 20, 5: -20}, {})), RULES), "above_third_party")
    assert (one.body, one.about, one.p, one.n) == ("b03", "jobs", 0, 1)
    assert (one.sample, one.beside) == (("evidence/official.csv:8",), ("evidence/official.csv:9",))
    assert one.said is not None and "reports 120, another reporter 100; 83%" in one.said.en and "就业" in one.said.zh


def test_where_scopes_differ_throughout_the_gap_is_held_against_the_others(tmp_path: Path) -> None:
    gaps = {at: 10 + at / 5 for at in range(12)} | {7: 60}
    (one,) = of(looked(made(tmp_path, 12, official=told(gaps, {})), RULES), "above_third_party")
    assert one.body == "b07" and 0 < one.p < 0.01


def test_the_latest_release_of_each_reporter_counts(tmp_path: Path) -> None:
    rows = told({}, {}) + "b03,2024,jobs,150,self,2024-12-01\nb04,2024,jobs,150,self,2025-03-01\n"
    (one,) = of(looked(made(tmp_path, 12, official=rows), RULES), "above_third_party")
    assert one.body == "b04"


@pytest.mark.parametrize("drop", ["self", "third_party"])
def test_without_another_reporter_it_is_not_applicable(drop: str, tmp_path: Path) -> None:
    text = "\n".join(line for line in told({}, {}).splitlines() if f",{drop}," not in line) + "\n"
    assert "from another reporter" in why(looked(made(tmp_path, 12, official=text), RULES), "above_third_party")


def test_figures_of_nought_are_left_out(tmp_path: Path) -> None:
    text = told(dict.fromkeys(range(12), -100), {})
    assert "from another reporter" in why(looked(made(tmp_path, 12, official=text), RULES), "above_third_party")


def test_gaps_of_two_periods_are_averaged() -> None:
    mean, p = judge(np.array([0, 0, 1]), np.array([0.1, 0.3, -0.1]), np.zeros(3), 3)
    assert mean[:2] == pytest.approx([0.2, -0.1]) and np.isnan(mean[2]) and np.isnan(p[2]) and p[1] == 1
