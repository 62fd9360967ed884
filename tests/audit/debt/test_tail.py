"""Principal that falls due after the term that borrowed it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minping.audit.debt.tail import chance
from tests.audit.debt.books import debts, repayments, terms
from tests.audit.folders import looked, made, of, why

OWED = debts(
    "d0,b00,2020-01-01,10000000,,,",
    "d1,b00,2021-01-01,10000000,,,",
    "d2,b00,2023-06-01,10000000,,,",
    "d3,b00,2021-01-01,10000000,,,",
    "d4,b01,2020-01-01,10000000,,,",
    "d5,b01,2017-01-01,10000000,,,",
)
DUE = repayments(
    "d0,2022-12-31,4000000,",
    "d0,2023-01-01,6000000,",
    "d1,2029-01-01,10000000,",
    "d2,2099-01-01,10000000,",
    "d4,2022-01-01,10000000,",
    "d5,2030-01-01,10000000,",
)


def test_principal_due_after_the_term_is_counted_and_what_cannot_be_told_is_named(tmp_path: Path) -> None:
    told = looked(made(tmp_path, debts=OWED, repayments=DUE, terms=terms(["b00", "b01"])))
    (one,) = of(told, "left_to_successors")
    assert (one.body, one.observed, one.grade, one.p) == ("b00", 0.8, "E1", 0.0)
    assert one.sample == ("evidence/repayments.csv:3", "evidence/repayments.csv:4")
    assert one.said is not None and "2 debts of terms that have ended, 20.00 million CNY" in one.said.en
    assert "the last on 2029-01-01" in one.said.en
    assert "1 of terms that go on, 1 without repayments, 0 on days" in one.said.en
    assert told.compared["left_to_successors"] == 2


def test_of_several_offices_the_one_that_lasted_longest_counts(tmp_path: Path) -> None:
    both = terms(["b00", "b01"]) + "x,b00,secretary,2019-01-01,2024-12-31\n"
    evidence = made(tmp_path, debts=OWED, repayments=DUE, terms=both)
    assert not of(looked(evidence, period="2025"), "left_to_successors")  # d0 is paid back within it
    (one,) = of(looked(evidence, {"debt": {"tail_above": 0.4}}, "2025"), "left_to_successors")
    assert one.observed == 0.5 and one.sample == ("evidence/repayments.csv:4",)


def test_terms_that_go_on_tell_nothing(tmp_path: Path) -> None:
    told = looked(made(tmp_path, debts=OWED, repayments=DUE, terms=terms(["b00", "b01"], end="2025-05-01")))
    assert "no debt with repayments was borrowed in a term that has ended" in why(told, "left_to_successors")
    assert why(told, "left_to_successors") == why(told, "tail_above_peers")


def test_the_threshold_is_the_schemes(tmp_path: Path) -> None:
    evidence = made(tmp_path, debts=OWED, repayments=DUE, terms=terms(["b00", "b01"]))
    assert not of(looked(evidence, {"debt": {"tail_above": 0.8}}), "left_to_successors")


def test_a_body_is_compared_with_the_debts_of_others(tmp_path: Path) -> None:
    bodies = [f"b{at:02d}" for at in range(8)]
    late = {body: 1 + at % 3 for at, body in enumerate(bodies)} | {"b07": 10}
    owed = [f"{body}{turn},{body},2020-01-01,10000000,,," for body in bodies for turn in range(4)]
    due = [
        f"{body}{turn},{day},{share}000000,"
        for body in bodies
        for turn in range(4)
        for day, share in (("2022-01-01", 10 - late[body]), ("2023-06-01", late[body]))
    ]
    made_up = made(tmp_path, 8, debts=debts(*owed), repayments=repayments(*due), terms=terms(bodies))
    (one,) = of(looked(made_up), "tail_above_peers")
    assert (one.body, one.observed, one.grade) == ("b07", 1.0, "E3") and round(one.expected, 3) == 0.186


def test_debts_that_are_all_alike_tell_nothing(tmp_path: Path) -> None:
    bodies = [f"b{at:02d}" for at in range(6)]
    owed = debts(*(f"{body}{turn},{body},2020-01-01,1000,,," for body in bodies for turn in range(2)))
    due = repayments(*(f"{body}{turn},2022-01-01,1000," for body in bodies for turn in range(2)))
    told = looked(made(tmp_path, 6, debts=owed, repayments=due, terms=terms(bodies)))
    assert "all alike" in why(told, "tail_above_peers")
    assert not of(told, "left_to_successors") and told.compared["left_to_successors"] == 6


def test_bodies_with_one_debt_are_not_compared() -> None:
    body = np.array([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5])
    each = np.array([0.1, 0.2, 0.3, 0.1, 0.0, 0.2, 0.3, 0.4, 0.1, 0.2, 0.9])
    p = chance(each, body, 6)
    assert np.isnan(p[5]) and np.isfinite(p[:5]).all() and np.isnan(chance(each * np.nan, body, 6)).all()
