"""Padding: whether levels are higher than independent sources support."""

from __future__ import annotations

from minping.audit.padding.drift import drifted_levels
from minping.audit.padding.levels import padded_levels
from minping.audit.suspicion import Suspicion
from minping.words import Text

PADDING: dict[str, Suspicion] = {
    "padded_level": Suspicion(
        padded_levels,
        Text("总量高于独立资金流所支持的水平", "a level that independent flows of money don't support"),
        Text(
            "总量对每项独立资金流的稳健残差（对数），按独立性加权平均，对照各单位；至少两项来源同时偏离一个标准差以上",
            "robust log residuals of the level on each independent flow, their mean weighted by independence, against all bodies; at least two sources beyond one standard deviation",
        ),
        Text(
            "产业结构不同（资本密集、免税行业多），总部或总量统计口径不同，资金流统计在别处",
            "another mix of industries (capital-intensive, untaxed), another scope of the level, flows that are counted elsewhere",
        ),
        Text(
            "请统计部门提供分行业、分企业的基础数据，与税务、社保、银行的明细对照",
            "ask the statistical office for the figures by industry and enterprise; compare them with those of tax, social insurance and banks",
        ),
        grade="E2",
        table="all",
        needs=("official",),
        applies=Text(
            "方案声明了总量（audit.levels）与两项以上独立的资金流，可比单位足够",
            "the scheme declares the level (audit.levels) and two independent flows of money or more, with enough bodies",
        ),
        source="Beaton & Tukey 1974 (residuals); permutation with replacement over sources",
        fewest=5,
    ),
    "drifted_level": Suspicion(
        drifted_levels,
        Text("总量自基期以来逐渐脱离独立资金流", "a level that has moved away from independent flows since a base period"),
        Text(
            "上述残差自基期以来的变化，按独立性加权平均，对照各单位；至少两项来源一致",
            "the change of these residuals since the base period, weighted by independence, against all bodies; at least two sources agree",
        ),
        Text(
            "产业结构变化，新办大项目尚在免税期，资金流的统计办法改变",
            "a change of industries, large new plants in their untaxed years, another way of counting the flows",
        ),
        Text(
            "逐年对照总量与税收、工资的台账，看从哪一年起分开",
            "compare the level with the ledgers of taxes and payroll year by year; see from which year they part",
        ),
        grade="E2",
        table="all",
        needs=("official",),
        applies=Text("有口径一致的基期", "there is a base period of the same scope"),
        source="as padded_level, on changes since the base",
        fewest=5,
    ),
}  # fmt: skip
