"""Adjusted p-values against an example reckoned by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import false_discovery_control

from minping.stats.multiplicity import benjamini_hochberg, benjamini_yekutieli

#: Benjamini and Hochberg (1995), section 4: 15 comparisons, of which four are rejected at 5 %
PAPER = np.array([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
                  0.6528, 0.7590, 1.0000])  # fmt: skip


def test_the_example_of_the_paper_rejects_four() -> None:
    adjusted = benjamini_hochberg(PAPER)
    assert (adjusted <= 0.05).sum() == 4
    assert adjusted[:5] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625, 0.0603])  # 15 p / rank


def test_a_later_smaller_one_pulls_the_earlier_down() -> None:
    # 4 × .01 / 1, 4 × .03 / 2 = .06, 4 × .04 / 3 = .0533, 4 × .5 / 4
    assert benjamini_hochberg(np.array([0.01, 0.04, 0.03, 0.5])) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])


def test_yekutieli_is_dearer_by_the_harmonic_sum() -> None:
    # 1 + 1/2 + 1/3 = 11/6
    assert benjamini_yekutieli(np.array([0.01, 0.02, 0.03])) == pytest.approx([0.03 * 11 / 6] * 3)


@pytest.mark.parametrize(("ours", "theirs"), [(benjamini_hochberg, "bh"), (benjamini_yekutieli, "by")])
def test_scipy_says_the_same(ours: object, theirs: str) -> None:
    p = np.random.default_rng(3).random(200) ** 3
    np.testing.assert_allclose(ours(p), false_discovery_control(p, method=theirs))  # type: ignore[operator]


def test_what_is_missing_stays_missing_and_is_not_counted() -> None:
    adjusted = benjamini_hochberg(np.array([0.02, np.nan, 0.04]))
    assert np.isnan(adjusted[1]) and adjusted[[0, 2]] == pytest.approx([0.04, 0.04])
    assert benjamini_yekutieli(np.array([])).size == 0


def test_no_probability_is_no_p_value() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg(np.array([0.1, 1.2]))
