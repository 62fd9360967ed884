"""Weighting: does what is known of the public fit the people who were asked? Every row that does not is named.

In checked `surveys` and the margins, out faults: a column that is missing, a level that only one side knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from minping.errors import nearest, one_of
from minping.evidence.event_rules import DAY
from minping.evidence.faults import NOTHING, Fault, Remark, fault, short
from minping.evidence.periods import months
from minping.evidence.records import Rule, connect, find_faults, relation
from minping.evidence.surveys import DESIGN, one_of_each
from minping.model.evidence import Bodies, Records
from minping.model.surveys import Margin, SurveyPlan
from minping.words import Text

if TYPE_CHECKING:
    import duckdb

EVER = (0, 120_000)  #: months from year 0
MONTH = f"(YEAR({DAY.format('asked_on')}) * 12 + MONTH({DAY.format('asked_on')}) - 1)"
Headers = Sequence[Mapping[str, str]]


def check_weighting(
    records: Records,
    bodies: Bodies,
    plan: SurveyPlan,
    margins: Sequence[Margin],
    headers: Sequence[dict[str, str]],
    faults: Sequence[list[Fault]],
) -> None:
    """Find what keeps the scheme from weighting the survey."""
    if plan.needs_pairs:
        _no_single_units(faults)
    absent = [column for column in plan.covariates if not all(column in one.columns for one in records.files)]
    for column in absent:
        for file in records.files:
            if column not in file.columns:
                faults[file.file].append(_no_column(column))
    known = [margin for margin in margins if margin.name in plan.margins and margin.level]
    there = [name for name in plan.margins if any(margin.name == name for margin in margins)]
    if absent or not there:
        return
    table = relation(records.files, ("respondent", "body", "asked_on", *plan.covariates))
    with connect(records) as engine:
        _put_margins(engine, bodies, known)
        numeric = {margin.name for margin in margins if not margin.level}
        rules = [_half_empty(column) for column in plan.covariates]
        rules += [one_of_each(table, column) for column in plan.covariates if column not in DESIGN]
        leveled = [name for name in there if name not in numeric]
        for at, name in enumerate(leveled):
            _put_asked(engine, table, at, name)
            rules.append(_unknown_level(at, name, _levels(known, name)))
        rules += [_no_number(name) for name in there if name in numeric]
        find_faults(engine, table, rules, headers, faults)
        for at, name in enumerate(leveled):
            _check_nobody(engine, at, name, _levels(known, name), headers, faults)


def _no_single_units(faults: Sequence[list[Fault]]) -> None:
    """A stratum with a single cluster is an error where the scheme says so."""
    for found in faults:
        for at, one in enumerate(found):
            if one.remark.code == "single-unit":
                found[at] = replace(one, remark=one.remark._replace(severity="error"))


def _levels(margins: Sequence[Margin], name: str) -> list[str]:
    return list(dict.fromkeys(margin.level for margin in margins if margin.name == name))


def _put_margins(engine: duckdb.DuckDBPyConnection, bodies: Bodies, margins: Sequence[Margin]) -> None:
    """Tables `known_at(word, place)` of the bodies' names and `known_margins`."""
    import pyarrow as pa

    at = {body: row for row, body in enumerate(bodies.ids)}
    words = {
        name: row for names in (bodies.names_en, bodies.names, bodies.ids) for row, name in enumerate(names) if name
    }
    spans = [months(margin.period) or EVER for margin in margins]
    columns = {
        "margin": pa.array([margin.name for margin in margins], pa.string()),
        "level": pa.array([margin.level for margin in margins], pa.string()),
        "of_body": pa.array([at.get(margin.body) for margin in margins], pa.int64()),
        "first_month": pa.array([first for first, _ in spans], pa.int64()),
        "last_month": pa.array([last for _, last in spans], pa.int64()),
        "file": pa.array([margin.file for margin in margins], pa.int64()),
        "row": pa.array([margin.row for margin in margins], pa.int64()),
    }
    engine.register("known_margins", pa.table(columns))
    engine.register("known_at", pa.table({"word": list(words), "place": pa.array(list(words.values()), pa.int64())}))


def _level_of(name: str) -> str:
    return " || '+' || ".join(f'"{column}"' for column in name.split("+"))


def _put_asked(engine: duckdb.DuckDBPyConnection, table: str, at: int, name: str) -> None:
    """Tables of the levels that were met: `asked_<at>` with the margins' rows, `unknown_<at>` of those without a total."""
    engine.execute(
        f"CREATE TEMP TABLE met_{at} AS SELECT t.body, b.place, t.month, t.level FROM "
        f"(SELECT DISTINCT body, {MONTH} AS month, {_level_of(name)} AS level FROM {table}) t "
        "JOIN known_at b ON b.word = t.body WHERE t.level IS NOT NULL"
    )
    fits = (
        f"k.margin = {_quoted(name)} AND (k.of_body IS NULL OR k.of_body = m.place) "
        "AND m.month BETWEEN k.first_month AND k.last_month"
    )
    engine.execute(
        f"CREATE TEMP TABLE asked_{at} AS SELECT DISTINCT k.of_body, k.first_month, k.last_month, m.level "
        f"FROM met_{at} m JOIN known_margins k ON {fits}"
    )
    engine.execute(
        f"CREATE TEMP TABLE unknown_{at} AS SELECT body, month, level FROM met_{at} "
        f"EXCEPT SELECT m.body, m.month, m.level FROM met_{at} m JOIN known_margins k ON {fits} AND k.level = m.level"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _unknown_level(at: int, name: str, levels: Sequence[str]) -> Rule:
    column, level = name.split("+", maxsplit=1)[0], _level_of(name)

    def say(text: str) -> Remark:
        found = Text(
            f"{name} 的类别 {short(text)} 在 margins 中没有总数（该单位、该期）",
            f"the level {short(text)} of {name} has no total in `margins` (for this body and period)",
        )
        near = nearest(text, levels)
        fix = Text(
            f"是否应为 {near}？" if near else "改为 margins 的类别，或在 margins 补一行",
            f"did you mean {near}?" if near else "use a level of `margins`, or give it a row there",
        )
        return Remark("level-without-total", found, one_of(list(levels)), fix)

    without = f"(body, {MONTH}, {level}) IN (SELECT (body, month, level) FROM unknown_{at})"
    return Rule("level-without-total", column, without, say)


def _half_empty(column: str) -> Rule:
    def say(_: str) -> Remark:
        found = Text(f"{column} 为空，加权要用它", f"{column} is empty, and the weighting needs it")
        fix = Text("补齐；确实不知道的另设一类", "fill it in; let what is not known be a level of its own")
        return Remark("covariate-empty", found, NOTHING, fix)

    return Rule("covariate-empty", column, f'"{column}" IS NULL', say)


def _no_number(column: str) -> Rule:
    def say(text: str) -> Remark:
        found = Text(f"{column} 为 {short(text)}，不是数字", f"{column} is {short(text)}, no number")
        fix = Text("margins 中该变量没有类别，须为数值", "it has no levels in `margins`, so it must be a number")
        return Remark("covariate-no-number", found, NOTHING, fix)

    number = f'TRY_CAST("{column}" AS DOUBLE)'
    return Rule(
        "covariate-no-number", column, f'"{column}" IS NOT NULL AND NOT COALESCE(ISFINITE({number}), FALSE)', say
    )


def _check_nobody(
    engine: duckdb.DuckDBPyConnection,
    at: int,
    name: str,
    levels: Sequence[str],
    headers: Headers,
    faults: Sequence[list[Fault]],
) -> None:
    """Name the levels that have a total and no respondent, where any respondent is of that body and period."""
    found = engine.execute(
        f"SELECT k.file, k.row, k.level, LIST(a.level) FROM known_margins k JOIN asked_{at} a "
        "ON a.of_body IS NOT DISTINCT FROM k.of_body AND a.first_month = k.first_month "
        f"AND a.last_month = k.last_month WHERE k.margin = {_quoted(name)} "
        "GROUP BY ALL HAVING NOT LIST_CONTAINS(LIST(a.level), k.level) ORDER BY 1, 2"
    ).fetchall()
    for file, row, level, there in found:
        faults[file].append(fault(_nobody(name, level, levels, there), headers[file].get("level", "level"), row))


def _nobody(name: str, level: str, levels: Sequence[str], there: Sequence[str]) -> Remark:
    """What to merge a level with: the nearest in the order of the table that somebody is of."""
    at = levels.index(level)
    beside = sorted((other for other in levels if other in there), key=lambda other: abs(levels.index(other) - at))
    found = Text(
        f"{name} 的类别 {short(level)} 没有受访者（该单位、该期）",
        f"nobody who was asked is of the level {short(level)} of {name} (for this body and period)",
    )
    near = short(beside[0]) if beside else ""
    fix = Text(
        f"与 {near} 合并：两张表都改为同一类别" if near else "核对类别的写法",
        f"merge it with {near}: one level in both tables" if near else "check how the levels are written",
    )
    return Remark("empty-margin-cell", found, one_of(list(there)), fix)


def _no_column(column: str) -> Fault:
    found = Text(f"没有列 {column}，方案的加权要用它", f"there is no column {column}, which the weighting needs")
    fix = Text(
        f"加上 {column}，或改方案的 surveys.weighting", f"add {column}, or change surveys.weighting of the scheme"
    )
    return fault(Remark("missing-column", found, NOTHING, fix), column, 1)
