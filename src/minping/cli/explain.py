"""`minping explain DIR BODY [NODE]`: trace a figure down to its rows."""

from __future__ import annotations

from pathlib import Path

import click

from minping.cli.bilingual import Command, Option, lang_of
from minping.cli.folder import evaluate_folder, known_body, known_node, read_folder
from minping.cli.meter import Meter
from minping.words import Text

ABOUT = Text(
    "说明单位 BODY 的得分从何而来：总分 → 维度 → 指标 → 证据中的行。NODE 只看某个维度或指标。",
    "Say where the score of BODY comes from: total → dimensions → indicators → rows of evidence. "
    "NODE looks at one dimension or indicator only.",
)


@click.command("explain", cls=Command, words=ABOUT)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("body", metavar="BODY")
@click.argument("node", metavar="[NODE]", default="total")
@click.option("--period", cls=Option, words=Text("考核期", "the period"))
@click.option("--seed", cls=Option, type=click.IntRange(0, 2**63 - 1), words=Text("随机种子", "seed of the draws"))
@click.option("--draws", cls=Option, type=click.IntRange(0, 1_000_000), words=Text("抽样次数", "number of draws"))
@click.option("--json", "as_json", cls=Option, is_flag=True, words=Text("以 JSON 打印", "print as JSON"))
@click.pass_context
def command(
    context: click.Context,
    folder: Path,
    body: str,
    node: str,
    period: str | None,
    seed: int | None,
    draws: int | None,
    as_json: bool,
) -> None:
    """Explain a figure."""
    lang = lang_of(context)
    with Meter(lang) as meter:
        evaluation = evaluate_folder(read_folder(folder, meter), meter, period, seed, draws)
    explanation = evaluation.explain(known_body(evaluation, body), known_node(evaluation, node))
    if as_json:
        import json
        from dataclasses import asdict

        click.echo(json.dumps(asdict(explanation), ensure_ascii=False, indent=2, allow_nan=True).replace("NaN", "null"))
    else:
        click.echo("\n".join(explanation.lines(lang)))
