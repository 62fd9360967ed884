"""The truth about a county, which no evidence shows: all services and requests of the time, and the whole public."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.simulation import effort, ratings, requests, surveys
from minping.simulation.abuse import Planted
from minping.simulation.handling import Handled, true_counts
from minping.simulation.planting import Case
from minping.simulation.writing import Table, coded, numbers

if TYPE_CHECKING:
    from minping.simulation.county import County
    from minping.simulation.governing import Governed

LEVELS = np.arange(1.0, 6.0)
#: what each level is worth, in per cent or points of 100; satisfied means a level of 3 or more, as the rules count it
WORTH = {
    "share_satisfied": np.where(LEVELS >= 3, 100.0, 0.0),
    "share_bad": np.where(LEVELS <= 2, 100.0, 0.0),
    "mean_points": 25.0 * (LEVELS - 1),
}


class Known(NamedTuple):
    """What was drawn, before any of it was lost on the way to the evidence."""

    services: ratings.Services
    requests: requests.Requests
    handled: Handled
    communities: Floats
    planted: dict[str, Planted]
    following: Floats
    batches: dict[str, Planted]


@dataclass(frozen=True, slots=True)
class Truth:
    """What no evidence shows: what would be found had everybody answered."""

    bodies: tuple[str, ...]
    services: Ints  #: completed, of each body
    level_shares: Floats  #: N x 5: the share of levels 1 to 5 among all completed services; NaN where there was none
    requests: dict[str, Floats]  #: measure of requests -> share of each body (N,); NaN where there was none
    apart: Floats  #: (N,) the share of spending that lies elsewhere than what people ask for
    answers: Floats  #: N x 3 x 5: the share of each answer of the whole public to each question of the survey
    again: dict[str, str]  #: requests that repeat an earlier one, marked or not
    copied: tuple[str, ...]  #: those of them in nearly the same words
    misfiled: tuple[str, ...]  #: those of them filed under another category
    planted: dict[str, Planted]  #: by kind; empty where nothing was planted
    batches: dict[str, Planted]  #: of interviews that were recorded rather than asked, by kind; cases are respondents
    latent: dict[str, Any]  #: the parameters behind it all
    irregular: dict[str, list[Case]]  #: kind -> where figures, projects, debts, tasks or reports hold it
    years: tuple[str, ...]
    output: dict[str, Floats]  #: street or town -> what it truly produced in each year, 10,000 CNY


def truth_of(county: County, known: Known, seed: int, governed: Governed) -> Truth:
    """What is true over all services, all requests, the whole public."""
    done, asked = known.services, known.requests
    again = np.flatnonzero(asked.again >= 0)
    misfiled = np.flatnonzero(asked.told.category != asked.category)
    return Truth(
        bodies=county.ids,
        services=np.bincount(done.body, minlength=county.size),
        level_shares=ratings.level_shares(county, done),
        requests={name: ratio(*counts) for name, counts in true_counts(county, asked, known.handled).items()},
        apart=effort.apart_shares(county, known.following),
        answers=surveys.expected_answers(county, known.communities),
        again={asked.ids[row]: asked.ids[asked.again[row]] for row in again},
        copied=tuple(asked.ids[row] for row in np.flatnonzero(asked.told.copied)),
        misfiled=tuple(asked.ids[row] for row in misfiled),
        planted=known.planted,
        batches=known.batches,
        latent=latent_of(county, seed),
        irregular=governed.irregular,
        years=governed.years,
        output=governed.output,
    )


def ratio(part: Floats, whole: Floats) -> Floats:
    """A share; NaN of nothing."""
    with np.errstate(invalid="ignore"):
        return np.asarray(part / whole, dtype=np.float64)


def latent_of(county: County, seed: int) -> dict[str, Any]:
    """The parameters of the model, as written."""
    return {
        "seed": seed,
        "quality": dict(zip(county.ids, county.quality.tolist(), strict=True)),
        "response": dict(zip(county.ids, county.response.tolist(), strict=True)),
        "cuts": ratings.CUTS.tolist(),
        "channel_shares": dict(zip(ratings.CHANNELS, ratings.CHANNEL_SHARES.tolist(), strict=True)),
        "channel_effects": dict(zip(ratings.CHANNELS, ratings.CHANNEL_EFFECTS.tolist(), strict=True)),
        "service_effects": dict(zip(ratings.SERVICES, ratings.SERVICE_EFFECTS.tolist(), strict=True)),
        "offered": dict(zip(ratings.CHANNELS, ratings.OFFERED.tolist(), strict=True)),
        "response_by_channel": dict(zip(ratings.CHANNELS, ratings.RESPONSE_CHANNEL.tolist(), strict=True)),
        "response_by_level": ratings.RESPONSE_LEVEL.tolist(),
        "removal_by_level": ratings.REMOVAL.tolist(),
        "rectified": ratings.MENDED,
        "called_back": ratings.CALLED_BACK,
        "rerated": ratings.RERATED,
        "rerated_levels": ratings.BETTER.tolist(),
        "growing_category": list(requests.CATEGORIES)[requests.GROWING],
        "growth": list(requests.GROWTH),
    }


def figures_of(truth: Truth) -> dict[tuple[str, str], Floats]:
    """What the values of measures of ratings, requests and each question of the survey should be, (N,) each."""
    figures = {("ratings", name): truth.level_shares @ worth for name, worth in WORTH.items()}
    figures |= {("requests", name): 100 * share for name, share in truth.requests.items()}
    for at, question in enumerate(surveys.QUESTIONS):
        figures |= {(question, name): truth.answers[:, at] @ worth for name, worth in WORTH.items()}
    return figures


def truth_table(truth: Truth) -> Table:
    """One row per body and figure, in the units of the indicators (per cent, or points of 100)."""
    figures = figures_of(truth)
    body = np.repeat(np.arange(len(truth.bodies)), len(figures))
    what = np.tile(np.arange(len(figures)), len(truth.bodies))
    value = np.column_stack(list(figures.values())).ravel().round(6)
    return {
        "body": coded(body, truth.bodies),
        "of": coded(what, [of for of, _ in figures]),
        "measure": coded(what, [measure for _, measure in figures]),
        "value": numbers(value, np.isfinite(value)),
    }


def as_json(truth: Truth) -> str:
    """The truth as text: figures by body, then requests asked again, planted cases by kind, parameters."""
    figures: dict[str, Floats | Ints] = {
        "services": truth.services,
        "mean_level": truth.level_shares @ LEVELS,
        "share_satisfied": truth.level_shares[:, 2:].sum(axis=1),
        "level_shares": truth.level_shares,
        "requests_settled": truth.requests["said_solved_rate"],
        "spending_apart": truth.apart,
    }
    told: dict[str, dict[str, Any]] = {body: {} for body in truth.bodies}
    for name, values in figures.items():
        for body, value in zip(truth.bodies, values, strict=True):
            told[body][name] = value.tolist() if np.isfinite(value).all() else None
    for body, row in zip(truth.bodies, (truth.answers @ LEVELS).tolist(), strict=True):
        told[body]["survey_means"] = dict(zip(surveys.QUESTIONS, row, strict=True))
    planted, batches = (
        {kind: {"bodies": found.bodies, "cases": found.cases} for kind, found in kinds.items()}
        for kinds in (truth.planted, truth.batches)
    )
    whole: dict[str, Any] = {"bodies": told, "asked_again": truth.again}
    whole |= {"copied": truth.copied, "misfiled": truth.misfiled, "planted": planted, "latent": truth.latent}
    whole |= {"recorded_interviews": batches}
    whole["irregular"] = {
        kind: [{name: said for name, said in case._asdict().items() if said} for case in cases]
        for kind, cases in truth.irregular.items()
    }
    whole["true_output"] = {
        body: dict(zip(truth.years, levels.round().astype(int).tolist(), strict=True))
        for body, levels in truth.output.items()
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
