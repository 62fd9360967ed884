"""`minping schemes`: what comes along, for people and for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

import minping as product
from tests.cli.conftest import Run

SHIPPED = {scheme.id: scheme for scheme in product.available()}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_shipped_scheme_has_a_line_with_its_title(minping: Run, lang: str) -> None:
    ended = minping("--lang", lang, "schemes")
    lines = {line.split()[0]: line for line in ended.out.splitlines()[1:]}
    assert ended.code == 0 and list(lines) == list(SHIPPED)
    for name, scheme in SHIPPED.items():
        assert (scheme.title.zh if lang == "zh" else scheme.title.en) in lines[name]
        assert ("✓" in lines[name]) == scheme.has_example


def test_json_says_where_each_scheme_is(minping: Run) -> None:
    rows = json.loads(minping("schemes", "--json").out)
    assert [row["id"] for row in rows] == list(SHIPPED)
    for row in rows:
        assert set(row) == {"id", "title", "path", "example"} and set(row["title"]) == {"zh", "en"}
        assert (Path(row["path"]) / "scheme.yaml").is_file()
        assert (Path(row["path"]) / "example" / "evidence").is_dir() == row["example"]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_json_schema_marks_a_misspelt_key_of_every_shipped_scheme(minping: Run, name: str) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(minping("schemes", "--json-schema").out))
    text = (SHIPPED[name].path / "scheme.yaml").read_text(encoding="utf-8")
    scheme = json.loads(json.dumps(yaml.safe_load(text), default=str))
    assert not any("'id'" in error.message for error in validator.iter_errors(scheme))
    scheme["indicaters"] = scheme.pop("indicators")
    told = [error.message for error in validator.iter_errors(scheme)]
    assert any("'indicaters' was unexpected" in message for message in told)
    assert "'indicators' is a required property" in told


def test_every_shipped_scheme_is_known_to_lint_by_its_name(minping: Run) -> None:
    for name in SHIPPED:
        report = json.loads(minping("lint", name, "--json").out)
        assert report["scheme"].startswith(f"{name} ")


def test_an_argument_too_many_is_refused(minping: Run) -> None:
    ended = minping("schemes", "green-2016")
    assert ended.code == 2 and "green-2016" in ended.err and ended.out == ""
