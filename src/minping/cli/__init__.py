"""The command line: `minping COMMAND`. Commands are loaded when called, so that `--help` stays quick."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from minping.cli.bilingual import Group, Option, default_lang
from minping.cli.outcome import BUG, INTERRUPTED, report_bug, report_problems
from minping.words import Lang, Text

if TYPE_CHECKING:
    from minping.errors import Problem

COMMANDS: dict[str, tuple[str, Text]] = {
    "demo": ("minping.cli.demo", Text("用真实数据跑一遍，写出报告", "evaluate real data and write the report")),
    "schemes": ("minping.cli.schemes", Text("随附的考核方案", "the schemes that come along")),
    "new": ("minping.cli.new", Text("新建一个考核文件夹", "start a folder of your own")),
    "simulate": ("minping.cli.simulate", Text("生成一个真值已知的模拟县", "a simulated county whose truth is known")),
    "lint": ("minping.cli.lint", Text("检查方案和问卷是否合理", "check a scheme and a questionnaire")),
    "check": ("minping.cli.check", Text("检查证据，列出全部问题", "check the evidence, list every problem")),
    "plan": ("minping.cli.plan", Text("算要访问多少人", "how many to interview")),
    "audit": ("minping.cli.audit", Text("核查证据，列出待核实之处", "what in the evidence needs checking")),
    "inspect": ("minping.cli.inspect", Text("抽取要实地核查的", "draw what to inspect on the spot")),
    "callback": ("minping.cli.callback", Text("抽取未评价者回访", "draw non-raters to call back")),
    "run": ("minping.cli.run", Text("考核并写出成果包", "evaluate and write the bundle")),
    "explain": ("minping.cli.explain", Text("把一个数字追溯到原始行", "trace a figure down to its rows")),
    "verify": ("minping.cli.verify", Text("核验成果包", "verify a bundle")),
}


def _version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"minping {version('minping')}")
        context.exit()


ABOUT = Text(
    "民评：用证据考核公共部门的绩效。方案是一个文件，证据是几张表；结果带区间、可追溯、可核验。",
    "Minping: evaluate public-sector performance by evidence. A scheme is a file, evidence a few tables; "
    "results carry intervals, trace to their rows and can be verified.",
)


@click.group(cls=Group, commands_at=COMMANDS, words=ABOUT, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lang",
    cls=Option,
    type=click.Choice(["zh", "en"]),
    is_eager=True,
    default=default_lang,
    words=Text(
        "界面语言（默认取 MINPING_LANG 或系统语言）", "language (default: MINPING_LANG, or the system's language)"
    ),
)
@click.option("--debug", cls=Option, is_flag=True, words=Text("出错时显示调用栈", "show the traceback of a bug"))
@click.option(
    "--version",
    cls=Option,
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    words=Text("显示版本", "show the version"),
)
@click.pass_context
def group(context: click.Context, lang: str, debug: bool) -> None:
    """Hold the options of all commands."""
    context.obj = {"lang": lang, "debug": debug}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exit codes: 0 done, 1 findings, 2 bad input, 70 a bug of ours, 130 interrupted."""
    from minping.errors import MinpingError

    arguments = list(sys.argv[1:] if arguments is None else arguments)
    lang = _lang_in(arguments)
    try:
        sys.exit(group.main(args=arguments, prog_name="minping", standalone_mode=False) or 0)
    except MinpingError as error:
        sys.exit(report_problems(error.problems, lang))
    except click.exceptions.Abort:
        click.echo(Text("已中断，没有留下半成品。", "Interrupted; nothing half-made was left.").say(lang), err=True)
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        sys.exit(report_problems([_of_files(error)], lang))
    except Exception as error:
        if "--debug" in arguments:
            raise
        report_bug(error, lang)
        sys.exit(BUG)


def _of_files(error: OSError) -> Problem:
    """What the file system refused."""
    from minping.errors import Place, Problem

    why = error.strerror or str(error)
    found = Text(f"无法读写：{why}", f"can't be read or written: {why}")
    fix = Text("检查路径、权限和磁盘空间", "check the path, the permissions and the space left")
    return Problem("file-system", Place(str(error.filename or "")), found, Text("", ""), fix)


def _lang_in(arguments: Sequence[str]) -> Lang:
    """The language asked for, known even where the arguments can't be parsed."""
    return "zh" if _asked_lang(arguments) == "zh" else "en"


def _asked_lang(arguments: Sequence[str]) -> str:
    for at, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
    return default_lang()
