"""Everything of surveys at once: nothing where nothing is asked; one measure for indicators that ask the same."""

from __future__ import annotations

from pathlib import Path

from minping.evidence import load_evidence
from minping.indicators.survey_values import hear_surveys, key_of, survey_figures
from minping.scheme.read import codebook
from minping.scheme.shape import From
from tests.evidence.test_records import folder
from tests.made import scheme

SCHEME = """indicators:
  - {id: a, title: a, direction: higher, weight: 1, from: {surveys: trust, least: 3}, normalise: {method: goalposts, floor: 0, target: 100, reason: r}}
  - {id: b, title: b, direction: higher, counts: false, from: {surveys: trust}}
"""


def test_indicators_that_ask_the_same_are_measured_once(tmp_path: Path) -> None:
    text = "respondent,body,question,answer,asked_on\np1,b1,trust,5,2024-05-01\np2,b2,trust,1,2024-05-01\n"
    file = scheme(SCHEME)
    evidence = load_evidence(folder(tmp_path, None, surveys=text), codebook(file.scheme))
    polls = hear_surveys(file.scheme, evidence, ("2024",))
    assert polls is not None and len(polls.surveyed) == 1
    figures = survey_figures(file.scheme, polls)
    assert figures is not None and list(figures.measures) == ["a", "b"] and list(figures.answers) == ["trust"]
    assert figures.outcomes is None and polls.measured(From(official="x")) is None
    assert key_of(From(surveys="trust", least=3)) == key_of(From(surveys="trust"))
    assert survey_figures(file.scheme, None) is None
