"""The shape of a questionnaire file: every key, its type and what it means.

Texts are what people read or hear, word for word; whether they are good ones is `lint`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from minping.model.questions import Scale
from minping.scheme.part import Name, Part, Title, Version
from minping.scheme.shape import Waiver
from minping.scheme.source import KeyPath
from minping.words import Text

Kind = Literal["rating", "choice", "several", "number", "text"]
Mode = Literal["phone", "face_to_face", "web", "paper", "terminal"]
Interviewers = Literal["independent", "body", "none"]


class Option(Part):
    """One answer that can be chosen."""

    title: Title
    value: float | None = None  #: the number that `surveys` holds; by default its place, from 1


class Range(Part):
    """A scale of numbers with words at its ends only."""

    first: float = Field(alias="from")
    last: float = Field(alias="to")
    step: Annotated[float, Field(gt=0)] = 1.0
    low: Title | None = None  #: words at `from`
    high: Title | None = None  #: words at `to`

    @model_validator(mode="after")
    def _upwards(self) -> Range:
        if not self.first < self.last:
            raise ValueError("from must be below to")
        if round((self.last - self.first) / self.step, 9) % 1 or (self.last - self.first) / self.step > 100:
            raise ValueError("so many steps must fit between from and to, and at most 100")
        return self


class Answers(Part):
    """The answers of a question: options in the order in which they are read, or a range of numbers."""

    options: tuple[Option, ...] = ()
    range: Range | None = None
    better: Literal["high", "low"] = "high"  #: of a rating: whether high or low numbers are good
    midpoint: float | Literal["none"] | None = None  #: the number of the neutral middle, or `none`

    @model_validator(mode="after")
    def _one_kind(self) -> Answers:
        if bool(self.options) == (self.range is not None):
            raise ValueError("either options or range")
        values = self.values
        if len(set(values)) < len(values):
            raise ValueError("each option has a value of its own")
        if isinstance(self.midpoint, float) and self.midpoint not in values:
            raise ValueError("midpoint is the value of an option")
        return self

    @property
    def values(self) -> tuple[float, ...]:
        """The numbers of the answers, in the order of the form."""
        if self.range is None:
            return tuple(float(at) if one.value is None else one.value for at, one in enumerate(self.options, 1))
        span = self.range
        steps = round((span.last - span.first) / span.step)
        return tuple(span.first + at * span.step for at in range(steps + 1))

    @property
    def words(self) -> tuple[Text, ...]:
        """The words of the options, in their order; of a range those of its ends."""
        if self.range is None:
            return tuple(option.title.text for option in self.options)
        return tuple(end.text for end in (self.range.low, self.range.high) if end is not None)


def _named(value: object) -> str:
    return "name" if isinstance(value, str) else "answers"


ScaleKey = Annotated[Annotated[Name, Tag("name")] | Annotated[Answers, Tag("answers")], Discriminator(_named)]


def _yes_or_words(value: object) -> object:
    return {"zh": "不知道", "en": "don't know"} if value is True else None if value is False else value


def _yes_or_refusal(value: object) -> object:
    return {"zh": "不愿回答", "en": "prefer not to say"} if value is True else None if value is False else value


Unknown = Annotated[Title | None, BeforeValidator(_yes_or_words, json_schema_input_type=bool | Title)]
Refused = Annotated[Title | None, BeforeValidator(_yes_or_refusal, json_schema_input_type=bool | Title)]


class Question(Part):
    """One question."""

    id: Name  #: as in the column `question` of `surveys`
    text: Title  #: word for word
    kind: Kind = "rating"
    scale: ScaleKey | None = None  #: the name of one of `scales`, or its own answers
    unknown: Unknown = None  #: the words for not knowing; true: the usual ones
    refused: Refused = None  #: the words for not wanting to say; true: the usual ones
    instruction: Title | None = None  #: what the interviewer is told


class Index(Part):
    """Questions that together measure one thing."""

    id: Name
    title: Title
    items: Annotated[tuple[Name, ...], Field(min_length=1)]


class QuestionWaiver(Waiver):
    """A rule that this questionnaire sets aside, for a written reason."""

    questions: tuple[Name, ...] = ()  #: only of these; empty: of all


class Questionnaire(Part):
    """A whole questionnaire file."""

    format: Literal["questionnaire/v1"] = "questionnaire/v1"
    id: Name
    version: Version
    title: Title
    mode: Mode | None = None  #: how people are asked
    interviewers: Interviewers | None = None  #: who asks: independent, the evaluated body's own staff, or nobody
    minutes: Annotated[float, Field(gt=0)] | None = None  #: how long it takes, as tried out
    introduction: Title | None = None  #: what respondents are told first
    instructions: tuple[Title, ...] = ()  #: what interviewers are told
    handouts: tuple[Title, ...] = ()  #: what respondents are given to read before
    scales: dict[Name, Answers] = Field(default_factory=dict)
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    indices: tuple[Index, ...] = ()
    waivers: tuple[QuestionWaiver, ...] = ()

    def answers(self, question: Question) -> Answers | None:
        """The answers of a question; None where it has none, or names a scale that is not there."""
        return self.scales.get(question.scale) if isinstance(question.scale, str) else question.scale

    def scale(self, question: Question) -> Scale | None:
        """The levels of a rating as evidence needs them."""
        answers = self.answers(question)
        if question.kind != "rating" or answers is None:
            return None
        low, high = min(answers.values), max(answers.values)
        worst, best = (low, high) if answers.better == "high" else (high, low)
        silent = [() if words is None else _both(words.text) for words in (question.unknown, question.refused)]
        return Scale(worst, best, answers.values, *silent)

    def each(self) -> Iterator[tuple[KeyPath, Question]]:
        """The questions with their places."""
        for at, question in enumerate(self.questions):
            yield ("questions", at), question


def _both(words: Text) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
