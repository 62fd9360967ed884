"""`minping inspect DIR`: draw what is to be inspected on the spot, by risk, so that the results tell of all claims."""

from __future__ import annotations

import json
from pathlib import Path

import click

from minping.cli.bilingual import Command, Option, lang_of
from minping.cli.folder import read_folder
from minping.cli.inspect_words import documented, list_rows, show
from minping.cli.meter import Meter
from minping.cli.outcome import console
from minping.cli.sent_out import send_out
from minping.words import Text

ABOUT = Text(
    "从 DIR 的自报数、办结事项、投用项目中抽取要实地核查的：核查发现多的机会大，但每一项都有已知的、大于零的入样概率；"
    "名单不写为何抽中。填好结果后存为 evidence/inspections，minping audit 据此估计总体差错率。",
    "Draw what of DIR is to be inspected on the spot, from self-reported figures, closed tasks and projects in use: "
    "findings raise the chance, but each claim has a known chance above nought; the list does not say why a claim was "
    "drawn. Once filled in, it goes into evidence/inspections, and minping audit tells the error rate of all claims.",
)


@click.command("inspect", cls=Command, words=ABOUT)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path), default=".")
@click.option("--size", cls=Option, type=int, required=True, words=Text("抽多少项", "how many to draw"))
@click.option(
    "--seed",
    cls=Option,
    type=click.IntRange(0, 2**63 - 1),
    required=True,
    words=Text("随机种子，证据定下之后才公开产生", "seed, made known after the evidence is closed"),
)
@click.option("--period", cls=Option, words=Text("考核期，如 2025", "the period, e.g. 2025"))
@click.option("--out", cls=Option, type=click.Path(path_type=Path, dir_okay=False), words=Text("写到哪个 CSV（默认 DIR/inspect-<时期>.csv）", "CSV to write (default: DIR/inspect-<period>.csv)"))  # fmt: skip
@click.option("--xlsx", cls=Option, type=click.Path(path_type=Path, dir_okay=False), words=Text("另写一份工作簿，供填写", "write a workbook to fill in, too"))  # fmt: skip
@click.option("--json", "as_json", cls=Option, is_flag=True, words=Text("以 JSON 打印", "print as JSON"))
@click.pass_context
def command(
    context: click.Context,
    folder: Path,
    size: int,
    seed: int,
    period: str | None,
    out: Path | None,
    xlsx: Path | None,
    as_json: bool,
) -> None:
    """Draw inspections."""
    from minping.audit.inspections.plan import plan_inspections
    from minping.evidence.prefilled import prefilled_csv, prefilled_xlsx
    from minping.pipeline import audit

    lang = lang_of(context)
    with Meter(lang) as meter:
        read = read_folder(folder, meter)
        scheme = read.scheme_file.scheme
        found = audit(read.evidence, period, scheme)
        plan = plan_inspections(scheme, read.evidence, found, size=size, seed=seed)
    bodies = read.evidence.bodies
    rows = list_rows(plan, bodies, lang)
    target, told = out or read.path / f"inspect-{plan.period}.csv", documented(plan, bodies)
    files = {target.with_suffix(".json"): (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()}
    files[target] = prefilled_csv("inspections", rows)
    if xlsx is not None:
        files[xlsx] = prefilled_xlsx("inspections", rows)
    send_out(files, guarded=target)
    if as_json:
        click.echo(json.dumps({**told, "file": str(target)}, ensure_ascii=False, indent=2))
    else:
        show(console(), plan, list(files), lang)
