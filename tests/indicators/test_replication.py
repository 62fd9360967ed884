"""Replicates as a scheme names them: scales of given ones, what is too large, errors of a statistic."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from minping.indicators.replication import error_of, replicates_of
from minping.scheme.survey_rules import Replication
from minping.stats.designs import Design, Stage
from minping.stats.replicates import Replicates

ROWS = 40
DESIGN = Design(np.ones(ROWS), (Stage(np.zeros(ROWS, dtype=np.int64), np.arange(ROWS)),))


@pytest.mark.parametrize(
    ("keys", "scale", "centred"),
    [
        ({"method": "JK1"}, 3 / 4, False),
        ({"method": "BRR"}, 1 / 4, False),
        ({"method": "BRR", "fay": 0.5}, 1, False),
        ({"method": "bootstrap"}, 1 / 4, True),
        ({"method": "bootstrap", "scale": 0.3}, 0.3, True),
        ({"method": "JKn", "scale": 0.9, "centred": True}, 0.9, True),
    ],
)
def test_given_columns_have_the_scale_of_their_method_or_of_the_scheme(
    keys: dict[str, Any], scale: float, centred: bool
) -> None:
    how = Replication.model_validate({**keys, "columns": "w", "count": 4})
    found, problems = replicates_of("2024", DESIGN, np.ones((ROWS, 4)), how, None)
    assert found is not None and not problems
    assert found.scale == pytest.approx(np.full(4, scale)) and found.centred == centred


def test_more_weights_than_can_be_held_are_refused_with_a_way_out() -> None:
    rows = 60_000
    large = Design(np.ones(rows), (Stage(np.zeros(rows, dtype=np.int64), np.arange(rows)),))
    found, problems = replicates_of("2024", large, None, Replication(method="JK1"), None)
    assert found is None and "use bootstrap" in problems[0].found.en


def test_an_error_is_that_of_the_replicates_and_none_where_there_is_no_figure() -> None:
    replicates = Replicates(np.array([[1.0, 0.0, 2.0], [1.0, 2.0, 0.0]]), np.full(3, 0.5))
    found = error_of(
        replicates, np.array([10.0, np.nan]), lambda weight: np.array([5 * weight.sum() + weight[0], np.nan])
    )
    assert found[0] == pytest.approx(np.sqrt(0.5 * (1 + 0 + 4))) and np.isnan(found[1])
