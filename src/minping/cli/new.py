"""`minping new DIR --scheme NAME`: start a folder: scheme, templates to fill in, or example data."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minping.cli.bilingual import Command, Option, lang_of
from minping.cli.outcome import console
from minping.errors import Place, Problem, SchemeError, did_you_mean, one_of
from minping.words import Text, both

if TYPE_CHECKING:
    from minping.schemes import ShippedScheme

ABOUT = Text(
    "新建考核文件夹 DIR：方案、填报模板（带校验的 Excel）；加 --with-example 则带示例数据，可立即运行。",
    "Start the folder DIR: the scheme and Excel templates with validation; --with-example adds example data that "
    "runs at once.",
)


SCHEMA = "scheme.schema.json"
MODELINE = f"# yaml-language-server: $schema={SCHEMA}\n"  #: editors then complete keys and check them


@click.command("new", cls=Command, words=ABOUT)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--scheme",
    "name",
    cls=Option,
    required=True,
    words=Text("方案名，见 minping schemes", "a name from minping schemes"),
)
@click.option("--with-example", cls=Option, is_flag=True, words=Text("带示例数据", "with example data"))
@click.pass_context
def command(context: click.Context, folder: Path, name: str, with_example: bool) -> None:
    """Start a folder."""
    lang = lang_of(context)
    start_folder(folder, name, with_example)
    done = Text(
        f"已新建 {folder}。接下来：minping check {folder}，然后 minping run {folder}",
        f"{folder} is ready. Next: minping check {folder}, then minping run {folder}",
    )
    console().print(done.say(lang), style="green")


def start_folder(folder: Path, name: str, with_example: bool) -> None:
    """Write the folder.

    Raises:
        SchemeError: no such scheme, or the folder is not empty.
    """
    shipped = shipped_scheme(name)
    empty_folder(folder)
    if with_example and not shipped.has_example:
        what = Text(f"{name} 没有示例数据", f"{name} has no example data")
        raise SchemeError(
            Problem("no-example", Place(name), what, both(""), Text("去掉 --with-example", "leave it out"))
        )
    evidence = folder / "evidence"
    evidence.mkdir(parents=True)
    text = (shipped.path / "scheme.yaml").read_text(encoding="utf-8")
    (folder / "scheme.yaml").write_text(MODELINE + text, encoding="utf-8", newline="\n")
    shutil.copyfile(shipped.path / "README.md", folder / "README.md")
    _write_schema(folder / SCHEMA)
    if (shipped.path / "tests").is_dir() and with_example:
        shutil.copytree(shipped.path / "tests", folder / "tests")
    if with_example:
        shutil.copytree(shipped.path / "example" / "evidence", evidence, dirs_exist_ok=True)
    else:
        _write_templates(folder)


def empty_folder(folder: Path) -> None:
    """Make sure that nothing is in the way.

    Raises:
        SchemeError: the folder is not empty.
    """
    if folder.exists() and (folder.is_file() or any(folder.iterdir())):
        raise SchemeError(
            Problem(
                "folder-not-empty",
                Place(str(folder)),
                Text("文件夹不是空的", "the folder is not empty"),
                Text("新的或空的文件夹", "a new or empty folder"),
                Text("换一个名字；不会覆盖任何文件", "choose another name; nothing is ever overwritten"),
            )
        )


def shipped_scheme(name: str) -> ShippedScheme:
    """A shipped scheme by name.

    Raises:
        SchemeError: no such scheme, with the nearest.
    """
    from minping.schemes import available

    found = {scheme.id: scheme for scheme in available()}
    if name not in found:
        what = Text(f"没有方案 {name}", f"no scheme {name}")
        raise SchemeError(Problem("unknown-scheme", Place(), what, one_of(list(found)), did_you_mean(name, found)))
    return found[name]


def _write_schema(path: Path) -> None:
    """What editors need to complete and check the scheme while it is written."""
    import json

    from minping.scheme.editor import json_schema

    path.write_text(json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _write_templates(folder: Path) -> None:
    from minping.evidence import write_template
    from minping.scheme.read import codebook, read_scheme

    write_template(folder / "evidence" / "evidence.xlsx", codebook(read_scheme(folder).scheme))
