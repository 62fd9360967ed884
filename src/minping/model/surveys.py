"""Surveys: what a scheme expects of them, and what is known of the public that they were drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from minping.model.arrays import Floats
from minping.words import Text


@dataclass(frozen=True, slots=True)
class SurveyPlan:
    """What the weighting of a scheme expects of `surveys` and `margins`."""

    margins: tuple[str, ...] = ()  #: names in `margins`
    covariates: tuple[str, ...] = ()  #: further columns that `surveys` must have
    needs_pairs: bool = False  #: a stratum with a single cluster is an error
    cells: tuple[str, ...] = ()  #: columns of `surveys` and `dispositions` that make the cells of non-response
    replicates: tuple[str, ...] = ()  #: columns of `surveys` that hold replicate weights
    beyond: str = ""  #: the column that would follow them, and must not be there
    positive: bool = False  #: no replicate weight is nought

    @property
    def further(self) -> tuple[str, ...]:
        """Columns of `surveys` that are no columns of the table."""
        return (*self.covariates, *self.replicates, self.beyond)


@dataclass(frozen=True, slots=True)
class Margin:
    """How many people of the public are of one level, or the sum of a numeric column over the public."""

    name: str  #: a column of `surveys`, or several joined by +
    level: str  #: empty: of a numeric column
    total: float
    body: str  #: empty: of all bodies together
    period: str  #: empty: of every period
    file: int
    row: int


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A measure of a question of a survey, (P, N) each."""

    estimate: Floats  #: NaN where nobody answered
    se: Floats
    n: Floats  #: answers that it rests on
    low: Floats  #: of the interval
    high: Floats
    effect: Floats  #: design effect; NaN where it can't be told
    asked: Floats  #: people who were asked, those who did not know or refused among them
    degrees: Floats  #: of freedom of `se`


@dataclass(frozen=True, slots=True)
class Answered:
    """How the answers to a question are spread."""

    question: str
    levels: tuple[float, ...]  #: points of the L levels, worst first
    share: Floats  #: (P, N, L) per cent, by the weights
    low: Floats  #: (P, N, L)
    high: Floats  #: (P, N, L)
    n: Floats  #: (P, N, L) how many chose it


@dataclass(frozen=True, slots=True)
class Indexed:
    """A path model of P periods, L latent variables, K questions."""

    id: str
    latents: tuple[str, ...]
    titles: tuple[Text, ...]
    questions: tuple[str, ...]
    blocks: tuple[int, ...]  #: (K,) the latent variable of each question
    loadings: Floats  #: (P, 2, K) figure and standard error
    paths: Floats  #: (P, 2, L, L) `[..., j, i]` from i to j; figure and standard error
    alpha: Floats  #: (P, L) Cronbach's, of the questions of each latent variable; NaN for one question
    n: Floats  #: (P,) respondents who answered all


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """What a publication tells of surveys beside their values."""

    measures: Mapping[str, Surveyed]  #: indicator ->
    answers: Mapping[str, Answered]  #: question ->
    indices: Mapping[str, Indexed]  #: index ->
    outcomes: Floats | None = None  #: (P, N, 8) cases that were tried, by `stats.response.OUTCOMES`


#: final outcome of a case -> the words for it, and the codes of AAPOR's Standard Definitions as a pattern
DISPOSITIONS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "complete": (("complete", "完成", "成功访问", "完整访问"), r"^(1\.1\d*|11\d*)$"),
    "partial": (("partial", "部分完成", "中断"), r"^(1\.2\d*|12\d*)$"),
    "refusal": (("refusal", "拒访", "拒绝"), r"^(2\.1\d*|21\d*)$"),
    "non_contact": (("non_contact", "未接通", "无人应答", "联系不上"), r"^(2\.2\d*|22\d*)$"),
    "other": (("other", "其他未完成"), r"^(2\.[3-9]\d*|2[3-9]\d*)$"),
    "unknown_household": (("unknown_household", "不知是否有人", "空号不明"), r"^(3\.1\d*|31\d*)$"),
    "unknown_other": (("unknown_other", "资格不明"), r"^(3\.[2-9]\d*|3[2-9]\d*)$"),
    "ineligible": (("ineligible", "不合资格", "空号", "非目标"), r"^(4(\.\d+)?|4\d+)$"),
}
