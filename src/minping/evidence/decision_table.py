"""The table of decisions on findings of the audit: one row for each step in the life of a finding."""

from __future__ import annotations

from minping.evidence.table import Column, Table
from minping.model.findings import STATES
from minping.words import Text

FINDINGS = Table(
    Text("核查发现的处理", "decisions on findings of the audit"),
    ("核查发现", "核查处理", "finding"),
    (
        Column(
            "finding",
            "name",
            Text("发现编号", "finding"),
            Text(
                "minping audit 所列的编号；同一发现每走一步一行",
                "the id that minping audit lists; one row for each step",
            ),
            True,
            ("发现", "编号", "finding_id"),
        ),
        Column(
            "state",
            "choice",
            Text("状态", "state"),
            Text(
                "replied 已答复、confirmed 已认定、dismissed 已排除、open 重新待核实",
                "replied, confirmed, dismissed, or open (again)",
            ),
            True,
            ("处理", "处理结果"),
            choices=STATES,
        ),
        Column(
            "decided_by",
            "name",
            Text("处理机关", "decided by"),
            Text("机关或岗位，不填姓名", "an office or a post, no person's name"),
            True,
            ("认定机关", "处理人"),
        ),
        Column(
            "decided_on",
            "date",
            Text("处理日期", "decided on"),
            Text("处理之日，如 2026-02-04", "the day, e.g. 2026-02-04"),
            True,
            ("日期", "认定日期"),
        ),
        Column(
            "document",
            "text",
            Text("文号", "document"),
            Text("书面文件的文号；认定或排除时必填", "reference of the document; needed to confirm or dismiss"),
            aliases=("文件",),
        ),
        Column(
            "reason",
            "text",
            Text("理由", "reason"),
            Text("答复的内容，或认定、排除的理由", "what was replied, or why it is confirmed or dismissed"),
            aliases=("原因", "答复"),
        ),
    ),
)
