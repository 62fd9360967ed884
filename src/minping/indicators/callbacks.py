"""Call-backs: what raters and called-back non-raters say together of all who were served, by body and period.

In checked records of cases, ratings and call-backs; out counts by body, period and channel, and measures by the
two-phase estimator of `stats.two_phase`. A case belongs to the period in which it ended, whenever it was rated or
called; silence counted as a rating (a default) is silence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.indicators.events import engine, event_table, kept, month_of, numbers, trimmed, whole_numbers, with_bodies
from minping.indicators.ratings import MEASURES, Measured, in_periods
from minping.model.arrays import Floats, Ints
from minping.model.callbacks import Called
from minping.model.evidence import Bodies, Records
from minping.stats.groups import column_sums, sums
from minping.stats.two_phase import SecondPhase, TwoPhase, two_phase_means

if TYPE_CHECKING:
    import ibis

_FIVE = (1, 2, 3, 4, 5)
_SAID = ("said", "probability")


@dataclass(frozen=True, slots=True)
class CalledBack:
    """Cases of P periods × N bodies, and the strata (channels) of those not rated, H of them."""

    shape: tuple[int, int]
    answered: Floats  #: (P · N, 5) cases rated at each level
    second: SecondPhase  #: groups are period · N + body
    called: Floats  #: (H,) cases called, whatever came of it


def call_back(records: Mapping[str, Records], bodies: Bodies, periods: Sequence[str]) -> CalledBack:
    """Count the cases of each body and period: rated by level, silent, called, reached by level."""
    shape = (len(periods), len(bodies.ids))
    with engine(records["cases"]) as opened:
        cases = kept(opened, served(opened, records["cases"], records["ratings"], bodies))
        count = cases.count
        levels = {f"rated{level}": count(where=cases.level == level) for level in _FIVE}
        keys = ("body", "month", "channel")
        counts = cases.group_by(*keys).aggregate(silent=count(where=cases.level.isnull()), **levels)
        whole = _in_periods(counts, periods)
        said = _in_periods(_calls(opened, records["callbacks"], cases, keys), periods, _SAID)
    cell, place = _cells(whole, shape[1]), _places(whole)
    rated = np.stack([_column(whole, f"rated{level}") for level in _FIVE], axis=1)
    many, level, probability = (numbers(said[name]) for name in ("called", *_SAID))
    columns = (said[name].to_pylist() for name in ("period", "body", "channel"))
    row = np.array([place[key] for key in zip(*columns, strict=True)], dtype=np.int64)
    # sums of fractions are made here, in one order, whatever the order of an engine
    weight, reached = 1.0 / np.where(np.isnan(probability), 1.0, probability), ~np.isnan(level)
    at = row[reached] * 5 + level[reached].astype(np.int64) - 1
    found = [
        sums(at, (many * weight**power)[reached], 5 * len(cell)).reshape(len(cell), 5) for power in (0.0, 1.0, 2.0)
    ]
    second = SecondPhase(cell, _column(whole, "silent"), *found)
    called = sums(row, many, len(cell))
    return CalledBack(shape, column_sums(cell, rated, shape[0] * shape[1]), second, called)


def served(opened: Any, cases: Records, ratings: Records, bodies: Bodies) -> ibis.Table:
    """The expression: every case with its body, month and channel, and the level of its rating; none: silent."""
    import ibis

    table = with_bodies(event_table(opened, cases, ("case", "body", "completed_on", "channel")), bodies)
    rated = event_table(opened, ratings, ("case", "status", "level"))
    rated = rated.filter(ibis.coalesce(trimmed(rated.status), "rated") != "defaulted").select("case", "level")
    joined = table.left_join(rated, "case")
    return joined.select(
        "case",
        "body",
        "completed_on",
        "level",
        month=month_of(joined.completed_on),
        channel=ibis.coalesce(trimmed(joined.channel), ""),
    )


def _calls(opened: Any, callbacks: Records, cases: ibis.Table, keys: tuple[str, ...]) -> ibis.Table:
    """The expression: of the silent cases that were called, how many said what, by the probability of being drawn."""
    import ibis

    told = event_table(opened, callbacks, ("case", "outcome", "level", "probability")).rename(said="level")
    told = told.filter(told.outcome.notnull())
    joined = cases.filter(cases.level.isnull()).inner_join(told, "case")
    reached = trimmed(joined.outcome) == "reached"
    joined = joined.mutate(said=ibis.ifelse(reached, joined.said, ibis.null().cast("int8")))
    return joined.group_by(*keys, *_SAID).aggregate(called=joined.count())


def measure_callbacks(found: CalledBack, name: str, least: int = 1) -> tuple[Measured, Called]:
    """A measure of all who were served, and its two halves; nothing where fewer than `least` were reached."""
    told = two_phase_means(MEASURES[name], found.answered, found.second)
    rated = found.answered.sum(axis=1)
    enough = (told.reached >= least) | (told.silent == 0)
    apart = enough & (rated >= least)  # else one half could be told from the other and the whole
    called = sums(found.second.group, found.called, len(rated))
    shaped = _shaped(found.shape)
    measured = Measured(
        shaped(np.where(enough, told.mean, np.nan)),
        shaped(np.where(enough, told.se, np.nan)),
        shaped(rated + told.reached),
        shaped(told.degrees),
    )
    return measured, _halves(told, apart, called, shaped)


def _halves(told: TwoPhase, apart: Any, called: Floats, shaped: Any) -> Called:
    def shown(values: Floats) -> Floats:
        found: Floats = shaped(np.where(apart, values, np.nan))
        return found

    return Called(
        shown(told.first),
        shown(told.second),
        shown(told.second_se),
        shown(told.gap),
        shown(told.gap_se),
        shaped(told.silent),
        shaped(called),
        shaped(told.reached),
    )


def _shaped(shape: tuple[int, int]) -> Any:
    return lambda values: values.reshape(shape)


def _in_periods(table: ibis.Table, periods: Sequence[str], further: tuple[str, ...] = ()) -> Any:
    """The counts summed by period instead of month, as a table in memory, in order."""
    table = in_periods(table, periods)
    keys = ("period", "body", "channel", *further)
    names = [name for name in table.columns if name not in (*keys, "month", "first", "last")]
    summed = table.group_by(*keys).aggregate(**{name: table[name].sum() for name in names})
    return summed.order_by(*keys).to_pyarrow()


def _cells(table: Any, bodies: int) -> Ints:
    return whole_numbers(table["period"]) * bodies + whole_numbers(table["body"])


def _places(table: Any) -> dict[tuple[int, int, str], int]:
    """(period, body, channel) -> row."""
    columns = (table[name].to_pylist() for name in ("period", "body", "channel"))
    return {key: at for at, key in enumerate(zip(*columns, strict=True))}


def _column(table: Any, name: str) -> Floats:
    return np.nan_to_num(np.asarray(table[name].cast("float64").to_numpy(), dtype=np.float64))
