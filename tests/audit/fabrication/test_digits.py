"""Last digits, pairs and leading digits of bodies, honest and invented."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minping.audit.fabrication.digits import beyond, fit, fits_of, spans
from minping.stats.digits import benford, first_digits, leading
from tests.audit.folders import looked, made, of, why


def counted(seed: int, invented: str) -> str:
    """A hundred and twenty counts of each body; the invented ones end in 5 or 3 too often and never in pairs."""
    random = np.random.default_rng(seed)
    lines = []
    for at in range(6):
        for month in range(1, 13):
            for name in range(10):
                figure = int(random.integers(10_000, 90_000))
                if f"b{at:02d}" == invented:
                    tens = int(random.choice([1, 2, 4, 6, 7, 8]))
                    figure = figure // 100 * 100 + 10 * tens + int(random.choice([3, 5, 5, 3, 9]))
                lines.append(f"b{at:02d},2024-{month:02d},c{name},{figure}\n")
    return "body,period,indicator,value\n" + "".join(lines)


RULES = {"series": {f"c{name}": {"kind": "count"} for name in range(10)}}


def test_invented_last_digits_are_named_and_honest_ones_are_not(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 6, official=counted(1, "b02")), RULES)
    assert [one.body for one in of(told, "last_digits")] == ["b02"] == [one.body for one in of(told, "digit_pairs")]
    (one,) = of(told, "digit_pairs")
    assert one.n == 120 and one.observed == 0 and one.expected == 12 and one.grade == "E3"


def test_few_figures_or_undeclared_decimals_are_not_applicable(tmp_path: Path) -> None:
    few = "body,period,indicator,value\nb00,2024,c0,12345\n"
    assert "100 figures" in why(looked(made(tmp_path, official=few), RULES), "last_digits")
    (tmp_path / "2").mkdir()
    decimals = counted(2, "b02").replace(",2024-01,c0,", ",2024-01,c0,0.").replace("\n", "\n")
    told = looked(made(tmp_path / "2", 6, official=decimals), RULES)
    assert told.compared["last_digits"] == 6  # c0 is left out, the others are enough


def ledger(seed: int, invented: str) -> str:
    random = np.random.default_rng(seed)
    lines = []
    for at in range(5):
        amounts = np.round(random.lognormal(8, 2.2, 600), 2)
        if f"b{at:02d}" == invented:
            amounts[:250] = np.round(random.uniform(40_000, 99_000, 250))
        lines += [f"p{at}-{one},b{at:02d},2024-03-{one % 28 + 1:02d},{amount}\n" for one, amount in enumerate(amounts)]
    return "payment,body,paid_on,amount_cny\n" + "".join(lines)


OFFICIAL = "body,period,indicator,value\nb00,2024,x,1\n"


def test_a_ledger_with_invented_amounts_is_named(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 5, official=OFFICIAL, payments=ledger(1, "b03")))
    (one,) = of(told, "benford")
    assert (one.body, one.n) == ("b03", 600) and one.observed > 1 and one.said is not None


def test_a_small_or_narrow_ledger_is_not_applicable(tmp_path: Path) -> None:
    rows = "".join(f"p{at},b00,2024-03-04,{1000 + at}\n" for at in range(400))
    told = looked(made(tmp_path, official=OFFICIAL, payments="payment,body,paid_on,amount_cny\n" + rows))
    assert "two orders of magnitude" in why(told, "benford")


def test_all_bodies_at_once_are_each_by_itself() -> None:
    random = np.random.default_rng(4)
    whole, body = random.integers(1, 10**6, 900), random.integers(0, 3, 900)
    found = fit(leading(whole, 1) - 1, body, 3, benford(1))
    for at in range(3):
        alone = first_digits(whole[body == at])
        np.testing.assert_allclose(
            (found.chi2[at], found.p[at], found.mad[at]), (alone.chi2, alone.p, alone.mad), rtol=1e-12
        )
    fits = fits_of(whole, body, 3)
    np.testing.assert_array_equal(fits[0].counts, found.counts)
    p, far = beyond(fits)
    assert (far[p < 1] > 1).all() and np.isnan(p[far == 0]).all()
    spread = spans(whole.astype(float), body, 4)
    assert spread[3] == 0 and spread[0] > 10
