"""Tables of events: what citizens say, one row per case, and how often they were asked."""

from __future__ import annotations

from minping.evidence.table import BODY, Column, Table
from minping.model.evidence import RATING_STATUSES
from minping.words import Text

RATINGS = Table(
    Text("好差评", "ratings"),
    ("好差评表", "评价", "rating"),
    (
        Column(
            "case",
            "id",
            Text("办件编号", "case"),
            Text("一事一评：每个办件只有一行", "one row for each case that was served"),
            True,
            ("办件", "办件号", "业务编号", "case_id"),
        ),
        BODY,
        Column(
            "rated_on",
            "date",
            Text("评价日期", "rated on"),
            Text("评价之日，如 2024-05-04", "the day of the rating, e.g. 2024-05-04"),
            True,
            ("评价时间", "评价日", "rated_at"),
        ),
        Column(
            "level",
            "whole",
            Text("评价等级", "level"),
            Text(
                "1 非常不满意 … 5 非常满意；默认好评留空",
                "1 very dissatisfied to 5 very satisfied; empty for a default",
            ),
            True,
            ("等级", "星级", "满意度", "stars"),
        ),
        Column(
            "status",
            "choice",
            Text("状态", "status"),
            Text(
                "rated 已评（空即此）、defaulted 逾期默认、removed 剔除", "rated (also if empty), defaulted or removed"
            ),
            aliases=("评价状态",),
            choices=RATING_STATUSES,
        ),
        Column(
            "reason",
            "text",
            Text("剔除原因", "reason"),
            Text("剔除（误评等）的原因", "why a rating was removed"),
            aliases=("原因",),
        ),
        Column(
            "approved_by",
            "text",
            Text("批准人", "approved by"),
            Text("批准剔除的机关或岗位", "who approved the removal"),
            aliases=("批准", "审批"),
        ),
        Column(
            "service", "text", Text("事项", "service"), Text("政务服务事项", "what was served"), aliases=("服务事项",)
        ),
        Column(
            "channel",
            "text",
            Text("渠道", "channel"),
            Text("大厅、网上、电话……", "hall, online, phone or another"),
            aliases=("评价渠道",),
        ),
        Column(
            "window", "text", Text("窗口", "window"), Text("窗口或工位", "window or desk"), aliases=("窗口号", "工位")
        ),
        Column(
            "completed_on",
            "date",
            Text("办结日期", "completed on"),
            Text("办结之日；评价不能早于它", "the day the case ended; no rating comes before"),
            aliases=("办结时间", "办结日"),
        ),
        Column(
            "comment", "text", Text("评语", "comment"), Text("评价人的话", "what was written"), aliases=("评价内容",)
        ),
        Column(
            "device",
            "text",
            Text("设备", "device"),
            Text("设备的匿名散列", "a salted hash of the device"),
            aliases=("设备号",),
        ),
        Column(
            "seconds",
            "number",
            Text("评价间隔", "seconds"),
            Text("办结到评价的秒数", "seconds from the end of the case to the rating"),
            aliases=("间隔秒数",),
            low=0.0,
        ),
        Column(
            "rectified_on",
            "date",
            Text("整改日期", "rectified on"),
            Text("差评整改完成之日", "the day a bad rating was put right"),
            aliases=("整改时间",),
        ),
    ),
)
OFFERS = Table(
    Text("评价邀请", "offers"),
    ("评价邀请表", "办件量", "offer"),
    (
        BODY,
        Column(
            "period",
            "period",
            Text("考核期", "period"),
            Text("2024-05 或 2024（设为文本）", "2024-05 or 2024 (as text)"),
            True,
            ("期间", "月份", "年度"),
        ),
        Column(
            "channel", "text", Text("渠道", "channel"), Text("大厅、网上、电话……", "hall, online, phone or another")
        ),
        Column(
            "service", "text", Text("事项", "service"), Text("政务服务事项", "what was served"), aliases=("服务事项",)
        ),
        Column(
            "issued",
            "whole",
            Text("办件数", "issued"),
            Text("办结的件数", "cases that were served"),
            True,
            ("办件", "办结数", "办件量"),
            low=0.0,
        ),
        Column(
            "offered",
            "whole",
            Text("邀评数", "offered"),
            Text("邀请评价的件数", "cases that were asked"),
            aliases=("邀评",),
            low=0.0,
        ),
        Column(
            "answered",
            "whole",
            Text("参评数", "answered"),
            Text("主动评价的件数", "cases that were rated"),
            aliases=("参评",),
            low=0.0,
        ),
    ),
)
