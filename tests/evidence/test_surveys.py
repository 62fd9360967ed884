"""Surveys that cannot be are named row by row, the design of the sample among them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from minping.errors import EvidenceError
from minping.evidence import load_evidence
from minping.evidence.surveys import SURVEY_RULES, answers_fit, of_the_sample
from minping.evidence.tables import TABLES
from minping.model.evidence import Codebook
from minping.model.questions import Scale
from minping.simulation.county import simulate
from tests.evidence.test_records import folder, load, problems

HEAD = "respondent,body,question,answer,asked_on,weight,stratum,cluster,fpc\n"
GOOD = HEAD + (
    "p1,b1,trust,5,2024-05-01,10.5,h1,c1,6\n"
    "p1,b1,fair,拒答,2024-05-01,10.5,h1,c1,6\n"
    "p2,甲街道,trust,unknown,2024/5/2,20,h1,c2,6\n"
    "p3,b2,trust,1,20240503,1e3,h2,c1,2\n"
    "p4,b2,trust,3,2024-05-04,7,h2,c2,2\n"
)


def surveys(home: Path, text: str = GOOD) -> Path:
    return folder(home, surveys=text)


def named(home: Path) -> set[tuple[str, int | None, str]]:
    return {(problem.code, problem.place.row, problem.place.column) for problem in problems(home)}


def test_good_answers_in_any_written_form_are_taken(tmp_path: Path) -> None:
    found = load(surveys(tmp_path))
    assert found.records["surveys"].rows == 5 and not found.problems


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("p1,b1,trust", "p1,b9,trust", {("unknown-body", 2, "body"), ("respondent-differs", 2, "body"), ("respondent-differs", 3, "body")}),
        ("trust,5", "trust,6", {("impossible-answer", 2, "answer")}),
        ("trust,5", "trust,0", {("impossible-answer", 2, "answer")}),
        ("trust,5", "trust,4.5", {("impossible-answer", 2, "answer")}),
        ("trust,5", "trust,good", {("impossible-answer", 2, "answer")}),
        ("trust,5", "trust,", {("answer-missing", 2, "answer")}),
        (",20,", ",0,", {("impossible-weight", 4, "weight")}),
        (",20,", ",-2,", {("impossible-weight", 4, "weight")}),
        (",20,", ",inf,", {("impossible-weight", 4, "weight")}),
        (",20,", ",nan,", {("impossible-weight", 4, "weight")}),
        (",20,", ",many,", {("impossible-weight", 4, "weight")}),
        (",20,", ",,", {("design-incomplete", 4, "weight")}),
        ("h1,c2,6", "h1,,6", {("design-incomplete", 4, "cluster")}),
        ("h1,c2,6", ",c2,6", {("design-incomplete", 4, "stratum")}),
        ("2024/5/2", "soon", {("malformed-date", 4, "asked_on")}),
        ("2024/5/2", "", {("empty-cell", 4, "asked_on")}),
        ("p1,b1,fair", "p1,b1,trust", {("duplicate-answer", 2, "respondent"), ("duplicate-answer", 3, "respondent")}),
        ("refused", "拒绝回答", set()),
        ("10.5,h1,c1,6\np2", "11,h1,c1,6\np2", {("respondent-differs", 2, "weight"), ("respondent-differs", 3, "weight")}),
        ("h2,c1,2", "h2,c1,3", {("frame-differs", 5, "fpc"), ("frame-differs", 6, "fpc")}),
        (",2\n", ",1\n", {("frame-too-small", 5, "fpc"), ("frame-too-small", 6, "fpc")}),
        ("h2,c1,2", "h2,c1,x", {("impossible-frame", 5, "fpc"), ("frame-differs", 5, "fpc"), ("frame-differs", 6, "fpc")}),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_is_named_with_all_its_rows(
    tmp_path: Path, old: str, new: str, wanted: set[tuple[str, int, str]]
) -> None:
    text = GOOD.replace("拒答", "refused")
    assert old in text
    home = surveys(tmp_path, text.replace(old, new))
    if wanted:
        assert named(home) == wanted
    else:
        assert load(home).records["surveys"].rows == 5


@pytest.mark.parametrize(
    ("scale", "good", "bad"),
    [
        (Scale(1, 10, tuple(map(float, range(1, 11)))), ["1", "10", "7.0"], ["0", "11", "2.5"]),
        (Scale(0, 10), ["0", "10", "2.5", "没想过", "unknown"], ["10.5", "-1", "nan", "inf"]),
        (Scale(0, 1, (1.0, 0.0)), ["0", "1"], ["2", "0.5", "yes"]),
        (Scale(7, 1, tuple(map(float, range(1, 8)))), ["7", "1"], ["8"]),
    ],
)
def test_an_answer_is_on_the_scale_of_its_question(
    tmp_path: Path, scale: Scale, good: list[str], bad: list[str]
) -> None:
    scale = replace(scale, unknown=("没想过",))
    rows = [f"q{at},b1,wide,{answer},2024-05-01,,,," for at, answer in enumerate([*good, *bad])]
    home = surveys(tmp_path, HEAD + "\n".join(rows) + "\np,b1,trust,5,2024-05-01,,,,\nr,b1,trust,7,2024-05-01,,,,\n")
    with pytest.raises(EvidenceError) as caught:
        load_evidence(home, Codebook({}, records=("surveys",), scales={"wide": scale}))
    found = [one for one in caught.value.problems if one.code == "impossible-answer"]
    assert [one.place.row for one in found] == [*range(2 + len(good), 2 + len(good) + len(bad)), 3 + len(rows)]
    assert found[-1].allowed.en == "1, 2, 3, 4, 5, unknown, refused" != found[0].allowed.en


def test_every_bad_row_is_named(tmp_path: Path) -> None:
    text = HEAD + "".join(f"p{at},b1,trust,{9 if at % 3 == 0 else 4},2024-05-01,1,h,c{at},900\n" for at in range(300))
    rows = {problem.place.row for problem in problems(surveys(tmp_path, text)) if problem.code == "impossible-answer"}
    assert rows == {at + 2 for at in range(0, 300, 3)}


def test_a_stratum_with_one_cluster_is_warned_of_unless_it_is_all_there_is(tmp_path: Path) -> None:
    alone = GOOD + "p5,b2,trust,2,2024-05-04,7,h3,c9,{}\n"
    found = load(surveys(tmp_path, alone.format(4))).problems
    assert [(one.code, one.severity, one.place.row) for one in found] == [("single-unit", "warning", 7)]
    assert not load(surveys(tmp_path, alone.format(1))).problems


def test_a_question_that_nobody_was_asked_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError) as caught:
        load_evidence(surveys(tmp_path), Codebook({}, records=("surveys",), questions=("fair", "turst")))
    (found,) = [one for one in caught.value.problems if one.severity == "error" and one.code != "missing-table"]
    assert (found.code, found.place.column, found.fix.en) == ("unknown-question", "question", "did you mean trust?")
    assert found.allowed.en == "fair, trust" and "turst" in found.found.zh


def test_without_a_design_people_are_a_plain_sample(tmp_path: Path) -> None:
    text = "受访者,单位,题目,回答,访问日期\np1,b1,trust,5,2024-05-01\np2,b1,trust,说不清,2024-05-01\n"
    assert load(surveys(tmp_path, text)).records["surveys"].rows == 2


def test_the_survey_of_the_simulated_county_is_taken(tmp_path: Path) -> None:
    simulate(tmp_path, seed=3, bodies=6, services=600)
    found = load(tmp_path)
    told = [one for one in found.problems if "surveys" in one.place.file]  # other tables hold what was planted
    assert found.records["surveys"].rows > 200 and not told


def test_every_rule_is_about_a_column_and_is_said_in_both_languages() -> None:
    names = {column.name for column in TABLES["surveys"].columns}
    for rule in (*SURVEY_RULES, *answers_fit({}), *of_the_sample("t")):
        remark = rule.say("x")
        assert rule.column in names and remark.found.zh and remark.found.en and remark.fix.zh and remark.fix.en
