"""Percentages, means and deviations that can be, and that can't, as the audit tells them."""

from __future__ import annotations

from pathlib import Path

from minping.audit.fabrication.deviations import infeasible_deviations
from minping.audit.fabrication.figures import published, told
from minping.audit.opened import Opened
from minping.scheme.audit_rules import Audit
from minping.scheme.shape import Scheme
from minping.words import Text
from tests.audit.folders import looked, made, of, why

HEAD = "body,period,indicator,value,n,numerator,denominator,sd\n"
RULES = {
    "series": {
        "rate": {"kind": "share", "unit": "%", "decimals": 1},
        "mean": {"items": 1, "decimals": 2},
    }
}


def test_a_percentage_that_its_people_cannot_give(tmp_path: Path) -> None:
    rows = "b00,2024,rate,97.3,30,,,\nb01,2024,rate,96.7,30,,,\nb02,2024-03,rate,50.1,,,7,\n"
    found = looked(made(tmp_path, official=HEAD + rows), RULES)
    one, other = sorted(of(found, "shares"), key=lambda each: each.body)
    assert (one.id, one.grade, one.p, one.sample) == ("2024:shares:b00:rate", "E1", 0.0, ("evidence/official.csv:2",))
    assert one.said is not None and "96.67" in one.said.en and "100.00" in one.said.en and "30 people" in one.said.en
    assert other.id == "2024:shares:b02:rate" and found.compared["shares"] == 3


def test_several_figures_of_a_body_and_series_make_one_finding(tmp_path: Path) -> None:
    rows = "".join(f"b00,2024-0{month},rate,97.3,30,,,\n" for month in (1, 2, 3)) + "b00,2024-04,rate,96.7,30,,,\n"
    (one,) = of(looked(made(tmp_path, official=HEAD + rows), RULES), "shares")
    assert one.rows == 3 and one.said is not None and one.said.en.endswith("so can't 2 other figures")


def test_so_many_people_that_every_percentage_can_be_are_nothing_to_test(tmp_path: Path) -> None:
    found = looked(made(tmp_path, official=HEAD + "b00,2024,rate,97.3,1000,,,\nb01,2024,rate,97.3,,,,\n"), RULES)
    assert not of(found, "shares") and "so many that any can be" in why(found, "shares")


def test_a_nought_that_was_lost_in_reading_is_there_again_where_decimals_are_declared(tmp_path: Path) -> None:
    found = looked(made(tmp_path, official=HEAD + "b00,2024,rate,97.0,30,,,\n"), RULES)
    assert len(of(found, "shares")) == 1
    undeclared = {"series": {"rate": {"kind": "share"}}}
    (tmp_path / "2").mkdir()
    assert not of(looked(made(tmp_path / "2", official=HEAD + "b00,2024,rate,97.0,30,,,\n"), undeclared), "shares")


def test_means_of_whole_answers(tmp_path: Path) -> None:
    rows = "b00,2024,mean,5.19,28,,,\nb01,2024,mean,5.21,28,,,\n"
    found = looked(made(tmp_path, official=HEAD + rows), RULES)
    assert [one.body for one in of(found, "means")] == ["b00"]


def test_deviations_of_means_and_of_percentages(tmp_path: Path) -> None:
    # of the reference's vectors: 5.23 ± 2.55 of 35 can't be, .53 ± .50 of 1683 can and .19 ± .35 of 1683 can't
    rows = "b00,2024,mean,5.23,35,,,2.55\nb01,2024,rate,53,1683,,,50\nb02,2024,rate,19,1683,,,35\n"
    rules = {"series": {"rate": {"kind": "share"}, "mean": {"items": 1}}}
    found = looked(made(tmp_path, official=HEAD + rows), rules)
    assert [one.body for one in of(found, "deviations")] == ["b00", "b02"]
    (tmp_path / "2").mkdir()
    without = looked(made(tmp_path / "2", official=HEAD + "b00,2024,mean,5.23,35,,,\n"), rules)
    assert "no mean or percentage comes with" in why(without, "deviations")


def test_figures_of_the_period_and_of_those_within_it_one_entry_each(tmp_path: Path) -> None:
    rows = "b00,2023,rate,1,,,,\nb00,2024,rate,2.5,,,,\nb01,2024Q1,rate,3,,,,\nb01,2024,mean,4.25,9,,,\n"
    scheme = Scheme.model_construct(audit=Audit.model_validate(RULES), indicators=())
    opened = Opened(made(tmp_path, official=HEAD + rows), "2024", scheme, None)
    found = told(opened, lambda one: one.kind == "share")
    assert found.about == ("rate@2024Q1", "rate") and found.value.tolist() == [3.0, 2.5]
    assert [part.tolist() for part in published(found, opened)] == [[30, 25], [1, 1]]
    assert found.only(found.value < 3).about == ("rate",)
    assert isinstance(infeasible_deviations(opened), Text)
