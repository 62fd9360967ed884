"""The error rate by inspections of a plan: unbiased, with intervals that hold what they promise."""

from __future__ import annotations

import numpy as np
import pytest

from minping.audit.frames import Frame
from minping.audit.inspections.rate import NO_PLAN, rate_of
from minping.model.arrays import Bools, Floats
from minping.model.inspected import ErrorRate
from minping.stats.unequal_draws import inclusion, unequal_draw
from minping.words import Text


def returned(probability: Floats, wrong: Bools, strata: list[str] | None = None, **other: object) -> Frame:
    size = len(probability)
    columns: dict[str, object] = {
        "stratum": np.array(strata or ["2024 task"] * size, dtype=object),
        "probability": probability,
        "reported_value": np.ones(size),
        "found_value": np.where(wrong, 0.0, 1.0),
        "tolerance": np.full(size, np.nan),
        "inspected_by": np.array(["third_party"] * size, dtype=object),
    }
    none = np.zeros(size, dtype=np.int64)
    return Frame(none, none, none, columns | other)


def rate(frame: Frame) -> ErrorRate:
    found = rate_of(frame, "2024")
    assert isinstance(found, ErrorRate)
    return found


def test_intervals_hold_the_truth_as_often_as_they_say_though_risk_and_errors_go_together() -> None:
    random = np.random.default_rng(11)
    risk = np.minimum(1 + random.exponential(1.5, 300), 10)
    wrong = random.random(300) < np.clip(0.04 * risk, 0, 0.6)
    probability = inclusion(risk, 60, 0.25 * 60 / 300)
    truth, kinds = wrong.mean(), random.integers(0, 2, 300)
    part_truth = wrong[kinds == 1].mean()
    shares, held, part_held = [], [], []
    for seed in range(400):
        drawn = unequal_draw(probability, seed)
        strata = [f"2024 {('task', 'project')[kind]}" for kind in kinds[drawn].tolist()]
        found = rate(returned(probability[drawn], wrong[drawn], strata))
        shares.append(found.share[0])
        held.append(found.low[0] <= truth <= found.high[0])
        at = found.groups.index("2024 project")
        part_held.append(found.low[at] <= part_truth <= found.high[at])
    assert np.mean(shares) == pytest.approx(truth, abs=3.5 * np.std(shares) / 20)
    assert abs(wrong[unequal_draw(probability, 1)].mean() - truth) > 0  # the plain share is another
    assert 0.93 <= np.mean(held) <= 0.99 and 0.93 <= np.mean(part_held) <= 1.0


def test_the_plain_share_would_be_far_off() -> None:
    risk = np.r_[np.ones(200), np.full(50, 10.0)]
    wrong = np.r_[np.zeros(200), np.ones(50)] > 0
    probability = inclusion(risk, 50, 0.25 * 50 / 250)
    drawn = [unequal_draw(probability, seed) for seed in range(50)]
    plain = np.mean([wrong[one].mean() for one in drawn])
    ours = np.mean([rate(returned(probability[one], wrong[one])).share[0] for one in drawn])
    assert plain > 0.6 and ours == pytest.approx(0.2, abs=0.03)


def test_all_inspected_leaves_no_doubt() -> None:
    wrong = np.arange(40) < 6
    found = rate(returned(np.ones(40), wrong))
    assert found.share[0] == found.low[0] == found.high[0] == pytest.approx(0.15)
    assert (found.inspected[0], found.wrong[0], found.unseen) == (40, 6, 0)


def test_rows_of_other_plans_without_result_and_by_the_body_itself_do_not_count() -> None:
    strata = ["2024 task", "2024 task", "2023 task", "", "2024 task", "2024 task"]
    by = np.array(["upper", "upper", "upper", "upper", "self", "third_party"], dtype=object)
    found_value = np.array([1.0, 0.0, 0.0, 0.0, 0.0, np.nan])
    probability = np.array([0.5, 0.5, 0.5, np.nan, 0.5, 0.5])
    found = rate(returned(probability, np.zeros(6) > 0, strata, inspected_by=by, found_value=found_value))
    assert (found.inspected[0], found.wrong[0], found.unseen) == (2, 1, 2) and found.groups == ("", "2024 task")
    assert found.share[0] == 0.5


def test_a_difference_within_tolerance_agrees() -> None:
    given = {"reported_value": np.array([100.0, 100.0]), "found_value": np.array([98.0, 97.9])}
    found = rate(returned(np.ones(2), np.zeros(2) > 0, tolerance=np.array([2.0, 2.0]), **given))
    assert found.wrong[0] == 1


def test_without_a_plan_it_says_why() -> None:
    told = rate_of(returned(np.full(2, np.nan), np.zeros(2) > 0), "2024")
    assert isinstance(told, Text) and told == NO_PLAN
    assert rate_of(returned(np.ones(2), np.zeros(2) > 0), "2025") == NO_PLAN
