"""Samples: the interviews of each period as a sample of their own, weighted as the scheme says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minping.errors import EvidenceError, Problem
from minping.indicators.lags import within
from minping.indicators.polls import Polled, poll
from minping.indicators.weighting import Interviews, weigh
from minping.model.arrays import Ints
from minping.model.evidence import Evidence
from minping.model.surveys import Margin
from minping.scheme.shape import Scheme
from minping.scheme.survey_rules import SurveyRules
from minping.stats.calibration import Weighting
from minping.stats.designs import Design, Lonely, Stage
from minping.stats.groups import codes, counts, sums


@dataclass(frozen=True, slots=True)
class Public:
    """What the public was asked, and the sample of each period."""

    polled: Polled
    samples: tuple[Sample, ...]
    lonely: Lonely = "centre"


def ask_public(scheme: Scheme, evidence: Evidence, periods: Sequence[str], questions: Sequence[str]) -> Public:
    """Read the surveys and weight them.

    Raises:
        EvidenceError: the weights can't be calibrated.
    """
    rules = scheme.surveys
    polled = poll(
        evidence.records["surveys"],
        evidence.bodies,
        questions,
        scales=evidence.scales,
        covariates=rules.weighting.columns,
    )
    return Public(polled, draw_samples(polled, periods, evidence.margins, rules), rules.lonely)


@dataclass(frozen=True, slots=True)
class Sample:
    """The interviews of one period, n of them."""

    period: str
    rows: Ints  #: (n,) positions in the poll
    design: Design
    weighting: Weighting | None = None


def draw_samples(
    polled: Polled, periods: Sequence[str], margins: Sequence[Margin] = (), rules: SurveyRules | None = None
) -> tuple[Sample, ...]:
    """One sample for each period, empty where nobody was asked.

    Raises:
        EvidenceError: what keeps the weights from being calibrated, of all periods at once.
    """
    rules = rules or SurveyRules()
    samples, problems = [], list[Problem]()
    for period in periods:
        rows = np.flatnonzero(within(polled.month, period))
        design, weighting = design_of(polled, rows), None
        if rules.weighting.margins and len(rows):
            column = {name: words.at(rows) for name, words in polled.covariate.items()}
            asked = Interviews(period, design.weight, polled.body[rows], polled.ids, column)
            weighting, found = weigh(asked, margins, rules.weighting)
            problems += found
        if weighting is not None:
            design = Design(weighting.weight, design.stages, weighting.calibrated)
        samples.append(Sample(period, rows, design, weighting))
    if problems:
        raise EvidenceError(problems)
    return tuple(samples)


def design_of(polled: Polled, rows: Ints) -> Design:
    """The sample of some interviews; people within drawn clusters are a second stage where the frame is known."""
    stratum, cluster = polled.stratum[rows], codes(polled.stratum[rows], polled.cluster[rows])
    frame, share = polled.fpc[rows], None
    if len(frame) and not np.isnan(frame).any():
        first = np.unique(cluster, return_index=True)[1]
        drawn = sums(stratum[first], np.ones(len(first)), int(stratum.max()) + 1)
        share = drawn[stratum] / frame
    stages: tuple[Stage, ...] = (Stage(stratum, cluster, share),)
    if polled.clustered and share is not None:
        people = polled.fpc2[rows]
        part = None if np.isnan(people).any() else counts(cluster, int(cluster.max()) + 1)[cluster] / people
        stages += (Stage(np.zeros_like(stratum), np.arange(len(stratum), dtype=np.int64), part),)
    return Design(polled.weight[rows], stages)
