"""The method in words: what a scheme does, line by line and indicator by indicator, as documents print it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from minping.model.scores import NodeKind
from minping.publication.charts.numbers import exact_percent
from minping.scheme.shape import Scheme
from minping.scheme.words import indicator_in_words
from minping.words import Text, both

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation


class Line(NamedTuple):
    """One fact under its name."""

    name: Text
    said: Text


@dataclass(frozen=True, slots=True)
class NodeLine:
    """One node of the tree, as the method tells of it."""

    node: str
    title: Text
    kind: NodeKind
    depth: int
    unit: str
    weight: float | None  #: mean effective share of the whole over the scored bodies
    rule: Text
    source: str


def method_lines(evaluation: Evaluation) -> tuple[Line, ...]:
    """What was applied to what, and what was drawn."""
    scheme, scores = evaluation.scheme, evaluation.scores
    authority = " · ".join(part for part in (scheme.authority.issuer, scheme.authority.document) if part)
    scored, bodies = int(scores.scored.sum()), len(scores.bodies)
    counted = sum(node.kind == "indicator" for node in scores.nodes)
    lines = [
        Line(Text("考核方案", "scheme"), both(f"{scheme.id} {scheme.version}")),
        Line(Text("方案制定单位与文件", "scheme made by"), both(authority)),
        Line(Text("考核期", "period"), both(evaluation.period)),
        Line(
            Text("单位", "bodies"), Text(f"{bodies} 个，其中 {scored} 个有总分", f"{bodies}, of which {scored} scored")
        ),
        Line(Text("计分指标", "indicators"), Text(f"{counted} 项", f"{counted} counted")),
        Line(Text("合成", "aggregation"), _named(AGGREGATION, scheme.aggregate.method)),
        Line(Text("缺失", "missing figures"), _named(MISSING, scheme.missing.policy)),
        Line(Text("比较对象", "peers"), _named(PEERS, scheme.peers.method)),
        *_uncertainty(evaluation),
    ]
    return tuple(line for line in lines if line.said.zh)


def node_lines(evaluation: Evaluation) -> tuple[NodeLine, ...]:
    """Every node of the tree in order: title, mean effective weight, rule and source."""
    scheme, scores = evaluation.scheme, evaluation.scores
    parts = {part.id: part for part in scheme.indicators}
    authority = _authorities(scheme)
    lines = []
    for at, node in enumerate(scores.nodes):
        part = parts.get(node.id)
        weights = scores.weight[scores.scored, at]
        weights = weights[~np.isnan(weights)]
        source = (part.source.supplier or part.source.document) if part else authority.get(node.id, "")
        lines.append(
            NodeLine(
                node.id,
                Text(node.title_zh, node.title_en),
                node.kind,
                node.depth,
                node.unit,
                float(weights.mean()) if len(weights) else None,
                indicator_in_words(part, scheme) if part else both(""),
                source,
            )
        )
    return tuple(lines)


def _uncertainty(evaluation: Evaluation) -> list[Line]:
    intervals = evaluation.intervals
    if intervals is None:
        return [Line(Text("不确定性", "uncertainty"), Text("未抽样，没有区间", "nothing was drawn: no intervals"))]
    failed, level = len(intervals.failures), exact_percent(intervals.level)
    apart = exact_percent(evaluation.scheme.uncertainty.tell_apart)
    said = Text(
        f"{intervals.draws:,} 次联合抽样（种子 {intervals.seed}），{level} 区间；失败 {failed} 次",
        f"{intervals.draws:,} joint draws (seed {intervals.seed}), {level} intervals; {failed} failed",
    )
    tiers = Text(
        f"一单位高于另一单位的概率达到 {apart} 时才认为可以区分高下",
        f"two bodies are told apart where one stands above the other in {apart} of the draws",
    )
    lines = [Line(Text("不确定性", "uncertainty"), said), Line(Text("分组", "tiers"), tiers)]
    for factor, names in intervals.choices.items():
        if len(names) > 1:
            words = FACTORS.get(factor, both(factor))
            found = [ALTERNATIVES.get(name, both(name)) for name in names]
            listed = Text("、".join(name.zh for name in found), ", ".join(name.en for name in found))
            lines.append(Line(Text(f"抽样备选：{words.zh}", f"drawn from: {words.en}"), listed))
    drawn = evaluation.scheme.uncertainty.weights
    if drawn.method == "band":
        band = Text(
            f"各权重上下浮动 {exact_percent(drawn.band)}", f"each within ±{exact_percent(drawn.band)} of itself"
        )
        lines.append(Line(Text("抽样：权重", "drawn: weights"), band))
    elif drawn.method == "dirichlet":
        spread = Text(
            f"狄利克雷分布，集中度 {drawn.concentration:g}", f"Dirichlet, concentration {drawn.concentration:g}"
        )
        lines.append(Line(Text("抽样：权重", "drawn: weights"), spread))
    return lines


def _authorities(scheme: Scheme) -> dict[str, str]:
    """Adjustment id -> the document that allows it."""
    adjust = scheme.adjust
    kinds = (adjust.bonus, adjust.deduct, adjust.caps, adjust.veto, adjust.tolerance)
    return {entry.id: entry.authority_ref for entries in kinds for entry in entries}


def _named(words: dict[str, Text], option: str) -> Text:
    return words.get(option, both(option))


AGGREGATION = {
    "arithmetic": Text("加权算术平均", "weighted arithmetic mean"),
    "geometric": Text("加权几何平均", "weighted geometric mean"),
    "harmonic": Text("加权调和平均", "weighted harmonic mean"),
    "power": Text("加权幂平均", "weighted power mean"),
    "none": Text("不合成总分", "no total"),
}
MISSING = {
    "redistribute_within": Text("权重在同一维度内重新分配", "weight shared out within the dimension"),
    "global": Text("权重在全部指标间重新分配", "weight shared out over all indicators"),
    "exclude": Text("该单位不计总分", "the body gets no score"),
    "zero": Text("记零分", "no points"),
    "carry": Text("沿用上期数值", "the earlier period's value"),
    "peer_median": Text("以同类中位数填补", "the peers' median"),
    "worst": Text("记最低分", "the worst points"),
    "interval": Text("按最差到最好的区间处理", "the interval from worst to best"),
}
PEERS = {
    "all": Text("全部单位", "all bodies"),
    "type": Text("同类型单位", "bodies of the same type"),
    "group": Text("同组单位", "bodies of the same group"),
}
FACTORS = {
    "weights": Text("权重", "weights"),
    "normalise": Text("计分方法", "normalisation"),
    "aggregate": Text("合成方法", "aggregation"),
    "missing": Text("缺失处理", "missing figures"),
    "values": Text("指标值的误差", "errors of the values"),
}
ALTERNATIVES = {
    "own": Text("方案自身的方法", "the scheme's own"),
    **AGGREGATION,
    **MISSING,
    "minmax": Text("极差标准化", "min-max"),
    "zscore": Text("标准分", "z-score"),
    "rank": Text("排序计分", "rank"),
    "percentile": Text("百分位", "percentile rank"),
}
