"""`minping new`: a folder that runs at once, or templates to fill in; nothing is ever overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

import minping as product
from tests.cli.conftest import Run

SHIPPED = [scheme.id for scheme in product.available()]
WITH_EXAMPLE = [scheme.id for scheme in product.available() if scheme.has_example]


@pytest.mark.parametrize("name", WITH_EXAMPLE)
def test_an_example_of_every_shipped_scheme_checks_without_an_error(minping: Run, tmp_path: Path, name: str) -> None:
    started = minping("new", tmp_path / "own", "--scheme", name, "--with-example")
    assert started.code == 0 and "minping check" in started.out and started.err == ""
    checked = minping("check", tmp_path / "own")
    assert checked.code == 0 and "no errors" in checked.out


@pytest.mark.parametrize("name", SHIPPED)
def test_without_example_data_there_is_a_template_with_the_schemes_own_indicators(
    minping: Run, tmp_path: Path, name: str
) -> None:
    assert minping("new", tmp_path / "own", "--scheme", name).code == 0
    assert [path.name for path in (tmp_path / "own" / "evidence").iterdir()] == ["evidence.xlsx"]
    workbook = openpyxl.load_workbook(tmp_path / "own" / "evidence" / "evidence.xlsx")
    of_events = name == "service"
    assert {"bodies", *(("ratings", "offers", "requests") if of_events else ("official",))} <= set(workbook.sheetnames)
    if of_events:
        return
    texts = {cell.value for sheet in workbook for row in sheet for cell in row}
    rows = (tmp_path / "own" / "scheme.yaml").read_text(encoding="utf-8").partition("\nindicators:")[2].splitlines()
    first = next(line.partition("id:")[2].split(",")[0].strip(" }") for line in rows if "id:" in line)
    assert first in texts


def test_an_unfilled_template_is_no_evidence(minping: Run, tmp_path: Path) -> None:
    minping("new", tmp_path / "own", "--scheme", "green-2016")
    ended = minping("run", tmp_path / "own")
    assert ended.code == 2 and "evidence.xlsx[official]" in ended.err and "fill it in" in ended.err
    assert not (tmp_path / "own" / "results").exists()


def test_the_scheme_comes_with_a_json_schema_that_its_first_line_names(minping: Run, green: Path) -> None:
    first = (green / "scheme.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=scheme.schema.json"
    written = json.loads((green / "scheme.schema.json").read_text(encoding="utf-8"))
    assert written == json.loads(minping("schemes", "--json-schema").out)


def test_the_example_brings_its_tests_and_they_hold(minping: Run, green: Path) -> None:
    assert (green / "tests" / "totals.yaml").is_file() and (green / "README.md").is_file()
    ended = minping("lint", green, "--tests")
    assert ended.code == 0 and "0 mismatches" in ended.out


def test_a_misspelt_scheme_comes_with_the_nearest_and_starts_nothing(minping: Run, tmp_path: Path) -> None:
    ended = minping("new", tmp_path / "own", "--scheme", "gren-2016")
    assert ended.code == 2 and "no scheme gren-2016" in ended.err and "did you mean green-2016?" in ended.err
    assert not (tmp_path / "own").exists()


@pytest.mark.parametrize("arguments", [(), ("--with-example",)])
def test_a_folder_that_holds_anything_is_left_as_it_is(
    minping: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "notes.txt").write_text("mine", encoding="utf-8")
    ended = minping("new", own, "--scheme", "hdi", *arguments)
    assert ended.code == 2 and "not empty" in ended.err and "nothing is ever overwritten" in ended.err
    assert [path.name for path in own.iterdir()] == ["notes.txt"]


def test_a_file_in_place_of_the_folder_is_left_as_it_is(minping: Run, tmp_path: Path) -> None:
    (tmp_path / "own").write_text("mine", encoding="utf-8")
    assert minping("new", tmp_path / "own", "--scheme", "hdi").code == 2
    assert (tmp_path / "own").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_and_one_in_folders_to_be_made_are_taken(minping: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "a" / "b"):
        assert minping("new", folder, "--scheme", "hdi").code == 0
        assert (folder / "scheme.yaml").is_file()


def test_a_scheme_must_be_named(minping: Run, tmp_path: Path) -> None:
    ended = minping("new", tmp_path / "own")
    assert ended.code == 2 and "--scheme" in ended.err and not (tmp_path / "own").exists()
