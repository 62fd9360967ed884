"""Debts that are bearable or not, and left to later terms or not. Rules are asked of bodies on their honest side."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.error_rates.rate import Effect, Rate, World
from minping.audit.cases import broken
from minping.audit.debt.breaches import exceeds
from minping.audit.debt.standing import band_of, share
from minping.audit.debt.tail import chance
from minping.model.arrays import Bools, Floats, Ints
from minping.words import Text

BODIES, PROJECTS = 30, 8
BANDS = (120.0, 200.0, 300.0)
TERM = 5.0  #: years
Draw = Callable[[np.random.Generator], Bools]


def _rule(met: Draw) -> World:
    return lambda random: broken(met(random))


def _lognormal(middle: float, spread: float, above: float) -> World:
    """Figures about a middle, against a threshold."""
    return _rule(lambda random: middle * np.exp(spread * random.normal(size=BODIES)) > above)


def _ratio(middle: float) -> World:
    """Debt to capacity, per cent."""

    def world(random: np.random.Generator) -> Floats:
        capacity = np.exp(random.normal(0, 1, BODIES))
        debt = capacity * middle / 100 * np.exp(random.normal(0, 0.3, BODIES))
        return broken(band_of(100 * share(debt, capacity), BANDS) >= 2)

    return world


def _among(wrong: float, high: float, low: float = 1.0) -> World:
    """Amounts of projects or bodies up to their limit, many at it; so many of them up to `high` times as much."""

    def world(random: np.random.Generator) -> Floats:
        limit = np.round(np.exp(random.normal(16, 1, BODIES * PROJECTS)), -4)
        part = np.minimum(random.uniform(low - 0.3, low + 0.1, limit.size), low)
        over = random.random(limit.size) < wrong
        amount = np.where(over, random.uniform(low, high, limit.size), np.maximum(part, 0.0)) * limit
        return broken(exceeds(amount, low * limit))

    return world


def _days(early: float) -> World:
    """Days from the start of work to its approval, nought or less but for so many projects."""

    def world(random: np.random.Generator) -> Floats:
        cases = BODIES * PROJECTS
        after = random.integers(-200, 1, cases)
        apart = np.where(random.random(cases) < early, random.integers(1, 200, cases), after).astype(np.float64)
        return broken(exceeds(apart, np.zeros(cases)))

    return world


def _hidden(undeclared: float) -> World:
    """Debts of bodies, so many of which are not declared; some are paid back."""

    def world(random: np.random.Generator) -> Floats:
        left = random.integers(0, 5, (BODIES, PROJECTS)) * 1e6
        kept = random.random(left.shape) < undeclared
        return broken((left * kept).sum(axis=1) > 0.0)

    return world


def _left(random: np.random.Generator, body: Ints, years: Ints) -> Floats:
    """Share of equal yearly repayments that falls after the term in which a debt was taken up."""
    rest = np.floor(TERM - random.uniform(0, TERM, body.size))
    return np.clip((years - rest) / years, 0.0, 1.0)


def _tail(planted: float | None, longest: int = 5) -> World:
    """Bodies with 2–8 debts of 1 to so many years; one that leaves a share of each to later terms."""

    def world(random: np.random.Generator) -> Floats:
        body = np.repeat(np.arange(BODIES), random.integers(2, 9, BODIES))
        left = _left(random, body, random.integers(1, longest + 1, body.size))
        if planted is None:
            return chance(left, body, BODIES)
        mine = body == 0
        left[mine] = planted
        return chance(left, body, BODIES)[:1]

    return world


def _successors(early: float, late: float) -> World:
    """More than half of the principal due after the term; debts taken up in a part of it."""

    def world(random: np.random.Generator) -> Floats:
        body = np.repeat(np.arange(BODIES), PROJECTS)
        rest = np.floor(TERM - random.uniform(TERM * early, TERM * late, body.size))
        years = random.integers(1, 4, body.size)
        left = np.clip((years - rest) / years, 0.0, 1.0).reshape(BODIES, PROJECTS)
        return broken(left.mean(axis=1) > 0.5)

    return world


def _breach(zh: str, en: str, world: Callable[[float], World]) -> Rate:
    return Rate(
        Text(f"240 个项目都{zh}", f"240 projects, all {en}"),
        world(0.0),
        (Effect(Text("个个都不是", "none of them"), world(1.0)),),
        worlds=20,
    )


RATES = {
    "debt_ratio": Rate(
        Text("30 个单位，债务率中位 80%，对数标准差 0.3", "30 bodies, debt 80 % of capacity in the middle, 0.3 in logarithms"),
        _ratio(80.0),
        tuple(Effect(Text(f"中位 {middle:.0f}%", f"{middle:.0f} % in the middle"), _ratio(middle)) for middle in (150.0, 250.0)),
    ),
    "interest": Rate(
        Text("30 个单位，付息占支出中位 4%，对数标准差 0.3", "30 bodies, interest 4 % of spending in the middle, 0.3 in logarithms"),
        _lognormal(4.0, 0.3, 10.0),
        (Effect(Text("中位 12%", "12 % in the middle"), _lognormal(12.0, 0.3, 10.0)),),
    ),
    "refinanced": Rate(
        Text("30 个单位，借新还旧占到期本金中位 30%，对数标准差 0.3", "30 bodies, new debt 30 % of the principal due in the middle, 0.3 in logarithms"),
        _lognormal(0.3, 0.3, 0.8),
        (Effect(Text("中位 100%", "100 % in the middle"), _lognormal(1.0, 0.3, 0.8)),),
    ),
    "hidden_gap": Rate(
        Text("30 个单位都已申报", "30 bodies that declare everything"),
        _hidden(0.0),
        tuple(Effect(Text(f"{part:.0%} 没有申报", f"{part:.0%} of the debts are not declared"), _hidden(part)) for part in (0.05, 0.3)),
    ),
    "left_to_successors": Rate(
        Text("30 个单位各 8 笔，1–3 年还清，任期前三年举借", "30 bodies with 8 debts of 1–3 years, in the first three years of the term"),
        _successors(0.0, 0.6),
        (Effect(Text("都在任期最后一年举借", "all of them in the last year"), _successors(0.8, 1.0)),),
    ),
    "tail_above_peers": Rate(
        Text("30 个单位各 2–8 笔，1–5 年还清，任期内任何时候举借", "30 bodies with 2–8 debts of 1–5 years, at any time of the term"),
        _tail(None),
        (
            Effect(Text("一个单位每笔留下 80%", "one body leaves 80 % of each"), _tail(0.8)),
            Effect(Text("一个单位全部留下", "one body leaves all"), _tail(1.0)),
            Effect(Text("同上，各单位 1–10 年还清", "the same, debts of 1–10 years elsewhere"), _tail(1.0, 10)),
        ),
    ),
    "before_approval": _breach("先批后建", "begun after approval", _days),
    "over_budget": _breach("不超概算", "within the budget", lambda wrong: _among(wrong, 1.3)),
    "over_estimate": _breach("不超估算一成", "within a tenth of the estimate", lambda wrong: _among(wrong, 1.4, 1.1)),
    "advance": _breach("没有垫资", "without an advance", lambda wrong: _among(wrong, 1.3, 0.0)),
}  # fmt: skip
