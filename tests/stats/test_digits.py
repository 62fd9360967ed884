"""Digits against the digits of decimals as they are written, and statistics against scipy's."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from minping.stats.digits import (
    benford,
    benford_second,
    conformity,
    distances,
    first_digits,
    last_digits,
    leading,
    mantissas,
    second_digits,
    whole,
)

DECIMALS = st.lists(st.decimals(-(10**7), 10**7, places=4) | st.decimals(-10, 10, places=9), min_size=1, max_size=40)
NUMBERS = st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=40)


@given(DECIMALS)
def test_figures_become_whole_numbers_of_their_last_written_place(figures: list[Decimal]) -> None:
    numbers, places = whole(np.array([float(figure) for figure in figures]))
    for figure, number, place in zip(figures, numbers, places, strict=True):
        text = f"{figure:f}".rstrip("0").rstrip(".") if figure else "0"
        assert Decimal(int(number)).scaleb(-int(place)) == figure
        assert place == len(text.partition(".")[2])


@pytest.mark.parametrize("figure", [np.nan, np.inf, 1 / 3, 2.0**60])
def test_figures_that_no_one_wrote_down_are_refused(figure: float) -> None:
    with pytest.raises(ValueError, match="figures"):
        whole(np.array([1.0, figure]))


def test_a_figure_has_the_digits_that_were_written() -> None:
    assert int(0.29 * 100) == 28  # what floats make of it
    assert leading(whole(np.array([0.29]))[0], 2).tolist() == [29]


@given(NUMBERS, st.integers(1, 3))
def test_digits_are_those_of_the_text(numbers: list[int], digits: int) -> None:
    written = np.array(numbers)
    texts = [str(abs(number)) for number in numbers]
    expected = [int((text + "00")[:digits]) if text != "0" else 0 for text in texts]
    assert leading(written, digits).tolist() == expected
    lasts = np.bincount([int(text[-1]) for text in texts], minlength=10)
    assert last_digits(written).counts.tolist() == lasts.tolist()
    if any(numbers):
        seconds = np.bincount([int((text + "0")[1]) for text in texts if text != "0"], minlength=10)
        assert second_digits(written).counts.tolist() == seconds.tolist()
        assert first_digits(written, digits).counts.sum() == np.count_nonzero(written)


def test_expected_shares_sum_to_one() -> None:
    for shares in (benford(1), benford(2), benford(3), benford_second()):
        assert shares.sum() == pytest.approx(1.0, abs=1e-12)
    np.testing.assert_allclose(benford(2).reshape(9, 10).sum(axis=1), benford(1), rtol=1e-12)


@given(st.lists(st.integers(0, 200), min_size=9, max_size=9).filter(any))
def test_chi_square_is_that_of_scipy(count: list[int]) -> None:
    found = conformity(np.array(count), benford(1), 1)
    other = stats.chisquare(count, benford(1) * sum(count))
    assert found.chi2 == pytest.approx(other.statistic, rel=1e-9)
    assert found.p == pytest.approx(other.pvalue, rel=1e-9, abs=1e-300)
    assert found.ks == pytest.approx(max(abs(np.cumsum(count) / sum(count) - np.cumsum(benford(1)))), rel=1e-9)
    plain = np.abs(np.array(count) / sum(count) - benford(1)) / np.sqrt(benford(1) * (1 - benford(1)) / sum(count))
    assert (found.z <= plain + 1e-12).all() and found.mad >= 0


def test_distances_of_a_count_are_those_of_plain_sums() -> None:
    count = np.array([40.0, 10, 10, 10, 5, 5, 5, 5, 10])
    found = distances(conformity(count, benford(1), 1))
    off = [count[at] / 100 - benford(1)[at] for at in range(9)]
    walk = [sum(off[: at + 1]) for at in range(9)]
    assert found.ks == pytest.approx(10 * max(map(abs, walk)))
    assert found.chebyshev == pytest.approx(10 * max(map(abs, off)))
    assert found.euclidean == pytest.approx(10 * sum(x * x for x in off) ** 0.5)
    assert found.freedman == pytest.approx(100 / 9 * sum((x - sum(walk) / 9) ** 2 for x in walk))
    assert found.likeness == pytest.approx(stats.pearsonr(count, benford(1)).statistic ** 2)
    against = distances(conformity(count[::-1], benford(1), 1))
    assert against.likeness < 0
    assert against.mean_digit > found.mean_digit
    assert np.isnan(distances(last_digits(np.array([1, 2]))).likeness)


@given(st.lists(st.integers(1, 10**9), min_size=3, max_size=40, unique=True))
def test_moments_of_mantissas_are_those_of_scipy_and_know_no_unit(numbers: list[int]) -> None:
    found, other = (mantissas(np.array(numbers) * scale) for scale in (1, 1000))
    part = np.log10(numbers) % 1
    assert found.mean == pytest.approx(part.mean())
    assert found.variance == pytest.approx(part.var(ddof=1), rel=1e-6)
    assert 0 <= found.arc <= 1 + 1e-12 and found.p == pytest.approx(np.exp(-found.arc * len(numbers)))
    assert found.arc == pytest.approx(other.arc, abs=1e-9)
    if part.var() > 1e-6:
        assert found.skewness == pytest.approx(stats.skew(part), abs=1e-6)
        assert found.kurtosis == pytest.approx(stats.kurtosis(part), abs=1e-6)


def test_too_few_figures_are_refused_and_equal_ones_have_no_skewness() -> None:
    for written in ([0], [5, 0]):
        with pytest.raises(ValueError, match="at least two"):
            mantissas(np.array(written))
    with pytest.raises(ValueError, match="at least one"):
        first_digits(np.array([0]))
    assert np.isnan(mantissas(np.array([1, 10])).skewness)


def test_leading_digits_around_powers_of_ten_are_those_of_the_text() -> None:
    powers = [10**power + step for power in range(19) for step in (-1, 0, 1)] + [2**63 - 1, -(2**62), 999, 0]
    for digits in (1, 2, 3):
        wanted = [int((str(abs(one)) + "000")[:digits]) if one else 0 for one in powers]
        assert leading(np.array(powers), digits).tolist() == wanted
