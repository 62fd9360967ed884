from __future__ import annotations

import numpy as np
import pytest

from minping.indicators import compute
from minping.indicators.compute import column_text, not_applicable
from minping.model.cells import State
from minping.model.values import Values
from minping.scheme.shape import NotApplicable
from tests.made import Row, bodies, evidence, flat, rows_of, scheme, table

POPULATION = {"population": np.array([2.0, 4.0, np.nan])}


def values_of(convert: str, rows: list[Row], more: str = "", **columns: object) -> Values:
    text = f"indicators:\n  - {{id: x, title: x, direction: higher, weight: 1, normalise: minmax, convert: {{{convert}}}{more}}}\n"
    return compute(scheme(text).scheme, evidence(rows, **columns))


def test_a_figure_per_head_is_divided_by_the_column_of_bodies() -> None:
    rows = rows_of({"x": [10.0, 10.0, 10.0]}, se=1.0)
    found = values_of("per: population, times: 10000", rows, covariates=POPULATION)
    np.testing.assert_allclose(found.estimate[0, :, 0], [50_000, 25_000, np.nan])
    np.testing.assert_allclose(found.se[0, :, 0], [5_000, 2_500, 0])
    np.testing.assert_allclose(found.raw[0, :, 0], 10.0)
    assert found.state[0].tolist() == [[State.OBSERVED], [State.OBSERVED], [State.MISSING]]


def test_a_figure_per_another_official_figure() -> None:
    found = values_of("per: workers", rows_of({"x": [10.0, 9.0], "workers": [5.0, 3.0]}))
    np.testing.assert_allclose(found.estimate[0, :, 0], [2, 3])


def test_real_terms_then_per_head_then_growth() -> None:
    rows = [Row("b", "2019", "x", 100.0), Row("b", "2020", "x", 132.0)]
    rows += [Row("b", "2019", "cpi", 100.0), Row("b", "2020", "cpi", 110.0)]
    rows += [Row("b", "2019", "heads", 10.0), Row("b", "2020", "heads", 8.0)]
    found = values_of("real: cpi, per: heads, growth: 1", rows)
    np.testing.assert_allclose(found.estimate[:, 0, 0], [np.nan, 50.0])  # 10 -> 120 / 8 = 15 per head


def test_growth_over_quarters_compares_with_the_quarter_a_year_ago() -> None:
    rows = [
        Row("b", period, "x", value) for period, value in (("2019Q1", 100.0), ("2019Q4", 400.0), ("2020Q1", 146.41))
    ]
    found = values_of("growth: 4", rows)
    np.testing.assert_allclose(found.estimate[:, 0, 0], [np.nan, np.nan, 10.0])


def test_growth_where_the_period_before_is_not_in_the_evidence_is_missing() -> None:
    found = values_of("growth: 1", [Row("b", "2018", "x", 1.0), Row("b", "2020", "x", 2.0)])
    assert np.isnan(found.estimate).all() and (found.state == State.MISSING).all()


def test_times_alone_changes_the_unit_and_its_error() -> None:
    found = values_of("times: 0.1", rows_of({"x": [10.0]}, se=2.0))
    np.testing.assert_allclose((found.estimate[0, 0, 0], found.se[0, 0, 0]), (1.0, 0.2))


@pytest.mark.parametrize(
    ("declared", "given", "wanted"),
    [
        ("se: 2", np.nan, 2.0),
        ("relative: 0.1", np.nan, 5.0),
        ("se: 2", 0.5, 0.5),
        ("se: 2, relative: 0.1", np.nan, 7.0),
    ],
)
def test_a_declared_error_stands_in_where_the_evidence_gives_none(declared: str, given: float, wanted: float) -> None:
    text = f"indicators:\n  - {{id: x, title: x, direction: higher, weight: 1, normalise: given, uncertainty: {{{declared}}}}}\n"
    found = compute(scheme(text).scheme, table({"x": [-50.0]}, se=given))
    np.testing.assert_allclose(found.se[0, 0, 0], wanted)


def test_what_does_not_apply_has_no_value_even_where_a_figure_stands() -> None:
    more = ", not_applicable: {policy: global, bodies: [b01]}"
    found = values_of("times: 1", rows_of({"x": [1.0, 2.0]}), more)
    np.testing.assert_array_equal(found.estimate[0, :, 0], [1, np.nan])
    assert found.state[0, 1, 0] == State.NOT_APPLICABLE
    assert found.raw[0, 1, 0] == 2.0


def test_a_rule_exempts_by_type_by_body_and_by_any_column() -> None:
    who = bodies(
        ["p", "q", "r", "s"],
        types=["city", "county", "city", "county"],
        notes={"coast": ("yes", "no", "no", "no")},
        covariates={"level": np.array([1.0, 2.0, 3.0, np.nan])},
    )
    assert not_applicable(None, who).tolist() == [False] * 4
    assert not_applicable(NotApplicable(policy="zero", types=("city",)), who).tolist() == [True, False, True, False]
    rule = NotApplicable(policy="zero", bodies=("q",), where={"coast": "yes", "level": "3"})
    assert not_applicable(rule, who).tolist() == [True, True, True, False]


def test_an_empty_cell_of_a_numeric_column_is_an_empty_text() -> None:
    who = bodies(["p", "q"], covariates={"level": np.array([1.5, np.nan])})
    assert column_text(who, "level") == ("1.5", "")
    assert column_text(who, "nowhere") == ("", "")


def test_a_companion_is_computed_too_and_two_indicators_may_share_a_figure() -> None:
    text = (
        flat("x")
        + "  - {id: pace, title: p, direction: higher, counts: false, from: {official: x}, convert: {growth: 1}}\n"
    )
    found = compute(scheme(text).scheme, evidence([Row("b", "2019", "x", 50.0), Row("b", "2020", "x", 55.0)]))
    np.testing.assert_allclose(found.estimate[1, 0], [55.0, 10.0])
    assert found.trace[1, 0].tolist() == [1, 1]


def test_figures_that_a_later_release_replaced_are_counted() -> None:
    rows = [Row("b", "2020", "x", 1.0, released_on="2021-01-01"), Row("b", "2020", "x", 2.0, released_on="2021-02-01")]
    found = compute(scheme("period: {cutoff_on: 2021-01-15}\n" + flat("x")).scheme, evidence(rows))
    assert (found.estimate[0, 0, 0], found.vintages) == (1.0, 0)
    found = compute(scheme(flat("x")).scheme, evidence(rows))
    assert (found.estimate[0, 0, 0], found.vintages) == (2.0, 1)
