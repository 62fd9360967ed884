"""What the tables of `citizen_tables` and their columns mean, in Chinese and English."""

from __future__ import annotations

from minping.publication.notes import ColumnNote, TableNote
from minping.words import Text

COURSE_TABLES: dict[str, TableNote] = {
    "funnel": TableNote(
        Text("从办件到评价", "From services to ratings"),
        Text(
            "每个单位一行：办件、邀评、评价、差评、剔除、应整改、按期整改；单位为空的一行是合计",
            "One row per body: served, asked, rated, rated badly, removed, due to be put right, put right in time; "
            "the row without a body is all together",
        ),
    ),
    "rates": TableNote(
        Text("诉求各率的变化", "Rates of requests over time"),
        Text(
            "全部单位合计每月一行，各单位每季一行（各季件数都不少于 k 的单位）",
            "One row per month for all bodies together, per quarter for each body that has k requests in every quarter",
        ),
    ),
    "both_ways": TableNote(
        Text("两种口径", "Counted both ways"),
        Text(
            "好差评与诉求的每项指标、每个单位一行：如实计数与按规定计数（剔除的不计，默认计为基本满意）",
            "One row per measure of ratings or requests and body: as counted, and as the rules count (without what was "
            "left out, defaults as level 3)",
        ),
    ),
    "divergence": TableNote(
        Text("官方与群众的看法", "By offices and by citizens"),
        Text(
            "每个单位一行：只按官方指标、只按群众指标的得分与位次，区间（95 %），以及二者之差是否超出误差",
            "One row per body: points and rank by official and by citizens' indicators alone, with 95 % intervals, and "
            "whether they differ by more than the errors explain",
        ),
        ("body",),
    ),
}
COURSE_COLUMNS: dict[str, ColumnNote] = {
    "funnel.body": ColumnNote(Text("单位", "body"), Text("空：合计", "empty: all together")),
    "rates.body": ColumnNote(Text("单位", "body"), Text("空：合计", "empty: all together")),
    "rates.value": ColumnNote(Text("率", "rate"), Text("%", "per cent")),
    "rates.n": ColumnNote(Text("件数", "n"), Text("该率的分母", "requests that the rate is of")),
    "rates.low": ColumnNote(Text("区间下端", "interval, low"), Text("95 % 区间", "of the 95 % interval")),
    "rates.high": ColumnNote(Text("区间上端", "interval, high"), Text("95 % 区间", "of the 95 % interval")),
    "counted": ColumnNote(Text("如实计数", "as counted"), Text("指标的单位", "in the indicator's unit")),
    "ruled": ColumnNote(Text("按规定计数", "as ruled"), Text("指标的单位", "in the indicator's unit")),
    "issued": ColumnNote(Text("办件", "served"), Text("件数", "cases")),
    "offered": ColumnNote(Text("邀评", "asked"), Text("件数", "cases")),
    "rated": ColumnNote(Text("评价", "rated"), Text("不含逾期默认", "defaults are none")),
    "bad": ColumnNote(Text("差评", "rated badly"), Text("等级 1、2", "levels 1 and 2")),
    "due": ColumnNote(Text("应整改", "due"), Text("期限已到的差评", "bad ratings whose deadline has come")),
    "in_time": ColumnNote(Text("按期整改", "put right in time"), Text("应整改的之中", "of those due")),
    "official_points": ColumnNote(Text("官方指标得分", "official points"), Text("加权平均", "weighted mean")),
    "official_rank": ColumnNote(Text("官方指标位次", "official rank")),
    "official_lo": ColumnNote(Text("官方位次，最好", "official rank, best"), Text("95 % 区间", "95 % interval")),
    "official_hi": ColumnNote(Text("官方位次，最差", "official rank, worst"), Text("95 % 区间", "95 % interval")),
    "citizens_points": ColumnNote(Text("群众指标得分", "citizens' points"), Text("加权平均", "weighted mean")),
    "citizens_rank": ColumnNote(Text("群众指标位次", "citizens' rank")),
    "citizens_lo": ColumnNote(Text("群众位次，最好", "citizens' rank, best"), Text("95 % 区间", "95 % interval")),
    "citizens_hi": ColumnNote(Text("群众位次，最差", "citizens' rank, worst"), Text("95 % 区间", "95 % interval")),
    "less_lo": ColumnNote(Text("位次差下端", "difference, low"), Text("官方减群众", "official less citizens' rank")),
    "less_hi": ColumnNote(Text("位次差上端", "difference, high"), Text("官方减群众", "official less citizens' rank")),
    "divergence.q": ColumnNote(
        Text("q 值", "q"),
        Text(
            "位次相差不到十分之一之下，Benjamini–Hochberg",
            "of no more than a tenth of the places apart, Benjamini–Hochberg",
        ),
    ),
    "differs": ColumnNote(Text("超出误差", "differs"), Text("q 不大于 0.05", "q at most 0.05")),
}
