"""`minping audit DIR`: what in the evidence does not fit together and needs checking; nothing is an accusation."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minping.cli.audit_words import print_findings, print_skipped
from minping.cli.bilingual import Command, Option, lang_of
from minping.cli.coverage_words import coverage_json, print_coverage
from minping.cli.folder import read_folder
from minping.cli.inspect_words import rate_json
from minping.cli.meter import Meter
from minping.cli.outcome import console, show_problems
from minping.words import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console

    from minping.model.coverage import Coverage
    from minping.model.evidence import Bodies, Evidence
    from minping.model.findings import Findings
    from minping.model.inspected import ErrorRate
    from minping.scoring.evaluation import Evaluation

ABOUT = Text(
    "核查 DIR 的证据（指标、项目、债务、督办事项、好差评、调查等）：列出待核实的不一致之处，供内部核实。不是结论，也不指向任何个人。",
    "Audit the evidence of DIR (figures, projects, debts, tasks, ratings, surveys …): what does not fit together and needs "
    "checking, for use inside. No verdict, and nobody is named.",
)
SCORE_HEADS = (
    Text("单位", "body"),
    Text("全部计入", "all rows counted"),
    Text("总分", "score"),
    Text("不计待核实的", "without what needs checking"),
)


@click.command("audit", cls=Command, words=ABOUT)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path), default=".")
@click.option(
    "--period",
    cls=Option,
    words=Text(
        "考核期，如 2025、2025Q2（默认评价最多的一年）", "e.g. 2025 or 2025Q2 (default: the year with most ratings)"
    ),
)
@click.option(
    "--xlsx",
    cls=Option,
    type=click.Path(path_type=Path, dir_okay=False),
    words=Text(
        "写出核查用的工作簿：每个单位一张表，留有答复栏",
        "write a workbook for inspectors: a sheet per body, with room to reply",
    ),
)
@click.option("--json", "as_json", cls=Option, is_flag=True, words=Text("以 JSON 打印", "print as JSON"))
@click.pass_context
def command(context: click.Context, folder: Path, period: str | None, xlsx: Path | None, as_json: bool) -> None:
    """Audit the evidence."""
    from minping.audit.coverage.coverage import coverage
    from minping.audit.inspections.rate import error_rate
    from minping.pipeline import audit_with_scores

    lang = lang_of(context)
    with Meter(lang) as meter:
        read = read_folder(folder, meter)
        found, evaluation = audit_with_scores(read.scheme_file, read.evidence, period)
        vouched = coverage(read.scheme_file.scheme, read.evidence, found.period)
        inspected = error_rate(read.evidence, found.period)
    if xlsx is not None:
        from minping.publication.inspection_xlsx import inspection_bytes

        xlsx.write_bytes(inspection_bytes(found, read.evidence, evaluation, lang))
        console(stderr=True).print(Text(f"已写出 {xlsx}", f"written: {xlsx}").say(lang), soft_wrap=True)
    _print_remarks(read.evidence, found, lang)
    if as_json:
        _print_json(found, evaluation, vouched, inspected)
    else:
        _print(found, evaluation, read.evidence.bodies, lang)
        print_coverage(console(), vouched, lang)
        if not isinstance(inspected, Text):
            from minping.audit.inspections.words import rate_words

            console().print(rate_words(inspected).say(lang), style="bold")


def _print_remarks(evidence: Evidence, found: Findings, lang: Lang) -> None:
    """On standard error: decisions on findings that are none (any more), and how much else was remarked."""
    from minping.audit.scrutiny import unknown_findings

    show_problems(unknown_findings(evidence, [found]), lang)
    warnings = sum(one.severity == "warning" for one in evidence.problems)
    if warnings:
        more = Text(
            f"证据另有 {warnings} 处警告，见 minping check", f"{warnings} warning(s) on the evidence: see minping check"
        )
        console(stderr=True).print(more.say(lang))


def _print(found: Findings, evaluation: Evaluation | None, bodies: Bodies, lang: Lang) -> None:
    from minping.audit.suspicions import UNSEEN

    out, names = console(), body_names(bodies, lang)
    print_findings(out, found, names, lang)
    if found.findings:
        _print_scores(out, evaluation, names, lang)
    print_skipped(out, found, lang)
    if found.interviewers is not None:
        from minping.audit.citizens.interviews import spread_words

        out.print(spread_words(found.interviewers).say(lang))
    out.print(Text("单凭评价看不出：", "Ratings alone can't show:").say(lang), style="bold")
    for what in UNSEEN:
        out.print(f"    {what.title.say(lang)} → {what.needed.say(lang)}")


def body_names(bodies: Bodies, lang: Lang) -> dict[str, str]:
    """Id -> name in a language, or else in the other."""
    names = zip(bodies.ids, bodies.names, bodies.names_en, strict=True)
    return {body: (zh if lang == "zh" else en or zh) or body for body, zh, en in names}


def _print_scores(out: Console, evaluation: Evaluation | None, names: dict[str, str], lang: Lang) -> None:
    """Scores with and without what needs checking, of bodies whose score moves."""
    from rich.table import Table

    from minping.scoring.beside import moved

    if evaluation is None:
        none = Text("方案没有这一考核期的总分可以对照", "the scheme has no scores of this period to compare")
        out.print(f"– {none.say(lang)}")
        return
    scores, beside = evaluation.scores, evaluation.beside
    moves = moved(scores, beside.with_all) | moved(scores, beside.without_flagged)
    if not moves.any():
        out.print(Text("不计待核实的行，总分不变", "without what needs checking, no score moves").say(lang))
        return
    title = Text("总分：计入与不计待核实的（内部）", "Scores with and without what needs checking (internal)")
    table = Table(title=title.say(lang))
    for number, head in enumerate(SCORE_HEADS):
        table.add_column(head.say(lang), justify="right" if number else "left")
    columns = [(one or scores).score for one in (beside.with_all, scores, beside.without_flagged)]
    for at in moves.nonzero()[0].tolist():
        cells = (f"{column[at]:.{evaluation.scheme.points.decimals}f}" for column in columns)
        table.add_row(names[scores.bodies[at]], *cells)
    out.print(table)


def _print_json(found: Findings, evaluation: Evaluation | None, vouched: Coverage, inspected: ErrorRate | Text) -> None:
    import json
    from dataclasses import asdict

    from minping.audit.suspicions import KIND_OF

    told = {
        "period": found.period,
        "findings": [
            {"id": one.id, "kind": KIND_OF[one.suspicion], "state": one.state, **asdict(one)} for one in found.findings
        ],
        "skipped": [asdict(one) for one in found.skipped],
        "compared": dict(found.compared),
        "interviewers": None if found.interviewers is None else asdict(found.interviewers),
        "scores": _scores(evaluation),
        "coverage": coverage_json(vouched),
        "error_rate": rate_json(inspected),
    }
    click.echo(json.dumps(_plain(told), ensure_ascii=False, indent=2, allow_nan=False))


def _scores(evaluation: Evaluation | None) -> list[dict[str, object]]:
    """Of each body the score, with all rows, and without what needs checking; None where there is no score."""
    if evaluation is None:
        return []
    scores, beside = evaluation.scores, evaluation.beside
    columns = {
        "score": scores,
        "with_all": beside.with_all or scores,
        "without_flagged": beside.without_flagged or scores,
    }
    return [
        {"body": body, **{name: float(one.score[at]) for name, one in columns.items()}}
        for at, body in enumerate(scores.bodies)
    ]


def _plain(found: object) -> object:
    """Texts as {zh, en}, figures that aren't known as nothing; the rest as it is."""
    if isinstance(found, Text):
        return found._asdict()
    if isinstance(found, float):
        return found if isfinite(found) else None
    if isinstance(found, dict):
        return {key: _plain(value) for key, value in found.items()}
    return [_plain(one) for one in found] if isinstance(found, list | tuple) else found
