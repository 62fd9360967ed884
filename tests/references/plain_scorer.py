"""A second implementation of the score in plain Python: exact fractions, recursion, no array, no code of ours.

It knows arithmetic trees, points by goalposts, min-max, given, and the policies redistribute_within, global, zero,
worst and peer_median. It reads the same plain values that a scheme file holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from statistics import median
from typing import Any

Points = dict[str, Fraction | None]  #: indicator -> points of one body
Figures = Mapping[tuple[str, str], float]  #: (body, indicator) -> value


def plain_scores(
    scheme: Mapping[str, Any], bodies: Sequence[str], types: Sequence[str], figures: Figures
) -> list[Fraction | None]:
    """The score of every body; None where there is none."""
    columns = {rule["id"]: _points(rule, bodies, figures) for rule in scheme["indicators"]}
    return [_score(scheme, body_type, {name: column[at] for name, column in columns.items()}, columns)
            for at, body_type in enumerate(types)]  # fmt: skip


def _points(rule: Mapping[str, Any], bodies: Sequence[str], figures: Figures) -> list[Fraction | None]:
    values = [Fraction(figures[body, rule["id"]]) if (body, rule["id"]) in figures else None for body in bodies]
    how, there = rule["normalise"], [value for value in values if value is not None]
    if how["method"] == "given":
        return values
    if how["method"] == "goalposts":
        low, high, clip = Fraction(how["floor"]), Fraction(how["target"]), True
    else:
        low, high, clip = min(there), max(there), False
        if rule["direction"] == "lower":
            low, high = high, low
    shares = [None if value is None else (value - low) / (high - low) for value in values]
    return [None if s is None else 100 * (min(max(s, Fraction(0)), Fraction(1)) if clip else s) for s in shares]


def _fill(scheme: Mapping[str, Any], own: Points, columns: Mapping[str, list]) -> set[str]:
    """Fill the gaps of one body by the policies; return the indicators whose weight leaves the whole tree."""
    gone: set[str] = set()
    for rule in scheme["indicators"]:
        name, policy = rule["id"], (rule.get("missing") or scheme["missing"])["policy"]
        if own[name] is not None:
            continue
        there = [points for points in columns[name] if points is not None]
        fills = {"zero": lambda there: Fraction(0), "worst": min, "peer_median": lambda there: Fraction(median(there))}
        if policy in fills:
            own[name] = fills[policy](there)
        elif policy == "global":
            gone.add(name)
    return gone


def _score(scheme: Mapping[str, Any], body_type: str, own: Points, columns: Mapping[str, list]) -> Fraction | None:
    gone = _fill(scheme, own, columns)
    nodes = [*scheme.get("dimensions", []), *scheme["indicators"]]

    def weight(node: Mapping[str, Any]) -> Fraction:
        given = node["weight"]
        return Fraction(given[body_type] if isinstance(given, Mapping) else given)

    def climb(parent: str | None) -> tuple[Fraction | None, Fraction]:
        """Points of a node, and the share of its weight that has not left the tree."""
        total, whole, left, nominal = Fraction(0), Fraction(0), Fraction(0), Fraction(0)
        for node in (node for node in nodes if node.get("in") == parent):
            leaf = "direction" in node
            points, stays = (own[node["id"]], Fraction(node["id"] not in gone)) if leaf else climb(node["id"])
            nominal += weight(node)
            left += weight(node) * stays
            if points is not None:
                total += points * weight(node) * stays
                whole += weight(node) * stays
        return (total / whole if whole else None), (left / nominal if nominal else Fraction(0))

    return climb(None)[0]
