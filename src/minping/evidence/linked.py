"""Tables that must fit each other: uses and their projects, repayments and their debts, targets and official figures.

Rows of one table that no row of another explains are named; nothing is compared where one of the tables is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from minping.errors import did_you_mean, one_of
from minping.evidence.event_rules import DAY, NUMBER, said
from minping.evidence.faults import NOTHING, Fault, Remark, short
from minping.evidence.periods import months
from minping.evidence.quantity_rules import not_before, warn
from minping.evidence.records import Rule, connect, find_faults, relation
from minping.model.evidence import Bodies, Codebook, Official, Records
from minping.words import Text

BEYOND = 50  #: a target is of another unit where it is so many times the body's figures, or so small a part of them
SLACK_DAYS = 366  #: after the last period with official figures
#: table -> columns of days that have passed; plans and deadlines are not among them
PASSED = {
    "projects": ("approved_on", "started_on", "completed_on", "opened_on", "last_progress_on"),
    "uses": ("observed_on",),
    "debts": ("borrowed_on",),
    "tasks": ("decided_on", "submitted_on", "verified_on", "closed_on", "reopened_on"),
    "inspections": ("visited_on",),
    "targets": ("set_on",),
    "reports": ("submitted_on",),
    "payments": ("paid_on",),
}
Headers = Sequence[dict[str, str]]


def check_together(
    records: Mapping[str, Records],
    official: Official,
    bodies: Bodies,
    codebook: Codebook,
    headers: Headers,
    faults: Sequence[list[Fault]],
) -> None:
    """Find rows that don't fit other tables; official figures are those of the folder."""
    found = {name: one for name, one in records.items() if one.files}
    _check_known(found, headers, faults)
    _check_futures(found, official, headers, faults)
    if "targets" in found:
        _check_indicators(found["targets"], codebook, headers, faults)
        _check_units(found["targets"], official, bodies, headers, faults)


def _check_known(found: Mapping[str, Records], headers: Headers, faults: Sequence[list[Fault]]) -> None:
    """Uses name a project, repayments a debt that is there, and fall due after it was borrowed."""
    with connect(*found.values()) as engine:
        if "uses" in found and "projects" in found:
            find_faults(engine, _joined(found, "uses", "projects", "project"), UNKNOWN_PROJECT, headers, faults)
        if "debts" in found and "projects" in found:
            find_faults(engine, _joined(found, "debts", "projects", "project"), UNLISTED_PROJECT, headers, faults)
        if "repayments" in found and "debts" in found:
            owing = _joined(found, "repayments", "debts", "debt", "due_on", "borrowed_on")
            find_faults(engine, owing, UNKNOWN_DEBT, headers, faults)


def _joined(found: Mapping[str, Records], many: str, one: str, key: str, own: str = "", other: str = "") -> str:
    """Every row of `many` with the row of `one` that it names (`found`), and a further column of each."""
    left = relation(found[many].files, (key, own) if own else (key,))
    right = relation(found[one].files, (key, other) if other else (key,))
    also = f", MIN({other}) AS {other}" if other else ""
    return (
        f"(SELECT m.*, o.found{f', o.{other}' if other else ''} FROM {left} m LEFT JOIN "
        f"(SELECT {key} AS found{also} FROM {right} GROUP BY 1) o ON m.{key} = o.found)"
    )


def _check_futures(
    found: Mapping[str, Records], official: Official, headers: Headers, faults: Sequence[list[Fault]]
) -> None:
    """Warn of days that lie long after the last period of official figures; without any, nothing can be told."""
    last = max((months(period) or (0, 0))[1] for period in official.periods) if official.periods else 0
    if not last:
        return
    end = f"DATE '{(last + 1) // 12:04d}-{(last + 1) % 12 + 1:02d}-01' + INTERVAL {SLACK_DAYS} DAY"
    with connect(*found.values()) as engine:
        for name, columns in PASSED.items():
            if name in found:
                rules = [_future(column, end) for column in columns]
                find_faults(engine, relation(found[name].files, columns), rules, headers, faults)


def _future(column: str, end: str) -> Rule:
    fix = Text("核对年份", "check the year")
    return warn(
        "in-the-future",
        column,
        f"{DAY.format(column)} >= {end}",
        "{} 晚于最后一期官方数据一年以上",
        "{} lies more than a year after the last official figures",
        fix,
    )


def _check_indicators(targets: Records, codebook: Codebook, headers: Headers, faults: Sequence[list[Fault]]) -> None:
    """Targets are of indicators that official figures may have; a scheme without any takes all."""
    names = list(codebook.indicators)
    if not names:
        return
    titles = [title for note in codebook.indicators.values() for title in (note.title_zh, note.title_en) if title]

    def say(text: str) -> Remark:
        found = Text(f"没有指标 {short(text)}", f"no indicator {short(text)}")
        return Remark("unknown-indicator", found, one_of(names), did_you_mean(text, [*names, *titles]))

    with connect(targets) as engine:
        engine.execute("CREATE TEMP TABLE known_indicators AS SELECT UNNEST(?::VARCHAR[]) AS word", [names])
        where = "indicator IS NOT NULL AND indicator NOT IN (SELECT word FROM known_indicators)"
        rule = Rule("unknown-indicator", "indicator", where, say)
        find_faults(engine, relation(targets.files, ("indicator",)), [rule], headers, faults)


def _check_units(
    targets: Records, official: Official, bodies: Bodies, headers: Headers, faults: Sequence[list[Fault]]
) -> None:
    """Warn of targets far from what most bodies' figures of the indicator are: percent and share, yuan and 10k yuan."""
    import pyarrow as pa

    if not len(official.value):
        return
    with connect(targets) as engine:
        names = {word: at for words in (bodies.names_en, bodies.names, bodies.ids) for at, word in enumerate(words)}
        names.pop("", None)
        engine.register("places", pa.table({"word": list(names), "place": pa.array(list(names.values()), pa.int32())}))
        figures = {"place": official.body, "indicator": official.indicator, "size": abs(official.value)}
        engine.register("figures", pa.table(figures))
        coded = {"word": list(official.indicators), "code": pa.array(range(len(official.indicators)), pa.int32())}
        engine.register("indicators", pa.table(coded))
        engine.execute(
            "CREATE TEMP TABLE sizes AS SELECT place, i.word AS indicator, MEDIAN(size) AS size FROM figures f "
            "JOIN indicators i ON f.indicator = i.code WHERE size > 0 GROUP BY ALL"
        )
        table = relation(targets.files, ("body", "indicator", "target"))
        engine.execute(
            f"CREATE TEMP TABLE compared AS SELECT t.*, p.place, ABS({NUMBER.format('target')}) / s.size AS ratio "
            f"FROM {table} t JOIN places p ON t.body = p.word JOIN sizes s USING (place, indicator) "
            f"WHERE {NUMBER.format('target')} <> 0"
        )
        beyond = f"(ratio > {BEYOND} OR ratio < 1.0 / {BEYOND})"
        engine.execute(
            f"CREATE TEMP TABLE strange AS SELECT indicator FROM compared GROUP BY 1 "
            f"HAVING 2 * COUNT(DISTINCT place) FILTER (WHERE {beyond}) > COUNT(DISTINCT place)"
        )
        where = f"{beyond} AND indicator IN (SELECT indicator FROM strange)"
        fix = Text("按官方数据的计量单位改写", "write it in the unit of the official figures")
        zh, en = "{} 与官方数据不像同一单位", "{} seems to be of another unit than the official figures"
        find_faults(engine, "compared", [warn("target-in-another-unit", "target", where, zh, en, fix)], headers, faults)


UNKNOWN_PROJECT = (
    Rule(
        "unknown-project",
        "project",
        "project IS NOT NULL AND found IS NULL",
        said("unknown-project", "项目表里没有 {}", "no project {} in the table of projects", NOTHING, Text("核对编号，或补上项目", "check the id, or add the project")),
    ),
)  # fmt: skip
UNLISTED_PROJECT = (
    warn("unknown-project", "project", "project IS NOT NULL AND found IS NULL", "项目表里没有 {}", "no project {} in the table of projects", Text("核对编号；表外的项目不计入项目的债务", "check the id; debt of other projects counts for none")),
)  # fmt: skip
UNKNOWN_DEBT = (
    Rule(
        "unknown-debt",
        "debt",
        "debt IS NOT NULL AND found IS NULL",
        said("unknown-debt", "债务表里没有 {}", "no debt {} in the table of debts", NOTHING, Text("核对编号，或补上债务", "check the id, or add the debt")),
    ),
    not_before("due_on", "borrowed_on", "举借日期", "the day it was borrowed"),
)  # fmt: skip
