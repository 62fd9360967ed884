"""A plan of interviews: what a survey is to tell, and how many must be asked of each body for that.

In a wish (a margin or a difference in points of 100) and the bodies with how many people each has; out interviews,
invitations and clusters of each body, and a table of what other numbers would tell.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from minping.errors import EvidenceError, Place, Problem
from minping.model.arrays import Bools, Floats
from minping.stats.proportions import two_proportion_power, two_proportion_size
from minping.stats.sample_sizes import (
    clustered_deff,
    difference_power,
    difference_size,
    margin_size,
    mean_reliability,
    reached_margin,
    share_sd,
    tail_agreement,
)
from minping.words import Text, both

Comparisons = int | Literal["bodies", "pairs"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the survey is to tell; points run from 0 to 100, shares from 0 to 1."""

    margin: float | None = None  #: ± so many points, or
    difference: float | None = None  #: tell two bodies apart that lie so many points apart
    level: float = 0.95
    power: float = 0.8  #: of telling the difference
    share: float | None = 0.5  #: expected, where a share is measured; None: points with `sd`
    sd: float | None = None  #: of single answers in points, where a mean of points is measured
    deff: float = 1.0  #: of everything but clusters: weights, interviewers
    icc: float = 0.0  #: how alike answers within a cluster are
    cluster_size: float = 1.0  #: interviews in each cluster
    response: float = 1.0  #: share of the invited who answer
    comparisons: Comparisons = 1  #: how many statements must hold together (Bonferroni)
    price: float | None = None  #: of one interview
    between: float | None = None  #: standard deviation of the bodies' true values, in points

    def level_among(self, bodies: int) -> float:
        """The level of one statement when all of them are to hold together."""
        many = {"bodies": bodies, "pairs": bodies * (bodies - 1) // 2}
        count = many[self.comparisons] if isinstance(self.comparisons, str) else self.comparisons
        return 1.0 - (1.0 - self.level) / max(count, 1)

    @property
    def effect(self) -> float:
        """The whole design effect."""
        return self.deff * float(clustered_deff(self.icc, self.cluster_size))


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """Interviews of N bodies."""

    wish: Wish
    level: float  #: of one statement
    bodies: tuple[str, ...]
    population: Floats  #: (N,) infinite where it isn't known
    interviews: Floats  #: (N,)
    invitations: Floats  #: (N,)
    clusters: Floats  #: (N,)
    margin: Floats  #: (N,) ± points that so many interviews give, each for itself
    too_few: Bools  #: (N,) more invitations than people
    whole_margin: float  #: ± points of all bodies together, by population; NaN where some aren't known

    @property
    def cost(self) -> float | None:
        """Price of all interviews."""
        return None if self.wish.price is None else float(self.interviews.sum()) * self.wish.price


@dataclass(frozen=True, slots=True)
class PowerTable:
    """What R numbers of interviews in each body tell, by C differences."""

    sizes: Floats  #: (R,)
    differences: Floats  #: (C,) in points
    power: Floats  #: (R, C)
    margin: Floats  #: (R,) ± points, of one statement
    reliability: Floats  #: (R,) share of the spread of reported values that is true; NaN without `between`
    tail: Floats  #: (R,) of those reported in the lowest tenth, how many belong there; NaN without `between`


def plan_interviews(wish: Wish, bodies: Sequence[str], population: Floats) -> SamplePlan:
    """How many interviews each body needs.

    Args:
        wish: what they are to tell
        bodies: ids
        population: (N,) people of each body; NaN where it isn't known: taken as endless

    Raises:
        EvidenceError: a wish that can't be, with every reason.
    """
    if faults := [*impossible(wish), *_nobody(bodies, population)]:
        raise EvidenceError(faults)
    there = np.where(np.isnan(population), np.inf, population)
    level = wish.level_among(len(bodies))
    size = _sizes(wish, level, there)
    sd = _sd(wish, there)
    # what clusters cost in precision, they cost in error too; a census has none
    margin = reached_margin(sd, size, level=wish.level, deff=wish.effect, population=there)
    invited = np.ceil(size / wish.response - 1e-9)
    clusters = np.ceil(size / wish.cluster_size - 1e-9)
    whole = math.nan
    if np.isfinite(there).all():
        whole = float(np.sqrt(((there / there.sum()) ** 2 * margin**2).sum()))
    return SamplePlan(wish, level, tuple(bodies), there, size, invited, clusters, margin, invited > there, whole)


def power_table(wish: Wish, bodies: int, sizes: Sequence[float], differences: Sequence[float]) -> PowerTable:
    """What other numbers of interviews would tell, of bodies with many people.

    Raises:
        EvidenceError: a wish that can't be.
    """
    asked = replace(wish, margin=wish.margin or (None if wish.difference else 1.0))
    if faults := impossible(asked):
        raise EvidenceError(faults)
    n, d = np.asarray(sizes, dtype=np.float64), np.asarray(differences, dtype=np.float64)
    level, sd = wish.level_among(bodies), _sd(wish, np.asarray(math.inf))
    power = _power(wish, level, n[:, None], d[None, :])
    margin = reached_margin(sd, n, level=level, deff=wish.effect)
    unknown = np.full(n.shape, np.nan)
    reliability = unknown if wish.between is None else mean_reliability(sd, n, wish.between, deff=wish.effect)
    tail = unknown if wish.between is None else tail_agreement(reliability)
    return PowerTable(n, d, power, margin, reliability, tail)


def impossible(wish: Wish) -> list[Problem]:
    """Everything in a wish that can't be."""
    faults: list[Problem] = []
    if (wish.margin is None) == (wish.difference is None):
        found = Text("须给出误差或差距之一", "give a margin or a difference, one of them")
        faults.append(Problem("bad-plan", Place(column="margin"), found, both("--margin 2, --difference 5"), both("")))
    if (wish.share is None) == (wish.sd is None):
        found = Text("须给出比例或标准差之一", "give an expected share or a standard deviation, one of them")
        faults.append(Problem("bad-plan", Place(column="share"), found, both("--share 85%, --sd 22"), both("")))
    for name, (low, high, words) in LIMITS.items():
        value = getattr(wish, name)
        if value is not None and not isinstance(value, str) and not low <= value <= high:
            found = Text(f"{name} 是 {value:g}", f"{name} is {value:g}")
            faults.append(Problem("bad-plan", Place(column=name), found, words, Text("改正", "put it right")))
    apart, share = wish.difference, wish.share
    if not faults and apart is not None and share is not None and apart / 100 > max(share, 1 - share) + 1e-12:
        found = Text("没有比例与预期相差这么多", "no share lies as far from the expected one")
        faults.append(Problem("bad-plan", Place(column="difference"), found, both(""), Text("减小", "ask for less")))
    return faults


def _nobody(bodies: Sequence[str], population: Floats) -> list[Problem]:
    """Bodies in which nobody can be asked."""
    none = np.flatnonzero(population < 1)
    if not len(none):
        return []
    names = ", ".join(bodies[at] for at in none[:5].tolist())
    found = Text(f"{len(none)} 个单位没有人可问：{names}", f"{len(none)} bodies have nobody to ask: {names}")
    return [
        Problem("bad-plan", Place(column="population"), found, Text("1 或更多", "1 or more"), Text("核对", "check it"))
    ]


def _sd(wish: Wish, there: Floats) -> Floats:
    """Standard deviation of single answers in points."""
    return np.asarray(wish.sd) if wish.share is None else 100.0 * share_sd(wish.share, there)


def _sizes(wish: Wish, level: float, there: Floats) -> Floats:
    if wish.margin is not None:
        sd = _sd(wish, there)
        return margin_size(sd, wish.margin, level=level, deff=wish.effect, population=there)
    assert wish.difference is not None
    if wish.share is None:
        assert wish.sd is not None
        return difference_size(
            wish.sd, wish.difference, level=level, power=wish.power, deff=wish.effect, population=there
        )
    return two_proportion_size(
        wish.share, wish.difference / 100, level=level, power=wish.power, deff=wish.effect, population=there
    )


def _power(wish: Wish, level: float, n: Floats, d: Floats) -> Floats:
    """Power by size and difference; of shares in the direction that is harder to tell."""
    if wish.share is None:
        assert wish.sd is not None
        return difference_power(wish.sd, d, n, level=level, deff=wish.effect)
    ways = []
    for sign in (-1.0, 1.0):
        other = wish.share + sign * d / 100
        there = (other >= 0) & (other <= 1)
        power = two_proportion_power(wish.share, np.clip(other, 0, 1), n, n, level=level, deff=wish.effect)
        ways.append(np.where(there, power, np.nan))
    return np.fmin(*ways)


_SHARE = Text("0 到 1 之间，如 0.95 或 95%", "between 0 and 1, like 0.95 or 95%")
_ABOVE = Text("大于 0", "above 0")
_TINY, _NEARLY = 1e-9, 1.0 - 1e-9
LIMITS: dict[str, tuple[float, float, Text]] = {
    "margin": (_TINY, 100.0, Text("0 到 100 分", "points between 0 and 100")),
    "difference": (_TINY, 100.0, Text("0 到 100 分", "points between 0 and 100")),
    "level": (0.5, _NEARLY, _SHARE),
    "power": (0.5, _NEARLY, Text("0.5 到 1 之间，如 0.8 或 80%", "between 0.5 and 1, like 0.8 or 80%")),
    "share": (_TINY, _NEARLY, _SHARE),
    "sd": (_TINY, 50.0, Text("0 到 50 分", "points between 0 and 50")),
    "deff": (1.0, 1e6, Text("不小于 1", "1 or more")),
    "icc": (0.0, 1.0, _SHARE),
    "cluster_size": (1.0, 1e9, Text("不小于 1", "1 or more")),
    "response": (1e-6, 1.0, _SHARE),
    "comparisons": (1, 1e9, Text("不小于 1，或 bodies、pairs", "1 or more, or bodies, pairs")),
    "price": (0.0, 1e12, Text("不小于 0", "0 or more")),
    "between": (_TINY, 50.0, _ABOVE),
}
