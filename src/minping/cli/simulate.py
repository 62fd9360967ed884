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

SCHEME = "service"
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
@click.pass_context
def command(context: click.Context, folder: Path, seed: int, bodies: int, services: int, honest: bool) -> None:
    """Simulate a county."""
    lang = lang_of(context)
    simulate_folder(folder, seed=seed, bodies=bodies, services=services, planted=not honest)
    done = Text(
        f"已生成模拟的县 {folder}。接下来：minping run {folder}",
        f"{folder} is a simulated county. Next: minping run {folder}",
    )
    console().print(done.say(lang), style="green")


def simulate_folder(
    folder: Path, *, seed: int = SEED, bodies: int = BODIES, services: int = SERVICES, planted: bool = True
) -> None:
    """Write the folder; the same arguments give the same bytes.

    Raises:
        SchemeError: the folder is not empty.
    """
    from minping.simulation.county import simulate

    empty_folder(folder)
    simulate(folder, seed=seed, bodies=bodies, services=services, planted=planted)
    scheme = (shipped_scheme(SCHEME).path / "scheme.yaml").read_text(encoding="utf-8")
    about = files("minping.simulation").joinpath("README.md").read_text(encoding="utf-8")
    for name, text in (("scheme.yaml", marked(scheme)), ("README.md", about)):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


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
