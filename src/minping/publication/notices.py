"""Notices: in an evaluation, out what a Word document prints of it: the ranking, and what each body is told."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from minping.publication.charts.numbers import exact_percent
from minping.publication.columns import state_words
from minping.publication.extra_tables import agreements
from minping.publication.method import Line, NodeLine, method_lines, node_lines
from minping.publication.standing import Standing, body_name, standings
from minping.publication.word_names import (
    CompanionRow,
    DisagreementRow,
    NamedRow,
    Notice,
    PartRow,
    ProblemRow,
    RankRow,
    Report,
    WaiverRow,
    WeightRow,
)
from minping.scoring.compare import Comparison, compare
from minping.scoring.plan import compile_plan
from minping.words import Lang, Text

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

MOST_NOTICES = 300  #: above this many bodies the report holds no notice of each
FEW = 5  #: how many gains, losses, disagreements are listed
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOTHING = "—"


def report_of(evaluation: Evaluation, lang: Lang, facts: Sequence[Line] = (), on: date | None = None) -> Report:
    """Everything that a template may print of an evaluation."""
    scheme, scores, intervals = evaluation.scheme, evaluation.scores, evaluation.intervals
    found, appeal = standings(evaluation, lang), scheme.appeal
    tiers = max((one.tier or 0 for one in found), default=0)
    return Report(
        title=_clean(scheme.title.text.say(lang)),
        period=evaluation.period,
        issuer=_clean(scheme.authority.issuer),
        document=_clean(scheme.authority.document),
        decided_by=_clean(scheme.grades.decided_by) if scheme.grades else "",
        created_on=str(on or ""),
        bodies=str(len(found)),
        scored=str(int(scores.scored.sum())),
        tiers=str(tiers) if tiers else NOTHING,
        interval_level="" if intervals is None else exact_percent(intervals.level),
        graded=bool(evaluation.grades),
        ranks=tuple(_rank_row(one, scheme.points.decimals) for one in found),
        companions=_companion_rows(evaluation, lang),
        weights=_weight_rows(node_lines(evaluation), lang),
        method=tuple(NamedRow(line.name.say(lang), _clean(line.said.say(lang))) for line in method_lines(evaluation)),
        facts=tuple(NamedRow(line.name.say(lang), _clean(line.said.say(lang))) for line in facts),
        waivers=tuple(
            WaiverRow(waiver.rule, _clean(waiver.reason), _clean(waiver.approved_by), str(waiver.expires_on or ""))
            for waiver in scheme.waivers
        ),
        problems=tuple(
            ProblemRow(_clean(str(said.place)), _clean(said.found.say(lang)), _clean(said.fix.say(lang)))
            for said in (*evaluation.linted.problems, *evaluation.problems)
        ),
        notices=_notices(evaluation, found, lang) if len(found) <= MOST_NOTICES else (),
        reply_days=_days(appeal.reply_before_publish_days if appeal else None),
        appeal_days=_days(appeal.window_days if appeal else None),
        decide_days=_days(appeal.decide_within_days if appeal else None),
    )


def _rank_row(one: Standing, decimals: int) -> RankRow:
    return RankRow(
        rank=_whole(one.rank),
        name=_clean(one.name),
        body=_clean(one.body),
        score=_figure(one.score, decimals),
        score_interval=_interval(_figure(one.score_lo, decimals), _figure(one.score_hi, decimals)),
        rank_interval=_interval(_whole(one.rank_lo), _whole(one.rank_hi)),
        tier=_whole(one.tier),
        grade=one.grade or NOTHING,
        probability=NOTHING if one.probability is None else f"{one.probability:.0%}",
    )


def _notices(evaluation: Evaluation, found: Sequence[Standing], lang: Lang) -> tuple[Notice, ...]:
    peers = compile_plan(evaluation.scheme, evaluation.evidence.bodies).peers
    return tuple(_notice(evaluation, one, compare(evaluation.scores, peers, one.at), lang) for one in found)


def _notice(evaluation: Evaluation, one: Standing, beside: Comparison, lang: Lang) -> Notice:
    nodes, decimals = evaluation.scores.nodes, evaluation.scheme.points.decimals
    first = [at for at, node in enumerate(nodes) if node.depth == 1 and node.kind != "companion"]
    leaves = np.array([at for at, node in enumerate(nodes) if node.kind == "indicator"], dtype=np.int64)
    moved = np.nan_to_num(beside.difference[leaves])
    order = leaves[np.argsort(moved, kind="stable")]
    lost = [at for at in order[:FEW] if beside.difference[at] < 0]
    gained = [at for at in order[::-1][:FEW] if beside.difference[at] > 0]
    row = _rank_row(one, decimals)

    def rows(chosen: Sequence[int]) -> tuple[PartRow, ...]:
        return tuple(_part_row(evaluation, one.at, int(at), beside, lang) for at in chosen)

    return Notice(
        name=row.name,
        body=row.body,
        score=row.score,
        score_interval=row.score_interval,
        rank=row.rank,
        rank_interval=row.rank_interval,
        tier=row.tier,
        grade=row.grade,
        reason=_clean(one.reason),
        parts=rows(first),
        gains=rows(gained),
        losses=rows(lost),
        remarks=_remarks(evaluation, one.at, lang),
    )


def _part_row(evaluation: Evaluation, body: int, at: int, beside: Comparison, lang: Lang) -> PartRow:
    scores, decimals = evaluation.scores, evaluation.scheme.points.decimals
    node, difference = scores.nodes[at], float(beside.difference[at])
    return PartRow(
        title=_clean(Text(node.title_zh, node.title_en).say(lang)),
        points=_figure(float(scores.points[body, at]), decimals),
        weight=_share(float(scores.weight[body, at])),
        contribution=_figure(float(scores.contribution[body, at]), decimals),
        peer_median=_figure(float(beside.median_points[at]), decimals),
        difference=NOTHING if math.isnan(difference) else f"{difference:+.{decimals}f}".replace("-", "−"),
    )


def _remarks(evaluation: Evaluation, body: int, lang: Lang) -> tuple[str, ...]:
    scores = evaluation.scores
    remarks = [_clean(Text(zh, en).say(lang)) for at, zh, en in scores.notes if at == body]
    for name, share in scores.resting_on.items():
        if share[body] > 0 and name != "observed":
            words, part = state_words(name), f"{share[body]:.1%}"
            said = Text(f"状态为“{words.zh}”的数字占权重 {part}", f"{part} of the weight: {words.en}")
            remarks.append(said.say(lang))
    return tuple(remarks)


def _companion_rows(evaluation: Evaluation, lang: Lang) -> tuple[CompanionRow, ...]:
    return tuple(
        CompanionRow(
            title=_clean(found.title.say(lang)),
            spearman=_figure(found.spearman, 2),
            bodies=str(found.bodies),
            apart=_apart(evaluation, found.node, found.direction == "lower", lang),
        )
        for found in agreements(evaluation)
    )


def _apart(evaluation: Evaluation, node: str, lower_is_better: bool, lang: Lang) -> tuple[DisagreementRow, ...]:
    """The bodies whose two ranks, among those that have both, lie furthest apart."""
    from minping.stats.ranks import competition_ranks

    scores = evaluation.scores
    beside = scores.points[:, scores.column(node)]
    there = ~(np.isnan(scores.score) | np.isnan(beside))
    one = competition_ranks(np.where(there, scores.score, np.nan))
    other = competition_ranks(np.where(there, -beside if lower_is_better else beside, np.nan))
    gap = np.where(there, np.abs(one - other), -1.0)
    furthest = [int(at) for at in np.argsort(-gap, kind="stable")[:FEW] if gap[at] > 0]
    return tuple(
        DisagreementRow(_clean(body_name(evaluation, at, lang)), f"{one[at]:.0f}", f"{other[at]:.0f}")
        for at in furthest
    )


def _weight_rows(lines: Sequence[NodeLine], lang: Lang) -> tuple[WeightRow, ...]:
    rows = []
    for at, line in enumerate(lines):
        if line.depth == 1 and line.kind in ("dimension", "indicator"):
            below = 0
            for later in lines[at + 1 :]:
                if later.depth <= 1:
                    break
                below += later.kind == "indicator"
            share = NOTHING if line.weight is None else _share(line.weight)
            rows.append(WeightRow(_clean(line.title.say(lang)), share, str(below or 1)))
    return tuple(rows)


def _clean(text: str) -> str:
    """A text without what can't stand in a Word file."""
    return _CONTROL.sub("\ufffd", text)


def _figure(figure: float | None, decimals: int) -> str:
    if figure is None or math.isnan(figure):
        return NOTHING
    return f"{figure + 0.0:.{decimals}f}".replace("-", "−")


def _share(share: float) -> str:
    return NOTHING if math.isnan(share) else f"{share:.2%}"


def _whole(number: int | None) -> str:
    return NOTHING if number is None else str(number)


def _interval(low: str, high: str) -> str:
    return NOTHING if NOTHING in (low, high) else f"{low}–{high}"


def _days(days: int | None) -> str:
    return "" if days is None else str(days)
