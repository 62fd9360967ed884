"""The county itself: its bodies and days, and the folder of evidence.

Services are the same with abuse and without, so that both can be compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from minping.model.arrays import Bools, Codes, Floats, Ints
from minping.simulation import abuse, effort, governing, interviewers, ratings, requests, surveys
from minping.simulation import callbacks as calls
from minping.simulation.above import bodies_with_county
from minping.simulation.truth import Known, Truth, as_json, truth_of, truth_table
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
    "effort",
    "callbacks",
    "interviewers",
    *governing.STREAMS,
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
        first = self.days[0].astype("datetime64[M]")
        return tuple(str(first + at) for at in range(self.months))

    def month_of(self, days: NDArray[np.datetime64]) -> Codes:
        """The position in `periods` of each day."""
        months = days.astype("datetime64[M]") - self.days[0].astype("datetime64[M]")
        return np.asarray(months.astype(np.int32))


def simulate(
    folder: Path,
    *,
    seed: int = 20260501,
    bodies: int = 40,
    months: int = 12,
    services: int = 60_000,
    planted: bool = True,
    callbacks: int | None = None,
    upper: bool = False,
) -> Truth:
    """Write `evidence/*.csv`, `truth.csv` and `truth.json` into the folder; the same arguments give the same bytes.

    `callbacks`: that many non-raters are called back, and all cases served are listed; None: neither.
    `upper`: the county itself stands above its streets and towns, with accounts and targets of its own.
    """
    if min(bodies, months, services) < 1 or seed < 0:
        raise ValueError("a county needs a body, a month and a service at least, and a seed not below 0")
    county = found(np.random.default_rng([seed, STREAMS.index("county")]), bodies, months)
    tables, known = simulated_year(county, seed, services, planted=planted, callbacks=callbacks)
    chance = {name: np.random.default_rng([seed, STREAMS.index(name)]) for name in governing.STREAMS}
    governed = governing.govern(chance, county, planted=planted, upper=upper)
    if upper:
        tables["bodies"] = bodies_with_county(county, tables["bodies"])
    evidence = folder / "evidence"
    evidence.mkdir(parents=True, exist_ok=True)
    for name, table in {**tables, **governed.tables}.items():
        write(evidence / f"{name}.csv", table)
    truth = truth_of(county, known, seed, governed)
    (folder / "truth.json").write_text(as_json(truth), encoding="utf-8")
    write(folder / "truth.csv", truth_table(truth))
    return truth


def simulated_year(
    county: County, seed: int, services: int, *, planted: bool, callbacks: int | None = None
) -> tuple[dict[str, Table], Known]:
    """What happens in a county in its days: the tables of evidence by name, and what was drawn for them."""
    chance = {name: np.random.default_rng([seed, at]) for at, name in enumerate(STREAMS)}
    done = ratings.draw_services(chance["services"], county, services)
    answers = ratings.draw_answers(chance["answers"], county, done)
    kinds = abuse.plant(chance["abuse"], county, done, answers) if planted else {}
    ratings.settle_defaults(done, answers)
    asked = requests.draw_requests(chance["requests"], county, services)
    handled = requests.draw_handling(chance["hotline"], county, asked)
    communities = surveys.draw_communities(chance["survey"], county)
    survey = surveys.surveys_table(chance["survey"], county, communities)
    survey, batches = interviewers.record(chance["interviewers"], county, survey, planted)
    following = effort.follow(chance["effort"], county)
    tables = {
        "bodies": bodies_table(county),
        "ratings": ratings.ratings_table(chance["table"], county, done, answers, chance["rectification"]),
        "offers": ratings.offers_table(county, done, answers),
        "requests": requests.requests_table(chance["hotline"], county, asked, handled),
        "surveys": survey,
        "effort": effort.effort_table(chance["effort"], county, following),
    }
    if callbacks is not None:
        tables["cases"] = calls.cases_table(county, done)
    if callbacks:
        tables["callbacks"] = calls.callbacks_table(chance["callbacks"], county, done, answers.status, callbacks)
    return tables, Known(done, asked, handled, communities, kinds, following, batches)


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
