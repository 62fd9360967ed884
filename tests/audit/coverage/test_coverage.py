"""Who can vouch for a figure: by declaration, by rows of others, by inspections, flows and call-backs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.audit.coverage.coverage import coverage
from minping.audit.coverage.words import reporting_words, resting_words
from minping.model.coverage import Coverage
from minping.pipeline import load_evidence
from minping.scheme.read import read_scheme

SCHEME = """\
format: scheme/v1
id: covered
version: 1
title: {zh: 示例, en: example}
authority: {issuer: 示例办}
subjects: {kind: region, types: {urban: {title: 城区}, rural: {title: 乡村}}}
weights: {sum: 100}
indicators:
  - {id: roads, title: {zh: 道路, en: roads}, direction: higher, weight: {urban: 40, rural: 10}, normalise: minmax, source: {reporter: self, frequency: 每月}}
  - {id: jobs, title: {zh: 就业, en: jobs}, direction: higher, weight: {urban: 30, rural: 30}, normalise: minmax, source: {reporter: self, check: 社保}}
  - {id: air, title: {zh: 空气, en: air}, direction: higher, weight: {urban: 30, rural: 60}, normalise: minmax, source: {reporter: statistics}}
  - {id: aside, title: {zh: 附列, en: aside}, direction: higher, counts: false, source: {reporter: self}}
audit:
  levels: [roads]
  series: {SERIES}
"""
HEAD = "inspection,body,visited_on,claim,reported_value,found_value,indicator,inspected_by\n"


def covered(home: Path, *, series: str = "{}", official: str = "", inspections: str = "") -> Coverage:
    """Two urban bodies and one rural."""
    folder = home / "evidence"
    folder.mkdir()
    (home / "scheme.yaml").write_text(SCHEME.replace("{SERIES}", series), encoding="utf-8")
    tables = {
        "bodies": "body,name,body_type\na,甲,urban\nb,乙,urban\nc,丙,rural\n",
        "official": "body,period,indicator,value,reporter\na,2024,roads,1,self\n" + official,
    }
    if inspections:
        tables["inspections"] = HEAD + inspections
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    scheme = read_scheme(home)
    return coverage(scheme.scheme, load_evidence(home, scheme), "2024")


def test_weights_rest_on_what_the_scheme_declares(tmp_path: Path) -> None:
    found = covered(tmp_path)
    assert [one.standing for one in found.indicators] == ["alone", "named", "independent", "alone"]
    np.testing.assert_allclose(found.resting, [[0.3, 0, 0.3, 0.4], [0.3, 0, 0.3, 0.4], [0.6, 0, 0.3, 0.1]])
    assert found.by_type["rural"]["alone"] == pytest.approx(0.1)
    assert found.share("alone") == pytest.approx(0.3)
    assert [one.weight for one in found.indicators] == pytest.approx([0.3, 0.3, 0.4, 0.0])
    assert [one.independence for one in found.indicators] == [0.0, 0.0, 0.5, 0.0]
    assert "40% reported by others, 30% self-reported, a check named but not there, 30% self-reported alone" in (
        resting_words(found).en
    )


def test_what_bodies_are_asked_counts_by_its_own_frequency_and_for_whom_it_weighs(tmp_path: Path) -> None:
    found = covered(tmp_path).reporting
    assert (found.indicators, found.bodies, found.cells, found.each) == (3, 3, 3 * 12 + 3 + 3, 14)


def test_an_inspection_from_outside_counts_for_its_body_and_one_by_itself_does_not(tmp_path: Path) -> None:
    visits = (
        "i1,a,2024-05-01,x,1,1,roads,third_party\ni2,b,2024-05-01,x,1,1,roads,self\ni3,c,2023-05-01,x,1,1,roads,upper\n"
    )
    found = covered(tmp_path, inspections=visits)
    np.testing.assert_allclose(found.resting[:, 1], [0.4, 0, 0])
    (other,) = found.indicators[0].others
    assert (other.kind, other.bodies) == ("inspections", 1)
    assert found.indicators[0].standing == "alone"  # of most bodies
    assert found.indicators[0].resting == pytest.approx((0, 0.4 / 3, 0, 0.5 / 3))


def test_rows_of_another_reporter_count(tmp_path: Path) -> None:
    found = covered(tmp_path, official="b,2024,jobs,3,statistics\nc,2023,jobs,3,statistics\n")
    np.testing.assert_allclose(found.resting[:, 1], [0, 0.3, 0])


@pytest.mark.parametrize(
    ("series", "checked"),
    [
        ("{tax: {kind: money, reporter: third_party}}", [0.4, 0, 0]),
        ("{tax: {kind: money, reporter: self}}", [0, 0, 0]),
        ("{tax: {kind: physical, reporter: third_party}}", [0, 0, 0]),
        ("{tax: {kind: money, reporter: third_party, part_of: [roads]}}", [0, 0, 0]),
    ],
)
def test_independent_flows_of_money_count_beside_a_level(tmp_path: Path, series: str, checked: list[float]) -> None:
    found = covered(tmp_path, series=series, official="a,2024,tax,5,\n")
    np.testing.assert_allclose(found.resting[:, 1], checked)


def test_a_scheme_that_asks_for_nothing_says_so(tmp_path: Path) -> None:
    found = covered(tmp_path)
    none = Coverage("2024", (), (), np.zeros((0, 4)), {}, type(found.reporting)(0, 0, 0.0))
    assert none.share("alone") == 0 and none.reporting.each == 0
    assert reporting_words(none).en == "The scheme asks bodies for no figures of their own."
