from __future__ import annotations

import numpy as np
import pytest

from minping.stats.outliers import has_outliers, treat

PLAIN = np.arange(1.0, 21.0)


def test_a_column_without_outliers_stays_as_it_is() -> None:
    after = treat(PLAIN)
    assert after.values is PLAIN and (after.how, after.moved) == ("none", 0)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_an_extreme_is_pulled_in_on_the_side_of_the_skew(sign: float) -> None:
    values = sign * np.append(PLAIN, [400.0, np.nan])
    after = treat(values)
    assert has_outliers(values) and not has_outliers(after.values)
    assert (after.how, after.moved) == ("winsorised", 1)
    assert after.values[20] == sign * 20.0 and np.isnan(after.values[21])
    np.testing.assert_array_equal(after.values[:20], values[:20])


def test_equal_extremes_are_one_set() -> None:
    after = treat(np.append(np.tile(PLAIN, 3), [900.0, 900.0]), most_sets=1)
    assert (after.how, after.moved) == ("winsorised", 2)


def test_where_pulling_in_does_not_do_the_untreated_column_is_taken_in_logarithms() -> None:
    values = np.exp(np.linspace(0, 25, 60))
    after = treat(values)
    assert (after.how, after.moved) == ("log", 0)
    wanted = np.log(values - values.min() + 0.01 * (values.max() - values.min()))
    np.testing.assert_allclose(after.values, wanted, rtol=1e-12)
    assert (np.diff(after.values) > 0).all(), "the order of the bodies stays"


def test_too_few_or_equal_values_have_no_outliers() -> None:
    assert not has_outliers(np.array([1.0, 99.0])) and not has_outliers(np.full(9, 3.0))
