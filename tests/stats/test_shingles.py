"""Shingles against sets of text, signatures against their theory."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minping.stats.shingles import (
    BINS,
    characters,
    close_pairs,
    jaccard,
    mixed,
    number_hashes,
    shingles,
    signatures,
    whole_hashes,
)

TEXTS = st.lists(st.text(alphabet="路灯不亮停水ab1２ ，。\x00\u202e", max_size=20), min_size=1, max_size=6)


def letters(text: str) -> str:
    points, _ = characters([text])
    return "".join(map(chr, points))


def runs(text: str, size: int = 3) -> set[str]:
    said = letters(text)
    return {said[at : at + size] for at in range(len(said) - size + 1)}


def random_texts(count: int, length: int, seed: int) -> list[str]:
    drawn = np.random.default_rng(seed).integers(0x4E00, 0x9000, (count, length))
    return ["".join(map(chr, row)) for row in drawn]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Road  LIGHT-7", "roadlight7"),
        ("ＡＢ１２", "ab12"),
        ("路灯，\x00不\u202e亮\x1b[0m", "路灯不亮0m"),
        ("𠀀字😀", "𠀀字😀"),
        ("\ud800坏", "坏"),
        ("", ""),
    ],
)
def test_only_letters_and_digits_count_in_lower_case_and_half_width(text: str, meant: str) -> None:
    assert letters(text) == meant


@given(TEXTS)
@settings(deadline=None, max_examples=60)
def test_shingles_are_the_runs_of_each_text_by_itself(texts: list[str]) -> None:
    hashes, text = shingles(*characters(texts))
    named = {}
    for at, said in enumerate(texts):
        mine = set(hashes[text == at].tolist())
        assert len(mine) == len(runs(said))
        for run in runs(said):
            [only] = shingles(*characters([run]))[0].tolist()
            assert only in mine and named.setdefault(run, only) == only
    assert len(set(named.values())) == len(named)


@given(TEXTS)
@settings(deadline=None, max_examples=60)
def test_likeness_is_that_of_sets_whatever_the_pair(texts: list[str]) -> None:
    one, other = np.divmod(np.arange(len(texts) ** 2), len(texts))
    found = jaccard(*shingles(*characters(texts)), one, other, len(texts))
    for at, (i, j) in enumerate(zip(one, other, strict=True)):
        union = runs(texts[i]) | runs(texts[j])
        expected = len(runs(texts[i]) & runs(texts[j])) / len(union) if union else np.nan
        assert found[at] == pytest.approx(expected, nan_ok=True)


@given(TEXTS)
@settings(deadline=None, max_examples=60)
def test_two_texts_have_one_hash_exactly_if_their_letters_are_the_same(texts: list[str]) -> None:
    found = whole_hashes(*characters(texts), len(texts))
    assert ((found[:, None] == found) == [[letters(one) == letters(other) for other in texts] for one in texts]).all()
    assert ((found == 0) == [not letters(one) for one in texts]).all()


def test_numbers_are_told_apart_by_value_order_and_where_they_end() -> None:
    texts = ["3号楼12层", "三号 3楼 １２层", "31号2层", "12号3层", "无数字", "312", "3 1 2"]
    found = number_hashes(*characters(texts), len(texts))
    assert found[0] == found[1] and found[4] == 0
    assert len(set(found.tolist())) == 6 - 1  # 312 written with blanks is the same number


def test_a_signature_agrees_as_often_as_texts_are_alike() -> None:
    ours = random_texts(400, 200, 1)
    for cut, alike in ((0, 1.0), (22, 0.8), (66, 0.5)):
        theirs = [text[: 200 - cut] + other[:cut] for text, other in zip(ours, random_texts(400, 200, 2), strict=True)]
        signed = [signatures(*shingles(*characters(texts)), len(texts)) for texts in (ours, theirs)]
        agree = (signed[0] == signed[1]).mean()
        pairs = np.arange(400)
        exact = jaccard(*shingles(*characters(ours + theirs)), pairs, pairs + 400, 800).mean()
        assert exact == pytest.approx(alike, abs=0.02)
        assert agree == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / (400 * BINS)) + 1e-12)


@pytest.mark.parametrize("length", [14, 30, 200])
def test_texts_that_are_nearly_the_same_are_paired_and_strangers_hardly_ever(length: int) -> None:
    ours, others = random_texts(500, length, 3), random_texts(500, length, 4)
    theirs = [text[:-1] + other[0] for text, other in zip(ours, others, strict=True)]
    texts = ours + theirs
    hashes, text = shingles(*characters(texts))
    one, other = close_pairs(signatures(hashes, text, 1000), mixed(np.zeros(1000, np.int64)), 4)
    alike = jaccard(hashes, text, np.arange(500), np.arange(500) + 500, 1000) >= 0.8
    found = {(i, j) for i, j in zip(one.tolist(), other.tolist(), strict=True)}
    assert np.mean([(at, at + 500) in found for at in np.flatnonzero(alike)]) > 0.995
    assert len(found - {(at, at + 500) for at in range(500)}) < 50
    assert all(i < j for i, j in found)


def test_what_all_say_makes_no_more_pairs_than_the_nearest() -> None:
    texts = ["小区电梯停运已经三天没有人修"] * 1000
    one, other = close_pairs(signatures(*shingles(*characters(texts)), 1000), mixed(np.repeat([1, 2], 500)), 3)
    assert one.size == 2 * (3 * 500 - 6) and (other - one <= 3).all()
    assert ((one < 500) == (other < 500)).all()


def test_without_texts_there_are_no_pairs() -> None:
    hashes, text = shingles(*characters([]))
    assert not hashes.size and not close_pairs(signatures(hashes, text, 0), mixed(np.empty(0, np.int64)), 4)[0].size
