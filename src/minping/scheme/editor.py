"""The JSON Schema of a scheme file, for editors that complete and check YAML while it is written.

What the comments in `scheme.shape` say of each key becomes its description; the methods of normalisation and their
parameters become options.
"""

from __future__ import annotations

import inspect
import re
from types import ModuleType
from typing import Any

from pydantic import BaseModel

from minping.scheme import conduct, part, request_rules, shape, survey_rules
from minping.stats.normalise import METHODS, parameters_of

SHAPES = (conduct, part, shape, request_rules, survey_rules)
#: field -> the key that files have for it
ALIASES = {"within": "in", "evidence": "from", "first": "from", "last": "to"}
_CLASS = re.compile(r"^class (\w+)\(")
_FIELD = re.compile(r"^    (\w+): .*?(?:#: (?P<words>.+))?$")


def key_words(*modules: ModuleType) -> dict[tuple[str, str], str]:
    """(class, field) -> the words that stand beside the field in modules of shapes; by default those of schemes."""
    words: dict[tuple[str, str], str] = {}
    here = ""
    for line in "\n".join(map(inspect.getsource, modules or SHAPES)).splitlines():
        if found := _CLASS.match(line):
            here = found[1]
        elif (found := _FIELD.match(line)) and found["words"]:
            words[here, found[1]] = found["words"]
    return words


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `scheme/v1`."""
    schema = described(shape.Scheme, *SHAPES)
    _describe_methods(schema["$defs"]["Normalise"])
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Minping scheme/v1"
    return schema


def described(model: type[BaseModel], *modules: ModuleType) -> dict[str, Any]:
    """The JSON Schema of a shape, each key described by the words beside it in the modules."""
    schema = model.model_json_schema(by_alias=True)
    parts = {model.__name__: schema, **schema.get("$defs", {})}
    for (name, field), said in key_words(*modules).items():
        properties = parts.get(name, {}).get("properties", {})
        key = ALIASES.get(field, field) if ALIASES.get(field) in properties else field
        if key in properties:
            properties[key]["description"] = said
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
