"""The coverage in words."""

from __future__ import annotations

import numpy as np

from minping.audit.coverage.words import REPORTERS, reporting_words, resting_words
from minping.model.coverage import Coverage, Reporting
from minping.model.evidence import REPORTERS as KNOWN


def test_every_reporter_has_words() -> None:
    assert set(REPORTERS) == set(KNOWN)


def test_shares_of_nought_are_not_told_and_no_body_is_named() -> None:
    found = Coverage("2024", (), ("a", "b"), np.array([[0.5, 0, 0, 0.5], [1.0, 0, 0, 0]]), {}, Reporting(2, 2, 24.0))
    assert resting_words(found).en == "Of the weight: 75% reported by others, 25% self-reported alone."
    assert "另有独立来源" not in resting_words(found).zh and "25%" in resting_words(found).zh
    assert "2 bodies fill in 24 cells a year, 12.0 each" in reporting_words(found).en
