"""Explain: why a body has its points on a node, step by step, down to the rows of evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from minping.indicators.compute import figures_for
from minping.indicators.drill import drill
from minping.indicators.lags import earlier
from minping.indicators.official import Figures
from minping.model.cells import WORDS, State
from minping.model.drill import Drill
from minping.model.evidence import NO_DATE, REPORTERS, Evidence, Official
from minping.model.scores import Node
from minping.scheme.shape import Indicator
from minping.scheme.words import indicator_in_words
from minping.scoring.adjusted import as_counted
from minping.scoring.called import called_notes
from minping.scoring.compare import Comparison, compare
from minping.scoring.drill_words import drill_lines
from minping.scoring.findings_shown import concerned, notes_of
from minping.scoring.plan import TOTAL, compile_plan
from minping.scoring.showing import showing
from minping.scoring.silence import silence
from minping.words import Lang, Text

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation


_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of evidence that a figure rests on, or that a later release replaced."""

    file: str
    sheet: str
    row: int
    sha256: str
    value: float
    released_on: str = ""
    source: str = ""
    reporter: str = ""
    note: str = ""
    used: bool = True  #: False: superseded by a later release
    late: bool = False  #: released after the scheme's cut-off, therefore not used
    serves: str = ""  #: of a divisor, price index or base year: its name and period; empty for the figure itself


@dataclass(frozen=True, slots=True)
class Explanation:
    """A node of a body's score, with what lies below it."""

    body: str
    name: Text
    period: str
    node: Node
    points: float
    weight: float
    contribution: float
    peer_median: float
    difference: float  #: of the contribution, from the peers' mean
    state: int
    value: float | None = None  #: of an indicator, in its unit
    raw: float | None = None  #: as it stands in the evidence, where a conversion changed it
    se: float | None = None
    method: Text = _NOTHING  #: the indicator's rule in words
    rows: tuple[SourceRow, ...] = ()
    children: tuple[Explanation, ...] = ()
    notes: tuple[Text, ...] = ()
    decimals: int = 2
    drill: Drill | None = None  #: of the node that was asked for, where citizens' words are behind it

    def lines(self, lang: Lang = "zh", depth: int = 0) -> list[str]:
        """The explanation as indented text."""
        pad = "  " * depth
        title = Text(self.node.title_zh, self.node.title_en).say(lang)
        said = [f"{pad}{self._headline(title, lang)}"]
        if depth == 0:
            said.insert(0, f"{self.name.say(lang)} · {self.period}")
        drilled = () if self.drill is None else drill_lines(self.drill)
        notes = [note.say(lang) for note in (*self.notes, *drilled)]
        said += [f"{pad}    {line}" for line in (*self._value_lines(lang), *notes)]
        for child in self.children:
            said += child.lines(lang, depth + 1)
        return said

    def _headline(self, title: str, lang: Lang) -> str:
        words = _WORDS[lang]
        parts = [f"{title} ({self.node.id})", f"{words['points']} {self._number(self.points)}"]
        if not math.isnan(self.weight):
            parts.append(f"{words['weight']} {self.weight:.2%}")
        if not math.isnan(self.contribution):
            parts.append(f"{words['contribution']} {self._number(self.contribution)}")
        if not math.isnan(self.difference):
            parts.append(f"{words['difference']} {self.difference:+.{self.decimals}f}")
        return " · ".join(parts)

    def _value_lines(self, lang: Lang) -> list[str]:
        words, lines = _WORDS[lang], []
        if self.value is not None:
            digits = 10 if self.rows else 6  # as it stands in a row, or as it was computed from many
            value = "—" if math.isnan(self.value) else f"{self.value:.{digits}g}"
            error = f" ± {self.se:.4g} (se)" if self.se else ""
            raw = f" ← {self.raw:.{digits}g}" if self.raw is not None else ""
            states = "、".join(text.say(lang) for flag, text in WORDS.items() if self.state & flag)
            lines.append(f"{words['value']} {value} {self.node.unit}{error}{raw} [{states}]")
            lines.append(self.method.say(lang))
        for row in self.rows:
            place = f"{row.file}{f'[{row.sheet}]' if row.sheet else ''}:{row.row}"
            unused = "" if row.used else words["late" if row.late else "superseded"]
            about = [row.serves, row.source, row.reporter, row.released_on, row.note, unused]
            trail = " · ".join(part for part in about if part)
            lines.append(f"→ {place} = {row.value:.10g}" + (f" ({trail})" if trail else ""))
        return lines

    def _number(self, number: float) -> str:
        return "—" if math.isnan(number) else f"{number:.{self.decimals}f}"

    def __str__(self) -> str:
        """The explanation in Chinese."""
        return "\n".join(self.lines("zh"))


_WORDS = {
    "zh": {
        "points": "得分",
        "weight": "有效权重",
        "contribution": "贡献",
        "difference": "比同类均值",
        "value": "指标值",
        "superseded": "已被后来发布的数据取代",
        "late": "在截止日之后发布，未采用",
    },
    "en": {
        "points": "points",
        "weight": "effective weight",
        "contribution": "contribution",
        "difference": "against peers' mean",
        "value": "value",
        "superseded": "superseded by a later release",
        "late": "released after the cut-off, not used",
    },
}


def explain(evaluation: Evaluation, body: str, node: str = TOTAL) -> Explanation:
    """Explain a node of a body, with everything below it.

    Raises:
        KeyError: no such body or node (the caller knows the names to offer).
    """
    scores = evaluation.scores
    if body not in scores.bodies:
        raise KeyError(body)
    if node not in {known.id for known in scores.nodes}:
        raise KeyError(node)
    plan = compile_plan(evaluation.scheme, evaluation.evidence.bodies)
    at = scores.bodies.index(body)
    told = _Teller(evaluation, at, compare(scores, plan.peers, at), node).tell(node)
    return replace(told, drill=_drilled(evaluation, at, node))


def _drilled(evaluation: Evaluation, body: int, node: str) -> Drill | None:
    """What lies behind citizens' words: only of the very node that was asked for, since the engine counts anew."""
    asked = next((part for part in evaluation.scheme.indicators if part.id == node), None)
    if asked is None or not asked.evidence.is_event:
        return None
    weighed = evaluation.values.calibrations.get(node)
    return drill(evaluation.evidence, asked.evidence, body, evaluation.period, weighed)


class _Teller:
    """Walks down a tree and tells of each node."""

    def __init__(self, evaluation: Evaluation, body: int, comparison: Comparison, asked: str) -> None:
        self.evaluation, self.body, self.comparison, self.asked = evaluation, body, comparison, asked
        bodies = evaluation.evidence.bodies
        self.name = Text(bodies.names[body], bodies.names_en[body] or bodies.names[body])

    @cached_property
    def figures(self) -> Figures:
        """The figures in use, gathered only where a conversion asks for them."""
        return figures_for(self.evaluation.scheme, self.evaluation.evidence)

    @cached_property
    def concerned(self) -> Mapping[str, tuple[str, ...]]:
        """Finding -> indicators that rest on its rows."""
        return concerned(self.evaluation)

    def tell(self, node_id: str) -> Explanation:
        """Tell of a node and all below."""
        scores, at = self.evaluation.scores, self.evaluation.scores.column(node_id)
        node, body = scores.nodes[at], self.body
        below = [child.id for child in scores.nodes if child.parent == node_id]
        indicator = next((part for part in self.evaluation.scheme.indicators if part.id == node_id), None)
        notes = [Text(zh, en) for row, zh, en in scores.notes if row == body] if node_id == TOTAL else []
        notes += self._standing() if node_id == TOTAL else []
        found = notes_of(self.evaluation, scores.bodies[body], node_id, self.concerned)
        return Explanation(
            body=scores.bodies[body],
            name=self.name,
            period=scores.period,
            node=node,
            points=float(scores.points[body, at]),
            weight=float(scores.weight[body, at]),
            contribution=float(scores.contribution[body, at]),
            peer_median=float(self.comparison.median_points[at]),
            difference=float(self.comparison.difference[at]),
            state=int(scores.state[body, at]),
            children=tuple(self.tell(child) for child in below),
            decimals=self.evaluation.scheme.points.decimals,
            **{
                "notes": (*notes, *found),
                **(self._value(indicator, found) if indicator is not None else {}),
            },  # type: ignore[arg-type]
        )

    def _standing(self) -> list[Text]:
        scores, intervals, body = self.evaluation.scores, self.evaluation.intervals, self.body
        if math.isnan(scores.rank[body]):
            return []
        shown, parts = showing(self.evaluation), []
        if intervals is not None and shown.ranked:
            low, high, level = intervals.rank_lo[body], intervals.rank_hi[body], intervals.level
            span = f"{low:.0f}–{high:.0f}"
            zh = f"第 {scores.rank[body]:.0f} 位（{100 * level:.6g}% 区间 {span}，第 {intervals.tier[body]} 组）"
            en = f"rank {scores.rank[body]:.0f} ({100 * level:.6g}% interval {span}, tier {intervals.tier[body]})"
            parts.append(Text(zh, en))
            last = intervals.last_tenth[body]
            parts.append(Text(f"居末十分之一的概率 {last:.0%}", f"chance of the last tenth {last:.0%}"))
        elif intervals is not None and shown.tiered:
            parts.append(Text(f"第 {intervals.tier[body]} 组", f"tier {intervals.tier[body]}"))
        if self.evaluation.grades:
            said = self.evaluation.grades[body].said or "—"
            parts.append(Text(f"建议等次 {said}", f"proposed grade {said}"))
        return [Text(" · ".join(part.zh for part in parts), " · ".join(part.en for part in parts))] if parts else []

    def _value(self, indicator: Indicator, found: list[Text]) -> dict[str, object]:
        values, body = self.evaluation.values, self.body
        column = values.indicators.index(indicator.id)
        at = values.at(self.evaluation.period)
        value, raw = float(values.estimate[at, body, column]), float(values.raw[at, body, column])
        state = int(self.evaluation.scores.state[body, self.evaluation.scores.column(indicator.id)])
        if state & State.CARRIED:
            while at > 0 and math.isnan(values.estimate[at, body, column]):
                at -= 1
            value = float(values.estimate[at, body, column])
        used = int(values.trace[at, body, column])
        evidence, period = self.evaluation.evidence, values.periods[at]
        rows = source_rows(evidence, period, body, indicator.official, used) + self._serving(indicator, period)
        counted = as_counted(indicator.evidence, values, at, body, column)
        return {
            "value": value,
            "raw": raw if not math.isnan(raw) and raw != value else None,
            "se": float(values.se[at, body, column]),
            "method": indicator_in_words(indicator, self.evaluation.scheme),
            "rows": rows,
            **({"notes": (*counted, *self._said(indicator, at), *found)} if indicator.evidence.is_event else {}),
        }

    def _said(self, indicator: Indicator, at: int) -> tuple[Text, ...]:
        """What a measure of citizens' words rests on: how many answers, how they were counted, which files."""
        values, evidence, how = self.evaluation.values, self.evaluation.evidence, indicator.evidence
        if values.n is None:
            return ()
        count = values.n[at, self.body, values.indicators.index(indicator.id)]
        tables = ("ratings", "offers") if how.ratings is not None else how.tables
        drilled = indicator.id == self.asked  # then levels and rows are told in full
        calls = ("cases", "callbacks") if how.callbacks else ()
        files = [one for one in evidence.files if one.table in calls or (one.table in tables and not drilled)]
        places = [
            Text(f"→ {source.path}（{source.rows} 行）", f"→ {source.path} ({source.rows} rows)") for source in files
        ]
        if how.surveys is not None:
            return (self._answered(indicator, at, count), *places)
        if how.is_work:
            words = COUNTED["support" if how.projects == "support" else how.tables[0]]
            return (Text(f"依据 {count:.0f} {words.zh}", f"rests on {count:.0f} {words.en}"), *places)
        ruled = Text(
            "按规定口径（剔除的不计，默认计为基本满意）",
            "counted as ruled (what was left out is out, defaults are level 3)",
        )
        plain = Text(
            "如实计数（剔除的计入，默认不计）", "counted as it was (what was left out is in, defaults are none)"
        )
        said = Text(
            f"依据 {count:.0f} 件；{(ruled if how.as_ruled else plain).zh}",
            f"rests on {count:.0f}; {(ruled if how.as_ruled else plain).en}",
        )
        levels = self._levels(at) if how.ratings is not None and not drilled else ()
        calls_said = called_notes(self.evaluation, indicator.id, at, self.body)
        both = self._both_ways(indicator, at)
        return (said, *both, *levels, *self._with_the_silent(indicator.id, at), *calls_said, *places)

    def _both_ways(self, indicator: Indicator, at: int) -> tuple[Text, ...]:
        """The measure counted the other way, beside the one that the scheme asks for."""
        found = self.evaluation.values.pictures.both_ways.get(indicator.id)
        if found is None:
            return ()
        counted, ruled = (
            f"{figure:.1f}" if not math.isnan(figure) else "—" for figure in found[at, self.body].tolist()
        )
        zh, en = f"如实计数 {counted}，按规定计数 {ruled}", f"as counted {counted}, as ruled {ruled}"
        return (Text(zh, en),)

    def _with_the_silent(self, node: str, at: int) -> tuple[Text, ...]:
        """Between which shares all lie who were served, whatever those who did not rate think."""
        found = silence(self.evaluation)
        if found is None or found.node != node or self.evaluation.values.periods[at] != self.evaluation.period:
            return ()
        low, high, response = (float(share[self.body]) for share in (found.low, found.high, found.response))
        if math.isnan(low):
            return ()
        return (
            Text(
                f"参评率 {response:.1f} %；把没有评价的人都算上，好评率在 {low:.1f} % 与 {high:.1f} % 之间",
                f"{response:.1f} % rated; with those who did not, the share lies between {low:.1f} % and {high:.1f} %",
            ),
        )

    def _answered(self, indicator: Indicator, at: int, count: float) -> Text:
        """How many of a survey answered, and how many did not."""
        values, how = self.evaluation.values, indicator.evidence
        unknown = refused = 0.0
        if values.silent is not None:
            unknown, refused = values.silent[at, self.body, values.indicators.index(indicator.id)].tolist()
        return Text(
            f"题目 {how.surveys}：依据 {count:.0f} 人；不知道 {unknown:.0f} 人，拒答 {refused:.0f} 人（均不计入）",
            f"question {how.surveys}: rests on {count:.0f} people; {unknown:.0f} did not know, {refused:.0f} refused",
        )

    def _levels(self, at: int) -> tuple[Text, ...]:
        """How many ratings there were of each level, who was silent, what was taken out."""
        values = self.evaluation.values
        if values.heard is None:
            return ()
        told = values.heard[at, self.body]
        levels = " · ".join(f"{level}★ {count:.0f}" for level, count in zip(range(5, 0, -1), told[4::-1], strict=True))
        rated = told[:5].sum()
        zh = f"评价 {rated:.0f} 件：{levels}；逾期默认 {told[5]:.0f} 件，剔除 {told[6]:.0f} 件"
        en = f"{rated:.0f} ratings: {levels}; {told[5]:.0f} defaults, {told[6]:.0f} removed"
        return (Text(zh, en),)

    def _serving(self, indicator: Indicator, period: str) -> tuple[SourceRow, ...]:
        """The rows that a conversion rests on besides the figure itself: divisors, price indices, the base period."""
        how = indicator.convert
        if how is None:
            return ()
        base = earlier(period, how.growth) if how.growth is not None else None
        periods = [period] if base is None else [period, base]
        figures = [(name, when) for when in periods for name in (indicator.official, how.real, how.per) if name]
        found: tuple[SourceRow, ...] = ()
        for name, when in figures:
            if (name, when) != (indicator.official, period):
                found += self._latest(name, when)
        return found

    def _latest(self, name: str, period: str) -> tuple[SourceRow, ...]:
        """The row in use of a figure that serves another one."""
        figures, periods = self.figures, self.evaluation.values.periods
        if name not in figures.names or period not in periods:
            return ()
        used = int(figures.row[periods.index(period), self.body, figures.of(name)])
        rows = source_rows(self.evaluation.evidence, period, self.body, name, used)
        return tuple(replace(row, serves=f"{name} {period}") for row in rows if row.used)


def source_rows(evidence: Evidence, period: str, body: int, name: str, used: int) -> tuple[SourceRow, ...]:
    """Every row of `official` for a figure, the `used` one first, then the latest release first."""
    official = evidence.official
    if name not in official.indicators or period not in official.periods:
        return ()
    hits = np.flatnonzero(
        (official.body == body)
        & (official.period == official.periods.index(period))
        & (official.indicator == official.indicators.index(name))
    )
    days = np.full(len(official.row), NO_DATE) if official.released_on is None else official.released_on
    order = sorted(hits.tolist(), key=lambda row: (row != used, -int(days[row]), -row))
    return tuple(
        _row(evidence, official, row, used=row == used, late=used >= 0 and bool(days[row] > days[used]))
        for row in order
    )


def _row(evidence: Evidence, official: Official, row: int, *, used: bool, late: bool) -> SourceRow:
    source = evidence.files[official.file[row]]
    day = NO_DATE if official.released_on is None else int(official.released_on[row])
    return SourceRow(
        source.path,
        source.sheet,
        int(official.row[row]),
        source.sha256,
        float(official.value[row]),
        "" if day == NO_DATE else str(np.datetime64(day, "D")),
        "" if official.source is None or official.source[row] < 0 else official.sources[official.source[row]],
        "" if official.reporter is None or official.reporter[row] < 0 else REPORTERS[official.reporter[row]],
        "" if official.note is None or official.note[row] < 0 else official.notes[official.note[row]],
        used,
        late,
    )


#: what a figure of works counts
COUNTED = {
    "projects": Text("个项目", "projects"),
    "support": Text("名受访受益者", "beneficiaries asked"),
    "tasks": Text("件督办事项", "tasks"),
    "inspections": Text("次实地核查", "inspections"),
}
