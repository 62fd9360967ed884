"""Traces: bodies whose points for the process stand far above what came of it, or whose tasks took much more paper.

Both are measured by how much the other bodies differ among themselves (`stats.above_peers`): that bodies differ is no
sign of anything.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases
from minping.audit.formalism.by_body import by_body
from minping.audit.formalism.closed import closed_in
from minping.audit.frames import Frame
from minping.audit.opened import Opened
from minping.model.arrays import Floats
from minping.stats.above_peers import above_peers, group_means, normal_scores
from minping.stats.groups import column_sums
from minping.stats.ranks import competition_ranks
from minping.words import Text

LEAST = 3  #: tasks with both figures, from which a body has a rank
MOST = 1.0  #: reaching a target is full; more adds nothing
PAPER = ("documents", "meetings", "check_ins")
NO_PAIRS = Text(
    "没有既有过程得分又有结果数值的办结事项", "no closed task has both points for its process and an outcome"
)
NO_PAPER = Text("没有文件、会议、检查次数", "there are no counts of documents, meetings or check-ins")


def process_above_outcome(opened: Opened) -> Cases | Text:
    """Bodies that rank far better by the points for the process than by the outcome of the same tasks."""
    frame = opened.frame("tasks")
    process, reached = frame.number("process_score"), attained(frame)
    both = closed_in(opened, frame) & np.isfinite(process) & np.isfinite(reached)
    if not both.any():
        return NO_PAIRS
    at = np.flatnonzero(both)
    points, result = (group_means(one[at], frame.body[at], opened.bodies) for one in (process, reached))
    mean, share = (np.where(one.n >= LEAST, one.mean, np.nan) for one in (points, result))
    ranks = competition_ranks(mean), competition_ranks(share)
    many = int(np.isfinite(mean).sum())

    def say(body: int) -> Text:
        return Text(
            f"{points.n[body]} 件：过程平均 {mean[body]:.1f} 分，{many} 个单位中第 {ranks[0][body]:.0f}；"
            f"结果平均完成 {share[body]:.0%}，第 {ranks[1][body]:.0f}",
            f"{points.n[body]} tasks: {mean[body]:.1f} points for the process, rank {ranks[0][body]:.0f} of {many}; "
            f"outcomes {share[body]:.0%} of the way, rank {ranks[1][body]:.0f}",
        )

    figures = {"observed": ranks[1] - ranks[0], "expected": np.zeros(opened.bodies), "n": points.n.astype(np.float64)}
    return by_body(frame, both, gap(mean, share), say, **figures)


def gap(process: Floats, outcome: Floats) -> Floats:
    """P that a body's rank by process lies so far above its rank by outcome, against the gaps of the others; (N,)."""
    apart = normal_scores(process) - normal_scores(outcome)
    return above_peers(apart, np.zeros(apart.shape)).p


def attained(frame: Frame) -> Floats:
    """How much of the way from baseline to target each task went, 0 to 1; without a baseline the way begins at nought."""
    base, value, target = (frame.number(name) for name in ("baseline_value", "outcome_value", "outcome_target"))
    start = np.where(np.isfinite(base), base, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        way = np.where(target != start, (value - start) / (target - start), np.nan)
    return np.clip(way, 0.0, MOST)


def much_paper(opened: Opened) -> Cases | Text:
    """Bodies whose closed tasks took far more documents, meetings and check-ins than those of others."""
    frame = opened.frame("tasks")
    parts = np.stack([frame.number(name) for name in PAPER], axis=1)
    told = closed_in(opened, frame) & np.isfinite(parts).any(axis=1)
    if not told.any():
        return NO_PAPER
    at = np.flatnonzero(told)
    found = group_means(np.log1p(np.nan_to_num(parts[at]).sum(axis=1)), frame.body[at], opened.bodies)
    above = above_peers(found.mean, found.variance)
    mine, others = np.expm1(found.mean), np.expm1(above.others)
    whole = column_sums(frame.body[at], np.nan_to_num(parts[at]), opened.bodies)

    def say(body: int) -> Text:
        each = whole[body] / found.n[body]
        return Text(
            f"办结 {found.n[body]} 件，平均每件文件 {each[0]:.1f} 份、会议 {each[1]:.1f} 次、检查填报 {each[2]:.1f} 次；"
            f"合计典型值 {mine[body]:.1f}，其他单位 {others[body]:.1f}",
            f"{found.n[body]} tasks closed, each with {each[0]:.1f} documents, {each[1]:.1f} meetings, {each[2]:.1f} "
            f"check-ins on average; typically {mine[body]:.1f} in all, {others[body]:.1f} elsewhere",
        )

    return by_body(frame, told, above.p, say, observed=mine, expected=others, n=found.n.astype(np.float64))
