"""The state of a cell (one body, one indicator): what its figure rests on.

States are flags in one unsigned byte; a cell may be carried *and* capped. Nothing is lost silently: whatever a
policy does to a cell is kept here and published.
"""

from __future__ import annotations

from enum import IntFlag

from minping.words import Text


class State(IntFlag):
    """What a cell's figure rests on."""

    OBSERVED = 1  #: a value of this period stands in the evidence
    MISSING = 2  #: no value, and the indicator applies
    NOT_APPLICABLE = 4  #: the indicator doesn't apply to this body
    IMPUTED = 8  #: filled from peers (median)
    CARRIED = 16  #: an earlier period's value stands in
    CAPPED = 32  #: the value lies beyond a bound; the points were cut at the scale's end
    PENALISED = 64  #: the missing-policy gave zero or the worst points
    BOUNDED = 128  #: missing, shown as the interval from worst to best


WORDS: dict[State, Text] = {
    State.OBSERVED: Text("实测", "observed"),
    State.MISSING: Text("缺失", "missing"),
    State.NOT_APPLICABLE: Text("不适用", "not applicable"),
    State.IMPUTED: Text("同类中位数填补", "imputed"),
    State.CARRIED: Text("沿用上期", "carried"),
    State.CAPPED: Text("触及界限", "capped"),
    State.PENALISED: Text("按缺失规则计分", "penalised"),
    State.BOUNDED: Text("按区间处理", "bounded"),
}


def state_name(state: int) -> str:
    """The state as published in tables: English flag names joined by `+`.

    >>> state_name(33)
    'observed+capped'
    """
    return "+".join(words.en.replace(" ", "_") for flag, words in WORDS.items() if state & flag)
