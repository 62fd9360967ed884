"""Tables of the audit as they are published, and their columns, in words."""

from __future__ import annotations

from minping.publication.notes import ColumnNote, TableNote
from minping.words import Text, both

AUDIT_TABLES = {
    "audit": TableNote(
        Text("核查了什么", "What the audit looked at"),
        Text(
            "每种怀疑一行：比较了多少单位，待核实、已答复、已认定、已排除各几处；不适用的说明原因。不点单位的名",
            "One row per suspicion: bodies compared, findings open, replied, confirmed and dismissed; why not applicable. No body is named",
        ),
        ("suspicion",),
    ),
    "findings": TableNote(
        Text("核查发现", "Findings of the audit"),
        Text(
            "E1、E2 级的注明“与下列来源不一致，待核实”，附单位答复；E3 级只列已书面认定的。只有已认定的影响得分",
            "Of grades E1 and E2, as needing checking, with the body's reply; of E3 only confirmed ones. Only confirmed ones change a score",
        ),
        ("finding",),
    ),
}
AUDIT_COLUMNS = {
    "suspicion": ColumnNote(Text("怀疑", "suspicion"), Text("核查的种类", "what the audit looks for")),
    "compared": ColumnNote(Text("比较的单位数", "bodies compared"), Text("0 为不适用", "0: not applicable")),
    "open": ColumnNote(Text("待核实", "open"), Text("发现数", "findings")),
    "replied": ColumnNote(Text("已答复", "replied"), Text("发现数", "findings")),
    "confirmed": ColumnNote(Text("已认定", "confirmed"), Text("发现数", "findings")),
    "dismissed": ColumnNote(Text("已排除", "dismissed"), Text("发现数", "findings")),
    "because_zh": ColumnNote(Text("为何不适用", "why not applicable (zh)")),
    "because_en": ColumnNote(Text("为何不适用（英文）", "why not applicable (en)")),
    "finding": ColumnNote(
        Text("发现", "finding"), Text("期间:种类:单位[:所涉]", "period:suspicion:body[:what it is about]")
    ),
    "audit.kind": ColumnNote(Text("类别", "kind"), Text("怀疑的大类", "what kind of suspicion")),
    "about": ColumnNote(
        Text("所涉", "about"),
        Text("指标、项目、事项或报告；空为整个单位", "indicator, project, task or report; empty: the body"),
    ),
    "finding_state": ColumnNote(Text("状态", "state"), both("open | replied | confirmed | dismissed")),
    "said_zh": ColumnNote(Text("所见", "what was found (zh)")),
    "said_en": ColumnNote(Text("所见（英文）", "what was found (en)")),
    "reply": ColumnNote(Text("单位答复", "the body's reply")),
    "places": ColumnNote(
        Text("证据的行", "rows of evidence"),
        Text("前几行；不列群众评价的行", "the first few; none of citizens' voices"),
    ),
    "evidence_grade": ColumnNote(
        Text("证据等级", "grade of evidence"),
        Text("E1 算术，E2 两个独立来源，E3 单一来源", "E1 arithmetic, E2 two independent sources, E3 one source"),
    ),
    "observed": ColumnNote(Text("实际", "observed"), Text("人数少的不列", "left out where few")),
    "expected": ColumnNote(Text("应有", "expected"), Text("若与其他单位一样", "were the body like the others")),
    "findings.n": ColumnNote(Text("共", "out of"), Text("比较的件数", "how many were looked at")),
    "rows": ColumnNote(Text("涉及的行数", "rows"), Text("认定后不计入得分", "left out of the score once confirmed")),
    "findings.q": ColumnNote(both("q"), Text("本类内校正后的 p 值", "p-value adjusted within the suspicion")),
    "decided_by": ColumnNote(Text("认定机关", "decided by"), Text("机关或岗位", "an office or a post")),
    "decided_on": ColumnNote(Text("认定日期", "decided on")),
    "document": ColumnNote(Text("文号", "document")),
    "findings.score": ColumnNote(Text("公布的总分", "published score"), Text("不计涉及的行", "without the rows")),
    "score_with_all": ColumnNote(Text("全部计入的总分", "score with all rows"), Text("对照", "for comparison")),
}
