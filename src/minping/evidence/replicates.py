"""Replicate weights as columns of `surveys`: as many as the scheme says, and every one of them a weight."""

from __future__ import annotations

from collections.abc import Sequence

from minping.evidence.event_rules import NUMBER, said
from minping.evidence.faults import NOTHING, Fault, Remark, fault
from minping.evidence.records import Rule, connect, find_faults, relation
from minping.model.evidence import RecordFile, Records
from minping.model.surveys import SurveyPlan
from minping.words import Text


def check_replicates(
    records: Records, plan: SurveyPlan, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find replicate weights of the wrong number, and rows of them that are none."""
    names = plan.replicates
    if not names:
        return
    wrong = [file for file in records.files if _is_wrong(file, plan)]
    for file in wrong:
        faults[file.file].append(_wrong_number(file, plan))
    if wrong:
        return
    table = relation(records.files, ("respondent", *names))
    with connect(records) as engine:
        rules = [*(_weight(name, plan.positive) for name in names), _one_row_each(table, names)]
        find_faults(engine, table, rules, headers, faults)
        weights = [NUMBER.format(_quoted(name)) for name in names]
        counted = ", ".join(f"COUNT(*) FILTER (WHERE {weight} > 0 AND ISFINITE({weight}))" for weight in weights)
        found = engine.execute(f"SELECT {counted} FROM {table}").fetchone() or ()
    for name, count in zip(names, found, strict=True):
        if not count:
            faults[records.files[0].file].append(_nothing(name))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _is_wrong(file: RecordFile, plan: SurveyPlan) -> bool:
    return any(name not in file.columns for name in plan.replicates) or plan.beyond in file.columns


def _wrong_number(file: RecordFile, plan: SurveyPlan) -> Fault:
    wanted, absent = len(plan.replicates), [name for name in plan.replicates if name not in file.columns]
    more = plan.beyond in file.columns
    found = Text(
        f"应有 {wanted} 列重复权重（{plan.replicates[0]} 起），" + (f"还多出 {plan.beyond}" if more else f"缺 {len(absent)} 列，如 {absent[0]}"),
        f"there must be {wanted} columns of replicate weights from {plan.replicates[0]}; "
        + (f"{plan.beyond} is there too" if more else f"{len(absent)} are missing, e.g. {absent[0]}"),
    )  # fmt: skip
    fix = Text("补齐，或改 surveys.replicates.count", "supply them, or change surveys.replicates.count")
    return fault(Remark("replicates-differ", found, NOTHING, fix), plan.beyond if more else absent[0], 1)


def _weight(name: str, positive: bool) -> Rule:
    number = NUMBER.format(_quoted(name))
    least = f"{number} > 0" if positive else f"{number} >= 0"
    words = said(
        "impossible-replicate", f"{name} 的权重 {{}} 不可能", f"the weight {{}} of {name} can't be",
        Text("大于 0 的数", "a number above 0") if positive else Text("0 或更大的数", "a number from 0"),
        Text("核对；留出的单元写 0", "check it; a unit that is left out has 0"),
    )  # fmt: skip
    return Rule("impossible-replicate", name, f"NOT COALESCE({least} AND ISFINITE({number}), FALSE)", words)


def _one_row_each(table: str, names: Sequence[str]) -> Rule:
    words = said(
        "respondent-differs", "同一受访者的重复权重不一致", "one respondent has several replicate weights",
        Text("每个受访者一组", "one set for each respondent"), Text("改为一致", "make them agree"),
    )  # fmt: skip
    joined = ", ".join(_quoted(name) for name in names)
    several = f"SELECT respondent FROM {table} GROUP BY ALL HAVING COUNT(DISTINCT CONCAT_WS('|', {joined})) > 1"
    return Rule("respondent-differs", names[0], f"respondent IN ({several})", words)


def _nothing(name: str) -> Fault:
    found = Text(f"{name} 全为 0", f"{name} is nought everywhere")
    fix = Text("核对；每组重复权重都须有大于 0 的", "check it; some weight of every replicate is above 0")
    return fault(Remark("replicate-of-nothing", found, NOTHING, fix), name, 1)
