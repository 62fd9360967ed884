"""Debt against capacity, interest against spending, new debt against old debt due."""

from __future__ import annotations

from pathlib import Path

from tests.audit.debt.books import RULES, debts, official, repayments
from tests.audit.folders import looked, made, of, why

OWED = debts(
    "d0,b00,2020-01-01,30000000,bond,yes,",
    "d1,b00,2021-01-01,10000000,loan,,",
    "d2,b01,2021-01-01,10000000,bond,yes,",
    "d3,b02,2021-01-01,50000000,platform,no,",
    "d4,b00,2025-01-01,90000000,bond,yes,",
)
DUE = repayments(
    "d0,2023-01-01,5000000,0",
    "d0,2024-06-01,5000000,600000",
    "d0,2030-06-01,20000000,100000",
    "d2,2024-07-01,1000000,90000",
)
CAPACITY = official(("b00", 500, 900, 600), ("b01", 500, 900, 600), ("b02", 500, 900, 600))


def test_debt_is_what_is_left_of_it_at_the_end_of_the_period(tmp_path: Path) -> None:
    told = looked(made(tmp_path, official=CAPACITY, debts=OWED, repayments=DUE), RULES)
    (one,) = of(told, "debt_ratio")
    assert (one.body, round(one.observed, 3), one.expected, one.grade, one.rows) == ("b00", 214.286, 200.0, "E1", 2)
    assert one.said is not None and "3,000 万元" in one.said.zh and "214%，橙档" in one.said.zh
    assert "1 without repayments" in one.said.en
    assert told.compared["debt_ratio"] == 3
    assert one.sample == ("evidence/debts.csv:2", "evidence/debts.csv:3")


def test_bands_are_the_schemes(tmp_path: Path) -> None:
    evidence = made(tmp_path, official=CAPACITY, debts=OWED, repayments=DUE)
    rules = {"debt": {**RULES["debt"], "bands": [50, 71, 100]}}
    said = [(one.body, one.said.en) for one in of(looked(evidence, rules), "debt_ratio") if one.said is not None]
    assert [body for body, _ in said] == ["b00"] and "band red" in said[0][1]
    lower = {"debt": {**RULES["debt"], "bands": [50, 60, 100]}}
    assert [one.body for one in of(looked(evidence, lower), "debt_ratio")] == ["b00", "b01"]


def test_a_capacity_that_is_missing_nought_or_negative_is_no_capacity(tmp_path: Path) -> None:
    figures = official(("b00", 500, -600, 600), ("b01", "", 900, 600), ("b02", 0, 0, 0))
    told = looked(made(tmp_path, official=figures, debts=OWED, repayments=DUE), RULES)
    assert why(told, "debt_ratio") == "no fiscal capacity of 2024 can be used: missing, nought or negative"
    assert told.compared["interest"] == 2


def test_without_declared_series_or_figures_of_the_year_the_reason_is_told(tmp_path: Path) -> None:
    evidence = made(tmp_path, official=CAPACITY, debts=OWED, repayments=DUE)
    assert "audit.debt.capacity" in why(looked(evidence), "debt_ratio")
    assert "audit.debt.spending" in why(looked(evidence), "interest")
    assert "no spending of 2023" in why(looked(evidence, RULES, "2023"), "interest")


def test_interest_at_the_threshold_is_not_above_it(tmp_path: Path) -> None:
    evidence = made(tmp_path, official=CAPACITY, debts=OWED, repayments=DUE)  # 600,000 of 6,000,000
    assert not of(looked(evidence, RULES), "interest")
    (one,) = of(looked(evidence, {"debt": {**RULES["debt"], "interest_above": 9.9}}), "interest")
    assert (one.body, one.observed, one.sample) == ("b00", 10.0, ("evidence/repayments.csv:3",))
    assert one.said is not None and "interest due in 2024 0.60 million CNY" in one.said.en
    assert "40% of the fiscal capacity" in one.said.en


def test_new_debt_of_the_year_is_set_against_the_principal_due(tmp_path: Path) -> None:
    owed = OWED + "d5,b00,2024-03-01,4500000,bond,yes,yes\nd6,b01,2023-03-01,9000000,bond,yes,yes\n"
    told = looked(made(tmp_path, official=CAPACITY, debts=owed, repayments=DUE), RULES)
    (one,) = of(told, "refinanced")
    assert (one.body, one.observed, one.expected, one.sample) == ("b00", 0.9, 0.8, ("evidence/debts.csv:7",))
    assert told.compared["refinanced"] == 2  # no principal of b02 is due


def test_a_year_in_which_nothing_falls_due_is_not_applicable(tmp_path: Path) -> None:
    told = looked(made(tmp_path, official=CAPACITY, debts=OWED, repayments=DUE), RULES, "2022")
    assert why(told, "refinanced") == "no principal falls due in 2022"


def test_debts_without_repayments_are_owed_as_a_whole(tmp_path: Path) -> None:
    evidence = made(tmp_path, official=CAPACITY, debts=OWED)
    told = looked(evidence, RULES)
    assert [round(one.observed) for one in of(told, "debt_ratio")] == [286]
    assert why(told, "refinanced") == why(told, "interest") == "there is no table repayments"


def test_nothing_borrowed_by_then_is_told(tmp_path: Path) -> None:
    told = looked(made(tmp_path, official=CAPACITY, debts=OWED, repayments=DUE), RULES, "2019")
    assert why(told, "debt_ratio") == why(told, "hidden_gap") == "nothing had been borrowed by the end of the period"
