"""Dates: ISO dates, and the other forms that spreadsheets leave behind, read with a note where they are sure.

In a cell's text, out days since 1970-01-01. An Excel serial is taken in the 1900 system, for 1954 to 2064 only.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from minping.evidence.faults import Remark, short
from minping.evidence.readings import Reading, unusable
from minping.words import Text

FORM = Text("日期，如 2017-12-31", "a date like 2017-12-31")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_OTHER = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_CLOCK = re.compile(r"(.+?)[T ](\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.\d+)?", re.ASCII)  #: 1954-10 to 2064-04
_EPOCH, _EXCEL_EPOCH = date(1970, 1, 1), date(1899, 12, 30)


def read_date(text: str) -> Reading[int]:
    """Read a date as days since 1970-01-01.

    >>> read_date("1970-01-02"), read_date("43100").remark.found.en
    (Reading(value=1, remark=None), '“43100” is an Excel serial, read as 2017-12-31')
    """
    trimmed = text.strip()
    if not trimmed:
        return Reading(None)
    if (broken := unusable(text)) is not None:
        return Reading(None, broken)
    if (iso := _ISO.fullmatch(trimmed)) is not None:
        day = _day(iso)
        return Reading((day - _EPOCH).days) if day else Reading(None, _no_date(trimmed))
    folded = unicodedata.normalize("NFKC", trimmed)
    if _SERIAL.fullmatch(folded):
        day = _EXCEL_EPOCH + timedelta(days=int(float(folded)))
        return _noted(trimmed, day, "excel-serial", Text("是 Excel 序列值", "is an Excel serial"))
    if (clock := _CLOCK.fullmatch(folded)) is not None:
        folded, code, words = clock[1].strip(), "date-with-time", Text("带有时刻", "has a time of day")
    else:
        code, words = "date-form", Text("不是标准写法", "is not the standard form")
    form = _ISO.fullmatch(folded) or _OTHER.fullmatch(folded) or _COMPACT.fullmatch(folded)
    day = _day(form) if form else None
    return _noted(trimmed, day, code, words) if day else Reading(None, _no_date(trimmed))


def iso(days: int) -> str:
    """Days since 1970-01-01 as an ISO date.

    >>> iso(17531)
    '2017-12-31'
    """
    return (_EPOCH + timedelta(days=days)).isoformat()


def _day(form: re.Match[str]) -> date | None:
    try:
        return date(int(form[1]), int(form[2]), int(form[3]))
    except ValueError:
        return None


def _noted(shown: str, day: date, code: str, words: Text) -> Reading[int]:
    found = Text(f"{short(shown)} {words.zh}，读作 {day}", f"{short(shown)} {words.en}, read as {day}")
    fix = Text(f"建议写 {day}", f"better written {day}")
    return Reading((day - _EPOCH).days, Remark(code, found, FORM, fix, "note"))


def _no_date(shown: str) -> Remark:
    found = Text(f"{short(shown)} 不是日期", f"{short(shown)} is not a date")
    return Remark("malformed-date", found, FORM, Text("改为 年-月-日", "write it as year-month-day"))
