"""Periods of assessment: a year, a half, a quarter, a month or a span of years; how they are written and ordered.

In a cell's text, out its period in the one written form: 2016, 2016H1, 2016Q1, 2016-05, 2011-2015. Other clear ways
of writing (2016年, ２０１６, 2016q1) are read and noted; nothing else is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from minping.errors import nearest, one_of
from minping.evidence.faults import Remark, short
from minping.evidence.readings import Reading, unusable
from minping.words import Text

FORMS = Text("2016、2016H1、2016Q1、2016-05 或 2011-2015", "2016, 2016H1, 2016Q1, 2016-05 or 2011-2015")
_FORM = re.compile(
    r"(?P<year>\d{4})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2])|-(?P<end>\d{4}))?", re.ASCII
)
_PARTS = {"一": "1", "二": "2", "三": "3", "四": "4", "上": "1", "下": "2"}


def months(period: str) -> tuple[int, int] | None:
    """First and last month of a period, counted from year 0; None where it is not well-formed.

    >>> months("2016Q1"), months("2011-2015"), months("2015-2011")
    ((24192, 24194), (24132, 24191), None)
    """
    form = _FORM.fullmatch(period)
    if form is None:
        return None
    start = int(form["year"]) * 12
    if form["end"]:
        end = int(form["end"]) * 12 + 11
        return (start, end) if end > start + 11 else None
    for part, length in (("half", 6), ("quarter", 3), ("month", 1)):
        if form[part]:
            first = start + (int(form[part]) - 1) * length
            return first, first + length - 1
    return start, start + 11


def in_time_order(periods: Collection[str]) -> list[str]:
    """Well-formed periods by their end, then longer ones first, so that the last one is the latest.

    >>> in_time_order(["2016", "2015Q4", "2011-2015", "2016Q1"])
    ['2011-2015', '2015Q4', '2016Q1', '2016']
    """
    return sorted(periods, key=lambda period: tuple(reversed(months(period) or (0, 0))))


def read_period(text: str, allowed: Collection[str] = ()) -> Reading[str]:
    """Read a period; `allowed` are the only ones, or none named: any.

    >>> read_period("2016年第一季度").value
    '2016Q1'
    >>> read_period("2016-13").remark.fix.en
    'did you mean 2016-12?'
    """
    trimmed = text.strip()
    if not trimmed:
        return Reading(None)
    if (broken := unusable(text)) is not None:
        return Reading(None, broken)
    if allowed and trimmed not in allowed:
        plain = _plain(trimmed)
        if plain is None or plain not in allowed:
            return Reading(None, _not_allowed(trimmed, plain, sorted(allowed)))
        return Reading(plain, _note(trimmed, plain))
    if months(trimmed) is not None:
        return Reading(trimmed)
    plain = _plain(trimmed)
    if plain is not None and months(plain) is not None:
        return Reading(plain, _note(trimmed, plain))
    found = Text(f"{short(trimmed)} 不是考核期", f"{short(trimmed)} is not a period")
    return Reading(None, Remark("malformed-period", found, FORMS, _suggestion(trimmed)))


def _plain(text: str) -> str | None:
    """The written form of what is surely meant, or None."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()
    folded = re.sub(r"[—–~～至到]+", "-", folded)
    if months(folded) is not None:
        return folded
    if (whole := re.fullmatch(r"(\d{4})(?:年度?|\.0)", folded)) is not None:
        return whole[1]
    if (month := re.fullmatch(r"(\d{4})年(\d{1,2})月份?", folded)) is not None:
        return f"{month[1]}-{int(month[2]):02d}"
    if (span := re.fullmatch(r"(\d{4})年?-(\d{4})年?", folded)) is not None:
        return f"{span[1]}-{span[2]}"
    if (part := re.fullmatch(r"(\d{4})年?(?:第?([一二三四1-4])季度?|([上下])半年)", folded)) is not None:
        kind, number = ("Q", part[2]) if part[2] else ("H", part[3])
        return f"{part[1]}{kind}{_PARTS.get(number, number)}"
    return None


def _note(shown: str, plain: str) -> Remark:
    found = Text(f"{short(shown)} 读作 {plain}", f"{short(shown)} read as {plain}")
    return Remark("period-form", found, FORMS, Text(f"建议写 {plain}", f"better written {plain}"), "note")


def _not_allowed(shown: str, plain: str | None, allowed: list[str]) -> Remark:
    found = Text(f"{short(shown)} 不是本次考核的考核期", f"{short(shown)} is not one of the periods")
    near = nearest(plain or shown, allowed)
    fix = Text(f"是否应为 {near}？", f"did you mean {near}?") if near else Text("改为允许的考核期", "use one of these")
    return Remark("unknown-period", found, one_of(allowed), fix)


def _suggestion(text: str) -> Text:
    folded = unicodedata.normalize("NFKC", text)
    near = None
    if (day := re.match(r"(\d{4})[-/.年]?(\d{1,2})(?:[-/.月]\d{1,2})?", folded)) is not None:
        month = int(day[2])
        near = f"{day[1]}-{min(max(month, 1), 12):02d}"
    if (span := re.fullmatch(r"(\d{4})-(\d{4})", folded)) is not None:
        near = f"{span[2]}-{span[1]}" if span[2] < span[1] else span[1]
    if (part := re.fullmatch(r"(\d{4})([QHqh])(\d+)", folded)) is not None:
        near = f"{part[1]}{part[2].upper()}{4 if part[2] in 'Qq' else 2}"
    if near is None:
        return Text("按以上形式之一填写", "write it in one of these forms")
    return Text(f"是否应为 {near}？（单元格请设为文本）", f"did you mean {near}?")
