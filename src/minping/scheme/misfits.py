"""Misfits: what pydantic finds wrong with a file, said with its line, what is allowed and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from minping.errors import Problem, did_you_mean, nearest, one_of
from minping.scheme.source import KeyPath, Source
from minping.words import Text, both


def misfits(error: ValidationError, source: Source, model: type[BaseModel]) -> list[Problem]:
    """Every fault that pydantic found in a file of the shape `model`, each with its line."""
    found: dict[tuple[str, str], Problem] = {}
    for fault in error.errors():
        path = _path_in_file(fault["loc"], source, missing=fault["type"] == "missing")
        misfit = _misfit(fault, path, source, model)
        found.setdefault((misfit.place.column, misfit.code), misfit)
    # what pydantic says of a list or a mapping as a whole is only an echo of what is wrong within it
    within = [misfit for misfit in found.values() if not _echoes(misfit, found)]
    return sorted(within, key=lambda problem: problem.place.row or 0)


def repaired(error: ValidationError, source: Source, model: type[BaseModel]) -> Any:
    """The values with every unknown key renamed to the one that it is most like, or left out."""
    values = deepcopy(source.values)
    for fault in error.errors():
        if fault["type"] == "extra_forbidden":
            *within, key = _path_in_file(fault["loc"], source, missing=False)
            here = values
            for step in within:
                here = here[step]
            given = here.pop(key)
            near = nearest(str(key), _keys_at(tuple(within), model))
            if near is not None:
                here.setdefault(near, given)
    return values


def _echoes(misfit: Problem, found: Mapping[tuple[str, str], Problem]) -> bool:
    """Whether it is said of a whole whose part is at fault, or again by the other side of a union."""
    column = misfit.place.column
    if misfit.code == "bad-value" and (column, "unknown-option") in found:
        return True
    return misfit.code in ("bad-value", "unknown-option") and any(one.startswith(f"{column}.") for one, _ in found)


def _path_in_file(loc: tuple[int | str, ...], source: Source, *, missing: bool) -> KeyPath:
    """Drop the names of union members that pydantic puts between the keys."""
    path: list[str | int] = []
    here: Any = source.values
    for step in loc:
        known = (isinstance(here, dict) and step in here) or (isinstance(here, list) and isinstance(step, int))
        if known:
            path.append(step)
            here = here[step]
        elif missing and step == loc[-1]:
            path.append(step)
    return tuple(path)


def _misfit(fault: Any, path: KeyPath, source: Source, model: type[BaseModel]) -> Problem:
    place = source.place(path)
    kind, given, last = fault["type"], fault.get("input"), str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        allowed = _keys_at(path[:-1], model)
        found = Text(f"没有键 {last}", f"no key {last} here")
        code = "misspelt-key" if nearest(last, allowed) else "unknown-key"
        return Problem(code, place, found, one_of(allowed, 40), did_you_mean(last, allowed))
    if kind == "missing":
        found = Text(f"缺少键 {last}", f"key {last} is missing")
        return Problem("missing-key", place, found, both(""), Text(f"补上 {last}", f"give {last}"))
    context = fault.get("ctx") or {}
    if kind == "literal_error":
        options = [option.strip().strip("'") for option in str(context["expected"]).replace(" or ", ", ").split(",")]
        found = Text(f"{last} 是 {given!r}", f"{last} is {given!r}")
        return Problem("unknown-option", place, found, one_of(options, 40), did_you_mean(str(given), options))
    message = str(fault["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    if kind == "too_short":
        message = f"at least {context['min_length']}"
    wanted = Text(_WANTED_ZH.get(kind, message).format(**context), message)
    found = Text(f"{last} 是 {_short(given)}", f"{last} is {_short(given)}")
    return Problem("bad-value", place, found, wanted, Text("请改正", "put it right"))


#: what pydantic wants, in Chinese, by its own name of the fault
_WANTED_ZH = {
    "float_type": "数字",
    "float_parsing": "数字",
    "finite_number": "有限的数",
    "int_type": "整数",
    "int_parsing": "整数",
    "int_from_float": "整数",
    "bool_type": "true 或 false",
    "bool_parsing": "true 或 false",
    "string_type": "文字",
    "string_too_short": "至少 {min_length} 个字",
    "string_pattern_mismatch": "符合格式 {pattern} 的文字",
    "date_type": "日期，如 2016-12-31",
    "date_parsing": "日期，如 2016-12-31",
    "date_from_datetime_parsing": "日期，如 2016-12-31",
    "dict_type": "键值对",
    "model_type": "键值对",
    "tuple_type": "列表",
    "too_short": "至少 {min_length} 项",
    "greater_than": "大于 {gt}",
    "greater_than_equal": "不小于 {ge}",
    "less_than": "小于 {lt}",
    "less_than_equal": "不大于 {le}",
}


def _short(given: object) -> str:
    said = repr(given)
    return said if len(said) <= 60 else said[:57] + "…"


def _keys_at(path: KeyPath, shape: type[BaseModel]) -> list[str]:
    """The keys that a shape allows at a path."""
    here: Any = shape
    for step in path:
        here = _below(here, step)
    model = _model_in(here)
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _below(annotation: Any, step: str | int) -> Any:
    """The annotation one step down: of a key, of an entry of a list, of a name in a mapping."""
    for part in _parts(annotation):
        if get_origin(part) in (list, tuple) and isinstance(step, int):
            return get_args(part)[0]
        if get_origin(part) is dict:
            return get_args(part)[1]
        if isinstance(part, type) and issubclass(part, BaseModel) and isinstance(step, str):
            fields = {field.alias or name: field.annotation for name, field in part.model_fields.items()}
            if step in fields:
                return fields[step]
    return None


def _parts(annotation: Any) -> list[Any]:
    """The members of a union, or the annotation itself."""
    if get_origin(annotation) in (Union, UnionType):
        return [part for one in get_args(annotation) for part in _parts(one)]
    if get_origin(annotation) is Annotated:
        return _parts(get_args(annotation)[0])
    return [annotation]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    return next((part for part in _parts(annotation) if isinstance(part, type) and issubclass(part, BaseModel)), None)
