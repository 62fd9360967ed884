"""Reference classes: bodies whose projects went worse than others of their kind: cost, time, use at the same age.

Each project is ranked within the nearest class that is large enough: kind and size, else kind, else all. A body's mean
rank is then set against how much the other bodies differ among themselves (`stats.above_peers`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from minping.audit.cases import Cases, places_of
from minping.audit.frames import Frame
from minping.audit.matching import kinds
from minping.audit.opened import Opened
from minping.audit.vanity.criteria import MONTH
from minping.audit.vanity.uses import AGES, at_ages, open_uses
from minping.model.arrays import Floats, Ints
from minping.stats.above_peers import Above, above_peers, group_means
from minping.stats.class_ranks import class_scores
from minping.stats.groups import codes
from minping.words import Text

LEAST = 3  #: projects of a body
OTHERS = 8  #: others that a class needs
UPLIFT = 0.8  #: quantile of a class by which a budget would be raised (Flyvbjerg 2006)
TOO_FEW = Text(
    f"可比的项目太少（每个单位至少 {LEAST} 个）", f"too few projects to compare: at least {LEAST} of each body"
)


class Told(NamedTuple):
    """R projects; NaN where one tells too little."""

    frame: Frame
    figure: Floats  #: (R,) as it is shown
    score: Floats  #: (R,) within its class; the higher the worse


def cost_overruns(opened: Opened) -> Cases | Text:
    """Cost against the approved budget, of completed projects."""
    frame = opened.frame("projects")
    cost, budget = frame.number("cost_cny"), frame.number("budget_cny")
    over = np.where((frame.day("completed_on") <= opened.end) & (budget > 0), _ratio(cost, budget) - 1, np.nan)
    told = Told(frame, over, class_scores(over, _classes(frame, budget), OTHERS))
    code = kinds(frame.text("kind"))

    def say(body: int, n: int, mine: float, others: float) -> Text:
        elsewhere = np.isfinite(over) & (frame.body != body) & np.isin(code, code[frame.body == body])
        uplift = float(np.quantile(over[elsewhere], UPLIFT)) if elsewhere.any() else np.nan
        return Text(
            f"完工 {n} 个，平均超概算 {mine:+.0%}，其他单位 {others:+.0%}；其他单位同类项目的 {UPLIFT:.0%} 分位为 {uplift:+.0%}，按参考类概算应加这么多",
            f"{n} completed, {mine:+.0%} over budget on average, {others:+.0%} in other bodies; the {UPLIFT:.0%} quantile of "
            f"their projects of these kinds is {uplift:+.0%}, by which a budget would be raised",
        )

    return _cases(opened, told, say)


def time_overruns(opened: Opened) -> Cases | Text:
    """Time taken against the time planned, of completed projects."""
    frame = opened.frame("projects")
    start, done = frame.day("started_on"), frame.day("completed_on")
    taken, planned = (_days(one - start) for one in (done, frame.day("planned_on")))
    over = np.where((done <= opened.end) & (planned > 0) & (taken >= 0), _ratio(taken, planned) - 1, np.nan)
    told = Told(frame, over, class_scores(over, _classes(frame, frame.number("budget_cny")), OTHERS))

    def say(_: int, n: int, mine: float, others: float) -> Text:
        return Text(
            f"完工 {n} 个，平均超计划工期 {mine:+.0%}，其他单位 {others:+.0%}",
            f"{n} completed, {mine:+.0%} over the planned time on average, {others:+.0%} in other bodies",
        )

    return _cases(opened, told, say)


def used_less(opened: Opened) -> Cases | Text:
    """Use against design capacity, at the same age as others of the kind."""
    return _by_age(opened, "design_capacity", Text("设计能力", "design capacity"))


def short_of_forecast(opened: Opened) -> Cases | Text:
    """Use against the forecast of the feasibility study, at the same age as others of the kind."""
    return _by_age(opened, "forecast_use", Text("预测使用", "forecast use"))


def _by_age(opened: Opened, column: str, whole: Text) -> Cases | Text:
    frame = opened.frame("projects")
    used = at_ages(open_uses(opened, frame), len(frame))
    share = _ratio(used, frame.number(column)[:, None])
    told = Told(frame, _mean(share), score_by_age(share, kinds(frame.text("kind"))))
    ages = "、".join(f"{one:.0f}" for one in AGES), ", ".join(f"{one:.0f}" for one in AGES)

    def say(_: int, n: int, mine: float, others: float) -> Text:
        return Text(
            f"{n} 个项目投用 {ages[0]} 个月时平均使用为{whole.zh}的 {mine:.0%}，其他单位 {others:.0%}；位次按同类同龄",
            f"{n} projects were used at {mine:.0%} of {whole.en} on average, {ages[1]} months after opening, {others:.0%} "
            "in other bodies; ranked within their kind and age",
        )

    return _cases(opened, told, say)


def cost_for_each(opened: Opened) -> Cases | Text:
    """Cost for each who benefits in a year, of projects open for a year or more."""
    frame = opened.frame("projects")
    settled = _days(opened.end - frame.day("opened_on")) >= opened.rules.projects.idle_months * MONTH
    each = np.where(settled, _ratio(frame.number("cost_cny"), frame.number("beneficiaries")), np.nan)
    code = kinds(frame.text("kind"))
    told = Told(frame, each, class_scores(each, (code,), OTHERS))

    def say(_: int, n: int, mine: float, others: float) -> Text:
        return Text(
            f"{n} 个项目每名受益者平均造价 {mine:,.0f} 元，其他单位 {others:,.0f} 元；位次按同类",
            f"{n} projects cost {mine:,.0f} CNY for each who benefits in a year on average, {others:,.0f} in other bodies; "
            "ranked within their kind",
        )

    return _cases(opened, told, say)


def score_by_age(share: Floats, kind: Ints) -> Floats:
    """Mean score of each project over the ages at which its use is known, the less used the higher; (R, 3) -> (R,)."""
    projects, ages = share.shape
    each, age = np.repeat(kind, ages), np.tile(np.arange(ages), projects)
    of_kind = np.where(each >= 0, codes(each + 1, age), -1)
    return _mean(class_scores(-share.ravel(), (of_kind, age), OTHERS).reshape(share.shape))


def chance(score: Floats, body: Ints, bodies: int) -> Above:
    """P that a body's projects lie so far above those of the others, by their scores within classes; (R,) -> (N,)."""
    at = np.flatnonzero(np.isfinite(score) & (body >= 0))
    found = group_means(score[at], body[at], bodies)
    return above_peers(np.where(found.n >= LEAST, found.mean, np.nan), found.variance)


def _cases(opened: Opened, told: Told, say: Callable[[int, int, float, float], Text]) -> Cases | Text:
    frame, figure, score = told
    known = np.isfinite(score) & (frame.body >= 0)
    above = chance(score, frame.body, opened.bodies)
    if np.isnan(above.p).all():
        return TOO_FEW
    at = np.flatnonzero(known)
    found = group_means(figure[at], frame.body[at], opened.bodies)
    n = found.n.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        total = np.where(n > 0, found.mean * n, 0.0)
        others = (total.sum() - total) / (n.sum() - n)

    def words(body: int) -> Text:
        return say(body, int(n[body]), float(found.mean[body]), float(others[body]))

    places = places_of(frame.body[at], frame.file[at], frame.row[at])
    bodies = np.arange(opened.bodies)
    return Cases(bodies, [""] * opened.bodies, found.mean, others, n, above.p, words, places)


def _classes(frame: Frame, budget: Floats) -> tuple[Ints, Ints, Ints]:
    """Kind and size, kind, all; sizes are half powers of ten of the approved budget."""
    code = kinds(frame.text("kind"))
    size = np.floor(2 * np.log10(np.where(budget > 0, budget, 1.0))).astype(np.int64)
    return np.where(code >= 0, codes(code + 1, size), -1), code, np.zeros(len(frame), dtype=np.int64)


def _ratio(part: Floats, whole: Floats) -> Floats:
    found: Floats = np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=np.asarray(whole) > 0)
    return found


def _days(apart: object) -> Floats:
    found: Floats = np.asarray(apart).astype("timedelta64[D]").astype(np.float64)
    return np.where(np.isnat(np.asarray(apart)), np.nan, found)


def _mean(values: Floats) -> Floats:
    """Mean of what is known in each row, (R, K) -> (R,); NaN where nothing is."""
    known = np.isfinite(values)
    return _ratio(np.where(known, values, 0.0).sum(axis=1), known.sum(axis=1).astype(np.float64))
