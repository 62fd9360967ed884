"""The tables that stand beside `surveys`: what is known of the public, and how every case that was tried ended."""

from __future__ import annotations

from minping.evidence.table import BODY, Column, Table
from minping.words import Text

MARGINS = Table(
    Text("总体已知数", "margins"),
    ("总体边际", "人口结构", "已知总数", "margin"),
    (
        Column(
            "margin",
            "id",
            Text("变量", "margin"),
            Text(
                "“surveys”的一列；几列交叉时用 + 连接，如 age+sex",
                "a column of `surveys`; several crossed are joined by +, e.g. age+sex",
            ),
            True,
            ("边际", "变量名", "variable"),
        ),
        Column(
            "level",
            "text",
            Text("类别", "level"),
            Text(
                "该列的一个值；交叉的用 + 连接；数值变量留空",
                "a value of that column; of crossed ones joined by +; empty for a numeric column",
            ),
            aliases=("取值", "类", "category"),
        ),
        Column(
            "total",
            "number",
            Text("总数", "total"),
            Text(
                "总体中有多少人，大于 0；数值变量为其总和", "people in the public, above 0; of a numeric column its sum"
            ),
            True,
            ("人数", "总体数", "合计"),
        ),
        BODY._replace(
            about=Text("某一单位的总数；全部调查对象的则留空", "of one body; empty where it is of all together"),
            required=False,
        ),
        Column(
            "period",
            "period",
            Text("考核期", "period"),
            Text("适用的考核期；各期相同则留空", "the period it holds for; empty where it holds for all"),
            aliases=("年份", "年度", "year"),
        ),
    ),
)
DISPOSITIONS = Table(
    Text("访问结果", "dispositions"),
    ("访问结果表", "接触记录", "样本处置", "disposition"),
    (
        BODY,
        Column(
            "period",
            "period",
            Text("考核期", "period"),
            Text("访问所属的考核期", "the period of the survey"),
            True,
            ("年份", "年度", "year"),
        ),
        Column(
            "disposition",
            "text",
            Text("最终结果", "disposition"),
            Text(
                "complete 完成、partial 部分完成、refusal 拒访、non_contact 未接通、other 其他、unknown_household 不知是否有人、"
                "unknown_other 资格不明、ineligible 不合资格；或 AAPOR 代码如 2.11",
                "complete, partial, refusal, non_contact, other, unknown_household, unknown_other, ineligible; or a code "
                "of AAPOR such as 2.11",
            ),
            True,
            ("结果", "结果代码", "outcome"),
        ),
        Column(
            "count",
            "whole",
            Text("样本数", "count"),
            Text(
                "有多少个样本如此；每个样本一行的则留空", "how many cases ended so; empty where each case has its row"
            ),
            aliases=("数量", "个数"),
        ),
        Column(
            "stratum",
            "text",
            Text("层", "stratum"),
            Text("抽样的层", "stratum of the sample"),
            aliases=("分层", "抽样层"),
        ),
    ),
)
