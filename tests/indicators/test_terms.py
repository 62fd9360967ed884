"""Terms: words that many share and that name nobody."""

from __future__ import annotations

import numpy as np
import pytest

from minping.indicators.terms import cut, shared_terms, usage

MANY = ["电动车充电桩坏了，李建国电话13912345678，身份证11010119900101123X"] * 30
ANYWHERE = np.arange(30)


def test_names_numbers_and_phrases_of_the_hotline_are_no_terms() -> None:
    texts = [f"{text}请求有关部门处理，北京市海淀区张伟" for text in MANY]
    found = shared_terms(cut([*texts, *["路灯"] * 30]), np.arange(60), 5)
    assert {"电动车", "充电"} <= set(found)
    assert not {"李建国", "张伟", "北京市", "海淀区", "请求", "部门"} & set(found)
    assert not any(letter.isdigit() for word in found for letter in word)


def test_a_name_in_latin_letters_is_told_by_its_capital() -> None:
    texts = ["Mr Brown says the street is dark"] * 10 + ["brown water, Ltd"] * 2 + ["noise"] * 12
    assert list(shared_terms(cut(texts), np.arange(24), 3)) == ["dark", "noise", "says", "street"]


@pytest.mark.parametrize(
    ("requests", "places", "is_term"), [(10, 10, True), (10, 9, False), (9, 9, False), (30, 5, False)]
)
def test_a_term_is_used_in_enough_requests_from_enough_places(requests: int, places: int, is_term: bool) -> None:
    texts = ["小区路灯坏了"] * requests + ["停水了没有通知"] * (50 - requests)
    place = np.concatenate([np.arange(requests) % places, 100 + np.arange(50 - requests)])
    assert ("路灯" in shared_terms(cut(texts), place, 10)) == is_term


def test_what_nearly_all_say_and_names_of_bodies_are_no_terms() -> None:
    texts = ["城管占道经营"] * 12 + ["路灯占道经营"] * 12
    assert set(shared_terms(cut(texts), np.arange(24), 5, ["城管"])) == {"路灯"}


def test_usage_counts_each_term_of_each_text() -> None:
    texts = ["路灯路灯停水", "", "停水\n停水\x00停水\u2028", "LIGHT light"]
    table = usage(cut(texts), {"路灯": 0, "停水": 1, "light": 2})
    assert table.toarray().tolist() == [[2, 1, 0], [0, 0, 0], [0, 3, 0], [0, 0, 2]]
    assert usage(cut([]), {"路灯": 0}).shape == (0, 1)


def test_without_words_there_are_no_terms() -> None:
    assert shared_terms(cut(["", "123 ！！"]), np.arange(2), 1) == {}
