"""`minping check DIR`: every problem of the evidence at once, and an annotated copy of the workbooks."""

from __future__ import annotations

from pathlib import Path

import click

from minping.cli.bilingual import Command, Option, lang_of
from minping.cli.folder import find_folder, read_folder
from minping.cli.meter import Meter
from minping.cli.outcome import BAD_INPUT, console, report_problems, show_problems
from minping.errors import EvidenceError, Problem
from minping.words import Text

ABOUT = Text(
    "检查 DIR 的证据：所有问题一次列出（文件、行、列、发现、允许、如何处理）。",
    "Check the evidence of DIR: all problems at once (file, row, column, found, allowed, what to do).",
)


@click.command("check", cls=Command, words=ABOUT)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path), default=".")
@click.option(
    "--annotate",
    cls=Option,
    type=click.Path(path_type=Path),
    words=Text("把标注了问题的工作簿副本写到此文件夹", "write annotated copies of the workbooks into this folder"),
)
@click.option(
    "--json", "as_json", cls=Option, is_flag=True, words=Text("以 JSON 打印问题", "print the problems as JSON")
)
@click.pass_context
def command(context: click.Context, folder: Path, annotate: Path | None, as_json: bool) -> None:
    """Check evidence."""
    lang, failed = lang_of(context), False
    problems: tuple[Problem, ...]
    with Meter(lang) as meter:
        try:
            read = read_folder(folder, meter)
            problems = read.evidence.problems
        except EvidenceError as error:
            problems, failed = error.problems, True
    if annotate is not None and problems:
        from minping.evidence import annotate as write_annotated

        for path in write_annotated(find_folder(folder), problems, annotate):
            console(stderr=True).print(Text(f"已标注 {path}", f"annotated: {path}").say(lang))
    if as_json:
        _print_json(problems)
    elif failed:
        report_problems(problems, lang)
    else:
        show_problems(problems, lang)
        official, bodies = read.evidence.official, read.evidence.bodies
        rows, count = len(official.value), len(bodies.ids)
        periods = ", ".join(official.periods)
        done = Text(
            f"没有错误：{count} 个单位，{rows} 行官方数据，考核期 {periods}",
            f"no errors: {count} bodies, {rows} official rows, periods {periods}",
        )
        console().print(done.say(lang), style="green")
    if failed:
        context.exit(BAD_INPUT)


def _print_json(problems: tuple[Problem, ...]) -> None:
    import json

    rows = [
        {
            "severity": problem.severity,
            "code": problem.code,
            "file": problem.place.file,
            "sheet": problem.place.sheet,
            "row": problem.place.row,
            "column": problem.place.column,
            "found": problem.found._asdict(),
            "allowed": problem.allowed._asdict(),
            "fix": problem.fix._asdict(),
        }
        for problem in problems
    ]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
