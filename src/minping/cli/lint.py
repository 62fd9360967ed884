"""`minping lint`: a scheme against the rules, and its tests."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minping.cli.bilingual import Command, Option, lang_of
from minping.cli.outcome import FINDINGS, console
from minping.errors import EvidenceError
from minping.words import Lang, Text

if TYPE_CHECKING:
    from minping.scheme.lint import LintReport

ABOUT = Text(
    "检查方案：规则 L1–L18，每条发现给出位置、依据与改法。PATH 是文件夹、scheme.yaml 或随附方案名。"
    "文件夹里有证据时，也检查需要数据的规则。",
    "Check a scheme against the rules L1–L18: each finding with its place, source and fix. PATH is a folder, a "
    "scheme.yaml or the name of a shipped scheme. Where the folder holds evidence, rules that need data run too.",
)


@click.command("lint", cls=Command, words=ABOUT)
@click.argument("path", metavar="[PATH]", default=".")
@click.option("--tests", cls=Option, is_flag=True, words=Text("同时运行 tests/*.yaml", "run tests/*.yaml too"))
@click.option("--json", "as_json", cls=Option, is_flag=True, words=Text("以 JSON 打印", "print as JSON"))
@click.pass_context
def command(context: click.Context, path: str, tests: bool, as_json: bool) -> None:
    """Lint a scheme."""
    lang = lang_of(context)
    place = _place(path)
    report = lint_at(place, lang)
    mismatches: list[Text] = []
    ran = 0
    if tests:
        from minping.cli.cases import run_cases

        ran, mismatches = run_cases(place)
    if as_json:
        import json

        told = report.as_json()
        if tests:
            told["tests"] = {"run": ran, "mismatches": [mismatch._asdict() for mismatch in mismatches]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        show_report(report, lang)
        out = console()
        for mismatch in mismatches:
            out.print(f"✗ {mismatch.say(lang)}", style="red")
        if tests:
            words = Text(
                f"方案测试：{ran} 个，不符 {len(mismatches)} 处", f"scheme tests: {ran}, {len(mismatches)} mismatches"
            )
            out.print(words.say(lang), style="red" if mismatches else "green")
    if mismatches or report.errors:
        context.exit(FINDINGS)


def _place(path: str) -> Path:
    """A path, or the folder of a shipped scheme of that name."""
    if Path(path).exists():
        return Path(path)
    from minping.cli.new import shipped_scheme

    return Path(shipped_scheme(path).path)


def lint_at(place: Path, lang: Lang) -> LintReport:
    """Lint the scheme at a place, with its evidence where there is some."""
    from minping.pipeline import lint, load_evidence
    from minping.scheme.read import read_scheme

    scheme_file = read_scheme(place)
    folder = place.parent if place.is_file() else place
    at = next((home for home in (folder, folder / "example") if (home / "evidence").is_dir()), None)
    today = datetime.datetime.now(tz=datetime.UTC).date()
    try:
        return lint(scheme_file, load_evidence(at, scheme_file) if at is not None else None, on=today)
    except EvidenceError:
        unusable = Text(
            "证据还不能用（见 minping check）：只检查方案本身",
            "the evidence can't be used yet (see minping check): the scheme alone is linted",
        )
        console(stderr=True).print(unusable.say(lang), style="yellow")
        return lint(scheme_file, on=today)


def show_report(report: LintReport, lang: Lang) -> None:
    """Print what the linter found."""
    out = console()
    for line, style in report.lines(lang):
        out.print(line, style=style)
