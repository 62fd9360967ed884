"""The JSON Schema of a scheme file, for editors that complete and check YAML while it is written.

What the comments in `scheme.shape` say of each key becomes its description; the methods of normalisation and their
parameters become options.
"""

from __future__ import annotations

import inspect
import re
from typing import Any

from minping.scheme import shape
from minping.stats.normalise import METHODS, parameters_of

_CLASS = re.compile(r"^class (\w+)\(")
_FIELD = re.compile(r"^    (\w+): .*?(?:#: (?P<words>.+))?$")


def key_words() -> dict[tuple[str, str], str]:
    """(class, field) -> the words that stand beside the field in `scheme.shape`."""
    words: dict[tuple[str, str], str] = {}
    here = ""
    for line in inspect.getsource(shape).splitlines():
        if found := _CLASS.match(line):
            here = found[1]
        elif (found := _FIELD.match(line)) and found["words"]:
            words[here, found[1]] = found["words"]
    return words


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `scheme/v1`."""
    schema = shape.Scheme.model_json_schema(by_alias=True)
    words = key_words()
    aliases = {"within": "in", "evidence": "from"}
    parts = {"Scheme": schema, **schema.get("$defs", {})}
    for (name, field), said in words.items():
        properties = parts.get(name, {}).get("properties", {})
        key = aliases.get(field, field) if aliases.get(field) in properties else field
        if key in properties:
            properties[key]["description"] = said
    _describe_methods(schema["$defs"]["Normalise"])
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Minping scheme/v1"
    return schema


def _describe_methods(normalise: dict[str, Any]) -> None:
    normalise["properties"]["method"]["enum"] = list(METHODS)
    normalise["properties"]["method"]["description"] = "; ".join(
        f"{name}: {method.in_words.en}" for name, method in METHODS.items()
    )
    takers: dict[str, list[str]] = {}
    for name in METHODS:
        for parameter in parameters_of(name):
            takers.setdefault(parameter, []).append(name)
    for parameter, names in takers.items():
        normalise["properties"].setdefault(parameter, {"description": f"for {', '.join(names)}"})
    normalise["additionalProperties"] = False
