"""Numbers as people type them: what a text says, read where its meaning is sure, refused with the reason where not.

What goes in is a cell's text; what comes out is a `Reading`: the number (or none) and what must be told. Columns of
a million plain numbers never come here: see `columns.read_numbers`. Blanks around a number carry no meaning.
"""

from __future__ import annotations

import re
import unicodedata

from minping.evidence.faults import NOTHING, Remark, short
from minping.evidence.readings import Reading, unusable
from minping.words import Text

LARGEST = 1e60  #: in size; no figure is larger, and the squares and products of larger ones can't be told
PLAIN = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$"  #: what is cast without a look (RE2 and Python alike)
_PLAIN = re.compile(PLAIN, re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_COMMA_DECIMAL = re.compile(r"([+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)),(\d+)", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(inf|infinity|nan|∞)", re.IGNORECASE)
_NO_FIGURE = {"-", "--", "—", "——", "–", "…", "……", "...", "/", "\\", "*", "无", "暂无", "缺", "缺失", "空", "无数据", "不详",
              "na", "n/a", "null", "none", "missing", "nil", "?"}  # fmt: skip
_ALLOWED = Text("只含数字和小数点，如 83.7", "digits and a point only, e.g. 83.7")
_MINUS = str.maketrans({"−": "-", "－": "-", "﹣": "-"})


def read_number(text: str, percent: bool = False, unit: str = "") -> Reading[float]:
    """Read one number; `percent` where the column's unit is per cent, so that "97.3%" means 97.3.

    >>> read_number("97.3%", percent=True).value
    97.3
    >>> read_number("3,14").remark.fix.en
    'write 3.14'
    """
    trimmed = text.strip()
    if not trimmed:
        return Reading(None)
    if (broken := unusable(text)) is not None:
        return Reading(None, broken)
    if _PLAIN.match(trimmed):
        return _finite(trimmed, float(trimmed))
    folded = unicodedata.normalize("NFKC", trimmed).translate(_MINUS).strip()
    if folded.endswith("%"):
        return _percentage(trimmed, folded[:-1].strip(), percent, unit)
    return _as_written(trimmed, folded, unit)


def _as_written(shown: str, folded: str, unit: str) -> Reading[float]:
    if _PLAIN.match(folded):
        return _read("full-width-digits", "全角字符", "full-width signs", shown, folded)
    if _THOUSANDS.fullmatch(folded):
        plain = folded.replace(",", "")
        if folded.count(",") == 1 and "." not in folded:
            return _ambiguous(shown, plain, folded.replace(",", "."))
        return _read("thousands-separators", "千位分隔符", "thousands separators", shown, plain)
    if (comma := _COMMA_DECIMAL.fullmatch(folded)) is not None:
        point = f"{comma[1].replace('.', '')}.{comma[2]}"
        found = Text(f"{short(shown)} 以逗号作小数点", f"{short(shown)} has a decimal comma")
        return Reading(None, Remark("comma-decimal", found, _ALLOWED, Text(f"改写为 {point}", f"write {point}")))
    if _NOT_FINITE.fullmatch(folded):
        found = Text(f"{short(shown)} 不是有限的数", f"{short(shown)} is not a finite number")
        return Reading(None, Remark("not-finite", found, _ALLOWED, _EMPTY))
    if folded.lower() in _NO_FIGURE:
        found = Text(f"{short(shown)} 表示没有数据", f"{short(shown)} stands for no figure")
        return Reading(None, Remark("text-in-number", found, _ALLOWED, _EMPTY))
    found = Text(f"{short(shown)} 不是数字", f"{short(shown)} is not a number")
    return Reading(None, Remark("text-in-number", found, _ALLOWED, _digits_of(folded, unit)))


_EMPTY = Text("没有数据则整行删去", "where there is no figure, leave the row out")


def _digits_of(folded: str, unit: str) -> Text:
    """What to do about text around a number: keep the number, in the indicator's unit."""
    inside = re.findall(r"[+-]?\d+(?:\.\d+)?", folded)
    if len(inside) != 1:
        return Text("只填数字", "give the number alone")
    in_unit = Text(f"（计量单位 {unit}）", f" (in {unit})") if unit else NOTHING
    return Text(f"只填数字，如 {inside[0]}{in_unit.zh}", f"give the number alone, e.g. {inside[0]}{in_unit.en}")


def _percentage(shown: str, number: str, percent: bool, unit: str) -> Reading[float]:
    plain = number.replace(",", "") if _THOUSANDS.fullmatch(number) else number
    if not _PLAIN.match(plain):
        found = Text(f"{short(shown)} 不是数字", f"{short(shown)} is not a number")
        return Reading(None, Remark("text-in-number", found, _ALLOWED, _digits_of(plain, unit)))
    if percent:
        return _read("percent-sign", "百分号", "a per cent sign", shown, plain)
    found = Text(f"{short(shown)} 带百分号", f"{short(shown)} has a per cent sign")
    unit_words = Text(f"计量单位是 {unit}", f"the unit is {unit}") if unit else _ALLOWED
    fix = Text("按计量单位填写，不带百分号", "give the figure in its unit, without the sign")
    return Reading(None, Remark("percent-sign", found, unit_words, fix))


def _finite(shown: str, value: float) -> Reading[float]:
    if abs(value) <= LARGEST:
        return Reading(value)
    found = Text(f"{short(shown)} 过大", f"{short(shown)} is too large")
    return Reading(None, Remark("not-finite", found, _ALLOWED, Text("核对数值", "check the figure")))


def _read(code: str, zh: str, en: str, shown: str, plain: str) -> Reading[float]:
    if abs(float(plain)) > LARGEST:
        return _finite(shown, float(plain))
    found = Text(f"{short(shown)} 含{zh}，读作 {plain}", f"{short(shown)} has {en}, read as {plain}")
    return Reading(float(plain), Remark(code, found, _ALLOWED, Text("请核对", "please check"), "note"))


def _ambiguous(shown: str, thousands: str, point: str) -> Reading[float]:
    """One comma before three digits: taken as thousands, which may be wrong by a factor of a thousand."""
    found = Text(f"{short(shown)} 读作 {thousands}", f"{short(shown)} read as {thousands}")
    fix = Text(f"若是小数请写 {point}", f"if it is a decimal, write {point}")
    return Reading(float(thousands), Remark("thousands-separators", found, NOTHING, fix, "warning"))
