"""Planted abuse: praise added to services that nobody rated, and blame kept out.

Each kind lives in bodies of its own (in a small county one body may hold two). Services of a kind are known by case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Bools, Ints
from minping.simulation.ratings import (
    COMMENTS,
    FIRST_COPIED,
    HALL,
    NONE,
    RATED,
    REMOVED,
    STAFF,
    STOCK,
    Answers,
    Services,
)
from minping.simulation.writing import DAY

if TYPE_CHECKING:
    from minping.simulation.county import County

#: the first two keep blame out, the last takes it out; the others add praise
KINDS = ("uninvited", "blocked", "device", "burst", "copied", "instant", "removed")
SHARE = 0.15  #: of a body's services, rated by those who add praise
BURST_SHARE = 0.6  #: of the unrated services of a month, rated within two days
BURST_MONTHS = 2
NOT_ASKED = np.array([0.85, 0.85, 0.4, 0.0, 0.0])  #: chance that the unhappy aren't asked, by level
BLOCKED = 0.95  #: chance that a level of 1 or 2 can't be submitted
TAKEN_OUT = 0.5  #: of the ratings of 1 and 2, taken out as mistaken
QUICK = (2, 12)  #: seconds of an instant rating: from the first, below the last


@dataclass(frozen=True, slots=True)
class Planted:
    """One kind of abuse: where it is, and the services it touched."""

    bodies: tuple[str, ...]
    cases: tuple[str, ...]


def plant(random: np.random.Generator, county: County, services: Services, answers: Answers) -> dict[str, Planted]:
    """Change the answers; say which. No service is touched twice."""
    each = max(1, county.size // 13)
    places = np.resize(random.permutation(county.size), each * len(KINDS)).reshape(-1, each)
    touched = np.zeros(services.level.size, dtype=np.bool_)
    planted = {}
    for kind, bodies in zip(KINDS, places, strict=True):
        free = np.isin(services.body, bodies) & ~touched
        rows = DOING[kind](random, services, answers, free)
        touched[rows] = True
        planted[kind] = Planted(
            tuple(county.ids[at] for at in sorted(set(bodies.tolist()))), tuple(services.ids[row] for row in rows)
        )
    return planted


def uninvited(random: np.random.Generator, services: Services, answers: Answers, free: Bools) -> Ints:
    """The unhappy aren't asked."""
    asked = free & answers.offered & ((answers.status == NONE) | (answers.status == RATED))
    rows = np.flatnonzero(asked & (random.random(free.size) < NOT_ASKED[services.level - 1]))
    answers.offered[rows] = False
    answers.status[rows] = NONE
    return rows


def blocked(random: np.random.Generator, services: Services, answers: Answers, free: Bools) -> Ints:
    """Levels 1 and 2 can't be submitted: asked, but no rating arrives (online it even becomes a default)."""
    bad = free & (answers.status == RATED) & (services.level <= 2)
    rows = np.flatnonzero(bad & (random.random(free.size) < BLOCKED))
    answers.status[rows] = NONE
    return rows


def device(random: np.random.Generator, services: Services, answers: Answers, free: Bools) -> Ints:
    """Staff rate from three devices of their own, which look like anybody's."""
    rows = share_of(random, services, free, free & (answers.status == NONE))
    praise(random, answers, rows)
    answers.device[rows] = answers.staff + STAFF * services.body[rows] + random.integers(STAFF, size=rows.size)
    return rows


def burst(random: np.random.Generator, services: Services, answers: Answers, free: Bools) -> Ints:
    """In two months of a body, most services that nobody had rated are rated on the last two days."""
    found = []
    day = services.completed // DAY
    for body in np.unique(services.body[free]):
        here = free & (services.body == body)
        months = np.flatnonzero(np.bincount(services.month[here]))
        for month in random.choice(months, min(BURST_MONTHS, months.size), replace=False):
            last = month_end(int(day[services.month == month][0]))
            fits = here & (services.month == month) & (answers.status == NONE) & (day < last - 1)
            rows = np.flatnonzero(fits & (random.random(free.size) < BURST_SHARE))
            at = (last - random.integers(2, size=rows.size)) * DAY + random.integers(9 * 3600, 18 * 3600, rows.size)
            answers.seconds[rows] = at - services.completed[rows]
            found.append(rows)
    rows = np.sort(np.concatenate([*found, np.zeros(0, dtype=np.int64)]))
    praise(random, answers, rows)
    return rows


def copied(random: np.random.Generator, services: Services, answers: Answers, free: Bools) -> Ints:
    """Long sentences, two for each body, copied from a sheet."""
    rows = share_of(random, services, free, free & (answers.status == NONE))
    praise(random, answers, rows)
    sentences = len(COMMENTS) - FIRST_COPIED
    answers.comment[rows] = FIRST_COPIED + (2 * services.body[rows] + random.integers(2, size=rows.size)) % sentences
    return rows


def instant(random: np.random.Generator, services: Services, answers: Answers, free: Bools) -> Ints:
    """In the hall, rated within 12 seconds: the clerk holds the tablet out, or presses the button."""
    rows = share_of(random, services, free, free & (answers.status == NONE) & (services.channel == HALL))
    praise(random, answers, rows)
    answers.seconds[rows] = random.integers(*QUICK, size=rows.size)
    return rows


def removed(random: np.random.Generator, services: Services, answers: Answers, free: Bools) -> Ints:
    """Half of the ratings of 1 and 2 are taken out as mistaken."""
    bad = free & (answers.status == RATED) & (answers.level <= 2)
    rows = np.flatnonzero(bad & (random.random(free.size) < TAKEN_OUT))
    answers.status[rows] = REMOVED
    return rows


def month_end(day: int) -> int:
    """The last day of a day's month, both as days since 1970.

    >>> month_end(3)
    30
    """
    following = np.datetime64(day, "D").astype("datetime64[M]") + 1
    return int(following.astype("datetime64[D]").astype(np.int64)) - 1


def share_of(random: np.random.Generator, services: Services, free: Bools, fits: Bools) -> Ints:
    """At random, as many of the fitting services of each body as make the share of all its free ones."""
    rows = random.permutation(np.flatnonzero(fits))
    bodies = services.body[rows]
    kept = [
        rows[bodies == body][: max(1, round(SHARE * int((services.body[free] == body).sum())))]
        for body in np.unique(bodies)
    ]
    return np.sort(np.concatenate([*kept, np.zeros(0, dtype=np.int64)]))


def praise(random: np.random.Generator, answers: Answers, rows: Ints) -> None:
    """Rate these: nearly all at 5, a third with a stock phrase."""
    answers.offered[rows] = True
    answers.status[rows] = RATED
    answers.level[rows] = np.where(random.random(rows.size) < 0.92, 5, 4)
    stock = random.integers(len(STOCK), size=rows.size)
    answers.comment[rows] = np.where(random.random(rows.size) < 0.3, stock, -1)


DOING = {
    "uninvited": uninvited,
    "blocked": blocked,
    "device": device,
    "burst": burst,
    "copied": copied,
    "instant": instant,
    "removed": removed,
}
