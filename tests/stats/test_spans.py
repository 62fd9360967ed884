"""Spans that contain a day."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from minping.stats.spans import NONE, latest_end

SPAN = st.tuples(st.integers(-1, 2), st.integers(0, 20), st.integers(0, 20))
DAY = st.tuples(st.integers(-1, 2), st.integers(-2, 22))


@settings(deadline=None, max_examples=60)
@given(st.lists(SPAN, max_size=8), st.lists(DAY, max_size=8))
def test_the_same_as_looking_at_every_span_of_the_group(
    spans: list[tuple[int, int, int]], days: list[tuple[int, int]]
) -> None:
    owner, start, end = (np.array([one[at] for one in spans], dtype=np.int64) for at in range(3))
    group, day = (np.array([one[at] for one in days], dtype=np.int64) for at in range(2))
    found = latest_end(day, group, start, end, owner, 3)
    for at, (home, when) in enumerate(days):
        fits = [last for mine, first, last in spans if home >= 0 and mine == home and first <= when <= last]
        assert found[at] == max(fits, default=NONE)
