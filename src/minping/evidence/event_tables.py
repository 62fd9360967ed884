"""Tables of events: what citizens say, one row per case, and how often they were asked."""

from __future__ import annotations

from minping.evidence.table import BODY, Column, Table
from minping.model.evidence import RATING_STATUSES, YES_NO
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
        Column(
            "called_back_on",
            "date",
            Text("差评回访日期", "called back on"),
            Text("就差评联系评价人之日", "the day who gave a bad rating was called back"),
            aliases=("回访日期", "回访时间"),
        ),
        Column(
            "rerated_level",
            "whole",
            Text("整改后等级", "level after rectification"),
            Text("整改之后重新评价的等级，1 至 5", "the level given once more after it was put right, 1 to 5"),
            aliases=("再评等级", "重评等级"),
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


def _moment(name: str, zh: str, en: str, about: Text, required: bool = False, aliases: tuple[str, ...] = ()) -> Column:
    return Column(name, "text", Text(zh, en), about, required, aliases)


_MOMENT = Text("如 2024-05-04 08:30，全表同一时区，24 小时制", "like 2024-05-04 08:30, one time zone, 24 hours")
REQUESTS = Table(
    Text("诉求", "requests"),
    ("诉求表", "工单", "12345", "request"),
    (
        Column(
            "request",
            "id",
            Text("诉求编号", "request"),
            Text("每件诉求一行", "one row for each request"),
            True,
            ("工单编号", "诉求号", "request_id"),
        ),
        BODY,
        _moment("opened_at", "受理时间", "opened at", _MOMENT, True, ("受理日期", "来电时间")),
        Column(
            "category", "text", Text("类别", "category"), Text("诉求类别", "what it is about"), aliases=("诉求类别",)
        ),
        _moment("due_at", "应办结时间", "due at", _MOMENT, aliases=("办理时限", "到期时间")),
        _moment("responded_at", "首次联系时间", "responded at", _MOMENT, aliases=("响应时间",)),
        _moment(
            "closed_at", "办结时间", "closed at", Text("未办结留空", "empty while it is open"), aliases=("办结日期",)
        ),
        Column(
            "resolved",
            "choice",
            Text("是否解决", "resolved"),
            Text("回访：yes、no；未回访留空", "of the call-back: yes or no; empty without one"),
            aliases=("解决",),
            choices=YES_NO,
        ),
        Column(
            "satisfied",
            "choice",
            Text("是否满意", "satisfied"),
            Text("回访：yes、no；未回访留空", "of the call-back: yes or no; empty without one"),
            aliases=("满意",),
            choices=YES_NO,
        ),
        _moment("reopened_at", "重办时间", "reopened at", _MOMENT, aliases=("退回重办时间",)),
        Column(
            "duplicate_of",
            "text",
            Text("重复于", "duplicate of"),
            Text("较早一件的编号", "id of the earlier request"),
            aliases=("重复诉求",),
        ),
        Column(
            "channel",
            "text",
            Text("渠道", "channel"),
            Text("热线、网络……", "hotline, web or another"),
            aliases=("来源",),
        ),
        Column(
            "place",
            "text",
            Text("地点", "place"),
            Text("到社区或路段为止", "no finer than a block or a stretch of road"),
            aliases=("地址",),
        ),
        Column("text", "text", Text("内容", "text"), Text("诉求内容", "what was asked"), aliases=("诉求内容",)),
        Column("reply", "text", Text("答复", "reply"), Text("答复内容", "what was answered"), aliases=("答复内容",)),
        Column(
            "excluded",
            "text",
            Text("剔除原因", "excluded"),
            Text("剔除考核的原因", "why it is left out of the rates"),
            aliases=("剔除",),
        ),
        Column(
            "approved_by",
            "text",
            Text("批准人", "approved by"),
            Text("批准剔除的机关或岗位", "who approved it"),
            aliases=("批准",),
        ),
    ),
)
SURVEYS = Table(
    Text("满意度调查", "surveys"),
    ("满意度调查表", "调查", "问卷", "survey"),
    (
        Column(
            "respondent",
            "id",
            Text("受访者", "respondent"),
            Text("受访者的匿名编号，每次访问一个", "pseudonym, another one for each interview"),
            True,
            ("受访者编号", "样本编号", "respondent_id"),
        ),
        BODY,
        Column(
            "question",
            "id",
            Text("题目", "question"),
            Text("题目编号；每人每题一行", "id of the question; one row for each respondent and question"),
            True,
            ("题号", "问题", "question_id"),
        ),
        Column(
            "answer",
            "text",
            Text("回答", "answer"),
            Text(
                "1 非常不满意 … 5 非常满意；unknown 不知道，refused 拒答",
                "1 very dissatisfied to 5 very satisfied; unknown, refused",
            ),
            True,
            ("答案", "评分", "得分"),
        ),
        Column(
            "asked_on",
            "date",
            Text("访问日期", "asked on"),
            Text("访问之日，如 2024-05-04", "the day of the interview, e.g. 2024-05-04"),
            True,
            ("调查日期", "访问时间"),
        ),
        Column(
            "weight",
            "number",
            Text("权重", "weight"),
            Text(
                "代表多少人，大于 0；没有此列则等权",
                "how many people one stands for, above 0; equal without the column",
            ),
            aliases=("抽样权重", "样本权重"),
        ),
        Column(
            "stratum",
            "text",
            Text("层", "stratum"),
            Text("抽样的层", "stratum of the sample"),
            aliases=("分层", "抽样层"),
        ),
        Column(
            "cluster",
            "text",
            Text("初级抽样单元", "cluster"),
            Text(
                "层内抽中的社区等；没有此列则直接抽人", "what was drawn within the stratum; people without the column"
            ),
            aliases=("psu", "群", "抽样单元"),
        ),
        Column(
            "fpc",
            "number",
            Text("层内单元总数", "fpc"),
            Text(
                "层内可抽的单元总数；没有此列则视为很多", "units to draw from in the stratum; many without the column"
            ),
            aliases=("总体单元数", "抽样框"),
        ),
        Column(
            "fpc2",
            "number",
            Text("单元内总人数", "fpc2"),
            Text(
                "抽样单元内可访的总人数；没有此列则视为很多",
                "people to draw from in the cluster; many without the column",
            ),
            aliases=("群内总人数",),
        ),
        Column(
            "interviewer",
            "text",
            Text("访问员", "interviewer"),
            Text("访问员的匿名编号，不填姓名", "pseudonym of the interviewer, no name"),
            aliases=("访问员编号", "访员"),
        ),
        Column(
            "minutes",
            "number",
            Text("访问时长", "minutes"),
            Text("访问用了多少分钟", "how many minutes the interview took"),
            aliases=("时长", "分钟"),
            low=0.0,
        ),
    ),
)
