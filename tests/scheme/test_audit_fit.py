"""What a scheme says under `audit`: circles, repeated parts, bands and levels that make no sense are named by line."""

from __future__ import annotations

import pytest

from minping.errors import SchemeError
from minping.scheme.audit_fit import circles
from minping.scheme.read import parse_scheme

HEAD = """
id: made
version: 1
title: 试
authority: {issuer: 市}
indicators:
  - {id: x, title: 甲, direction: higher, weight: 1, normalise: {method: goalposts, floor: 0, target: 9, reason: 试}}
audit:
"""


@pytest.mark.parametrize(
    ("audit", "code"),
    [
        ("  sums: [{whole: a, parts: [b, c]}, {whole: b, parts: [a]}]", "circular-sum"),
        ("  sums: [{whole: a, parts: [a, c]}]", "circular-sum"),
        ("  sums: [{whole: a, parts: [b, b]}]", "repeated-part"),
        ("  series: {a: {part_of: [b]}, b: {part_of: [a]}}", "circular-sum"),
        ("  debt: {bands: [200, 120, 300]}", "bands-out-of-order"),
        ("  series: {a: {kind: share}}\n  levels: [a]", "share-as-level"),
    ],
)
def test_what_does_not_fit_is_named(audit: str, code: str) -> None:
    with pytest.raises(SchemeError) as raised:
        parse_scheme(HEAD + audit)
    assert code in {found.code for found in raised.value.problems}
    assert all((found.place.row or 0) >= 8 for found in raised.value.problems)


@pytest.mark.parametrize("audit", ["  sums: [{whole: a}]", "  sums: [{whole: a, parts: [b], over: children}]"])
def test_a_sum_is_over_parts_or_over_bodies(audit: str) -> None:
    with pytest.raises(SchemeError):
        parse_scheme(HEAD + audit)


def test_what_fits_is_taken() -> None:
    rules = parse_scheme(
        HEAD + "  sums: [{whole: a, parts: [b, c]}, {whole: b, parts: [d, e]}, {whole: a, over: children}]"
    ).scheme.audit
    assert rules.named == ("a", "b", "c", "d", "e")


def test_circles_are_found_once_in_any_graph() -> None:
    assert circles({"a": ["b"], "b": ["c"], "c": ["b"]}) == [("b", "c")]
    assert circles({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}) == []
