"""Weighting: the weights of a period's interviews, calibrated to what is known of the public.

In the interviews of a period and the margins that hold for it, out new weights with the calibration that errors must
know; or the problems that keep them from being made, each with what to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from minping.errors import Place, Problem
from minping.indicators.lags import months_of
from minping.model.arrays import Floats, Ints
from minping.model.surveys import Margin
from minping.scheme.survey_rules import Weighting as Rules
from minping.stats.calibration import Margin as Known
from minping.stats.calibration import Weighting, columns_of, rake, rake_within, regress, regress_within
from minping.stats.groups import codes, distinct, sums
from minping.words import Text, both


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of words of n interviews."""

    words: tuple[str, ...]  #: in order; no word is the empty one
    code: Ints  #: (n,)

    def at(self, rows: Ints) -> Coded:
        """Some of the interviews."""
        return Coded(self.words, self.code[rows])


@dataclass(frozen=True, slots=True)
class Interviews:
    """What weighting must know of a period's interviews, n of them."""

    period: str
    base: Floats  #: (n,) weights
    body: Ints  #: (n,)
    bodies: tuple[str, ...]
    column: Mapping[str, Coded]


def weigh(asked: Interviews, margins: Sequence[Margin], rules: Rules) -> tuple[Weighting | None, list[Problem]]:
    """Calibrate; None with the problems where that can't be done."""
    holding = holding_in(asked.period, [margin for margin in margins if margin.name in rules.margins])
    within = any(margin.body for margin in holding)
    problems: list[Problem] = []
    leveled: list[Known] = []
    numeric: list[tuple[Floats, Floats]] = []
    for name in rules.margins:
        own = [margin for margin in holding if margin.name == name]
        if not own:
            problems.append(_no_margin(asked.period, name))
        elif own[0].level:
            leveled.append(_leveled(asked, name, own, problems))
        else:
            numeric.append(_numeric(asked, name, own))
    if problems:
        return None, problems
    group = asked.body if within else np.zeros_like(asked.body)
    try:
        found = _calibrated(asked.base, leveled, numeric, group, within, rules)
    except ValueError as error:
        return None, [_failed(asked.period, str(error))]
    if not found.converged:
        return None, [_not_settled(asked.period, found)]
    wrong = int((found.weight <= 0).sum())
    return (None, [_below_nought(asked.period, wrong)]) if wrong else (found, [])


def reweigh(asked: Interviews, margins: Sequence[Margin], rules: Rules, base: Floats) -> Floats:
    """The weights (n,) of one replicate, calibrated as the sample is; those of nought stay so.

    Raises:
        ValueError: they can't be calibrated.
    """
    there = np.flatnonzero(base > 0)
    column = {name: words.at(there) for name, words in asked.column.items()}
    some = Interviews(asked.period, base[there], asked.body[there], asked.bodies, column)
    found, problems = weigh(some, margins, rules)
    if found is None:
        raise ValueError(f"a replicate can't be calibrated: {problems[0].found.en}")
    weight = np.zeros_like(base)
    weight[there] = found.weight
    return weight


def holding_in(period: str, margins: Sequence[Margin]) -> list[Margin]:
    """The margins that hold in a period: of the shortest span that it lies in, else those of every period."""
    first, last = months_of(period) or (0, 0)
    best: dict[tuple[str, str, str], tuple[int, Margin]] = {}
    for margin in margins:
        start, end = (months_of(margin.period) or (1, 0)) if margin.period else (-1_000_000, 1_000_000)
        key = (margin.name, margin.level, margin.body)
        if start <= first and last <= end and (key not in best or end - start < best[key][0]):
            best[key] = (end - start, margin)
    return [margin for _, margin in best.values()]


def _calibrated(
    base: Floats,
    leveled: Sequence[Known],
    numeric: Sequence[tuple[Floats, Floats]],
    group: Ints,
    within: bool,
    rules: Rules,
) -> Weighting:
    """Calibrate by the method of the scheme; totals are (G, C), with one group where all are calibrated together."""
    plain = [Known(known.code, known.total[0]) for known in leveled]
    if rules.method in ("poststratify", "rake"):
        return rake_within(base, leveled, group) if within else rake(base, plain)
    parts = [columns_of([known]) for known in plain]
    # a category without rows has no column; of every margin but the first one category is what the others leave
    kept = [np.flatnonzero(np.bincount(known.code, minlength=len(known.total))) for known in plain]
    totals = [known.total[:, there] for known, there in zip(leveled, kept, strict=True)]
    parts, totals = ([one[:, at > 0 :] for at, one in enumerate(some)] for some in (parts, totals))
    columns = np.column_stack([*parts, *(value for value, _ in numeric)])
    known = np.column_stack([*totals, *(total for _, total in numeric)])
    if within:
        return regress_within(base, columns, known, group, bounds=rules.bounds)
    return regress(base, columns, known[0], bounds=rules.bounds)


def _leveled(asked: Interviews, name: str, own: Sequence[Margin], problems: list[Problem]) -> Known:
    """The level of each interview, and the totals of the levels, (G, C); levels that nobody is of are told of."""
    levels = list(dict.fromkeys(margin.level for margin in own))
    place = {level: at for at, level in enumerate(levels)}
    crossed = crossing(asked, name)
    code = np.array([place.get(word, -1) for word in crossed.words], dtype=np.int64)[crossed.code]
    within = own[0].body != ""
    groups = len(asked.bodies) if within else 1
    total = np.zeros((groups, len(levels)))
    row = {body: at for at, body in enumerate(asked.bodies)}
    for margin in own:
        total[row.get(margin.body, 0) if within else 0, place[margin.level]] = margin.total
    group = asked.body if within else np.zeros_like(asked.body)
    met = sums(np.where(code >= 0, group * len(levels) + code, -1), np.ones(len(code)), groups * len(levels))
    met = met.reshape(groups, len(levels))
    total[met.sum(axis=1) == 0] = 0.0  # a body where nobody was asked
    for at, level in np.argwhere((met == 0) & (total > 0)).tolist():
        problems.append(_nobody(asked, name, levels[level], asked.bodies[at] if within else ""))
    if (code < 0).any():
        missed = crossed.words[int(crossed.code[int(np.argmax(code < 0))])]
        problems.append(_no_total(asked.period, name, missed, int((code < 0).sum())))
    return Known(np.maximum(code, 0), total)


def _numeric(asked: Interviews, name: str, own: Sequence[Margin]) -> tuple[Floats, Floats]:
    """A numeric column, (n,), and its known totals, (G, 1)."""
    column = asked.column[name]
    value = np.array([float(word or "nan") for word in column.words])[column.code]
    if not own[0].body:
        return value, np.array([[own[0].total]])
    row = {body: at for at, body in enumerate(asked.bodies)}
    total = np.zeros((len(asked.bodies), 1))
    for margin in own:
        if margin.body in row:
            total[row[margin.body]] = margin.total
    total[sums(asked.body, np.ones(len(value)), len(total)) == 0] = 0.0
    return value, total


def crossing(asked: Interviews, name: str) -> Coded:
    """One column, or several crossed by +."""
    first, *others = (asked.column[part] for part in name.split("+"))
    for other in others:
        _, pair = distinct(codes(first.code, other.code))
        rows = np.unique(pair, return_index=True)[1]
        words = [f"{first.words[int(first.code[at])]}+{other.words[int(other.code[at])]}" for at in rows.tolist()]
        first = Coded(tuple(words), pair)
    return first


def _problem(period: str, code: str, found: Text, fix: Text) -> Problem:
    said = Text(f"{period}：{found.zh}", f"{period}: {found.en}")
    return Problem(code, Place("margins"), said, both(""), fix)


def _no_margin(period: str, name: str) -> Problem:
    found = Text(f"margins 中没有本期 {name} 的总数", f"`margins` has no totals of {name} for this period")
    return _problem(
        period,
        "no-margin",
        found,
        Text("补上；各期相同则 period 留空", "add them; leave period empty where they hold for all"),
    )


def _nobody(asked: Interviews, name: str, level: str, body: str) -> Problem:
    where = Text(f"（{body}）" if body else "", f" ({body})" if body else "")
    found = Text(f"没有受访者属于 {name} 的 {level}{where.zh}", f"nobody asked is of level {level} of {name}{where.en}")
    fix = Text("与相邻类别合并（两张表都改）", "merge the level with one beside it, in both tables")
    return _problem(asked.period, "empty-margin-cell", found, fix)


def _no_total(period: str, name: str, level: str, rows: int) -> Problem:
    found = Text(
        f"{rows} 位受访者的 {name} 类别没有总数，如 {level or '空'}",
        f"{rows} respondents are of levels of {name} without a total, e.g. {level or 'an empty one'}",
    )
    return _problem(period, "level-without-total", found, Text("在 margins 补上", "add it to `margins`"))


def _failed(period: str, said: str) -> Problem:
    found = Text(f"加权做不到：{said}", f"the weighting can't be done: {said}")
    fix = Text("合并类别、放宽 bounds，或少用几个变量", "merge levels, widen bounds, or use fewer margins")
    return _problem(period, "weighting-failed", found, fix)


def _not_settled(period: str, found: Weighting) -> Problem:
    said = Text(
        f"加权迭代 {found.iterations} 次仍不收敛，离已知总数最远差 {found.off:.2g}（相对）",
        f"weights do not settle in {found.iterations} rounds; the farthest is {found.off:.2g} (relative) from its total",
    )
    fix = Text(
        "各变量互相矛盾，或某些组合无人；合并类别",
        "margins contradict one another, or some combinations are empty: merge levels",
    )
    return _problem(period, "no-convergence", said, fix)


def _below_nought(period: str, rows: int) -> Problem:
    found = Text(f"{rows} 个新权重不大于 0", f"{rows} of the new weights are not above zero")
    fix = Text("改用 rake，或 bounded 并给出 bounds", "use rake, or bounded with bounds")
    return _problem(period, "weight-below-zero", found, fix)
