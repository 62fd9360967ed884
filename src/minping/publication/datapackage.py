"""The data package: in the published tables, out `datapackage.json` (Data Package 2.0), so that any tool can read them.

Source: Walsh, Pollock and others, Data Package Standard 2.0 (2024), https://datapackage.org; every descriptor is
also valid for readers of version 1.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from minping.publication.columns import TABLES, column_note
from minping.publication.manifest import ListedFile
from minping.publication.notes import TableNote
from minping.words import Text, both

if TYPE_CHECKING:
    import pyarrow as pa

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
#: column -> the table and column that it points to
REFERENCES = {
    "body": ("ranks", "body"),
    "other": ("ranks", "body"),
    "node": ("nodes", "node"),
    "indicator": ("nodes", "node"),
}


def datapackage_text(about: Mapping[str, Any], tables: Mapping[str, pa.Schema], files: Mapping[str, ListedFile]) -> str:
    """The descriptor as JSON text.

    Args:
        about: name, title, description, version, licence, created_on of the package; absent ones are left out
        tables: name -> columns of each table
        files: name -> the CSV file of each table
    """
    package: dict[str, Any] = {"$schema": PROFILE, "profile": "tabular-data-package"}
    package |= {key: about[key] for key in ("name", "title", "description", "version") if about.get(key)}
    if about.get("created_on"):
        package["created"] = f"{about['created_on']}T00:00:00Z"
    if about.get("licence"):
        package["licenses"] = [_licence(about["licence"])]
    package["resources"] = [_resource(name, schema, files[name], tables) for name, schema in tables.items()]
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(name: str, schema: pa.Schema, file: ListedFile, tables: Mapping[str, pa.Schema]) -> dict[str, Any]:
    note = TABLES.get(name, TableNote(both(name), both("")))
    resource = {
        "name": name,
        "type": "table",
        "profile": "tabular-data-resource",
        "title": _together(note.title),
        "description": _together(note.about),
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        "schema": _schema(name, schema, note.key, tables),
    }
    return {key: value for key, value in resource.items() if value not in ("", None)}


def _schema(name: str, schema: pa.Schema, key: Sequence[str], tables: Mapping[str, pa.Schema]) -> dict[str, Any]:
    said: dict[str, Any] = {"fields": [_field(name, at, at.name in key) for at in schema], "missingValues": [""]}
    if key and set(key) <= set(schema.names):
        said["primaryKey"] = list(key)
    references = [
        {"fields": [column], "reference": {"resource": table, "fields": [pointed]}}
        for column, (table, pointed) in REFERENCES.items()
        if column in schema.names and table in tables and table != name
    ]
    return said | ({"foreignKeys": references} if references else {})


def _field(table: str, field: pa.Field, required: bool) -> dict[str, Any]:
    note = column_note(table, field.name)
    said: dict[str, Any] = {"name": field.name, "type": _kind(field.type), "title": _together(note.title)}
    if note.about.zh or note.about.en:
        said["description"] = _together(note.about)
    if required:
        said["constraints"] = {"required": True}
    return said


def _kind(kind: pa.DataType) -> str:
    import pyarrow.types as kinds

    if kinds.is_floating(kind):
        return "number"
    if kinds.is_integer(kind):
        return "integer"
    return "boolean" if kinds.is_boolean(kind) else "string"


def _licence(told: str) -> dict[str, str]:
    """A licence as the standard wants it: by its short name where it is one, else by address, else as a title."""
    if told.startswith(("http://", "https://")):
        return {"path": told}
    name = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-._") else "-" for letter in told)
    return {"name": told} if name == told else {"name": "other", "title": told}


def _together(words: Text) -> str:
    """Both languages in one line, since a descriptor has one title only."""
    return words.zh if words.zh == words.en else f"{words.zh} · {words.en}"
