"""Observations of use by age."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minping.audit.opened import Opened
from minping.audit.vanity.uses import Uses, at_ages, open_uses
from minping.indicators.events import engine
from tests.audit.folders import made
from tests.audit.vanity.works import observed, register

NOWHERE = np.zeros(5, dtype=np.int64)


def test_the_nearest_observation_of_each_age_counts() -> None:
    uses = Uses(np.array([0, 0, 0, 2, 2]), np.array([10.0, 12.5, 26.9, 40.0, 8.0]), np.arange(5.0), NOWHERE, NOWHERE)
    np.testing.assert_array_equal(at_ages(uses, 3), [[1, 2, np.nan], [np.nan] * 3, [np.nan] * 3])


def test_what_was_seen_before_the_opening_or_after_the_period_is_left_out(tmp_path: Path) -> None:
    rows = [("b00", {}), ("b00", {"opened_on": ""})]
    seen = observed([(0, "2019-03-31", 9), (0, "2020-04-01", 8), (0, "2025-01-01", 7), (1, "2020-01-01", 6)])
    evidence = made(tmp_path, projects=register(rows), uses=seen)
    with engine() as connection:
        opened = Opened(evidence, "2024", None, connection)
        found = open_uses(opened, opened.frame("projects"))
    assert (found.project.tolist(), found.used.tolist(), found.row.tolist()) == ([0], [8.0], [3])
    assert abs(found.months[0] - 12) < 0.1
