"""`minping schemes`: the schemes that come along, and the JSON Schema of a scheme file."""

from __future__ import annotations

import click

from minping.cli.bilingual import Command, Option, lang_of
from minping.cli.outcome import console
from minping.words import Text

ABOUT = Text(
    "列出随附的方案。用 minping new DIR --scheme NAME 开始。",
    "List the schemes that come along. Start with minping new DIR --scheme NAME.",
)


@click.command("schemes", cls=Command, words=ABOUT)
@click.option("--json", "as_json", cls=Option, is_flag=True, words=Text("以 JSON 打印", "print as JSON"))
@click.option(
    "--json-schema",
    cls=Option,
    is_flag=True,
    words=Text("打印方案文件的 JSON Schema（供编辑器用）", "print the JSON Schema of a scheme file (for editors)"),
)
@click.pass_context
def command(context: click.Context, as_json: bool, json_schema: bool) -> None:
    """List schemes."""
    import json

    from minping.schemes import available

    lang = lang_of(context)
    if json_schema:
        from minping.scheme.editor import json_schema as schema

        click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))
        return
    shipped = available()
    if as_json:
        rows = [
            {"id": scheme.id, "title": scheme.title._asdict(), "path": str(scheme.path), "example": scheme.has_example}
            for scheme in shipped
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    from rich.table import Table

    heads = (Text("方案", "scheme"), Text("名称", "title"), Text("示例数据", "example"))
    table = Table(*(head.say(lang) for head in heads), box=None, pad_edge=False, header_style="bold")
    for scheme in shipped:
        table.add_row(scheme.id, scheme.title.say(lang), "✓" if scheme.has_example else "—")
    console().print(table)
