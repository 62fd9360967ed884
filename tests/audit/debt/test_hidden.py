"""Debt outside the statistics of debt."""

from __future__ import annotations

from pathlib import Path

from tests.audit.debt.books import RULES, debts, official, repayments
from tests.audit.folders import looked, made, of

OWED = debts(
    "d0,b00,2020-01-01,10000000,bond,yes,",
    "d1,b00,2021-01-01,2000000,platform,no,",
    "d2,b00,2021-01-01,1000000,,no,",
    "d3,b01,2021-01-01,5000000,platform,yes,",
    "d4,b02,2021-01-01,5000000,payable,no,",
)


def test_undeclared_debt_is_told_by_kind_and_with_the_band_that_it_makes(tmp_path: Path) -> None:
    figures = official(("b00", 100, 500, 600))
    told = looked(made(tmp_path, official=figures, debts=OWED), RULES)
    one, other = of(told, "hidden_gap")
    assert (one.body, one.observed, one.expected, one.grade, one.rows) == ("b00", 3e6, 0.0, "E1", 2)
    assert one.said is not None and "2 debts of 3.00 million CNY" in one.said.en
    assert "of no kind told 1.00 million CNY, financing platforms 2.00 million CNY" in one.said.en
    assert "with it 217% of the fiscal capacity, band orange" in one.said.en
    assert other.body == "b02" and other.said is not None and "band" not in other.said.en


def test_what_was_paid_back_is_hidden_no_more(tmp_path: Path) -> None:
    due = repayments("d1,2022-01-01,2000000,0", "d2,2022-01-01,1000000,0", "d4,2022-01-01,9000000,0")
    assert not of(looked(made(tmp_path, debts=OWED, repayments=due)), "hidden_gap")


def test_the_scheme_may_allow_a_share(tmp_path: Path) -> None:
    told = looked(made(tmp_path, debts=OWED), {"debt": {"hidden_above": 0.3}})
    assert [one.body for one in of(told, "hidden_gap")] == ["b02"]  # 3 of 10 is no more than 30 per cent
