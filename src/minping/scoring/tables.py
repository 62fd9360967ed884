"""Tables: an evaluation as columns, in Arrow, so that no data-frame library is forced on anyone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.model.arrays import Floats
from minping.model.cells import state_name
from minping.scoring.finding_tables import audit, findings
from minping.scoring.showing import showing
from minping.scoring.silence import silence
from minping.stats.moments import kurtosis, skewness
from minping.stats.outliers import has_outliers, treat

if TYPE_CHECKING:
    import pyarrow as pa

    from minping.scoring.evaluation import Evaluation

Columns = dict[str, Any]


def ranks(evaluation: Evaluation) -> Columns:
    """One row per body: score and rank with intervals, tier, proposed grade; in the order and as far as may be shown."""
    scores, intervals, shown = evaluation.scores, evaluation.intervals, showing(evaluation)
    order, bodies = shown.order, evaluation.evidence.bodies
    nothing = np.full(len(order), np.nan)
    rank, rank_lo, rank_hi, tier, last = nothing, nothing, nothing, nothing, nothing
    if intervals is not None and shown.ranked:
        rank, rank_lo, rank_hi, last = scores.rank, intervals.rank_lo, intervals.rank_hi, intervals.last_tenth
    if intervals is not None and shown.tiered:
        tier = np.where(intervals.tier == 0, np.nan, intervals.tier)
    return {
        "body": _pick(scores.bodies, order),
        "score": scores.score[order],
        "score_lo": nothing if intervals is None else intervals.score_lo[order],
        "score_hi": nothing if intervals is None else intervals.score_hi[order],
        "rank": whole_numbers(rank[order]),
        "rank_lo": whole_numbers(rank_lo[order]),
        "rank_hi": whole_numbers(rank_hi[order]),
        "tier": whole_numbers(tier[order]),
        "grade": [evaluation.grades[at].said if evaluation.grades else "" for at in order],
        "last_tenth": last[order],
        "name": _pick(bodies.names, order),
        "name_en": _pick(bodies.names_en, order),
        "body_type": _pick(bodies.types, order),
        **{f"share_{name}": share[order] for name, share in scores.resting_on.items()},
    }


def scores(evaluation: Evaluation) -> Columns:
    """One row per body and node: points, effective weight, contribution, state."""
    found = evaluation.scores
    nodes = [node.id for node in found.nodes]
    bodies, count = len(found.bodies), len(nodes)
    said = {int(state): state_name(int(state)) for state in np.unique(found.state)}
    return {
        "body": np.repeat(np.array(found.bodies, dtype=object), count),
        "node": np.tile(np.array(nodes, dtype=object), bodies),
        "points": found.points.ravel(),
        "weight": found.weight.ravel(),
        "contribution": found.contribution.ravel(),
        "state": [said[state] for state in found.state.ravel().tolist()],
    }


def values(evaluation: Evaluation) -> Columns:
    """One row per body and indicator of the period: value, standard error, state, and the row it came from."""
    found, at = evaluation.values, evaluation.values.at(evaluation.period)
    official, files = evaluation.evidence.official, evaluation.evidence.files
    bodies, count = len(found.bodies), len(found.indicators)
    trace = found.trace[at].ravel()
    there = trace >= 0
    units = {part.id: part.unit for part in evaluation.scheme.indicators}
    ends = np.full((bodies, count, 2), np.nan) if found.ends is None else found.ends[at]
    paths = np.array([*(source.path for source in files), ""], dtype=object)
    file = np.where(there, official.file[trace], len(files)) if len(official.file) else np.full(len(trace), len(files))
    row = np.where(there, official.row[trace], 0) if len(official.row) else np.zeros(len(trace))
    return {
        "body": np.repeat(np.array(found.bodies, dtype=object), count),
        "indicator": np.tile(np.array(found.indicators, dtype=object), bodies),
        "value": found.estimate[at].ravel(),
        "se": found.se[at].ravel(),
        "low": ends[..., 0].ravel(),
        "high": ends[..., 1].ravel(),
        "raw": found.raw[at].ravel(),
        "raw_se": np.full(len(trace), np.nan) if found.raw_se is None else found.raw_se[at].ravel(),
        "n": np.full(len(trace), np.nan) if found.n is None else _few_hidden(found.n[at], evaluation).ravel(),
        "unit": [units[name] for name in found.indicators] * bodies,
        "state": [state_name(int(state)) for state in found.state[at].ravel()],
        "file": paths[file],
        "row": whole_numbers(np.where(there, row, np.nan)),
    }


def _few_hidden(counts: Floats, evaluation: Evaluation) -> Floats:
    """Counts with those of fewer people than may be published left out."""
    few = (counts > 0) & (counts < (evaluation.scheme.publish.k or 1))
    return np.where(few, np.nan, counts)


def ratings(evaluation: Evaluation) -> Columns:
    """One row per body: how many rated it at each level in the period, how many defaults, how many were removed."""
    heard, bodies = evaluation.values.heard, evaluation.evidence.bodies
    names = ("level_1", "level_2", "level_3", "level_4", "level_5", "defaulted", "removed")
    if heard is None:
        return {"body": [], **{name: np.empty(0) for name in names}}
    told = heard[evaluation.values.at(evaluation.period)]
    k = evaluation.scheme.publish.k or 1
    small = ((told[:, 5:] > 0) & (told[:, 5:] < k)).any(axis=1, keepdims=True)  # one alone follows from both sums
    beside = np.where(small, np.nan, told[:, 5:])
    shown = np.hstack([hidden_below(told[:, :5], k), beside])
    return {"body": list(bodies.ids), **{name: whole_numbers(shown[:, at]) for at, name in enumerate(names)}}


def silent(evaluation: Evaluation) -> Columns:
    """One row per body: what is sure of the share satisfied, whatever the silent think (see `scoring.silence`)."""
    found = silence(evaluation)
    names = ("share", "response", "low", "high", "best", "worst", "gap")
    if found is None:
        return {"body": [], **{name: np.empty(0) for name in names}}
    may_rank = showing(evaluation).ranked
    best, worst = (np.where((rank > 0) & may_rank, rank, np.nan) for rank in (found.best, found.worst))
    return {
        "body": list(evaluation.values.bodies),
        "share": found.share,
        "response": found.response,
        "low": found.low,
        "high": found.high,
        "best": whole_numbers(best),
        "worst": whole_numbers(worst),
        "gap": np.where(np.isfinite(found.gap), found.gap, np.nan),
    }


def hidden_below(counts: Floats, k: int) -> Floats:
    """Counts (N, C) with small ones hidden (NaN), so that nobody can be made out; nor by subtraction from a total.

    What is hidden of a row is never one count alone, and adds to k at least: else the next smallest go too. A row of
    fewer than k in all goes whole.

    >>> hidden_below(np.array([[20.0, 2.0, 7.0, 0.0], [1.0, 1.0, 0.0, 0.0]]), 5)
    array([[20., nan, nan,  0.],
           [nan, nan, nan, nan]])
    """
    hidden = (counts > 0) & (counts < k)
    rows = np.arange(len(counts))
    for _ in range(counts.shape[1]):
        short = hidden.any(axis=1) & ((hidden.sum(axis=1) == 1) | (np.where(hidden, counts, 0.0).sum(axis=1) < k))
        left = np.where(hidden | (counts == 0), np.inf, counts)
        more = short & np.isfinite(left.min(axis=1))
        hidden[rows[more], left.argmin(axis=1)[more]] = True
    hidden[counts.sum(axis=1) < k] = True
    return np.where(hidden, np.nan, counts)


def grades(evaluation: Evaluation) -> Columns:
    """One row per body and grade: its probability, and whether it is the one proposed."""
    if not evaluation.grades or evaluation.scheme.grades is None:
        return {"body": [], "grade": [], "probability": np.empty(0), "proposed": [], "reason": []}
    levels = [level.id for level in evaluation.scheme.grades.levels]
    bodies = evaluation.scores.bodies
    chance = np.full((len(bodies), len(levels)), np.nan)
    if evaluation.intervals is not None:
        chance = evaluation.intervals.grade_probability
    return {
        "body": [body for body in bodies for _ in levels],
        "grade": levels * len(bodies),
        "probability": chance.ravel(),
        "proposed": [proposal.grade == level for proposal in evaluation.grades for level in levels],
        "reason": [proposal.reason_en for proposal in evaluation.grades for _ in levels],
    }


def outliers(evaluation: Evaluation) -> Columns:
    """One row per indicator: the shape of its values, whether outliers pull at it, what the usual treatment would do.

    Always reported, never applied: a scheme's own figures are treated by nobody in silence.
    """
    found, at = evaluation.values, evaluation.values.at(evaluation.period)
    columns = [found.estimate[at, :, column] for column in range(len(found.indicators))]
    treated = [treat(column) for column in columns]
    return {
        "indicator": list(found.indicators),
        "bodies": [int((~np.isnan(column)).sum()) for column in columns],
        "skewness": np.array([skewness(column) for column in columns]),
        "kurtosis": np.array([kurtosis(column) for column in columns]),
        "outlying": [has_outliers(column) for column in columns],
        "treatment": [after.how for after in treated],
        "values_moved": [after.moved for after in treated],
    }


def pairs(evaluation: Evaluation) -> Columns:
    """P(A above B) for every pair, where there are few enough bodies to table them."""
    intervals, bodies = evaluation.intervals, evaluation.scores.bodies
    if intervals is None or not intervals.above.size or not showing(evaluation).ranked:
        return {"body": [], "other": [], "probability_above": np.empty(0)}
    one, other = np.nonzero(~np.eye(len(bodies), dtype=bool))
    return {
        "body": _pick(bodies, one),
        "other": _pick(bodies, other),
        "probability_above": intervals.above[one, other],
    }


def history(evaluation: Evaluation) -> Columns:
    """Points of the total and the dimensions in every period with figures."""
    columns: Columns = {"period": [], "body": [], "node": [], "points": []}
    for period, found in evaluation.history.items():
        for at, node in enumerate(found.nodes):
            if node.kind in ("total", "dimension"):
                columns["period"] += [period] * len(found.bodies)
                columns["body"] += list(found.bodies)
                columns["node"] += [node.id] * len(found.bodies)
                columns["points"] += found.points[:, at].tolist()
    return columns


def draws(evaluation: Evaluation) -> Columns:
    """What was drawn: factor by factor its alternatives; and every failed draw with its reason."""
    if evaluation.intervals is None:
        return {"factor": [], "alternative": []}
    rows = [(factor, name) for factor, names in evaluation.intervals.choices.items() for name in names]
    rows += [("failed_draw", f"{failure.draw}: {failure.reason_en}") for failure in evaluation.intervals.failures]
    return {"factor": [factor for factor, _ in rows], "alternative": [name for _, name in rows]}


def problems(evaluation: Evaluation) -> Columns:
    """Warnings of the evidence and findings of the linter that came with this result."""
    found = evaluation.linted.problems + evaluation.problems
    return {
        "code": [problem.code for problem in found],
        "severity": [problem.severity for problem in found],
        "place": [str(problem.place) for problem in found],
        "found_zh": [problem.found.zh for problem in found],
        "found_en": [problem.found.en for problem in found],
        "fix_zh": [problem.fix.zh for problem in found],
        "fix_en": [problem.fix.en for problem in found],
    }


def waivers(evaluation: Evaluation) -> Columns:
    """Rules that the scheme sets aside, each with its reason."""
    given = evaluation.scheme.waivers
    return {
        "rule": [waiver.rule for waiver in given],
        "reason": [waiver.reason for waiver in given],
        "approved_by": [waiver.approved_by for waiver in given],
        "expires_on": [str(waiver.expires_on or "") for waiver in given],
    }


TABLES: Mapping[str, Callable[[Evaluation], Columns]] = {
    "ranks": ranks,
    "scores": scores,
    "values": values,
    "ratings": ratings,
    "silence": silent,
    "grades": grades,
    "outliers": outliers,
    "pairs": pairs,
    "history": history,
    "draws": draws,
    "audit": audit,
    "findings": findings,
    "problems": problems,
    "waivers": waivers,
}


def as_arrow(columns: Columns) -> pa.Table:
    """Columns as an Arrow table; NaN in a whole-number column becomes null."""
    import pyarrow as pa

    return pa.table(columns)


def _pick(words: tuple[str, ...], order: Any) -> list[str]:
    return [words[at] for at in order]


def whole_numbers(numbers: Any) -> Any:
    """A column of whole numbers; NaN becomes null."""
    import pyarrow as pa

    numbers = np.asarray(numbers, dtype=np.float64)
    return pa.array(np.nan_to_num(numbers).astype(np.int64), mask=np.isnan(numbers))
