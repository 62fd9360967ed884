"""What inspectors find."""

from __future__ import annotations

from tests.simulation.conftest import Made


def test_inspectors_other_than_the_body_find_less_where_it_was_padded(made: Made) -> None:
    below = set()
    for row in made["inspections"]:
        reported, found = float(row["reported_value"]), float(row["found_value"])
        if reported - found > float(row["tolerance"]):
            below.add((row["body"], row["indicator"]))
            assert row["inspected_by"] != "self" or row["body"] not in made.planted("padded")
    cases = {(case["body"], case["about"]) for case in made.told["irregular"].get("found_below", ())}
    assert cases <= below and len(below - cases) <= 3
    assert {body for body, _ in cases} == made.planted("padded")
