"""What is sure whatever the silent think."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from minping.scheme.shape import From, Indicator
from minping.scoring.evaluation import Evaluation
from minping.scoring.silence import Silence, silence
from minping.scoring.tables import silent
from tests.made import run, table

SCHEME = """\
indicators:
  - {id: a, title: a, direction: higher, weight: 1, normalise: given}
  - id: share_satisfied
    title: liked
    direction: higher
    counts: false
    normalise: {method: goalposts, floor: 60, target: 100, reason: a pass}
  - {id: response_rate, title: answered, direction: higher, counts: false}
"""


def evaluated(share: list[float], response: list[float], scheme: str = SCHEME) -> Evaluation:
    """An evaluation whose ratings gave these shares; scored by another figure."""
    figures = {"a": [float(at) for at in range(len(share))], "share_satisfied": share, "response_rate": response}
    found = run(scheme, table(figures), draws=20)
    parts = tuple(_of_ratings(part) for part in found.scheme.indicators)
    changed = found.scheme.model_copy(update={"indicators": parts})
    return dataclasses.replace(found, scheme_file=dataclasses.replace(found.scheme_file, scheme=changed))


def _of_ratings(part: Indicator) -> Indicator:
    rated = {"share_satisfied": From(ratings="share_satisfied"), "response_rate": From(ratings="response_rate")}
    return part.model_copy(update={"evidence": rated[part.id]}) if part.id in rated else part


def told(*arguments: list[float]) -> Silence:
    found = silence(evaluated(*arguments))
    assert found is not None
    return found


def test_the_silent_stretch_the_share_from_all_dissatisfied_to_all_satisfied() -> None:
    found = told([90.0, 90.0, 50.0], [100.0, 40.0, 80.0])
    assert found.low == pytest.approx([90.0, 36.0, 40.0]) and found.high == pytest.approx([90.0, 96.0, 60.0])
    assert found.best.tolist() == [1, 1, 2] and found.worst.tolist() == [2, 3, 3]


def test_the_gap_is_how_much_lower_the_silent_must_be_for_all_to_lie_at_the_floor() -> None:
    found = told([90.0, 90.0, 90.0], [40.0, 80.0, 100.0])
    assert found.gap[0] == pytest.approx(50.0)  # 0.4 × 90 + 0.6 × 40 = 60
    assert found.attainable[:2].tolist() == [1.0, 0.0]  # 0.8 × 90 = 72 > 60 whatever they think
    assert np.isnan(found.attainable[2]) and found.gap[2] == np.inf


def test_an_unknown_response_has_no_bounds_and_more_answers_than_services_is_all() -> None:
    found = told([90.0, 80.0, np.nan], [np.nan, 130.0, 50.0])
    assert np.isnan(found.low[[0, 2]]).all() and found.best.tolist() == [0, 1, 0]
    assert (found.low[1], found.high[1]) == (80.0, 80.0)


def test_without_goalposts_there_is_no_gap() -> None:
    found = silence(evaluated([90.0, 80.0], [50.0, 50.0], SCHEME.replace("goalposts, floor: 60, target: 100", "given")))
    assert found is not None and np.isnan(found.least) and np.isnan(found.gap).all()


def test_without_ratings_there_is_nothing_to_tell() -> None:
    assert silence(run(SCHEME, table({"a": [1.0, 2.0]}))) is None
    assert silent(run(SCHEME, table({"a": [1.0, 2.0]})))["body"] == []


def test_ranks_within_the_bounds_are_shown_only_where_ranks_are() -> None:
    shown = silent(evaluated([90.0, 50.0], [90.0, 90.0]))
    hidden = silent(evaluated([90.0, 50.0], [90.0, 90.0], SCHEME + "publish: {ranking: none}\n"))
    assert shown["worst"].to_pylist() == [1, 2]
    assert hidden["worst"].to_pylist() == [None, None]
