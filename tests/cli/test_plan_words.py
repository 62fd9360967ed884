"""What a plan says beside its figures."""

from __future__ import annotations

import numpy as np

from minping.cli.plan_words import MOST_SHOWN, asked_for, remarks
from minping.indicators.sample_plan import Wish, plan_interviews


def said(wish: Wish, people: float = np.nan, bodies: int = 2) -> str:
    plan = plan_interviews(wish, [str(at) for at in range(bodies)], np.full(bodies, people))
    return " | ".join(words.en for words in (asked_for(plan), *remarks(plan, bodies)))


def test_the_wish_is_repeated_with_the_level_of_one_statement() -> None:
    told = said(Wish(margin=5.0, comparisons="bodies", response=0.1), 1e6)
    assert told == "± 5 points; confidence 0.95→0.975, expected share 50%, design effect 1"
    assert "standard deviation 22 points" in said(Wish(difference=5.0, share=None, sd=22.0))


def test_what_can_mislead_is_said() -> None:
    assert "everybody is taken to answer" in said(Wish(margin=5.0)) and "taken as large" in said(Wish(margin=5.0))
    assert "2 bodies have fewer people than must be invited" in said(Wish(margin=5.0, response=0.1), 500.0)
    assert "the first 60" in said(Wish(margin=5.0), bodies=MOST_SHOWN + 1)
