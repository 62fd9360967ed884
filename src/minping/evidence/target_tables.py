"""The table of targets: what a body was told, or said itself, that it would reach."""

from __future__ import annotations

from minping.evidence.column_forms import day, number, word, words
from minping.evidence.table import BODY, Column, Table
from minping.model.audited import QUALIFIERS
from minping.words import Text

TARGETS = Table(
    Text("目标", "targets"),
    ("目标表", "指标目标", "年度目标", "target"),
    (
        BODY,
        Column(
            "period",
            "period",
            Text("考核期", "period"),
            Text("2024、2024Q2 或 2024-05（设为文本）", "2024, 2024Q2 or 2024-05 (as text)"),
            True,
            ("期间", "年份", "年度", "year"),
        ),
        Column(
            "indicator",
            "id",
            Text("指标", "indicator"),
            Text("指标代码，与 official 一致", "id of the indicator, as in `official`"),
            True,
            ("指标代码", "指标编号", "indicator_id"),
        ),
        number("target", Text("目标值", "target"), Text("与官方数据同一单位", "in the unit of the official figures"), "目标", "目标数", required=True),
        number("target_high", Text("目标上限", "target high"), Text("区间目标的上限", "the upper end of a range"), "上限"),
        word("qualifier", Text("限定词", "qualifier"), Text("at_least 以上（空即此）、about 左右、range 区间、at_most 以内、exact 恰好", "at_least (also if empty), about, range, at_most or exact"), QUALIFIERS, "限定", "目标方式"),
        day("set_on", Text("下达日期", "set on"), Text("下达或公布之日；修订另起一行", "the day it was set; another row for a revision"), "公布日期", "下达时间"),
        words("reference", Text("依据", "reference"), Text("文号", "the document"), "文号", "目标依据"),
    ),
)  # fmt: skip
