"""The shape of a scheme file: every key, its type and what it means. One class per key that has parts.

What goes in is what `scheme.source` read from YAML; what comes out is a frozen `Scheme`. Each key answers a real
rule (docs/explanation/rules.md). Shape only: whether the parts fit together is `scheme.consistency`, whether the
scheme is a good one is `scheme.lint`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from minping.scheme.audit_rules import Audit
from minping.scheme.conduct import Appeal, Burden, Supersedes, TermRules
from minping.scheme.part import Name, Part, Title, Version, Written
from minping.scheme.request_rules import RequestRate, RequestRules
from minping.scheme.survey_rules import Lonely, OutcomeRate, SurveyMeasure, SurveyRules
from minping.scheme.work_rules import InspectionMeasure, ProjectMeasure, TaskMeasure

FORMAT = "scheme/v1"
Tag = Literal[
    "outcome", "output", "input", "gdp", "growth", "industry", "trace", "citizen", "debt", "latent", "risk",
    "innovation", "coordination", "green", "openness", "sharing",
]  # fmt: skip
Direction = Literal["higher", "lower", "target", "range", "pass"]
MissingPolicy = Literal["redistribute_within", "global", "exclude", "zero", "carry", "peer_median", "worst", "interval"]
NaPolicy = Literal["redistribute_within", "global", "exclude", "zero"]
RatingMeasure = Literal[
    "share_satisfied", "share_bad", "share_very_satisfied", "mean_points", "response_rate", "share_asked",
    "rectified_in_time", "called_back_share", "rerated_satisfied",
]  # fmt: skip
RequestMeasure = Literal[
    "response_rate", "solved_rate", "said_solved_rate", "satisfied_rate", "on_time_rate", "undone_rate", "excluded_rate",
    "closed_within", "median_days",
]  # fmt: skip
#: where a figure can come from
KINDS = (
    "official", "ratings", "requests", "surveys", "dispositions", "index", "projects", "tasks", "inspections",
)  # fmt: skip
RATED = ("share_satisfied", "share_bad", "share_very_satisfied", "mean_points")  #: measures of what raters said
TIMED = ("closed_within", "median_days", "rectified_in_time", "called_back_share")  #: measures of days
CalibrationColumn = Literal["channel", "service"]
CalibrationMethod = Literal["post", "rake", "greg", "bounded"]
AggregateMethod = Literal["arithmetic", "geometric", "harmonic", "power", "none"]


PeriodName = Annotated[str, Written, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])|Q[1-4]|H[12]|-\d{4})?$")]
Weight = Annotated[float, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class Authority(Part):
    """Who answers for the scheme, and by which document."""

    issuer: str
    document: str = ""
    approved_on: date | None = None
    public_comment: tuple[date, date] | None = None


class BodyType(Part):
    """A class of bodies assessed by weights of its own (分类考核)."""

    title: Title
    forbid_tags: tuple[Tag, ...] = ()  #: tags that must not weigh here (e.g. gdp in ecological counties)


class Subjects(Part):
    """What is evaluated."""

    kind: Literal["region", "unit", "post", "project", "window"] = "region"
    types: dict[Name, BodyType] = Field(default_factory=dict)


class Peers(Part):
    """With whom a body is compared, and over which frame peer-dependent points are computed."""

    method: Literal["all", "type", "group"] = "all"
    frame: Literal["period", "panel"] = "period"  #: panel: one frame over all periods, so that years compare


class Period(Part):
    """The period assessed."""

    kind: Literal["annual", "routine", "special", "term"] = "annual"
    of: PeriodName | None = None  #: None: the latest in the evidence
    cutoff_on: date | None = None  #: figures released later are not used


class Points(Part):
    """The scale that every indicator is brought to."""

    low: float = 0.0
    high: float = 100.0
    decimals: Annotated[int, Field(ge=0, le=10)] = 2  #: of published points and scores

    @model_validator(mode="after")
    def _some_width(self) -> Points:
        if not self.low < self.high:
            raise ValueError("low must be below high")
        return self


class Weights(Part):
    """How weights are given: `sum` is what the weights of siblings (relative) or of all (absolute) must add to."""

    method: Literal["given", "equal"] = "given"
    nested: Literal["relative", "absolute"] = "relative"
    sum: Annotated[float, Field(gt=0)] | None = None


class Aggregate(Part):
    """How points of one level become the points of the next; `power` needs its exponent `p`."""

    method: AggregateMethod = "arithmetic"
    p: float | None = None


def _method_only(value: object) -> object:
    return {"method": value} if isinstance(value, str) else value


AggregateKey = Annotated[Aggregate, BeforeValidator(_method_only, json_schema_input_type=AggregateMethod | Aggregate)]


class Source(Part):
    """Who supplies a figure and how far the evaluated body itself has a hand in it."""

    supplier: str = ""
    reporter: Literal["self", "statistics", "third_party"] = "self"
    document: str = ""
    check: str = ""  #: the independent source to check against
    frequency: str = ""


class Convert(Part):
    """From the figure in evidence to the indicator's unit: real terms first, then per head, then growth."""

    real: str | None = None  #: an official indicator holding a price index (base = 100)
    per: str | None = None  #: a numeric column of `bodies`, or an official indicator
    times: float = 1.0  #: e.g. 10000 with per: population
    growth: Annotated[int, Field(ge=1)] | None = None  #: over so many periods, per period
    growth_as: Literal["percent", "difference", "log"] = "percent"


class Calibrate(Part):
    """Ratings weighed so that each body's stand for all cases served: as `offers` count them, by channel and service."""

    to: Annotated[tuple[CalibrationColumn, ...], Field(min_length=1)]  #: columns of `offers` and `ratings`
    method: CalibrationMethod = "rake"  #: post: every combination; rake, greg, bounded: each column by itself
    bounds: tuple[float, float] | None = None  #: for `bounded`: least and most of a weight, 1 being the body's mean
    merge: tuple[tuple[Name, ...], ...] = ()  #: words of a column that are counted as one, e.g. [[phone, app]]
    least: Annotated[int, Field(ge=1)] = 5  #: ratings that every category with cases needs
    few: Literal["missing", "pool"] = "missing"  #: with fewer: no figure, or counted together with the next smallest


class Shrink(Part):
    """Figures of few answers drawn towards those of the peers; the error is then the root of the mean squared one."""

    method: Literal["fay_herriot", "beta_binomial"] = "fay_herriot"  #: beta_binomial: of shares of counted cases only


def _yes_or_no(value: object) -> object:
    return ({} if value else None) if isinstance(value, bool) else _method_only(value)


ShrinkKey = Annotated[Shrink | None, BeforeValidator(_yes_or_no, json_schema_input_type=bool | str | Shrink)]


class From(Part):
    """Which rows of evidence the figure comes from; by default the official figures of the indicator's own id."""

    official: str | None = None
    ratings: RatingMeasure | None = None  #: a measure of what citizens rated (好差评)
    requests: RequestMeasure | RequestRate | None = None  #: of what citizens asked for (12345): a measure, or a rate
    surveys: Name | None = None  #: a question of a survey of the public
    dispositions: OutcomeRate | None = None  #: a rate of outcomes of a survey's cases (AAPOR), in per cent
    index: Name | None = None  #: an index of `surveys.indices`, in points of 100
    projects: ProjectMeasure | None = None  #: a measure of projects: use, time, cost, support
    tasks: TaskMeasure | None = None  #: a measure of tasks (督办事项) that were due in the period
    inspections: InspectionMeasure | None = None  #: of what inspections found, against what was reported
    measure: SurveyMeasure = "mean_points"  #: of the question: points of 100, or a share in per cent
    share: Annotated[float, Field(gt=0, lt=1)] = 0.5  #: for `quantile`: so many answers lie below
    over: Name | None = None  #: for `ratio`: the question whose points stand below the line
    lonely: Lonely | None = None  #: what a stratum with a single cluster adds to the error, if not as `surveys` says
    days: Annotated[float, Field(gt=0)] = 15.0  #: for `closed_within`, `rectified_in_time`, `called_back_share`
    days_of: Literal["calendar", "working"] | None = None  #: working by default where bad ratings are put right
    as_ruled: bool = False  #: count as the rules do: defaults as level 3, removed ratings and stopped tasks out
    least: Annotated[int, Field(ge=1)] = 1  #: fewer answers than this are no figure, nor are fewer than `publish.k`
    calibrate: Calibrate | None = None  #: of ratings: weighed to the log of all cases served
    adjust_for: tuple[CalibrationColumn, ...] = ()  #: of ratings: as if all bodies had the same channels, services
    shrink: ShrinkKey = None  #: true, or a method: drawn towards the peers where little is known; `raw` stays beside it
    callbacks: bool = False  #: of ratings: with those of the silent who were called back, for all who were served

    @model_validator(mode="after")
    def _one_kind(self) -> From:
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) > 1:
            raise ValueError(f"one of {', '.join(KINDS)}")
        if self.is_work and self.model_fields_set - {*given, "least", *(("as_ruled",) if self.tasks else ())}:
            raise ValueError(f"with {given[0]} only least{' and as_ruled' if self.tasks else ''}")
        if self.surveys is None and self.model_fields_set & {"measure", "lonely", "share", "over"}:
            raise ValueError("measure, share, over and lonely are of surveys")
        if (self.measure == "ratio") != (self.over is not None):
            raise ValueError("over is of the measure ratio, which needs it")
        if self.measure != "quantile" and "share" in self.model_fields_set:
            raise ValueError("share is of the measure quantile")
        if self.days_of is not None and self.requests not in TIMED and self.ratings not in TIMED:
            raise ValueError(f"days_of is of {', '.join(TIMED)}")
        otherwise = self.as_ruled or self.calibrate is not None or bool(self.adjust_for)
        if self.callbacks and (self.ratings not in RATED or otherwise):
            raise ValueError(f"callbacks is of {', '.join(RATED)}, without as_ruled, calibrate and adjust_for")
        return self

    @property
    def in_working_days(self) -> bool:
        """Whether `days` are working days."""
        return self.days_of == "working" or (self.days_of is None and self.ratings is not None)

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions of a survey that it is computed from."""
        return tuple(question for question in (self.surveys, self.over) if question is not None)

    @property
    def is_event(self) -> bool:
        """Whether it is computed from a table of events."""
        return bool(self.tables)

    @property
    def is_work(self) -> bool:
        """Whether it is computed from what was built, done or inspected, and not from citizens' words."""
        return any(one is not None for one in (self.projects, self.tasks, self.inspections))

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables of events that it is computed from."""
        offers = self.ratings in ("response_rate", "share_asked") or self.calibrate is not None
        named = {
            "ratings": self.ratings is not None,
            "offers": offers,
            "cases": self.callbacks,
            "callbacks": self.callbacks,
            "requests": self.requests is not None,
            "surveys": self.surveys is not None or self.index is not None,
            "dispositions": self.dispositions is not None,
            "projects": self.projects is not None,
            "tasks": self.tasks is not None,
            "inspections": self.inspections is not None,
        }
        return tuple(table for table, is_used in named.items() if is_used)


class NotApplicable(Part):
    """Which bodies an indicator doesn't apply to, and what then happens to its weight."""

    policy: NaPolicy
    types: tuple[str, ...] = ()
    where: dict[str, str] = Field(default_factory=dict)  #: a column of `bodies` -> the value that exempts
    bodies: tuple[str, ...] = ()
    reason: str = ""


class Missing(Part):
    """What happens where a figure that should be there is missing."""

    policy: MissingPolicy = "redistribute_within"
    max_share: Share = 1.0  #: a body with more of its weight missing gets no score


def _policy_only(value: object) -> object:
    return {"policy": value} if isinstance(value, str) else value


MissingKey = Annotated[Missing, BeforeValidator(_policy_only, json_schema_input_type=MissingPolicy | Missing)]


class Normalise(BaseModel):
    """From an indicator's unit to points; parameters are those of the method's own signature."""

    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False)
    method: str
    reason: str = ""  #: why these bounds; rule L15

    @property
    def parameters(self) -> dict[str, Any]:
        """The method's parameters as the scheme gives them."""
        return dict(self.model_extra or {})


NormaliseKey = Annotated[Normalise, BeforeValidator(_method_only, json_schema_input_type=str | Normalise)]


class CellUncertainty(Part):
    """Declared standard error where the evidence carries none: in the indicator's unit or as a share of the value."""

    se: Annotated[float, Field(ge=0)] | None = None
    relative: Share | None = None
    reason: str = ""


class Dimension(Part):
    """An inner node of the tree."""

    id: Name
    title: Title
    within: Name | None = Field(default=None, alias="in")
    weight: Weight | dict[str, Weight] | None = None
    aggregate: AggregateKey | None = None
    source: str = ""  #: where the weight comes from


class Indicator(Part):
    """A leaf of the tree: one figure per body and period."""

    id: Name
    title: Title
    within: Name | None = Field(default=None, alias="in")
    unit: str = ""
    direction: Direction
    ideal: float | tuple[float, float] | None = None  #: for direction target (a number) or range (two)
    pass_at: float | None = None  #: for direction pass: at or above passes
    counts: bool = True  #: false: computed and published beside the score, not part of it
    kind: Literal["binding", "monitor", "survey", "audit", "term"] = "monitor"
    tags: tuple[Tag, ...] = ()
    weight: Weight | dict[str, Weight] | None = None
    evidence: From = Field(default_factory=From, alias="from")
    convert: Convert | None = None
    normalise: NormaliseKey | None = None
    missing: MissingKey | None = None
    not_applicable: NotApplicable | None = None
    source: Source = Field(default_factory=Source)
    uncertainty: CellUncertainty | None = None
    possible: tuple[float | None, float | None] | None = None  #: values outside can't be (a check of evidence)
    note: str = ""

    @property
    def official(self) -> str:
        """The name its figures bear in `official`."""
        return self.evidence.official or self.id


class When(Part):
    """Which confirmed incidents an adjustment answers to."""

    incident: str


class Bonus(Part):
    """Points added for a verified achievement, capped."""

    id: Name
    title: Title
    when: When | None = None
    official: str | None = None  #: or: an official figure holding the points
    points: float | dict[str, float] = 1.0  #: per incident, or by its severity
    max: Annotated[float, Field(gt=0)]
    authority_ref: str = ""
    needs: str = ""


class Deduction(Part):
    """Points taken for a confirmed incident."""

    id: Name
    title: Title
    when: When
    points: Annotated[float, Field(gt=0)] | dict[str, float]
    max: Annotated[float, Field(gt=0)] | None = None
    authority_ref: str = ""


class Cap(Part):
    """The best grade, or score, that a body with such an incident may have."""

    id: Name
    title: Title
    when: When
    grade_at_most: str | None = None
    score_at_most: float | None = None
    authority_ref: str = ""


class Veto(Part):
    """The grade that such an incident sets (一票否决); it needs an authority (rule L5)."""

    id: Name
    title: Title
    when: When
    grade: str
    authority_ref: str = ""
    legal_basis: str = ""


class Tolerance(Part):
    """Which adjustments a tolerance decision (容错认定) lifts from the incident that it exempts."""

    id: Name
    title: Title
    lifts: tuple[Name, ...]
    authority_ref: str = ""


class Adjust(Part):
    """What changes a score after aggregation, each with its authority."""

    bonus: tuple[Bonus, ...] = ()
    deduct: tuple[Deduction, ...] = ()
    caps: tuple[Cap, ...] = ()
    veto: tuple[Veto, ...] = ()
    tolerance: tuple[Tolerance, ...] = ()


class Quota(Part):
    """At most this share of the graded bodies may have the grade."""

    max_share: Share
    rounding: Literal["floor", "round", "ceil"] = "floor"
    extend_to: Share | None = None
    approved_by: str = ""  #: who approved the extension; without it `max_share` holds


class GradeLevel(Part):
    """One grade; levels are listed from best to worst."""

    id: Name
    title: Title
    at_least: float | None = None  #: None: whatever is left (last level)
    quota: Quota | None = None


class Grades(Part):
    """Grades are proposed; a named body decides."""

    levels: Annotated[tuple[GradeLevel, ...], Field(min_length=1)]
    ties: Literal["interval", "order"] = "interval"  #: interval: "A/B undecided" where the data can't tell
    confidence: Annotated[float, Field(gt=0.5, lt=1)] = 0.8  #: probability that settles a grade
    decided_by: str = ""
    ungraded: tuple[str, ...] = ()


class WeightUncertainty(Part):
    """How weights are drawn: Dirichlet around the given ones, or each within ± band of itself."""

    method: Literal["none", "dirichlet", "band"] = "band"
    concentration: Annotated[float, Field(gt=0)] = 100.0
    band: Share = 0.25


WeightUncertaintyKey = Annotated[
    WeightUncertainty, BeforeValidator(_method_only, json_schema_input_type=str | WeightUncertainty)
]


class Uncertainty(Part):
    """What is drawn, how often; the scheme's own choice is always one of the alternatives."""

    draws: Annotated[int, Field(ge=0, le=1_000_000)] = 1000
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 1
    interval: Annotated[float, Field(gt=0, lt=1)] = 0.90
    tell_apart: Annotated[float, Field(gt=0.5, lt=1)] = 0.95  #: P(A above B) from which A and B are told apart
    weights: WeightUncertaintyKey = Field(default_factory=WeightUncertainty)
    normalise: tuple[Literal["minmax", "zscore", "rank", "percentile"], ...] = ()
    aggregate: tuple[Literal["arithmetic", "geometric", "harmonic"], ...] = ()
    aggregate_at: Literal["total", "all"] = "total"  #: the mean is drawn for the total only, or on every level
    missing: tuple[MissingPolicy, ...] = ()
    values: bool = True  #: draw every value within its standard error


class Publish(Part):
    """What is published and how."""

    ranking: Literal["intervals", "groups_only", "none"] = "intervals"
    k: Annotated[int, Field(ge=1)] | None = None  #: groups of raters below this are hidden
    map: str = ""  #: a GeoJSON in the folder, with `body` in each feature's properties
    licence: str = ""
    findings: Literal["graded", "replied", "confirmed"] = (
        "graded"  #: which are named: all of grades E1 and E2, those the body has replied to, or confirmed ones only
    )


class Waiver(Part):
    """A rule of the linter that this scheme sets aside, for a written reason; it is published."""

    rule: Name
    reason: Annotated[str, Field(min_length=10)]
    approved_by: str = ""
    expires_on: date | None = None


class Scheme(Part):
    """A whole scheme file."""

    format: Literal["scheme/v1"] = "scheme/v1"
    id: Name
    version: Version
    title: Title
    about: Title | None = None
    authority: Authority
    legal_basis: tuple[str, ...] = ()
    subjects: Subjects = Field(default_factory=Subjects)
    peers: Peers = Field(default_factory=Peers)
    period: Period = Field(default_factory=Period)
    points: Points = Field(default_factory=Points)
    weights: Weights = Field(default_factory=Weights)
    aggregate: AggregateKey = Field(default_factory=Aggregate)  #: of the root, and of dimensions that name none
    missing: MissingKey = Field(default_factory=Missing)
    dimensions: tuple[Dimension, ...] = ()
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    adjust: Adjust = Field(default_factory=Adjust)
    grades: Grades | None = None
    uncertainty: Uncertainty = Field(default_factory=Uncertainty)
    requests: RequestRules = Field(default_factory=RequestRules)
    surveys: SurveyRules = Field(default_factory=SurveyRules)
    terms: TermRules | None = None
    audit: Audit = Field(default_factory=Audit)
    publish: Publish = Field(default_factory=Publish)
    appeal: Appeal | None = None
    burden: Burden = Field(default_factory=Burden)
    waivers: tuple[Waiver, ...] = ()
    supersedes: Supersedes | None = None

    @property
    def parts(self) -> tuple[Dimension | Indicator, ...]:
        """Dimensions, then indicators, in file order."""
        return (*self.dimensions, *self.indicators)

    @property
    def body_types(self) -> tuple[str, ...]:
        """Body types that weights may be keyed by."""
        return tuple(self.subjects.types)

    @property
    def scored(self) -> tuple[Indicator, ...]:
        """The indicators that make up the score, in file order."""
        return tuple(indicator for indicator in self.indicators if indicator.counts)
