"""What is built to be seen."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import numpy as np

from tests.simulation.conftest import Made, day


def test_showpieces_open_before_assessments_and_ends_of_terms(wrong: Made) -> None:
    ends = defaultdict(list)
    for row in wrong["terms"]:
        ends[row["body"]] += [day(row["end_on"])] if row["end_on"] else []
    near = []
    for row in wrong["projects"]:
        if row["project"] in wrong.planted("vanity", "about"):
            opened = day(row["opened_on"])
            stages = [date(year, 12, 20) for year in range(2018, 2026)] + ends[row["body"]]
            near.append(any(timedelta(0) < stage - opened <= timedelta(days=60) for stage in stages))
            assert row["completed_on"] < row["opened_on"] <= "2025-12-31"
    assert np.mean(near) > 0.85
