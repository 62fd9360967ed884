"""Questions of a survey as evidence needs them: which answers can be, and from which end to which they run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """The answers of one question that has levels."""

    worst: float  #: the number of the worst level; above `best` where low numbers are good
    best: float
    levels: tuple[float, ...] = ()  #: the numbers that an answer may be, in order of the form; empty: any between
    unknown: tuple[str, ...] = ()  #: words of the form for not knowing
    refused: tuple[str, ...] = ()  #: words of the form for not wanting to say


FIVE_LEVELS = Scale(1.0, 5.0, (1.0, 2.0, 3.0, 4.0, 5.0))  #: of a question that no questionnaire has
