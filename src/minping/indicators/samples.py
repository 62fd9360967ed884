"""Samples: the interviews of each period as a sample of their own, weighted as the scheme says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from minping.errors import EvidenceError, Place, Problem
from minping.indicators.dispositions import Tried, cell_factors, tried_cases
from minping.indicators.lags import within
from minping.indicators.polls import Polled, poll
from minping.indicators.replication import replicates_of
from minping.indicators.weighting import Coded, Interviews, reweigh, weigh
from minping.model.arrays import Floats, Ints
from minping.model.evidence import Evidence
from minping.model.surveys import Margin
from minping.scheme.shape import Scheme
from minping.scheme.survey_rules import Shape, SurveyRules
from minping.stats.calibration import Weighting
from minping.stats.designs import Design, Lonely, Stage
from minping.stats.groups import codes, counts, sums
from minping.stats.replicates import Replicates
from minping.words import Text, both


@dataclass(frozen=True, slots=True)
class Public:
    """What the public was asked, and the sample of each period."""

    polled: Polled
    samples: tuple[Sample, ...]
    lonely: Lonely = "centre"
    shape: Shape = "jeffreys"  #: of intervals of shares


def ask_public(scheme: Scheme, evidence: Evidence, periods: Sequence[str], questions: Sequence[str]) -> Public:
    """Read the surveys and weight them.

    Raises:
        EvidenceError: the weights can't be calibrated.
    """
    rules = scheme.surveys
    cells = rules.weighting.nonresponse
    tried = tried_cases(evidence.records["dispositions"], evidence.bodies, cells) if cells else None
    polled = poll(
        evidence.records["surveys"],
        evidence.bodies,
        questions,
        scales=evidence.scales,
        covariates=rules.weighting.columns,
        replicates=() if rules.replicates is None else rules.replicates.names,
    )
    return Public(polled, draw_samples(polled, periods, evidence.margins, rules, tried), rules.lonely, rules.interval)


@dataclass(frozen=True, slots=True)
class Sample:
    """The interviews of one period, n of them."""

    period: str
    rows: Ints  #: (n,) positions in the poll
    design: Design
    weighting: Weighting | None = None
    replicates: Replicates | None = None


def draw_samples(
    polled: Polled,
    periods: Sequence[str],
    margins: Sequence[Margin] = (),
    rules: SurveyRules | None = None,
    tried: Tried | None = None,
) -> tuple[Sample, ...]:
    """One sample for each period, empty where nobody was asked.

    Raises:
        EvidenceError: what keeps the weights from being calibrated, of all periods at once.
    """
    rules = rules or SurveyRules()
    samples, problems = [], list[Problem]()
    for period in periods:
        rows = np.flatnonzero(within(polled.month, period))
        sample, found = _sample(polled, Sample(period, rows, design_of(polled, rows)), margins, rules, tried)
        samples.append(sample)
        problems += found
    if problems:
        raise EvidenceError(problems)
    return tuple(samples)


def _sample(
    polled: Polled, drawn: Sample, margins: Sequence[Margin], rules: SurveyRules, tried: Tried | None
) -> tuple[Sample, list[Problem]]:
    """The interviews of a period with the weights that the scheme gives them."""
    rows, period, problems = drawn.rows, drawn.period, list[Problem]()
    if not len(rows):
        return drawn, []
    if tried is not None:
        cells = [polled.covariate[name].at(rows) for name in rules.weighting.nonresponse]
        factor, found = reached(period, cells, cell_factors(tried, period, list(tried.cell.values())))
        drawn = replace(drawn, design=replace(drawn.design, weight=drawn.design.weight * factor))
        problems += found
    before, again = drawn.design, None
    if rules.weighting.margins:
        column = {name: words.at(rows) for name, words in polled.covariate.items()}
        asked = Interviews(period, before.weight, polled.body[rows], polled.ids, column)
        weighting, found = weigh(asked, margins, rules.weighting)
        problems += found
        if weighting is None:
            return drawn, problems
        design = replace(before, weight=weighting.weight, calibrated=weighting.calibrated)
        drawn, again = (
            replace(drawn, design=design, weighting=weighting),
            partial(reweigh, asked, margins, rules.weighting),
        )
    if rules.replicates is not None:
        given = None if polled.replicate is None else polled.replicate[rows]
        replicates, found = replicates_of(period, before, given, rules.replicates, again)
        return replace(drawn, replicates=replicates), problems + found
    return drawn, problems


def reached(
    period: str, cells: Sequence[Coded], factors: Mapping[tuple[str, ...], float]
) -> tuple[Floats, list[Problem]]:
    """What the weight of each interview counts for, (n,), so that interviews stand for all eligible cases of their cell."""
    code = codes(*(cell.code for cell in cells))
    first = np.unique(code, return_index=True)[1]
    words = [tuple(cell.words[int(cell.code[at])] for cell in cells) for at in first.tolist()]
    problems = [_no_cases(period, word) for word in words if word not in factors]
    problems += [_nobody_met(period, word) for word, factor in factors.items() if word not in words or np.isinf(factor)]
    return np.array([min(factors.get(word, 1.0), 1e12) for word in words])[code], problems


def _no_cases(period: str, cell: tuple[str, ...]) -> Problem:
    found = Text(
        f"{period}：有受访者属于 {'+'.join(cell)}，dispositions 中却没有这样的样本",
        f"{period}: respondents are of {'+'.join(cell)}, but `dispositions` has no such cases",
    )
    return Problem(
        "cell-without-cases",
        Place("dispositions"),
        found,
        both(""),
        Text("补上，或统一写法", "add them, or write both alike"),
    )


def _nobody_met(period: str, cell: tuple[str, ...]) -> Problem:
    found = Text(
        f"{period}：无应答校正的 {'+'.join(cell)} 一格有合格样本，却没有受访者",
        f"{period}: the cell {'+'.join(cell)} has eligible cases and no respondent",
    )
    return Problem(
        "empty-cell-of-nonresponse",
        Place("dispositions"),
        found,
        both(""),
        Text("与相近的格合并", "merge the cell with one like it"),
    )


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
