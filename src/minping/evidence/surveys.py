"""Surveys: the rules that their rows must keep, those of the sample's design among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from minping.errors import did_you_mean, one_of
from minping.evidence.event_rules import NUMBER, check_table, date_of, empty, said
from minping.evidence.faults import NOTHING, Fault, Remark, fault, short
from minping.evidence.records import Rule, connect, relation
from minping.model.evidence import NO_ANSWERS, Bodies, Records
from minping.model.questions import FIVE_LEVELS, Scale
from minping.words import Text, both

DESIGN = ("weight", "stratum", "cluster", "fpc", "fpc2")
ANSWER, WEIGHT, FPC, FPC2 = (NUMBER.format(column) for column in ("answer", "weight", "fpc", "fpc2"))
WAVE = "SUBSTR(asked_on, 1, 4)"  #: strata are those of a year's sample
LAYER = f"COALESCE(stratum, ''), {WAVE}"
UNIT = "COALESCE(cluster, respondent)"


def check_surveys(
    records: Records,
    bodies: Bodies,
    headers: Sequence[dict[str, str]],
    faults: Sequence[list[Fault]],
    scales: Mapping[str, Scale] | None = None,
) -> None:
    """Find every row of `surveys` that can't be right; `scales` are those of questions, the others have five levels."""
    rules = (*SURVEY_RULES, *answers_fit(scales or {}))
    check_table(records, bodies, rules, headers, faults, "", of_the_sample)


def answers_fit(scales: Mapping[str, Scale]) -> Iterator[Rule]:
    """Every answer is a level of its question's scale, or a word for having none."""
    of_scale: dict[Scale, list[str]] = {}
    for question, scale in scales.items():
        of_scale.setdefault(scale, []).append(question)
    for scale, questions in of_scale.items():
        yield _fits(scale, f"question IN ({_listed(questions)})")
    named = f"question IS NULL OR question NOT IN ({_listed(scales)})" if scales else "TRUE"
    yield _fits(FIVE_LEVELS, named)


def _fits(scale: Scale, where: str) -> Rule:
    ends = sorted((scale.worst, scale.best))
    shown = ", ".join(f"{level:g}" for level in scale.levels)
    allowed = both(f"{shown or f'{ends[0]:g} – {ends[1]:g}'}, unknown, refused")
    number = f"{ANSWER} IN ({shown})" if scale.levels else f"{ANSWER} BETWEEN {ends[0]!r} AND {ends[1]!r}"
    silent = _listed([word for words in (*NO_ANSWERS.values(), scale.unknown, scale.refused) for word in words])
    words = said(
        "impossible-answer", "回答 {} 不在该题的量表内", "the answer {} is not on the question's scale", allowed,
        Text("按问卷的量表填写；不知道、拒答不是中间的一级", "write it on the questionnaire's scale; not knowing is no middle level"),
    )  # fmt: skip
    cannot = f"answer IS NOT NULL AND answer NOT IN ({silent}) AND NOT COALESCE({number}, FALSE)"
    return Rule("impossible-answer", "answer", f"({where}) AND {cannot}", words)


def _listed(words: Iterable[str]) -> str:
    return ", ".join("'" + word.replace("'", "''") + "'" for word in words)


def check_questions(
    records: Records, questions: Sequence[str], headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find the questions of the scheme that nobody was asked."""
    table = relation(records.files, ("question",))
    with connect(records) as engine:
        found = engine.execute(
            f"SELECT DISTINCT question FROM {table} WHERE question IS NOT NULL ORDER BY 1"
        ).fetchall()
    asked = [question for (question,) in found]
    file = records.files[0].file
    for question in questions:
        if question not in asked:
            words = Text(f"没有人被问过 {short(question)}", f"nobody was asked {short(question)}")
            remark = Remark("unknown-question", words, one_of(asked), did_you_mean(question, asked))
            faults[file].append(fault(remark, headers[file].get("question", "question")))


def of_the_sample(table: str) -> tuple[Rule, ...]:
    """Rules that compare a row with the others of `table` (SQL)."""
    return (
        _asked_twice(table),
        *(one_of_each(table, column) for column in ("body", "asked_on", "interviewer", "minutes", *DESIGN)),
        *(_half_filled(table, column) for column in DESIGN),
        _several_frames(table),
        _more_than_the_frame(table),
        _more_than_the_cluster(table),
        _single_unit(table),
    )


def _asked_twice(table: str) -> Rule:
    words = said(
        "duplicate-answer", "{} 对同一题有多行", "{} has more than one row for the question", NOTHING,
        Text("每人每题只留一行", "one row for each respondent and question: keep one of them"),
    )  # fmt: skip
    repeated = f"SELECT respondent, question FROM {table} GROUP BY ALL HAVING COUNT(*) > 1"
    return Rule("duplicate-answer", "respondent", f"(respondent, question) IN ({repeated})", words)


def one_of_each(table: str, column: str) -> Rule:
    """A respondent has one value in a column."""
    words = said(
        "respondent-differs", f"同一受访者的 {column} 不一致：{{}}", f"one respondent has several {column}: {{}}",
        Text("每个受访者一个值", "one for each respondent"),
        Text("改为一致；再次访问的换新编号", "make them agree; give a second interview an id of its own"),
    )  # fmt: skip
    several = f'SELECT respondent FROM {table} GROUP BY ALL HAVING COUNT(DISTINCT "{column}") > 1'
    return Rule("respondent-differs", column, f"respondent IN ({several})", words)


def _half_filled(table: str, column: str) -> Rule:
    words = said(
        "design-incomplete", f"{column} 为空，其他行却有", f"{column} is empty, other rows have one", NOTHING,
        Text("补齐；没有抽样设计的则整列留空", "fill in every row, or leave the whole column empty"),
    )  # fmt: skip
    some = f'(SELECT COUNT("{column}") FROM {table}) > 0'
    return Rule("design-incomplete", column, f'"{column}" IS NULL AND {some}', words)


def _several_frames(table: str) -> Rule:
    words = said(
        "frame-differs", "同一层有多个单元总数：{}", "one stratum has several numbers of units: {}",
        Text("每层一个数", "one number for each stratum"), Text("核对抽样框", "check the sampling frame"),
    )  # fmt: skip
    several = f"SELECT {LAYER} FROM {table} GROUP BY ALL HAVING COUNT(DISTINCT fpc) > 1"
    return Rule("frame-differs", "fpc", f"({LAYER}) IN ({several})", words)


def _more_than_the_frame(table: str) -> Rule:
    words = said(
        "frame-too-small", "层内单元总数 {}，少于抽中的", "{} units in the stratum, fewer than were drawn",
        Text("不少于抽中的单元数", "at least as many as were drawn"), Text("核对抽样框", "check the sampling frame"),
    )  # fmt: skip
    more = f"SELECT {LAYER} FROM {table} GROUP BY ALL HAVING COUNT(DISTINCT {UNIT}) > MIN({FPC})"
    return Rule("frame-too-small", "fpc", f"({LAYER}) IN ({more})", words)


def _more_than_the_cluster(table: str) -> Rule:
    words = said(
        "frame-too-small", "抽样单元内总人数 {}，少于受访的", "{} people in the cluster, fewer than were asked",
        Text("不少于受访人数，同一单元一个数", "at least as many as were asked, one number for each cluster"),
        Text("核对", "check it"),
    )  # fmt: skip
    more = (
        f"SELECT {LAYER}, {UNIT} FROM {table} GROUP BY ALL "
        f"HAVING COUNT(DISTINCT respondent) > MIN({FPC2}) OR COUNT(DISTINCT fpc2) > 1"
    )
    return Rule("frame-too-small", "fpc2", f"({LAYER}, {UNIT}) IN ({more})", words)


def _single_unit(table: str) -> Rule:
    found = Text("层 {} 只抽了一个单元", "the stratum {} has a single unit")
    fix = Text(
        "与相近的层合并；否则按方案的 lonely 计其误差",
        "merge it with one like it, or its error is what `lonely` of the scheme says",
    )

    def say(text: str) -> Remark:
        return Remark("single-unit", Text(found.zh.format(text), found.en.format(text)), NOTHING, fix, "warning")

    single = (
        f"SELECT {LAYER} FROM {table} GROUP BY ALL HAVING COUNT(DISTINCT {UNIT}) = 1 AND COALESCE(MIN({FPC}), 2) > 1"
    )
    return Rule("single-unit", "stratum", f"stratum IS NOT NULL AND ({LAYER}) IN ({single})", say)


SURVEY_RULES = (
    *(empty(column) for column in ("respondent", "body", "question", "asked_on")),
    date_of("asked_on"),
    Rule(
        "answer-missing",
        "answer",
        "answer IS NULL",
        said("answer-missing", "没有回答", "no answer", NOTHING, Text("不知道写 unknown，拒答写 refused；没问的不写行", "write unknown or refused; no row for what was not asked")),
    ),
    Rule(
        "impossible-weight",
        "weight",
        f"weight IS NOT NULL AND NOT COALESCE({WEIGHT} > 0 AND ISFINITE({WEIGHT}), FALSE)",
        said("impossible-weight", "权重 {} 不可能", "the weight {} can't be", Text("大于 0 的数", "a number above 0"), Text("核对；不计入的受访者不写行", "check it; leave out whom the sample leaves out")),
    ),
    Rule(
        "impossible-frame",
        "fpc",
        f"fpc IS NOT NULL AND NOT COALESCE({FPC} >= 1 AND ISFINITE({FPC}), FALSE)",
        said("impossible-frame", "层内单元总数 {} 不可能", "{} units can't be", Text("1 或更大", "1 or more"), Text("填写层内可抽的单元总数", "give the number of units to draw from in the stratum")),
    ),
    Rule(
        "impossible-frame",
        "fpc2",
        f"fpc2 IS NOT NULL AND NOT COALESCE({FPC2} >= 1 AND ISFINITE({FPC2}), FALSE)",
        said("impossible-frame", "单元内总人数 {} 不可能", "{} people can't be", Text("1 或更大", "1 or more"), Text("填写抽样单元内可访的总人数", "give the number of people to draw from in the cluster")),
    ),
)  # fmt: skip
