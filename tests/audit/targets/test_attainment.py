"""Targets that the past makes hardly attainable or hardly to be missed; the ratchet."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minping.audit.targets.attainment import chance_of
from minping.audit.targets.ratchet import slopes
from tests.audit.folders import looked, made, of, why

HEAD, OFFICIAL = "body,period,indicator,target,target_high,qualifier\n", "body,period,indicator,value\n"


def years(seed: int, factor: dict[str, float]) -> tuple[str, str]:
    """Ten years of twelve bodies that grow by about 6 %; targets of 2024 at the usual growth times a factor."""
    random = np.random.default_rng(seed)
    level = 1000 * np.exp(np.cumsum(random.normal(0.06, 0.03, (10, 12)), axis=0))
    official = OFFICIAL + "".join(
        f"b{at:02d},{2015 + turn},tax,{level[turn, at]:.1f}\n" for turn in range(10) for at in range(12)
    )
    targets = HEAD + "".join(
        f"b{at:02d},2024,tax,{level[8, at] * 1.06 * factor.get(f'b{at:02d}', 1.0):.1f},,at_least\n" for at in range(12)
    )
    return official, targets


def test_too_high_and_too_low_targets_are_told_with_what_was_to_be_expected(tmp_path: Path) -> None:
    official, targets = years(1, {"b03": 1.3, "b07": 0.75})
    told = looked(made(tmp_path, 12, official=official, targets=targets))
    (high,), (low,) = of(told, "unrealistic"), of(told, "easy")
    assert (high.id, low.id) == ("2024:unrealistic:b03:tax", "2024:easy:b07:tax")
    assert high.said is not None and "0.0 %" in high.said.en and high.rows == 1 and high.grade == "E3"


def test_of_what_should_be_low_a_low_target_is_the_hard_one(tmp_path: Path) -> None:
    official, targets = years(1, {"b03": 0.75})
    told = looked(made(tmp_path, 12, official=official, targets=targets.replace("at_least", "at_most")))
    assert [one.body for one in of(told, "unrealistic")] == ["b03"]


def test_a_short_past_or_one_that_never_changes_is_not_applicable(tmp_path: Path) -> None:
    official = OFFICIAL + "b00,2023,tax,5\nb00,2024,tax,6\n"
    told = looked(made(tmp_path, official=official, targets=HEAD + "b00,2024,tax,6,,\n"))
    assert "too few" in why(told, "unrealistic")
    flat = OFFICIAL + "".join(f"b{at:02d},{year},tax,5\n" for at in range(3) for year in range(2015, 2025))
    (tmp_path / "2").mkdir()
    assert why(looked(made(tmp_path / "2", official=flat, targets=HEAD + "b00,2024,tax,6,,\n")), "unrealistic")


def test_a_body_without_a_past_has_no_chance() -> None:
    past = np.column_stack([np.random.default_rng(2).normal(0.05, 0.02, (6, 3)), np.full(6, np.nan)])
    forecast, chance = chance_of(past, np.array([0, 3]), np.array([0.05, 0.05]), np.array([False, False]))
    assert 0.05 < chance[0] < 0.95 and np.isnan(chance[1]) and np.isfinite(forecast[0])


def test_slopes_are_those_of_each_group_and_of_the_others() -> None:
    random = np.random.default_rng(3)
    group = np.repeat(np.arange(3), 8)
    x = random.normal(size=24)
    y = np.array([1.0, 0.2, 0.3])[group] * x + group + random.normal(0, 0.05, 24)
    found = slopes(y, x, group, 3)
    np.testing.assert_allclose(found.slope[0], np.polyfit(x[:8], y[:8], 1)[0])
    design = np.column_stack([x[8:], group[8:] == 1, group[8:] == 2])
    np.testing.assert_allclose(found.elsewhere[0], np.linalg.lstsq(design, y[8:], rcond=None)[0][0])
    assert found.p[0] < 0.001 < found.p[1]


def test_a_ratchet_is_told_against_the_other_bodies(tmp_path: Path) -> None:
    random = np.random.default_rng(4)
    level = np.cumsum(random.normal(0.06, 0.03, (11, 14)), axis=0) + 7
    figure = level + random.normal(0, 0.05, level.shape)
    base = np.where(np.arange(14) == 5, figure[:-1], level[:-1])
    target = base + 0.06 + random.normal(0, 0.01, base.shape)
    official, targets = OFFICIAL, HEAD
    for turn in range(11):
        for at in range(14):
            official += f"b{at:02d},{2014 + turn},tax,{np.exp(figure[turn, at]):.2f}\n"
            targets += f"b{at:02d},{2014 + turn},tax,{np.exp(target[turn - 1, at]):.2f},,\n" if turn else ""
    told = looked(made(tmp_path, 14, official=official, targets=targets))
    (one,) = of(told, "ratchet")
    assert (one.id, one.n) == ("2024:ratchet:b05:tax", 9) and one.observed > 2 * one.expected
