"""The keys of a scheme on how it is audited: what is declared of each series of figures, and the thresholds of tests.

Nothing here is a verdict. A threshold is a parameter that an office answers for; what is declared of a series decides
which tests apply to it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from minping.scheme.part import Name, Part, Title, Written

Kind = Literal["money", "physical", "count", "share", "index"]
Reporter = Literal["self", "statistics", "third_party"]
#: how far a reporter is out of the evaluated body's hands, unless the series says it
INDEPENDENCE = {"self": 0.0, "statistics": 0.5, "third_party": 1.0}
PeriodOf = Annotated[str, Written, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])|Q[1-4]|H[12])?$")]
Part01 = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]


class ScopeChange(Part):
    """From this period on the figure means something else (口径变化): no comparison across it."""

    period: PeriodOf
    what: str


class Series(Part):
    """What is declared of official figures of one name, an indicator's or another's."""

    title: Title | None = None
    unit: str = ""
    kind: Kind | None = None  #: money flows are what levels are checked against
    reporter: Reporter | None = None  #: by default the indicator's, or else the body itself
    independence: Part01 | None = (
        None  #: 0 the body writes it itself, 1 it has no hand in it; by default as the reporter
    )
    scope: str = ""  #: what is counted (口径)
    scope_changes: tuple[ScopeChange, ...] = ()
    decimals: Annotated[int, Field(ge=0, le=9)] | None = None  #: as published; by default as most figures are written
    items: Annotated[int, Field(ge=1)] | None = None  #: a mean of so many whole answers of each of n people
    part_of: tuple[Name, ...] = ()  #: figures that it is a component of: it can't be a source to check them by


class Sums(Part):
    """Figures that must add up: parts of one body, or a figure over the bodies below a parent."""

    whole: Name
    parts: tuple[Name, ...] = ()
    over: Literal["children"] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Sums:
        if bool(self.parts) == (self.over is not None):
            raise ValueError("either parts or over")
        return self


class Padding(Part):
    """When a level is looked at: so many independent sources must lie below it by so much."""

    sources: Annotated[int, Field(ge=2)] = 2  #: that must agree
    beyond: Positive = 1.0  #: robust standard deviations
    peers: Annotated[int, Field(ge=5)] = 15  #: bodies that a comparison needs
    base: PeriodOf | None = None  #: year from which drift is measured; None: the first with figures
    common: Annotated[float, Field(ge=0, lt=1)] = (
        0.15  #: correlation allowed for between what two sources say of honest bodies; −0.1 on the revised provinces
    )
    jump: Annotated[float, Field(gt=1)] = 1.3  #: ratio to the usual growth that counts as a jump


class ProjectLimits(Part):
    """When a project meets a criterion; against peers where it says so."""

    idle_below: Part01 = 0.3  #: of design capacity
    idle_months: Positive = 12.0
    stalled_days: Positive = 180.0  #: without progress, below 95 per cent: half-built
    unused_days: Positive = 180.0  #: after completion without opening, or after opening without use
    facade_above: Part01 = 0.3  #: of the cost
    costly_above: Part01 = 0.9  #: percentile among peers
    little_used: Part01 = 0.1  #: percentile among peers
    opening_days: Positive = 60.0  #: before an assessment or a change of office
    support_below: Annotated[float, Field(ge=0, le=100)] = 50.0  #: per cent, lower bound
    least: Annotated[int, Field(ge=1)] = 4  #: criteria of nine from which people should look at it
    estimate_over: Positive = 1.10  #: approved budget against the feasibility study (政府投资条例 12)


class DebtLimits(Part):
    """Bands of debt and its service; the amounts stand in `debts` and `repayments`, the capacity in official figures."""

    capacity: tuple[Name, ...] = ()  #: official series whose sum is the fiscal capacity of a year (综合财力)
    spending: tuple[Name, ...] = ()  #: official series whose sum is what interest is compared with
    unit_cny: Positive = 1.0  #: CNY in one unit of those series, e.g. 1e8 for 亿元
    bands: tuple[float, float, float] = (120.0, 200.0, 300.0)  #: debt to capacity, per cent: yellow, orange, red from
    interest_above: Positive = 10.0  #: per cent of spending (国办函〔2016〕88号)
    refinanced_above: Part01 = 0.8  #: of the principal due
    tail_above: Part01 = 0.5  #: of the principal falling due after the term that borrowed
    hidden_above: Annotated[float, Field(ge=0)] = 0.0  #: undeclared debt, as a share of the declared


class TargetLimits(Part):
    """When targets and what became of them are looked at."""

    within: Part01 = 0.02  #: half a window around a target, as a share of it
    unlikely: Part01 = 0.05  #: chance of attainment below which a target is unrealistic; above 1 − it: too easy
    amplified_above: Positive = 1.1  #: sum or mean of the targets below against the one above
    deadline_days: Positive = 3.0  #: before the deadline


class TaskLimits(Part):
    """When the way tasks were closed is looked at."""

    paper_above: Part01 = 0.1  #: of the tasks closed, those with neither outcome nor real check
    least: Annotated[int, Field(ge=1)] = 3  #: such tasks from which people look at it
    on_site_a_day: Annotated[int, Field(ge=1)] = 10  #: checks on site that one verifier can make in a day


class InspectionLimits(Part):
    """How inspections are drawn, and when what they find agrees."""

    floor: Annotated[float, Field(gt=0, le=1)] = 0.25  #: least chance of any claim, as a share of an equal chance
    tolerance: Part01 = 0.02  #: of a reported figure: a difference up to this still agrees


class Audit(Part):
    """How evidence is audited; findings wait for checking, and only confirmed ones change a score."""

    examine: bool = True  #: false: not at all, which the report says
    share_wrong: Annotated[float, Field(gt=0, le=0.2)] = 0.05  #: of the findings of a test, at most so many are chance
    series: dict[Name, Series] = Field(default_factory=dict)
    sums: tuple[Sums, ...] = ()
    levels: tuple[Name, ...] = ()  #: figures that are checked against independent flows of money
    assessed_on: tuple[date, ...] = ()  #: days of assessments; by default the last day of a period
    padding: Padding = Field(default_factory=Padding)
    projects: ProjectLimits = Field(default_factory=ProjectLimits)
    debt: DebtLimits = Field(default_factory=DebtLimits)
    targets: TargetLimits = Field(default_factory=TargetLimits)
    tasks: TaskLimits = Field(default_factory=TaskLimits)
    inspections: InspectionLimits = Field(default_factory=InspectionLimits)

    @property
    def named(self) -> tuple[str, ...]:
        """Every official series that the audit speaks of, once."""
        told = [*self.series, *self.levels, *self.debt.capacity, *self.debt.spending]
        told += [name for one in self.series.values() for name in one.part_of]
        told += [name for one in self.sums for name in (one.whole, *one.parts)]
        return tuple(dict.fromkeys(told))
