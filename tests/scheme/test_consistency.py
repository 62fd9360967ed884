from __future__ import annotations

import pytest

from minping.scheme.consistency import CHECKS
from minping.scheme.read import parse_scheme
from tests.made import HEAD
from tests.scheme.faults import GOOD, changed, faults

LEAF = "indicators:\n  - {id: i, title: i, direction: higher, weight: 1, normalise: minmax}\n"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("id: wait", "id: people", ("duplicate-id", 12, "indicators.people.id")),
        ("id: wait", "id: total", ("duplicate-id", 12, "indicators.total.id")),
        ("weight: 30", "weight: 31", ("weights-do-not-sum", 9, "dimensions.economy")),
        ("in: people, ", "in: economy, ", ("empty-dimension", 8, "dimensions.people")),
        ("weight: 30, ", "", ("no-weight", 12, "indicators.wait")),
        ("weight: 30, ", "weight: 30, counts: false, ", ("weight-without-effect", 12, "indicators.wait.weight")),
        (", rural: 70", "", ("missing-type-weight", 13, "indicators.rate.weight")),
        ("at_least: 80", "at_least: 80, quota: {max_share: 0.3}", None),
        ("id: b, title: 良", "id: b, title: 良, at_least: 80", ("thresholds-do-not-descend", 15, "grades.levels.b.at_least")),
        ("id: a, title: 优, at_least: 80", "id: a, title: 优", ("no-threshold", 15, "grades.levels.a")),
        ("id: b, title: 良", "id: a, title: 良", ("duplicate-id", 15, "grades.levels")),
        ("sum: 100}", "sum: 100}\naggregate: power", ("no-exponent", 7, "aggregate")),
        ("sum: 100}", "sum: 100}\naggregate: {method: geometric, p: 2}", ("exponent-without-effect", 7, "aggregate")),
        ("title: 民生,", "title: 民生, aggregate: none,", ("none-below-total", 8, "dimensions.people.aggregate")),
        ("normalise: minmax", "missing: {max_share: 0.1}, normalise: minmax",
         ("max-share-without-effect", 12, "indicators.wait.missing.max_share")),
        ("normalise: minmax", "not_applicable: {policy: zero, types: [citty]}, normalise: minmax",
         ("unknown-type", 12, "indicators.wait.not_applicable.types")),
        ("grades:", "adjust: {veto: [{id: v, title: v, when: {incident: f}, grade: c}]}\ngrades:",
         ("unknown-grade", 14, "adjust.veto.v.grade")),
        ("grades:", "adjust: {caps: [{id: v, title: v, when: {incident: f}, grade_at_most: c}]}\ngrades:",
         ("unknown-grade", 14, "adjust.caps.v.grade_at_most")),
        ("grades:", "adjust: {tolerance: [{id: v, title: v, lifts: [w]}]}\ngrades:",
         ("unknown-adjustment", 14, "adjust.tolerance.v.lifts")),
    ],
)  # fmt: skip
def test_parts_that_do_not_fit_are_told_with_their_line(old: str, new: str, fault: tuple[str, int, str] | None) -> None:
    if fault is None:
        parse_scheme(changed(old, new))
        return
    assert fault in faults(changed(old, new))


def test_a_cycle_of_dimensions_is_told_and_nothing_hangs() -> None:
    cycle = (
        "dimensions:\n  - {id: a, title: a, in: b, weight: 1}\n  - {id: b, title: b, in: a, weight: 1}\n"
        "  - {id: c, title: c, in: c, weight: 1}\n" + LEAF.replace("id: i,", "id: i, in: a,")
    )
    found = faults(HEAD + cycle)
    assert [fault for fault in found if fault[0] == "cyclic-tree"] == [
        ("cyclic-tree", 6, "dimensions.a.in"),
        ("cyclic-tree", 8, "dimensions.c.in"),
    ]


def test_a_tree_without_an_indicator_that_counts_is_told() -> None:
    assert faults(HEAD + LEAF.replace("weight: 1", "counts: false"))[0] == ("empty-tree", 5, "indicators")


def test_weights_that_are_all_nought_are_told() -> None:
    assert faults(HEAD + LEAF.replace("weight: 1", "weight: 0"))[0][0] == "zero-weights"


def test_weights_are_added_as_decimal_numbers() -> None:
    thirds = "weights: {sum: 0.3}\nindicators:\n" + "".join(
        f"  - {{id: i{at}, title: i, direction: higher, weight: 0.1, normalise: minmax}}\n" for at in range(3)
    )
    assert parse_scheme(HEAD + thirds).scheme.weights.sum == 0.3, "0.1 + 0.1 + 0.1 is 0.30000000000000004 in binary"


def test_absolute_weights_of_the_leaves_add_to_the_whole_and_to_their_dimensions() -> None:
    text = (
        "weights: {nested: absolute, sum: 10}\ndimensions:\n  - {id: d, title: d, weight: 6}\n  - {id: e, title: e}\n"
        "indicators:\n"
        "  - {id: i, title: i, in: d, direction: higher, weight: 6, normalise: minmax}\n"
        "  - {id: j, title: j, in: e, direction: higher, weight: 4, normalise: minmax}\n"
    )
    parse_scheme(HEAD + text)
    assert faults(HEAD + text.replace("weight: 6, normalise", "weight: 5, normalise")) == [
        ("weights-do-not-sum", 7, "dimensions.d")
    ]
    assert faults(HEAD + text.replace("weight: 4", "weight: 3"))[0][0] == "weights-do-not-sum"


def test_every_problem_says_what_was_found_in_both_languages_and_what_to_do() -> None:
    from tests.scheme.faults import problems_of

    text = (
        changed("weight: 30", "weight: 31").replace("minmax", "minmaks").replace("id: b, title: 良", "id: a, title: 良")
    )
    for found in problems_of(text):
        assert found.found.zh and found.found.en and found.found.zh != found.found.en
        assert found.fix.zh and found.fix.en


def test_a_good_scheme_passes_every_check() -> None:
    file = parse_scheme(GOOD)
    assert len(CHECKS) > 10
    assert [found for check in CHECKS for found in check(file.scheme, file.source)] == []
