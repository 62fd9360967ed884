"""Sources together: plain sums unit by unit."""

from __future__ import annotations

import numpy as np
import pytest

from minping.stats.convergence import pointing, weighted_z


def test_mean_and_count_are_those_of_plain_sums() -> None:
    random = np.random.default_rng(2)
    scores, weights = random.normal(size=(30, 4)), np.array([1.0, 0.5, 2.0, 0.0])
    scores[random.random((30, 4)) < 0.2] = np.nan
    scores[0] = np.nan
    for row, mean, count in zip(scores, weighted_z(scores, weights), pointing(scores, 0.5), strict=True):
        there = [(z, w) for z, w in zip(row, weights, strict=True) if z == z]
        whole = sum(w for _, w in there)
        assert mean == pytest.approx(sum(z * w for z, w in there) / whole if whole else np.nan, nan_ok=True)
        assert count == sum(z > 0.5 for z, _ in there)


@pytest.mark.parametrize("weights", [[1.0], [1.0, -1.0], [1.0, np.nan]])
def test_weights_that_cannot_be_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weight"):
        weighted_z(np.ones((3, 2)), np.array(weights))
