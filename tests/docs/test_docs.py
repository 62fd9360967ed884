"""What README and docs show really runs, every name is documented, every link leads somewhere."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
import yaml

import minping
from minping.cli import COMMANDS, main
from minping.model.cells import WORDS
from minping.scheme.shape import Scheme
from minping.stats.normalise import METHODS, parameters_of
from tests.conftest import ROOT
from tests.docs.pages import GUIDES, PAGES, Block, Command, anchors, blocks, commands, links, name_of
from tools.reference import PAGES as REFERENCE
from tools.reference import text_of

SHOWN = [path for path in GUIDES if any(block.kind.split()[:1] in (["python"], ["console"]) for block in blocks(path))]
PARAMETERS = {parameter for method in METHODS for parameter in parameters_of(method)}
NAMES_IN_EXAMPLES = {
    "city",
    "county",
    "eco",
    "five",
    "tax",
    "tertiary",
}  #: body types, scales and the like that pages make up
#: pages that simulate or audit a county: left out of `make check`
LONG = {"audit-figures", "audit-ratings", "call-back-the-silent", "plan-inspections", "simulate-a-county"}
NOT_RUN = ("git", "pip", "uv")  #: programs that pages name and tests don't start


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=pytest.mark.slow if path.stem in LONG else ()) for path in SHOWN],
    ids=[name_of(path) for path in SHOWN],
)
def test_what_a_page_shows_runs(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MINPING_LANG", "en" if path.name.endswith(".en.md") else "zh")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks(path):
        kind = block.kind.split()
        if kind[:1] == ["python"]:
            code = "\n" * block.line + block.text
            exec(compile(code, str(path), "exec"), names)  # noqa: S102 - the project's own pages
        elif kind[:1] == ["console"]:
            run_block(path, block, capsys)
        elif len(kind) > 1:
            write(Path(kind[1]), block)


def run_block(path: Path, block: Block, capsys: pytest.CaptureFixture[str]) -> None:
    expected_code = int(found[1]) if (found := re.search(r"exit=(\d+)", block.kind)) else 0
    for command in commands(block):
        program, *arguments = shlex.split(command.text)
        if program == "make":
            assert re.search(rf"^{arguments[0]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M), command.text
        elif program == "minping":
            capsys.readouterr()
            with pytest.raises(SystemExit) as ended:
                main(arguments)
            printed = capsys.readouterr()
            where = f"{name_of(path)}:{block.line}: {command.text}"
            assert (ended.value.code or 0) == expected_code, f"{where}\n{printed.out}\n{printed.err}"
            assert_prints(command, printed.out + printed.err, where)
        else:
            assert program in NOT_RUN, f"{name_of(path)}:{block.line}: unknown program {program}"


def assert_prints(command: Command, printed: str, where: str) -> None:
    """Each shown line is printed, in this order; … stands for anything, blanks count as one."""
    lines = [" ".join(line.split()) for line in printed.splitlines()]
    at = 0
    for shown in command.prints:
        pattern = ".*".join(re.escape(part) for part in " ".join(shown.split()).split("…"))
        while at < len(lines) and not re.fullmatch(pattern, lines[at]):
            at += 1
        assert at < len(lines), f"{where}: not printed: {shown}\n{printed}"


def write(file: Path, block: Block) -> None:
    """A block that names a file after its kind is written there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(block.text, encoding="utf-8")


@pytest.mark.parametrize("path", GUIDES, ids=name_of)
def test_yaml_on_a_page_parses_and_its_keys_exist(path: Path) -> None:
    keys_of = prose("docs", "reference", "scheme.md") + prose("docs", "reference", "questionnaire.md")
    known = set(re.findall(r"`([a-z_]+)`", keys_of)) | set(PARAMETERS)
    for block in blocks(path):
        if block.kind.split()[:1] == ["yaml"] and "/tests/" not in block.kind:  # minping lint --tests reads those
            yaml.safe_load(block.text)
            keys = set(re.findall(r"^[ -]*([a-z_]+):", block.text, re.M)) | set(
                re.findall(r"[{,] *([a-z_]+):", block.text)
            )
            assert keys <= known | NAMES_IN_EXAMPLES, f"{name_of(path)}:{block.line}"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    broken = []
    for link in links(path):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = unquote(link).partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


def test_every_page_can_be_reached_from_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    reached = {(index.parent / link.partition("#")[0]).resolve() for link in links(index)}
    assert not [name_of(path) for path in (ROOT / "docs").rglob("*.md") if path not in reached and path != index]


@pytest.mark.parametrize("name", list(REFERENCE))
def test_the_reference_is_what_the_code_says(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == text_of(name), "run make docs"


def prose(*parts: str) -> str:
    folder = ROOT.joinpath(*parts)
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.md"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("name", minping.__all__)
def test_a_public_name_is_shown_in_use(name: str) -> None:
    assert name in prose("docs", "how-to") + prose("docs", "tutorial")


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_command_is_shown_in_use(name: str) -> None:
    assert f"minping {name}" in prose("docs", "how-to") + prose("docs", "tutorial") + prose("README.md")


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_option_has_words_in_both_languages(name: str) -> None:
    command = import_module(COMMANDS[name][0]).command
    for option in command.params:
        if isinstance(option, click.Option) and option.name != "help":
            assert option.words.zh and option.words.en  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", [field.alias or name for name, field in Scheme.model_fields.items()])
def test_a_key_of_a_scheme_has_its_rule(key: str) -> None:
    assert f"`{key}`" in prose("docs", "explanation", "rules.md")


@pytest.mark.parametrize("state", WORDS.values(), ids=lambda words: words.en)
def test_a_state_of_a_figure_is_in_the_glossary(state: object) -> None:
    assert state.zh in prose("docs", "glossary.md")  # type: ignore[attr-defined]


def test_both_readmes_show_the_same_code() -> None:
    chinese, english = (
        [re.sub(r" *#.*", "", block.text) for block in blocks(ROOT / name) if block.kind == "python"]
        for name in ("README.md", "README.en.md")
    )
    assert chinese == english != []
