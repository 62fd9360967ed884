"""The rules of the linter: the view of achievement, executable. One row per rule, one small file per check."""

from __future__ import annotations

from collections.abc import Mapping

from minping.scheme.lint import (
    l01_gdp_only,
    l02_forbidden_tags,
    l03_debt,
    l04_citizens,
    l05_authority,
    l06_quotas,
    l07_small_groups,
    l08_self_reported,
    l09_appeal,
    l10_inputs,
    l11_traces,
    l12_dead_weight,
    l13_effective_weights,
    l14_direction,
    l15_reasons,
    l16_versions,
    l17_recomputable,
    l18_burden,
)
from minping.scheme.lint.findings import Rule
from minping.words import Text

RULES: Mapping[str, Rule] = {
    "L1": Rule(
        l01_gdp_only.gdp_only,
        "error",
        Text("不以 GDP 论英雄", "not by GDP"),
        Text("中组部通知（2013）：不得仅以 GDP 及增长率排名", "2013 notice: no ranking by GDP or its growth"),
    ),
    "L2": Rule(
        l02_forbidden_tags.forbidden_tags,
        "error",
        Text("限制开发区不考核 GDP 和工业", "no GDP or industry where development is restricted"),
        Text("中组部通知（2013）：生态、农产品主产区等取消此类考核", "2013 notice, for ecological and farming zones"),
        applies=lambda scheme: (
            None
            if any(kind.forbid_tags for kind in scheme.subjects.types.values())
            else Text("没有声明 forbid_tags 的类型", "no type of body forbids a tag")
        ),
    ),
    "L3": Rule(
        l03_debt.debt,
        "warning",
        Text("考核债务", "debt is assessed"),
        Text("中组部通知（2013）：政府负债是重要指标，任期内举债要追责", "2013 notice: debt is an important indicator"),
        applies=l03_debt.applies,
    ),
    "L4": Rule(
        l04_citizens.citizens,
        "error",
        Text("群众评价有权重", "citizens weigh"),
        Text(
            "中组部通知（2020）：群众获得感幸福感安全感是重要标准",
            "2020 notice: what people feel is an important standard",
        ),
    ),
    "L5": Rule(
        l05_authority.authority,
        "error",
        Text("否决、上限、扣分须有授权", "vetoes, caps and deductions have an authority"),
        Text("山东省乡镇人民政府工作条例 19、27 条：不得擅设一票否决", "Shandong township ordinance 19, 27"),
        applies=l05_authority.applies,
    ),
    "L6": Rule(
        l06_quotas.quotas,
        "warning",
        Text("优秀比例有限", "top grades are limited"),
        Text("公务员考核规定（2020）：优秀一般不超过 20 %", "civil servants' assessment rules (2020): at most 20 %"),
        applies=l06_quotas.applies,
    ),
    "L7": Rule(
        l07_small_groups.small_groups,
        "warning",
        Text("小群体不公布", "small groups are hidden"),
        Text("个人信息保护法；统计法：不得推断出个人", "privacy and statistics law: nobody may be made out"),
        applies=l07_small_groups.applies,
    ),
    "L8": Rule(
        l08_self_reported.self_reported,
        "warning",
        Text("不靠自说自话", "not on their own word"),
        Text("统计法（2024）：防范数据造假；城市绩效条例：虚假绩效信息扣分", "statistics law (2024); city ordinances"),
    ),
    "L9": Rule(
        l09_appeal.appeal,
        "error",
        Text("可以申诉、有人回避、不因此加重", "a fair appeal"),
        Text("公务员法 95–97 条；政府督查工作条例 17 条", "civil servants' law 95–97; inspection ordinance 17"),
    ),
    "L10": Rule(
        l10_inputs.inputs,
        "error",
        Text("增长与投入不过半", "growth and inputs at most half"),
        Text("质量先于数量；中组部通知（2013、2020）", "quality before quantity; notices of 2013 and 2020"),
    ),
    "L11": Rule(
        l11_traces.traces,
        "error",
        Text("重绩不重痕", "results, not traces"),
        Text("整治形式主义为基层减负若干规定（2024）", "2024 provisions against formalism"),
    ),
    "L12": Rule(
        l12_dead_weight.dead_weight,
        "warning",
        Text("没有差别的指标是死权重", "dead weight"),
        Text("实例：垃圾无害化率全为 1.00；响应率恒为 100 %", "seen: 1.00 in 41 cities; response rate always 100 %"),
        needs_figures=True,
    ),
    "L13": Rule(
        l13_effective_weights.effective_weights,
        "warning",
        Text("有效权重要公开", "effective weights are shown"),
        Text("实例：浙江 2016–2019 按名义权重无法复算", "seen: an index that its nominal weights don't reproduce"),
        needs_figures=True,
    ),
    "L14": Rule(
        l14_direction.direction,
        "warning",
        Text("方向可疑", "suspicious direction"),
        Text("实例：LGBF 把成绩差距标为越高越好", "seen: an attainment gap flagged higher-is-better"),
    ),
    "L15": Rule(
        l15_reasons.reasons,
        "warning",
        Text("界限要有理由", "bounds have reasons"),
        Text("SDG 指数的做法：每个上下界写明依据", "the SDG Index writes a rationale for each bound"),
    ),
    "L16": Rule(
        l16_versions.versions,
        "note",
        Text("版本变化不连成趋势", "no trend across versions"),
        Text("实例：长三角 2024 悄然更换指标", "seen: indicators replaced in silence"),
        applies=l16_versions.applies,
    ),
    "L17": Rule(
        l17_recomputable.recomputable,
        "error",
        Text("总分可由公布的分项复算", "totals can be recomputed"),
        Text("实例：长三角 2023 的分项算不出总分", "seen: a drill-down that doesn't give the total"),
        needs_figures=True,
        applies=l17_recomputable.applies,
    ),
    "L18": Rule(
        l18_burden.burden,
        "warning",
        Text("不给基层添负担", "no burden beyond the limit"),
        Text("整治形式主义为基层减负若干规定（2024）", "2024 provisions against formalism"),
    ),
}
