"""Tables of call-backs: every case that was served, and what those of the silent said who were called back."""

from __future__ import annotations

from minping.evidence.table import BODY, Column, Table
from minping.model.evidence import CALL_OUTCOMES
from minping.words import Text

CASE = Column(
    "case",
    "id",
    Text("办件编号", "case"),
    Text("与 ratings 的 case 相同", "as in the column `case` of `ratings`"),
    True,
    ("办件", "办件号", "业务编号", "case_id"),
)
CHANNEL = Column(
    "channel", "text", Text("渠道", "channel"), Text("大厅、网上、电话……", "hall, online, phone or another")
)
CASES = Table(
    Text("办件", "cases served"),
    ("办件表", "办件清单", "case"),
    (
        CASE._replace(about=Text("每个办结的办件一行，不论是否评价", "one row for each case served, rated or not")),
        BODY,
        Column(
            "completed_on",
            "date",
            Text("办结日期", "completed on"),
            Text("办结之日，如 2024-05-04", "the day the case ended, e.g. 2024-05-04"),
            True,
            ("办结时间", "办结日"),
        ),
        CHANNEL,
        Column(
            "service", "text", Text("事项", "service"), Text("政务服务事项", "what was served"), aliases=("服务事项",)
        ),
    ),
)
CALLBACKS = Table(
    Text("未评价者回访", "call-backs of non-raters"),
    ("未评价回访", "回访", "回访表", "callback"),
    (
        CASE,
        BODY,
        Column(
            "called_on",
            "date",
            Text("回访日期", "called on"),
            Text("最后一次拨打之日；没有拨打则留空", "the day of the last call; empty before it"),
            aliases=("拨打日期", "回访时间"),
        ),
        Column(
            "outcome",
            "choice",
            Text("结果", "outcome"),
            Text(
                "reached 接通并回答、refused 拒访、no_contact 联系不上、wrong_number 空号错号、other 其他",
                "reached (and answered), refused, no_contact, wrong_number or other",
            ),
            True,
            ("回访结果",),
            CALL_OUTCOMES,
        ),
        Column(
            "level",
            "whole",
            Text("评价等级", "level"),
            Text(
                "1 非常不满意 … 5 非常满意；没有接通则留空",
                "1 very dissatisfied to 5 very satisfied; only where reached",
            ),
            True,
            ("等级", "星级", "满意度"),
        ),
        Column(
            "stratum",
            "text",
            Text("层", "stratum"),
            Text("抽取时的层：单位与渠道", "as drawn: body and channel"),
            aliases=("分层",),
        ),
        Column(
            "probability",
            "number",
            Text("入样概率", "probability"),
            Text(
                "抽中的概率，0 到 1；没有此列则层内等概率",
                "of being drawn, 0 to 1; equal within a stratum without the column",
            ),
            aliases=("抽中概率",),
        ),
        Column("seed", "text", Text("种子", "seed"), Text("抽取所用的种子", "of the draw")),
        Column(
            "frame",
            "text",
            Text("抽样框哈希", "hash of the frame"),
            Text("抽取时清单的 SHA-256", "SHA-256 of the list drawn from"),
        ),
    ),
)
