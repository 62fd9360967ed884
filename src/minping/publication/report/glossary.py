"""Glossary: the terms of a report, one word per idea."""

from __future__ import annotations

from minping.words import Text

GLOSSARY: tuple[tuple[Text, Text], ...] = (
    (
        Text("单位", "body"),
        Text("被评价的对象：地区、部门、窗口等。", "What is evaluated: a region, a department, a service window."),
    ),
    (
        Text("考核方案", "scheme"),
        Text(
            "公开的规则文件：评什么、怎么计分、权重多少、依据何在。",
            "The published rules: what is evaluated, how it is scored, with which weights, on what grounds.",
        ),
    ),
    (
        Text("证据", "evidence"),
        Text(
            "结果所依据的数据；每个数字都能查到文件与行号。",
            "The records a result rests on; every figure leads to a file and a row.",
        ),
    ),
    (Text("指标值", "value"), Text("指标按自己的计量单位得到的数。", "What an indicator measures, in its own unit.")),
    (
        Text("得分", "points"),
        Text(
            "指标值按规则换算成的分数，通常为 0–100。",
            "A value brought to one scale by the scheme's rule, usually 0–100.",
        ),
    ),
    (
        Text("有效权重", "effective weight"),
        Text(
            "处理缺失与不适用之后，某项指标实际占总分的比例。",
            "An indicator's actual share of the score, after missing and not-applicable figures are dealt with.",
        ),
    ),
    (
        Text("贡献", "contribution"),
        Text(
            "某项指标给总分带来的分数；各项之和等于总分。",
            "What an indicator brings to the score; contributions sum to it.",
        ),
    ),
    (Text("总分", "score"), Text("加权合成并调整之后的分数。", "The weighted and adjusted result.")),
    (
        Text("位次区间", "rank interval"),
        Text(
            "把权重、计分方法和数据误差在合理范围内反复变动，位次在多数（如 90%）情形下落在其间。",
            "Where the rank lies in most (say 90%) of the draws that vary weights, methods and data errors within reason.",
        ),
    ),
    (Text("组", "tier"), Text("现有证据分不出高下的单位。", "Bodies that the evidence can't tell apart.")),
    (
        Text("建议等次", "proposed grade"),
        Text("按方案得出的建议，由有权机关决定。", "What the scheme suggests; a named body decides."),
    ),
    (
        Text("触及界限", "capped"),
        Text(
            "指标值超出计分上下限，得分取端点。",
            "The value lies beyond a bound; its points stop at the end of the scale.",
        ),
    ),
    (Text("填补", "imputed"), Text("缺失值由同类中位数代替。", "A missing value replaced by the peers' median.")),
    (
        Text("沿用", "carried"),
        Text("本期缺失，沿用上期数值。", "Missing in this period; an earlier period's value stands in."),
    ),
    (
        Text("并列指标", "companion"),
        Text(
            "不计入总分、与总分并列公布的数字，如公众满意度。",
            "A figure shown beside the score and not counted, such as citizens' satisfaction.",
        ),
    ),
    (
        Text("抽样", "draw"),
        Text("一次变动了权重、方法和误差的重新计分。", "One rescoring with varied weights, methods and errors."),
    ),
    (
        Text("核查发现", "finding"),
        Text("待核实的疑点，不是结论。", "A suspicion that needs verification, not a conclusion."),
    ),
    (
        Text("成果包", "bundle"),
        Text(
            "连同方案、证据、表格和签名一起公布的文件夹，任何人可以复算。",
            "The published folder of scheme, evidence, tables and signature; anyone can compute it again.",
        ),
    ),
)
