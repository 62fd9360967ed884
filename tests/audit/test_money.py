"""Money in words."""

from __future__ import annotations

from minping.audit.money import yuan


def test_amounts_are_told_in_the_unit_that_fits() -> None:
    assert yuan(1_234_567.0).zh == "123 万元" and yuan(1_234_567.0).en == "1.23 million CNY"
    assert yuan(3.2e8).zh == "3.20 亿元" and yuan(3.2e8).en == "320 million CNY"
