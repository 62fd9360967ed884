"""Spans: options that are ranges of numbers, whether they overlap or leave gaps, and lists without "other" (Q11)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from minping.scheme.lint.findings import Objection
from minping.scheme.part import Words
from minping.scheme.questionnaire.phrases import SILENT, said
from minping.scheme.questionnaire.shape import Option, Questionnaire
from minping.words import Text

_NUMBER = r"(\d+(?:\.\d+)?)"
_UNIT = r"\s*([^\d\s—–~～至到]*?)"
_FROM_TO = re.compile(rf"{_NUMBER}{_UNIT}\s*(?:—|–|-|~|～|至|到|\bto\b)+\s*{_NUMBER}\s*(.*)", re.I)
_BELOW = re.compile(rf"(?:不到|少于|低于|不足|小于|\bless than|\bfewer than|\bunder|\bbelow)\s*{_NUMBER}\s*(.*)", re.I)
_ABOVE = re.compile(rf"(?:超过|多于|大于|高于|\bmore than|\bover|\babove)\s*{_NUMBER}\s*(.*)", re.I)
_AND_UP = re.compile(
    rf"{_NUMBER}{_UNIT}\s*(?:及|或|和|含)?(?:以上|更多)|{_NUMBER}\s*(\S*)\s*(?:or|and) (?:more|over|above)", re.I
)
_AND_DOWN = re.compile(
    rf"{_NUMBER}{_UNIT}\s*(?:及|或|和|含)?(?:以下|以内|更少)|{_NUMBER}\s*(\S*)\s*(?:or|and) (?:less|fewer|under|below)",
    re.I,
)
_EXACTLY = re.compile(rf"^\s*{_NUMBER}\s*(\S*)\s*$")
_NOUGHT = re.compile(r"(没有|无|从未|从不|零|none|never|zero)\s*[次天个]?", re.I)
_REST = re.compile(
    r"其他|其它|以上都|都没有|都不|没有|从未|从不|及以[上下]|\bother|\bnone\b|\bneither\b|\bnever\b|\bor (more|less)\b",
    re.I,
)
_GROWN_UP = (15.0, 16.0, 18.0)  #: the youngest who are asked


class Span(NamedTuple):
    """What numbers an option takes in."""

    low: float
    high: float
    with_low: bool
    with_high: bool
    unit: str
    at: int


def exhaustive(form: Questionnaire) -> Iterator[Objection]:
    """Object to options that overlap, leave a gap, or have no place for everyone."""
    seen: set[str] = set()
    for path, question in form.each():
        answers = form.answers(question)
        if question.kind not in ("choice", "several") or answers is None or not answers.options:
            continue
        where = (*path, "scale")
        if isinstance(question.scale, str):
            if question.scale in seen:
                continue
            seen.add(question.scale)
            where = ("scales", question.scale)
        options = answers.options
        numeric = _spans([option.title for option in options])
        if numeric is not None:
            for found, fix in _of_numbers(question.id, options, numeric):
                yield Objection(where, found, fix)
        elif len(options) > 2 and not any(
            pattern.search(said(option.title)) for option in options for pattern in (_REST, SILENT)
        ):
            words = Text(f"{question.id} 没有“其他”", f"{question.id} has no “other”")
            yield Objection(where, words, Text("加上“其他”或“以上都不是”", "add “other” or “none of these”"))


def _spans(titles: Sequence[Words]) -> list[Span] | None:
    """The spans of the options, ordered; none of several units, since they can't be compared; None: no numbers."""
    found = [span for at, title in enumerate(titles) if (span := _span((title.zh or title.en).strip(), at)) is not None]
    if any(span.low == -math.inf for span in found):  # none at all is a case of its own
        found = [span for span in found if span.high > 0]
    units = {span.unit for span in found if span.unit}
    if sum(span.unit != "" or span.low > 0 for span in found) < 2:
        return None
    return sorted(found) if len(units) < 2 else []


def _span(text: str, at: int) -> Span | None:
    if found := _FROM_TO.search(text):
        return Span(float(found[1]), float(found[3]), True, True, _unit(found[4] or found[2]), at)
    if found := _BELOW.search(text):
        return Span(-math.inf, float(found[1]), False, False, _unit(found[2]), at)
    if found := _ABOVE.search(text):
        return Span(float(found[1]), math.inf, False, False, _unit(found[2]), at)
    if found := _AND_UP.search(text):
        return Span(float(found[1] or found[3]), math.inf, True, False, _unit(found[2] or found[4] or ""), at)
    if found := _AND_DOWN.search(text):
        return Span(-math.inf, float(found[1] or found[3]), False, True, _unit(found[2] or found[4] or ""), at)
    if found := _EXACTLY.search(text):
        return Span(float(found[1]), float(found[1]), True, True, _unit(found[2]), at)
    return Span(0.0, 0.0, True, True, "", at) if _NOUGHT.fullmatch(text) else None


def _unit(text: str) -> str:
    """The unit, minute or minutes alike."""
    return text.strip(" 。.（）()").lower().removesuffix("s")


def _of_numbers(name: str, options: Sequence[Option], spans: Sequence[Span]) -> Iterator[tuple[Text, Text]]:
    words = [said(option.title).split("\n")[0] for option in options]
    for one, other in pairwise(spans):
        pair = f"“{words[one.at]}”", f"“{words[other.at]}”"
        touch = one.high == other.low
        if one.high > other.low or (touch and one.with_high and other.with_low):
            number = f"{other.low:g}"
            told = Text(
                f"{name}：{pair[0]}与{pair[1]}都含 {number}", f"{name}: {pair[0]} and {pair[1]} both take in {number}"
            )
            yield told, Text("让每个数只落入一个选项", "let each number fall into one option only")
        elif other.low - one.high > 1 or (touch and not one.with_high and not other.with_low):
            told = Text(
                f"{name}：{pair[0]}与{pair[1]}之间有空缺", f"{name}: there is a gap between {pair[0]} and {pair[1]}"
            )
            yield told, Text("补上中间的数", "fill it")
    if spans and spans[-1].high < math.inf:
        top = f"{spans[-1].high:g}"
        yield (
            Text(f"{name}：超过 {top} 的没有选项", f"{name} has no option above {top}"),
            Text("加上“以上”一项", "add one"),
        )
    if spans and spans[0].low > 1 and spans[0].low not in _GROWN_UP:
        low = f"{spans[0].low:g}"
        yield (
            Text(f"{name}：低于 {low} 的没有选项", f"{name} has no option below {low}"),
            Text("加上“以下”一项", "add one"),
        )
