"""The error rate in words."""

from __future__ import annotations

import numpy as np

from minping.audit.inspections.words import rate_words
from minping.model.inspected import ErrorRate


def test_the_rate_its_interval_and_what_is_unseen_are_told() -> None:
    one = np.array([0.1])
    found = ErrorRate("2024", ("",), np.array([40]), np.array([6]), one, one / 2, one * 2, 0.95, 3)
    words = rate_words(found)
    assert "about 10.0% of all claims of 2024 do not hold (95% interval 5.0%–20.0%)" in words.en
    assert "40 inspected, 6 of which did not; 3 more without a result" in words.en and "另有 3 项" in words.zh
