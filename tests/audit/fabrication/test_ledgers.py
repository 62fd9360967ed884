"""Payments that stand twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minping.audit.fabrication.ledgers import is_repeated, judged
from tests.audit.folders import looked, made, of, why

OFFICIAL = "body,period,indicator,value\nb00,2024,x,1\n"


def ledger(twice: str) -> str:
    lines = []
    for at in range(5):
        for one in range(60):
            again = one - 1 if f"b{at:02d}" == twice and one % 5 == 0 and one else one
            lines.append(f"p{at}-{one},b{at:02d},2024-03-{again % 28 + 1:02d},{1000 + 7 * again},办公\n")
    return "payment,body,paid_on,amount_cny,purpose\n" + "".join(lines)


def test_a_body_with_many_is_named_with_the_rows(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 5, official=OFFICIAL, payments=ledger("b02")))
    (one,) = of(told, "repeated_payments")
    assert (one.body, one.observed, one.rows, one.n, one.grade) == ("b02", 11, 11, 60, "E3")


def test_few_payments_are_not_applicable(tmp_path: Path) -> None:
    few = "payment,body,paid_on,amount_cny,purpose\np1,b00,2024-03-04,5,\n"
    assert "20 payments" in why(looked(made(tmp_path, official=OFFICIAL, payments=few)), "repeated_payments")


def test_a_row_is_repeated_from_its_second_time_on() -> None:
    assert is_repeated(np.array([[1, 2], [1, 3], [1, 2], [1, 2]])).tolist() == [False, False, True, True]
    found, size, p = judged(np.array([0] * 30), np.arange(30) < 3, 2)
    assert found[0] == 3 and size.tolist() == [30, 0] and p[0] == 1 and np.isnan(p[1])
