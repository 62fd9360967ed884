"""A plan of interviews: sizes of every body, what they tell, and wishes that can't be."""

from __future__ import annotations

import math

import numpy as np
import pytest

from minping.errors import EvidenceError
from minping.indicators.sample_plan import Wish, plan_interviews, power_table
from minping.stats.proportions import two_proportion_power, two_proportion_size
from minping.stats.sample_sizes import difference_power, difference_size, margin_size

BODIES = ("a", "b", "c")
PEOPLE = np.array([1000.0, 50_000.0, np.nan])


def test_two_points_either_way_by_the_textbook() -> None:
    plan = plan_interviews(Wish(margin=5.0), BODIES, PEOPLE)
    assert plan.interviews.tolist() == [278.0, 382.0, 385.0]
    assert (plan.margin <= 5.0).all() and (plan.margin > 4.98).all()
    assert math.isnan(plan.whole_margin)  # one body's people are not known


def test_clusters_response_and_price_follow_the_interviews() -> None:
    wish = Wish(margin=5.0, icc=0.05, cluster_size=10, deff=1.1, response=0.08, price=40.0)
    plan = plan_interviews(wish, BODIES, PEOPLE)
    size = margin_size(50.0, 5.0, deff=1.1 * 1.45)
    assert plan.interviews[2] == size and wish.effect == pytest.approx(1.595)
    assert plan.invitations[2] == math.ceil(size / 0.08) and plan.clusters[2] == math.ceil(size / 10)
    assert plan.cost == plan.interviews.sum() * 40.0
    assert plan.too_few.tolist() == [True, False, False]


def test_a_difference_of_shares_is_told_the_harder_way() -> None:
    plan = plan_interviews(Wish(difference=5.0, share=0.9), ("a",), np.array([np.nan]))
    assert plan.interviews == two_proportion_size(0.9, 0.05)
    table = power_table(Wish(difference=5.0, share=0.9), 1, (float(plan.interviews[0]),), (5.0, 20.0))
    assert table.power[0, 0] == pytest.approx(0.8, abs=2e-3)
    assert table.power[0, 1] == two_proportion_power(0.9, 0.7, plan.interviews[0], plan.interviews[0])


def test_means_of_points_take_their_own_spread() -> None:
    plan = plan_interviews(Wish(difference=2.0, share=None, sd=25.0), ("a",), np.array([np.nan]))
    assert plan.interviews == difference_size(25.0, 2.0)
    table = power_table(Wish(difference=2.0, share=None, sd=25.0), 1, (100.0,), (5.0,))
    assert table.power[0, 0] == difference_power(25.0, 5.0, 100.0)


@pytest.mark.parametrize(("comparisons", "many"), [(1, 1), (7, 7), ("bodies", 3), ("pairs", 3)])
def test_statements_that_hold_together_share_the_error(comparisons: int, many: int) -> None:
    plan = plan_interviews(Wish(margin=5.0, comparisons=comparisons), BODIES, np.full(3, np.nan))
    assert plan.level == pytest.approx(1 - 0.05 / many)
    assert plan.interviews[0] == margin_size(50.0, 5.0, level=plan.level)


def test_the_whole_is_surer_than_its_parts() -> None:
    plan = plan_interviews(Wish(margin=5.0), ("a", "b"), np.array([1e9, 1e9]))
    assert plan.whole_margin == pytest.approx(float(plan.margin[0]) / math.sqrt(2))


def test_the_bottom_tenth_is_told_where_the_spread_of_bodies_is_given() -> None:
    wish = Wish(margin=2.0, between=3.0)
    table = power_table(wish, 10, (50.0, 5000.0), (2.0,))
    assert 0.1 < table.tail[0] < 0.4 < 0.8 < table.tail[1] < 1.0
    assert np.isnan(power_table(Wish(margin=2.0), 10, (50.0,), (2.0,)).tail).all()


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish(), "one of them"),
        (Wish(margin=2.0, difference=2.0), "one of them"),
        (Wish(margin=2.0, sd=20.0), "one of them"),
        (Wish(margin=0.0), "margin is 0"),
        (Wish(margin=2.0, level=95.0), "level is 95"),
        (Wish(margin=2.0, response=0.0), "response is 0"),
        (Wish(margin=2.0, share=1.0), "share is 1"),
        (Wish(margin=2.0, deff=0.5), "deff is 0.5"),
        (Wish(difference=60.0), "no share lies as far"),
        (Wish(margin=math.nan), "margin is nan"),
    ],
)
def test_a_wish_that_cannot_be_is_told(wish: Wish, said: str) -> None:
    with pytest.raises(EvidenceError) as told:
        plan_interviews(wish, BODIES, PEOPLE)
    assert said in told.value.problems[0].line()


def test_all_that_is_wrong_with_a_wish_comes_at_once() -> None:
    with pytest.raises(EvidenceError) as told:
        plan_interviews(Wish(level=2.0, power=3.0, deff=0.0), BODIES, np.array([0.0, 1.0, 1.0]))
    assert [problem.place.column for problem in told.value.problems] == [
        "margin",
        "level",
        "power",
        "deff",
        "population",
    ]
