"""What the published tables of ratings and surveys, and the columns of surveys, mean, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from minping.publication.notes import ColumnNote, TableNote
from minping.words import Text

CITIZEN_TABLES: Mapping[str, TableNote] = {
    "ratings": TableNote(
        Text("好差评分布", "Ratings by level"),
        Text(
            "每个单位一行：各等级的评价数，以及逾期默认与被剔除的件数",
            "One row per body: ratings at each level, defaults, and ratings that were removed",
        ),
        ("body",),
    ),
    "silence": TableNote(
        Text("没有评价的人", "Those who did not rate"),
        Text(
            "每个单位一行：不论没有评价的人怎么想，好评率最低、最高可能是多少",
            "One row per body: the least and the most that the share satisfied can be, whatever the silent think",
        ),
        ("body",),
    ),
    "callbacks": TableNote(
        Text("未评价者回访", "Call-backs of non-raters"),
        Text(
            "每个单位一行：评价者、未评价者（回访）与全部办事群众的数，及相差多少",
            "One row per body: raters, non-raters as called back, all who were served, and the difference",
        ),
        ("body",),
    ),
    "surveys": TableNote(
        Text("满意度调查", "Surveys"),
        Text(
            "每个单位、每项调查指标一行：估计值、标准误、95 % 区间、设计效应、问了多少人；不足公布人数的留空",
            "One row per body and indicator of a survey: estimate, standard error, 95 % interval, design effect, how many "
            "were asked; empty below the number that may be published",
        ),
        ("body", "node"),
    ),
    "answers": TableNote(
        Text("调查回答的分布", "Answers by level"),
        Text(
            "每个单位、每题、每级一行：按权重的比例与 95 % 区间；选的人太少的级别留空",
            "One row per body, question and level: its weighted share with a 95 % interval; empty where too few chose it",
        ),
        ("body", "question", "level"),
    ),
    "responses": TableNote(
        Text("调查的应答", "Response to the survey"),
        Text(
            "每个单位一行：尝试了多少样本、完成多少访问，及美国民意研究协会（AAPOR）的各种比率",
            "One row per body: cases that were tried, interviews, and the outcome rates of AAPOR",
        ),
        ("body",),
    ),
    "indices": TableNote(
        Text("满意度指数的模型", "Models of satisfaction indices"),
        Text(
            "每项一行：题目的载荷、潜变量之间的路径、信度（克隆巴赫 α）",
            "One row per figure: loadings of questions, paths between latent variables, reliability (Cronbach's alpha)",
        ),
        ("index", "kind", "of", "by"),
    ),
}
SURVEY_COLUMNS: Mapping[str, ColumnNote] = {
    "question": ColumnNote(Text("题目或指数", "question or index"), Text("见问卷", "as in the questionnaire")),
    "measure": ColumnNote(Text("计算方式", "measure"), Text("见方案的 from", "as in the scheme's `from`")),
    "surveys.estimate": ColumnNote(
        Text("估计值", "estimate"), Text("按抽样设计与权重", "by the design of the sample and its weights")
    ),
    "effect": ColumnNote(
        Text("设计效应", "design effect"),
        Text("方差是同样多人的简单随机样本的几倍", "variance over that of a simple random sample of as many"),
    ),
    "effective": ColumnNote(
        Text("有效样本量", "effective n"), Text("相当于多少人的简单随机样本", "as many people of a simple random sample")
    ),
    "asked": ColumnNote(
        Text("被问人数", "asked"), Text("被问到这一题的人，含不知道和拒答", "people asked, the silent among them")
    ),
    "unknown": ColumnNote(Text("不知道", "did not know"), Text("不计入估计", "not in the estimate")),
    "refused": ColumnNote(Text("拒答", "refused"), Text("不计入估计", "not in the estimate")),
    "surveys.low": ColumnNote(Text("区间下端", "lower end"), Text("95 % 区间", "of the 95 % interval")),
    "surveys.high": ColumnNote(Text("区间上端", "upper end"), Text("95 % 区间", "of the 95 % interval")),
    "answers.low": ColumnNote(Text("区间下端", "lower end"), Text("95 % 区间", "of the 95 % interval")),
    "answers.high": ColumnNote(Text("区间上端", "upper end"), Text("95 % 区间", "of the 95 % interval")),
    "answers.share": ColumnNote(Text("比例", "share"), Text("按权重，%", "by the weights, %")),
    "answers.level": ColumnNote(
        Text("级别", "level"), Text("换算为 0（最差）至 100（最好）", "in points from 0, the worst, to 100, the best")
    ),
    "answers.n": ColumnNote(Text("人数", "people"), Text("选这一级的人", "who chose it")),
    "cases": ColumnNote(Text("样本数", "cases"), Text("尝试访问的样本，每个计一次", "that were tried, each once")),
    "interviews": ColumnNote(Text("访问数", "interviews"), Text("完成与部分完成的", "complete and partial ones")),
    "RR2": ColumnNote(Text("应答率 2", "response rate 2"), Text("AAPOR RR2，%；资格不明的全算合格", "AAPOR RR2, %; all of unknown eligibility count")),
    "RR4": ColumnNote(Text("应答率 4", "response rate 4"), Text("AAPOR RR4，%；资格不明的按已知比例（CASRO）计", "AAPOR RR4, %; of unknown eligibility a share counts (CASRO)")),
    "RR6": ColumnNote(Text("应答率 6", "response rate 6"), Text("AAPOR RR6，%；资格不明的都不算", "AAPOR RR6, %; none of unknown eligibility count")),
    "COOP2": ColumnNote(Text("合作率 2", "cooperation rate 2"), Text("AAPOR COOP2，%；联系上的人中", "AAPOR COOP2, %; of those who were reached")),
    "REF2": ColumnNote(Text("拒访率 2", "refusal rate 2"), Text("AAPOR REF2，%", "AAPOR REF2, %")),
    "CON2": ColumnNote(Text("接触率 2", "contact rate 2"), Text("AAPOR CON2，%", "AAPOR CON2, %")),
    "index": ColumnNote(Text("指数", "index"), Text("见方案的 surveys.indices", "as in surveys.indices of the scheme")),
    "indices.kind": ColumnNote(Text("种类", "kind"), Text("loading 载荷、path 路径、alpha 信度", "loading, path or alpha")),
    "of": ColumnNote(Text("潜变量", "latent variable"), Text("路径的终点", "where a path leads")),
    "by": ColumnNote(Text("来自", "by"), Text("题目，或路径的起点", "the question, or where a path begins")),
    "figure": ColumnNote(Text("数值", "figure"), Text("标准化的", "standardised")),
}  # fmt: skip
