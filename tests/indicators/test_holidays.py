"""Years without known holidays are said."""

from __future__ import annotations

from pathlib import Path

from minping.evidence import load_evidence
from minping.indicators.compute import compute
from minping.model.evidence import Codebook
from minping.scheme.read import parse_scheme
from tests.indicators.test_rectification import SCHEME


def test_a_scheme_asks_for_it_and_is_told_of_years_without_known_holidays(tmp_path: Path) -> None:
    home = tmp_path / "evidence"
    home.mkdir()
    (home / "bodies.csv").write_text("body,name\nb1,甲\n", encoding="utf-8")
    (home / "ratings.csv").write_text(
        "case,body,rated_on,level,rectified_on\n1,b1,2099-03-02,1,2099-03-03\n2,b1,2099-06-01,5,\n", encoding="utf-8"
    )
    found = load_evidence(tmp_path, Codebook({}, records=("ratings",)))
    values = compute(parse_scheme(SCHEME % "ratings: rectified_in_time, days: 5").scheme, found)
    assert values.estimate.item() == 100.0 and values.n is not None and values.n.item() == 1
    assert [problem.code for problem in values.problems] == ["unknown-holidays"]
    assert "2099" in values.problems[0].found.zh
    calendar = compute(parse_scheme(SCHEME % "ratings: rectified_in_time, days: 5, days_of: calendar").scheme, found)
    assert calendar.problems == ()
