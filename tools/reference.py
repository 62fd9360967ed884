"""Make docs/reference/ from the code itself: commands, Python names, scheme keys, methods, rules, tables.

Run by `make docs`; a test compares the files with what this would write.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

import minping
from minping.audit.suspicions import KINDS
from minping.cli import ABOUT, COMMANDS, group
from minping.evidence.tables import TABLES as EVIDENCE_TABLES
from minping.publication.columns import COLUMNS as PUBLISHED_COLUMNS
from minping.publication.columns import TABLES as PUBLISHED_TABLES
from minping.scheme.editor import ALIASES, SHAPES, described, json_schema, key_words
from minping.scheme.lint import RULES
from minping.scheme.questionnaire import shape as questionnaire_shape
from minping.scheme.questionnaire.rules import RULES as QUESTION_RULES
from minping.scheme.questionnaire.shape import Questionnaire
from minping.scheme.request_rules import CONDITIONS, NAMED_RATES
from minping.scheme.shape import Scheme
from minping.scheme.work_rules import WORKS
from minping.stats.normalise import METHODS, parameters_of
from minping.words import Text

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
MADE = "<!-- made by tools/reference.py (make docs); don't edit -->\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A Markdown table; bars and line ends inside cells are made harmless."""
    heads = list(heads)
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(_cell(cell) for cell in row) + " |"
    yield ""


def _cell(cell: object) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", str(cell)).replace("\n", " ")


def _two(words: Text) -> str:
    """Words in both languages in one cell."""
    return words.zh if words.zh == words.en else f"{words.zh} · {words.en}"


def cli() -> Iterator[str]:
    """Commands, their arguments and options, exit codes."""
    yield "# 命令 · Commands\n"
    yield f"{ABOUT.zh}\n\n{ABOUT.en}\n"
    yield "所有命令 · for every command:\n"
    yield from _options(group)
    for name, (module, _) in COMMANDS.items():
        command = import_module(module).command
        usage = " ".join(command.collect_usage_pieces(click.Context(command)))
        yield f"## minping {name}\n"
        yield f"```text\nminping {name} {usage}\n```\n"
        yield f"{command.words.zh}\n\n{command.words.en}\n"
        yield from _options(command)
    yield "## 退出码 · Exit codes\n"
    yield from table(("code", "meaning"), _exit_codes())


def _options(command: click.Command) -> Iterator[str]:
    rows = [
        (f"`{', '.join(option.opts)}`", option.words.zh, option.words.en)
        for option in command.params
        if isinstance(option, click.Option) and hasattr(option, "words")
    ]
    if rows:
        yield from table(("选项 option", "", ""), rows)


def _exit_codes() -> list[tuple[str, str]]:
    return [
        ("0", "完成 · done"),
        ("1", "检查有发现（lint）· findings (lint)"),
        ("2", "输入有误，未写出任何结果 · bad input, nothing was written"),
        ("70", "程序自身的错误 · a bug of ours"),
        ("130", "被中断（Ctrl-C）· interrupted"),
    ]


def python() -> Iterator[str]:
    """The public names and what their docstrings say."""
    yield "# Python\n"
    yield "公开的名称都在 `minping` 里，其余模块可能随版本变动。\n"
    yield "All public names are in `minping`; other modules may change between versions.\n"
    for name in minping.__all__:
        thing = getattr(minping, name)
        yield f"## {name}\n"
        yield f"```text\n{_signature(name, thing)}\n```\n"
        yield f"{_prose(thing)}\n"
        if inspect.isclass(thing) and not issubclass(thing, Exception):
            yield from _members(thing)


def _signature(name: str, thing: Any) -> str:
    if inspect.isclass(thing):
        return f"class {name}"
    signature = str(inspect.signature(thing)).replace("'", "")
    if len(name + signature) > 100:
        parts = inspect.signature(thing)
        lines, starred = [], False
        for parameter in parts.parameters.values():
            if parameter.kind is parameter.KEYWORD_ONLY and not starred:
                lines.append("    *,")
                starred = True
            lines.append(f"    {parameter},".replace("'", ""))
        signature = "(\n" + "\n".join(lines) + f"\n) -> {parts.return_annotation}".replace("'", "")
    return name + signature


def _prose(thing: Any) -> str:
    """A Google-style docstring as Markdown: sections become bold words, their entries list items."""
    lines: list[str] = []
    in_section = False
    for line in (inspect.getdoc(thing) or "").splitlines():
        if found := re.fullmatch(r"(Args|Returns|Raises|Yields):", line):
            lines += [f"**{found[1]}**", ""]
            in_section = True
        elif in_section and (entry := re.match(r"    (\w+): (.*)", line)):
            lines.append(f"- `{entry[1]}`: {entry[2]}")
        elif in_section and line.startswith("    "):
            lines.append(("  " if line.startswith("        ") else "") + line.strip())
        else:
            in_section = in_section and not line
            lines.append(line)
    return "\n".join(lines)


def _members(thing: type) -> Iterator[str]:
    rows = []
    for name, member in vars(thing).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            rows.append((f"`.{name}`", inspect.getdoc(member) or ""))
        elif inspect.isfunction(member):
            call = str(inspect.signature(member)).replace("'", "").replace("(self, ", "(").replace("(self)", "()")
            rows.append((f"`.{name}{call}`", (inspect.getdoc(member) or "").splitlines()[0]))
    fields = getattr(thing, "__dataclass_fields__", {})
    rows = [(f"`.{name}`", f"`{field.type}`") for name, field in fields.items()] + rows
    yield from table(("name", "what it is"), rows)


def scheme() -> Iterator[str]:
    """Every key of a scheme file."""
    yield "# 方案的键 · Keys of a scheme file\n"
    yield "编辑器可用的 JSON Schema：`minping schemes --json-schema`。每个键从哪条规定来：[规则](../explanation/rules.md)。\n"
    yield "The JSON Schema for editors: `minping schemes --json-schema`. Which rule asks for each key:"
    yield "[rules](../explanation/rules.md).\n"
    yield from _keys(Scheme, json_schema(), key_words())
    yield "## 诉求的条件与三率 · Conditions and rates of requests\n"
    yield "`share` 与 `of` 所列条件须同时成立；前面加 `not` 即相反。"
    yield "All conditions of `share` and `of` must hold; `not` before one asks for the contrary.\n"
    yield from table(("condition", "holds where"), ((f"`{name}`", _two(words)) for name, words in CONDITIONS.items()))
    rows = ((f"`{name}`", " · ".join(rate.share), " · ".join(rate.of) or "all") for name, rate in NAMED_RATES.items())
    yield from table(("rate", "share", "of"), rows)
    yield "## 项目、事项与核查的指标 · Measures of projects, tasks and inspections\n"
    yield "`from: {projects: utilisation}` 等；`least` 为至少多少件。"
    yield "`from: {tasks: verified_on_time}` and so on; `least` is how many there must be at least.\n"
    measures = ((f"`{kind}: {name}`", _two(said)) for kind, all_of in WORKS.items() for name, said in all_of.items())
    yield from table(("measure", "what it counts"), measures)


def questionnaire() -> Iterator[str]:
    """Every key of a questionnaire file."""
    yield "# 问卷的键 · Keys of a questionnaire file\n"
    yield "`questionnaire.yaml` 放在考核文件夹里，`minping lint` 检查它：[怎样做](../how-to/write-a-questionnaire.md)。\n"
    yield "`questionnaire.yaml` stands in the folder of an evaluation; `minping lint` checks it:"
    yield "[how to](../how-to/write-a-questionnaire.md).\n"
    words = key_words(*SHAPES, questionnaire_shape)
    yield from _keys(Questionnaire, described(Questionnaire, *SHAPES, questionnaire_shape), words)


def _keys(root: type[BaseModel], schema: dict[str, Any], words: dict[tuple[str, str], str]) -> Iterator[str]:
    """The keys of a file, part by part."""
    aliases = {key: field for field, key in ALIASES.items()}
    for name, part in _parts(root, schema):
        yield f"## {name}\n"
        yield f"{_first(part.get('description', ''))}\n"
        rows = []
        for key, shape in part.get("properties", {}).items():
            said = words.get((name, key)) or shape.get("description") or words.get((name, aliases.get(key, key)))
            needed = "**needed**" if key in part.get("required", ()) else _default(shape)
            rows.append((f"`{key}`", _type(shape), needed, said or _about_part(shape, schema)))
        yield from table(("key", "what it takes", "default", "meaning"), rows)


def _parts(root: type[BaseModel], schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The root, then every part in the order in which the root leads to it."""
    definitions = schema["$defs"]
    seen, waiting = {root.__name__}, [root.__name__]
    while waiting:
        name = waiting.pop(0)
        part = schema if name == root.__name__ else definitions[name]
        about = inspect.getdoc(root) if name == root.__name__ else part.get("description", "")
        yield name, {**part, "description": about}
        for found in re.findall(r"#/\$defs/(\w+)", str(part.get("properties", {}))):
            if found not in seen:
                seen.add(found)
                waiting.append(found)


def _about_part(shape: dict[str, Any], schema: dict[str, Any]) -> str:
    """What the part that a key holds says of itself."""
    found = re.search(r"#/\$defs/(\w+)", str(shape))
    return _first(schema["$defs"][found[1]].get("description", "")) if found else ""


def _first(description: str) -> str:
    return description.split("\n\n", maxsplit=1)[0].replace("\n", " ")


def _type(shape: dict[str, Any]) -> str:
    if "$ref" in shape:
        name = shape["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "enum" in shape:
        return " · ".join(f"`{option}`" for option in shape["enum"])
    if "const" in shape:
        return f"`{shape['const']}`"
    for union in ("anyOf", "allOf", "oneOf"):
        if union in shape:
            said = [_type(option) for option in shape[union] if option.get("type") != "null"]
            if said[:3] == ["text", "whole number", "number"]:
                said = ["text", *said[3:]]  # a name that may be written as a number
            return " or ".join(said)
    kind = shape.get("type", "any")
    if kind == "array":
        inner = shape.get("items") or {}
        if "prefixItems" in shape:
            return "[" + ", ".join(_type(item) for item in shape["prefixItems"]) + "]"
        return f"list of {_type(inner)}"
    if kind == "object" and isinstance(shape.get("additionalProperties"), dict):
        return f"name → {_type(shape['additionalProperties'])}"
    return str({"string": "text", "integer": "whole number", "boolean": "true · false"}.get(kind, kind))


def _default(shape: dict[str, Any]) -> str:
    default = shape.get("default")
    if default in (None, "", [], {}) or isinstance(default, dict):
        return ""
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def methods() -> Iterator[str]:
    """How values become points."""
    yield "# 计分方法 · Methods of normalisation\n"
    yield "方案里写 `normalise: {method: …}`；带 * 的参数必填。“看同类”：别的单位的数字会影响本单位得分。\n"
    yield "In a scheme: `normalise: {method: …}`; a parameter marked * must be given. With *peers*, another body's"
    yield "figure can move yours.\n"
    rows = []
    for name, method in METHODS.items():
        parameters = ", ".join(
            f"`{parameter}`*" if default is inspect.Parameter.empty else f"`{parameter}` = {default}"
            for parameter, default in parameters_of(name).items()
        )
        rows.append((f"`{name}`", _two(method.in_words), parameters, "看同类 peers" if method.needs_peers else ""))
    yield from table(("method", "in words", "parameters", ""), rows)
    for name, method in METHODS.items():
        yield f"## {name}\n"
        prose, *example = (inspect.getdoc(method.points) or "").split(">>>", 1)
        yield f"{prose.strip()}\n"
        if example:
            yield f"```text\n>>>{example[0].rstrip()}\n```\n"


def audit() -> Iterator[str]:
    """Every test of the audit: what it compares, when it applies, what else a finding may be, how to check."""
    yield "# 核查的检验 · Tests of the audit\n"
    yield (
        "每种怀疑一张表。证据等级：E1 算术，E2 至少两个独立来源一致，E3 单一来源（只供内部）。不适用的检验说明原因，不算通过。\n\n"
        "One table for each suspicion. Grades: E1 arithmetic, E2 at least two independent sources agree, E3 one source (for use\n"
        "inside only). A test that does not apply says why; that is no pass. How often each is wrong, and what it finds:\n"
        "[how good the audit is](../explanation/detectors.md).\n"
    )
    heads = ("test", "looks for", "compares", "grade", "needs", "applies", "may also be", "how to check", "method")
    for title, tests in KINDS.values():
        if not tests:
            continue
        yield f"## {_two(title)}\n"
        yield from table(
            heads,
            (
                (
                    f"`{key}`",
                    _two(row.title),
                    _two(row.compared),
                    row.grade,
                    ", ".join(f"`{name}`" for name in row.needs),
                    _two(row.applies),
                    _two(row.innocent),
                    _two(row.check),
                    row.source,
                )
                for key, row in tests.items()
            ),
        )


def lint() -> Iterator[str]:
    """The rules of the linters."""
    yield "# 方案检查规则 · Rules of the linter\n"
    yield "`minping lint` 按这些规则检查方案。方案可以写明理由豁免某条规则，豁免会随结果公布。\n"
    yield "`minping lint` checks a scheme against these rules. A scheme may waive one for a written reason, which is"
    yield "published with the results.\n"
    heads = ("rule", "asks", "severity", "where it comes from")
    yield from table(
        (*heads, "looks at"),
        ((*_rule(name, rule), "方案与数据 figures too" * rule.needs_figures) for name, rule in RULES.items()),
    )
    yield "## 问卷 · Questionnaires\n"
    yield "`questionnaire.yaml` 按这些规则检查，也可以写明理由豁免（可只豁免几道题）。规则看的是文字，会漏也会错；"
    yield "每条发现都引出所依据的词。\n"
    yield "`questionnaire.yaml` is checked against these; a waiver with its reason may name single questions. The rules"
    yield "look at words: they can miss and they can be wrong, and each finding quotes what it rests on.\n"
    yield from table(heads, (_rule(name, rule) for name, rule in QUESTION_RULES.items()))


def _rule(name: str, rule: Any) -> tuple[str, str, str, str]:
    return f"`{name}`", _two(rule.title), rule.level, _two(rule.source)


def evidence() -> Iterator[str]:
    """The tables of evidence and their columns."""
    yield "# 证据的表 · Tables of evidence\n"
    yield "文件名即表名（CSV、XLSX 的工作表或 Parquet）；列名可写中文或英文。未列出的列保留为协变量。\n"
    yield "A file (or a sheet of a workbook) bears the table's name; headers may be English or Chinese. Columns not"
    yield "listed are kept as covariates.\n"
    for name, kind in EVIDENCE_TABLES.items():
        yield f"## {name}\n"
        yield f"{_two(kind.title)}\n"
        rows = (
            (
                f"**`{column.name}`**" if column.required else f"`{column.name}`",
                _two(column.title),
                column.kind + (f": {', '.join(column.choices)}" if column.choices else ""),
                _two(column.about),
                "、".join(column.aliases),
            )
            for column in kind.columns
        )
        yield from table(("column", "", "kind", "what to fill in", "also read as"), rows)


def bundle() -> Iterator[str]:
    """The tables of a bundle and their columns."""
    yield "# 成果包的表 · Tables of a bundle\n"
    yield "每张表都有 CSV 和 Parquet 两种；`evaluation.table(名称)` 给出同样的内容。\n"
    yield "Each table is there as CSV and as Parquet; `evaluation.table(name)` gives the same.\n"
    rows = ((f"`{name}`", _two(note.title), _two(note.about)) for name, note in PUBLISHED_TABLES.items())
    yield from table(("table", "", "what it holds"), rows)
    yield "## 列 · Columns\n"
    yield "写作 `表.列` 的只用于该表。`table.column` holds for that table only.\n"
    rows = ((f"`{name}`", _two(note.title), _two(note.about)) for name, note in PUBLISHED_COLUMNS.items())
    yield from table(("column", "", "what it holds"), rows)


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "cli.md": cli,
    "python.md": python,
    "scheme.md": scheme,
    "questionnaire.md": questionnaire,
    "methods.md": methods,
    "audit.md": audit,
    "lint.md": lint,
    "evidence.md": evidence,
    "bundle.md": bundle,
}


def text_of(name: str) -> str:
    """The text of a page."""
    return MADE + "\n" + "\n".join(PAGES[name]()).rstrip() + "\n"


def main() -> int:
    """Write the pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in PAGES:
        (FOLDER / name).write_text(text_of(name), encoding="utf-8")
        print(f"docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
