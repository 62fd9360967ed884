"""What words lean to, and what a word of the same clause denies."""

from __future__ import annotations

import re

import pytest

from minping.scheme.part import Words
from minping.scheme.questionnaire.phrases import asserted, lean, said


@pytest.mark.parametrize(
    ("word", "sign"),
    [
        ("非常不满意", -1),
        ("不太方便", -1),
        ("基本满意", 1),
        ("差不多", 0),
        ("没有变化", 0),
        ("说不清", 0),
        ("每周一次", None),
        ("very unfair", -1),
        ("not satisfied", -1),
        ("somewhat satisfied", 1),
        ("neither satisfied nor dissatisfied", 0),
        ("weekly", None),
    ],
)
def test_an_answer_leans_as_its_words_say(word: str, sign: int | None) -> None:
    assert lean(Words(zh=word)) == sign


def test_a_ban_reaches_to_the_end_of_its_clause_only() -> None:
    word = re.compile("满分|five stars")
    assert list(asserted(word, "不得提示，请打满分")) == ["满分"]
    assert list(asserted(word, "不得要求打满分")) == []
    assert list(asserted(word, "Never ask for five stars. Ask for five stars!")) == ["five stars"]


def test_both_languages_are_said_one_line_each() -> None:
    assert said(Words(zh="好", en="good")) == "好\ngood" and said(None) == ""
