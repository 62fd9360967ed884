"""`minping demo`: real data (31 provinces, 2016), from scheme to signed bundle, in the folder `demo/`."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from minping.cli.bilingual import Command, Option, lang_of
from minping.cli.folder import evaluate_folder, read_folder
from minping.cli.meter import Meter
from minping.cli.new import start_folder
from minping.cli.outcome import console, show_problems
from minping.cli.run import print_result
from minping.errors import Place, Problem, SchemeError
from minping.words import Text, both

SCHEME, BODY = "green-2016", "北京"
MARK = ".minping-demo"  #: lies in a folder that the demo made and may make anew

ABOUT = Text(
    "用 31 个省区市 2016 年的官方数据跑通全流程：考核、追溯、成果包与报告，写入 DIR（默认 demo/）。",
    "Run the whole flow on the official 2016 figures of 31 provinces: evaluate, trace, bundle and report, into DIR "
    "(default demo/).",
)


@click.command("demo", cls=Command, words=ABOUT)
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default="demo")
@click.option("--draws", cls=Option, type=click.IntRange(0, 1_000_000), words=Text("抽样次数", "number of draws"))
@click.pass_context
def command(context: click.Context, folder: Path, draws: int | None) -> None:
    """Show what it does."""
    from minping.publication import publish

    lang, out = lang_of(context), console()
    _clear(folder)
    start_folder(folder, SCHEME, with_example=True)
    (folder / MARK).write_text("made by minping demo; made anew each time\n", encoding="utf-8")
    with Meter(lang) as meter:
        evaluation = evaluate_folder(read_folder(folder, meter), meter, draws=draws)
        bundle = publish(evaluation, folder / "results", lang=lang, progress=meter.step)
    show_problems(evaluation.problems, lang)
    print_result(evaluation, lang)
    out.print()
    out.print(Text(f"追溯 {BODY} 的得分：", f"The score of {BODY}, traced:").say(lang), style="bold")
    out.print("\n".join(evaluation.explain(BODY).lines(lang)))
    out.print()
    written = Text(
        f"成果包 {bundle}\n报告   {bundle / 'report.html'}\n核验   minping verify {bundle} --rerun",
        f"bundle  {bundle}\nreport  {bundle / 'report.html'}\nverify  minping verify {bundle} --rerun",
    )
    out.print(written.say(lang), style="green")


def _clear(folder: Path) -> None:
    """Make room: a demo folder is ours to make anew, any other is not."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / MARK).exists():
        what = Text("已有同名文件夹，且不是演示生成的", "a folder of that name that the demo did not make")
        fix = Text("minping demo 其他文件夹", "minping demo ANOTHER-DIR")
        raise SchemeError(Problem("folder-not-empty", Place(str(folder)), what, both(""), fix))
    shutil.rmtree(folder)
