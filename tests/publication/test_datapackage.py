"""The data package: what it says of the tables is true of their files (also checked once with frictionless 5)."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from minping.publication.columns import COLUMNS, TABLES

READS: dict[str, Callable[[str], object]] = {
    "string": str,
    "number": float,
    "integer": int,
    "boolean": ("false", "true").index,
}


@pytest.fixture
def package(published: Path) -> dict[str, Any]:
    return dict(json.loads((published / "datapackage.json").read_text(encoding="utf-8")))


def _rows(published: Path, resource: dict[str, Any]) -> list[dict[str, str]]:
    with (published / resource["path"]).open(encoding=resource["encoding"], newline="") as file:
        return list(csv.DictReader(file))


def test_names_are_as_the_standard_wants_them(package: dict[str, Any]) -> None:
    assert package["$schema"].endswith("/2.0/datapackage.json")
    names = [resource["name"] for resource in package["resources"]]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9._-]+", name) for name in [package["name"], *names])
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]


def test_every_csv_is_described_with_its_true_size_and_hash(package: dict[str, Any], published: Path) -> None:
    assert {resource["path"] for resource in package["resources"]} == {path.name for path in published.glob("*.csv")}
    for resource in package["resources"]:
        content = (published / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_every_cell_is_of_the_type_that_its_field_says(package: dict[str, Any], published: Path) -> None:
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        rows = _rows(published, resource)
        assert not rows or list(rows[0]) == [field["name"] for field in fields]
        for row in rows:
            for field in fields:
                cell = row[field["name"]]
                assert cell or not field.get("constraints", {}).get("required"), (resource["name"], row)
                if cell:
                    READS[field["type"]](cell)


def test_numbers_counts_and_truths_are_told_apart(package: dict[str, Any]) -> None:
    kinds = {
        (resource["name"], field["name"]): field["type"]
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    }
    assert kinds["ranks", "score"] == "number"
    assert kinds["ranks", "rank"] == kinds["values", "row"] == "integer"
    assert kinds["grades", "proposed"] == "boolean"
    assert kinds["ranks", "body"] == kinds["problems", "code"] == "string"


def test_primary_keys_tell_rows_apart_and_foreign_keys_point_to_a_row(package: dict[str, Any], published: Path) -> None:
    tables = {resource["name"]: _rows(published, resource) for resource in package["resources"]}
    pointed = 0
    for resource in package["resources"]:
        rows, schema = tables[resource["name"]], resource["schema"]
        if key := schema.get("primaryKey"):
            assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
        for link in schema.get("foreignKeys", []):
            there = {row[link["reference"]["fields"][0]] for row in tables[link["reference"]["resource"]]}
            assert {row[link["fields"][0]] for row in rows} <= there
            pointed += 1
    assert pointed >= 5


def test_every_published_table_and_column_has_its_words(package: dict[str, Any]) -> None:
    for resource in package["resources"]:
        assert resource["name"] in TABLES
        for field in resource["schema"]["fields"]:
            known = {field["name"], f"{resource['name']}.{field['name']}"} & set(COLUMNS)
            assert known or field["name"].startswith("share_"), (resource["name"], field["name"])
