"""`minping audit DIR`: what in the ratings does not fit together and needs checking; nothing of it is an accusation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from minping.cli.bilingual import Command, Option, lang_of
from minping.cli.folder import read_folder
from minping.cli.meter import Meter
from minping.cli.outcome import console
from minping.words import Lang, Text, both

if TYPE_CHECKING:
    from minping.model.evidence import Bodies
    from minping.model.findings import Finding, Findings

ABOUT = Text(
    "核查 DIR 的好差评：列出待核实的不一致之处。不是结论，也不指向任何评价人。",
    "Audit the ratings of DIR: what does not fit together and needs checking. No verdict, and nobody who rated is named.",
)
NOTHING = Text("没有待核实的发现", "nothing that needs checking was found")
HEADS = (
    Text("单位", "body"),
    Text("待核实", "needs checking"),
    Text("实际/应有", "found/expected"),
    Text("共", "of"),
    Text("q", "q"),
    Text("证据", "grade"),
    Text("行", "rows"),
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
@click.option("--json", "as_json", cls=Option, is_flag=True, words=Text("以 JSON 打印", "print as JSON"))
@click.pass_context
def command(context: click.Context, folder: Path, period: str | None, as_json: bool) -> None:
    """Audit ratings."""
    from minping.pipeline import audit

    lang = lang_of(context)
    with Meter(lang) as meter:
        evidence = read_folder(folder, meter).evidence
        found = audit(evidence, period)
    if as_json:
        _print_json(found)
    else:
        _print(found, evidence.bodies, lang)


def _print(found: Findings, bodies: Bodies, lang: Lang) -> None:
    from rich.table import Table

    from minping.audit.suspicions import UNSEEN
    from minping.model.findings import NEEDS_CHECKING

    out = console()
    if found.findings:
        names = dict(zip(bodies.ids, (bodies.names if lang == "zh" else bodies.names_en) or bodies.ids, strict=True))
        table = Table(*(head.say(lang) for head in HEADS), title=f"{found.period}：{NEEDS_CHECKING.say(lang)}")
        for one in found.findings:
            table.add_row(names[one.body] or one.body, one.title.say(lang), *_figures(one))
        out.print(table)
        for one in {one.suspicion: one for one in found.findings}.values():
            out.print(f"{one.title.say(lang)}: {one.test.say(lang)}", style="bold")
            out.print(f"    {Text('也可能是', 'may also be').say(lang)}: {one.innocent.say(lang)}")
            out.print(f"    {Text('如何核实', 'how to check').say(lang)}: {one.check.say(lang)}")
    else:
        out.print(f"{found.period}: {NOTHING.say(lang)}", style="green")
    for skipped in found.skipped:
        because = Text("不适用，因为", "not applicable, because")
        out.print(f"– {skipped.title.say(lang)}: {because.say(lang)} {skipped.because.say(lang)}")
    out.print(Text("单凭评价看不出：", "Ratings alone can't show:").say(lang), style="bold")
    for what, needed in UNSEEN.items():
        out.print(f"    {what.say(lang)} → {needed.say(lang)}")


def _figures(one: Finding) -> tuple[str, ...]:
    rows = both(f"{one.rows}: {', '.join(one.sample[:3])}" if one.rows else "–")
    return f"{one.observed:.0f}/{one.expected:.1f}", str(one.n), f"{one.q:.2g}", one.grade, rows.zh


def _print_json(found: Findings) -> None:
    import json
    from dataclasses import asdict

    click.echo(json.dumps(_plain(asdict(found)), ensure_ascii=False, indent=2))


def _plain(found: object) -> object:
    """Texts as {zh, en}; the rest as it is."""
    if isinstance(found, Text):
        return found._asdict()
    if isinstance(found, dict):
        return {key: _plain(value) for key, value in found.items()}
    return [_plain(one) for one in found] if isinstance(found, list | tuple) else found
