"""Sheets with one score for everything."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.audit.targets.appraisals import classes, dealt
from tests.audit.folders import looked, made, of, why

HEAD = "ratee,rater,relation,item,score,body,round\n"


def appraisals(bodies: int, flat: dict[int, int], *, superior: bool = False, items: int = 4, end: int = 0) -> str:
    """Six raters of each body, four items; of some bodies so many give 85 throughout; a superior who does so to all."""
    random = np.random.default_rng(2)
    rows = []
    for at in range(bodies):
        for one in range(6):
            score = random.normal(85, 3, items).round() if one >= flat.get(at, 0) else np.full(items, 85)
            score = np.full(items, end) if end else score
            rows += [
                f"h{at},m{at}-{one},subordinate,i{item},{value:.0f},b{at:02d},2024" for item, value in enumerate(score)
            ]
        for who, same in (("V1", superior), ("V2", False)):
            score = np.full(items, 85) if same else random.normal(85, 3, items).round()
            score = np.full(items, end) if end else score
            rows += [f"h{at},{who},superior,i{item},{value:.0f},b{at:02d},2024" for item, value in enumerate(score)]
    return HEAD + "\n".join(rows) + "\n"


def test_a_body_whose_raters_give_one_score_to_all_is_found(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 8, appraisals=appraisals(8, {3: 5})))
    (one,) = of(told, "straight_lined")
    assert (one.body, one.grade, one.observed, one.n, one.rows) == ("b03", "E3", 5, 8, 20)
    assert one.said is not None and "5 of 8 sheets have one score" in one.said.en and "8 份测评中 5 份" in one.said.zh
    assert not of(told, "same_for_everybody")


def test_a_rater_of_all_bodies_is_told_to_each_without_being_named(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 8, appraisals=appraisals(8, {}, superior=True)))
    found = of(told, "same_for_everybody")
    assert len(found) == 8 and not of(told, "straight_lined")
    assert {(one.observed, one.n, one.rows) for one in found} == {(8, 8, 4)}
    said = found[0].said
    assert said is not None and "8 of 8 sheets" in said.en and "V1" not in said.en + said.zh + found[0].about


def test_honest_sheets_are_no_finding(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 8, appraisals=appraisals(8, {3: 1})))
    assert not of(told, "straight_lined") and told.compared["straight_lined"] == 8


@pytest.mark.parametrize(("items", "end"), [(2, 0), (4, 100)])
def test_too_few_items_and_sheets_at_the_very_top_are_not_applicable(items: int, end: int, tmp_path: Path) -> None:
    told = looked(made(tmp_path, 4, appraisals=appraisals(4, {1: 5}, items=items, end=end)))
    for key in ("straight_lined", "same_for_everybody"):
        assert "no appraisal has 3 items" in why(told, key)


def test_raters_of_one_body_are_no_raters_of_many(tmp_path: Path) -> None:
    text = "\n".join(line for line in appraisals(4, {}).splitlines() if "superior" not in line) + "\n"
    assert "nobody rated 3" in why(looked(made(tmp_path, 4, appraisals=text)), "same_for_everybody")


def test_one_body_has_no_others_to_compare_with(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 1, appraisals=appraisals(1, {0: 5})))
    assert "fewer than 3 bodies" in why(told, "straight_lined")


def test_chance_is_exact_over_all_ways_to_deal_flat_sheets() -> None:
    group, flat = np.array([0, 0, 1, 1, 1, 0]), np.array([True, True, False, False, True, False])
    p = dealt(group, flat, np.zeros(6, dtype=np.int64), 2)
    assert p == pytest.approx([10 / 20, 19 / 20])  # hypergeometric: 3 drawn of 6, 3 marked


def test_classes_are_thirds() -> None:
    assert np.bincount(classes(np.arange(9.0))).tolist() == [3, 3, 3]
    assert classes(np.zeros(0)).size == 0 and set(classes(np.full(5, 2.0)).tolist()) == {0}
