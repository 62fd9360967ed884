from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from minping.evidence import load_evidence
from minping.pipeline import evaluate
from minping.scheme.read import codebook
from minping.scheme.work_rules import WORKS
from minping.scoring.evaluation import Evaluation
from minping.scoring.explain import Explanation
from tests.indicators import test_inspections, test_projects, test_tasks
from tests.indicators.test_works import asking
from tests.indicators.works import write
from tests.made import Row, evidence, flat, run

BY_BODY = ("ids", "names", "names_en", "types", "parents", "peer_groups")

TREE = """\
period: {cutoff_on: 2021-06-30}
dimensions:
  - {id: d, title: {zh: 民生, en: people}, weight: 3}
indicators:
  - {id: x, title: {zh: 甲, en: x}, in: d, unit: 件, direction: higher, weight: 1, missing: carry,
     normalise: {method: goalposts, floor: 0, target: 50}}
  - {id: y, title: {zh: 乙, en: y}, direction: higher, weight: 1, normalise: given,
     convert: {per: heads, growth: 1}}
"""
ROWS = [
    Row("p", "2019", "x", 10.0),
    Row("p", "2019", "y", 100.0),
    Row("p", "2019", "heads", 10.0),
    Row("p", "2020", "y", 120.0, se=2.0, released_on="2021-01-01"),
    Row("p", "2020", "y", 150.0, released_on="2021-03-01"),
    Row("p", "2020", "y", 990.0, released_on="2021-09-01"),
    Row("p", "2020", "heads", 12.0, released_on="2021-01-01"),
    Row("p", "2020", "heads", 11.0, released_on="2020-12-01"),
    *(
        Row("q", period, name, value)
        for period in ("2019", "2020")
        for name, value in (("x", 40.0), ("y", 7.0), ("heads", 1.0))
    ),
]


@pytest.fixture
def evaluation() -> Evaluation:
    return run(TREE, evidence(ROWS), draws=20)


def leaf(found: Explanation, node: str) -> Explanation:
    here = [child for child in found.children if child.node.id == node]
    return here[0] if here else leaf(found.children[0], node)


def test_the_whole_is_told_down_to_the_rows(evaluation: Evaluation) -> None:
    found = evaluation.explain("p")
    assert [child.node.id for child in found.children] == ["d", "y"]
    np.testing.assert_allclose(sum(child.contribution for child in found.children), found.contribution)
    np.testing.assert_allclose(found.points, 0.75 * 20 + 0.25 * 25)
    said = found.lines("zh")
    assert said[0] == "单位p · 2020" and any("第 2 位" in line for line in said)
    assert str(found) == "\n".join(said)
    english = "\n".join(found.lines("en"))
    assert "body p" in english and "rank 2" in english and "interval" in english


def test_every_release_is_told_which_is_used_and_why_the_others_are_not(evaluation: Evaluation) -> None:
    rows = [row for row in leaf(evaluation.explain("p"), "y").rows if not row.serves]
    assert [(row.value, row.used, row.late) for row in rows] == [
        (150.0, True, False),
        (990.0, False, True),
        (120.0, False, False),
    ]
    english = "\n".join(evaluation.explain("p", "y").lines("en"))
    assert "= 990 (2021-09-01 · released after the cut-off, not used)" in english
    assert "= 120 (2021-01-01 · superseded by a later release)" in english
    chinese = "\n".join(evaluation.explain("p", "y").lines("zh"))
    assert "在截止日之后发布，未采用" in chinese and "已被后来发布的数据取代" in chinese


def test_rows_that_a_conversion_rests_on_are_told_too(evaluation: Evaluation) -> None:
    found = leaf(evaluation.explain("p"), "y")
    assert {(row.serves, row.value) for row in found.rows if row.serves} == {
        ("heads 2020", 12.0),
        ("y 2019", 100.0),
        ("heads 2019", 10.0),
    }
    assert (found.raw, found.value) == (150.0, 25.0)


def test_a_carried_figure_is_told_with_the_row_it_was_carried_from(evaluation: Evaluation) -> None:
    found = leaf(evaluation.explain("p"), "x")
    assert found.value == 10.0 and [row.row for row in found.rows] == [2]
    assert any("沿用上期" in line for line in found.lines("zh"))


def test_a_node_alone_is_told_with_its_place_in_a_file(evaluation: Evaluation) -> None:
    found = evaluation.explain("q", "x")
    assert found.children == () and found.rows[0].file == "evidence/official.csv"
    assert any(line.strip().startswith("→ evidence/official.csv:13 = 40") for line in found.lines())


@pytest.mark.parametrize(("body", "node"), [("nobody", "total"), ("p", "nothing")])
def test_an_unknown_name_is_refused(evaluation: Evaluation, body: str, node: str) -> None:
    with pytest.raises(KeyError):
        evaluation.explain(body, node)


def test_a_body_without_a_score_is_explained_with_the_reason() -> None:
    found = run(flat("a", "b", more="missing: exclude\n"), evidence([Row("p", "2020", "a", 1.0), Row("q", "2020", "a", 2.0),
                                                                   Row("q", "2020", "b", 2.0)])).explain("p")  # fmt: skip
    assert [note.en for note in found.notes] == ["b is missing: no score by the scheme"]
    assert "—" in found.lines()[1]


@pytest.mark.parametrize(
    ("way", "zh", "en"),
    [
        ("{projects: cost_overrun}", "个项目", "projects"),
        ("{projects: support}", "名受访受益者", "beneficiaries asked"),
        ("{tasks: verified_on_time}", "件督办事项", "tasks"),
        ("{inspections: agree_rate}", "次实地核查", "inspections"),
    ],
)
def test_a_figure_of_works_says_what_it_rests_on_and_where_the_rows_stand(
    tmp_path: Path, way: str, zh: str, en: str
) -> None:
    tables = {"projects": test_projects.ROWS, "tasks": test_tasks.ROWS, "inspections": test_inspections.ROWS}
    for name, rows in tables.items():
        write(tmp_path, name, rows)
    asked = asking(way)
    found = load_evidence(tmp_path, codebook(asked.scheme))
    kept = replace(found.bodies, **{name: getattr(found.bodies, name)[:2] for name in BY_BODY})
    one = evaluate(asked, replace(found, bodies=kept), draws=0)
    count = one.values.n[one.values.at("2024"), 0, 0]  # type: ignore[index]
    told = one.explain("b1", "i0")
    assert f"依据 {count:.0f} {zh}" in "\n".join(told.lines("zh"))
    english = "\n".join(told.lines("en"))
    table, name = way.strip("{}").split(": ")
    assert f"rests on {count:.0f} {en}" in english and WORKS[table][name].en in english
    assert f"evidence/{table}.csv:" in english
    above = "\n".join(one.explain("b1").lines("en"))
    assert f"→ evidence/{table}.csv" in above and f"evidence/{table}.csv:" not in above
