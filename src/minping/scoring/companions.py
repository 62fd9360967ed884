"""Companions: indicators shown beside the score and not counted, such as citizens' satisfaction published separately."""

from __future__ import annotations

from minping.model.arrays import Bytes, Floats
from minping.model.scores import Node
from minping.model.values import Values
from minping.scheme.shape import Scheme


def companions(scheme: Scheme, values: Values, period: str) -> dict[str, tuple[Node, Floats, Bytes]]:
    """Id -> node, values (N,) in the indicator's own unit, states (N,), of every indicator that doesn't count."""
    at = values.at(period)
    found = {}
    for column, indicator in enumerate(scheme.indicators):
        if not indicator.counts:
            title = indicator.title.text
            node = Node(indicator.id, "", "companion", title.zh, title.en, indicator.unit, 1)
            found[indicator.id] = (node, values.estimate[at, :, column], values.state[at, :, column])
    return found
