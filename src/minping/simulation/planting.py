"""Planting: which bodies hold which irregularity of figures, projects, debts, tasks and reports; none in an honest county.

Kinds of one family lie in different bodies, so that each is seen by itself. Chance of what is planted is apart from the
chance of the county: without planting, all else is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from minping.model.arrays import Bools, Ints

if TYPE_CHECKING:
    from minping.simulation.county import County

USUAL = 24  #: bodies of a county for which the numbers of KINDS are meant
LARGE = 80  #: bodies from which there are more, in proportion


class Kind(NamedTuple):
    """One irregularity."""

    family: str
    bodies: int  #: how many, in a county of usual size
    streets: bool = False  #: only where there is an economy
    least: int = 1  #: bodies that it takes


class Case(NamedTuple):
    """One place where something was planted."""

    body: str
    about: str = ""  #: indicator, project, task, report, debt or rater; empty: the body as a whole
    period: str = ""
    of: str = ""  #: what was copied


@dataclass(slots=True)
class Planting:
    """Where each kind goes, and what became of it."""

    ids: tuple[str, ...]
    bodies: Mapping[str, Ints]  #: kind -> positions of bodies, none where nothing is planted
    random: np.random.Generator
    cases: dict[str, list[Case]] = field(default_factory=dict)

    def holds(self, kind: str) -> Bools:
        """Which bodies hold a kind, (N,)."""
        return np.isin(np.arange(len(self.ids)), self.bodies[kind])

    def note(self, kind: str, cases: Iterable[Case]) -> None:
        """Say where a kind was planted."""
        told = list(cases)
        if told:
            self.cases.setdefault(kind, []).extend(told)

    def share(self, rows: Bools, share: float) -> Bools:
        """At random this share of the rows that are so, (R,)."""
        return rows & (self.random.random(rows.size) < share)

    def some(self, body: Ints, rows: Bools, most: int) -> Ints:
        """Of each body at random so many of the rows that are so; positions in order."""
        found = self.random.permutation(np.flatnonzero(rows))
        found = found[np.argsort(body[found], kind="stable")]
        place = np.arange(found.size) - np.searchsorted(body[found], body[found])
        return np.sort(found[place < most])


def choose(random: np.random.Generator, county: County, planted: bool) -> Planting:
    """Draw the bodies of every kind; of a small county the last kinds of a family may get none."""
    bodies: dict[str, Ints] = {}
    for family in dict.fromkeys(kind.family for kind in KINDS.values()):
        kinds = {name: kind for name, kind in KINDS.items() if kind.family == family}
        free = random.permutation(county.size)
        for name, kind in kinds.items():
            fits = free[~county.department[free]] if kind.streets else free
            taken = fits[: counted(kind, county.size)] if planted else fits[:0]
            taken = taken if taken.size >= kind.least else taken[:0]
            free = free[~np.isin(free, taken)]
            bodies[name] = np.sort(taken)
    return Planting(county.ids, bodies, random.spawn(1)[0])


def counted(kind: Kind, size: int) -> int:
    """How many bodies of a county of some size hold a kind.

    >>> [counted(Kind("f", 3), size) for size in (6, 24, 40, 120)]
    [1, 3, 3, 9]
    """
    if size >= LARGE:
        return kind.bodies * (size // (LARGE // 2))
    return max(kind.least, kind.bodies * min(size, USUAL) // USUAL)


KINDS = {
    "padded": Kind("levels", 3, streets=True),  # output too high, revised down, less found on the spot
    "parts_apart": Kind("levels", 2, streets=True),  # parts that don't add up to their total
    "copied_forward": Kind("returns", 1),  # last year's figures once more
    "same_vector": Kind("returns", 2, least=2),  # two bodies with the same figures
    "infeasible_share": Kind("rates", 2),  # per cent that no whole number of so many people gives
    "whole_percentages": Kind("rates", 2),  # rates at whole numbers, month after month
    "precision_switch": Kind("rates", 1),  # fewer decimals from some month on
    "bunched": Kind("targets", 3),  # figures just above the target
    "just_met": Kind("targets", 1),  # every target met, none by more than a hundredth
    "unrealistic_target": Kind("plans", 2, streets=True),
    "sandbagged_target": Kind("plans", 2, streets=True),
    "ratchet": Kind("plans", 2, streets=True),  # the target follows last year's figure
    "formalism": Kind("tasks", 3),  # closed on paper
    "deadline_rush": Kind("tasks", 2),  # closed just before the deadline
    "impossible_dates": Kind("tasks", 2),
    "vanity": Kind("projects", 3),
    "half_built": Kind("projects", 2),
    "breach": Kind("projects", 2),  # before approval, over budget, money advanced by the builder
    "left_to_successors": Kind("debts", 2, streets=True),  # principal due after the term that borrowed
    "undeclared_debt": Kind("debts", 2, streets=True),
    "refinanced": Kind("debts", 1, streets=True),
    "over_indebted": Kind("debts", 1, streets=True),
    "invented_amounts": Kind("payments", 2),
    "copied_report": Kind("reports", 2),  # a long passage of another body's report
    "repeated_report": Kind("reports", 1),  # a long passage of its own of last year
    "straight_lined": Kind("appraisals", 2),  # its raters give one score to everything
}
