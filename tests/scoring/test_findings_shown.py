"""The life of findings on official figures: what each state does to the score, explanations, tables and the report."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.audit.suspicions import SUSPICIONS
from minping.pipeline import evaluate, load_evidence
from minping.publication.report_html import render_report
from minping.scheme.read import read_scheme
from minping.scoring.evaluation import Evaluation
from minping.scoring.finding_tables import findings, public_places
from minping.scoring.findings_shown import concerned, decision_words, effect_of, in_words, may_be_named, named

SCHEME = """
id: made
version: 1
title: {{zh: 试, en: Made}}
authority: {{issuer: 市}}
weights: {{sum: 100, nested: absolute}}
missing: {{policy: redistribute_within}}
indicators:
  - {{id: growth, title: {{zh: 产出, en: Output}}, direction: higher, weight: 50, from: {{official: output}}, normalise: {{method: goalposts, floor: 0, target: 100, reason: 试}}}}
  - {{id: clean, title: {{zh: 空气, en: Air}}, direction: higher, weight: 50, normalise: {{method: goalposts, floor: 0, target: 100, reason: 试}}}}
audit:
  sums: [{{whole: output, parts: [one, two]}}]
  series: {{output: {{decimals: 1}}, one: {{decimals: 1}}, two: {{decimals: 1}}}}
publish: {{findings: {rule}}}
"""
STEPS = """finding,state,decided_by,decided_on,document,reason
2024:sums:a:output,replied,甲局,2025-01-10,,口径已调整
2024:sums:a:output,confirmed,市统计局,2025-02-10,统函1号,台账与报表不符
2024:sums:c:output,dismissed,市统计局,2025-02-11,统函2号,另有未列的部分
"""


def folder(home: Path, rule: str = "graded") -> Path:
    """Bodies a (confirmed), b (open), c (dismissed) whose parts don't add up; d and e are as they should be."""
    (home / "evidence").mkdir(parents=True)
    (home / "scheme.yaml").write_text(SCHEME.format(rule=rule), encoding="utf-8")
    write = {"bodies": "body,name,name_en\n", "official": "body,period,indicator,value\n", "findings": STEPS}
    for at, body in enumerate("abcde"):
        write["bodies"] += f"{body},{body}县,County {body}\n"
        whole = {"a": 90.0, "b": 80.0, "c": 70.0}.get(body, 60.0)
        figures = {"output": whole, "one": 30.0, "two": 30.0, "clean": 50.0 + at}
        write["official"] += "".join(f"{body},2024,{name},{value}\n" for name, value in figures.items())
    for name, text in write.items():
        (home / "evidence" / f"{name}.csv").write_text(text, encoding="utf-8")
    return home


def evaluated(home: Path, **how: object) -> Evaluation:
    scheme = read_scheme(home)
    return evaluate(scheme, load_evidence(home, scheme), draws=50, **how)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return evaluated(folder(tmp_path_factory.mktemp("life")))


def test_only_a_confirmed_finding_moves_a_score(evaluation: Evaluation) -> None:
    plain = evaluated(Path(evaluation.evidence.folder), audited=False).scores.score
    moved = np.flatnonzero(evaluation.scores.score != plain)
    assert [evaluation.scores.bodies[at] for at in moved] == ["a"]
    assert evaluation.scores.score[0] == 50.0 and plain[0] == 70.0  # the air alone is left
    assert evaluation.beside.with_all is not None and evaluation.beside.with_all.score[0] == 70.0
    without = evaluation.beside.without_flagged
    assert without is not None and without.score[1] == 51.0 and without.score[2] == plain[2]


def test_every_state_is_told_in_explanations_with_its_effect(evaluation: Evaluation) -> None:
    told = {body: "\n".join(evaluation.explain(body).lines("en")) for body in "abcd"}
    assert "(E1, confirmed)" in told["a"] and "its rows do not count" in told["a"] and "统函1号" in told["a"]
    assert "score 70.00 with all rows; 50.00 without" in told["a"]
    assert "(E1, needs checking)" in told["b"] and "no score changes by it" in told["b"]
    assert "the body has not replied yet" in told["b"] and "does not agree with the sources below" in told["b"]
    assert "(E1, dismissed)" in told["c"] and "另有未列的部分" in told["c"] and "count as before" in told["c"]
    assert "⚑" not in told["d"]
    growth = "\n".join(evaluation.explain("b", "growth").lines("zh"))
    assert "2024:sums:b:output" in growth and "相差 -20" in growth
    assert "⚑" not in "\n".join(evaluation.explain("b", "clean").lines("zh"))


def test_findings_rest_on_indicators_by_their_rows(evaluation: Evaluation) -> None:
    assert set(concerned(evaluation).values()) == {("growth",)}
    assert [one.body for one in named(evaluation)] == ["a", "b", "c"]


def test_the_published_table_holds_all_three_with_what_became_of_them(evaluation: Evaluation) -> None:
    told = findings(evaluation)
    assert told["finding_state"] == ["confirmed", "open", "dismissed"] and told["reply"] == ["口径已调整", "", ""]
    assert told["document"] == ["统函1号", "", "统函2号"] and told["evidence_grade"] == ["E1"] * 3
    assert told["places"] == ["evidence/official.csv:2", "evidence/official.csv:6", "evidence/official.csv:10"]
    assert told["score_with_all"].tolist()[0] == 70.0 and told["score"].tolist()[0] == 50.0


def test_the_report_names_them_with_reply_and_wording(evaluation: Evaluation) -> None:
    page = render_report(evaluation, lang="zh")
    for words in (
        "与下列来源不一致，待核实",
        "audit-findings",
        "单位尚未答复",
        "口径已调整",
        "另有未列的部分",
        "evidence/official.csv:6",
    ):
        assert words in page
    assert not [word for word in ("造假", "舞弊", "虚报") if word in page]


@pytest.mark.parametrize(("rule", "bodies"), [("replied", ["a", "c"]), ("confirmed", ["a"])])
def test_a_scheme_may_name_fewer(tmp_path: Path, rule: str, bodies: list[str]) -> None:
    evaluation = evaluated(folder(tmp_path, rule))
    assert [one.body for one in named(evaluation)] == bodies
    assert "County b" not in "".join(evaluation.explain("a").lines("en"))
    assert "⚑" not in "".join(evaluation.explain("b").lines("en"))


def test_one_source_names_nobody_before_it_is_confirmed(evaluation: Evaluation) -> None:
    from dataclasses import replace

    (one, *_) = named(evaluation)
    single = replace(one, grade="E3", steps=())
    assert not may_be_named(evaluation.scheme, single) and may_be_named(evaluation.scheme, replace(one, grade="E3"))
    assert public_places(replace(one, suspicion="copied")) == () and SUSPICIONS["copied"].grade == "E3"
    assert "E1" in in_words(one).en and "the body replied (甲局, 2025-01-10): 口径已调整" in decision_words(one).en


def test_what_tells_of_a_project_as_it_is_stays_in_the_books(evaluation: Evaluation) -> None:
    from dataclasses import replace

    (one, *_) = named(evaluation)
    assert "do not count" in effect_of(one).en and "count" in effect_of(replace(one, suspicion="showpiece")).en
    assert SUSPICIONS["showpiece"].stands and SUSPICIONS["on_paper"].stands and not SUSPICIONS["sums"].stands
