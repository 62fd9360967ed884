"""Tables of papers: reports that were handed in, payments that were made, appraisals of people by people."""

from __future__ import annotations

from minping.evidence.column_forms import day, key, number, word, words
from minping.evidence.table import BODY, Column, Table
from minping.model.audited import RELATIONS
from minping.words import Text

REPORTS = Table(
    Text("报送材料", "reports"),
    ("报送材料表", "总结报告", "工作报告", "报告", "report"),
    (
        key("report", Text("材料编号", "report"), Text("编号，不得重复", "an id, each only once"), "报告编号", "report_id"),
        BODY,
        day("submitted_on", Text("报送日期", "submitted on"), Text("报送之日，如 2024-12-20", "the day it was handed in, e.g. 2024-12-20"), "报送时间", required=True),
        words("text", Text("全文", "text"), Text("全文，长短不限", "the whole text, of any length"), "正文", "内容", required=True),
        words("title", Text("标题", "title"), Text("标题", "its title"), "题目"),
        Column("period", "period", Text("考核期", "period"), Text("关于哪一期", "what period it is about"), aliases=("期间", "年度")),
    ),
    is_long=True,
)  # fmt: skip
PAYMENTS = Table(
    Text("支付流水", "payments"),
    ("支付流水表", "支付明细", "付款", "payment"),
    (
        key("payment", Text("支付编号", "payment"), Text("编号，不得重复", "an id, each only once"), "凭证号", "payment_id"),
        BODY,
        day("paid_on", Text("支付日期", "paid on"), Text("支付之日，如 2024-05-04", "the day it was paid, e.g. 2024-05-04"), "付款日期", "支付时间", required=True),
        number("amount_cny", Text("金额（元）", "amount (CNY)"), Text("元；退款为负", "what was paid; a refund is negative"), "金额", "支付金额", required=True),
        words("purpose", Text("用途", "purpose"), Text("用途", "what for"), "支付用途"),
    ),
)  # fmt: skip
APPRAISALS = Table(
    Text("民主测评", "appraisals"),
    ("民主测评表", "测评", "考核测评", "appraisal"),
    (
        key("ratee", Text("被评对象", "ratee"), Text("单位代码或匿名编号，不填姓名", "id of the body, or a pseudonym, no name"), "被测评人", "被评人"),
        key("rater", Text("评价人", "rater"), Text("匿名编号，不填姓名", "a pseudonym, no name"), "测评人", "评价者"),
        word("relation", Text("关系", "relation"), Text("superior 上级、peer 同级、subordinate 下级、served_public 服务对象", "superior, peer, subordinate or served_public"), RELATIONS, "评价关系", "测评主体")._replace(required=True),
        key("item", Text("测评项目", "item"), Text("评的是哪一项", "what is appraised"), "评价项目", "测评指标"),
        number("score", Text("评分", "score"), Text("分数", "the points given"), "得分", "打分", required=True),
        BODY._replace(required=False, about=Text("属于哪个单位的测评；空：被评对象即单位", "the body whose appraisal it is; empty: the ratee is the body")),
        words("round", Text("轮次", "round"), Text("哪一次测评", "which appraisal"), "测评轮次", "批次"),
        words("comment", Text("评语", "comment"), Text("评价人的话", "what was written"), "意见"),
    ),
)  # fmt: skip
