from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from minping.scheme.editor import json_schema, key_words
from minping.scheme.read import read_scheme
from minping.schemes import HOME
from tests.scheme.faults import GOOD, changed


def valid(text: str) -> bool:
    return jsonschema.Draft202012Validator(json_schema()).is_valid(yaml.safe_load(text))


def test_it_is_a_json_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


SHIPPED = sorted(path.parent for path in HOME.glob("*/scheme.yaml"))


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda path: path.name)
def test_every_key_of_a_shipped_scheme_is_known_to_an_editor(folder: Path) -> None:
    used = set(read_scheme(folder).source.values)
    assert used <= set(json_schema()["properties"])


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda path: path.name)
def test_an_editor_finds_no_fault_with_a_shipped_scheme(folder: Path) -> None:
    plain = yaml.safe_load((folder / "scheme.yaml").read_text(encoding="utf-8"))
    as_editors_read_it = json.loads(json.dumps(plain, default=str))
    assert not list(jsonschema.Draft202012Validator(json_schema()).iter_errors(as_editors_read_it))


def test_what_the_reader_refuses_an_editor_marks() -> None:
    assert not valid(changed("direction: lower", "direction: down"))
    assert not valid(changed("weights: {sum", "wieghts: {sum"))
    assert not valid(changed("method: goalposts, floor", "method: goalpost, floor"))


def test_keys_are_described_by_the_words_beside_them() -> None:
    words = key_words()
    assert words["Indicator", "counts"].startswith("false: computed and published beside the score")
    indicator = json_schema()["$defs"]["Indicator"]["properties"]
    assert indicator["counts"]["description"] == words["Indicator", "counts"]
    assert "in" in indicator and "from" in indicator and "within" not in indicator


def test_a_good_scheme_has_no_key_that_an_editor_does_not_know() -> None:
    known = set(json_schema()["properties"])
    assert set(yaml.safe_load(GOOD)) <= known
