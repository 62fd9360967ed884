"""Criteria: nine signs by which a project looks built to be seen rather than used; how many of them it meets, never a verdict.

Each needs figures of its own; where they are missing the criterion is missing, which is said. Five kinds of sources stand
behind them: records of use, accounts, registered days, records of progress, and a survey of those who benefit. Peers are
the other projects of the same kind (of all kinds where there are fewer than PEERS), itself left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from minping.audit.frames import Days
from minping.model.arrays import Bools, Floats, Ints
from minping.scheme.audit_rules import ProjectLimits
from minping.stats.class_ranks import class_percentiles
from minping.stats.proportions import wilson
from minping.words import Text

PEERS = 8  #: others of a kind
MOST_OVER = 0.2  #: of the budget; an overrun is looked at beyond it only
MOST_LATE = 0.5  #: of the planned time
SHORT = 0.5  #: of the forecast use; a shortfall is looked at below it only
ASKED = 30  #: people from whom support can be told
FINISHED = 95.0  #: per cent of progress
MONTH = 30.4375  #: days


class Criterion(NamedTuple):
    """One sign."""

    key: str
    title: Text
    source: str  #: what kind of record it rests on


CRITERIA = (
    Criterion("idle", Text("利用率低", "little used"), "use"),
    Criterion("demand", Text("远低于预测需求", "far below the forecast demand"), "use"),
    Criterion("dear", Text("人均造价高而使用少", "dear for each who benefits, and little used"), "accounts"),
    Criterion("facade", Text("景观亮化占比高", "much of it façade"), "accounts"),
    Criterion("over_budget", Text("超概算居同类前列", "over budget, more than peers"), "accounts"),
    Criterion("late", Text("超工期居同类前列", "late, more than peers"), "days"),
    Criterion("timed", Text("赶在考核或换届前投用", "opened just before an assessment or a change of office"), "days"),
    Criterion("stalled", Text("半拉子：久无进展", "half-built: no progress for long"), "progress"),
    Criterion("unsupported", Text("受益者支持率低", "little support by those who benefit"), "survey"),
)
SOURCES = tuple(dict.fromkeys(one.source for one in CRITERIA))


@dataclass(frozen=True, slots=True)
class Works:
    """R projects as they stand at a day; NaN and NaT where not told. Days are datetime64[D], money CNY."""

    kind: Ints  #: code of the kind, −1 for none
    started: Days
    planned: Days
    completed: Days
    opened: Days
    moved: Days  #: last progress
    progress: Floats  #: per cent
    capacity: Floats
    used: Floats  #: the latest observation
    idle_for: Floats  #: months for which every observation has been below the limit
    forecast: Floats
    budget: Floats
    cost: Floats
    facade: Floats
    beneficiaries: Floats
    support: Floats  #: per cent
    asked: Floats
    ahead: Floats  #: days from the opening to the next assessment or change of office, NaN without


class Met(NamedTuple):
    """Which criteria projects meet, (R, 9) each."""

    met: Bools
    known: Bools  #: False: the figures are missing, or there are too few peers
    figure: Floats  #: what was compared: a share, a percentile, days or months


def criteria(works: Works, limits: ProjectLimits, today: np.datetime64) -> Met:
    """Look at every project by every criterion."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = {
            "idle": _idle(works, limits, today),
            "demand": _demand(works, limits, today),
            "dear": _dear(works, limits, today),
            "facade": _above(_share(works.facade, works.cost), limits.facade_above),
            "over_budget": _over_budget(works),
            "late": _late(works),
            "timed": (works.ahead <= limits.opening_days, np.isfinite(works.ahead), works.ahead),
            "stalled": _stalled(works, limits, today),
            "unsupported": _unsupported(works, limits),
        }
    told = [found[one.key] for one in CRITERIA]
    met, known, figure = (np.stack([one[at] for one in told], axis=1) for at in range(3))
    return Met(met & known, known, np.where(known, figure, np.nan))


def count(found: Met) -> tuple[Ints, Ints, Ints]:
    """How many criteria each project meets, how many are known, and on how many kinds of sources those met rest; (R,)."""
    source = np.array([SOURCES.index(one.source) for one in CRITERIA])
    sources = sum(found.met[:, source == at].any(axis=1).astype(np.int64) for at in range(len(SOURCES)))
    return found.met.sum(axis=1), found.known.sum(axis=1), np.asarray(sources, dtype=np.int64)


Told = tuple[Bools, Bools, Floats]


def _share(part: Floats, whole: Floats) -> Floats:
    return np.where(whole > 0, part / whole, np.nan)


def _above(figure: Floats, limit: float) -> Told:
    return figure > limit, np.isfinite(figure), figure


def _months_open(works: Works, today: np.datetime64) -> Floats:
    return (today - works.opened).astype(np.float64) / MONTH


def _settled(works: Works, limits: ProjectLimits, today: np.datetime64) -> Bools:
    """Open for so long that use can be told."""
    since = np.where(np.isnat(works.opened), np.nan, _months_open(works, today))
    return np.asarray(since >= limits.idle_months, dtype=np.bool_)


def _idle(works: Works, limits: ProjectLimits, today: np.datetime64) -> Told:
    """Below the limit for so many months; where use was observed once only, that once."""
    use = _share(works.used, works.capacity)
    known = np.isfinite(use) & _settled(works, limits, today)
    long = np.where(np.isfinite(works.idle_for), works.idle_for >= limits.idle_months, use < limits.idle_below)
    return (use < limits.idle_below) & long, known, use


def _demand(works: Works, limits: ProjectLimits, today: np.datetime64) -> Told:
    use = np.where(_settled(works, limits, today), _share(works.used, works.forecast), np.nan)
    rank, known = peers(use, works.kind)
    return (rank <= limits.little_used) & (use < SHORT), known, use


def _dear(works: Works, limits: ProjectLimits, today: np.datetime64) -> Told:
    settled = _settled(works, limits, today)
    each = np.where(settled, _share(works.cost, works.beneficiaries), np.nan)
    use = np.where(settled, _share(works.used, works.capacity), np.nan)
    rank, known = peers(each, works.kind)
    used, also = peers(use, works.kind)
    return (rank > limits.costly_above) & (used < 0.5), known & also, rank


def _over_budget(works: Works) -> Told:
    done = ~np.isnat(works.completed)
    over = np.where(done, _share(works.cost, works.budget) - 1, np.nan)
    rank, known = peers(over, works.kind)
    return (rank > 0.9) & (over > MOST_OVER), known, over


def _late(works: Works) -> Told:
    given, taken = (np.where(np.isnat(day) | np.isnat(works.started), np.nan, (day - works.started).astype(np.float64)) for day in (works.planned, works.completed))  # fmt: skip
    late = np.where(given > 0, taken / given - 1, np.nan)
    rank, known = peers(late, works.kind)
    return (rank > 0.9) & (late > MOST_LATE), known, late


def _stalled(works: Works, limits: ProjectLimits, today: np.datetime64) -> Told:
    """Begun, not finished, and no progress since; one that is finished is not stalled, which is known too."""
    last = np.where(np.isnat(works.moved), works.started, works.moved)
    since = np.where(np.isnat(last), np.nan, (today - last).astype(np.float64))
    finished = ~np.isnat(works.completed) | (works.progress >= FINISHED)
    known = finished | (np.isfinite(since) & np.isfinite(works.progress))
    return ~finished & (since > limits.stalled_days), known, np.where(finished, 0.0, since)


def _unsupported(works: Works, limits: ProjectLimits) -> Told:
    """The lower bound of the support of those asked lies below the limit, and so does what they said."""
    known = np.isfinite(works.support) & (works.asked >= ASKED)
    share, asked = np.where(known, works.support, 0.0) / 100, np.where(known, works.asked, 1.0)
    low = 100 * np.asarray(wilson(share * asked, asked).low)
    return (low < limits.support_below) & (works.support < limits.support_below), known, low


def peers(values: Floats, kind: Ints) -> tuple[Floats, Bools]:
    """Where each value lies among its peers, 0 to 1, and whether it has enough of them; (R,) each."""
    rank, others = class_percentiles(values, np.where(kind >= 0, kind, -1), int(kind.max(initial=-1)) + 1)
    every, all_others = class_percentiles(values, np.zeros(len(values), dtype=np.int64), 1)
    few = others < PEERS
    return np.where(few, every, rank), np.isfinite(values) & (np.where(few, all_others, others) >= PEERS)
