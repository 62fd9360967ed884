"""`minping simulate DIR`: a simulated county that can be evaluated at once, with what is true of it beside."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import click

from minping.cli.bilingual import Command, Option, lang_of
from minping.cli.new import empty_folder, shipped_scheme
from minping.cli.outcome import console
from minping.words import Text

SCHEME, BLOCK_OF = "service", "five-concepts-plus"
CITIZENS = """# 五大发展理念方案（five-concepts-plus）的群众指标，单独成一个方案：minping run DIR/citizens.yaml
# The citizens' block of five-concepts-plus as a scheme of its own: minping run DIR/citizens.yaml
id: citizens
version: "2026.1"
title: {zh: 群众感受, en: "What people say"}
authority: {issuer: 示例：市绩效管理委员会, document: 民评建议稿, approved_on: 2026-01-10}
subjects: {kind: unit, types: {street: {title: {zh: 街道乡镇, en: Streets and towns}}, department: {title: {zh: 部门, en: Departments}}}}
peers: {method: type}
weights: {sum: 12, nested: absolute}
missing: {policy: redistribute_within, max_share: 0.5}
dimensions:
  - {id: people, title: {zh: 群众感受, en: What people say}}
uncertainty: {draws: 2000, seed: 20260110, interval: 0.90, weights: {method: band, band: 0.25}}
publish: {ranking: intervals, k: 10}
appeal: {reply_before_publish_days: 10, window_days: 15, decide_within_days: 10, recusal: true, no_worse_outcome: true}
indicators:
"""
SEED, BODIES, SERVICES = 20260501, 24, 12_000
MARK = Text("【模拟数据】", " [SIMULATED]")  #: after the title of every scheme, so that no report looks like a real one

ABOUT = Text(
    "生成一个模拟的县：诉求、好差评、调查，方案（12345 与好差评），以及证据里看不到的真值 truth.csv。同一种子得到同样的文件。",
    "Simulate a county: requests, ratings and a survey, a scheme (services as citizens see them), and truth.csv with what "
    "no evidence shows. The same seed gives the same files.",
)


@click.command("simulate", cls=Command, words=ABOUT)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--seed",
    cls=Option,
    type=click.IntRange(0, 2**63 - 1),
    default=SEED,
    show_default=True,
    words=Text("随机种子", "seed"),
)
@click.option(
    "--bodies",
    cls=Option,
    type=click.IntRange(2, 2_000),
    default=BODIES,
    show_default=True,
    words=Text("单位数", "number of bodies"),
)
@click.option(
    "--services",
    cls=Option,
    type=click.IntRange(1, 100_000_000),
    default=SERVICES,
    show_default=True,
    words=Text("办件数", "number of services"),
)
@click.option("--honest", cls=Option, is_flag=True, words=Text("不埋造假", "without planted abuse"))
@click.option(
    "--callbacks",
    cls=Option,
    type=click.IntRange(0, 10_000_000),
    words=Text(
        "另列全部办件，并回访这么多未评价者（0：只列办件）",
        "list all cases too, and call back so many non-raters (0: the list only)",
    ),
)
@click.pass_context
def command(
    context: click.Context, folder: Path, seed: int, bodies: int, services: int, honest: bool, callbacks: int | None
) -> None:
    """Simulate a county."""
    lang = lang_of(context)
    simulate_folder(folder, seed=seed, bodies=bodies, services=services, planted=not honest, callbacks=callbacks)
    done = Text(
        f"已生成模拟的县 {folder}。接下来：minping run {folder}",
        f"{folder} is a simulated county. Next: minping run {folder}",
    )
    console().print(done.say(lang), style="green")


def simulate_folder(
    folder: Path,
    *,
    seed: int = SEED,
    bodies: int = BODIES,
    services: int = SERVICES,
    planted: bool = True,
    callbacks: int | None = None,
) -> None:
    """Write the folder; the same arguments give the same bytes.

    Raises:
        SchemeError: the folder is not empty.
    """
    from minping.simulation.county import simulate

    empty_folder(folder)
    simulate(folder, seed=seed, bodies=bodies, services=services, planted=planted, callbacks=callbacks)
    written = {
        "scheme.yaml": audited(marked(_scheme(SCHEME))),
        "citizens.yaml": audited(marked(citizens_block(_scheme(BLOCK_OF)))),
        "governing.yaml": audited(marked(_shipped("governing.yaml"))),
        "README.md": _shipped("README.md"),
    }
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def citizens_block(scheme: str) -> str:
    """A scheme of nothing but the indicators of five-concepts-plus through which citizens speak."""
    block = re.search(r"^  - id: C1\n.*?(?=^  - id: R1\n)", scheme, re.MULTILINE | re.DOTALL)
    if block is None:
        raise ValueError(f"{BLOCK_OF} has no citizens' block")
    return CITIZENS + re.sub(r"weight: \{urban: (\d+),.*\}", r"weight: \1", block[0])


def audited(scheme: str) -> str:
    """The text of a scheme that declares the official series of a simulated county before its indicators."""
    head, found, rest = scheme.partition("\nindicators:\n")
    if not found:
        raise ValueError("the scheme has no indicators")
    return f"{head}\n{_shipped('audit.yaml')}indicators:\n{rest}"


def _shipped(name: str) -> str:
    return files("minping.simulation").joinpath(name).read_text(encoding="utf-8")


def _scheme(name: str) -> str:
    return (shipped_scheme(name).path / "scheme.yaml").read_text(encoding="utf-8")


def marked(scheme: str) -> str:
    r"""The text of a scheme, its title marked as simulated in both languages.

    >>> marked('id: s\ntitle: {zh: 服务, en: "Services"}\n')
    'id: s\ntitle: {zh: 服务【模拟数据】, en: "Services [SIMULATED]"}\n'
    """
    return re.sub(
        r'^title: \{zh: (.+), en: "(.+)"\}$',
        rf'title: {{zh: \g<1>{MARK.zh}, en: "\g<2>{MARK.en}"}}',
        scheme,
        count=1,
        flags=re.MULTILINE,
    )
