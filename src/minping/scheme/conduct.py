"""The keys of a scheme on how an evaluation is conducted: reply and appeal, burden, versions, terms of office."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from minping.scheme.part import Part, Version


class Appeal(Part):
    """Reply and review, in working days."""

    reply_before_publish_days: Annotated[int, Field(ge=0)] | None = None
    window_days: Annotated[int, Field(ge=0)] | None = None
    decide_within_days: Annotated[int, Field(ge=0)] | None = None
    recusal: bool = False  #: reviewers took no part in the original evaluation
    no_worse_outcome: bool = False


class Burden(Part):
    """What the scheme may ask of the bodies."""

    max_indicators: Annotated[int, Field(ge=1)] = 60
    reports_per_year: Annotated[float, Field(gt=0)] = 1.0


class Supersedes(Part):
    """The version before, and what changed, so that no trend is drawn across the break (rule L16)."""

    version: Version
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    redefined: tuple[str, ...] = ()


class TermRules(Part):
    """How a term of office is judged (a later stage reads this)."""

    baseline: Literal["term_start", "year_before"] = "term_start"
    inherited: tuple[str, ...] = ()
    lag_years: dict[str, int] = Field(default_factory=dict)
    lookback_years: Annotated[int, Field(ge=0)] | None = None
