"""Survey values: everything that a scheme asks of surveys, measured once: questions, indices, rates of response.

In a scheme and its evidence, out the measures of its indicators, and what a publication tells beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minping.indicators.dispositions import Tried, counts_of, measure_response, tried_cases
from minping.indicators.indices import measure_index
from minping.indicators.ratings import Measured
from minping.indicators.samples import Public, ask_public
from minping.indicators.surveys import answers, measure_surveys
from minping.model.evidence import Evidence
from minping.model.surveys import Indexed, Surveyed, SurveyFigures
from minping.scheme.read import questions_of
from minping.scheme.shape import From, Scheme

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Polls:
    """What surveys say of each period and body."""

    periods: tuple[str, ...]
    public: Public | None
    tried: Tried | None
    surveyed: Mapping[Key, Surveyed]
    indexed: Mapping[str, Indexed]

    def measured(self, how: From) -> Measured | None:
        """The measure of an indicator; None where it is of no survey."""
        if how.dispositions is not None and self.tried is not None:
            return measure_response(self.tried, self.periods, how.dispositions)
        found = self.surveyed.get(key_of(how))
        if found is None:
            return None
        return Measured(found.estimate, found.se, found.n, found.degrees, ends=(found.low, found.high))


def key_of(how: From) -> Key:
    """What tells one measure of a survey from another."""
    return (how.surveys, how.index, how.measure, how.share, how.over, how.lonely)


def hear_surveys(scheme: Scheme, evidence: Evidence, periods: Sequence[str]) -> Polls | None:
    """Read and measure the surveys; None where there is nothing of them.

    Raises:
        EvidenceError: the weights can't be calibrated, or an index can't be estimated.
    """
    wanted, questions = [part.evidence for part in scheme.indicators], questions_of(scheme)
    tried = (
        tried_cases(evidence.records["dispositions"], evidence.bodies) if "dispositions" in evidence.records else None
    )
    if not questions:
        return None if tried is None else Polls(tuple(periods), None, tried, {}, {})
    public = ask_public(scheme, evidence, periods, questions)
    surveyed = {key_of(how): measure_surveys(public, how) for how in wanted if how.surveys is not None}
    models = {index.id: measure_index(public, index) for index in scheme.surveys.indices if _is_used(index.id, wanted)}
    surveyed |= {key_of(how): models[how.index][0] for how in wanted if how.index is not None}
    return Polls(tuple(periods), public, tried, surveyed, {name: model for name, (_, model) in models.items()})


def _is_used(index: str, wanted: Sequence[From]) -> bool:
    return any(how.index == index for how in wanted)


def survey_figures(scheme: Scheme, polls: Polls | None) -> SurveyFigures | None:
    """What is told of surveys beside their values; None where there is none."""
    if polls is None:
        return None
    ways = {part.id: part.evidence for part in scheme.indicators if key_of(part.evidence) in polls.surveyed}
    measures = {name: polls.surveyed[key_of(how)] for name, how in ways.items()}
    questions = tuple(dict.fromkeys(how.surveys for how in ways.values() if how.surveys is not None))
    spread = {} if polls.public is None else {name: answers(polls.public, name) for name in questions}
    tried = None if polls.tried is None else counts_of(polls.tried, polls.periods)
    return SurveyFigures(measures, spread, polls.indexed, tried)
