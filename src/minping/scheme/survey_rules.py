"""The keys of a scheme that are of surveys as a whole: weighting, replicates, intervals, indices. One class per key."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from minping.scheme.part import Name, Part, Title

SurveyMeasure = Literal[
    "mean_points", "share_satisfied", "share_positive", "share_bad", "share_very_satisfied", "answer_rate", "quantile",
    "people_satisfied", "people_bad", "ratio",
]  # fmt: skip
OutcomeRate = Literal[
    "RR1", "RR2", "RR3", "RR4", "RR5", "RR6", "COOP1", "COOP2", "COOP3", "COOP4", "REF1", "REF2", "REF3", "CON1", "CON2",
    "CON3",
]  # fmt: skip
Lonely = Literal["fail", "centre", "certainty"]
Shape = Literal["jeffreys", "logit", "beta", "asin", "likelihood", "mean"]


class Weighting(Part):
    """How the weights of a survey are corrected: for who did not take part, then to what is known of the public."""

    nonresponse: tuple[Name, ...] = ()  #: columns of `surveys` and `dispositions` that make the cells of non-response
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
        """The columns of `surveys` that the weighting is by."""
        crossed = [column for margin in self.margins for column in margin.split("+")]
        return tuple(dict.fromkeys([*self.nonresponse, *crossed]))


class Replication(Part):
    """Errors from weights many times over, in place of linearisation: given as columns, or made from the design."""

    method: Literal["JK1", "JKn", "BRR", "bootstrap"]
    columns: Name | None = None  #: what the columns of `surveys` begin with, e.g. rep_ for rep_1, rep_2 …; None: made
    count: Annotated[int, Field(ge=2, le=2000)] | None = None  #: of columns, or of bootstrap weights to make
    scale: Annotated[float, Field(gt=0)] | None = None  #: each squared distance counts so much; JKn columns need it
    fay: Annotated[float, Field(ge=0, lt=1)] = 0.0  #: for BRR: Fay's factor
    centred: bool = False  #: distances from the mean of the replicates, not from the estimate
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 1  #: of bootstrap weights that are made

    @model_validator(mode="after")
    def _fits(self) -> Replication:
        if self.columns is not None and self.count is None:
            raise ValueError("count says how many columns there are")
        if self.columns is not None and self.method == "JKn" and self.scale is None:
            raise ValueError("columns of JKn need their scale, which the weights do not tell")
        if self.columns is None and (self.count is None) == (self.method == "bootstrap"):
            raise ValueError("count is of columns, and of bootstrap weights, which need it")
        if self.fay and self.method != "BRR":
            raise ValueError("fay is of BRR")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of `surveys` that hold the weights."""
        return () if self.columns is None else tuple(f"{self.columns}{at}" for at in range(1, (self.count or 0) + 1))


class Latent(Part):
    """What several questions measure together."""

    id: Name
    title: Title
    questions: Annotated[tuple[Name, ...], Field(min_length=1)]  #: those that measure it
    after: tuple[Name, ...] = ()  #: what leads to it: other latent variables, none of which it leads to


class SurveyIndex(Part):
    """A satisfaction index by a path model (ECSI, ACSI; partial least squares), in points from 0 to 100."""

    id: Name
    latents: Annotated[tuple[Latent, ...], Field(min_length=2)]
    of: Name  #: the latent variable that is the index
    scheme: Literal["path", "centroid", "factorial"] = "path"  #: inner weights
    replicates: Annotated[int, Field(ge=20, le=2000)] = 200  #: bootstrap draws of clusters for the errors
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 1

    @model_validator(mode="after")
    def _fits(self) -> SurveyIndex:
        ids = [latent.id for latent in self.latents]
        questions = [question for latent in self.latents for question in latent.questions]
        if len(set(ids)) < len(ids) or len(set(questions)) < len(questions):
            raise ValueError("each latent variable stands once, and so does each question")
        unknown = sorted({name for latent in self.latents for name in (*latent.after, self.of)} - set(ids))
        if unknown:
            raise ValueError(f"no latent variable {', '.join(unknown)}; there are {', '.join(ids)}")
        linked = {name for latent in self.latents if latent.after for name in (latent.id, *latent.after)}
        if alone := sorted(set(ids) - linked):
            raise ValueError(f"nothing leads to or from {', '.join(alone)}")
        reached: set[str] = set()
        while more := {one.id for one in self.latents if one.id not in reached and set(one.after) <= reached}:
            reached |= more
        if len(reached) < len(ids):
            raise ValueError(f"{', '.join(sorted(set(ids) - reached))} lead back to themselves")
        return self

    @property
    def questions(self) -> tuple[str, ...]:
        """All questions, in the order of the latent variables."""
        return tuple(question for latent in self.latents for question in latent.questions)


class SurveyRules(Part):
    """What holds for all indicators of surveys."""

    weighting: Weighting = Field(default_factory=Weighting)
    replicates: Replication | None = None  #: None: errors by linearisation (Taylor)
    lonely: Lonely = "centre"  #: what a stratum with a single cluster adds to the error; fail: it is an error
    interval: Shape = "jeffreys"  #: of a share
    indices: tuple[SurveyIndex, ...] = ()
