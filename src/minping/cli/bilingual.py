"""Click in two languages: help texts are `Text`, said in the language that was asked for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from minping.errors import nearest
from minping.words import Lang, Text

_CLICK_WORDS = (
    ("Usage:", "用法："),
    ("Options:", "选项："),
    ("Commands:", "命令："),
    ("Show this message and exit.", "显示帮助并退出。"),
    ("[required]", "[必填]"),
    ("[default: ", "[默认："),
    ("COMMAND [ARGS]...", "命令 [参数]…"),
    ("[OPTIONS]", "[选项]"),
)


def default_lang() -> Lang:
    """`MINPING_LANG`, or the language of the system's locale; English where neither says Chinese."""
    asked = os.environ.get("MINPING_LANG", "")
    if asked in ("zh", "en"):
        return "zh" if asked == "zh" else "en"
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"


def lang_of(context: click.Context | None) -> Lang:
    """The language asked for on the command line."""
    found = context.find_root().params.get("lang") if context is not None else None
    return "zh" if (found or default_lang()) == "zh" else "en"


class Option(click.Option):
    """An option whose help is a `Text`."""

    def __init__(self, *arguments: Any, words: Text, **others: Any) -> None:
        """Take `words` beside what click takes."""
        others["help"] = words.en
        super().__init__(*arguments, **others)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line, in the language asked for."""
        self.help = self.words.say(lang_of(ctx))
        return super().get_help_record(ctx)


class Command(click.Command):
    """A command whose help is a `Text`."""

    def __init__(self, *arguments: Any, words: Text, **others: Any) -> None:
        """Take `words` beside what click takes."""
        super().__init__(*arguments, **others)
        self.words = words

    def get_help(self, ctx: click.Context) -> str:
        """The command's help, in the language asked for."""
        self.help = self.words.say(lang_of(ctx))
        return _translated(super().get_help(ctx), lang_of(ctx))


class Group(click.Group):
    """A group that loads a command's module when the command is called."""

    def __init__(
        self, *arguments: Any, words: Text, commands_at: Mapping[str, tuple[str, Text]], **others: Any
    ) -> None:
        """Take the places of the commands beside what click takes."""
        super().__init__(*arguments, **others)
        self.words, self.commands_at = words, commands_at

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order in which a person would need them."""
        return list(self.commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in self.commands_at:
            return None
        found = import_module(self.commands_at[cmd_name][0]).command
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the nearest one."""
        if args and args[0] not in self.commands_at and not args[0].startswith("-"):
            near = nearest(args[0], self.commands_at)
            hint = Text(f"；是否应为 {near}？", f"; did you mean {near}?") if near else Text("", "")
            known = ", ".join(self.commands_at)
            no_such = Text(
                f"没有命令 {args[0]}{hint.zh}（可用：{known}）", f"no command {args[0]}{hint.en} (there are: {known})"
            )
            ctx.fail(no_such.say(lang_of(ctx)))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words.say(lang_of(ctx))) for name, (_, words) in self.commands_at.items()])

    def get_help(self, ctx: click.Context) -> str:
        """The group's help, in the language asked for."""
        self.help = self.words.say(lang_of(ctx))
        return _translated(super().get_help(ctx), lang_of(ctx))


def _translated(help_text: str, lang: Lang) -> str:
    if lang == "zh":
        for english, chinese in _CLICK_WORDS:
            help_text = help_text.replace(english, chinese)
    return help_text
