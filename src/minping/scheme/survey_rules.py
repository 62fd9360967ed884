"""The keys of a scheme that are of surveys as a whole: weighting, lonely strata, intervals. One class per key."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from minping.scheme.part import Name, Part

Lonely = Literal["fail", "centre", "certainty"]


class Weighting(Part):
    """How the weights of a survey are corrected to what is known of the public, in each period."""

    method: Literal["none", "poststratify", "rake", "greg", "bounded"] = "none"
    margins: tuple[Name, ...] = ()  #: of the table `margins`: columns of `surveys`, several of one joined by +
    bounds: tuple[Annotated[float, Field(ge=0)], float] | None = None  #: for bounded: of the new weight over the old

    @model_validator(mode="after")
    def _fits(self) -> Weighting:
        if (self.method == "none") != (not self.margins):
            raise ValueError("method and margins go together")
        if self.method == "poststratify" and len(self.margins) != 1:
            raise ValueError("poststratify takes one margin; join columns by + or rake")
        if len(set(self.margins)) < len(self.margins):
            raise ValueError("a margin stands twice")
        if (self.method == "bounded") != (self.bounds is not None):
            raise ValueError("bounds are of the method bounded, which needs them")
        if self.bounds is not None and not self.bounds[0] < 1 < self.bounds[1]:
            raise ValueError("bounds lie on either side of 1")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of `surveys` that the margins are of."""
        return tuple(dict.fromkeys(column for margin in self.margins for column in margin.split("+")))


class SurveyRules(Part):
    """What holds for all indicators of surveys."""

    weighting: Weighting = Field(default_factory=Weighting)
    lonely: Lonely = "centre"  #: what a stratum with a single cluster adds to the error; fail: it is an error
