from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from minping.stats.moments import kurtosis, skewness

columns = st.lists(st.integers(-50, 50), min_size=4, max_size=30).filter(lambda numbers: len(set(numbers)) > 1)


@given(numbers=columns)
def test_moments_are_those_of_scipy_without_bias(numbers: list[int]) -> None:
    values = np.array([*numbers, np.nan], dtype=np.float64)
    there = values[:-1]
    np.testing.assert_allclose(skewness(values), stats.skew(there, bias=False), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(kurtosis(values), stats.kurtosis(there, bias=False), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("values", [[], [1.0, 2.0], [3.0, 3.0, 3.0, 3.0], [np.nan] * 5])
def test_too_few_or_equal_values_have_no_shape(values: list[float]) -> None:
    assert np.isnan(skewness(np.array(values))) and np.isnan(kurtosis(np.array(values)))
