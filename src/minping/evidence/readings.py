"""Readings: what a cell says, and what must be told about it. In a cell's text, out a value (or none) and a remark.

Every kind of cell (number, period, date, name) is read by a function of this form, so that columns of distinct words
and single cells are checked by the same rules. A reading never guesses: it reads what is sure and says so.
"""

from __future__ import annotations

import re
from typing import Generic, NamedTuple, TypeVar

from minping.evidence.faults import NOTHING, Remark, short
from minping.words import Text

T = TypeVar("T")
MOST_CHARACTERS = 32_767  #: of one cell, as in a spreadsheet
_EXCEL_ERROR = re.compile(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|GETTING_DATA)")


class Reading(NamedTuple, Generic[T]):
    """The value of a cell; None with a remark where it can't be read, None without one where it is empty."""

    value: T | None
    remark: Remark | None = None


def too_long(text: str) -> Remark | None:
    """A remark where a cell holds more than a spreadsheet can."""
    if len(text) <= MOST_CHARACTERS:
        return None
    found = Text(f"单元格有 {len(text)} 个字符：{short(text)}", f"a cell of {len(text)} characters: {short(text)}")
    allowed = Text(f"最多 {MOST_CHARACTERS} 个字符", f"at most {MOST_CHARACTERS} characters")
    fix = Text("缩短；检查引号是否配对", "shorten it; look for an unclosed quote")
    return Remark("huge-cell", found, allowed, fix)


def unusable(text: str) -> Remark | None:
    """A remark where a cell is no plain word: too long, control characters, an Excel error, a formula without a value.

    >>> unusable("#DIV/0!").code, unusable("=A1+1").code, unusable("110000")
    ('excel-error', 'formula-without-value', None)
    """
    if (long := too_long(text)) is not None:
        return long
    trimmed = text.strip()
    if text.isprintable() and trimmed[:1] not in ("#", "="):
        return None
    if any(sign < " " or sign == "\x7f" for sign in trimmed):
        found = Text(f"{short(trimmed)} 含控制字符或换行", f"{short(trimmed)} holds control characters or line breaks")
        return Remark("control-character", found, NOTHING, Text("删去这些字符", "delete them"))
    if _EXCEL_ERROR.fullmatch(trimmed):
        found = Text(f"公式出错：{trimmed}", f"the formula failed: {trimmed}")
        return Remark(
            "excel-error", found, NOTHING, Text("改正公式，或填入数值", "put the formula right, or give the value")
        )
    if trimmed.startswith("="):
        found = Text(f"公式没有保存的结果：{short(trimmed)}", f"a formula without a saved result: {short(trimmed)}")
        fix = Text("用 Excel 或 WPS 打开并保存，或粘贴为数值", "open and save it in Excel or WPS, or paste as values")
        return Remark("formula-without-value", found, NOTHING, fix)
    return None
