"""The county itself: its bodies and days, what is true of it, and the folder of evidence.

The truth counts every completed service, rated or not. Services are the same with abuse and without, so that both
can be compared.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minping.model.arrays import Bools, Codes, Floats, Ints
from minping.simulation import abuse, ratings, requests, surveys
from minping.simulation.abuse import Planted
from minping.simulation.writing import DAY, Table, coded, numbers, texts, write

START = np.datetime64("2025-01", "M")
STREAMS = (
    "county",
    "services",
    "answers",
    "table",
    "abuse",
    "requests",
    "hotline",
    "survey",
    "rectification",
)  #: of chance, apart
FIRSTS = dict(zip("东南西北青龙白金大长云玉", "Dong Nan Xi Bei Qing Long Bai Jin Da Chang Yun Yu".split(), strict=True))
SECONDS = dict(zip("湖岭桥河山泉林塘溪坪", "hu ling qiao he shan quan lin tang xi ping".split(), strict=True))
DEPARTMENTS = {
    "公安局": "Public Security",
    "人力资源和社会保障局": "Human Resources and Social Security",
    "医疗保障局": "Healthcare Security",
    "自然资源局": "Natural Resources",
    "住房和城乡建设局": "Housing and Construction",
    "市场监督管理局": "Market Regulation",
    "民政局": "Civil Affairs",
    "教育局": "Education",
    "卫生健康局": "Health",
    "交通运输局": "Transport",
    "税务局": "Taxation",
    "城市管理局": "Urban Management",
}


@dataclass(frozen=True, slots=True)
class County:
    """N bodies, streets and towns first, and the days they are looked at."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    names_en: tuple[str, ...]
    department: Bools
    population: Ints  #: of a department: whom it serves
    quality: Floats  #: latent: how content people are with it, in standard deviations of one person's contentment
    response: Floats  #: latent: log-odds of rating once asked
    days: NDArray[np.datetime64]
    months: int

    @property
    def size(self) -> int:
        """How many bodies."""
        return len(self.ids)

    @property
    def end(self) -> int:
        """The first second after the last day."""
        return (int(self.days[-1].astype(np.int64)) + 1) * DAY

    @property
    def periods(self) -> tuple[str, ...]:
        """The months, as 2025-01."""
        return tuple(str(START + at) for at in range(self.months))

    def month_of(self, days: NDArray[np.datetime64]) -> Codes:
        """The position in `periods` of each day."""
        return (days.astype("datetime64[M]") - START).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Truth:
    """What no evidence shows. Satisfied means a level of 3 or more, as the rules count it."""

    bodies: tuple[str, ...]
    services: Ints  #: completed, of each body
    level_shares: Floats  #: N x 5: the share of levels 1 to 5 among all completed services; NaN where there was none
    mean_level: Floats
    share_satisfied: Floats
    settled: Floats  #: the share of requests truly settled; NaN where there was none
    answers: Floats  #: N x 3: the mean answer of the whole public to each question of the survey
    again: dict[str, str]  #: requests that repeat an earlier one, marked or not
    copied: tuple[str, ...]  #: those of them in nearly the same words
    misfiled: tuple[str, ...]  #: those of them filed under another category
    planted: dict[str, Planted]  #: by kind; empty where nothing was planted
    latent: dict[str, Any]  #: the parameters behind it all


def simulate(
    folder: Path,
    *,
    seed: int = 20260501,
    bodies: int = 40,
    months: int = 12,
    services: int = 60_000,
    planted: bool = True,
) -> Truth:
    """Write `evidence/*.csv`, `truth.csv` and `truth.json` into the folder; the same arguments give the same bytes."""
    if min(bodies, months, services) < 1 or seed < 0:
        raise ValueError("a county needs a body, a month and a service at least, and a seed not below 0")
    chance = {name: np.random.default_rng([seed, at]) for at, name in enumerate(STREAMS)}
    county = found(chance["county"], bodies, months)
    done = ratings.draw_services(chance["services"], county, services)
    answers = ratings.draw_answers(chance["answers"], county, done)
    kinds = abuse.plant(chance["abuse"], county, done, answers) if planted else {}
    ratings.settle_defaults(done, answers)
    asked = requests.draw_requests(chance["requests"], county, services)
    tables = {
        "bodies": bodies_table(county),
        "ratings": ratings.ratings_table(chance["table"], county, done, answers, chance["rectification"]),
        "offers": ratings.offers_table(county, done, answers),
        "requests": requests.requests_table(chance["hotline"], county, asked),
        "surveys": surveys.surveys_table(chance["survey"], county),
    }
    evidence = folder / "evidence"
    evidence.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write(evidence / f"{name}.csv", table)
    truth = truth_of(county, done, asked, kinds, seed)
    (folder / "truth.json").write_text(as_json(truth), encoding="utf-8")
    write(folder / "truth.csv", truth_table(truth))
    return truth


def found(random: np.random.Generator, bodies: int, months: int) -> County:
    """A quarter of the bodies are departments; the rest are streets, then towns."""
    departments = bodies // 4
    streets = bodies - departments
    names = [(a + b, f"{c}{d}") for b, d in SECONDS.items() for a, c in FIRSTS.items()]
    chosen = [names[at % len(names)] for at in range(streets)]
    kinds = [("街道", "Subdistrict") if at < (streets + 1) // 2 else ("镇", "Town") for at in range(streets)]
    bureaus = [list(DEPARTMENTS.items())[at % len(DEPARTMENTS)] for at in range(departments)]
    turns = [at // len(names) for at in range(streets)] + [at // len(DEPARTMENTS) for at in range(departments)]
    zh = [name + kind for (name, _), (kind, _) in zip(chosen, kinds, strict=True)] + [name for name, _ in bureaus]
    en = [f"{name} {kind}" for (_, name), (_, kind) in zip(chosen, kinds, strict=True)]
    en += [f"{name} Bureau" for _, name in bureaus]
    first, last = (int((START + at).astype("datetime64[D]").astype(np.int64)) for at in (0, months))
    population = random.lognormal(10.3, 0.45, bodies) * np.where(np.arange(bodies) < streets, 1.0, 1.5)
    return County(
        ids=(*(f"S{at + 1:02d}" for at in range(streets)), *(f"D{at + 1:02d}" for at in range(departments))),
        names=tuple(f"{name}{turn + 1}" if turn else name for name, turn in zip(zh, turns, strict=True)),
        names_en=tuple(f"{name} {turn + 1}" if turn else name for name, turn in zip(en, turns, strict=True)),
        department=np.arange(bodies) >= streets,
        population=population.astype(np.int64),
        quality=random.normal(0, 0.3, bodies),
        response=random.normal(-0.1, 0.3, bodies),
        days=np.arange(first, last).astype("datetime64[D]"),
        months=months,
    )


def bodies_table(county: County) -> Table:
    """Who is looked at."""
    return {
        "body": texts(county.ids),
        "name": texts(county.names),
        "name_en": texts(county.names_en),
        "body_type": coded(county.department.astype(np.int64), ["street", "department"]),
        "population": numbers(county.population),
    }


def truth_of(
    county: County, done: ratings.Services, asked: requests.Requests, planted: dict[str, Planted], seed: int
) -> Truth:
    """What is true over all services, all requests, the whole public."""
    shares = ratings.level_shares(county, done)
    again = np.flatnonzero(asked.again >= 0)
    misfiled = np.flatnonzero(asked.told.category != asked.category)
    return Truth(
        bodies=county.ids,
        services=np.bincount(done.body, minlength=county.size),
        level_shares=shares,
        mean_level=shares @ np.arange(1.0, 6.0),
        share_satisfied=shares[:, 2:].sum(axis=1),
        settled=requests.settled_shares(county, asked),
        answers=surveys.expected_answers(county),
        again={asked.ids[row]: asked.ids[asked.again[row]] for row in again},
        copied=tuple(asked.ids[row] for row in np.flatnonzero(asked.told.copied)),
        misfiled=tuple(asked.ids[row] for row in misfiled),
        planted=planted,
        latent=latent_of(county, seed),
    )


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


def truth_table(truth: Truth) -> Table:
    """One row per body and figure, in the units of the indicators (per cent, or points of 100)."""
    figures = {
        ("ratings", "share_satisfied"): 100 * truth.share_satisfied,
        ("ratings", "mean_points"): 25 * (truth.mean_level - 1),
        ("requests", "solved_rate"): 100 * truth.settled,
    }
    figures |= {(name, "mean_points"): 25 * (truth.answers[:, at] - 1) for at, name in enumerate(surveys.QUESTIONS)}
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
        "mean_level": truth.mean_level,
        "share_satisfied": truth.share_satisfied,
        "level_shares": truth.level_shares,
        "requests_settled": truth.settled,
    }
    told: dict[str, dict[str, Any]] = {body: {} for body in truth.bodies}
    for name, values in figures.items():
        for body, value in zip(truth.bodies, values, strict=True):
            told[body][name] = value.tolist() if np.isfinite(value).all() else None
    for body, row in zip(truth.bodies, truth.answers.tolist(), strict=True):
        told[body]["survey_means"] = dict(zip(surveys.QUESTIONS, row, strict=True))
    planted = {kind: {"bodies": found.bodies, "cases": found.cases} for kind, found in truth.planted.items()}
    whole: dict[str, Any] = {"bodies": told, "asked_again": truth.again}
    whole |= {"copied": truth.copied, "misfiled": truth.misfiled, "planted": planted, "latent": truth.latent}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
