"""Compute: a scheme and evidence to `Values`: every period, body and indicator, in the indicator's own unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from minping.errors import Problem
from minping.indicators.adjustment_notes import case_mix_notes, shrinking_notes
from minping.indicators.calibrated import calibrate, measure_calibrated
from minping.indicators.callbacks import CalledBack, call_back, measure_callbacks
from minping.indicators.casemix import CaseMix, case_mix, measure_adjusted
from minping.indicators.convert import divided, growth
from minping.indicators.courses import course
from minping.indicators.events import years_in
from minping.indicators.funnels import funnel
from minping.indicators.holidays import unknown_holidays
from minping.indicators.intervals import interval, measure_name, of_figure
from minping.indicators.lags import earlier
from minping.indicators.official import Figures, latest_figures, with_periods, without_periods
from minping.indicators.peers import peer_groups
from minping.indicators.ratings import MEASURES, Heard, Measured, listen, measure, response, tally
from minping.indicators.rectification import MEASURES as RECTIFIED
from minping.indicators.rectification import Limit, Mended, follow_up, measure_rectification
from minping.indicators.requests import Asked, ask, measure_requests
from minping.indicators.shrinking import shrink
from minping.indicators.survey_values import Polls, hear_surveys, survey_figures
from minping.indicators.surveys import silent
from minping.indicators.works import Works, count_works, few_left_out, work_years
from minping.model.arrays import Bools, Floats
from minping.model.calibration import Calibration
from minping.model.callbacks import Called
from minping.model.cells import State
from minping.model.courses import Pictures
from minping.model.evidence import Bodies, Evidence
from minping.model.values import Values
from minping.scheme.read import codebook
from minping.scheme.shape import Calibrate, From, Indicator, NotApplicable, Scheme


def compute(scheme: Scheme, evidence: Evidence, figures: Figures | None = None) -> Values:
    """Values of every indicator of the scheme (companions too), in file order; `figures`: as `figures_for` gives them.

    Never fills a gap: a missing value stays NaN, marked MISSING; what a policy does about it is scoring's.
    """
    figures = figures or figures_for(scheme, evidence)
    parts = scheme.indicators
    said = voices(scheme, evidence, figures.periods)
    shape = (len(figures.periods), len(evidence.bodies.ids), len(parts))
    estimate, se, raw, raw_se = np.full(shape, np.nan), np.zeros(shape), np.full(shape, np.nan), np.full(shape, np.nan)
    problems = [*unknown_holidays(scheme, evidence)]
    trace = np.full(shape, -1, dtype=np.int64)
    state = np.zeros(shape, dtype=np.uint8)
    answers = np.full(shape, np.nan) if said is not None else None
    quiet = np.full((*shape, 2), np.nan) if said is not None and said.polls is not None else None
    ends = np.full((*shape, 2), np.nan)
    for at, indicator in enumerate(parts):
        if indicator.evidence.is_event and said is not None and answers is not None:
            told, plain, notes = _told(indicator, said, evidence, scheme)
            found, error = told.estimate, told.se
            ends[..., at, :] = np.stack(interval(told, measure_name(indicator.evidence)), axis=-1)
            raw[..., at], raw_se[..., at], answers[..., at] = plain.estimate, plain.se, told.n
            problems += notes
            if quiet is not None and said.polls is not None and indicator.evidence.surveys is not None:
                quiet[..., at, :] = silent(said.polls.public, indicator.evidence.surveys)
        else:
            column = figures.of(indicator.official)
            raw[..., at], raw_se[..., at] = figures.value[..., column], figures.se[..., column]
            trace[..., at] = figures.row[..., column]
            found, error = _converted(indicator, figures, evidence.bodies)
        exempt = not_applicable(indicator.not_applicable, evidence.bodies)
        found = np.where(exempt, np.nan, found)
        estimate[..., at] = found
        se[..., at] = np.where(np.isnan(found), 0.0, _declared(indicator, found, error))
        if not indicator.evidence.is_event:
            ends[..., at, :] = np.stack(of_figure(found, se[..., at], indicator.possible), axis=-1)
        present = np.where(np.isnan(found), int(State.MISSING), int(State.OBSERVED))
        state[..., at] = np.where(exempt, int(State.NOT_APPLICABLE), present)
    return Values(
        figures.periods,
        evidence.bodies.ids,
        tuple(indicator.id for indicator in parts),
        estimate,
        se,
        raw,
        trace,
        state,
        answers,
        None if said is None or said.heard is None else tally(said.heard),
        silent=quiet,
        surveys=None if said is None else survey_figures(scheme, said.polls),
        calibrations={} if said is None else calibrations(scheme, said),
        called={} if said is None else halves(scheme, said),
        ends=np.where(np.isnan(estimate)[..., None], np.nan, ends),
        pictures=Pictures() if said is None else said.pictures(scheme, evidence),
        vintages=figures.superseded,
        problems=tuple(problems),
        of_period={} if said is None else said.notes(),
        raw_se=raw_se,
    )


def _told(
    indicator: Indicator, said: Voices, evidence: Evidence, scheme: Scheme
) -> tuple[Measured, Measured, list[Problem]]:
    """A measure of what citizens said, the same as it was counted plainly, and what must be said of it."""
    how, k = indicator.evidence, scheme.publish.k or 1
    told, notes = measured(how, said, evidence, k), []
    as_counted = how.model_copy(update={"calibrate": None, "adjust_for": (), "shrink": None})
    is_plain = how.calibrate is None and not how.adjust_for and how.shrink is None
    plain = told if is_plain else measured(as_counted, said, evidence, k)
    if how.shrink is not None:
        drawn = shrink(told, how.shrink, peer_groups(scheme, evidence.bodies))
        told, notes = drawn.found, list(shrinking_notes(indicator.id, how.shrink, drawn))
    return told, plain, notes


def figures_for(scheme: Scheme, evidence: Evidence) -> Figures:
    """The official figures that a scheme asks for, the latest release of each."""
    cutoff = scheme.period.cutoff_on
    day = None if cutoff is None else (cutoff - date(1970, 1, 1)).days
    book = codebook(scheme)
    names = tuple(name for name in book.indicators if name not in book.audited)
    found = latest_figures(evidence.official, names, day)
    if book.audited or not names:
        found = without_periods(found)
    if not evidence.records or any(not period.isdigit() for period in found.periods):
        return found
    asked = scheme.period.of
    years = [asked] if asked is not None else [str(year) for year in years_of(scheme, evidence)]
    return with_periods(found, sorted({*found.periods, *years}))


class Voices(NamedTuple):
    """What citizens said, as far as the scheme asks for it."""

    periods: tuple[str, ...]
    heard: Heard | None
    asked: Asked | None
    polls: Polls | None
    mended: Mended | None = None
    weighed: Mapping[Calibrate, Calibration] = MappingProxyType({})
    mixed: Mapping[tuple[str, ...], CaseMix] = MappingProxyType({})
    called: CalledBack | None = None
    works: Works | None = None  #: what was built, done and inspected

    def notes(self) -> dict[str, tuple[Problem, ...]]:
        """Period -> what must be said of adjustments for case mix."""
        return {
            period: tuple(note for found in self.mixed.values() for note in case_mix_notes(found, period, at))
            for at, period in enumerate(self.periods)
        }

    def pictures(self, scheme: Scheme, evidence: Evidence) -> Pictures:
        """What became of those who were served, and how the rates of requests went through each period."""
        served, courses = None, {}
        if self.heard is not None:
            served = funnel(evidence.records.get("offers"), self.mended, evidence.bodies, self.periods)
        if self.asked is not None:
            courses = {period: course(scheme, self.asked, period) for period in self.periods}
        told = {period: one for period, one in courses.items() if one is not None}
        return Pictures(served, told, both_ways(scheme, self, evidence))


def both_ways(scheme: Scheme, said: Voices, evidence: Evidence) -> dict[str, Floats]:
    """Indicator -> its measure as counted and as ruled, (P, N, 2), whichever the scheme asks for."""
    found, plain = {}, {"calibrate": None, "adjust_for": (), "shrink": None, "callbacks": False}
    for part in scheme.indicators:
        how = part.evidence
        if how.requests is not None or how.ratings in MEASURES or how.ratings in RECTIFIED:
            ways = (how.model_copy(update={**plain, "as_ruled": as_ruled}) for as_ruled in (False, True))
            told = [measured(one, said, evidence, scheme.publish.k or 1).estimate for one in ways]
            found[part.id] = np.stack(told, axis=-1)
    return found


def halves(scheme: Scheme, said: Voices) -> dict[str, Called]:
    """Indicator -> raters and called-back non-raters apart."""
    if said.called is None:
        return {}
    k, parts = scheme.publish.k or 1, [part for part in scheme.indicators if part.evidence.callbacks]
    return {
        part.id: measure_callbacks(said.called, part.evidence.ratings or "", max(part.evidence.least, k))[1]
        for part in parts
    }


def calibrations(scheme: Scheme, said: Voices) -> dict[str, Calibration]:
    """Indicator -> how its ratings were weighed."""
    ways = {part.id: part.evidence.calibrate for part in scheme.indicators}
    return {name: said.weighed[how] for name, how in ways.items() if how is not None and how in said.weighed}


def voices(scheme: Scheme, evidence: Evidence, periods: tuple[str, ...]) -> Voices | None:
    """Count the ratings and the requests, read the surveys; None where the scheme asks for none of them."""
    wanted = [part.evidence for part in scheme.indicators if part.evidence.is_event]
    if not wanted:
        return None
    heard = asked = mended = None
    if any(one.ratings is not None for one in wanted):
        heard = listen(evidence.records["ratings"], evidence.bodies, periods)
    if any(one.requests is not None for one in wanted):
        working = any(one.requests is not None and one.in_working_days for one in wanted)
        asked = ask(
            evidence.records["requests"], evidence.bodies, working=working, again_within=scheme.requests.again_within
        )
    polls = hear_surveys(scheme, evidence, periods)
    limits = tuple(dict.fromkeys(limit_of(one) for one in wanted if one.ratings in RECTIFIED))
    if limits:
        mended = follow_up(evidence.records["ratings"], evidence.bodies, limits)
    told, ways = evidence.records, dict.fromkeys(one.calibrate for one in wanted if one.calibrate is not None)
    weighed = {how: calibrate(told["ratings"], told["offers"], evidence.bodies, periods, how) for how in ways}
    columns = dict.fromkeys(one.adjust_for for one in wanted if one.adjust_for)
    mixed: dict[tuple[str, ...], CaseMix] = {
        by: case_mix(told["ratings"], evidence.bodies, periods, by) for by in columns
    }
    called = call_back(told, evidence.bodies, periods) if any(one.callbacks for one in wanted) else None
    works = count_works(scheme, evidence, periods)
    return Voices(periods, heard, asked, polls, mended, weighed, mixed, called, works)


def limit_of(how: From) -> Limit:
    """Within how many days a bad rating must be put right."""
    return Limit(how.days, how.in_working_days)


def measured(how: From, said: Voices, evidence: Evidence, k: int = 1) -> Measured:
    """A measure of what was said; too few answers are none, nor are fewer than `k`, which must not be published."""
    polled = None if said.polls is None else said.polls.measured(how)
    done = None if said.works is None else said.works.measured(how)
    if done is not None:
        return few_left_out(done, how.least)
    if polled is not None:
        found = polled
    elif how.requests is not None and said.asked is not None:
        working = how.in_working_days
        found = measure_requests(
            said.asked, said.periods, how.requests, days=how.days, working=working, as_ruled=how.as_ruled
        )
    elif how.ratings in RECTIFIED and said.mended is not None:
        limit = limit_of(how)
        found = measure_rectification(said.mended, said.periods, how.ratings, limit, as_ruled=how.as_ruled)
    elif how.ratings is not None and how.adjust_for:
        found = measure_adjusted(said.mixed[how.adjust_for], how.ratings)
    elif how.ratings is not None and how.callbacks and said.called is not None:
        return measure_callbacks(said.called, how.ratings, max(how.least, k))[0]
    elif how.ratings is not None and how.calibrate is not None:
        found = measure_calibrated(said.weighed[how.calibrate], how.ratings)
    elif how.ratings is not None and how.ratings in MEASURES and said.heard is not None:
        found = measure(said.heard, how.ratings, as_ruled=how.as_ruled)
    else:
        found = response(evidence.records["offers"], evidence.bodies, said.periods, how.ratings or "")
    few = found.n < max(how.least, k)
    return replace(found, estimate=np.where(few, np.nan, found.estimate), se=np.where(few, np.nan, found.se))


def years_of(scheme: Scheme, evidence: Evidence) -> list[int]:
    """The years in which citizens rated, asked or were asked, and in which something was done that counts."""
    columns = {"ratings": "rated_on", "requests": "opened_at", "surveys": "asked_on"}
    found = [
        years_in(evidence.records[table], column) for table, column in columns.items() if table in evidence.records
    ]
    return sorted({year for years in found for year in years} | work_years(scheme, evidence))


def latest(scheme: Scheme, values: Values) -> str:
    """The last period with at least half as many scored indicators as the fullest one; empty without any."""
    counting = [part.counts for part in scheme.indicators]
    there = (((values.state & State.OBSERVED) > 0).any(axis=1) & np.array(counting)).sum(axis=1)
    full = np.flatnonzero(there * 2 >= max(int(there.max(initial=0)), 1))
    return values.periods[int(full[-1])] if len(full) else (values.periods or ("",))[-1]


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
