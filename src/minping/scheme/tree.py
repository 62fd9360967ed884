"""The tree of a scheme: who lies within whom, and what each weighs for a type of body.

The root is the empty string; ids of dimensions and indicators are its nodes. Indicators that don't count are left
out.
"""

from __future__ import annotations

from minping.scheme.shape import Dimension, Indicator, Scheme

ROOT = ""


def children_of(scheme: Scheme) -> dict[str, list[str]]:
    """Parent id -> ids of its children, dimensions first, in file order."""
    children: dict[str, list[str]] = {ROOT: []}
    for dimension in scheme.dimensions:
        children.setdefault(dimension.id, [])
    for part in scheme.parts:
        if isinstance(part, Indicator) and not part.counts:
            continue
        children.setdefault(part.within or ROOT, []).append(part.id)
    return children


def cyclic(scheme: Scheme) -> list[tuple[str, ...]]:
    """Every loop of dimensions that lie within each other, each once."""
    parent = {dimension.id: dimension.within for dimension in scheme.dimensions}
    loops: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in parent:
        trail: list[str] = []
        here: str | None = start
        while here is not None and here not in done and here not in trail:
            trail.append(here)
            here = parent.get(here)
        if here in trail:
            loops.append(tuple(trail[trail.index(here) :]))
        done.update(trail)
    return loops


def weight_for(scheme: Scheme, part_id: str, body_type: str) -> float:
    """A node's weight among its siblings for a type of body, as given (not yet scaled to sum to one).

    With `weights: equal` every sibling weighs 1, but one whose given weight for the type is zero still weighs
    nothing. A dimension without a weight, under absolute weights, weighs what its children add to.
    """
    part = _part(scheme, part_id)
    weight = part.weight.get(body_type, 0.0) if isinstance(part.weight, dict) else part.weight
    if scheme.weights.method == "equal":
        return 0.0 if weight == 0 else 1.0
    if weight is None:
        derived = isinstance(part, Dimension) and scheme.weights.nested == "absolute"
        return sum(weight_for(scheme, child, body_type) for child in children_of(scheme)[part_id]) if derived else 0.0
    return weight


def _part(scheme: Scheme, part_id: str) -> Dimension | Indicator:
    return next(part for part in scheme.parts if part.id == part_id)
