"""Effort: what bodies did and spent, by the category of request that it serves.

One row for each body, period and category: money, working hours, finished tasks, as far as they are known. Categories
are those of the requests, so that both can be compared.
"""

from __future__ import annotations

from minping.evidence.table import BODY, Column, Table
from minping.words import Text

EFFORT = Table(
    Text("投入", "effort"),
    ("投入表", "资金与任务", "工作投入"),
    (
        BODY,
        Column(
            "period",
            "period",
            Text("考核期", "period"),
            Text("2024-05、2024Q2 或 2024（设为文本）", "2024-05, 2024Q2 or 2024 (as text)"),
            True,
            ("期间", "月份", "年度"),
        ),
        Column(
            "category",
            "text",
            Text("类别", "category"),
            Text("与诉求表的类别一致", "as in the table of requests"),
            True,
            ("诉求类别", "投入类别"),
        ),
        Column(
            "spending_cny",
            "number",
            Text("支出（元）", "spending (CNY)"),
            Text("用于这一类的支出，元", "what was spent on it"),
            aliases=("支出", "资金", "金额"),
            low=0.0,
        ),
        Column(
            "hours",
            "number",
            Text("工时（小时）", "working hours"),
            Text("用于这一类的工时", "what it took"),
            aliases=("工时", "人工小时"),
            low=0.0,
        ),
        Column(
            "tasks",
            "number",
            Text("任务（件）", "tasks"),
            Text("为这一类完成的任务件数", "finished for it"),
            aliases=("任务", "任务数", "办结任务"),
            low=0.0,
        ),
    ),
)
