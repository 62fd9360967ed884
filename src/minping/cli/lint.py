"""`minping lint`: a scheme and its questionnaire against the rules, and the scheme's tests."""

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
    "检查方案（规则 L1–L18）和问卷（规则 Q1–Q15），每条发现给出位置、依据与改法。PATH 是文件夹、scheme.yaml、"
    "questionnaire.yaml 或随附方案名。文件夹里有证据时，也检查需要数据的规则。",
    "Check a scheme against the rules L1–L18 and a questionnaire against Q1–Q15: each finding with its place, source "
    "and fix. PATH is a folder, a scheme.yaml, a questionnaire.yaml or the name of a shipped scheme. Where the folder "
    "holds evidence, rules that need data run too.",
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
    form = form_at(place)
    report = None if form is not None and not _has_scheme(place) else lint_at(place, lang)
    reports = [one for one in (report, form) if one is not None]
    mismatches: list[Text] = []
    ran = 0
    if tests:
        from minping.cli.cases import run_cases

        ran, mismatches = run_cases(place)
    if as_json:
        import json

        told = _as_json(report, form)
        if tests:
            told["tests"] = {"run": ran, "mismatches": [mismatch._asdict() for mismatch in mismatches]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for one in reports:
            if len(reports) > 1:
                console().print(one.scheme, style="bold")
            show_report(one, lang)
        if tests:
            _show_tests(ran, mismatches, lang)
    if mismatches or any(one.errors for one in reports):
        context.exit(FINDINGS)


def _show_tests(ran: int, mismatches: list[Text], lang: Lang) -> None:
    out = console()
    for mismatch in mismatches:
        out.print(f"✗ {mismatch.say(lang)}", style="red")
    words = Text(f"方案测试：{ran} 个，不符 {len(mismatches)} 处", f"scheme tests: {ran}, {len(mismatches)} mismatches")
    out.print(words.say(lang), style="red" if mismatches else "green")


def _as_json(report: LintReport | None, form: LintReport | None) -> dict[str, object]:
    """What was found of the scheme, and of the questionnaire under a key of its own."""
    told = {} if report is None else report.as_json()
    if form is not None:
        named = form.as_json()
        told["questionnaire"] = {"id": named.pop("scheme"), **named}
    return told


def _place(path: str) -> Path:
    """A path, or the folder of a shipped scheme of that name."""
    if Path(path).exists():
        return Path(path)
    from minping.cli.new import shipped_scheme

    return Path(shipped_scheme(path).path)


def _has_scheme(place: Path) -> bool:
    """Whether a place is a scheme's, and not only a questionnaire's."""
    return (place / "scheme.yaml").is_file() if place.is_dir() else not _is_form(place)


def _is_form(file: Path) -> bool:
    return file.name.startswith("questionnaire")


def form_at(place: Path) -> LintReport | None:
    """Lint the questionnaire at a place; None where there is none."""
    from minping.scheme.questionnaire import QUESTIONNAIRE, read_questionnaire
    from minping.scheme.questionnaire.lint import lint_questionnaire

    file = place / QUESTIONNAIRE if place.is_dir() else place
    if not file.is_file() or not _is_form(file):
        return None
    return lint_questionnaire(read_questionnaire(file), on=datetime.datetime.now(tz=datetime.UTC).date())


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
