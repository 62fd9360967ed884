"""Indices: a satisfaction index of several questions by a path model, of each body, with its errors.

In what the public was asked and the scheme's model, out points by body and period, and what stands behind them:
loadings, paths, Cronbach's alpha. Who did not answer all of the questions is left out and counted. Clusters are drawn
anew for the errors, within strata; the model is fitted anew to each draw, the weighting is not.
"""

from __future__ import annotations

import numpy as np

from minping.errors import EvidenceError, Place, Problem
from minping.indicators.intervals import around
from minping.indicators.samples import Public, Sample
from minping.indicators.surveys import degrees_of
from minping.model.arrays import Bools, Floats, Ints
from minping.model.surveys import Indexed, Surveyed
from minping.scheme.survey_rules import SurveyIndex
from minping.stats.groups import codes, counts
from minping.stats.reliability import cronbach_alpha
from minping.stats.weighted_paths import WeightedPaths, bootstrap_factors, fit_weighted
from minping.words import Text, both

FEWEST = 30  #: respondents that a path model needs


def measure_index(public: Public, how: SurveyIndex) -> tuple[Surveyed, Indexed]:
    """The index of each period and body, and the model of each period.

    Raises:
        EvidenceError: the model can't be estimated from some period's answers.
    """
    fits, problems = [], list[Problem]()
    for sample in public.samples:
        try:
            fits.append(_fit(public, sample, how))
        except ValueError as error:
            problems.append(_failed(sample.period, how.id, str(error)))
    if problems:
        raise EvidenceError(problems)
    return _surveyed(public, how, fits), _indexed(public, how, fits)


Fit = tuple[WeightedPaths, Floats, Bools] | None  #: the model, whole answers (m, K), who gave them (n,)


def _fit(public: Public, sample: Sample, how: SurveyIndex) -> Fit:
    polled = public.polled
    items = np.stack([polled.replies[question].points[sample.rows] for question in how.questions], axis=1)
    there: Bools = ~np.asarray(np.isnan(items).any(axis=1))
    answered = int(there.sum())
    if not answered:
        return None
    if answered < FEWEST:
        raise ValueError(f"{answered} answered all {items.shape[1]} questions; {FEWEST} are needed")
    stage = sample.design.stages[0]
    unit = codes(stage.stratum, stage.unit)
    first = np.unique(unit, return_index=True)[1]
    stratum = codes(stage.stratum[first])
    factors = bootstrap_factors(stratum, counts(stratum, int(stratum.max()) + 1), how.replicates, how.seed)
    blocks, inner = model_of(how)
    body = polled.body[sample.rows][there]
    found = fit_weighted(
        items[there],
        sample.design.weight[there],
        blocks,
        inner,
        body,
        polled.bodies,
        factors,
        unit[there],
        scheme=how.scheme,
    )
    if not found.converged:
        raise ValueError("the weights of the model do not settle")
    return found, items[there], there


def model_of(how: SurveyIndex) -> tuple[Ints, Bools]:
    """The latent variable of each question, (K,), and which leads to which, (L, L)."""
    at = {latent.id: place for place, latent in enumerate(how.latents)}
    blocks = np.array([at[latent.id] for latent in how.latents for _ in latent.questions], dtype=np.int64)
    inner = np.array([[other.id in latent.after for other in how.latents] for latent in how.latents])
    return blocks, inner


def _surveyed(public: Public, how: SurveyIndex, fits: list[Fit]) -> Surveyed:
    bodies, latent = public.polled.bodies, [one.id for one in how.latents].index(how.of)
    figures = np.full((8, len(fits), bodies), np.nan)
    figures[2], figures[6] = 0.0, 0.0
    for at, (fit, sample) in enumerate(zip(fits, public.samples, strict=True)):
        if fit is None:
            continue
        found, _, there = fit
        body = public.polled.body[sample.rows][there]
        value, se = found.points[:, latent], found.points_se[:, latent]
        size = counts(body, bodies)
        degrees = degrees_of(sample.design, there, public.polled.body[sample.rows], bodies)
        low, high = around(value, se, degrees, (0.0, 100.0))
        asked = counts(public.polled.body[sample.rows], bodies)
        figures[:, at] = value, se, size, low, high, np.full(bodies, np.nan), asked, degrees
    return Surveyed(*figures)


def _indexed(public: Public, how: SurveyIndex, fits: list[Fit]) -> Indexed:
    latents, questions, periods = len(how.latents), how.questions, len(fits)
    blocks, _ = model_of(how)
    loadings, paths = np.full((periods, 2, len(questions)), np.nan), np.full((periods, 2, latents, latents), np.nan)
    alpha, rows = np.full((periods, latents), np.nan), np.zeros(periods)
    for at, fit in enumerate(fits):
        if fit is None:
            continue
        found, items, _ = fit
        loadings[at] = found.loadings, found.loadings_se
        paths[at] = found.paths, found.paths_se
        alpha[at] = [cronbach_alpha(items[:, blocks == latent]) for latent in range(latents)]
        rows[at] = len(items)
    names = tuple(latent.id for latent in how.latents)
    titles = tuple(latent.title.text for latent in how.latents)
    return Indexed(how.id, names, titles, questions, tuple(blocks.tolist()), loadings, paths, alpha, rows)


def _failed(period: str, name: str, said: str) -> Problem:
    found = Text(f"{period}：指数 {name} 算不出：{said}", f"{period}: the index {name} can't be estimated: {said}")
    fix = Text("核对题目的回答，或改 surveys.indices", "check the answers to its questions, or change surveys.indices")
    return Problem("index-failed", Place("scheme.yaml", column="surveys.indices"), found, both(""), fix)
