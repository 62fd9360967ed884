"""Projects begun, enlarged or paid for in ways that the rules name."""

from __future__ import annotations

from pathlib import Path

from tests.audit.folders import looked, made, of, why

HEAD = "project,body,approved_on,started_on,feasibility_cny,budget_cny,cost_cny,advance_cny,adjustment_ref\n"
WORKS = HEAD + (
    "p0,b00,2023-05-01,2023-04-01,10000000,11000000,11000000,0,\n"
    "p1,b00,2023-05-01,2023-05-01,10000000,11000001,11000002,1,\n"
    "p2,b01,2023-05-01,,,0,5,,\n"
    "p3,b01,2023-05-01,2023-06-01,0,100,200,0,概调〔2024〕1号\n"
    "p4,b02,2025-05-01,2025-04-01,1,2,3,4,\n"
)


def test_each_breach_names_the_project_its_figures_and_the_article(tmp_path: Path) -> None:
    told = looked(made(tmp_path, projects=WORKS))
    found = {key: of(told, key) for key in ("before_approval", "over_budget", "over_estimate", "advance")}
    assert {key: [(one.body, one.about, one.grade) for one in here] for key, here in found.items()} == {
        "before_approval": [("b00", "p0", "E1")],
        "over_budget": [("b00", "p1", "E1")],
        "over_estimate": [("b00", "p1", "E1")],
        "advance": [("b00", "p1", "E1")],
    }
    said = {key: one.said for key, (one,) in found.items()}
    articles = {"before_approval": "十七", "over_budget": "二十三", "over_estimate": "十二", "advance": "二十二"}
    assert all((words := said[key]) is not None and f"第{article}" in words.zh for key, article in articles.items())
    early = said["before_approval"]
    assert early is not None and "begun on 2023-04-01, approved on 2023-05-01, 30 days later" in early.en


def test_projects_that_tell_too_little_are_not_compared(tmp_path: Path) -> None:
    told = looked(made(tmp_path, projects=WORKS))
    counted = {key: told.compared[key] for key in ("before_approval", "over_budget", "over_estimate", "advance")}
    assert counted == {"before_approval": 3, "over_budget": 3, "over_estimate": 2, "advance": 3}


def test_what_happened_after_the_period_is_not_looked_at(tmp_path: Path) -> None:
    evidence = made(tmp_path, projects=WORKS)
    assert [one.about for one in of(looked(evidence, period="2025"), "before_approval")] == ["p0", "p4"]
    assert why(looked(evidence, period="2022"), "over_budget") == "there is nothing to test"


def test_the_law_s_margin_is_a_parameter(tmp_path: Path) -> None:
    evidence = made(tmp_path, projects=WORKS)
    assert not of(looked(evidence, {"projects": {"estimate_over": 1.2}}), "over_estimate")
