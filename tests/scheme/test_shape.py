from __future__ import annotations

import pytest
from pydantic import ValidationError

from minping.scheme.part import Words
from minping.scheme.shape import Aggregate, From, Indicator, Normalise, Scheme
from minping.words import Text


def test_a_bare_title_is_chinese_and_says_itself_in_both_languages() -> None:
    indicator = Indicator.model_validate({"id": 7, "title": "增长", "direction": "higher", "normalise": "minmax"})
    assert indicator.title.text == Text("增长", "增长")
    assert indicator.id == "7", "a number is meant as a name"
    assert indicator.official == "7"
    assert indicator.normalise == Normalise(method="minmax")


def test_words_in_no_language_are_refused() -> None:
    with pytest.raises(ValidationError, match="zh or en"):
        Words()


def test_parameters_of_a_method_are_what_stands_beside_its_name_and_reason() -> None:
    rule = Normalise.model_validate({"method": "goalposts", "reason": "r", "floor": 0, "target": "p95"})
    assert rule.parameters == {"floor": 0, "target": "p95"}


def test_a_scheme_can_not_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Aggregate().method = "geometric"  # type: ignore[misc]


@pytest.mark.parametrize("key", sorted(Scheme.model_fields))
def test_every_key_of_a_scheme_has_a_type_and_no_two_meanings(key: str) -> None:
    assert Scheme.model_fields[key].annotation is not None
    assert key == key.lower()


@pytest.mark.parametrize(
    ("asked", "tables"),
    [
        ({}, ()),
        ({"official": "x"}, ()),
        ({"ratings": "mean_points"}, ("ratings",)),
        ({"ratings": "response_rate"}, ("ratings", "offers")),
        ({"requests": "solved_rate"}, ("requests",)),
        ({"surveys": "trust", "measure": "share_positive"}, ("surveys",)),
    ],
)
def test_a_figure_names_the_tables_of_events_it_comes_from(asked: dict[str, str], tables: tuple[str, ...]) -> None:
    found = From.model_validate(asked)
    assert found.tables == tables and found.is_event == bool(tables)


def test_a_figure_comes_from_one_kind_of_evidence() -> None:
    with pytest.raises(ValidationError, match="one of official, ratings, requests, surveys"):
        From(ratings="mean_points", surveys="trust")


@pytest.mark.parametrize("key", [{"measure": "mean_points"}, {"lonely": "certainty"}])
def test_keys_of_a_survey_stand_with_its_question(key: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="are of surveys"):
        From.model_validate({"ratings": "mean_points", **key})
