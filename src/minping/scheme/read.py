"""Read a scheme: in a YAML file (or its text), out a `Scheme`, or every problem of the file at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from minping.errors import Place, Problem, SchemeError, did_you_mean, nearest, one_of
from minping.model.evidence import Codebook, IndicatorNote
from minping.scheme.consistency import inconsistencies
from minping.scheme.shape import Scheme
from minping.scheme.source import KeyPath, Source, read_source
from minping.words import Text, both

MOST_BYTES = 4_000_000  #: a scheme file above this is not one


@dataclass(frozen=True, slots=True)
class SchemeFile:
    """A scheme with the file it was read from: its lines for messages, its bytes for the hash."""

    scheme: Scheme
    source: Source
    text: str

    @property
    def sha256(self) -> str:
        """Hash of the file's text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def read_scheme(path: str | Path) -> SchemeFile:
    """Read and check a scheme file, or the `scheme.yaml` of a folder.

    Raises:
        SchemeError: with every problem of the file, each with its line.
    """
    path = Path(path)
    if path.is_dir():
        path = path / "scheme.yaml"
    return parse_scheme(_text_of(path), str(path))


def parse_scheme(text: str, file: str = "scheme.yaml") -> SchemeFile:
    """Check the text of a scheme file.

    Raises:
        SchemeError: with every problem of the text.
    """
    source = read_source(text, file)
    try:
        scheme = Scheme.model_validate(source.values)
    except ValidationError as error:
        raise SchemeError(source.problems + _misfits(error, source)) from None
    problems = source.problems + inconsistencies(scheme, source)
    if problems:
        raise SchemeError(sorted(problems, key=lambda found: found.place.row or 0))
    return SchemeFile(scheme, source, text)


def codebook(scheme: Scheme) -> Codebook:
    """What the scheme expects of evidence, for `evidence.load`."""
    notes: dict[str, IndicatorNote] = {}
    for indicator in scheme.indicators:
        low, high = indicator.possible or (None, None)
        notes[indicator.official] = IndicatorNote(
            indicator.official,
            indicator.title.text.zh,
            indicator.title.text.en,
            indicator.unit,
            "%" in indicator.unit,
            low,
            high,
        )
    for name in _helper_figures(scheme):
        notes.setdefault(name, IndicatorNote(name, name, name))
    adjust = scheme.adjust
    answered = [entry.when for entries in (adjust.deduct, adjust.caps, adjust.veto) for entry in entries]
    answered += [entry.when for entry in adjust.bonus if entry.when is not None]
    kinds = {when.incident for when in answered}
    return Codebook(notes, scheme.body_types, (), tuple(sorted(kinds)))


def _helper_figures(scheme: Scheme) -> list[str]:
    """Names of official figures that only serve others: price indices, denominators, targets, bonus points."""
    names = [
        name for part in scheme.indicators if part.convert for name in (part.convert.real, part.convert.per) if name
    ]
    for part in scheme.indicators:
        parameters = part.normalise.parameters if part.normalise else {}
        names += [value for value in parameters.values() if isinstance(value, str) and not is_percentile(value)]
    return names + [entry.official for entry in scheme.adjust.bonus if entry.official]


def is_percentile(bound: str) -> bool:
    """Whether a bound is written as a percentile of the peers.

    >>> is_percentile("p95"), is_percentile("population")
    (True, False)
    """
    return bound[:1] == "p" and bound[1:].isdigit() and 0 <= int(bound[1:]) <= 100


def _text_of(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        fix = Text("检查路径；用 minping new 新建", "check the path, or start with minping new")
        what = error.strerror or "?"
        raise SchemeError(
            Problem("no-scheme", Place(str(path)), Text(f"无法读取：{what}", f"can't be read: {what}"), both(""), fix)
        ) from None
    if len(content) > MOST_BYTES:
        found = Text(f"文件有 {len(content)} 字节", f"the file has {len(content)} bytes")
        allowed = Text(f"最多 {MOST_BYTES} 字节", f"at most {MOST_BYTES} bytes")
        raise SchemeError(Problem("scheme-too-large", Place(str(path)), found, allowed, both("")))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    found = Text("既不是 UTF-8 也不是 GB18030 文本", "neither UTF-8 nor GB18030 text")
    raise SchemeError(
        Problem("not-text", Place(str(path)), found, both(""), Text("另存为 UTF-8", "save the file as UTF-8"))
    )


def _misfits(error: ValidationError, source: Source) -> list[Problem]:
    found: dict[tuple[str, str], Problem] = {}
    for fault in error.errors():
        path = _path_in_file(fault["loc"], source, missing=fault["type"] == "missing")
        misfit = _misfit(fault, path, source)
        found.setdefault((misfit.place.column, misfit.code), misfit)
    # what pydantic says of a list or a mapping as a whole is only an echo of what is wrong within it
    columns = [column for column, _ in found]
    within = [misfit for misfit in found.values() if not _echoes(misfit, columns)]
    return sorted(within, key=lambda problem: problem.place.row or 0)


def _echoes(misfit: Problem, columns: list[str]) -> bool:
    return misfit.code == "bad-value" and any(column.startswith(f"{misfit.place.column}.") for column in columns)


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


def _misfit(fault: Any, path: KeyPath, source: Source) -> Problem:
    place = source.place(path)
    kind, given, last = fault["type"], fault.get("input"), str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        allowed = _keys_at(path[:-1])
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


def _keys_at(path: KeyPath) -> list[str]:
    """The keys that the shape allows at a path."""
    model: type[BaseModel] | None = Scheme
    for step in path:
        if isinstance(step, int) or model is None:
            continue
        names = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
        model = _model_in(names.get(step))
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, UnionType, tuple, list, dict) or get_args(annotation):
        for part in get_args(annotation):
            if found := _model_in(part):
                return found
    return None
