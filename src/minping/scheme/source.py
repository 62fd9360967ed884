"""Read YAML and remember where every key stands: in the bytes of a file, out plain values and line numbers.

Never a value without its line, never the same key twice, never a list that refers to itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from minping.errors import Place, Problem, SchemeError
from minping.words import Text, both

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
KeyPath = tuple[str | int, ...]
_DEEPEST = 40  #: levels of nesting; a scheme has some ten
_MOST_ENTRIES = 100_000  #: keys and list entries once every alias is written out
_NOTHING = both("")
_AS_WRITTEN = frozenset({"id", "version", "of", "in"})  #: names: 2016.10 is not 2016.1, NO is not false


@dataclass(slots=True)
class Source:
    """The values of a YAML file and the line of each key path."""

    file: str
    values: Any = None
    lines: dict[KeyPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: KeyPath) -> int | None:
        """The line of `path`, or of its nearest parent that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)

    def place(self, path: KeyPath) -> Place:
        """Where `path` stands, as file, line and key path."""
        return Place(file=self.file, row=self.line(path), column=self.name(path))

    def name(self, path: KeyPath) -> str:
        """A key path said by ids where the list entries have them: `indicators.gdp.weight`."""
        said: list[str] = []
        here = self.values
        for step in path:
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                here = None
            entry_id = here.get("id") if isinstance(step, int) and isinstance(here, dict) else None
            said.append(str(entry_id if entry_id is not None else step))
        return ".".join(said)


def read_source(text: str, file: str) -> Source:
    """Parse YAML; `problems` holds what is wrong with it as YAML.

    Raises:
        SchemeError: the text is no YAML at all (with the line).
    """
    source = Source(file)
    try:
        _not_too_deep(text, file)
        node = yaml.compose(text, Loader=_Loader)
        if node is not None:
            source.values = _build(node, (), source, frozenset())
    except yaml.YAMLError as error:
        raise SchemeError(_not_yaml(error, file)) from None
    if not isinstance(source.values, dict):
        raise SchemeError(
            Problem(
                "not-a-mapping",
                Place(file, row=1),
                Text("文件不是键值形式的 YAML", "the file is no YAML mapping of keys to values"),
                both("id: …, version: …, indicators: …"),
                Text("从一个随附方案复制开始：minping new", "start from a shipped scheme: minping new"),
            )
        )
    return source


def problem(
    source: Source, path: KeyPath, code: str, found: Text, allowed: Text = _NOTHING, fix: Text = _NOTHING
) -> Problem:
    """A problem of the scheme at a key path."""
    return Problem(code, source.place(path), found, allowed, fix)


def _not_too_deep(text: str, file: str) -> None:
    """Refuse endless nesting before it is built: composing is recursive."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            raise SchemeError(
                Problem(
                    "too-deep",
                    Place(file, row=event.start_mark.line + 1 if event.start_mark else None),
                    Text(f"嵌套超过 {_DEEPEST} 层", f"more than {_DEEPEST} levels of nesting"),
                    both(""),
                    Text("检查括号和缩进", "check the brackets and the indentation"),
                )
            )


def _too_large(source: Source, path: KeyPath) -> SchemeError:
    found = Text(f"展开后超过 {_MOST_ENTRIES} 项", f"more than {_MOST_ENTRIES} entries once aliases are written out")
    return SchemeError(
        Problem("too-large", source.place(path[:1]), found, both(""), Text("去掉 *别名", "remove the *aliases"))
    )


def _not_yaml(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error)
    return Problem(
        "not-yaml",
        Place(file, row=mark.line + 1 if mark else None, column=f"col {mark.column + 1}" if mark else ""),
        Text(f"不是有效的 YAML：{what}", f"not valid YAML: {what}"),
        both(""),
        Text("检查缩进、冒号后的空格和引号", "check the indentation, the space after a colon, the quotes"),
    )


def _build(node: Node, path: KeyPath, source: Source, above: frozenset[int]) -> Any:
    source.lines.setdefault(path, node.start_mark.line + 1)
    if len(source.lines) > _MOST_ENTRIES:
        raise _too_large(source, path)
    if id(node) in above:
        source.problems.append(
            Problem(
                "cyclic-yaml",
                source.place(path),
                Text("YAML 别名引用了自身", "a YAML alias that contains itself"),
                both(""),
                Text("去掉该 *别名", "remove the *alias"),
            )
        )
        return None
    if isinstance(node, MappingNode):
        return _mapping(node, path, source, above | {id(node)})
    if isinstance(node, SequenceNode):
        return [_build(item, (*path, at), source, above | {id(node)}) for at, item in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: MappingNode, path: KeyPath, source: Source, above: frozenset[int]) -> dict[str, Any]:
    built: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value) if isinstance(key_node, ScalarNode) else "?"
        here = (*path, key)
        if key in built:
            first = source.lines[here]
            source.problems.append(
                Problem(
                    "duplicate-key",
                    Place(source.file, row=key_node.start_mark.line + 1, column=".".join(map(str, here))),
                    Text(f"键 {key} 重复，首次出现在第 {first} 行", f"key {key} again; first on line {first}"),
                    Text("每个键一次", "each key once"),
                    Text("删除其中之一", "remove one of them"),
                )
            )
            continue
        source.lines[here] = key_node.start_mark.line + 1
        as_written = key in _AS_WRITTEN and isinstance(value_node, ScalarNode) and not value_node.tag.endswith(":null")
        built[key] = str(value_node.value) if as_written else _build(value_node, here, source, above)
    return built


def _scalar(node: Node) -> Any:
    loader = _Loader("")
    try:
        return loader.construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError):
        return str(node.value)
    finally:
        loader.dispose()
