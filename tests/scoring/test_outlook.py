"""What the data of an evaluation say to the linter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from minping.model.evidence import REPORTERS
from minping.scoring.outlook import outlook
from tests.made import run, table

TEXT = """\
indicators:
  - {id: beside, title: b, direction: higher, counts: false}
  - {id: a, title: a, direction: higher, weight: 3, normalise: given}
  - {id: b, title: b, direction: higher, weight: 1, normalise: given}
"""
FOUND = table({"a": [10.0, 20.0], "b": [30.0, np.nan], "beside": [1.0, 2.0]})


def test_figures_stand_in_the_order_of_the_scheme_and_companions_weigh_nothing() -> None:
    made = run(TEXT, FOUND)
    figures = outlook(made.scheme, made.evidence, made.values, made.scores)
    np.testing.assert_array_equal(figures.values, [[1.0, 10.0, 30.0], [2.0, 20.0, np.nan]])
    np.testing.assert_allclose(figures.effective, [[0.0, 0.75, 0.25], [0.0, 1.0, 0.0]])
    assert figures.bodies == ("b00", "b01") and figures.period == "2020"
    np.testing.assert_array_equal(figures.self_reported, [0.0, 0.0, 0.0])


def test_the_share_that_bodies_report_themselves_is_counted() -> None:
    own, office = REPORTERS.index("self"), REPORTERS.index("statistics")
    official = replace(FOUND.official, reporter=np.array([own, office, own, office, office], dtype=np.int8))
    made = run(TEXT, replace(FOUND, official=official))
    figures = outlook(made.scheme, made.evidence, made.values, made.scores)
    np.testing.assert_allclose(figures.self_reported, [0.0, 0.5, 1.0])


def test_an_evaluation_is_linted_with_its_data_and_waivers_hold_at_the_end_of_its_period() -> None:
    waiver = "waivers: [{rule: L4, reason: 群众评价另行公布不计入总分, expires_on: 2020-12-30}]\n"
    found = run(waiver + TEXT, FOUND).linted
    assert {"L12", "L13"} <= {*found.passed, *(one.rule for one in found.findings)}
    assert ("waiver", "warning") in [(one.rule, one.level) for one in found.findings]
    held = run(waiver.replace("12-30", "12-31") + TEXT, FOUND).linted
    assert [one.rule for one in held.waived] == ["L4"]
