"""How often the 95 % intervals of values hold what is true, over simulated years of one county.

    python -m benchmarks.coverage [--runs 500] [--page docs/explanation/coverage.md]

The bodies stay as they are; services, people, requests and samples are drawn anew for each year. First, who answers has
nothing to do with what they would say; then it has, as in the county of examples/, and intervals can't know.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from minping.indicators.callbacks import call_back, measure_callbacks
from minping.indicators.intervals import interval
from minping.indicators.polls import poll
from minping.indicators.ratings import Measured, listen, measure
from minping.indicators.requests import ask, measure_requests
from minping.indicators.samples import Public, draw_samples
from minping.indicators.surveys import measure_surveys
from minping.model.arrays import Bytes, Floats
from minping.model.evidence import Bodies, RecordFile, Records
from minping.scheme.shape import From
from minping.simulation import callbacks, ratings, requests, surveys
from minping.simulation.county import County, found
from minping.simulation.handling import true_counts
from minping.simulation.truth import WORTH
from minping.simulation.writing import Table, coded, dates, numbers

SEED, BODIES, SERVICES, RUNS = 20260501, 24, 12_000, 500  #: the county of examples/county
AT_ONCE = 25  #: years simulated together
PERIOD = ("2025",)
OF_REQUESTS = ("response_rate", "solved_rate", "satisfied_rate", "closed_within")
DAYS = 10.0
CALLS = 100  #: to those of each body who did not rate; somewhat more than half are reached
WINDOW_SPREAD = 0.3  #: how far windows lie apart where they do, in standard deviations of one person's contentment
SELECTIVE = """不满意的人少评一些、没有解决的人难回访一些（与 `examples/county` 相同）时：
Where the dissatisfied rate less and those whose matter was not settled are harder to reach (as in `examples/county`):"""
START, END = "<!-- table: python -m benchmarks.coverage -->", "<!-- end of the table -->"

#: (years × bodies,) what is true; or how many counted and of how many, where only all years together tell it
Truth = Floats | tuple[Floats, Floats]


class Case(NamedTuple):
    """One measure over all years, (years, bodies) each."""

    name: str
    estimate: Floats
    low: Floats
    high: Floats
    n: Floats
    truth: Floats

    @property
    def held(self) -> Floats:
        """Share of the years in which each body's interval held the truth, in per cent, (bodies,)."""
        inside = (self.low <= self.truth) & (self.truth <= self.high)
        known = ~np.isnan(self.low)
        share: Floats = 100.0 * (inside & known).sum(axis=0) / known.sum(axis=0)
        return share


def years(runs: int, bodies: int = BODIES, services: int = SERVICES, *, selective: bool = False) -> list[Case]:
    """Every measure in so many years; `selective`: the content rate sooner, the settled are reached sooner."""
    county = found(np.random.default_rng([SEED, 0]), bodies, 12)
    told: dict[str, list[tuple[Measured, Truth]]] = {}
    for first in range(0, runs, AT_ONCE):
        random, count = np.random.default_rng([SEED, 1, first]), min(AT_ONCE, runs - first)
        for name, measured, truth in simulated(random, county, count, services, selective):
            told.setdefault(name, []).append((measured, truth))
    return [put_together(name, parts, bodies) for name, parts in told.items()]


def simulated(
    random: np.random.Generator, county: County, runs: int, services: int, selective: bool
) -> Iterator[tuple[str, Measured, Truth]]:
    """Measures of so many years at once and what is true: each year's bodies are bodies of one large county."""
    many = copies(county, runs)
    bodies = Bodies(many.ids, many.ids, many.ids, *[("",) * many.size] * 3)
    expected = np.tile(ratings.expected_levels(county), (runs, 1))
    with TemporaryDirectory() as folder:
        done = ratings.draw_services(random, many, services * runs)
        status = ratings.draw_status(random, many, done, selective=selective)[1]
        rated = kept(Path(folder), "ratings", ratings_of(random, many, done, status))
        heard = listen(rated, bodies, PERIOD)
        for name, worth in WORTH.items():
            yield f"ratings {name}", measure(heard, name), expected @ worth
        called = callbacks.callbacks_table(random, many, done, status, CALLS * many.size)
        tables = {"cases": callbacks.cases_table(many, done), "callbacks": called}
        records = {name: kept(Path(folder), name, table) for name, table in tables.items()}
        both = call_back({"ratings": rated, **records}, bodies, PERIOD)
        for name, worth in WORTH.items():
            yield f"with call-backs {name}", measure_callbacks(both, name)[0], expected @ worth
        table, expected = windows_of(random, many, services // county.size // 6)
        heard = listen(kept(Path(folder), "ratings", table), bodies, PERIOD)
        for name in ("share_satisfied", "mean_points"):
            yield f"windows {name}", measure(heard, name), expected @ WORTH[name]
        asked = requests.draw_requests(random, many, services * runs)
        handled = requests.draw_handling(random, many, asked, selective=selective)
        table = requests.requests_table(random, many, asked, handled)
        told, truth = ask(kept(Path(folder), "requests", table), bodies), true_counts(many, asked, handled)
        for name in OF_REQUESTS:
            yield f"requests {name}", measure_requests(told, PERIOD, name, days=DAYS), truth[name]
        communities = surveys.draw_communities(random, many)
        table = surveys.surveys_table(random, many, communities)
        polled = poll(kept(Path(folder), "surveys", table), bodies, surveys.QUESTIONS)
        public = Public(polled, draw_samples(polled, PERIOD))
        answers = surveys.expected_answers(many, communities)
        for at, question in enumerate(surveys.QUESTIONS):
            for name in ("share_satisfied", "mean_points"):
                said = measure_surveys(public, From.model_validate({"surveys": question, "measure": name}))
                measured = Measured(said.estimate, said.se, said.n, said.degrees)
                yield f"survey, {question} {name}", measured, answers[:, at] @ WORTH[name]


def copies(county: County, times: int) -> County:
    """The bodies of a county, each so many times; what is drawn for one is not what is drawn for the other."""
    return replace(
        county,
        ids=tuple(f"{body}.{at}" for at in range(times) for body in county.ids),
        names=county.names * times,
        names_en=county.names_en * times,
        department=np.tile(county.department, times),
        population=np.tile(county.population, times),
        quality=np.tile(county.quality, times),
        response=np.tile(county.response, times),
    )


def ratings_of(random: np.random.Generator, county: County, done: ratings.Services, status: Bytes) -> Table:
    """What the measures read of ratings; in the hall there are windows, which are all alike."""
    rows = np.flatnonzero(status != ratings.NONE)
    window = random.integers(ratings.WINDOWS, size=rows.size)
    return {
        "case": coded(rows, done.ids),
        "body": coded(done.body[rows], county.ids),
        "rated_on": dates(done.completed[rows]),
        "level": numbers(done.level[rows]),
        "status": coded(status[rows].astype(np.int64), ratings.STATUSES),
        "window": coded(np.where(done.channel[rows] == ratings.HALL, window, -1), [f"W{at}" for at in range(9)]),
    }


def windows_of(random: np.random.Generator, county: County, each: int) -> tuple[Table, Floats]:
    """Ratings of a few windows that differ, who sits there being chance; and the levels to expect, (N, 5)."""
    windows = county.size * ratings.WINDOWS
    window = np.repeat(np.arange(windows), random.poisson(each, windows))
    body = window // ratings.WINDOWS
    content = county.quality[body] + random.normal(0, WINDOW_SPREAD, windows)[window] + random.normal(size=body.size)
    day = int(county.days[0].astype(np.int64)) + random.integers(county.days.size, size=body.size)
    table = {
        "body": coded(body, county.ids),
        "rated_on": dates(day * 86_400),
        "level": numbers(np.searchsorted(ratings.CUTS, content) + 1),
        "window": coded(window % ratings.WINDOWS, [f"W{at}" for at in range(ratings.WINDOWS)]),
    }
    from scipy.special import ndtr

    below = ndtr((ratings.CUTS - county.quality[:, None]) / np.hypot(1.0, WINDOW_SPREAD))
    return table, np.diff(below, axis=-1, prepend=0.0, append=1.0)


def kept(folder: Path, name: str, table: Table) -> Records:
    """A table as records that measures can be taken of."""
    path = folder / f"{name}.parquet"
    pq.write_table(pa.table(dict(table)), path)
    return Records(name, (RecordFile(str(path), 0, {column: column for column in table}),), len(table["body"]))


def put_together(name: str, parts: Sequence[tuple[Measured, Truth]], bodies: int) -> Case:
    """The years of one measure; where the truth is counts, it is their ratio over all years."""
    ends = [interval(measured, name.rsplit(maxsplit=1)[-1]) for measured, _ in parts]
    low, high = (_stacked([one[side] for one in ends], bodies) for side in (0, 1))
    estimate = _stacked([measured.estimate for measured, _ in parts], bodies)
    n = _stacked([measured.n for measured, _ in parts], bodies)
    counts = [truth for _, truth in parts if isinstance(truth, tuple)]
    if counts:
        part, whole = (_stacked([one[side] for one in counts], bodies).sum(axis=0) for side in (0, 1))
        return Case(name, estimate, low, high, n, np.broadcast_to(100.0 * part / whole, low.shape))
    return Case(name, estimate, low, high, n, _stacked([truth for _, truth in parts], bodies))


def _stacked(columns: Sequence[Floats], bodies: int) -> Floats:
    return np.concatenate([np.reshape(column, (-1, bodies)) for column in columns])


def page(cases: Sequence[Case]) -> str:
    """The table in Markdown."""
    heads = ("估计 estimate", "真值 truth", "n", "偏差 bias", "区间宽 width", "覆盖 coverage %", "单位间 by body")
    lines = ["| " + " | ".join(heads) + " |", "|---|---:|---:|---:|---:|---:|---:|"]
    for case in cases:
        of, measure_of = case.name.rsplit(" ", 1)
        known = ~np.isnan(case.low)
        cells = (
            f"{of} `{measure_of}`",
            f"{case.truth.mean():.1f}",
            f"{case.n.mean():.0f}",
            f"{(case.estimate - case.truth)[known].mean():+.2f}",
            f"{(case.high - case.low)[known].mean():.1f}",
            f"{case.held.mean():.1f}",
            f"{case.held.min():.1f}–{case.held.max():.1f}",
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Simulate, print, write; 1 where an interval holds the truth in less than 93 or more than 97 of 100 years."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="years")
    parser.add_argument("--page", type=Path, help="write the table into this page of the documentation")
    asked = parser.parse_args(arguments)
    started = time.process_time()
    cases = years(asked.runs)
    touched = [
        case for case in years(asked.runs, selective=True) if case.name.split()[0] in ("ratings", "with", "requests")
    ]
    text = f"{page(cases)}\n\n{SELECTIVE}\n\n{page(touched)}"
    print(text)
    print(f"{asked.runs} years of {BODIES} bodies, {time.process_time() - started:.0f} CPU s")
    if asked.page:
        written = asked.page.read_text(encoding="utf-8")
        before, after = written.split(START)[0], written.split(END)[1]
        asked.page.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}", encoding="utf-8")
    return 0 if all(93.0 <= case.held.mean() <= 97.0 for case in cases) else 1


if __name__ == "__main__":
    raise SystemExit(main())
