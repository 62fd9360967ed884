"""Markup: texts made safe for HTML and SVG, and the same words in two languages side by side.

Both languages stand in the page; the page's style shows one. Whatever comes from evidence or a scheme goes through
`escaped`, so no name can become markup.
"""

from __future__ import annotations

import re
from html import escape

from minping.words import Text

LANG_TAG = {"zh": "zh-Hans", "en": "en"}
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


class Html(str):
    """Text that is markup already; a template prints it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """The markup, as template engines ask for it."""
        return self


def escaped(text: str) -> str:
    """Text safe as content and as a quoted attribute; control and direction characters become visible.

    >>> escaped('<b onclick="x">')
    '&lt;b onclick=&quot;x&quot;&gt;'
    """
    return escape(_UNSAFE.sub("\ufffd", text))


def spans(words: Text) -> Html:
    """Words as HTML, once where both languages say the same.

    >>> spans(Text("得分", "points"))
    '<span class="zh" lang="zh-Hans">得分</span><span class="en" lang="en">points</span>'
    >>> spans(Text("7", "7"))
    '7'
    """
    zh, en = words.zh or words.en, words.en or words.zh
    if zh != en:
        return Html(
            f'<span class="zh" lang="zh-Hans">{escaped(zh)}</span><span class="en" lang="en">{escaped(en)}</span>'
        )
    return Html(f'<span lang="zh-Hans">{escaped(zh)}</span>' if _CHINESE.search(zh) else escaped(zh))


def svg_text(words: Text | str, place: str) -> str:
    """Words as SVG text; `place` is the finished attributes (position, class).

    >>> svg_text("7", 'x="1" y="2"')
    '<text x="1" y="2">7</text>'
    """
    if isinstance(words, str) or words.zh == words.en:
        said = words if isinstance(words, str) else words.zh
        tag = ' lang="zh-Hans"' if _CHINESE.search(said) else ""
        return f"<text {place}{tag}>{escaped(said)}</text>"
    marked = re.search(r'class="([^"]*)"', place)
    kept = marked.group(1) + " " if marked else ""
    rest = place.replace(marked.group(0), "").strip() if marked else place
    zh, en = escaped(words.zh or words.en), escaped(words.en or words.zh)
    return (
        f'<text {rest} class="{kept}zh" lang="zh-Hans">{zh}</text><text {rest} class="{kept}en" lang="en">{en}</text>'
    )


def width_em(text: str) -> float:
    """About how wide a text is, in em: a Chinese character is 1, a Latin letter a little over half.

    >>> width_em("北京"), round(width_em("abc"), 2)
    (2.0, 1.68)
    """
    return sum(1.0 if ord(letter) > 0x2E7F else 0.56 for letter in text)


def shortened(text: str, most_em: float) -> str:
    """The text, cut with an ellipsis where it is wider than `most_em`.

    >>> shortened("新疆生产建设兵团", 5)
    '新疆生产…'
    """
    if width_em(text) <= most_em:
        return text
    kept, width = "", 1.0
    for letter in text:
        width += width_em(letter)
        if width > most_em:
            break
        kept += letter
    return kept + "…"
