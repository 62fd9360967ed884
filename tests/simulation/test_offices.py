"""Terms of office: one after the other, none told before it began."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

from tests.simulation.conftest import Made, day


def test_terms_follow_each_other_and_the_last_one_is_open(honest: Made) -> None:
    terms = defaultdict(list)
    for row in honest["terms"]:
        terms[row["body"]].append(row)
    assert set(terms) == set(honest.told["bodies"])
    for some in terms.values():
        assert [bool(row["end_on"]) for row in some] == [True] * (len(some) - 1) + [False] and len(some) >= 2
        for one, other in pairwise(some):
            assert day(other["start_on"]) - day(one["end_on"]) == timedelta(days=1)
    assert all(row["start_on"] <= "2025-12-31" for row in honest["terms"])
