"""Words said to people, in Chinese and English: in a pair of texts, out the one that was asked for.

Never a sentence in one language only: whatever a person may read is a `Text`.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


class Text(NamedTuple):
    """The same words in Simplified Chinese and in English."""

    zh: str
    en: str

    def say(self, lang: Lang) -> str:
        """Return the words in `lang`, or in the other language where one is missing.

        >>> Text("得分", "points").say("en")
        'points'
        >>> Text("得分", "").say("en")
        '得分'
        """
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)

    def fill(self, **found: object) -> Text:
        """Fill the `{named}` places of both texts.

        >>> Text("第 {row} 行", "row {row}").fill(row=7).en
        'row 7'
        """
        return Text(self.zh.format(**found), self.en.format(**found))


def both(words: str) -> Text:
    """Words that need no translation: a number, a name, a code."""
    return Text(words, words)
