"""Phrases: what words of a questionnaire lean to, found by patterns over Chinese and English text.

Plain rules over the text: they can miss, and they can be wrong; every finding quotes what it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minping.scheme.part import Words

_NEUTRAL = re.compile(
    r"一般|差不多|中立|不好不坏|既不|没有?变化|不变|说不清|普通|尚可|neither|neutral|average|about the same|no change|the same|so-so",
    re.I,
)
_BAD = re.compile(
    r"不满|不(太|很|大|怎么|够)?(好|同意|认同|赞成|方便|便利|安全|公平|公正|信任|愿意|及时|清楚|合理|容易|放心|可能|重要|符合)"
    r"|差|坏|太慢|很慢|较慢|困难|难|恶化|退步|从不|dissatisf|unsatisf|disagree|\bpoor|\bbad|\bworse|\bharder|\bunfair|\bunsafe"
    r"|\bslow|\bdifficult|\bunlikely|\bnever|\bnot ",
    re.I,
)
_GOOD = re.compile(
    r"满意|好|同意|认同|赞成|方便|便利|安全|公平|公正|信任|愿意|及时|清楚|合理|容易|放心|优|快|改善|进步|可能|重要|符合|经常|总是"
    r"|\bsatisf|\bgood|\bexcellent|\bagree|\bbetter|\beasier|\beasy|\bfair\b|\bsafe|\bfast|\bquick|\btrust|\blikely|\balways",
    re.I,
)
SILENT = re.compile(
    r"不知道|不清楚$|说不清|不了解|不适用|无法(回答|评价)|拒答|不愿(意)?回答|没有?意见|don'?t know|not applicable|no opinion|can'?t say|"
    r"prefer not|refuse|not sure",
    re.I,
)
_CLAUSE = re.compile(r"[，。；！？,;!?\n]|\.(?=\s|$)")
_NOT = re.compile(
    r"不得|不能|不要|不可|不应|不会|不需|不必|无需|不|禁止|严禁|请勿|切勿|没有|无(?!微)|\bnever\b|\bnot\b|n't\b|\bno\b|\bwithout\b",
    re.I,
)


def said(words: Words | None) -> str:
    """What is said in either language, one line each."""
    return "" if words is None else "\n".join(part for part in (words.zh, words.en) if part)


def lean(words: Words) -> int | None:
    """1 for a good answer, -1 for a bad one, 0 for a neutral one, None where the words don't tell.

    >>> [lean(Words(zh=word)) for word in ("非常满意", "比较不满意", "一般", "每月")]
    [1, -1, 0, None]
    >>> [lean(Words(en=word)) for word in ("very satisfied", "rather dissatisfied", "about the same", "monthly")]
    [1, -1, 0, None]
    """
    text = said(words)
    for pattern, sign in ((_NEUTRAL, 0), (_BAD, -1), (_GOOD, 1)):
        if pattern.search(text):
            return sign
    return None


def asserted(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """What the pattern finds and no word of the same clause denies (不得提示标准答案 offers no standard answer).

    >>> pattern = re.compile("标准答案")
    >>> list(asserted(pattern, "发放标准答案。")), list(asserted(pattern, "不得发放标准答案。"))
    (['标准答案'], [])
    """
    for found in pattern.finditer(text):
        start = max((cut.end() for cut in _CLAUSE.finditer(text, 0, found.start())), default=0)
        if not _NOT.search(text[start : found.start()]):
            yield found[0].strip()
