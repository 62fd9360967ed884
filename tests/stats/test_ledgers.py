"""A ledger's statistics against those of each kind by itself, and its digits against what was written."""

from __future__ import annotations

import numpy as np
import pytest

from minping.stats.digits import first_digits, mantissas, second_digits, whole
from minping.stats.ledgers import ledger


def amounts(size: int, places: int = 2) -> np.ndarray:
    return np.round(np.exp(np.random.default_rng(1).normal(6, 2, size)), places)


def test_all_is_as_each_by_itself() -> None:
    written = whole(amounts(3000))[0]
    found = ledger(amounts(3000))
    assert found.mantissas == mantissas(written)
    each = (first_digits(written), first_digits(written, 2), first_digits(written, 3), second_digits(written))
    for one, other in zip(found[:4], each, strict=True):
        assert one.digits.tolist() == other.digits.tolist()
        assert one.counts.tolist() == other.counts.tolist()
        assert (one.chi2, one.p, one.mad) == pytest.approx((other.chi2, other.p, other.mad), rel=1e-12)


def test_digits_are_those_that_were_written() -> None:
    found = ledger(amounts(2000))
    texts = [f"{one:.2f}".replace(".", "") for one in amounts(2000).tolist()]
    assert found.last_two is not None
    assert found.last_two.counts.tolist() == [sum(text.endswith(f"{end:02}") for text in texts) for end in range(100)]
    threes = [(text.lstrip("0") + "000")[:3] for text in texts]
    assert found.first_three.counts.tolist() == [threes.count(str(digits)) for digits in range(100, 1000)]


def test_amounts_of_nought_are_left_out() -> None:
    there = amounts(500)
    one, other = ledger(there), ledger(np.concatenate([[0.0], there, [0.0, -0.0]]))
    assert one.first.counts.tolist() == other.first.counts.tolist()
    assert one.last_two is not None and other.last_two is not None
    assert one.last_two.counts.tolist() == other.last_two.counts.tolist()


def test_amounts_too_long_for_one_smallest_place_have_no_last_two() -> None:
    found = ledger(np.array([0.01234567, 9e12]))
    assert found.last_two is None and found.first.counts.tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_a_decimal_begins_as_it_was_written() -> None:
    assert ledger(np.array([0.29, 0.29])).first_two.counts[29 - 10] == 2


def test_what_is_not_finite_or_nothing_but_noughts_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        ledger(np.array([1.0, np.nan]))
    with pytest.raises(ValueError, match="at least two"):
        ledger(np.zeros(5))
