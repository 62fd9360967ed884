"""Evidence as the later stages see it: columns of numbers and codes, and the place in a file each row came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from minping.errors import Problem
from minping.model.arrays import Bools, Codes, Floats, Ints
from minping.model.findings import Decision
from minping.model.questions import Scale
from minping.model.surveys import Margin, SurveyPlan

REPORTERS = ("self", "statistics", "third_party")
YES_NO = ("yes", "no")
#: words of a survey that are no answers -> what forms write for them
NO_ANSWERS = {
    "unknown": ("unknown", "don't know", "不知道", "说不清", "不了解"),
    "refused": ("refused", "拒答", "拒绝回答"),
}
CALL_OUTCOMES = ("reached", "refused", "no_contact", "wrong_number", "other")
RATING_STATUSES = ("rated", "defaulted", "removed")
EFFORTS = ("spending_cny", "hours", "tasks")  #: columns of `effort` that tell how much was done


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of evidence as it was read."""

    path: str  #: relative to the folder, with forward slashes
    table: str  #: the table it holds, or `questionnaire`
    sha256: str
    rows: int
    encoding: str = ""  #: of a CSV; empty otherwise
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """What a scheme expects of evidence, said in plain words so that loading needs no scheme."""

    indicators: Mapping[str, IndicatorNote]  #: every name that `official` may hold
    body_types: tuple[str, ...] = ()  #: allowed values of bodies.body_type; empty: any
    periods: tuple[str, ...] = ()  #: allowed periods; empty: any well-formed one
    incident_kinds: tuple[str, ...] = ()  #: allowed values of incidents.kind; empty: any
    records: tuple[str, ...] = ()  #: tables of events that must be there
    questions: tuple[str, ...] = ()  #: questions that `surveys` must have asked
    scales: Mapping[str, Scale] = field(default_factory=dict)  #: of questions, as the questionnaire has them
    survey: SurveyPlan = field(default_factory=SurveyPlan)  #: how surveys are weighted
    audited: tuple[str, ...] = ()  #: of `indicators` those that the audit alone uses


@dataclass(frozen=True, slots=True)
class IndicatorNote:
    """What a table of official figures should know of one indicator."""

    id: str
    title_zh: str
    title_en: str
    unit: str = ""
    percent: bool = False  #: the unit is per cent: "97.3%" may be read as 97.3
    low: float | None = None  #: impossible below
    high: float | None = None  #: impossible above


@dataclass(frozen=True, slots=True)
class Bodies:
    """The evaluated bodies, N of them, in file order."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    names_en: tuple[str, ...]
    types: tuple[str, ...]  #: empty string where none is given
    parents: tuple[str, ...]
    peer_groups: tuple[str, ...]
    covariates: Mapping[str, Floats] = field(default_factory=dict)  #: numeric columns, shape (N,), NaN where empty
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  #: other columns as text

    def position(self) -> dict[str, int]:
        """Body id -> row."""
        return {body: row for row, body in enumerate(self.ids)}


@dataclass(frozen=True, slots=True)
class Official:
    """Official figures, one entry per row of evidence (R rows); codes point into the vocabularies."""

    bodies: tuple[str, ...]  #: vocabulary: the ids of `Bodies`, in the same order
    periods: tuple[str, ...]  #: vocabulary, in time order
    indicators: tuple[str, ...]  #: vocabulary
    body: Codes  #: (R,)
    period: Codes  #: (R,)
    indicator: Codes  #: (R,)
    value: Floats  #: (R,) in the indicator's unit
    file: Codes  #: (R,) position in Evidence.files
    row: Ints  #: (R,) row as a spreadsheet shows it (the header is row 1)
    se: Floats | None = None  #: (R,) standard error, NaN where not given
    sd: Floats | None = None  #: (R,) standard deviation of the answers, NaN where not given
    n: Floats | None = None
    numerator: Floats | None = None
    denominator: Floats | None = None
    released_on: Ints | None = None  #: (R,) days since 1970-01-01; the smallest int64 where not given
    reporter: Codes | None = None  #: (R,) position in REPORTERS, -1 where not given
    source: Codes | None = None  #: (R,) position in `sources`
    sources: tuple[str, ...] = ()
    note: Codes | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of office (T rows), pseudonymous; dates as ISO text, empty where open."""

    ids: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    start_on: tuple[str, ...] = ()
    end_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """One confirmed incident: a signed conclusion of an authorised body, never an accusation."""

    id: str
    body: str
    occurred_on: str  #: ISO date
    kind: str
    confirmed_by: str
    severity: str = ""
    authority_ref: str = ""
    exempted_by: str = ""  #: reference of the tolerance decision (容错认定) that exempts it
    file: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True)
class RecordFile:
    """One file of a table of events, as Parquet that any engine can scan."""

    path: str  #: of the Parquet file: the evidence itself, or a copy made while loading
    file: int  #: position in Evidence.files
    columns: Mapping[str, str]  #: column of the table -> column of the Parquet file
    is_copy: bool = False  #: made while loading: its column `_row` says where each record stands


@dataclass(frozen=True, slots=True)
class Quarantine:
    """Rows of a table of events that are looked at as if they were not there, or (`put_back`) had not been removed."""

    file: Ints  #: (R,) position in Evidence.files
    row: Ints  #: (R,) as a spreadsheet shows it
    put_back: Bools  #: (R,)


@dataclass(frozen=True, slots=True)
class Records:
    """A table of events, checked and left where it lies: its size is no matter of memory."""

    table: str
    files: tuple[RecordFile, ...]
    rows: int
    held: object = field(default=None, repr=False, compare=False)  #: keeps copies until nobody needs them
    engine: object = field(default=None, repr=False, compare=False)  #: an open engine that counts them; None: DuckDB
    session: object = field(default=None, repr=False, compare=False)  #: DuckDB that is open; None: it is opened anew
    quarantine: Quarantine | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that was loaded from a folder, with what was wrong but not fatal."""

    folder: str
    files: tuple[SourceFile, ...]
    bodies: Bodies
    official: Official
    terms: Terms = field(default_factory=Terms)
    incidents: tuple[Incident, ...] = ()
    problems: tuple[Problem, ...] = ()  #: warnings and notes only; errors are raised
    records: Mapping[str, Records] = field(default_factory=dict)  #: tables of events by name
    margins: tuple[Margin, ...] = ()  #: what is known of the public
    scales: Mapping[str, Scale] = field(
        default_factory=dict
    )  #: of the questionnaire's questions; none where there is none
    decisions: tuple[Decision, ...] = ()  #: what became of findings of the audit, by date

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods with official figures, in time order."""
        return self.official.periods


NO_DATE = np.iinfo(np.int64).min
