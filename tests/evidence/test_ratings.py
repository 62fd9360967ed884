"""Offers: the denominators, and what they cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.evidence.ratings import OFFER_RULES, RATING_RULES
from minping.evidence.tables import TABLES
from tests.evidence.test_records import folder, load, problems

OFFERS = "body,period,channel,issued,offered,answered\nb1,2024-05,hall,100,80,30\n乙镇,2024-05,hall,50,50,50\n"


def test_offers_are_loaded_beside_ratings(tmp_path: Path) -> None:
    assert load(folder(tmp_path, offers=OFFERS)).records["offers"].rows == 2


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("100,80,30", "100,120,30", "more-than-issued"),
        ("100,80,30", "100,80,90", "more-than-asked"),
        ("100,80,30", "100,,130", "more-than-asked"),
        ("100,80,30", "-1,,", "not-a-count"),
        ("100,80,30", "10.5,,", "not-a-count"),
        ("100,80,30", ",80,30", "empty-cell"),
        ("b1,2024-05", "b3,2024-05", "unknown-body"),
    ],
)
def test_offers_that_cannot_be_are_named(tmp_path: Path, old: str, new: str, code: str) -> None:
    told = problems(folder(tmp_path, offers=OFFERS.replace(old, new)))
    assert (code, 2) in [(problem.code, problem.place.row) for problem in told]


@pytest.mark.parametrize(("table", "rules"), [("ratings", RATING_RULES), ("offers", OFFER_RULES)])
def test_every_rule_is_about_a_column_of_its_table(table: str, rules: tuple[object, ...]) -> None:
    names = {column.name for column in TABLES[table].columns}
    assert {rule.column for rule in rules} <= names  # type: ignore[attr-defined]
    for rule in rules:
        remark = rule.say("x")  # type: ignore[attr-defined]
        assert remark.found.zh and remark.found.en and remark.fix.zh and remark.fix.en
