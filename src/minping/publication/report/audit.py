"""Audit: what was looked at and what is sure; a body is named only where an authorised body has confirmed a finding.

Findings that wait for checking are counted, never listed; so is what would change if they held. Then what can't be seen
from ratings at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from minping.audit.citizens.interviews import spread_words
from minping.audit.suspicions import MEASURED, SUSPICIONS, UNSEEN
from minping.model.findings import Findings
from minping.publication.charts.chart import Cell, Column, Table, table_html
from minping.publication.charts.markup import Html, spans
from minping.publication.charts.numbers import fixed, signed
from minping.publication.report.view import View
from minping.scoring.finding_tables import confirmed, shaken
from minping.words import Text


def audit_section(view: View) -> dict[str, Html]:
    """The parts of the section, each empty where there is nothing to say; no parts at all: no section."""
    found = view.evaluation.findings
    if found is None:
        off = view.evaluation.evidence.records and not view.evaluation.scheme.audit.examine
        return {"lead": Html(spans(NOT_MADE))} if off else {}
    return {
        "lead": Html(spans(summary(found))),
        "looked_at": _looked_at(found),
        "shaken": Html(spans(shaken_words(view))),
        "confirmed": _confirmed(view),
        "interviewers": _interviewers(found),
        "unseen": _unseen(found),
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
    zh += "待核实的只供内部核实：不公布单位，不影响得分。"
    return Text(zh, f"{en} What needs checking is for use inside: no body is named and no score changes.")


def shaken_words(view: View) -> Text:
    """What would change if all open findings held."""
    scores, ranks = shaken(view.evaluation)
    if not scores:
        return Text("待核实的发现即使都成立，总分也不变。", "Even if all open findings held, no score would move.")
    zh = f"如果先不计待核实的评价，{scores} 个单位的总分会变动"
    en = f"Without the ratings that need checking, the score of {_counted(scores, 'body', 'bodies')} would move"
    if ranks is None or not view.ranked:
        return Text(f"{zh}。", f"{en}.")
    if not ranks:
        return Text(f"{zh}，但没有单位的位次会越出现有区间。", f"{en}, but none would leave its rank interval.")
    return Text(f"{zh}，其中 {ranks} 个的位次会越出现有区间。", f"{en}; {ranks} would leave their rank interval.")


def _interviewers(found: Findings) -> Html:
    return Html("") if found.interviewers is None else Html(spans(spread_words(found.interviewers)))


def _looked_at(found: Findings) -> Html:
    why = {one.suspicion: one.because for one in found.skipped}
    rows: list[Sequence[Cell]] = []
    for key, row in SUSPICIONS.items():
        if key in why:
            rows.append((row.title, "—", "—", "—", "—", why[key]))
        else:
            counts = [
                str(found.count(key, *states)) for states in (("open", "replied"), ("confirmed",), ("dismissed",))
            ]
            rows.append((row.title, str(found.compared[key]), *counts, row.compared))
    columns = [
        Column(Text("核查什么", "Looked for")),
        Column(Text("比较的单位", "Bodies compared"), True),
        Column(Text("待核实", "To be checked"), True),
        Column(Text("已认定", "Confirmed"), True),
        Column(Text("已排除", "Dismissed"), True),
        Column(Text("比较的内容，或不适用的原因", "What was compared, or why not applicable")),
    ]
    return table_html(Table(columns, rows), "audit-tests", Text("核查了什么", "What the audit looked at"))


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


NOT_MADE = Text("方案规定不对评价和调查作核查。", "By the scheme, ratings and surveys are not audited.")
NEVER = Text("无从检验", "no test can")
