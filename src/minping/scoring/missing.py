"""Missing and not applicable: what a scheme's policy does with a cell that has no value, one policy for all paths.

A cell is filled (carry, peer median, zero, worst, interval), or its weight goes to the siblings
(redistribute_within) or leaves the tree (global), or the body gets no score (exclude). What was done stays in the
cell's state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minping.model.arrays import Bools, Bytes, Floats, Ints
from minping.model.cells import State
from minping.scheme.shape import Indicator, Points, Scheme

FILLS = ("peer_median", "zero", "worst", "interval")


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is left of the gaps of one period after the policies, shapes (N, M)."""

    points: Floats
    state: Bytes
    within: Bools  #: the weight goes to the siblings
    globally: Bools  #: the weight leaves the tree
    excluded: Bools  #: the body gets no score
    bounded: Bools  #: stands for the interval from worst to best
    complete: bool = False  #: there was no gap


def policy_for(indicator: Indicator, scheme: Scheme) -> str:
    """The missing-policy of an indicator: its own, or the scheme's."""
    return (indicator.missing or scheme.missing).policy


def carried(
    values: Floats, at: int, indicators: Sequence[Indicator], scheme: Scheme, policy: str = ""
) -> tuple[Floats, Ints]:
    """Fill gaps of a period from the latest earlier one, where the policy is `carry`.

    Args:
        values: (P, N, M)
        at: the period's position
        indicators: the M indicators
        scheme: the scheme
        policy: replaces every indicator's own policy, where given

    Returns:
        Values (N, M), and the period each was carried from (-1: not carried).
    """
    filled = values[at].copy()
    origin = np.full(filled.shape, -1, dtype=np.int64)
    for column, indicator in enumerate(indicators):
        if (policy or policy_for(indicator, scheme)) != "carry":
            continue
        for earlier in range(at - 1, -1, -1):
            gap = np.isnan(filled[:, column]) & ~np.isnan(values[earlier, :, column])
            filled[gap, column] = values[earlier, gap, column]
            origin[gap, column] = earlier
    return filled, origin


def fill(
    points: Floats,
    state: Bytes,
    indicators: Sequence[Indicator],
    scheme: Scheme,
    peers: Sequence[Ints],
    policy: str = "",
) -> Gaps:
    """Apply each indicator's policy to the cells without points.

    `policy` replaces every indicator's own missing-policy (an alternative of the uncertainty analysis); what is
    not applicable keeps its own rule.
    """
    within, globally, excluded, bounded = (np.zeros(points.shape, np.bool_, order="F") for _ in range(4))
    gapped = np.flatnonzero((np.isnan(points) | ((state & State.NOT_APPLICABLE) > 0)).any(axis=0)).tolist()
    if not gapped:
        return Gaps(points, state, within, globally, excluded, bounded, complete=True)
    points, state = points.copy(order="K"), state.copy(order="K")
    for column in gapped:
        indicator = indicators[column]
        exempt = (state[:, column] & State.NOT_APPLICABLE) > 0
        rule = indicator.not_applicable.policy if indicator.not_applicable else "redistribute_within"
        missing = np.isnan(points[:, column]) & ~exempt
        for cells, what in ((exempt, rule), (missing, policy or policy_for(indicator, scheme))):
            if not cells.any():
                continue
            if what in FILLS:
                points[:, column] = _filled(points[:, column], cells, what, scheme.points, peers)
                state[cells, column] |= int(_FLAG[what])
                bounded[:, column] |= cells & (what == "interval")
            # a cell that could not be filled (no peer has a value, nothing to carry) gives its weight to siblings
            open_cells = cells & np.isnan(points[:, column])
            within[:, column] |= open_cells & (what not in ("global", "exclude"))
            globally[:, column] |= open_cells & (what == "global")
            excluded[:, column] |= open_cells & (what == "exclude")
    return Gaps(points, state, within, globally, excluded, bounded)


_FLAG = {
    "peer_median": State.IMPUTED,
    "zero": State.PENALISED,
    "worst": State.PENALISED,
    "interval": State.BOUNDED,
}


def _filled(column: Floats, cells: Bools, what: str, scale: Points, peers: Sequence[Ints]) -> Floats:
    filled = column.copy()
    if what == "zero":
        filled[cells] = scale.low
    elif what == "interval":
        filled[cells] = (scale.low + scale.high) / 2
    else:
        for rows in peers:
            present = column[rows][~np.isnan(column[rows])]
            if len(present):
                stand_in = np.median(present) if what == "peer_median" else present.min()
                filled[rows[cells[rows]]] = stand_in
    return filled
