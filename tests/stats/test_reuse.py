"""Reuse between texts against sets of runs, pair by pair; what is common, copied whole, or long."""

from __future__ import annotations

import time
from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minping.stats.reuse import Reuse, reuse
from minping.stats.shingles import characters

TEXTS = st.lists(st.text(alphabet="路灯ab ，", max_size=24), min_size=0, max_size=7)


def drawn(size: int, seed: int) -> str:
    return "".join(map(chr, np.random.default_rng(seed).integers(0x4E00, 0x9000, size)))


def runs_of(text: str, size: int) -> set[str]:
    said = "".join(map(chr, characters([text])[0]))
    return {said[at : at + size] for at in range(len(said) - size + 1)}


def by_pair(found: Reuse) -> dict[tuple[int, int], tuple[int, float, float]]:
    columns = (found.one, found.other, found.shared, found.of_one, found.of_other)
    return {(int(i), int(j)): (int(n), float(a), float(b)) for i, j, n, a, b in zip(*columns, strict=True)}


@given(TEXTS, st.integers(1, 3), st.integers(2, 4), st.floats(0.1, 1), st.integers(1, 4))
@settings(max_examples=150)
def test_pairs_and_shares_are_those_of_sets(
    texts: list[str], size: int, common: int, least: float, fewest: int
) -> None:
    found = reuse(texts, size=size, common=common, least=least, fewest=fewest)
    said = ["".join(map(chr, characters([text])[0])) for text in texts]
    first = [said.index(text) for text in said]
    sets = [runs_of(text, size) for text in texts]
    many = Counter(run for at, runs in enumerate(sets) if first[at] == at for run in runs)
    own = [{run for run in runs if many[run] <= common} for runs in sets]
    wanted = {}
    for i, j in combinations(range(len(texts)), 2):
        if first[j] == i and len(sets[i]) >= fewest:
            wanted[i, j] = (len(own[i]), 1.0, 1.0)
        elif first[i] == i and first[j] == j:
            both = len(own[i] & own[j])
            if any(len(one) >= fewest and both >= least * len(one) for one in (own[i], own[j])):
                wanted[i, j] = (both, both / len(own[i]), both / len(own[j]))
    assert by_pair(found) == wanted
    assert found.runs.tolist() == [len(runs) for runs in sets]
    for at, runs in enumerate(sets):
        if not runs:
            assert np.isnan(found.common[at]) and np.isnan(found.elsewhere[at])
            continue
        others = set().union(*(sets[other] for other in range(len(texts)) if other != at))
        assert found.common[at] == pytest.approx(1 - len(own[at]) / len(runs))
        assert found.elsewhere[at] == pytest.approx(len(runs & others) / len(runs))


def test_a_short_report_that_stands_in_a_long_one_is_found_from_its_side() -> None:
    short, long = drawn(300, 1), drawn(3000, 2)
    found = by_pair(reuse([drawn(500, 3), long[:900] + short + long[900:], short]))
    assert list(found) == [(1, 2)]
    assert found[1, 2][2] == 1.0
    assert found[1, 2][1] == pytest.approx(293 / 3293, abs=0.005)


def test_what_many_say_makes_no_pairs_but_is_told() -> None:
    head = drawn(400, 4)
    texts = [head + drawn(200, 10 + seed) for seed in range(30)]
    found = reuse(texts, common=20)
    assert not found.one.size
    assert found.common == pytest.approx(np.full(30, 393 / 593))
    assert found.elsewhere == pytest.approx(found.common)
    assert reuse(texts, common=30).one.size == 30 * 29 / 2


def test_copies_of_one_text_are_paired_with_it_however_many_and_do_not_make_it_common() -> None:
    text = drawn(200, 5)
    found = reuse([text] * 30 + [drawn(100, 6) + text[:150]])
    assert found.one.tolist() == [0] * 30
    assert found.other.tolist() == list(range(1, 31))
    assert (found.of_one[:29] == 1).all() and (found.common[:30] == 0).all() and (found.elsewhere[:30] == 1).all()
    assert found.of_other[29] == pytest.approx(143 / 243)


def test_short_texts_make_no_pairs() -> None:
    assert not reuse(["已办结"] * 50).one.size
    assert reuse(["已办结已办结"] * 3, size=3, fewest=1).one.size == 2


def test_a_text_of_a_million_characters_is_one_text_among_others() -> None:
    page = drawn(200_000, 7)
    started = time.process_time()
    found = reuse([page * 5, page[1000:3000], drawn(2000, 8)])
    assert time.process_time() - started < 5
    assert by_pair(found)[0, 1][2] == 1.0
    assert found.one.size == 1


@pytest.mark.parametrize(
    "wrong", [{"size": 0}, {"common": 1}, {"fewest": 0}, {"least": 0.0}, {"least": 1.5}, {"least": float("nan")}]
)
def test_what_is_out_of_range_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"must be|at least"):
        reuse(["a"], **wrong)  # type: ignore[arg-type]
