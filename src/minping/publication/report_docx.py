"""report.docx: an evaluation in the office's own Word template, or in the one shipped (公文 layout).

A template is checked by using it: every name it asks for that does not exist is reported with the nearest one, and
nothing is written. Templates run in jinja's sandbox: they can print and repeat, no more.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from minping.errors import BundleError, Place, Problem, did_you_mean, one_of
from minping.publication.archive import refuse_bomb, settled
from minping.publication.word_names import Report
from minping.words import Lang, Text, both

SHIPPED: Mapping[Lang, Path] = {
    "zh": Path(__file__).parent / "templates" / "report.zh.docx",
    "en": Path(__file__).parent / "templates" / "report.en.docx",
}


def docx_bytes(report: Report, template: Path, on: date | None = None) -> bytes:
    """The report in a template; the same bytes for the same report and template.

    Raises:
        BundleError: the template can't be read, has a fault, or asks for a name that there isn't; all of them.
    """
    place = Place(str(template))
    document = _opened(template, place)
    asked: dict[str, Problem] = {}
    environment = SandboxedEnvironment(undefined=_remembering(asked, place), autoescape=True)
    context = {field.name: getattr(report, field.name) for field in fields(report)}
    try:
        document.render(context, environment, autoescape=True)
    except TemplateSyntaxError as error:
        raise _faulty(place, f"{error.message}") from None
    except (
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        LookupError,
        AttributeError,
        RecursionError,
    ) as error:
        if not asked:
            raise _faulty(place, f"{type(error).__name__}: {error}") from None
    if asked:
        raise BundleError(asked.values())
    buffer = io.BytesIO()
    document.save(buffer)
    return settled(buffer.getvalue(), on)


def _opened(template: Path, place: Place) -> DocxTemplate:
    try:
        content = template.read_bytes()
        refuse_bomb(content, place)
        document = DocxTemplate(io.BytesIO(content))
        document.init_docx()
    except OSError as error:
        found = Text(f"无法读取：{error.strerror}", f"can't be read: {error.strerror}")
    except (zipfile.BadZipFile, KeyError, ValueError, OpcError):
        found = Text("不是 Word 文档（.docx）", "not a Word document (.docx)")
    else:
        return document
    fix = Text("另存为 .docx，或不指定模板", "save it as .docx, or name no template")
    raise BundleError(Problem("bad-template", place, found, both(".docx"), fix)) from None


def _remembering(asked: dict[str, Problem], place: Place) -> type[ChainableUndefined]:
    """An undefined value that notes what was asked for, so that all unknown names are reported at once."""

    class Unknown(ChainableUndefined):
        def __init__(self, hint: Any = None, obj: Any = None, name: Any = None, exc: Any = UndefinedError) -> None:
            super().__init__(hint, obj, name, exc)
            known = _names_of(obj) if is_dataclass(obj) else _names_of(Report)
            if name is not None and str(name) not in asked and not isinstance(obj, ChainableUndefined):
                found = Text(f"模板中的 {name} 没有对应内容", f"the template asks for {name}, which there isn't")
                fix = did_you_mean(str(name), known)
                asked[str(name)] = Problem("unknown-placeholder", place, found, one_of(known, 30), fix)

    return Unknown


def _names_of(record: Any) -> list[str]:
    return [field.name for field in fields(record)]


def _faulty(place: Place, message: str) -> BundleError:
    found = Text(f"模板有错：{message}", f"the template has a fault: {message}")
    fix = Text("对照自带模板改正标记", "compare its marks with those of the shipped template")
    return BundleError(Problem("bad-template", place, found, both(""), fix))
