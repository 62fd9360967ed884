"""A scheme and evidence of any size, made from a seed: five dimensions, three quarters of the indicators higher-better."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.indicators import compute
from minping.indicators.compute import figures_for
from minping.model.arrays import Floats
from minping.model.evidence import Bodies, Evidence, Official, SourceFile
from minping.scheme.read import SchemeFile, parse_scheme
from minping.scoring.adjust import Adjusted, adjustments
from minping.scoring.basis import Basis, line_up, named_figures
from minping.scoring.plan import compile_plan
from minping.scoring.score import score
from minping.scoring.uncertainty import Situation

HEAD = """\
id: made
version: 1
title: made
authority: {issuer: nobody}
uncertainty: {weights: {method: dirichlet, concentration: 100}, normalise: [zscore, rank], aggregate: [geometric]}
dimensions: [{id: d0, title: d, weight: 1}, {id: d1, title: d, weight: 1}, {id: d2, title: d, weight: 1},
  {id: d3, title: d, weight: 1}, {id: d4, title: d, weight: 1}]
indicators:
"""
PERIOD = "2016"


class Case(NamedTuple):
    """Everything that scoring starts from, and the same as bare arrays for other tools."""

    scheme_file: SchemeFile
    evidence: Evidence
    basis: Basis
    adjusted: Adjusted
    situation: Situation
    values: Floats  #: (N, M)
    weights: Floats  #: (M,) share of each indicator in the whole
    higher: Floats  #: (M,) 1 where more is better, else -1


def make(bodies: int, indicators: int, error: float = 0.0, seed: int = 1) -> Case:
    """Bodies × indicators, with a relative standard error for every figure where asked."""
    rows = [
        f"  - {{id: i{at}, in: d{at % 5}, title: i, weight: {1 + at % 3}, normalise: minmax, "
        f"direction: {'lower' if at % 4 == 0 else 'higher'}}}"
        for at in range(indicators)
    ]
    scheme_file = parse_scheme(HEAD + "\n".join(rows) + "\n")
    values = np.random.default_rng(seed).gamma(3.0, 1.0, (bodies, indicators))
    evidence = _evidence(values, error)
    found = compute(scheme_file.scheme, evidence)
    plan, figures = compile_plan(scheme_file.scheme, evidence.bodies), figures_for(scheme_file.scheme, evidence)
    basis = line_up(plan, found, figures, evidence.bodies, PERIOD)
    named = named_figures(figures, evidence.bodies, 0)
    adjusted = adjustments(scheme_file.scheme, evidence.bodies.ids, (), PERIOD, named)
    situation = Situation(plan, basis, basis, adjusted, score(basis, adjusted, {}), seed)
    weights = np.array([plan.weights[""][f"i{at}"] / 5 for at in range(indicators)])
    higher = np.array([-1.0 if at % 4 == 0 else 1.0 for at in range(indicators)])
    return Case(scheme_file, evidence, basis, adjusted, situation, values, weights, higher)


def _evidence(values: Floats, error: float) -> Evidence:
    bodies, indicators = values.shape
    ids, blank = tuple(f"b{at}" for at in range(bodies)), ("",) * bodies
    official = Official(
        ids,
        (PERIOD,),
        tuple(f"i{at}" for at in range(indicators)),
        np.repeat(np.arange(bodies), indicators).astype(np.int32),
        np.zeros(values.size, dtype=np.int32),
        np.tile(np.arange(indicators), bodies).astype(np.int32),
        values.ravel(),
        np.zeros(values.size, dtype=np.int32),
        np.arange(2, values.size + 2),
        se=error * values.ravel() if error else None,
    )
    files = (SourceFile("evidence/official.csv", "official", "0" * 64, values.size),)
    return Evidence("made", files, Bodies(ids, ids, ids, blank, blank, blank), official)
