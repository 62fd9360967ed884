"""A draw of non-raters to be called back: the list of silent cases, split over strata, and who is drawn from each.

In checked records of cases and ratings; out the strata with their numbers, the drawn cases and the hash of the list.
A case is drawn where ``SHA-256("seed:case")`` is among the smallest of its stratum: anyone can replay it, the order of
the files does not matter, and nothing of the person goes into it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from minping.errors import EvidenceError, Place, Problem
from minping.indicators.callbacks import served
from minping.indicators.events import event_table, here, kept, trimmed, whole_numbers
from minping.indicators.lags import months_of
from minping.indicators.ratings import MEASURES
from minping.model.arrays import Floats, Ints
from minping.model.evidence import Evidence
from minping.stats.allocation import allocate
from minping.stats.groups import column_sums, sums
from minping.words import Text, both

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

Allocation = Literal["bodies", "proportional", "optimum"]
BATCH = 100_000
WORTH = MEASURES["mean_points"]
MOST_SIZE = 1_000_000


@dataclass(frozen=True, slots=True)
class Strata:
    """Body × channel, H of them, ordered by body and channel; those without a silent case are there too."""

    body: Ints  #: (H,)
    channel: tuple[str, ...]
    rated: Floats  #: (H, 5) cases rated at each level
    silent: Ints  #: (H,) cases not rated
    drawn: Ints  #: (H,)

    def names(self, bodies: tuple[str, ...]) -> list[str]:
        """The strata by body and channel."""
        pairs = zip(self.body.tolist(), self.channel, strict=True)
        return [f"{bodies[body]} {channel}".strip() for body, channel in pairs]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw that can be replayed."""

    period: str
    seed: int
    allocation: Allocation
    strata: Strata
    cases: pa.Table  #: case, body, channel, service, completed_on, stratum (its row), in order of body, channel, case
    frame: str  #: SHA-256 of the silent cases: lines of case, body and channel with tabs between, in order of case


def draw_callbacks(
    evidence: Evidence,
    period: str,
    *,
    size: int,
    seed: int,
    allocation: Allocation = "bodies",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Drawn:
    """Draw cases that ended in a period and were not rated.

    Args:
        evidence: with `cases` and `ratings`
        period: e.g. 2025 or 2025-05
        size: how many to draw in all
        seed: of the draw
        allocation: `bodies`: as many of each body, its channels in proportion; `proportional`: to the silent cases;
            `optimum`: to them times the spread of what raters of the stratum said (Neyman 1934)
        progress: called with (cases listed, cases in all)

    Raises:
        EvidenceError: no list of cases, no such period, nobody silent, or called back already.
    """
    span = _checked(evidence, period, size)
    with here(evidence.records["cases"]) as opened:
        cases = _of_period(opened, evidence, span)
        strata = _strata(cases)
        silent = cases.filter(cases.level.isnull())
        _refuse(opened, evidence, silent, strata, period)
        strata = _allocated(strata, size, allocation)
        frame = _hash(opened, silent, evidence.bodies.ids, int(strata.silent.sum()), progress)
        drawn = _drawn(silent, strata, seed)
    return Drawn(period, seed, allocation, strata, drawn, frame)


def spread(strata: Strata) -> float:
    """Standard deviation in points of what raters said, all of them together; half the scale where nobody rated."""
    whole = strata.rated.sum(axis=0)
    count = whole.sum()
    if count < 2:
        return 50.0
    mean = whole @ WORTH / count
    return float(np.sqrt(max(whole @ (WORTH - mean) ** 2 / (count - 1), 1.0)))


def by_body(strata: Strata, bodies: int) -> tuple[Floats, Floats, Floats]:
    """Rated, silent and drawn cases of each body, (N,) each."""
    rated = sums(strata.body, strata.rated.sum(axis=1), bodies)
    silent, drawn = (sums(strata.body, counts.astype(np.float64), bodies) for counts in (strata.silent, strata.drawn))
    return rated, silent, drawn


def _checked(evidence: Evidence, period: str, size: int) -> tuple[int, int]:
    """The months of the period."""
    for table in ("cases", "ratings"):
        if table not in evidence.records:
            found = Text(f"没有表 {table}", f"there is no table {table}")
            fix = Text("导出全部办结的办件，每件一行", "export every case served, one row for each")
            if table == "ratings":
                fix = Text("导出评价记录；没有评价则留表头", "export the ratings; a header only where there are none")
            raise EvidenceError(Problem("missing-table", Place("evidence"), found, both(f"{table}.csv"), fix))
    span = months_of(period)
    if span is None:
        found, allowed = Text(f"没有考核期 {period}", f"no period {period}"), both("2025, 2025H1, 2025Q2, 2025-05")
        raise EvidenceError(
            Problem("unknown-period", Place(), found, allowed, Text("改写 --period", "write it like these"))
        )
    if not 1 <= size <= MOST_SIZE:
        found, allowed = both(f"size: {size}"), Text(f"1 到 {MOST_SIZE}", f"1 to {MOST_SIZE}")
        raise EvidenceError(Problem("bad-size", Place(), found, allowed, Text("改写 --size", "give another --size")))
    return span


def _of_period(opened: Any, evidence: Evidence, span: tuple[int, int]) -> ibis.Table:
    records = evidence.records
    table = served(opened, records["cases"], records["ratings"], evidence.bodies)
    named = event_table(opened, records["cases"], ("case", "service"))
    table = table.filter((table.month >= span[0]) & (table.month <= span[1])).left_join(named, "case")
    return kept(opened, table.select("case", "body", "channel", "service", "completed_on", "level"))


def _strata(cases: ibis.Table) -> Strata:
    counted = {f"rated{level}": cases.count(where=cases.level == level) for level in range(1, 6)}
    keys = ("body", "channel")
    table = cases.group_by(*keys).aggregate(silent=cases.count(where=cases.level.isnull()), **counted)
    found = table.order_by(*keys).to_pyarrow()
    rated = [np.asarray(found[name].to_numpy(), dtype=np.float64) for name in counted]
    silent = whole_numbers(found["silent"])
    channel = tuple(found["channel"].to_pylist())
    body = whole_numbers(found["body"])
    return Strata(body, channel, np.stack(rated, axis=1).reshape(len(body), 5), silent, np.zeros_like(silent))


def _refuse(opened: Any, evidence: Evidence, silent: ibis.Table, strata: Strata, period: str) -> None:
    """Refuse a draw from nobody, and a second draw from the same list."""
    if not strata.silent.sum():
        found = Text(f"{period} 没有未评价的办件", f"no case of {period} was left unrated")
        fix = Text("换一个考核期", "choose another period")
        raise EvidenceError(Problem("nobody-silent", Place("evidence"), found, both(""), fix))
    if "callbacks" in evidence.records:
        called = event_table(opened, evidence.records["callbacks"], ("case",))
        again = int(
            silent.semi_join(called, "case").aggregate(n=lambda found: found.count()).to_pyarrow()["n"][0].as_py()
        )
        if again:
            found = Text(
                f"{period} 已有 {again} 件抽去回访", f"{again} cases of {period} were drawn for a call-back before"
            )
            fix = Text("一份清单只抽一次：换一个考核期", "a list is drawn from once: choose another period")
            raise EvidenceError(Problem("drawn-before", Place("evidence/callbacks"), found, both(""), fix))


def _allocated(strata: Strata, size: int, allocation: Allocation) -> Strata:
    silent = strata.silent.astype(np.float64)
    drawn = allocate(size, ALLOCATIONS[allocation](strata, silent), strata.silent)
    return Strata(strata.body, strata.channel, strata.rated, strata.silent, drawn)


def _each_body(strata: Strata, silent: Floats) -> Floats:
    """Every body the same, its channels in proportion; what a small body can't give goes to the others."""
    of_body = sums(strata.body, silent, int(strata.body.max(initial=0)) + 1)
    return silent / np.where(of_body > 0, of_body, 1.0)[strata.body]


def _neyman(strata: Strata, silent: Floats) -> Floats:
    """Silent cases times the spread of what raters of the stratum said; of all raters where these are few."""
    bodies = int(strata.body.max(initial=0)) + 1
    whole = spread(strata)
    count = strata.rated.sum(axis=1)
    of_body = column_sums(strata.body, strata.rated, bodies)
    sd = np.where(
        count >= FEW, _sd(strata.rated), np.where(of_body.sum(axis=1) >= FEW, _sd(of_body), whole)[strata.body]
    )
    return silent * np.maximum(sd, whole / 4)


def _sd(counts: Floats) -> Floats:
    size = np.maximum(counts.sum(axis=1), 1.0)
    mean = counts @ WORTH / size
    found: Floats = np.sqrt(np.maximum(counts @ WORTH**2 / size - mean**2, 0.0))
    return found


def _hash(
    opened: Any, silent: ibis.Table, bodies: tuple[str, ...], total: int, progress: Callable[[int, int], None]
) -> str:
    digest, done = hashlib.sha256(), 0
    listed = opened.con.execute(opened.compile(silent.select("case", "body", "channel").order_by("case")))
    while rows := listed.fetchmany(BATCH):
        digest.update("".join(f"{case}\t{bodies[body]}\t{channel}\n" for case, body, channel in rows).encode())
        done += len(rows)
        progress(done, total)
    return digest.hexdigest()


def _drawn(silent: ibis.Table, strata: Strata, seed: int) -> pa.Table:
    import ibis
    import pyarrow as pa

    asked = ibis.memtable(
        pa.table(
            {
                "body": pa.array(strata.body, pa.int32()),
                "channel": pa.array(strata.channel, pa.string()),
                "stratum": pa.array(range(len(strata.body)), pa.int64()),
                "drawn": pa.array(strata.drawn, pa.int64()),
            }
        )
    )
    key = (ibis.literal(f"{seed}:") + silent["case"]).hexdigest("sha256")
    order = ibis.window(group_by=("body", "channel"), order_by=("key", "case"))
    placed = silent.mutate(key=key)
    placed = placed.mutate(place=ibis.row_number().over(order))
    joined = placed.inner_join(asked, ("body", "channel"))
    joined = joined.filter(joined.place < joined.drawn).order_by("stratum", "case")
    return joined.select(
        "case", "body", "channel", "completed_on", "stratum", service=ibis.coalesce(trimmed(joined.service), "")
    ).to_pyarrow()


FEW = 10  #: ratings below which a stratum's own spread is not used
ALLOCATIONS: Mapping[Allocation, Callable[[Strata, Floats], Floats]] = {
    "bodies": _each_body,
    "proportional": lambda strata, silent: silent,
    "optimum": _neyman,
}
