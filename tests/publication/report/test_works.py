"""The part of the report on projects and debts, and the published table of debts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from minping.publication.columns import TABLES, column_note
from minping.publication.debt_tables import debts_table, published_debts
from minping.publication.extra_tables import published_tables
from minping.publication.report import works as part
from minping.publication.report.view import view_of
from minping.publication.report_html import render_report
from minping.scoring.evaluation import Evaluation
from tests.publication.evaluations import SCHEME, evaluated, evaluation_in

AUDIT = "audit: {projects: {least: 3}, debt: {capacity: [revenue], spending: [revenue], unit_cny: 10000}}\n"
PROJECTS = """\
project,body,name,approved_on,started_on,opened_on,completed_on,progress,design_capacity,used_capacity,cost_cny,facade_cny,support_share,support_n
p1,b00,<b>广场,2013-01-01,2013-02-01,2014-01-01,2014-01-01,100,100,5,1000000,600000,10,200
p2,b01,图书馆,2013-01-01,2013-02-01,2014-01-01,2014-01-01,100,100,80,1000000,20000,90,200
p3,b02,雕塑,2013-01-01,2013-02-01,2014-01-01,2014-01-01,100,,,1000000,600000,10,200
p4,b03,长廊,2013-01-01,2013-02-01,2014-01-01,2014-01-01,100,100,5,1000000,600000,10,200
"""
DEBTS = """\
debt,body,borrowed_on,amount_cny,declared
d1,b00,2012-01-01,25000000,yes
d2,b01,2012-01-01,1000000,yes
d3,b01,2012-01-01,5000000,no
"""
REPAYMENTS = "debt,due_on,principal_cny,interest_cny\nd1,2014-01-01,5000000,0\nd1,2019-01-01,20000000,0\n"
TERMS = "term,body,role,start_on,end_on\nt1,b00,head,2010-01-01,2015-01-01\n"


def made(folder: Path, findings: str = "graded") -> Evaluation:
    """Four projects and the debts of two bodies."""
    evaluation_in(folder, SCHEME.replace("publish: {", f"publish: {{findings: {findings}, ") + AUDIT)
    for name, text in (("projects", PROJECTS), ("debts", DEBTS), ("repayments", REPAYMENTS), ("terms", TERMS)):
        (folder / "evidence" / f"{name}.csv").write_text(text, encoding="utf-8")
    with (folder / "evidence" / "official.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"b0{at},2016,revenue,{1000 if at < 4 else 0}\n" for at in range(5))
    return evaluated(folder)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return made(tmp_path_factory.mktemp("works"))


def signs(html: str) -> list[list[str]]:
    return [re.findall(r'<td class="sign (\w+)"', row) for row in re.findall(r'<tr><th scope="row">.*?</tr>', html)]


def test_without_projects_and_debts_there_is_nothing(evaluation: Evaluation) -> None:
    assert part.works_part(view_of(evaluation, "zh")) == "" and debts_table(evaluation) == {}
    assert "debts" not in dict(published_tables(evaluation))


def test_only_projects_whose_finding_may_be_named_stand_in_the_matrix(graded: Evaluation) -> None:
    html = part.projects_matrix(view_of(graded, "en"))
    assert "p1 &lt;b&gt;广场" in html and "p4 长廊" in html
    assert "p2" not in html and "p3" not in html
    row = signs(html)[0]
    keys = [one.key for one in part.CRITERIA]
    assert len(row) == 9 and {key for key, sign in zip(keys, row, strict=True) if sign == "met"} == {"idle", "facade", "unsupported"}  # fmt: skip
    assert row[keys.index("stalled")] == "unmet" and row[keys.index("over_budget")] == "untold"
    assert html.count("needs checking") >= 2


def test_more_projects_than_have_room_stand_in_the_bundle(graded: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "MOST_PROJECTS", 1)
    html = part.projects_matrix(view_of(graded, "en"))
    assert len(signs(html)) == 1 and "Shown are 1 of 2" in html


def test_debts_are_drawn_and_told_by_body(graded: Evaluation) -> None:
    html = part.debts_chart(view_of(graded, "en"))
    assert "200% orange" in html and "10% green" in html and "80%" in html
    told = debts_table(graded)
    assert told["body"][:2] == ["b00", "b01"] and told["debt_band"] == ["orange", "green", "green", "green", ""]
    assert told["ratio_pct"][:2].tolist() == [200.0, 10.0] and told["hidden_cny"][:2].tolist() == [0.0, 5e6]
    assert told["due_after_term_pct"][0] == 80.0
    assert TABLES["debts"].key == ("body",)
    assert all(column_note("debts", name).title.zh != name for name in told)


def test_what_may_not_be_named_is_not_told_of_a_body(tmp_path: Path) -> None:
    found = made(tmp_path, "confirmed")
    assert part.works_part(view_of(found, "zh")) == ""
    standing = published_debts(found)
    assert standing is not None and (standing.band == -1).all()
    told = debts_table(found)
    assert told["balance_cny"][0] == 2e7
    for name in ("capacity_cny", "ratio_pct", "hidden_cny", "due_after_term_pct", "interest_pct", "refinanced_pct"):
        assert all(figure != figure for figure in told[name].tolist()), name


@pytest.mark.browser
def test_the_pictures_are_accessible_and_keep_their_room(
    graded: Evaluation, tmp_path: Path, page: Page, accessible: Callable[[Page], None]
) -> None:
    path = tmp_path / "report.html"
    path.write_text(render_report(graded, "en"), encoding="utf-8")
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    accessible(page)
    assert page.locator("#works td.sign").count() == 18
