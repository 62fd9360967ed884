from __future__ import annotations

from datetime import date

import numpy as np

from minping.indicators.official import latest_figures
from tests.made import Row, evidence

ROWS = [
    Row("p", "2019", "x", 1.0, released_on="2020-02-01"),
    Row("p", "2019", "x", 3.0, released_on="2020-12-01"),
    Row("p", "2019", "x", 2.0, released_on="2020-06-01"),
    Row("q", "2019", "x", 9.0, released_on="2020-06-01"),
    Row("q", "2020", "y", 5.0, se=0.5, released_on="2020-06-01"),
]


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def test_the_latest_release_is_used_and_the_others_are_counted() -> None:
    figures = latest_figures(evidence(ROWS).official, ("x", "y", "nobody"))
    assert figures.value.shape == (2, 2, 3)
    assert figures.value[0, 0, figures.of("x")] == 3.0
    assert figures.row[0, 0, 0] == 1
    assert figures.superseded == 2
    assert figures.se[1, 1, 1] == 0.5 and np.isnan(figures.se[0, 0, 0])
    assert np.isnan(figures.value[..., figures.of("nobody")]).all()
    assert (figures.row[..., figures.of("nobody")] == -1).all()


def test_releases_after_the_cut_off_are_not_used() -> None:
    official = evidence(ROWS).official
    assert latest_figures(official, ("x",), day("2020-06-01")).value[0, 0, 0] == 2.0
    assert latest_figures(official, ("x",), day("2020-05-31")).value[0, 0, 0] == 1.0
    nothing = latest_figures(official, ("x",), day("2019-01-01"))
    assert np.isnan(nothing.value).all() and nothing.superseded == 0


def test_a_row_without_a_date_gives_way_to_one_with_a_date() -> None:
    rows = [Row("p", "2019", "x", 3.0, released_on="2020-01-01"), Row("p", "2019", "x", 1.0)]
    assert latest_figures(evidence(rows).official, ("x",)).value[0, 0, 0] == 3.0


def test_an_empty_table_gives_empty_figures() -> None:
    official = evidence([], ids=["p", "q"]).official
    figures = latest_figures(official, ("x",))
    assert figures.value.shape == (0, 2, 1)


def test_figures_that_no_one_asked_for_are_left_alone() -> None:
    assert latest_figures(evidence(ROWS).official, ("y",)).superseded == 0
