"""Bodies whose projects went worse than their class."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minping.audit.vanity.reference_classes import chance, score_by_age
from tests.audit.folders import looked, made, of, why
from tests.audit.vanity.works import Row, county, observed, register

BODIES, EACH = 12, 4
RANKED = ("cost_overruns", "time_overruns", "cost_for_each")


def rows(other: Row | None = None, odd: str = "b05") -> list[tuple[str, Row]]:
    """Projects that differ a little; those of one body by more."""
    found = []
    for at, (body, _) in enumerate(county(BODIES, EACH)):
        some: Row = {
            "cost_cny": 10000000 + 10000 * (at * 29 % 48),
            "completed_on": f"2019-03-{1 + at * 5 % 28:02d}",
            "beneficiaries": 1000 + at * 31 % 48,
        }
        found.append((body, {**some, **(other or {})} if body == odd else some))
    return found


def test_each_figure_names_the_body_that_stands_out(tmp_path: Path) -> None:
    worse = {"cost_cny": 15000000, "completed_on": "2020-06-01", "opened_on": "2020-07-01", "beneficiaries": 300}
    told = looked(made(tmp_path, BODIES, projects=register(rows(worse))))
    for key in RANKED:
        (one,) = of(told, key)
        assert (one.body, one.n, one.rows, one.grade) == ("b05", EACH, EACH, "E3")
        assert one.observed > one.expected and told.compared[key] == BODIES
    said = of(told, "cost_overruns")[0].said
    assert said is not None and "4 completed, +50% over budget on average, +2% in other bodies" in said.en
    assert "80% quantile of their projects of these kinds is +4%" in said.en
    late = of(told, "time_overruns")[0].said
    assert late is not None and "+133% over the planned time" in late.en


def test_what_is_missing_or_nought_is_left_out(tmp_path: Path) -> None:
    gone = {"budget_cny": 0, "beneficiaries": 0, "planned_on": "2018-02-01", "completed_on": "2019-03-01"}
    told = looked(made(tmp_path, BODIES, projects=register(rows(gone))))
    assert {key: told.compared[key] for key in RANKED} == dict.fromkeys(RANKED, BODIES - 1)
    assert not any(of(told, key) for key in RANKED)


def test_few_projects_and_projects_all_alike_tell_nothing(tmp_path: Path) -> None:
    alike = looked(made(tmp_path, BODIES, projects=register(county(BODIES, EACH))))
    (tmp_path / "few").mkdir()
    few = looked(made(tmp_path / "few", BODIES, projects=register(county(BODIES, 2))))
    for key in RANKED:
        assert "too few projects" in why(few, key)
        assert not of(alike, key) and why(alike, key)


def test_use_is_compared_at_the_same_age(tmp_path: Path) -> None:
    young = {at for at in range(BODIES * EACH) if at % 3 == 0}
    register_of = [(body, {"opened_on": "2022-04-01"} if at in young else {}) for at, (body, _) in enumerate(rows())]
    grown = {0: 30.0, 1: 50.0, 2: 70.0}

    def used(at: int, age: int) -> float:
        return (grown[age] + at * 29 % 48 / 10) * (0.3 if at // EACH == 7 else 1.0)

    seen = [
        (at, f"{(2023 if at in young else 2020) + age}-04-01", used(at, age))
        for at in range(BODIES * EACH)
        for age in range(2 if at in young else 3)
    ]
    told = looked(made(tmp_path, BODIES, projects=register(register_of), uses=observed(seen)))
    for key, words in (("used_less", "design capacity"), ("short_of_forecast", "forecast use")):
        (one,) = of(told, key)
        assert (one.body, one.n) == ("b07", EACH) and one.observed < one.expected
        assert one.said is not None and words in one.said.en


def test_young_projects_are_no_worse_for_being_young() -> None:
    share = np.array([[0.3 + at / 100, 0.6 + at / 100, 0.9 + at / 100] for at in range(10)])
    share[5:, 1:] = np.nan
    score = score_by_age(share, np.zeros(10, dtype=np.int64))
    assert np.isfinite(score).all() and abs(score[:5].mean() - 0.58) < 0.1 and score[9] == score.min()


def test_a_body_with_two_projects_is_not_compared() -> None:
    body = np.repeat(np.arange(7), [3, 3, 3, 3, 3, 3, 2])
    p = chance(np.random.default_rng(1).normal(size=body.size), body, 7).p
    assert np.isnan(p[6]) and np.isfinite(p[:6]).all()
