"""`minping callback DIR`: draw cases that were served and not rated, to be called back by somebody independent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minping.cli.bilingual import Command, Option, lang_of
from minping.cli.folder import find_folder
from minping.cli.meter import Meter
from minping.cli.outcome import console
from minping.cli.plan import Share
from minping.cli.sent_out import send_out
from minping.words import Text

if TYPE_CHECKING:
    from minping.indicators.callback_draw import Drawn
    from minping.model.evidence import Bodies, Evidence

ABOUT = Text(
    "从 DIR 的办件清单（evidence/cases）中抽取没有评价的办件，交独立机构回访；按单位与渠道分层，入样概率写进文件，"
    "同一种子得到同样的结果。填好结果后另存为 evidence/callbacks。",
    "Draw cases that were served and not rated (evidence/cases of DIR), to be called back by somebody independent: by "
    "strata of body and channel, with the probability of each in the file; the same seed draws the same. Once filled in, "
    "the file goes into evidence/callbacks.",
)
LISTING = Text("列出未评价的办件", "listing silent cases")
HEADER = ("case", "body", "channel", "service", "completed_on", "stratum", "stratum_size", "probability", "seed", "frame",
          "called_on", "outcome", "level")  # fmt: skip


@click.command("callback", cls=Command, words=ABOUT)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path), default=".")
@click.option("--size", cls=Option, type=int, required=True, words=Text("抽多少件", "how many to draw"))
@click.option(
    "--seed",
    cls=Option,
    type=click.IntRange(0, 2**63 - 1),
    required=True,
    words=Text("随机种子，清单定下之后才公开产生", "seed, made known after the list is closed"),
)
@click.option(
    "--period",
    cls=Option,
    words=Text("办结的时期，如 2025（默认最近一年）", "when they ended, e.g. 2025 (default: the last year)"),
)
@click.option(
    "--allocation",
    cls=Option,
    type=click.Choice(["bodies", "proportional", "optimum"]),
    default="bodies",
    show_default=True,
    words=Text(
        "bodies 每单位一样多、proportional 按未评价件数、optimum 再按评价的离散程度（Neyman）",
        "bodies: as many of each; proportional: to silent cases; optimum: times the spread of ratings (Neyman)",
    ),
)
@click.option("--reach", cls=Option, type=Share(), default=0.5, words=Text("接通并回答的比例，如 50%（用于把握表）", "share who are reached and answer, like 50% (for the power table)"))  # fmt: skip
@click.option("--out", cls=Option, type=click.Path(path_type=Path), words=Text("写到哪个文件（默认 DIR/callback-<时期>.csv）", "file to write (default: DIR/callback-<period>.csv)"))  # fmt: skip
@click.option("--json", "as_json", cls=Option, is_flag=True, words=Text("以 JSON 打印", "print as JSON"))
@click.pass_context
def command(
    context: click.Context,
    folder: Path,
    size: int,
    seed: int,
    period: str | None,
    allocation: Any,
    reach: float,
    out: Path | None,
    as_json: bool,
) -> None:
    """Draw non-raters."""
    from minping.cli.callback_words import power_rows, show
    from minping.indicators.callback_draw import draw_callbacks

    lang = lang_of(context)
    with Meter(lang) as meter:
        home = find_folder(folder)
        evidence = _before_calls(folder, home, meter)
        drawn = draw_callbacks(
            evidence,
            period or _last_year(evidence),
            size=size,
            seed=seed,
            allocation=allocation,
            progress=lambda done, total: meter.step(LISTING, done, total),
        )
    target = out or home / f"callback-{drawn.period}.csv"
    write_draw(target, drawn, evidence.bodies)
    rows = power_rows(drawn, len(evidence.bodies.ids), reach)
    if as_json:
        told = {**documented(drawn, evidence.bodies), "file": str(target), "power": rows}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        show(console(), drawn, evidence.bodies, rows, reach, target, lang)


def _before_calls(path: Path, home: Path, meter: Meter) -> Evidence:
    """The evidence of a folder whose scheme may ask for call-backs that nobody has made yet."""
    from dataclasses import replace

    from minping.pipeline import load_evidence
    from minping.scheme.read import read_scheme

    file = read_scheme(path if path.is_file() else home)
    parts = [
        part.model_copy(update={"evidence": part.evidence.model_copy(update={"callbacks": False})})
        for part in file.scheme.indicators
    ]
    scheme = file.scheme.model_copy(update={"indicators": tuple(parts)})
    return load_evidence(home, replace(file, scheme=scheme), meter.step)


def _last_year(evidence: Evidence) -> str:
    from minping.indicators.events import years_in

    years = years_in(evidence.records["cases"], "completed_on") if "cases" in evidence.records else []
    return str(years[-1]) if years else "2000"  # without cases the draw says so


def write_draw(target: Path, drawn: Drawn, bodies: Bodies) -> None:
    """Write the drawn cases, and how they were drawn beside them; nothing half-made is left.

    Raises:
        EvidenceError: the file is there and differs: somebody may have filled it in.
    """
    method = json.dumps(documented(drawn, bodies), ensure_ascii=False, indent=2) + "\n"
    listed = "".join(_lines(drawn, bodies)).encode()
    send_out({target.with_suffix(".json"): method.encode(), target: listed}, guarded=target)


def _lines(drawn: Drawn, bodies: Bodies) -> Iterator[str]:
    import csv
    import io

    strata = drawn.strata
    names, sizes = strata.names(bodies.ids), strata.silent.tolist()
    chances = [f"{n / there:.12g}" if there else "" for n, there in zip(strata.drawn.tolist(), sizes, strict=True)]
    columns = (
        drawn.cases[name].to_pylist() for name in ("case", "body", "channel", "service", "completed_on", "stratum")
    )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for case, body, channel, service, day, at in zip(*columns, strict=True):
        row = (case, bodies.ids[body], channel, service, day.isoformat(), names[at], sizes[at], chances[at])
        writer.writerow((*row, drawn.seed, drawn.frame, "", "", ""))
    yield out.getvalue()


def documented(drawn: Drawn, bodies: Bodies) -> dict[str, Any]:
    """How the draw was made, so that anyone can make it again."""
    strata = drawn.strata
    return {
        "method": {
            "zh": "每层中 SHA-256(种子:办件编号) 最小的若干件；层为单位×渠道；框为该时期办结而未评价的办件",
            "en": "of each stratum the cases whose SHA-256(seed:case) is smallest; strata are body × channel; the list is "
            "the cases that ended in the period and were not rated",
        },
        "period": drawn.period,
        "seed": drawn.seed,
        "allocation": drawn.allocation,
        "frame_sha256": drawn.frame,
        "frame_lines": "case<TAB>body<TAB>channel, by case, one line feed each, UTF-8",
        "silent": int(strata.silent.sum()),
        "drawn": int(strata.drawn.sum()),
        "strata": [
            {"stratum": name, "silent": silent, "drawn": count, "probability": count / silent}
            for name, silent, count in zip(
                strata.names(bodies.ids), strata.silent.tolist(), strata.drawn.tolist(), strict=True
            )
            if silent
        ],
    }
