"""Audit: what was looked at, what needs checking and what is sure, each with the body's reply; what can't be seen at all.

Findings of grades E1 and E2 are named as needing checking; those from one source (E3) are counted, never listed, before
an authorised body has confirmed them. What would change if all open ones held is told as a number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from minping.audit.citizens.interviews import spread_words
from minping.audit.citizens.table import CITIZENS
from minping.audit.suspicions import KINDS, MEASURED, SUSPICIONS, UNSEEN
from minping.model.findings import Findings
from minping.publication.charts.chart import Cell, Column, Table, table_html
from minping.publication.charts.markup import Html, spans
from minping.publication.charts.numbers import fixed, signed
from minping.publication.report.coverage import coverage_part
from minping.publication.report.findings import finding_cards
from minping.publication.report.inspected import inspected_part
from minping.publication.report.view import View
from minping.publication.report.works import works_part
from minping.scoring.finding_tables import confirmed, shaken
from minping.words import Text


def audit_section(view: View) -> dict[str, Html]:
    """The parts of the section, each empty where there is nothing to say; no parts at all: no section."""
    found = view.evaluation.findings
    if found is None:
        off = not view.evaluation.scheme.audit.examine
        return {"lead": Html(spans(NOT_MADE))} if off else {}
    return {
        "coverage": coverage_part(view),
        "inspected": inspected_part(view),
        "lead": Html(spans(summary(found))),
        "looked_at": _looked_at(found),
        "shaken": Html(spans(shaken_words(view))),
        "works": works_part(view),
        "confirmed": _confirmed(view),
        "named": finding_cards(view),
        "interviewers": _interviewers(found),
        "unseen": _unseen(found) if found.compared.keys() & set(CITIZENS) else Html(""),
    }


def summary(found: Findings) -> Text:
    """How much was looked at, how much is open and settled."""
    waiting = sum(found.count(key, "open", "replied") for key in SUSPICIONS)
    sure, out = (sum(found.count(key, state) for key in SUSPICIONS) for state in ("confirmed", "dismissed"))
    made, skipped = len(found.compared), len(found.skipped)
    zh = f"做了 {made} 种检验，{skipped} 种不适用。{waiting} 处与其他来源不一致、待核实，{sure} 处已认定，{out} 处已排除。"
    en = (
        f"{_counted(made, 'test was', 'tests were')} made, {_counted(skipped, 'was', 'were')} not applicable. {_counted(waiting, 'inconsistency needs', 'inconsistencies need')} "
        f"checking, {sure} confirmed, {out} dismissed."
    )
    zh += "待核实的不影响得分；单一来源（E3）的只供内部核实，不公布单位。"
    return Text(
        zh, f"{en} What needs checking changes no score; where it is from one source (E3), no body is named either."
    )


def shaken_words(view: View) -> Text:
    """What would change if all open findings held."""
    scores, ranks = shaken(view.evaluation)
    if not scores:
        return Text("待核实的发现即使都成立，总分也不变。", "Even if all open findings held, no score would move.")
    zh = f"如果先不计待核实的行，{scores} 个单位的总分会变动"
    en = f"Without the rows that need checking, the score of {_counted(scores, 'body', 'bodies')} would move"
    if ranks is None or not view.ranked:
        return Text(f"{zh}。", f"{en}.")
    if not ranks:
        return Text(f"{zh}，但没有单位的位次会越出现有区间。", f"{en}, but none would leave its rank interval.")
    who = _counted(ranks, "body", "bodies")
    return Text(
        f"{zh}，{ranks} 个单位的位次会因此越出现有区间。", f"{en}, and {who} would leave the rank interval for it."
    )


def _interviewers(found: Findings) -> Html:
    return Html("") if found.interviewers is None else Html(spans(spread_words(found.interviewers)))


def _looked_at(found: Findings) -> Html:
    """Every test by what it looks for; those that were not applicable fold away, each with its reason."""
    why = {one.suspicion: one.because for one in found.skipped}
    rows: list[Sequence[Cell]] = []
    for title, tests in KINDS.values():
        for key, row in tests.items():
            if key not in why:
                counts = [
                    str(found.count(key, *states)) for states in (("open", "replied"), ("confirmed",), ("dismissed",))
                ]
                rows.append((row.title, title, str(found.compared[key]), *counts, row.compared))
    columns = [
        Column(Text("核查什么", "Looked for")),
        Column(Text("怀疑", "Suspicion")),
        Column(Text("比较了多少", "Compared"), True),
        Column(Text("待核实", "To be checked"), True),
        Column(Text("已认定", "Confirmed"), True),
        Column(Text("已排除", "Dismissed"), True),
        Column(Text("比较的内容", "What was compared")),
    ]
    made = (
        table_html(Table(columns, rows), "audit-tests", Text("核查了什么", "What the audit looked at")) if rows else ""
    )
    return Html(f"{made}{_not_applicable(why)}")


def _not_applicable(why: Mapping[str, Text]) -> str:
    """The reasons, each with the tests that it kept from being made."""
    if not why:
        return ""
    by_reason: dict[Text, list[Text]] = {}
    for key, row in SUSPICIONS.items():
        if key in why:
            by_reason.setdefault(why[key], []).append(row.title)
    rows: list[Sequence[Cell]] = [
        (reason, Text("；".join(one.zh for one in titles), "; ".join(one.en for one in titles)))
        for reason, titles in by_reason.items()
    ]
    columns = [
        Column(Text("为何不适用", "Why not applicable")),
        Column(Text("没有做的检验", "Tests that were not made")),
    ]
    title = Text(f"不适用的 {len(why)} 种（不算通过）", f"{len(why)} not applicable (no pass)")
    table = table_html(Table(columns, rows), "audit-skipped", Text("不适用的检验", "Tests that were not applicable"))
    return f'<details class="figures"><summary>{spans(title)}</summary>{table}</details>'


def _confirmed(view: View) -> Html:
    told = confirmed(view.evaluation)
    if not told:
        return Html("")
    scores, before, links = view.evaluation.scores, view.evaluation.beside.with_all, view.linked()
    rows: list[Sequence[Cell]] = []
    for one in told:
        at, last = scores.bodies.index(one.body), one.steps[-1]
        now = float(scores.score[at])
        then = now if before is None else float(before.score[at])
        parts = (last.decided_by, last.document, last.decided_on)
        who = Text("，".join(parts), ", ".join(parts))
        figures = (fixed(then, view.decimals), fixed(now, view.decimals), signed(now - then, view.decimals))
        rows.append((links[at], one.title, who, *figures))
    columns = [
        Column(Text("单位", "Body")),
        Column(Text("认定的事项", "Confirmed")),
        Column(Text("认定机关、文号、日期", "By whom, document, date")),
        Column(Text("全部计入", "With all rows"), True),
        Column(Text("不计涉及的", "Without these"), True),
        Column(Text("相差", "Difference"), True),
    ]
    title = Text("已认定的发现与总分", "Confirmed findings and the score")
    return table_html(Table(columns, rows), "audit-confirmed", title)


def _unseen(found: Findings) -> Html:
    rows: list[Sequence[Cell]] = []
    for what in UNSEEN:
        measured = MEASURED.get(what.suspicion)
        seen = NEVER
        if measured is not None:
            seen = Text(
                f"模拟中 {measured.planted} 处查出 {measured.found} 处",
                f"{measured.found} of {measured.planted} in simulations",
            )
        rows.append((what.title, seen, what.needed))
    columns = [
        Column(Text("缺失的", "What is missing")),
        Column(Text("检验查出多少", "How often a test finds it")),
        Column(Text("要看出它，需要", "What would show it")),
    ]
    return table_html(Table(columns, rows), "audit-unseen", Text("单凭评价看不出的", "What ratings alone can't show"))


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


NOT_MADE = Text("方案规定不作核查。", "By the scheme, nothing is audited.")
NEVER = Text("无从检验", "no test can")
