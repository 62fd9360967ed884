"""What each published table and column means, in Chinese and English: the data dictionary of `bundle/v1`."""

from __future__ import annotations

from collections.abc import Mapping

from minping.model.cells import WORDS
from minping.publication.audit_columns import AUDIT_COLUMNS, AUDIT_TABLES
from minping.publication.citizen_columns import COURSE_COLUMNS, COURSE_TABLES
from minping.publication.debt_columns import DEBT_COLUMNS, DEBT_NOTES
from minping.publication.notes import ColumnNote, TableNote
from minping.publication.survey_columns import CITIZEN_TABLES, SURVEY_COLUMNS
from minping.words import Text, both


def column_note(table: str, column: str) -> ColumnNote:
    """The note of a column; a table's own note goes before the general one.

    >>> column_note("ranks", "rank_lo").title.en
    'best rank'
    """
    if note := COLUMNS.get(f"{table}.{column}") or COLUMNS.get(column):
        return note
    if column.startswith("share_"):
        state = state_words(column.removeprefix("share_"))
        return ColumnNote(Text(f"权重占比：{state.zh}", f"share {state.en}"), COLUMNS["share_"].about)
    return ColumnNote(both(column))


def state_words(name: str) -> Text:
    """The words of a state by the name it has in tables.

    >>> state_words("not_applicable").zh
    '不适用'
    """
    said = name.replace("_", " ")
    return next((words for words in WORDS.values() if words.en == said), both(said))


TABLES: Mapping[str, TableNote] = {
    **CITIZEN_TABLES,
    "ranks": TableNote(
        Text("位次与等次", "Ranks and grades"),
        Text("每个单位一行，由高到低；等次为建议，由有权机关决定", "One row per body, best first; grades are proposed"),
        ("body",),
    ),
    "scores": TableNote(
        Text("得分", "Scores"),
        Text(
            "每个单位、每个节点一行；各指标与调整项的贡献之和等于总分",
            "One row per body and node; contributions of indicators and adjustments sum to the score",
        ),
        ("body", "node"),
    ),
    "values": TableNote(
        Text("指标值与出处", "Values and their trace"),
        Text(
            "每个单位、每项指标一行：指标值、标准误，以及它出自哪个证据文件的哪一行",
            "One row per body and indicator: value, standard error, and the file and row of evidence it came from",
        ),
        ("body", "indicator"),
    ),
    "grades": TableNote(
        Text("等次概率", "Grade probabilities"), Text("抽样中得到各等次的比例", "Share of draws"), ("body", "grade")
    ),
    "outliers": TableNote(
        Text("离群值", "Outliers"),
        Text(
            "每项指标一行：分布形状、是否有离群值、通行做法会如何处理（只报告，不改动数据）",
            "One row per indicator: shape, whether there are outliers, what the usual treatment would do (never applied)",
        ),
        ("indicator",),
    ),
    "pairs": TableNote(
        Text("两两比较", "Pairs"),
        Text("甲高于乙的概率", "Probability that one stands above another"),
        ("body", "other"),
    ),
    "history": TableNote(
        Text("历年得分", "History"),
        Text("总分与各维度在各期的得分", "Points of the total and the dimensions in every period"),
        ("period", "body", "node"),
    ),
    "draws": TableNote(
        Text("抽样内容", "What was drawn"),
        Text("每个因素的备选项；失败的抽样逐次列出", "The alternatives of every factor; every failed draw"),
    ),
    **AUDIT_TABLES,
    **DEBT_NOTES,
    "problems": TableNote(Text("提示与核查", "Warnings and findings"), Text("均为待核实", "All need verification")),
    "waivers": TableNote(
        Text("豁免的规则", "Waived rules"),
        Text("考核方案书面豁免的检查规则及理由", "Rules that the scheme sets aside, with the reason"),
        ("rule",),
    ),
    "nodes": TableNote(
        Text("指标体系", "The tree"),
        Text("总分、维度、指标与调整项", "Total, dimensions, indicators, adjustments"),
        ("node",),
    ),
    "companions": TableNote(
        Text("并列指标与得分的一致性", "Companions"),
        Text(
            "不计分、并列公布的指标与总分排序的一致程度（斯皮尔曼等级相关）",
            "How far figures published beside the score rank bodies as the score does (Spearman)",
        ),
        ("node",),
    ),
    **COURSE_TABLES,
    "themes": TableNote(
        Text("诉求主题", "Themes of the requests"),
        Text(
            "每个主题一行，以用词命名；末行为不属于任何主题的诉求。件数以 k 的倍数公布，不足 k 的不公布",
            "One row per theme, named by its terms; the last is of no theme. Counts in steps of k, none below k",
        ),
        ("theme",),
    ),
    "theme_months": TableNote(
        Text("各月诉求主题", "Themes by month"), Text("件数以 k 的倍数公布", "Counts in steps of k"), ("theme", "month")
    ),
    "theme_bodies": TableNote(
        Text("各单位诉求主题", "Themes by body"), Text("件数以 k 的倍数公布", "Counts in steps of k"), ("theme", "body")
    ),
    "theme_categories": TableNote(
        Text("诉求主题与类别", "Themes and categories"),
        Text("件数以 k 的倍数公布；全部诉求不足 k 件的类别不列", "Counts in steps of k; no category of fewer than k"),
        ("theme", "category"),
    ),
    "alignment": TableNote(
        Text("诉求与投入", "Requests and effort"),
        Text(
            "每个单位、类别、投入口径一行：群众诉求所占比例与投入所占比例",
            "One row per body, category and measure: share of the requests and share of the effort",
        ),
        ("body", "category", "measure"),
    ),
    "apart": TableNote(
        Text("诉求与投入相差多少", "How far requests and effort lie apart"),
        Text(
            "每个单位、投入口径一行。这是一个问题，不是结论：事情轻重缓急和花费各不相同",
            "One row per body and measure. A question, no verdict: matters differ in urgency and cost",
        ),
        ("body", "measure"),
    ),
}

COLUMNS: Mapping[str, ColumnNote] = {
    **SURVEY_COLUMNS,
    "body": ColumnNote(Text("单位", "body"), Text("单位编号", "id of the body")),
    "other": ColumnNote(Text("另一单位", "other body"), Text("单位编号", "id of the body")),
    "node": ColumnNote(
        Text("节点", "node"), Text("总分、维度、指标或调整项的编号", "id of total, dimension or indicator")
    ),
    "indicator": ColumnNote(Text("指标", "indicator"), Text("指标编号", "id of the indicator")),
    "outliers.bodies": ColumnNote(Text("单位数", "bodies"), Text("有指标值的单位数", "bodies with a value")),
    "skewness": ColumnNote(Text("偏度", "skewness"), Text("Joanes–Gill G1", "G1 of Joanes and Gill (1998)")),
    "kurtosis": ColumnNote(Text("峰度", "kurtosis"), Text("超额峰度，Joanes–Gill G2", "excess, G2 of Joanes and Gill")),
    "outlying": ColumnNote(
        Text("有离群值", "outliers"), Text("|偏度| ≥ 2 且峰度 ≥ 3.5", "|skewness| at least 2 and kurtosis at least 3.5")
    ),
    "treatment": ColumnNote(
        Text("通行处理", "usual treatment"),
        Text("none 不处理，winsorised 缩尾，log 取对数", "none, winsorised (extremes pulled in), or log"),
    ),
    "values_moved": ColumnNote(
        Text("缩尾个数", "values moved"), Text("缩尾会改动的值", "values winsorising would move")
    ),
    "points": ColumnNote(
        Text("得分", "points"), Text("0–100 或方案所定分值", "on the scheme's scale, 0–100 by default")
    ),
    "weight": ColumnNote(
        Text("有效权重", "effective weight"),
        Text("处理缺失与不适用之后，占总分的比例", "share of the whole after missing and not applicable"),
    ),
    "contribution": ColumnNote(Text("贡献", "contribution"), Text("对总分的贡献，分", "in points of the score")),
    "state": ColumnNote(
        Text("状态", "state"), Text("数字依据什么，用 + 连接", "what the figure rests on, joined by +")
    ),
    "score": ColumnNote(Text("总分", "score"), Text("加权得分", "weighted score")),
    "score_lo": ColumnNote(Text("总分下限", "score low"), Text("区间下端", "lower end of the interval")),
    "score_hi": ColumnNote(Text("总分上限", "score high"), Text("区间上端", "upper end of the interval")),
    "rank": ColumnNote(Text("位次", "rank"), Text("1 为最高，同分取较前位次", "1 is best; ties share the better rank")),
    "rank_lo": ColumnNote(Text("最好位次", "best rank"), Text("位次区间的一端", "best rank of the interval")),
    "rank_hi": ColumnNote(Text("最差位次", "worst rank"), Text("位次区间的另一端", "worst rank of the interval")),
    "last_tenth": ColumnNote(
        Text("居末十分之一的概率", "chance of the last tenth"),
        Text("抽样中位次居最后十分之一的比例；是概率，不是结论", "share of the draws; a probability, not a verdict"),
    ),
    "tier": ColumnNote(Text("组", "tier"), Text("同组之间不能区分高下", "bodies of a tier can't be told apart")),
    "grade": ColumnNote(Text("等次", "grade"), Text("等次编号", "id of the grade")),
    "ranks.grade": ColumnNote(Text("建议等次", "proposed grade"), Text("undecided 表示未能区分", "may be undecided")),
    "name": ColumnNote(Text("名称", "name"), Text("单位名称", "name of the body")),
    "name_en": ColumnNote(Text("英文名称", "English name")),
    "body_type": ColumnNote(Text("类型", "type"), Text("分类考核的类型", "class of bodies with weights of its own")),
    "share_": ColumnNote(both(""), Text("该单位权重中属于此状态的比例", "share of the body's weight in this state")),
    "value": ColumnNote(Text("指标值", "value"), Text("换算后，按计量单位", "after conversion, in its unit")),
    "se": ColumnNote(Text("标准误", "standard error"), Text("按计量单位", "in its unit")),
    "n": ColumnNote(Text("样本量", "n"), Text("数值所依据的评价或答卷数", "ratings or answers that it rests on")),
    "level_1": ColumnNote(Text("非常不满意", "very dissatisfied"), Text("评价数", "ratings")),
    "level_2": ColumnNote(Text("不满意", "dissatisfied"), Text("评价数", "ratings")),
    "level_3": ColumnNote(Text("基本满意", "fairly satisfied"), Text("评价数", "ratings")),
    "level_4": ColumnNote(Text("满意", "satisfied"), Text("评价数", "ratings")),
    "level_5": ColumnNote(Text("非常满意", "very satisfied"), Text("评价数", "ratings")),
    "defaulted": ColumnNote(
        Text("逾期默认", "defaulted"), Text("沉默被计为基本满意，不是评价", "silence counted as satisfied; no rating")
    ),
    "removed": ColumnNote(
        Text("被剔除", "removed"),
        Text("剔除的评价，均有原因与批准人", "ratings taken out, each with reason and approver"),
    ),
    "share": ColumnNote(Text("好评率", "share satisfied"), Text("实际评价中，%", "of the ratings given, %")),
    "response": ColumnNote(Text("参评率", "response rate"), Text("办件中有评价的，%", "of the services given, %")),
    "values.low": ColumnNote(Text("区间下端", "interval, low"), Text("95 % 区间", "of the 95 % interval")),
    "values.high": ColumnNote(Text("区间上端", "interval, high"), Text("95 % 区间", "of the 95 % interval")),
    "low": ColumnNote(
        Text("下界", "lower bound"), Text("没有评价的都不满意，%", "were all the silent dissatisfied, %")
    ),
    "high": ColumnNote(Text("上界", "upper bound"), Text("没有评价的都满意，%", "were all the silent satisfied, %")),
    "best": ColumnNote(Text("最好位次", "best rank"), Text("界内可能", "that the bounds allow")),
    "worst": ColumnNote(Text("最差位次", "worst rank"), Text("界内可能", "that the bounds allow")),
    "raters": ColumnNote(
        Text("评价者", "raters"), Text("只看评价者，按指标的单位", "of the raters alone, in the unit")
    ),
    "non_raters": ColumnNote(
        Text("未评价者", "non-raters"), Text("由回访到的人代表", "as those who were called back and reached say")
    ),
    "everyone": ColumnNote(
        Text("全部办事群众", "all served"),
        Text("两部分按件数合并（两相抽样）", "both together by their numbers (two-phase)"),
    ),
    "everyone_lo": ColumnNote(Text("区间下端", "interval, low end"), Text("95 %", "95 %")),
    "everyone_hi": ColumnNote(Text("区间上端", "interval, high end"), Text("95 %", "95 %")),
    "rater_gap": ColumnNote(Text("相差", "difference"), Text("评价者减未评价者", "raters less non-raters")),
    "rater_gap_se": ColumnNote(
        Text("相差的标准误", "its standard error"), Text("计入抽样", "with the error of the draw")
    ),
    "not_rated": ColumnNote(Text("未评价的比例", "share not rated"), Text("办结的办件中，%", "of the cases served, %")),
    "called": ColumnNote(Text("回访件数", "called back"), Text("不论结果", "whatever came of it")),
    "reached": ColumnNote(
        Text("接通件数", "reached"), Text("接通并回答；太少则不列", "and answered; empty where too few")
    ),
    "gap": ColumnNote(
        Text("差多少才到下限", "gap to the floor"),
        Text(
            "没有评价的人比评价的人低多少个百分点，整体才落到得分下限；空：不会或未知",
            "percentage points that the silent must be below the raters for all to lie at the floor; empty: unknown",
        ),
    ),
    "raw": ColumnNote(
        Text("原始值", "raw value"),
        Text(
            "证据中的原数；校准、折算或收缩之前的值",
            "as it stands in the evidence; before weighing, adjusting or shrinking",
        ),
    ),
    "raw_se": ColumnNote(Text("原始值的标准误", "standard error of the raw value"), Text("按计量单位", "in its unit")),
    "unit": ColumnNote(Text("计量单位", "unit of measurement")),
    "file": ColumnNote(Text("证据文件", "evidence file"), Text("相对于成果包", "relative to the bundle")),
    "row": ColumnNote(
        Text("行号", "row"), Text("表格软件所示行号，表头为第 1 行", "as a spreadsheet shows it; header is 1")
    ),
    "probability": ColumnNote(Text("概率", "probability"), Text("抽样中的比例", "share of the draws")),
    "probability_above": ColumnNote(
        Text("高于另一单位的概率", "probability above"), Text("平局计一半", "a tie is a half")
    ),
    "proposed": ColumnNote(
        Text("建议等次", "proposed"), Text("是否为建议等次", "whether this grade is the one proposed")
    ),
    "reason": ColumnNote(Text("理由", "reason")),
    "period": ColumnNote(Text("考核期", "period")),
    "factor": ColumnNote(Text("因素", "factor"), Text("failed_draw 为失败的抽样", "failed_draw: a draw that failed")),
    "alternative": ColumnNote(Text("备选项", "alternative")),
    "code": ColumnNote(Text("代码", "code"), Text("问题的种类", "kind of problem")),
    "severity": ColumnNote(Text("程度", "severity")),
    "place": ColumnNote(Text("位置", "place"), Text("文件、工作表、行、列", "file, sheet, row, column")),
    "found_zh": ColumnNote(Text("所见", "found (zh)")),
    "found_en": ColumnNote(Text("所见（英文）", "found (en)")),
    "fix_zh": ColumnNote(Text("怎么办", "what to do (zh)")),
    "fix_en": ColumnNote(Text("怎么办（英文）", "what to do (en)")),
    **AUDIT_COLUMNS,
    **DEBT_COLUMNS,
    "rule": ColumnNote(Text("规则", "rule"), Text("检查规则编号", "rule of the linter")),
    "approved_by": ColumnNote(Text("批准人", "approved by")),
    "expires_on": ColumnNote(Text("有效至", "expires on")),
    "parent": ColumnNote(Text("上级节点", "parent"), Text("总分为空", "empty for the total")),
    "kind": ColumnNote(Text("种类", "kind"), both("total | dimension | indicator | adjustment | companion")),
    "title_zh": ColumnNote(Text("名称", "title (zh)")),
    "title_en": ColumnNote(Text("英文名称", "title (en)")),
    "depth": ColumnNote(Text("层级", "depth"), Text("总分为 0", "0 for the total")),
    "direction": ColumnNote(Text("方向", "direction"), both("higher | lower | target | range | pass")),
    "spearman": ColumnNote(
        Text("等级相关", "Spearman"), Text("1 为排序一致，−1 为相反", "1: same order; −1: reversed")
    ),
    "bodies": ColumnNote(Text("单位数", "bodies"), Text("两者都有数的单位", "bodies that have both")),
    **COURSE_COLUMNS,
    "theme": ColumnNote(Text("主题", "theme"), Text("编号；none 为不属于任何主题", "number; none: of no theme")),
    "terms": ColumnNote(
        Text("用词", "terms"), Text("至少 k 件、k 处诉求共用的词", "words that at least k requests from k places share")
    ),
    "requests": ColumnNote(
        Text("诉求件数", "requests"), Text("k 的倍数；空：不足 k", "in steps of k; empty: fewer than k")
    ),
    "growth": ColumnNote(
        Text("增长", "growth"),
        Text("最近一月与此前三个月的日均件数之比", "requests a day, the last month to the three before"),
    ),
    "growth_lo": ColumnNote(Text("增长下限", "growth low"), Text("95 % 区间", "95 % interval")),
    "growth_hi": ColumnNote(Text("增长上限", "growth high"), Text("95 % 区间", "95 % interval")),
    "q": ColumnNote(both("q"), Text("校正后的 p 值（全部主题）", "p-value adjusted over all themes")),
    "fast_growing": ColumnNote(
        Text("快速增长", "fast-growing"),
        Text("超出平常起伏，q ≤ 0.05", "beyond the usual ups and downs, q at most 0.05"),
    ),
    "month": ColumnNote(Text("月份", "month")),
    "category": ColumnNote(Text("类别", "category"), Text("诉求类别", "of requests")),
    "measure": ColumnNote(Text("投入口径", "measure of effort"), both("spending_cny | hours | tasks")),
    "alignment.share_asked": ColumnNote(Text("诉求占比", "share of requests"), both("0–1")),
    "alignment.share_done": ColumnNote(Text("投入占比", "share of effort"), both("0–1")),
    "effort": ColumnNote(Text("投入", "effort"), Text("按口径的单位", "in the unit of the measure")),
    "apart": ColumnNote(
        Text("相差", "apart"),
        Text(
            "须挪动多大比例两者才一致，0–1，已扣除件数少带来的偏差",
            "share that would have to move for them to agree, 0–1, less what few requests add",
        ),
    ),
    "apart_lo": ColumnNote(Text("相差下限", "apart low"), Text("95 % 区间", "95 % interval")),
    "apart_hi": ColumnNote(Text("相差上限", "apart high"), Text("95 % 区间", "95 % interval")),
    "by_chance": ColumnNote(
        Text("仅因件数少", "by chance"),
        Text("两者其实一致时，这么多件诉求也会显出的差距", "what so few requests would show if both agreed"),
    ),
}
