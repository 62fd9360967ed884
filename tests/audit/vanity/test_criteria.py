"""The nine criteria, one by one on made projects, and the projects that meet several."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from minping.audit.vanity.criteria import CRITERIA, SOURCES, Works, count, criteria, peers
from minping.audit.vanity.showpieces import in_words
from minping.scheme.audit_rules import ProjectLimits
from tests.audit.folders import looked, made, of, why

TODAY = np.datetime64("2024-12-31")
KEYS = [one.key for one in CRITERIA]


def honest(projects: int = 30) -> Works:
    """Projects that differ a little and meet no criterion."""
    spread, day = np.linspace(0.9, 1.1, projects), lambda text: np.full(projects, np.datetime64(text, "D"))
    return Works(
        kind=np.zeros(projects, dtype=np.int64),
        started=day("2020-01-01"), planned=day("2021-01-01"), completed=day("2021-01-10"), opened=day("2021-02-01"), moved=day("2021-01-10"),
        progress=np.full(projects, 100.0), capacity=np.full(projects, 100.0), used=80 * spread, idle_for=np.zeros(projects),
        forecast=np.full(projects, 90.0), budget=np.full(projects, 1e6), cost=1e6 * spread, facade=np.full(projects, 5e4),
        beneficiaries=np.full(projects, 1000.0), support=np.full(projects, 80.0), asked=np.full(projects, 200.0), ahead=np.full(projects, 150.0),
    )  # fmt: skip


def changed(name: str, value: object, works: Works | None = None) -> Works:
    works = works or honest()
    column = getattr(works, name).copy()
    column[0] = value
    return replace(works, **{name: column})


def met(works: Works) -> set[str]:
    found = criteria(works, ProjectLimits(), TODAY)
    return {KEYS[at] for at in np.flatnonzero(found.met[0])}


def test_honest_projects_meet_none_and_all_can_be_told() -> None:
    found = criteria(honest(), ProjectLimits(), TODAY)
    assert not found.met.any() and found.known.all() and len(CRITERIA) == 9


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("idle", {"used": 20.0, "idle_for": 14.0}),
        ("over_budget", {"cost": 1.4e6}),
        ("late", {"completed": np.datetime64("2021-12-01")}),
        ("facade", {"facade": 4e5}),
        ("timed", {"ahead": 30.0}),
        ("unsupported", {"support": 40.0}),
        ("dear", {"beneficiaries": 100.0, "used": 60.0}),
        ("demand", {"forecast": 400.0}),
    ],
)
def test_each_criterion_is_met_by_what_it_is_about(key: str, changes: dict[str, object]) -> None:
    works = honest()
    for name, value in changes.items():
        works = changed(name, value, works)
    assert key in met(works) and len(met(works)) <= 2


def test_half_built_is_not_finished_and_without_progress() -> None:
    works = changed("completed", np.datetime64("NaT"), changed("progress", 40.0))
    assert met(works) == {"stalled"}
    assert not met(changed("moved", np.datetime64("2024-11-30"), works))


def test_what_is_missing_is_no_sign_and_is_counted_as_missing() -> None:
    works = changed("support", 10.0, changed("asked", 12.0, changed("facade", np.nan, changed("budget", 0.0))))
    found = criteria(works, ProjectLimits(), TODAY)
    many, known, sources = count(found)
    gone = {KEYS[at] for at in np.flatnonzero(~found.known[0])}
    assert (
        not met(works)
        and gone == {"facade", "over_budget", "unsupported"}
        and known[0] == 6
        and many[0] == sources[0] == 0
    )


def test_criteria_of_one_record_rest_on_one_source() -> None:
    works = changed("used", 5.0, changed("idle_for", 20.0))
    many, _, sources = count(criteria(works, ProjectLimits(), TODAY))
    assert (many[0], sources[0]) == (2, 1) and "use" in SOURCES  # little used, below the forecast: one record


def test_peers_are_of_the_kind_and_of_all_kinds_where_these_are_few() -> None:
    values, kind = np.arange(20.0), np.array([0] * 15 + [1] * 5)
    rank, known = peers(values, kind)
    assert rank[14] == 1.0 and rank[15] == pytest.approx(15 / 19) and known.all()
    assert not peers(values[:4], kind[:4])[1].any()


def test_figures_are_said_as_each_criterion_has_them() -> None:
    works = changed("facade", 4e5, changed("support", 30.0, changed("ahead", 12.0)))
    words = in_words(criteria(works, ProjectLimits(), TODAY), 0)
    assert (
        words.en.startswith("3 of 9 criteria met: much of it façade (44 %); opened just before")
        and "（12 天）" in words.zh
    )


PROJECTS = "project,body,kind,approved_on,started_on,planned_on,completed_on,opened_on,design_capacity,used_capacity,forecast_use,budget_cny,cost_cny,facade_cny,beneficiaries,support_share,support_n,last_progress_on,progress\n"
OFFICIAL = "body,period,indicator,value\nb00,2024,x,1\n"


def projects() -> str:
    rows = ""
    for at in range(20):
        used, cost, facade, support = (
            (9, 1500000, 600000, 25) if at == 3 else (80 + at % 7, 1000000 + 1000 * at, 50000, 80)
        )
        rows += f"p{at:02d},b{at % 3:02d},公园,2020-01-01,2020-02-01,2021-02-01,2021-02-10,2021-03-01,100,{used},90,1000000,{cost},{facade},900,{support},200,2021-02-10,100\n"
    return PROJECTS + rows + "h,b01,公园,2020-01-01,2020-02-01,2021-02-01,,,100,,90,1000000,400000,0,,,,2021-06-01,40\n"


def test_a_showpiece_is_named_with_what_it_meets_and_its_row(tmp_path: Path) -> None:
    uses = "project,observed_on,used_capacity\n" + "".join(f"p03,{year}-06-30,9\n" for year in (2022, 2023, 2024))
    told = looked(made(tmp_path, official=OFFICIAL, projects=projects(), uses=uses))
    (one,) = of(told, "showpiece")
    assert (one.id, one.grade, one.rows, one.sample) == (
        "2024:showpiece:b00:p03",
        "E2",
        1,
        ("evidence/projects.csv:5",),
    )
    assert one.said is not None and "of 9 criteria met" in one.said.en and "could not be told" in one.said.en
    (half,) = of(told, "half_built")
    assert half.about == "h" and half.said is not None and "40 %" in half.said.en


def test_a_project_used_enough_once_within_the_year_is_not_idle(tmp_path: Path) -> None:
    uses = "project,observed_on,used_capacity\np03,2023-06-30,9\np03,2024-08-30,70\np03,2024-11-30,9\n"
    told = looked(made(tmp_path, official=OFFICIAL, projects=projects(), uses=uses))
    (one,) = of(told, "showpiece")
    assert one.said is not None and "met: little used (" not in one.said.en


def test_projects_of_later_years_are_nothing_to_look_at(tmp_path: Path) -> None:
    told = looked(made(tmp_path, official=OFFICIAL, projects=projects()), period="2019")
    assert "approved by the end" in why(told, "showpiece") and "approved by the end" in why(told, "half_built")
