"""How often a scheme asks for a figure."""

from __future__ import annotations

import pytest

from minping.scheme.burden import asked, times_a_year
from minping.scheme.read import parse_scheme
from tests.scheme.lint.schemes import plain


@pytest.mark.parametrize(
    ("words", "times"),
    [("annual", 1), ("每年", 1), ("half-yearly", 2), ("每半年", 2), ("季度", 4), ("Monthly", 12), ("weekly", 52), ("", 3), ("now and then", 3)],
)  # fmt: skip
def test_frequencies_in_words(words: str, times: float) -> None:
    assert times_a_year(words, 3.0) == times


def test_only_what_bodies_report_themselves_is_asked() -> None:
    text = plain(
        "a, weight: 1, source: {reporter: self, frequency: monthly}",
        "b, weight: 1, source: {reporter: statistics}",
        "c, weight: 1, source: {reporter: self}",
    )
    found = asked(parse_scheme(text + "burden: {reports_per_year: 2}\n").scheme)
    assert [(one.indicator.id, one.a_year) for one in found] == [("a", 12.0), ("c", 2.0)]
