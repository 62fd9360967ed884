"""Bad input of the audit from end to end: said where, what and what to do, or not applicable because …; never a traceback."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run

pytestmark = pytest.mark.slow  # counties are simulated, audited or run

SCHEME = """id: tiny
version: "2026.1"
title: {zh: 小方案, en: Tiny}
authority: {issuer: 某县, document: 示例, approved_on: 2026-01-10}
subjects: {kind: unit}
peers: {method: all}
audit:
  series:
    output: {kind: money, reporter: self, decimals: 0}
    primary: {kind: money, reporter: self, decimals: 0, part_of: [output]}
    tax: {kind: money, reporter: third_party, decimals: 0}
    payroll: {kind: money, reporter: statistics, decimals: 0}
    rate: {kind: share, reporter: self, decimals: 1}
  sums:
    - {whole: output, parts: [primary, tax]}
  levels: [output]
  debt: {capacity: [tax], spending: [payroll]}
indicators:
  - id: output
    title: {zh: 产出, en: Output}
    direction: higher
    weight: 100
    tags: [output]
    from: {official: output}
    normalise: {method: minmax}
    source: {reporter: self}
"""
BODIES = [f"b{at:02d}" for at in range(6)]
YEARS = ("2023", "2024", "2025")


def official() -> list[str]:
    rows = ["body,period,indicator,value,n,sd,released_on"]
    for at, body in enumerate(BODIES):
        for year in YEARS:
            size = 1000 + 137 * at + 13 * int(year[-1])
            told = {"output": 3 * size, "primary": size, "tax": 2 * size, "payroll": size + 7 * at}
            rows += [f"{body},{year},{name},{value},,,{int(year) + 1}-02-01" for name, value in told.items()]
            rows.append(f"{body},{year},rate,{90 + at}.3,{30 + at},{48.1 + at},{int(year) + 1}-02-01")
    return rows


TABLES: dict[str, list[str]] = {
    "bodies": ["body,name,name_en,population", *(f"{body},单位{body},Body {body},9000" for body in BODIES)],
    "official": official(),
    "targets": ["body,period,indicator,target,qualifier,set_on", *(f"{body},{year},output,{3100 + 411 * at},at_least,{year}-01-05" for at, body in enumerate(BODIES) for year in YEARS)],
    "projects": ["project,body,approved_on,budget_cny,cost_cny,started_on,completed_on,opened_on,design_capacity,used_capacity", *(f"p{body}{at},{body},2022-01-01,1000000,{900000 + 1000 * at},2022-05-01,2023-05-01,2023-06-01,100,{20 + 9 * at}" for body in BODIES for at in range(3))],
    "uses": ["project,observed_on,used_capacity", *(f"p{body}0,2025-05-01,20" for body in BODIES)],
    "debts": ["debt,body,borrowed_on,amount_cny", *(f"d{body},{body},2024-01-01,5000" for body in BODIES)],
    "repayments": ["debt,due_on,principal_cny", *(f"d{body},2026-01-01,5000" for body in BODIES)],
    "tasks": ["task,body,decided_on,due_on,submitted_on,verified_on,verifier,verified_how,state,closed_on,outcome_value,outcome_target", *(f"t{body}{at},{body},2025-02-01,2025-05-01,2025-04-{20 + at},2025-04-28,督查室,on_site,closed,2025-04-29,{at},5" for body in BODIES for at in range(5))],
    "inspections": ["inspection,body,visited_on,claim,reported_value,found_value,indicator,inspected_by", *(f"i{body},{body},2025-06-01,产出,3000,2990,output,upper" for body in BODIES)],
    "payments": ["payment,body,paid_on,amount_cny", *(f"y{body}{at},{body},2025-03-{1 + at},{17.5 * 1.7 ** at:.2f}" for body in BODIES for at in range(25))],
    "reports": ["report,body,submitted_on,text", *(f"r{body},{body},2025-07-01,{body}今年修了路" for body in BODIES)],
}  # fmt: skip
Tables = dict[str, list[str]]
Change = Callable[[Tables], object]


def column(table: str, name: str, value: Callable[[int, str], str] | str, where: str = "") -> Change:
    """Put a value into a column of every row that holds `where`."""

    def change(tables: Tables) -> None:
        head, *rows = tables[table]
        at = head.split(",").index(name)
        for number, row in enumerate(rows):
            if where in row:
                cells = row.split(",")
                cells[at] = value(number, cells[at]) if callable(value) else value
                rows[number] = ",".join(cells)
        tables[table] = [head, *rows]

    return change


def replaced(table: str, rows: list[str]) -> Change:
    return lambda tables: tables.update({table: rows})


def only(*kept: str) -> Change:
    def change(tables: Tables) -> None:
        for name in [name for name in tables if name not in kept]:
            del tables[name]

    return change


def headers(tables: Tables) -> None:
    for name in set(tables) - {"bodies", "official"}:
        tables[name] = tables[name][:1]


def by_name(tables: Tables) -> None:
    for name in set(tables) - {"bodies", "uses", "repayments"}:
        at = tables[name][0].split(",").index("body")
        cells = [row.split(",") for row in tables[name][1:]]
        rows = [",".join([*row[:at], f"单位{row[at]}", *row[at + 1 :]]) for row in cells]
        tables[name] = [tables[name][0], *rows]


def one_body(tables: Tables) -> None:
    for name, rows in tables.items():
        tables[name] = [rows[0], *(row for row in rows[1:] if BODIES[0] in row)]


def no_vintages(tables: Tables) -> None:
    tables["official"] = [row.rpartition(",")[0] for row in tables["official"]]


def identical(tables: Tables) -> None:
    for name in ("output", "primary", "tax", "payroll"):
        column("official", "value", "4321", f",{name},")(tables)


def made(folder: Path, change: Change = lambda tables: None, scheme: str = SCHEME) -> Path:
    tables = {name: list(rows) for name, rows in TABLES.items()}
    change(tables)
    (folder / "evidence").mkdir(parents=True)
    (folder / "scheme.yaml").write_text(scheme, encoding="utf-8")
    for name, rows in tables.items():
        (folder / "evidence" / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def strictly(text: str) -> Any:
    """JSON as the standard has it: no NaN, no Infinity."""

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    return json.loads(text, parse_constant=refuse)


def looked(minping: Run, folder: Path, *more: object) -> dict[str, Any]:
    """What the audit says as JSON; every test stands among those made or has its reason in both languages."""
    from minping.audit.suspicions import SUSPICIONS

    ended = minping("audit", folder, "--json", *more)
    assert ended.code == 0, ended.err
    told: dict[str, Any] = strictly(ended.out)
    skipped = {one["suspicion"] for one in told["skipped"]}
    assert skipped | set(told["compared"]) == set(SUSPICIONS) and not skipped & set(told["compared"])
    assert all(one["because"]["zh"] and one["because"]["en"] for one in told["skipped"])
    return told


BORNE: dict[str, Change] = {
    "nothing wrong": lambda tables: None,
    "budgets and costs of 0": lambda tables: [column("projects", name, "0")(tables) for name in ("budget_cny", "cost_cny")],
    "projects without cost": column("projects", "cost_cny", ""),
    "capacity of 0 without use": lambda tables: [column("projects", name, "0")(tables) for name in ("design_capacity", "used_capacity")] + [replaced("uses", TABLES["uses"][:1])(tables)],
    "fiscal capacity of 0": column("official", "value", "0", ",tax,"),
    "negative fiscal capacity": column("official", "value", "-7", ",tax,"),
    "level without a logarithm": column("official", "value", lambda at, _: str(-(at % 3)), ",output,"),
    "targets of 0": column("targets", "target", "0"),
    "targets in another unit": column("targets", "target", lambda _, cell: f"{float(cell) / 10000:g}"),
    "decided in the future": column("tasks", "decided_on", "2099-01-01"),
    "works of the future": lambda tables: [column("projects", name, "2099-01-01")(tables) for name in ("approved_on", "started_on", "opened_on")],
    "all alike": identical,
    "one body": one_body,
    "no vintages": no_vintages,
    "headers alone": headers,
    "rows of other years alone": lambda tables: tables.update({name: [row for row in rows if "2025" not in row] for name, rows in tables.items()}),
    "bodies by name": by_name,
    "largest figures": column("official", "value", lambda at, _: f"{at + 1}e57"),
    "largest payments": column("payments", "amount_cny", lambda at, _: f"{at + 1}e50"),
    "computed payments": column("payments", "amount_cny", lambda at, _: repr((at + 1) / 3)),
    "deviations of nobody": column("official", "sd", "0.01", ",rate,"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", BORNE)
def test_what_can_be_borne_is_looked_at_or_said_to_be_not_applicable(name: str, minping: Run, tmp_path: Path) -> None:
    told = looked(minping, made(tmp_path / "it", BORNE[name]), "--period", "2025")
    if name in ("one body", "headers alone"):
        assert len(told["skipped"]) > len(told["compared"])


REFUSED: dict[str, tuple[Change, list[str]]] = {
    "negative capacity": (column("projects", "design_capacity", "-5"), ["projects.csv:2 design_capacity", "a number from 0 on", "put it right"]),
    "use of no capacity": (column("projects", "design_capacity", "0"), ["a capacity of 0", "check the design capacity"]),
    "nothing to divide by": (replaced("official", ["body,period,indicator,value,numerator,denominator", "b00,2025,rate,50,1,0"]), ["official.csv:2 denominator", "the denominator is 0"]),
    "no number": (column("official", "value", "NaN", "b03,2025,output"), ["is not a finite number", "leave the row out"]),
    "infinite": (column("official", "value", "inf", "b03,2025,output"), ["is not a finite number"]),
    "too large": (column("official", "value", "1e308", "b03,2025,output"), ["is too large", "check the figure"]),
    "too large in full width": (column("official", "value", "１e308", "b03,2025,output"), ["is too large"]),
    "too large a payment": (column("payments", "amount_cny", "1e308"), ["payments.csv:2 amount_cny", "1e308"]),
    "parents in a circle": (replaced("bodies", ["body,name,parent", *(f"b{at:02d},甲{at},b{(at + 1) % 6:02d}" for at in range(6))]), ["the parents form a circle", "put the parent right"]),
    "a month that is none": (replaced("findings", ["finding,state,decided_by,decided_on,document,reason", "2025-13:sums:b00:output,confirmed,市局,2026-02-04,核3号,属实"]), ["is no id of a finding", "copy it from what minping audit lists"]),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_not_be_is_refused_with_its_place_and_what_to_do(name: str, minping: Run, tmp_path: Path) -> None:
    change, words = REFUSED[name]
    ended = minping("audit", made(tmp_path / "it", change), "--period", "2025")
    assert ended.code == 2 and "bug of ours" not in ended.err
    assert not [word for word in words if word not in ended.err], ended.err[:2000]


CIRCLES = {
    "sum": ("  sums:\n", "  sums:\n    - {whole: primary, parts: [output]}\n"),
    "itself": ("  sums:\n", "  sums:\n    - {whole: output, parts: [output]}\n"),
    "component": ("part_of: [output]", "part_of: [primary]"),
}


@pytest.mark.parametrize("name", CIRCLES)
def test_declarations_in_a_circle_are_refused_by_their_line(name: str, minping: Run, tmp_path: Path) -> None:
    ended = minping("audit", made(tmp_path / "it", scheme=SCHEME.replace(*CIRCLES[name], 1)))
    assert ended.code == 2 and "parts and wholes go in a circle" in ended.err and "scheme.yaml:" in ended.err


def test_series_that_never_occur_leave_tests_not_applicable(minping: Run, tmp_path: Path) -> None:
    scheme = SCHEME.replace("levels: [output]", "levels: [nowhere]").replace("capacity: [tax]", "capacity: [none]")
    scheme = scheme.replace("{whole: output, parts: [primary, tax]}", "{whole: nix, parts: [nought, nil]}")
    told = looked(minping, made(tmp_path / "it", scheme=scheme), "--period", "2025")
    assert {"sums"} <= {one["suspicion"] for one in told["skipped"]}


@pytest.mark.slow
@pytest.mark.parametrize("period", ["2025Q2", "2025-05", "2025H1", "2024-2025", "1999", "9999"])
def test_any_period_can_be_looked_at(period: str, minping: Run, tmp_path: Path) -> None:
    assert looked(minping, made(tmp_path / "it"), "--period", period)["period"] == period


@pytest.mark.parametrize("period", ["0000", "2025-13", "2025Q5", "soon"])
def test_a_period_that_is_none_is_refused(period: str, minping: Run, tmp_path: Path) -> None:
    ended = minping("audit", made(tmp_path / "it"), "--period", period)
    assert ended.code == 2 and f"no period {period}" in ended.err and "2025Q2" in ended.err


def test_a_folder_of_works_alone_has_its_year_and_one_without_any_says_so(minping: Run, tmp_path: Path) -> None:
    head, rest = SCHEME.partition("audit:\n")[0], SCHEME.partition("indicators:\n")[2]
    scheme = f"{head}indicators:\n{rest}".replace("{official: output}", "{tasks: verified_on_time, least: 1}")
    assert looked(minping, made(tmp_path / "works", only("bodies", "tasks"), scheme))["period"] == "2025"
    empty = made(tmp_path / "empty", only("bodies", "tasks"), scheme)
    (empty / "evidence" / "tasks.csv").write_text(TABLES["tasks"][0] + "\n", encoding="utf-8")
    ended = minping("audit", empty)
    assert ended.code == 2 and "no year" in ended.err and "--period" in ended.err


DECIDED = "finding,state,decided_by,decided_on,document,reason\n"


def decide(folder: Path, *lines: str) -> None:
    (folder / "evidence" / "findings.csv").write_text(DECIDED + "\n".join(lines) + "\n", encoding="utf-8")


def test_a_finding_that_was_decided_twice_shows_both_steps_and_one_that_is_none_is_not_lost(
    minping: Run, tmp_path: Path
) -> None:
    folder = made(tmp_path / "it", column("official", "value", "9", "b03,2025,tax"))
    (one,) = [one for one in looked(minping, folder, "--period", "2025")["findings"] if one["suspicion"] == "sums"]
    assert one["id"] == "2025:sums:b03:output"
    decide(
        folder,
        f"{one['id']},replied,单位,2026-01-10,,笔误",
        f"{one['id']},confirmed,市局,2026-02-04,核3号,属实",
        f"{one['id']},dismissed,市局,2026-02-04,核4号,更正",
        "2025:sums:b01:output,replied,单位,2026-01-10,,无误",
    )
    ended = minping("audit", folder, "--period", "2025", "--json")
    (again,) = [one for one in strictly(ended.out)["findings"] if one["suspicion"] == "sums"]
    assert [step["state"] for step in again["steps"]] == ["replied", "confirmed", "dismissed"]
    assert again["state"] == "dismissed"
    assert "findings.csv:5 finding" in ended.err and "the audit makes no such finding" in ended.err


def test_a_body_whose_id_has_colons_keeps_its_findings(minping: Run, tmp_path: Path) -> None:
    def colons(tables: Tables) -> None:
        column("official", "value", "9", "b03,2025,tax")(tables)
        for name, rows in tables.items():
            tables[name] = [row.replace("b03,", "b:03:x,") for row in rows]

    folder = made(tmp_path / "it", colons)
    decide(folder, "2025:sums:b:03:x:output,replied,单位,2026-01-10,,笔误")
    (one,) = [one for one in looked(minping, folder, "--period", "2025")["findings"] if one["suspicion"] == "sums"]
    assert (one["body"], one["state"]) == ("b:03:x", "replied")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_opens_where_figures_are_not_known(lang: str, minping: Run, tmp_path: Path) -> None:
    folder = made(tmp_path / "it", BORNE["deviations of nobody"])
    told = looked(minping, folder, "--period", "2025", "--xlsx", tmp_path / "a.xlsx")
    assert [one for one in told["findings"] if one["suspicion"] == "deviations" and one["expected"] is None]
    assert minping("--lang", lang, "audit", folder, "--period", "2025", "--xlsx", tmp_path / "b.xlsx").code == 0
    assert load_workbook(tmp_path / "b.xlsx").sheetnames


@pytest.mark.slow
def test_a_narrow_terminal_gets_every_finding_and_reason(
    minping: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rich.console import Console

    monkeypatch.setattr("minping.cli.audit.console", lambda stderr=False: Console(width=36, highlight=False))
    folder = made(tmp_path / "it", column("official", "value", "9", "b03,2025,tax"))
    for lang, words in (("zh", "不适用，因为"), ("en", "not applicable, because")):
        said = minping("--lang", lang, "audit", folder, "--period", "2025").out
        assert words in " ".join(said.split()) and "2025:sums:b03:output" in "".join(said.split())


def test_an_interruption_leaves_no_half_made_workbook(
    minping: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("minping.pipeline.audit_with_scores", interrupt)
    ended = minping("audit", made(tmp_path / "it"), "--xlsx", tmp_path / "a.xlsx")
    assert ended.code == 130 and not (tmp_path / "a.xlsx").exists()


LONG = 10_000_000


@pytest.mark.slow
def test_two_reports_of_ten_million_characters_take_under_a_minute_and_two_gigabytes(tmp_path: Path) -> None:
    draw = np.random.default_rng(5)

    def text(size: int) -> str:
        return (0x4E00 + draw.integers(0, 3000, size)).astype("<u4").tobytes().decode("utf-32-le")

    one = text(LONG)
    other = one[: 4 * LONG // 10] + text(1000) + one[4 * LONG // 10 : 95 * LONG // 100] + text(LONG // 20)
    rows = ["report,body,submitted_on,text", f"r1,b00,2025-03-01,{one}", f"r2,b01,2025-04-01,{other}"]
    folder = made(tmp_path / "it", replaced("reports", rows))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = [sys.executable, "-m", "minping", "--lang", "en", "audit", str(folder), "--period", "2025", "--json"]
    ended = subprocess.run(run, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert ended.returncode == 0, ended.stderr
    (found,) = [one for one in strictly(ended.stdout)["findings"] if one["suspicion"] == "reused_reports"]
    assert found["about"] == "r2" and "95 %" in found["said"]["en"] and len(found["said"]["en"]) < 400
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent < 60 and after.ru_maxrss < 2_100_000
