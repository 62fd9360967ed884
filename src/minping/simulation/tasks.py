"""Tasks: matters decided upon, followed up and closed; what they brought, who checked it and how much paper it took.

Planted: closed on paper alone and checked by whoever did them, closed in a rush before the deadline, dates that can't be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.simulation.official import Days, rounded
from minping.simulation.planting import Case, Planting
from minping.simulation.writing import Table, coded, days, fixed, numbered, numbers

if TYPE_CHECKING:
    from minping.simulation.county import County

EACH = 40  #: tasks of a body
BACK = 700  #: days before the end over which they were decided
LIMITS = (40, 60, 90, 120, 150)  #: days
LATE, LATENESS = -0.10, 0.22  #: of the time from deadline to closing, as a share of the limit
OWNERS, VERIFIERS = 3, 6
HOW = ("on_site", "unannounced", "callback", "data", "documents")
CHECKED = np.array([0.40, 0.15, 0.20, 0.15, 0.10])
SOURCES = ("会议决定", "督察反馈", "审计", "信访12345", "人大建议")
CRITERIA = ("道路修复米数", "困难家庭走访户数", "隐患整改处数", "停车位新增个数", "管网更换米数")
YES_NO = ("no", "yes")
STATES = ("open", "submitted", "closed", "reopened")
WORSE = 0.5  #: of what a paper task reaches
RUSHED = (
    -0.15,
    0.35,
)  #: closings between these, as a share of the limit, are moved to the last days before the deadline
WRONG_DATES = 4  #: in each body where dates can't be


@dataclass(frozen=True, slots=True)
class Tasks:
    """All that happens to R tasks, seen or not yet by the county's end."""

    body: Ints
    decided: Days
    due: Days
    submitted: Days
    verified: Days
    closed: Days
    lookback: Days
    comes_back: Bools  #: reopened at the look-back
    reached: Floats  #: share of the way from baseline to target
    outcome_told: Bools
    baseline: Floats
    target: Floats
    owner: Ints  #: of the owners of its body
    verifier: Ints  #: of the county's verifiers; −1: its owner
    how: Ints
    paper: Ints  #: (R, 3) documents, meetings, check-ins
    process: Floats  #: points
    satisfied: Ints  #: 1 yes, 0 no, −1 nobody was asked
    ids: list[str]


def draw_tasks(random: np.random.Generator, county: County, planting: Planting) -> Tasks:
    """Honest tasks, then what is planted."""
    body = np.repeat(np.arange(county.size), EACH)
    rows = body.size
    decided = county.days[-1].astype("datetime64[D]") - random.integers(0, BACK, rows)
    limit = random.choice(LIMITS, rows)
    late = random.normal(LATE, LATENESS, rows)
    soonest = 14 / limit - 1
    late = np.where(late < soonest, random.uniform(soonest, 0.5 * soonest), late)
    closed = decided + limit + np.round(late * limit).astype(np.int64)
    verified = closed - random.integers(0, 4, rows)
    reached = random.normal(0.95 + 0.15 * county.quality[body], 0.25).clip(0.05, 1.6)
    baseline = rounded(np.exp(random.normal(4, 0.6, rows)), 1)
    ability = (reached - 0.95) / 0.25
    asked = random.random(rows) < 0.5
    content = random.random(rows) < 1 / (1 + np.exp(-1.6 - 0.8 * ability))
    tasks = Tasks(
        body=body,
        decided=decided,
        due=decided + limit,
        submitted=verified - random.integers(1, 9, rows),
        verified=verified,
        closed=closed,
        lookback=closed + random.integers(45, 120, rows),
        comes_back=random.random(rows) < 0.05,
        reached=reached,
        outcome_told=random.random(rows) < 0.92,
        baseline=baseline,
        target=rounded(baseline * random.uniform(1.2, 1.6, rows), 1),
        owner=random.integers(OWNERS, size=rows),
        verifier=random.integers(VERIFIERS, size=rows),
        how=random.choice(len(HOW), rows, p=CHECKED),
        paper=1 + random.poisson([4.0, 1.5, 2.5], (rows, 3)),
        process=rounded(84 + 4 * ability + random.normal(0, 4, rows)).clip(40, 100),
        satisfied=np.where(asked, content, -1).astype(np.int64),
        ids=numbered("K", rows, 5),
    )
    tasks = _on_paper(tasks, planting)
    tasks = _rushed(tasks, planting)
    return _misdated(tasks, planting, county.days[-1])


def _on_paper(tasks: Tasks, planting: Planting) -> Tasks:
    """Closed without outcome or real check, by whoever did it, with much paper and high points for it."""
    here = planting.holds("formalism")[tasks.body]
    random, rows = planting.random, tasks.body.size
    planting.note("formalism", (Case(planting.ids[at]) for at in planting.bodies["formalism"].tolist()))
    more = tasks.paper * random.integers(4, 8, tasks.paper.shape)
    return replace(
        tasks,
        comes_back=tasks.comes_back | planting.share(here, 0.35),
        reached=np.where(here, tasks.reached * WORSE, tasks.reached),
        outcome_told=tasks.outcome_told & ~planting.share(here, 0.75),
        verifier=np.where(planting.share(here, 0.85), -1, tasks.verifier),
        how=np.where(planting.share(here, 0.9), HOW.index("documents"), tasks.how),
        paper=np.where(here[:, None], more, tasks.paper),
        process=np.where(here, random.integers(92, 100, rows), tasks.process),
        satisfied=np.where(here & (tasks.satisfied >= 0), random.random(rows) < 0.4, tasks.satisfied),
    )


def _rushed(tasks: Tasks, planting: Planting) -> Tasks:
    """What would have been somewhat early or late is closed in the last days before the deadline."""
    here = planting.holds("deadline_rush")[tasks.body]
    late = (tasks.closed - tasks.due).astype(np.int64)
    limit = (tasks.due - tasks.decided).astype(np.int64)
    moved = here & (late > RUSHED[0] * limit) & (late < RUSHED[1] * limit)
    by = np.where(moved, late + planting.random.integers(0, 3, late.size), 0)
    planting.note("deadline_rush", (Case(planting.ids[at]) for at in planting.bodies["deadline_rush"].tolist()))
    when = {name: getattr(tasks, name) - by for name in ("submitted", "verified", "closed", "lookback")}
    return replace(tasks, **{name: np.maximum(day, tasks.decided + 1) for name, day in when.items()})


def _misdated(tasks: Tasks, planting: Planting, end: np.datetime64) -> Tasks:
    """Verified before it was submitted, or closed before it was decided."""
    here = planting.holds("impossible_dates")[tasks.body] & (tasks.closed <= end)
    rows = planting.some(tasks.body, here, WRONG_DATES)
    verified, closed = tasks.verified.copy(), tasks.closed.copy()
    first, second = rows[0::2], rows[1::2]
    verified[first] = tasks.submitted[first] - planting.random.integers(5, 21, first.size)
    closed[second] = tasks.decided[second] - planting.random.integers(3, 15, second.size)
    planting.note("impossible_dates", (Case(planting.ids[tasks.body[row]], tasks.ids[row]) for row in rows.tolist()))
    return replace(tasks, verified=verified, closed=closed)


def tasks_table(random: np.random.Generator, county: County, tasks: Tasks) -> Table:
    """The register as it stands at the county's end."""
    end, rows = county.days[-1].astype("datetime64[D]"), tasks.body.size
    closed, submitted = tasks.closed <= end, tasks.submitted <= end
    looked = closed & (tasks.lookback <= end) & (tasks.comes_back | (random.random(rows) < 0.6))
    back = looked & tasks.comes_back
    state = np.where(back, 3, np.where(closed, 2, np.where(submitted, 1, 0)))
    outcome = np.round(tasks.baseline + (tasks.target - tasks.baseline) * tasks.reached, 1)
    owners = [f"{name}-O{at + 1}" for name in county.ids for at in range(OWNERS)]
    names = [*(f"U{at + 1:02d}" for at in range(VERIFIERS)), *owners]
    owner = OWNERS * tasks.body + tasks.owner
    verifier = np.where(tasks.verifier < 0, VERIFIERS + owner, tasks.verifier)
    one = np.ones(rows, dtype=np.int64)
    documents, meetings, check_ins = tasks.paper.T
    matter = random.integers(len(CRITERIA), size=rows)
    return {
        "task": coded(np.arange(rows), tasks.ids),
        "body": coded(tasks.body, county.ids),
        "decided_on": days(tasks.decided),
        "due_on": days(tasks.due),
        "source": coded(random.integers(len(SOURCES), size=rows), SOURCES),
        "owner": coded(owner, owners),
        "criterion": coded(matter, CRITERIA),
        "baseline_value": fixed(tasks.baseline, one),
        "outcome_value": _told(fixed(outcome, one), closed & tasks.outcome_told),
        "outcome_target": fixed(tasks.target, one),
        "submitted_on": days(tasks.submitted, submitted),
        "verified_on": days(tasks.verified, closed),
        "verifier": coded(np.where(closed, verifier, -1), names),
        "verified_how": coded(np.where(closed, tasks.how, -1), HOW),
        "state": coded(state, STATES),
        "closed_on": days(tasks.closed, closed),
        "reopened_on": days(tasks.lookback, back),
        "lookback_on": days(tasks.lookback, looked),
        "documents": numbers(documents),
        "meetings": numbers(meetings),
        "check_ins": numbers(check_ins),
        "process_score": numbers(tasks.process.astype(np.int64), closed),
        "satisfied": coded(np.where(closed, tasks.satisfied, -1), YES_NO),
    }


def _told(column: object, keep: Bools) -> object:
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pa.array(keep), column, pa.scalar(None, pa.string()))
