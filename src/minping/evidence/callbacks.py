"""Cases served and call-backs of non-raters: the rules that their rows must keep, alone and together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from minping.evidence.event_rules import DAY, NUMBER, check_table, choice, date_of, empty, said
from minping.evidence.faults import NOTHING, Fault, Remark
from minping.evidence.records import Rule, connect, find_faults, relation
from minping.model.evidence import CALL_OUTCOMES, Bodies, Records
from minping.words import Text, both

LEVEL, PROBABILITY = NUMBER.format("level"), NUMBER.format("probability")


def check_cases(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `cases` that can't be right."""
    check_table(records, bodies, CASE_RULES, headers, faults, "case")


def check_callbacks(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `callbacks` that can't be right."""
    check_table(records, bodies, CALLBACK_RULES, headers, faults, "case", _half_filled)


def check_calls(
    records: Mapping[str, Records], bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find call-backs that don't fit the cases served and the ratings; nothing where one of the tables is missing."""
    calls, cases = records.get("callbacks"), records.get("cases")
    if calls is None or cases is None or not (calls.files and cases.files):
        return
    served = relation(cases.files, ("case", "body", "completed_on"))
    rated = '(SELECT CAST(NULL AS VARCHAR) AS "case" WHERE FALSE)'
    if "ratings" in records and records["ratings"].files:
        ratings = relation(records["ratings"].files, ("case", "status"))
        rated = f"(SELECT DISTINCT \"case\" FROM {ratings} WHERE COALESCE(status, 'rated') <> 'defaulted')"
    called = relation(calls.files, ("case", "body", "called_on"))
    joined = (
        '(SELECT c._file, c._row, c."case", c.body, c.called_on, s."case" AS found, s.completed_on, r."case" AS rated, '
        f'a.place AS here, b.place AS there FROM {called} c LEFT JOIN {served} s ON c."case" = s."case" '
        f'LEFT JOIN {rated} r ON c."case" = r."case" LEFT JOIN places a ON c.body = a.word '
        "LEFT JOIN places b ON s.body = b.word)"
    )
    with connect(cases) as engine:
        engine.execute("CREATE TEMP TABLE places (word VARCHAR, place INTEGER)")
        words = {
            name: at for names in (bodies.names_en, bodies.names, bodies.ids) for at, name in enumerate(names) if name
        }
        engine.executemany("INSERT INTO places VALUES (?, ?)", [[word, at] for word, at in words.items()])
        find_faults(engine, joined, LINKED_RULES, headers, faults)


def _half_filled(table: str) -> Sequence[Rule]:
    words = said(
        "design-incomplete",
        "入样概率为空，其他行却有",
        "the probability is empty, other rows have one",
        NOTHING,
        Text("补齐，或整列留空", "fill in every row, or leave the whole column empty"),
    )
    some = f"(SELECT COUNT(probability) FROM {table}) > 0"
    return (Rule("design-incomplete", "probability", f"probability IS NULL AND {some}", words),)


def _note(code: str, zh: str, en: str, fix: Text) -> Remark:
    return Remark(code, Text(zh, en), NOTHING, fix, "warning")


CASE_RULES = (empty("case"), empty("body"), empty("completed_on"), date_of("completed_on"))
CALLBACK_RULES = (
    empty("case"),
    empty("body"),
    date_of("called_on"),
    choice("outcome", CALL_OUTCOMES),
    Rule(
        "not-called",
        "outcome",
        "outcome IS NULL",
        lambda _: _note("not-called", "还没有回访结果", "not called yet", Text("回访后填写 outcome", "fill in outcome after the call")),
    ),
    Rule(
        "impossible-level",
        "level",
        f"level IS NOT NULL AND ({LEVEL} IS NULL OR {LEVEL} NOT IN (1, 2, 3, 4, 5))",
        said("impossible-level", "等级 {} 不可能", "the level {} can't be", both("1, 2, 3, 4, 5"), Text("整数星级", "whole levels only")),
    ),
    Rule(
        "level-missing",
        "level",
        "outcome = 'reached' AND level IS NULL",
        said("level-missing", "接通了却没有等级", "reached, but no level", both("1, 2, 3, 4, 5"), Text("没有回答的写 refused", "who did not answer is refused")),
    ),
    Rule(
        "level-without-answer",
        "level",
        "level IS NOT NULL AND COALESCE(outcome, '') <> 'reached'",
        said("level-without-answer", "没有接通却有等级 {}", "not reached, but the level {}", NOTHING, Text("核对 outcome；没有回答的等级留空", "check the outcome; no answer has no level")),
    ),
    Rule(
        "call-without-day",
        "called_on",
        "outcome IS NOT NULL AND called_on IS NULL",
        said("call-without-day", "有结果没有日期", "an outcome without a day", NOTHING, Text("填写最后一次拨打之日", "give the day of the last call")),
    ),
    Rule(
        "impossible-probability",
        "probability",
        f"probability IS NOT NULL AND NOT COALESCE({PROBABILITY} > 0 AND {PROBABILITY} <= 1, FALSE)",
        said("impossible-probability", "入样概率 {} 不可能", "the probability {} can't be", Text("大于 0，不超过 1", "above 0, at most 1"), Text("照抽取时的文件填写", "as in the file of the draw")),
    ),
)  # fmt: skip
LINKED_RULES = (
    Rule(
        "unknown-case",
        "case",
        "\"case\" IS NOT NULL AND found IS NULL",
        said("unknown-case", "办件表里没有 {}", "no case {} among those served", NOTHING, Text("只能回访抽样框里的办件", "only cases of the list can be called back")),
    ),
    Rule(
        "case-elsewhere",
        "body",
        "here <> there",
        said("case-elsewhere", "办件表里这一件不属于 {}", "among the cases served this one is not of {}", NOTHING, Text("核对单位", "check the body")),
    ),
    Rule(
        "called-before-the-end",
        "called_on",
        f"{DAY.format('called_on')} < {DAY.format('completed_on')}",
        said("called-before-the-end", "{} 早于办结日期", "{} lies before the end of the case", NOTHING, Text("核对两个日期", "check the two dates")),
    ),
    Rule(
        "rated-after-all",
        "case",
        "rated IS NOT NULL",
        lambda _: _note("rated-after-all", "这一件后来评价了，按评价计", "it was rated after all and counts as a rating", Text("无须处理", "nothing to do")),
    ),
)  # fmt: skip
