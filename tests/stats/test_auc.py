"""Areas under the curve against all pairs counted."""

from __future__ import annotations

import numpy as np
import pytest

from minping.stats.auc import auc


def test_area_and_error_are_those_of_all_pairs() -> None:
    random = np.random.default_rng(1)
    scores, marked = random.integers(0, 9, 40).astype(float), np.arange(40) < 13
    pairs = np.sign(scores[marked][:, None] - scores[~marked][None, :]) / 2 + 0.5
    variance = pairs.mean(axis=1).var(ddof=1) / 13 + pairs.mean(axis=0).var(ddof=1) / 27
    found = auc(scores, marked)
    assert found.area == pytest.approx(pairs.mean())
    assert found.error == pytest.approx(variance**0.5)


def test_missing_scores_and_empty_sides() -> None:
    marked = np.array([True, False, True])
    assert auc(np.array([2.0, 1.0, np.nan]), marked).area == 1
    assert np.isnan(auc(np.array([2.0, 1.0, np.nan]), marked).error)
    with pytest.raises(ValueError, match="each side"):
        auc(np.ones(3), np.ones(3, dtype=bool))
