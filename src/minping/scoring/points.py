"""Points: values in an indicator's own unit to points on the scheme's scale, column by column.

A column kernel takes arrays with the bodies on the last axis, so that one call serves the score ``(N,)`` and a
block of draws ``(draws, N)``. Peers are compared group by group; with `peers.frame: panel` the other periods stand
beside as fixed points of comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.scheme.read import is_percentile
from minping.scheme.shape import Indicator, Points
from minping.stats.normalise import METHODS

_CACHED = 15_000  #: numbers that a kernel works on at once
NamedFigures = Callable[[str], Floats]  #: a name (bodies column or official figure) -> (N,) of this period


@dataclass(frozen=True, slots=True)
class Column:
    """One indicator made ready: method, resolved parameters, scale, peers, fixed points of comparison."""

    indicator: Indicator
    method: str
    parameters: Mapping[str, Any]
    lower: bool
    scale: Points
    peers: tuple[Ints, ...]
    beside: Floats | None = None  #: (N, others): the same indicator in other periods (frame: panel)

    @property
    def asked(self) -> Mapping[str, Any]:
        """The parameters as the scheme gives them, before names and percentiles became numbers."""
        return {} if self.indicator.normalise is None else self.indicator.normalise.parameters

    @property
    def may_cap(self) -> bool:
        """Whether its points can be cut at an end of the scale."""
        clips = self.method in ("goalposts", "efficacy", "zscore") and bool(self.parameters.get("clip", True))
        return clips or self.method == "attainment"

    @property
    def own_scale(self) -> bool:
        """Whether the method's result stands as it is."""
        return METHODS[self.method].own_scale


def prepare(
    indicator: Indicator,
    values: Floats,
    scale: Points,
    peers: Sequence[Ints],
    named: NamedFigures,
    beside: Floats | None = None,
) -> Column:
    """Make a column ready: bounds that are percentiles or names become numbers, once, from the figures as they are."""
    rule = indicator.normalise
    method = rule.method if rule is not None else "pass"
    given = dict(rule.parameters) if rule is not None else {}
    if indicator.direction == "pass" and method == "pass" and indicator.pass_at is not None:
        given.setdefault("at", indicator.pass_at)
    measured = towards_ideal(values, indicator)
    others = None if beside is None else towards_ideal(beside, indicator)
    parameters = {name: _bound(value, measured, others, peers, named) for name, value in given.items()}
    lower = indicator.direction in ("lower", "target", "range")
    return Column(indicator, method, parameters, lower, scale, tuple(peers), others)


Family = tuple[Column, list[int]]  #: columns that one call can serve, as one; their positions


def families(columns: Sequence[Column], bodies: int) -> tuple[Family, ...]:
    """Columns that are alike but for numbers, which then stand as (K, 1).

    The kernels work along the last axis, so that K columns of N bodies are scored at once as (K, N); K is small
    enough for the work to stay in the processor's cache.
    """
    alike: dict[object, list[int]] = {}
    for at, column in enumerate(columns):
        alike.setdefault(_likeness(column, at), []).append(at)
    most = max(1, _CACHED // max(bodies, 1))
    parts = [members[start : start + most] for members in alike.values() for start in range(0, len(members), most)]
    return tuple((_family([columns[at] for at in members]), members) for members in parts)


def _likeness(column: Column, at: int) -> object:
    if column.beside is not None or column.indicator.direction in ("target", "range"):
        return at
    parameters = column.parameters.items()
    if any(isinstance(value, np.ndarray) for _, value in parameters):
        return at
    others = tuple((name, repr(value)) for name, value in parameters if not _is_number(value))
    return column.method, column.lower, tuple(column.parameters), others


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _family(columns: Sequence[Column]) -> Column:
    first = columns[0]
    if len(columns) == 1:
        return first
    stacked = {
        name: np.array([[column.parameters[name]] for column in columns]) if _is_number(value) else value
        for name, value in first.parameters.items()
    }
    return replace(first, parameters=stacked)


def column_points(column: Column, values: Floats, method: str | None = None) -> Floats:
    """Points of one indicator on the scheme's scale, shape as `values`; `method` asks for another method than its own.

    Another method takes no parameters of the scheme's own; a nested index (`given`) is then normalised too.
    """
    measured = towards_ideal(values, column.indicator)
    if method is None or method == column.method:
        raw = _by_peers(column, measured, column.method, column.parameters)
        return raw if column.own_scale else _scaled(raw, column.scale)
    return _scaled(_by_peers(column, measured, method, {}), column.scale)


def capped(column: Column, values: Floats) -> Bools:
    """Where the points were cut at an end of the scale, shape as `values`."""
    measured = towards_ideal(values, column.indicator)
    if column.method == "attainment":
        target = column.parameters["target"]
        beyond: Bools = measured < target if column.lower else measured > target
        return beyond
    if not column.may_cap:
        return np.zeros(values.shape, dtype=np.bool_)
    free = _by_peers(column, measured, column.method, {**column.parameters, "clip": False})
    low, high = (0.0, 100.0)
    cut: Bools = (free < low - 1e-9) | (free > high + 1e-9)
    return cut


def towards_ideal(values: Floats, indicator: Indicator) -> Floats:
    """With direction target or range: the distance from the ideal, of which less is better; otherwise as it is."""
    if indicator.direction not in ("target", "range"):
        return values
    ideal = indicator.ideal
    low, high = ideal if isinstance(ideal, tuple) else (ideal or 0.0, ideal or 0.0)
    return np.maximum(np.maximum(low - values, values - high), 0.0) + 0.0 * values


def _scaled(points: Floats, scale: Points) -> Floats:
    if scale.low == 0.0 and scale.high == 100.0:
        return points
    return scale.low + (scale.high - scale.low) / 100.0 * points


def _bound(
    value: object, measured: Floats, beside: Floats | None, peers: Sequence[Ints], named: NamedFigures
) -> object:
    if not isinstance(value, str):
        return value
    if not is_percentile(value):
        return named(value)
    bound = np.full(measured.shape, np.nan)
    for rows in peers:
        frame = measured[rows] if beside is None else np.concatenate([measured[rows], beside[rows].ravel()])
        present = frame[~np.isnan(frame)]
        if len(present):
            bound[rows] = np.percentile(present, int(value[1:]))
    return bound


def _by_peers(column: Column, measured: Floats, method: str, parameters: Mapping[str, Any]) -> Floats:
    rule = METHODS[method]
    if not rule.needs_peers:
        return rule.points(measured, lower=column.lower, **parameters)
    if column.beside is None and len(column.peers) == 1:
        return rule.points(measured, lower=column.lower, **parameters)
    points = np.full(measured.shape, np.nan)
    for rows in column.peers:
        ours = np.ascontiguousarray(measured[..., rows])  # sums run along rows, whatever the number of draws
        if column.beside is not None:
            fixed = column.beside[rows].ravel()
            ours = np.concatenate([ours, np.broadcast_to(fixed, (*ours.shape[:-1], fixed.size))], axis=-1)
        points[..., rows] = rule.points(ours, lower=column.lower, **parameters)[..., : len(rows)]
    return points
