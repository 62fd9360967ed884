"""What a command ends with: problems as a table, an exit code, and what to do next."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from minping.errors import Problem
from minping.words import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console

FINDINGS, BAD_INPUT, BUG, INTERRUPTED = 1, 2, 70, 130
MOST_SHOWN = 100  #: problems shown on a terminal; all of them go into the annotated workbook and --json

_SEVERITY = {
    "error": ("bold red", Text("错误", "error")),
    "warning": ("yellow", Text("警告", "warning")),
    "note": ("cyan", Text("提示", "note")),
}


def console(stderr: bool = False) -> Console:
    """A console: colours only on a terminal, no cutting of lines elsewhere; brackets in names are no markup."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else 200, highlight=False, markup=False)


def report_problems(problems: Sequence[Problem], lang: str) -> int:
    """Show every problem on standard error; the exit code for bad input."""
    out = console(stderr=True)
    say: Lang = "zh" if lang == "zh" else "en"
    for problem in problems[:MOST_SHOWN]:
        _show(out, problem, say)
    if len(problems) > MOST_SHOWN:
        more = len(problems) - MOST_SHOWN
        out.print(Text(f"……另有 {more} 个问题", f"… and {more} more").say(say))
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        total = Text(f"共 {errors} 个错误，未写出任何结果。", f"{errors} error(s); nothing was written.")
        out.print(total.say(say), style="bold")
    return BAD_INPUT


def show_problems(problems: Sequence[Problem], lang: Lang) -> None:
    """Show warnings and notes that don't stop the work."""
    out = console(stderr=True)
    for problem in problems[:MOST_SHOWN]:
        _show(out, problem, lang)
    if len(problems) > MOST_SHOWN:
        more = len(problems) - MOST_SHOWN
        out.print(Text(f"……另有 {more} 条", f"… and {more} more").say(lang))


def _show(out: Console, problem: Problem, lang: Lang) -> None:
    from rich.text import Text as Styled

    style, word = _SEVERITY[problem.severity]
    line = Styled.assemble(
        (word.say(lang), style), " ", (str(problem.place), "bold"), "  ", problem.found.say(lang), f"  [{problem.code}]"
    )
    out.print(line)
    for label, words in ((Text("允许", "allowed"), problem.allowed), (Text("处理", "to do"), problem.fix)):
        if words.say(lang):
            out.print(Styled(f"    {label.say(lang)}: {words.say(lang)}", style="dim"))


def report_bug(error: Exception, lang: str) -> None:
    """Say that the fault is ours, and how to report it."""
    what = f"{type(error).__name__}: {error}"
    words = Text(
        f"程序出错（不是您的数据的问题）：{what}\n请用 minping --debug 重试，并把输出报告给我们。",
        f"This is a bug of ours, not of your data: {what}\nRun again with minping --debug and report what it prints.",
    )
    print(words.say("zh" if lang == "zh" else "en"), file=sys.stderr)
