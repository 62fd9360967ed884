"""Plan: a scheme compiled for a set of bodies: the tree bottom-up, weights by body type, peers, columns.

Everything here depends on the scheme and on who is evaluated, never on the figures; it is made once and used by
the score, by every draw and by the explanation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from minping.indicators.peers import peer_groups
from minping.model.arrays import Ints
from minping.model.evidence import Bodies
from minping.model.scores import Node
from minping.scheme.shape import Aggregate, Dimension, Indicator, Scheme
from minping.scheme.tree import ROOT, children_of, weight_for

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Inner:
    """An inner node: how its children's points become its own."""

    id: str
    children: tuple[str, ...]
    method: str
    exponent: float | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled scheme for N bodies and M scored indicators."""

    scheme: Scheme
    bodies: tuple[str, ...]
    indicators: tuple[Indicator, ...]  #: the scored ones, M
    columns: tuple[int, ...]  #: position of each among all indicators of the scheme
    inner: tuple[Inner, ...]  #: children before parents; the last is the total
    nodes: tuple[Node, ...]  #: total first, depth first
    type_rows: Mapping[str, Ints]  #: body type -> rows of its bodies
    weights: Mapping[str, Mapping[str, float]]  #: body type -> node -> share among its siblings
    peers: tuple[Ints, ...]  #: groups of rows that are compared with each other

    @property
    def leaf(self) -> dict[str, int]:
        """Indicator id -> its column among the scored."""
        return {indicator.id: at for at, indicator in enumerate(self.indicators)}

    def parent_of(self) -> dict[str, str]:
        """Node id -> id of the node above."""
        return {child: inner.id for inner in self.inner for child in inner.children}


def compile_plan(scheme: Scheme, bodies: Bodies) -> Plan:
    """Compile a checked scheme for the bodies of an evaluation."""
    children = children_of(scheme)
    dimensions = {dimension.id: dimension for dimension in scheme.dimensions}
    inner: list[Inner] = []

    def visit(parent: str) -> None:
        for child in children[parent]:
            if child in dimensions:
                visit(child)
        how = _aggregate(scheme, dimensions.get(parent))
        inner.append(Inner(parent or TOTAL, tuple(children[parent]), how.method, how.p))

    visit(ROOT)
    rows = _rows_by_type(scheme, bodies)
    scored = scheme.scored
    return Plan(
        scheme,
        bodies.ids,
        scored,
        tuple(at for at, indicator in enumerate(scheme.indicators) if indicator.counts),
        tuple(inner),
        _nodes(scheme, children),
        rows,
        {body_type: _shares(scheme, children, body_type) for body_type in rows},
        peer_groups(scheme, bodies),
    )


def _aggregate(scheme: Scheme, dimension: Dimension | None) -> Aggregate:
    if dimension is not None and dimension.aggregate is not None:
        return dimension.aggregate
    if dimension is not None and scheme.aggregate.method == "none":
        return Aggregate(method="arithmetic")
    return scheme.aggregate


def _rows_by_type(scheme: Scheme, bodies: Bodies) -> dict[str, Ints]:
    if not scheme.body_types:
        return {"": np.arange(len(bodies.ids))}
    types = np.array(bodies.types, dtype=object)
    return {name: rows for name in scheme.body_types if len(rows := np.flatnonzero(types == name))}


def _shares(scheme: Scheme, children: Mapping[str, list[str]], body_type: str) -> dict[str, float]:
    shares: dict[str, float] = {}
    for siblings in children.values():
        weights = [weight_for(scheme, child, body_type) for child in siblings]
        whole = sum(weights)
        shares |= {child: (w / whole if whole else 0.0) for child, w in zip(siblings, weights, strict=True)}
    return shares


def _nodes(scheme: Scheme, children: Mapping[str, list[str]]) -> tuple[Node, ...]:
    parts = {part.id: part for part in scheme.parts}
    title = scheme.title.text
    nodes = [Node(TOTAL, "", "total", title.zh, title.en)]

    def visit(parent: str, depth: int) -> None:
        for child in children[parent]:
            part = parts[child]
            words, unit = part.title.text, part.unit if isinstance(part, Indicator) else ""
            kind = "dimension" if isinstance(part, Dimension) else "indicator"
            nodes.append(Node(child, parent or TOTAL, kind, words.zh, words.en, unit, depth))  # type: ignore[arg-type]
            if child in children:
                visit(child, depth + 1)

    visit(ROOT, 1)
    return tuple(nodes)
