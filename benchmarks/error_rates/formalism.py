"""Tasks closed by results and tasks closed by traces."""

from __future__ import annotations

import numpy as np

from benchmarks.error_rates.rate import Effect, Rate, World
from minping.audit.cases import broken
from minping.audit.formalism.shares import chance
from minping.audit.formalism.traces import gap
from minping.model.arrays import Floats
from minping.stats.above_peers import above_peers, group_means
from minping.words import Text

BODIES, EACH = 30, 20
USUAL = 0.1  #: of tasks without an outcome, unchecked or reopened
BARE = 0.01  #: of tasks of an honest body with neither outcome nor check
BETWEEN = 0.4  #: standard deviation of log paper between bodies
ODD = slice(0, 1)


def _shares(planted: float | None) -> World:
    """One body in thirty has another share."""

    def world(random: np.random.Generator) -> Floats:
        share = np.full(BODIES, USUAL)
        if planted is not None:
            share[ODD] = planted
        size = np.full(BODIES, float(EACH))
        p = chance(random.binomial(EACH, share).astype(np.float64), size)
        return p if planted is None else p[ODD]

    return world


def _bare(share: float) -> World:
    def world(random: np.random.Generator) -> Floats:
        many = random.binomial(EACH, share, BODIES)
        return broken((many > 0.1 * EACH) & (many >= 3))

    return world


def _own(share: float) -> World:
    return lambda random: broken(random.binomial(EACH, share, BODIES) > 0)


def _visits(a_year: int, at_once: int) -> World:
    """Days of one verifier's visits, and a day on which so many are entered."""

    def world(random: np.random.Generator) -> Floats:
        days = np.bincount(random.integers(0, 250, a_year), minlength=250)
        most = np.array([max(int(days.max()), at_once)])
        return broken(most > 10)

    return world


def _gap(apart: float | None, correlation: float = 0.5) -> World:
    """Points and outcomes of bodies go together somewhat; one body's lie so many deviations apart."""

    def world(random: np.random.Generator) -> Floats:
        common = random.normal(size=BODIES)
        process, outcome = (
            np.sqrt(correlation) * common + np.sqrt(1 - correlation) * random.normal(size=BODIES) for _ in range(2)
        )
        if apart is not None:
            process[ODD] = process[ODD] / 4 + apart / 2
            outcome[ODD] = outcome[ODD] / 4 - apart / 2
        p = gap(process, outcome)
        return p if apart is None else p[ODD]

    return world


def _paper(times: float | None) -> World:
    """Papers of tasks scatter more than Poisson's law says, and bodies differ by nature."""

    def world(random: np.random.Generator) -> Floats:
        typical = np.exp(2 + BETWEEN * random.normal(size=BODIES))
        if times is not None:
            typical[ODD] = np.exp(2) * times
        body = np.repeat(np.arange(BODIES), random.integers(5, 2 * EACH, BODIES))
        paper = random.poisson(typical[body] * random.gamma(2, 0.5, body.size))
        found = group_means(np.log1p(paper.astype(np.float64)), body, BODIES)
        p = above_peers(found.mean, found.variance).p
        return p if times is None else p[ODD]

    return world


def _share_rate(zh: str, en: str) -> Rate:
    honest = Text(
        f"30 个单位各 20 件，{zh}的概率都是 10%", f"30 bodies with 20 each, all with a chance of 10 % to be {en}"
    )
    effects = [
        Effect(Text(f"一个单位 {share:.0%}", f"one body with {share:.0%}"), _shares(share)) for share in (0.3, 0.5)
    ]
    return Rate(honest, _shares(None), tuple(effects))


RATES = {
    "on_paper": Rate(
        Text("30 个单位各办结 20 件，1% 没有结果也没有核查", "30 bodies with 20 tasks, 1 % with neither outcome nor check"),
        _bare(BARE),
        tuple(Effect(Text(f"{share:.0%} 的事项", f"{share:.0%} of the tasks"), _bare(share)) for share in (0.2, 0.5)),
    ),
    "verified_by_owner": Rate(
        Text("千分之一的事项岗位录错", "one task in a thousand with a post entered wrongly"),
        _own(0.001),
        tuple(Effect(Text(f"{share:.0%} 的事项", f"{share:.0%} of the tasks"), _own(share)) for share in (0.05, 0.2)),
    ),
    "visits_in_bulk": Rate(
        Text("一名核查人一年 250 个工作日现场核查 500 件", "one verifier makes 500 visits on 250 working days"),
        _visits(500, 0),
        (
            Effect(Text("一日录入 10 件", "10 entered on one day"), _visits(500, 10)),
            Effect(Text("一日录入 12 件", "12 entered on one day"), _visits(500, 12)),
        ),
    ),
    "without_outcome": _share_rate("没有结果数值", "without an outcome"),
    "unchecked": _share_rate("无人核查", "unchecked"),
    "process_above_outcome": Rate(
        Text("30 个单位，过程与结果的相关系数 0.5", "30 bodies, process and outcome correlated by 0.5"),
        _gap(None),
        tuple(
            Effect(
                Text(f"一个单位两者相差约 {apart} 个标准差", f"one body with about {apart} standard deviations between"),
                _gap(apart),
            )
            for apart in (2.0, 3.0, 4.0)
        ),
    ),
    "much_paper": Rate(
        Text(
            "30 个单位各 5–39 件，每件约 7 份，件间负二项，单位之间的标准差（对数）0.4",
            "30 bodies with 5–39 tasks of about 7 papers, negative binomial, bodies differ by 0.4 in logarithms",
        ),
        _paper(None),
        tuple(Effect(Text(f"一个单位 {times:g} 倍", f"one body with {times:g} times as many"), _paper(times)) for times in (2.0, 4.0, 6.0)),
    ),
    "reopened": _share_rate("重开", "taken up again"),
    "inspected_by_itself": _share_rate("自查", "inspected by the body itself"),
}  # fmt: skip
