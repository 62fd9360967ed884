from __future__ import annotations

from minping.words import Text, both


def test_words_are_said_in_the_asked_for_language_or_else_in_the_other() -> None:
    assert (Text("得分", "points").say("zh"), Text("得分", "points").say("en")) == ("得分", "points")
    assert (Text("", "points").say("zh"), Text("得分", "").say("en")) == ("points", "得分")


def test_named_places_are_filled_in_both_languages() -> None:
    assert Text("第 {row} 行", "row {row}").fill(row=3) == Text("第 3 行", "row 3")
    assert both("97.5") == Text("97.5", "97.5")
