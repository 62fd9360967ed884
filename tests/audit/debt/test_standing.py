"""What each body owes: the row that the report shows, with what is missing counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from minping.audit.debt.standing import Standing, band_of, debt_standing
from minping.audit.opened import Opened
from minping.audit.scrutiny import scrutinise
from minping.indicators.events import engine
from minping.model.evidence import Evidence
from minping.model.findings import Decision
from minping.scheme.audit_rules import Audit
from minping.scheme.shape import Scheme
from tests.audit.debt.books import RULES, debts, official, repayments, terms
from tests.audit.folders import made

OWED = debts(
    "d0,b00,2020-01-01,10000000,bond,yes,",
    "d1,b00,2024-02-01,4000000,loan,yes,yes",
    "d2,b00,2017-01-01,1000000,ppp,no,",
    "d3,b01,2021-01-01,3000000,bond,,",
)
DUE = repayments("d0,2022-01-01,2000000,100", "d0,2024-05-01,5000000,200000", "d0,2026-01-01,3000000,50")


def standing(home: Path, period: str = "2024") -> Standing:
    figures = official(("b00", 100, 400, 250), ("b01", 100, "", 100))
    evidence = made(home, official=figures, debts=OWED, repayments=DUE, terms=terms(["b00"]))
    scheme = Scheme.model_construct(audit=Audit.model_validate(RULES), indicators=())
    with engine() as connection:
        found = debt_standing(Opened(evidence, period, scheme, connection))
    assert isinstance(found, Standing)
    return found


def test_every_figure_of_a_body_that_tells_everything(tmp_path: Path) -> None:
    found = standing(tmp_path)
    figures = {
        "balance": 7e6,  # 3 million left of d0, 4 million of d1
        "hidden": 1e6,
        "capacity": 5e6,
        "ratio": 140.0,
        "band": 1,
        "due": 5e6,
        "interest": 2e5,
        "spending": 2.5e6,
        "interest_pct": 8.0,
        "service_pct": 104.0,
        "refinancing": 4e6,
        "refinanced": 0.8,
        "hidden_share": 1 / 7,
        "tail_of": 1e7,
        "tail_share": 0.8,  # all but what fell due in 2022
        "debts": 3,
        "unscheduled": 2,
        "without_term": 1,
    }
    np.testing.assert_allclose([getattr(found, name)[0] for name in figures], list(figures.values()))


def test_what_cannot_be_told_is_missing_and_counted(tmp_path: Path) -> None:
    found = standing(tmp_path)
    assert np.isnan([found.capacity[1], found.ratio[1], found.refinanced[1], found.tail_share[1]]).all()
    assert (found.band[1], found.balance[1], found.unscheduled[1], found.without_term[1]) == (-1, 3e6, 1, 1)
    assert (found.debts[2], found.balance[2]) == (0, 0) and np.isnan(found.hidden_share[2])


def test_a_quarter_looks_at_its_year(tmp_path: Path) -> None:
    found = standing(tmp_path, "2024Q1")
    assert found.year == "2024" and found.balance[0] == 12e6 and found.due[0] == 5e6


def test_a_band_begins_at_its_threshold() -> None:
    assert band_of(np.array([0.0, 119.9, 120.0, 1e9]), (120, 200, 300)).tolist() == [0, 0, 1, 3]


def test_a_confirmed_finding_of_debt_leaves_the_books_as_they_are(tmp_path: Path) -> None:
    evidence: Evidence = made(tmp_path, debts=OWED)
    step = Decision("2024:hidden_gap:b00", "confirmed", "市局", "2025-03-01", "核1号", "属实")
    rules = Scheme.model_construct(audit=Audit(), indicators=())
    looked = scrutinise(replace(evidence, decisions=(step,)), "2024", rules)
    assert looked.findings is not None and [one.state for one in looked.findings.findings] == ["confirmed"]
    assert looked.confirmed.records["debts"].quarantine is None
