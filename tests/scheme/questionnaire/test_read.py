"""Reading a questionnaire: its scales, and every fault of the file at once, with its line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from minping.errors import SchemeError
from minping.model.questions import Scale
from minping.pipeline import load_evidence
from minping.scheme.questionnaire import read_questionnaire
from minping.scheme.read import parse_scheme
from tests.scheme.questionnaire.forms import GOOD, changed, read

RANGE = ("    scale: five\n", "    scale: {range: {from: 0, to: 10, low: 很差, high: 很好}}\n")


def test_scales_are_those_of_ratings_with_the_words_for_silence() -> None:
    scales = read(RANGE).scales
    silent = (("不知道", "don't know"), ("不愿回答", "prefer not to say"))
    assert scales["overall"] == Scale(0.0, 10.0, tuple(float(at) for at in range(11)), *silent)
    assert scales["speed"] == Scale(1.0, 5.0, (1.0, 2.0, 3.0, 4.0, 5.0), *silent)
    assert set(scales) == {"overall", "speed", "attitude", "change"}


def test_a_scale_whose_low_numbers_are_good_runs_the_other_way() -> None:
    scale = read(("    midpoint: 3\n", "    midpoint: 3\n    better: low\n")).scales["speed"]
    assert (scale.worst, scale.best) == (5.0, 1.0)


def test_values_of_options_are_their_places_unless_given() -> None:
    scale = read(("{title: {zh: 更方便, en: easier}}", "{title: 更方便, value: 5}")).scales["change"]
    assert scale.levels == (1.0, 2.0, 5.0)


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("scale: five", "scale: fife", "unknown-scale", "did you mean five?"),
        ("id: speed", "id: overall", "duplicate-id", "choose another id"),
        ("items: [overall,", "items: [overal,", "unknown-question", "did you mean overall?"),
        ("    midpoint: 3\n", "    midpoint: 9\n", "bad-value", "midpoint is the value of an option"),
        ("    scale: five\n", "", "no-scale", "give its scale, or make it kind: text"),
        ("mode: phone", "mode: telephone", "unknown-option", "did you mean phone?"),
        ("    text: {zh: 总的来说", "    txt: {zh: 总的来说", "missing-key", "give text"),
        ("    scale: five\n", "    scale: {range: {from: 5, to: 1}}\n", "bad-value", "from must be below to"),
        ("    scale: five\n", "    scale: {range: {from: 0, to: 10, step: 3}}\n", "bad-value", "so many steps"),
        ("{title: {zh: 更方便, en: easier}}", "{title: 更方便, value: 1}", "bad-value", "a value of its own"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(old: str, new: str, code: str, said: str) -> None:
    with pytest.raises(SchemeError) as told:
        read((old, new))
    problems = {problem.code: problem for problem in told.value.problems}
    assert code in problems and said in problems[code].line()
    line = (problems[code].place.row or 0) - 1
    at = changed((old, new))[: changed((old, new)).index(new) if new else GOOD.index(old)].count("\n")
    assert abs(line - at) <= 8


def test_several_faults_come_at_once() -> None:
    with pytest.raises(SchemeError) as told:
        read(("scale: five", "scale: fife"), ("items: [overall,", "items: [overal,"), ("id: speed", "id: attitude"))
    assert [problem.code for problem in told.value.problems] == [
        "unknown-scale",
        "duplicate-id",
        "unknown-question",
        "unknown-question",
    ]


def test_the_evidence_knows_the_scales_and_the_hash_of_the_form(tmp_path: Path) -> None:
    (tmp_path / "questionnaire.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "bodies.csv").write_text("body,name\nb1,甲镇\n", encoding="utf-8")
    (tmp_path / "evidence" / "official.csv").write_text("body,period,indicator,value\nb1,2025,a,1\n", encoding="utf-8")
    scheme = parse_scheme(
        "id: s\nversion: 1\ntitle: x\nauthority: {issuer: y}\n"
        "indicators: [{id: a, title: a, direction: higher, weight: 1, normalise: minmax}]\n"
    )
    evidence = load_evidence(tmp_path, scheme)
    assert evidence.scales == read_questionnaire(tmp_path).scales and len(evidence.scales) == 4
    assert evidence.files[-1].path == "questionnaire.yaml"
    assert evidence.files[-1].sha256 == hashlib.sha256(GOOD.encode()).hexdigest()
