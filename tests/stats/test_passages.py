"""Shared passages against a plain search, on texts made to repeat themselves and on long ones."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minping.stats.passages import longest_shared

TEXTS = st.text(alphabet="ab，路 Ａ", max_size=40)
MILLION = 1_000_000


def letters(text: str) -> str:
    return "".join("a" if one in "ａＡ" else one for one in text if one not in "， ")


def drawn(size: int, seed: int) -> str:
    return "".join(map(chr, np.random.default_rng(seed).integers(0x4E00, 0x9000, size)))


@given(TEXTS, TEXTS, st.integers(1, 5))
def test_the_length_is_that_of_a_plain_search_and_the_places_hold_the_words(one: str, other: str, least: int) -> None:
    ours, theirs = letters(one), letters(other)
    runs = {ours[at:end] for at in range(len(ours)) for end in range(at + 1, len(ours) + 1)}
    longest = max((len(run) for run in runs if run in theirs), default=0)
    found = longest_shared(one, other, least=least)
    if longest < least:
        assert found is None
        return
    assert found is not None and found.characters == longest
    assert found.words == one[slice(*found.one)]
    assert letters(found.words) == letters(other[slice(*found.other)])
    assert len(letters(found.words)) == longest


@pytest.mark.parametrize("edit", ["", "改"])
def test_long_texts_that_differ_by_an_edit_are_quick(edit: str) -> None:
    text = drawn(MILLION, 1)
    started = time.process_time()
    found = longest_shared(text, text[:600_000] + edit + text[600_000 + len(edit) :])
    assert time.process_time() - started < 5
    assert found is not None
    assert found.characters == (600_000 if edit else MILLION)
    assert found.one == found.other == (0, found.characters)


def test_a_short_passage_is_found_between_long_texts_that_share_no_more() -> None:
    one, other = drawn(200_000, 2), drawn(200_000, 3)
    found = longest_shared(one, other[:77_777] + one[150_000:150_030] + other[77_777:])
    assert found is not None
    assert (found.one, found.other, found.characters) == ((150_000, 150_030), (77_777, 77_807), 30)


def test_long_texts_that_repeat_a_page_are_quick() -> None:
    started = time.process_time()
    found = longest_shared("ab" * 100_000, "ba" * 100_000)
    assert time.process_time() - started < 5
    assert found is not None and found.characters == 199_999


def test_nothing_shared_and_nothing_said_is_none() -> None:
    assert longest_shared("一二三", "四五六") is None
    assert longest_shared("", "四五六") is None
    assert longest_shared("，。", "，。") is None


def test_a_least_length_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        longest_shared("a", "a", least=0)
