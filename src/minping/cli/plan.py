"""`minping plan [DIR]`: how many interviews each body needs, for a margin or for a difference to be told."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minping.cli.bilingual import Command, Option, lang_of
from minping.cli.outcome import console
from minping.words import Lang, Text

if TYPE_CHECKING:
    from minping.indicators.sample_plan import PowerTable, SamplePlan, Wish
    from minping.model.arrays import Floats

    _Kind = click.ParamType[Any]
else:
    _Kind = click.ParamType  # generic in type hints only

ABOUT = Text(
    "算每个单位要访问多少人：给出误差（--margin 2）或要分清的差距（--difference 5）。单位和人口取自 DIR/evidence/bodies，"
    "或用 --bodies 给出个数。",
    "How many to interview in each body: for a margin (--margin 2) or to tell a difference (--difference 5), in points of "
    "100. Bodies and their population come from DIR/evidence/bodies, or give their number by --bodies.",
)
SIZES, DIFFERENCES = (50.0, 100.0, 200.0, 400.0, 800.0, 1600.0), (1.0, 2.0, 3.0, 5.0, 10.0)


class Share(_Kind):
    """A share, written 0.85 or 85%."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The share as a number from 0 to 1."""
        if isinstance(value, float):
            return value
        text = str(value).strip()
        try:
            number = float(text.rstrip("%％")) / (100 if text[-1:] in "%％" else 1)
        except ValueError:
            number = math.nan
        if not 0 <= number <= 1:
            self.fail(
                Text(f"{value} 不是比例，如 0.85 或 85%", f"{value} is no share like 0.85 or 85%").say(lang_of(ctx))
            )
        return number


class Numbers(_Kind):
    """Numbers above nought with commas between."""

    name = "numbers"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, ...]:
        """The numbers, in order, each once."""
        if isinstance(value, tuple):
            return value
        try:
            found = tuple(sorted({float(part) for part in str(value).split(",")}))
        except ValueError:
            found = (0.0,)
        if not all(0 < number < 1e9 for number in found):
            self.fail(Text(f"{value} 不是数字，如 50,100,200", f"{value} is no list like 50,100,200").say(lang_of(ctx)))
        return found


class Comparisons(_Kind):
    """A number, or `bodies`, or `pairs`."""

    name = "comparisons"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | str:
        """The number of statements, or what they are of."""
        if value in ("bodies", "pairs") or isinstance(value, int):
            return value  # type: ignore[no-any-return]
        if not str(value).isdigit() or int(value) < 1:
            self.fail(
                Text(f"{value} 不是 1、bodies 或 pairs", f"{value} is no number, bodies or pairs").say(lang_of(ctx))
            )
        return int(value)


_OPTIONS: tuple[tuple[str, Any, Text], ...] = (
    ("--margin", float, Text("正负多少分（百分点）", "± so many points (of 100, or per cent)")),
    ("--difference", float, Text("要分清的差距，分（百分点）", "the difference to tell, in points")),
    ("--share", Share(), Text("预期的比例，如 85%（默认 50%，最保守）", "expected share, like 85% (default: 50%, the most cautious)")),
    ("--sd", float, Text("测的是平均分时：单个回答的标准差，分", "where a mean is measured: standard deviation of answers, points")),
    ("--confidence", Share(), Text("把握，如 95%", "confidence, like 95%")),
    ("--power", Share(), Text("分清差距的把握，如 80%", "chance to tell the difference, like 80%")),
    ("--deff", float, Text("设计效应（群除外）", "design effect, but for clusters")),
    ("--icc", Share(), Text("群内相关，如 0.05", "correlation within clusters, like 0.05")),
    ("--cluster", float, Text("每个群访问多少人", "interviews in each cluster")),
    ("--response", Share(), Text("应答率，如 8%", "response rate, like 8%")),
    ("--comparisons", Comparisons(), Text("同时成立的结论数：1、bodies（每单位一个）、pairs（两两比较）", "statements that must hold together: 1, bodies (one each), pairs")),
    ("--between", float, Text("各单位真值的标准差，分：算末位十分之一有几成是真的", "standard deviation of the bodies' true values, points: how much of the bottom tenth is true")),
    ("--price", float, Text("每个访问的单价", "price of one interview")),
    ("--bodies", click.IntRange(1, 100_000), Text("单位数（没有 DIR 时）", "number of bodies (without DIR)")),
    ("--people", click.FloatRange(1), Text("每个单位的人数（没有 DIR 时）", "people in each body (without DIR)")),
    ("--population", str, Text("bodies 中人数一列（默认 population）", "the column of bodies that holds people (default: population)")),
    ("--sizes", Numbers(), Text("把握表的各行：样本量", "rows of the power table: interviews")),
    ("--differences", Numbers(), Text("把握表的各列：差距", "columns of the power table: differences")),
)  # fmt: skip


def _with_options(function: Any) -> Any:
    for name, kind, words in reversed(_OPTIONS):
        function = click.option(name, cls=Option, type=kind, default=None, words=words)(function)
    return function


@click.command("plan", cls=Command, words=ABOUT)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@_with_options
@click.option("--csv", "as_csv", cls=Option, is_flag=True, words=Text("以 CSV 打印各单位", "print the bodies as CSV"))
@click.option("--json", "as_json", cls=Option, is_flag=True, words=Text("以 JSON 打印", "print as JSON"))
@click.pass_context
def command(context: click.Context, /, folder: Path | None, as_csv: bool, as_json: bool, **given: Any) -> None:
    """Plan interviews."""
    from minping.indicators.sample_plan import plan_interviews, power_table

    lang = lang_of(context)
    ids, names, population = _bodies(folder, given, lang)
    wish = _wish(given)
    plan = plan_interviews(wish, ids, population)
    table = power_table(wish, len(ids), given["sizes"] or SIZES, given["differences"] or DIFFERENCES)
    if as_json:
        import json

        click.echo(json.dumps(_as_json(plan, table, names), ensure_ascii=False, indent=2))
    elif as_csv:
        click.echo("\n".join(_csv_lines(plan, names)))
    else:
        _show(plan, table, names, lang)


def _bodies(folder: Path | None, given: dict[str, Any], lang: Lang) -> tuple[list[str], list[str], Floats]:
    """Ids, names and people of the bodies.

    Raises:
        EvidenceError: there are none, or they have no such column.
    """
    import numpy as np

    from minping.errors import EvidenceError, Place, Problem, did_you_mean, one_of

    if given["bodies"] is not None or folder is None:
        if folder is not None or given["bodies"] is None:
            found = Text("须给出 DIR 或 --bodies 之一", "give DIR or --bodies, one of them")
            raise EvidenceError(Problem("bad-plan", Place(), found, Text("", ""), Text("minping plan --bodies 12 --margin 2", "minping plan --bodies 12 --margin 2")))  # fmt: skip
        ids = [str(at + 1) for at in range(given["bodies"])]
        return ids, ids, np.full(len(ids), given["people"] or math.nan)
    from minping.cli.folder import find_folder
    from minping.evidence.roster import read_roster

    bodies = read_roster(find_folder(folder))
    column = given["population"] or "population"
    people = bodies.covariates.get(column)
    if people is None and given["population"]:
        found = Text(f"bodies 没有数字列 {column}", f"bodies has no column of numbers {column}")
        columns = list(bodies.covariates)
        raise EvidenceError(Problem("unknown-column", Place("bodies"), found, one_of(columns), did_you_mean(column, columns)))  # fmt: skip
    names = bodies.names if lang == "zh" else tuple(map(_either, bodies.names_en, bodies.names))
    return list(bodies.ids), list(names), np.full(len(bodies.ids), np.nan) if people is None else people


def _either(one: str, other: str) -> str:
    return one or other


def _wish(given: dict[str, Any]) -> Wish:
    from minping.indicators.sample_plan import Wish

    names = {"confidence": "level", "cluster": "cluster_size"}
    ours = (
        "margin",
        "difference",
        "sd",
        "power",
        "deff",
        "icc",
        "response",
        "comparisons",
        "between",
        "price",
        "share",
        *names,
    )
    known = {names.get(name, name): given[name] for name in ours if given[name] is not None}
    if "sd" in known:
        known.setdefault("share", None)
    return Wish(**known)


def _rows(plan: SamplePlan, names: list[str]) -> Iterator[tuple[str, str, float, float, float, float, float]]:
    columns = (plan.population, plan.interviews, plan.invitations, plan.clusters, plan.margin)
    yield from zip(plan.bodies, names, *(column.tolist() for column in columns), strict=True)


def _show(plan: SamplePlan, table: PowerTable, names: list[str], lang: Lang) -> None:
    from minping.cli.plan_words import show

    show(console(), plan, table, list(_rows(plan, names)), lang)


def _csv_lines(plan: SamplePlan, names: list[str]) -> Iterator[str]:
    import csv
    import io

    for line in (
        ["body", "name", "population", "interviews", "invitations", "clusters", "margin"],
        *_rows(plan, names),
    ):
        out = io.StringIO()
        cells = [("" if math.isinf(cell) else f"{cell:.10g}") if isinstance(cell, float) else cell for cell in line]
        csv.writer(out, lineterminator="").writerow(cells)
        yield out.getvalue()


def _as_json(plan: SamplePlan, table: PowerTable, names: list[str]) -> dict[str, Any]:
    from dataclasses import asdict

    keys = ("body", "name", "population", "interviews", "invitations", "clusters", "margin")
    return {
        "wish": asdict(plan.wish),
        "level_of_each": plan.level,
        "design_effect": plan.wish.effect,
        "total": {
            "interviews": plan.interviews.sum(),
            "invitations": plan.invitations.sum(),
            "clusters": plan.clusters.sum(),
            "cost": plan.cost,
            "margin": _or_none(plan.whole_margin),
        },
        "bodies": [
            {key: _or_none(cell) for key, cell in zip(keys, row, strict=True)} | {"too_few": bool(few)}
            for row, few in zip(_rows(plan, names), plan.too_few.tolist(), strict=True)
        ],
        "power": [
            {
                "interviews": size,
                "margin": margin,
                "power": dict(zip(map("{:g}".format, table.differences.tolist()), powers, strict=True)),
                "reliability": _or_none(reliability),
                "bottom_tenth": _or_none(tail),
            }
            for size, margin, powers, reliability, tail in zip(
                *(
                    column.tolist()
                    for column in (table.sizes, table.margin, table.power, table.reliability, table.tail)
                ),
                strict=True,
            )
        ],
    }


def _or_none(cell: Any) -> Any:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell
