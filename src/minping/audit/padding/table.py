"""Padding: whether levels are higher than independent sources support."""

from __future__ import annotations

from minping.audit.padding.breaks import all_together, one_alone
from minping.audit.padding.drift import drifted_levels
from minping.audit.padding.inspected import found_below
from minping.audit.padding.levels import padded_levels
from minping.audit.padding.revisions import one_signed
from minping.audit.padding.third_party import above_third_party
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
        overlapping=True,
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
        overlapping=True,
        table="all",
        needs=("official",),
        applies=Text("有口径一致的基期", "there is a base period of the same scope"),
        source="as padded_level, on changes since the base",
        fewest=5,
    ),
    "revisions": Suspicion(
        one_signed,
        Text("初次发布一再偏高", "first releases that are taken back again and again"),
        Text(
            "初次发布与最新发布之差（对数），扣除各单位共同的修订：偏高次数对照各半的机会，平均对照各单位",
            "first over latest release (logarithm), less what all bodies share: how often too high against one half, the mean against the other bodies",
        ),
        Text(
            "初报时资料不全，报送时间早于别处，单独做过普查或口径衔接",
            "incomplete returns at the first release, earlier dates of reporting than elsewhere, a census or a change of scope of its own",
        ),
        Text("逐次调取发布稿与修订说明，看由谁、因何修订", "get each release and the note on its revision; see who revised it and why"),
        table="all",
        stands=True,
        needs=("official",),
        applies=Text("总量或有方向的指标，至少三期有两次以上发布（released_on）", "levels or indicators with a direction, three periods or more with two releases (released_on)"),
        source="Conover 1999, 3.4 (sign test); robust z (Hampel 1974); the lesser of both, twice",
    ),
    "found_below": Suspicion(
        found_below,
        Text("核实数一再低于上报数", "inspections find less than was reported again and again"),
        Text(
            "上级或第三方核查中上报好于核实（超出容差）的次数，对照相反的次数和各单位；至少两名核查员发现",
            "inspections by others that found less than was reported (beyond tolerance), against the opposite and against all bodies; seen by two inspectors at least",
        ),
        Text(
            "核查时点晚于上报时点，口径不同，核查专挑有反映的事项",
            "inspected later than reported, another scope, inspections of what people complained of",
        ),
        Text("调取这些核查的原始记录与上报台账，逐项对照", "put the records of these inspections beside the ledgers that were reported from"),
        grade="E2",
        table="all",
        needs=("inspections",),
        applies=Text("本期有上级或第三方的核查，写明上报数和核实数，单位由两名以上核查员核过", "inspections of the period by others tell both figures, and two inspectors visited the body"),
        source="exact sign test; Fisher 1935; the lesser of both, twice",
    ),
    "above_third_party": Suspicion(
        above_third_party,
        Text("自报数好于另一方的数", "better than what another reporter tells"),
        Text(
            "同一单位、同一期、同一指标，自报数与另一方之差；多数一致时看不一致的，口径普遍不同时对照各单位的差",
            "the body's figure beside another reporter's for the same period and indicator: where most agree, those that don't; where scopes differ, against the gaps of the others",
        ),
        Text("两方口径、截止日期不同，另一方有遗漏", "another scope or closing date, omissions of the other reporter"),
        Text("与另一方逐笔对账", "reconcile the two item by item"),
        table="all",
        needs=("official",),
        applies=Text("同一数有自报与另一方两行（reporter），或指标声明了对照数列", "a figure stands in two rows, the body's and another reporter's, or the indicator names a series to check it by"),
        source="rule where most agree; else robust z (Hampel 1974)",
    ),
    "scope_break": Suspicion(
        all_together,
        Text("各单位一起跳变，未声明口径变更", "all bodies jump together with no change of scope declared"),
        Text(
            "本期与上期之比（对数）与常年之差，九成以上单位同向超过界限",
            "the ratio to the period before against the usual one (logarithm): nine bodies in ten beyond the limit, the same way",
        ),
        Text("制度方法改变、计量单位改变、全县共同的事件；这不是任何一个单位的事", "another method, another unit of measurement, an event that all share; it is no body's doing"),
        Text("请统计部门提供口径变更文件，在方案中声明（scope_changes）", "ask the statistical office for the document of the change, and declare it in the scheme (scope_changes)"),
        table="all",
        stands=True,
        needs=("official",),
        applies=Text("三期以上的总量数列", "series of amounts of three periods or more"),
        source="rule (scheme: audit.padding.jump)",
        fewest=5,
    ),
    "jump_alone": Suspicion(
        one_alone,
        Text("只有本单位跳变", "a body jumps alone"),
        Text(
            "本期与上期之比（对数）与各单位之差，双侧；须超过界限和本单位以往的最大差",
            "the ratio to the period before (logarithm) against the other bodies, either way; beyond the limit and beyond the body's own past",
        ),
        Text("一次性大项目投产或关停，区划调整，笔误或单位写错", "a plant that opened or closed, new boundaries, a slip of the pen or of the unit"),
        Text("请填报单位说明变动来源，附原始凭证", "ask the body where the change comes from, with the documents"),
        table="all",
        needs=("official",),
        applies=Text("四步以上的总量数列，口径一致，五个以上单位", "series of amounts with four steps or more of one scope, five bodies or more"),
        source="robust z (Hampel 1974)",
        fewest=5,
    ),
}  # fmt: skip
