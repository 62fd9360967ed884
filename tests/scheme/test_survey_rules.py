"""The keys of surveys: which go together."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from minping.scheme.survey_rules import Weighting


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"method": "rake"}, "method and margins go together"),
        ({"margins": ["age"]}, "method and margins go together"),
        ({"method": "poststratify", "margins": ["age", "sex"]}, "takes one margin"),
        ({"method": "rake", "margins": ["age", "age"]}, "stands twice"),
        ({"method": "bounded", "margins": ["age"]}, "bounds are of"),
        ({"method": "greg", "margins": ["age"], "bounds": (0.5, 2.0)}, "bounds are of"),
        ({"method": "bounded", "margins": ["age"], "bounds": (1.5, 2.0)}, "either side of 1"),
    ],
)
def test_keys_that_do_not_go_together_are_refused(keys: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Weighting.model_validate(keys)


def test_the_columns_of_crossed_margins_are_named_once() -> None:
    found = Weighting.model_validate({"method": "rake", "margins": ["age+sex", "age", "town"]})
    assert found.columns == ("age", "sex", "town")
