"""A scheme said in words: what each indicator counts, by which rule, with which bounds and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from minping.scheme.adjustment import evidence_in_words
from minping.scheme.request_rules import CONDITIONS, NAMED_RATES, Condition, RequestRate
from minping.scheme.shape import Indicator, Scheme
from minping.scheme.work_rules import WORKS
from minping.stats.normalise import METHODS
from minping.words import Text

DIRECTIONS: Mapping[str, Text] = {
    "higher": Text("越高越好", "higher is better"),
    "lower": Text("越低越好", "lower is better"),
    "target": Text("越接近理想值越好", "nearer the ideal is better"),
    "range": Text("落在理想区间内最好", "within the ideal range is best"),
    "pass": Text("达标即可", "pass or fail"),
}
MISSING: Mapping[str, Text] = {
    "redistribute_within": Text("缺失时权重分给同维度其他指标", "if missing, its weight goes to its siblings"),
    "global": Text("缺失时权重从全体中剔除", "if missing, its weight leaves the whole tree"),
    "exclude": Text("缺失时该单位不计总分", "if missing, the body gets no score"),
    "zero": Text("缺失时计最低分", "if missing, the lowest points"),
    "carry": Text("缺失时沿用上期", "if missing, the earlier period's value is carried"),
    "peer_median": Text("缺失时取同类中位数", "if missing, the peers' median"),
    "worst": Text("缺失时取同类最差", "if missing, the worst points of the peers"),
    "interval": Text("缺失时按最差到最好的区间", "if missing, the interval from worst to best"),
}

_STOPPED_OUT = Text("终止的事项不计", "tasks that were stopped are left out")
_STOPPED_IN = Text("终止的事项算未完成", "tasks that were stopped count as not done")
_AS_RULED = Text("凡有剔除原因的", "whatever has a reason to be left out")


def indicator_in_words(indicator: Indicator, scheme: Scheme) -> Text:
    """The rule of an indicator in one sentence.

    Direction, method with its bounds, the reason for the bounds, and what happens where the figure is missing.
    """
    first = [DIRECTIONS[indicator.direction], *counted_in_words(indicator)]
    parts = [*first, method_in_words(indicator)]
    if not indicator.counts:
        parts = [*first, Text("不计分，另行公布", "not counted, published beside the score")]
    else:
        parts.append(MISSING[(indicator.missing or scheme.missing).policy])
    adjusted = evidence_in_words(indicator.evidence)
    if adjusted is not None:
        parts.append(adjusted)
    reason = indicator.normalise.reason if indicator.normalise else ""
    if reason:
        parts.append(Text(f"依据：{reason}", f"reason: {reason}"))
    return Text("；".join(part.zh for part in parts if part.zh), "; ".join(part.en for part in parts if part.en))


def counted_in_words(indicator: Indicator) -> tuple[Text, ...]:
    """What a measure of works counts; which requests a rate counts, of which, and which it leaves out; else nothing."""
    asked, how = indicator.evidence.requests, indicator.evidence
    for kind, words in WORKS.items():
        if (name := getattr(how, kind)) is not None:
            stopped = (_STOPPED_OUT if how.as_ruled else _STOPPED_IN,) if kind == "tasks" else ()
            return (words[name], *stopped)
    rate = asked if isinstance(asked, RequestRate) else NAMED_RATES.get(asked or "")
    if rate is None:
        return ()
    share, of = _all(rate.share), _all(rate.of) if rate.of else Text("全部诉求", "any")
    out = [*rate.without, *([_AS_RULED.zh] if indicator.evidence.as_ruled else [])]
    out_en = [*rate.without, *([_AS_RULED.en] if indicator.evidence.as_ruled else [])]
    zh = f"分子：{share.zh}；分母：{of.zh}" + (f"；剔除：{'、'.join(out)}" if out else "；不剔除")
    en = f"counted where: {share.en}; of requests where: {of.en}; " + (
        f"left out: {', '.join(out_en)}" if out else "none left out"
    )
    return (Text(zh, en),)


def _all(conditions: Sequence[Condition]) -> Text:
    """Conditions that must all hold, in words."""
    words = [(CONDITIONS[one.removeprefix("not ")], one.startswith("not ")) for one in conditions]
    zh = "，且".join(f"并非“{said.zh}”" if contrary else said.zh for said, contrary in words)
    return Text(zh, " and ".join(f"not “{said.en}”" if contrary else said.en for said, contrary in words))


def method_in_words(indicator: Indicator) -> Text:
    """The normalisation of an indicator, its parameters filled in."""
    rule = indicator.normalise
    if rule is None:
        return METHODS["pass"].in_words if indicator.direction == "pass" else Text("", "")
    words = METHODS[rule.method].in_words.fill(**{name: _said(value) for name, value in rule.parameters.items()})
    extras = [name for name in ("log", "between", "whole_steps") if rule.parameters.get(name)]
    if rule.method == "attainment" and "deduct" in rule.parameters:
        per, deduct = rule.parameters.get("per", 1), rule.parameters["deduct"]
        words = Text(f"{words.zh}；每差 {per} 扣 {deduct} 分，扣完为止", f"{words.en}; −{deduct} for each {per} short")
    if extras:
        words = Text(f"{words.zh}（{'、'.join(extras)}）", f"{words.en} ({', '.join(extras)})")
    return words


def _said(value: object) -> str:
    if isinstance(value, list):
        return "，".join(f"{start:g}→{points:g}" for start, points in value)
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
