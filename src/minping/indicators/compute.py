"""Compute: a scheme and evidence to `Values`: every period, body and indicator, in the indicator's own unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from minping.indicators.convert import divided, growth
from minping.indicators.lags import earlier
from minping.indicators.official import Figures, latest_figures, with_periods
from minping.indicators.ratings import MEASURES, Heard, Measured, listen, measure, response, tally, years_of
from minping.model.arrays import Bools, Floats
from minping.model.cells import State
from minping.model.evidence import Bodies, Evidence
from minping.model.values import Values
from minping.scheme.read import codebook
from minping.scheme.shape import From, Indicator, NotApplicable, Scheme


def compute(scheme: Scheme, evidence: Evidence, figures: Figures | None = None) -> Values:
    """Values of every indicator of the scheme (companions too), in file order; `figures`: as `figures_for` gives them.

    Never fills a gap: a missing value stays NaN, marked MISSING; what a policy does about it is scoring's.
    """
    figures = figures or figures_for(scheme, evidence)
    parts = scheme.indicators
    heard = heard_for(scheme, evidence, figures.periods)
    shape = (len(figures.periods), len(evidence.bodies.ids), len(parts))
    estimate, se, raw = np.full(shape, np.nan), np.zeros(shape), np.full(shape, np.nan)
    trace = np.full(shape, -1, dtype=np.int64)
    state = np.zeros(shape, dtype=np.uint8)
    answers = None if heard is None else np.full(shape, np.nan)
    for at, indicator in enumerate(parts):
        if indicator.evidence.ratings is not None and heard is not None and answers is not None:
            told = measured(indicator.evidence, heard, evidence)
            found, error = told.estimate, told.se
            raw[..., at], answers[..., at] = told.estimate, told.n
        else:
            column = figures.of(indicator.official)
            raw[..., at] = figures.value[..., column]
            trace[..., at] = figures.row[..., column]
            found, error = _converted(indicator, figures, evidence.bodies)
        exempt = not_applicable(indicator.not_applicable, evidence.bodies)
        found = np.where(exempt, np.nan, found)
        estimate[..., at] = found
        se[..., at] = np.where(np.isnan(found), 0.0, _declared(indicator, found, error))
        present = np.where(np.isnan(found), int(State.MISSING), int(State.OBSERVED))
        state[..., at] = np.where(exempt, int(State.NOT_APPLICABLE), present)
    names = tuple(indicator.id for indicator in parts)
    return Values(
        figures.periods,
        evidence.bodies.ids,
        names,
        estimate,
        se,
        raw,
        trace,
        state,
        answers,
        None if heard is None else tally(heard),
        vintages=figures.superseded,
    )


def figures_for(scheme: Scheme, evidence: Evidence) -> Figures:
    """The official figures that a scheme asks for, the latest release of each."""
    cutoff = scheme.period.cutoff_on
    day = None if cutoff is None else (cutoff - date(1970, 1, 1)).days
    found = latest_figures(evidence.official, tuple(codebook(scheme).indicators), day)
    if "ratings" not in evidence.records or any(not period.isdigit() for period in found.periods):
        return found
    asked = scheme.period.of
    years = [asked] if asked is not None else [str(year) for year in years_of(evidence.records["ratings"])]
    return with_periods(found, sorted({*found.periods, *years}))


def heard_for(scheme: Scheme, evidence: Evidence, periods: Sequence[str]) -> Heard | None:
    """What citizens rated, where the scheme asks for it."""
    if "ratings" not in evidence.records or all(part.evidence.ratings is None for part in scheme.indicators):
        return None
    return listen(evidence.records["ratings"], evidence.bodies, periods)


def measured(asked: From, heard: Heard, evidence: Evidence) -> Measured:
    """A measure of the ratings; too few answers are none."""
    name = asked.ratings or ""
    if name in MEASURES:
        found = measure(heard, name, as_ruled=asked.as_ruled)
    else:
        found = response(evidence.records["offers"], evidence.bodies, heard, name)
    few = found.n < asked.least
    return Measured(np.where(few, np.nan, found.estimate), np.where(few, np.nan, found.se), found.n)


def not_applicable(rule: NotApplicable | None, bodies: Bodies) -> Bools:
    """Which bodies a rule exempts, shape (N,)."""
    exempt = np.zeros(len(bodies.ids), dtype=np.bool_)
    if rule is None:
        return exempt
    exempt |= np.isin(np.array(bodies.types, dtype=object), list(rule.types))
    exempt |= np.isin(np.array(bodies.ids, dtype=object), list(rule.bodies))
    for column, wanted in rule.where.items():
        exempt |= np.array([found == wanted for found in column_text(bodies, column)], dtype=np.bool_)
    return exempt


def column_text(bodies: Bodies, column: str) -> tuple[str, ...]:
    """A column of `bodies` as text, whatever its kind; empty texts where there is no such column."""
    known = {"body_type": bodies.types, "parent": bodies.parents, "peer_group": bodies.peer_groups}
    if column in known:
        return known[column]
    if column in bodies.notes:
        return bodies.notes[column]
    if column in bodies.covariates:
        return tuple("" if np.isnan(number) else f"{number:g}" for number in bodies.covariates[column])
    return ("",) * len(bodies.ids)


def _converted(indicator: Indicator, figures: Figures, bodies: Bodies) -> tuple[Floats, Floats]:
    """Value and standard error (NaN: none given) after conversion, each (P, N)."""
    column = figures.of(indicator.official)
    value, se = figures.value[..., column], figures.se[..., column]
    how = indicator.convert
    if how is None:
        return value, se
    if how.real is not None:
        value, se = divided(value, se, figures.value[..., figures.of(how.real)], 100.0)
    if how.per is not None:
        value, se = divided(value, se, _divisor(how.per, figures, bodies), how.times)
    elif how.times != 1.0:
        value, se = value * how.times, se * abs(how.times)
    if how.growth is not None:
        before = [_position(figures, earlier(period, how.growth)) for period in figures.periods]
        value_before, se_before = _picked(value, before), _picked(se, before)
        value, se = growth(value, se, value_before, se_before, how.growth, how.growth_as)
    return value, se


def _divisor(name: str, figures: Figures, bodies: Bodies) -> Floats:
    if name in bodies.covariates:
        return np.broadcast_to(bodies.covariates[name], figures.value.shape[:2])
    return figures.value[..., figures.of(name)]


def _position(figures: Figures, period: str | None) -> int:
    return figures.periods.index(period) if period in figures.periods else -1


def _picked(cube: Floats, positions: list[int]) -> Floats:
    picked = np.full(cube.shape, np.nan)
    for at, position in enumerate(positions):
        if position >= 0:
            picked[at] = cube[position]
    return picked


def _declared(indicator: Indicator, value: Floats, se: Floats) -> Floats:
    """The standard error from the evidence, or else as the scheme declares it, or else none."""
    declared: Floats = np.zeros(value.shape)
    if indicator.uncertainty is not None:
        share = indicator.uncertainty.relative or 0.0
        declared = np.abs(value) * share + (indicator.uncertainty.se or 0.0)
    return np.where(np.isnan(se), declared, se)
