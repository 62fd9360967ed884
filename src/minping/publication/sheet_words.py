"""What tables.xlsx says: names of sheets, legends and headers, in Chinese and English."""

from __future__ import annotations

from minping.model.cells import WORDS, State
from minping.publication.workbook import Shade
from minping.words import Text

NOT_AS_OBSERVED = State.MISSING | State.IMPUTED | State.CARRIED | State.CAPPED | State.PENALISED | State.BOUNDED
SHEETS = {
    "readme": (
        Text("说明", "README"),
        Text(
            "本工作簿由民评生成；同样的数据另有 CSV 与 Parquet。",
            "Made by Minping; the same figures as CSV and Parquet.",
        ),
    ),
    "ranks": (
        Text("位次", "Ranks"),
        Text(
            "底色相同、相邻的单位属于同一组，现有数据不能区分高下；等次为建议，由有权机关决定。点单位名称看各项得分。",
            "Bodies of one tier (same shade) can't be told apart; grades are proposed. A name leads to its scores.",
        ),
    ),
    "scores": (
        Text("得分", "Scores"),
        Text(
            "各节点得分；黄色为非本期实测，灰色为不适用。",
            "Points of every node; yellow: not observed as such, grey: n/a.",
        ),
    ),
    "contributions": (
        Text("贡献", "Contributions"),
        Text(
            "各节点对总分的贡献，指标与调整项之和等于总分。",
            "In points of the score; indicators and adjustments sum to it.",
        ),
    ),
    "values": (
        Text("指标值", "Values"),
        Text("换算后的指标值；黄色为缺失，灰色为不适用。", "After conversion; yellow: missing, grey: not applicable."),
    ),
    "weights": (
        Text("有效权重", "Effective weights"),
        Text("处理缺失与不适用之后，各节点占总分的比例。", "Share of the whole, after missing and not applicable."),
    ),
    "method": (
        Text("方法", "Method"),
        Text("每项指标如何得分、数据从何而来；权重为各单位均值。", "How each indicator earns points; mean weight."),
    ),
    "findings": (
        Text("核查提示", "Findings"),
        Text("均为待核实，不等于认定。", "All need verification; none is a verdict."),
    ),
    "waivers": (
        Text("豁免", "Waivers"),
        Text("考核方案书面豁免的检查规则。", "Rules that the scheme sets aside in writing."),
    ),
}
KINDS = {
    "total": Text("总分", "total"),
    "dimension": Text("维度", "dimension"),
    "indicator": Text("指标", "indicator"),
    "adjustment": Text("调整项", "adjustment"),
    "companion": Text("并列公布，不计分", "beside the score"),
}
SEVERITY = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "note": Text("提示", "note")}
LEGEND: dict[Shade, tuple[Text, Text]] = {
    "band": (Text("浅蓝", "light blue"), Text("逐组交替，便于看出分组", "alternates from tier to tier")),
    "marked": (
        Text("黄色", "yellow"),
        Text(
            "数字不是本期实测：" + "、".join(WORDS[flag].zh for flag in WORDS if flag & NOT_AS_OBSERVED),
            "not as observed: " + ", ".join(WORDS[flag].en for flag in WORDS if flag & NOT_AS_OBSERVED),
        ),
    ),
    "grey": (Text("灰色", "grey"), Text("该指标不适用于该单位", "the indicator doesn't apply to the body")),
}
ITEM, MEANING = Text("项目", "item"), Text("说明", "meaning")
TITLE = Text("名称", "title")
RULE, SOURCE = Text("得分规则", "rule"), Text("数据来源", "source")
FOUND, FIX = Text("所见", "found"), Text("怎么办", "what to do")
NONE = Text("无", "none")
