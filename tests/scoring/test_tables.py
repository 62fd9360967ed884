from __future__ import annotations

import numpy as np
import pytest

from minping.scoring.evaluation import Evaluation
from minping.scoring.tables import TABLES, hidden_below
from tests.made import Row, evidence, flat, run

GRADED = "grades: {levels: [{id: good, title: g, at_least: 50}, {id: poor, title: p}]}\n"
COMPANION = "  - {id: c, title: c, direction: higher, counts: false}\n"
ROWS = [
    *(Row(body, "2019", "a", value) for body, value in zip("pqr", (10.0, 20.0, 30.0), strict=True)),
    *(Row(body, "2020", "a", value) for body, value in zip("pqr", (60.0, 90.0, 10.0), strict=True)),
    Row("p", "2020", "b", 50.0),
    Row("q", "2020", "b", 70.0),
    Row("q", "2020", "c", 7.0),
]

NAN = float("nan")


@pytest.fixture
def evaluation() -> Evaluation:
    more = GRADED + "uncertainty: {aggregate: [geometric]}\nwaivers: [{rule: L1, reason: 因为这是一个试验用方案}]\n"
    return run(flat("a", "b", more=more) + COMPANION, evidence(ROWS), draws=20)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_one_with_columns_of_equal_length_with_and_without_draws(
    evaluation: Evaluation, name: str
) -> None:
    bare = run(flat("a"), evidence([row for row in ROWS if row.indicator == "a"]))
    for found in (evaluation.table(name), bare.table(name)):
        assert found.num_columns >= 2
    assert evaluation.table(name).column_names == bare.table(name).column_names or name == "ranks"


def test_the_ranking_stands_best_first_and_who_has_no_rank_last(evaluation: Evaluation) -> None:
    found = evaluation.table("ranks").to_pydict()
    assert found["body"] == ["q", "p", "r"] and found["rank"] == [1, 2, 3]
    assert found["grade"] == ["good", "good", "poor"]
    assert found["share_missing"] == [0, 0, 0.5]
    excluded = run(flat("a", "b", more="missing: exclude\n"), evidence(ROWS), draws=9).table("ranks").to_pydict()
    assert excluded["body"][-1] == "r" and excluded["rank"] == [1, 2, None] and excluded["tier"][-1] is None


def test_the_contributions_of_the_score_table_sum_to_the_score(evaluation: Evaluation) -> None:
    found = evaluation.table("scores").to_pydict()
    rows = [row for row in zip(*found.values(), strict=True) if row[0] == "q"]
    by_node = {row[1]: row for row in rows}
    assert list(by_node) == ["total", "a", "b", "c"]
    at = list(found).index("contribution")
    np.testing.assert_allclose(by_node["a"][at] + by_node["b"][at], by_node["total"][at])
    assert by_node["c"][list(found).index("state")] == "observed"


def test_every_value_names_the_row_it_came_from(evaluation: Evaluation) -> None:
    found = evaluation.table("values").to_pylist()
    here = {(row["body"], row["indicator"]): row for row in found}
    assert (here["p", "a"]["file"], here["p", "a"]["row"], here["p", "a"]["value"]) == (
        "evidence/official.csv",
        5,
        60.0,
    )
    assert here["r", "b"]["row"] is None and here["r", "b"]["file"] == "" and here["r", "b"]["state"] == "missing"


def test_failed_draws_choices_pairs_and_history_are_told(evaluation: Evaluation) -> None:
    assert evaluation.table("draws").to_pylist()[:2] == [
        {"factor": "normalise", "alternative": "own"},
        {"factor": "aggregate", "alternative": "own"},
    ]
    pairs = evaluation.table("pairs").to_pylist()
    assert len(pairs) == 6 and {pair["probability_above"] for pair in pairs} <= {0.0, 1.0}
    history = evaluation.table("history").to_pylist()
    assert [(row["period"], row["points"]) for row in history][:3] == [("2019", 10.0), ("2019", 20.0), ("2019", 30.0)]
    assert evaluation.table("waivers").to_pydict()["rule"] == ["L1"]


def test_grades_have_a_probability_each(evaluation: Evaluation) -> None:
    found = evaluation.table("grades").to_pylist()
    assert [(row["grade"], row["proposed"]) for row in found if row["body"] == "q"] == [("good", True), ("poor", False)]


def test_outliers_are_always_reported_and_never_treated() -> None:
    plain, odd = list(np.arange(1.0, 21.0)), [*np.arange(1.0, 20.0), 400.0]
    rows = [Row(f"b{at}", "2020", name, value) for name, column in (("plain", plain), ("odd", odd))
            for at, value in enumerate(column)]  # fmt: skip
    evaluation = run(flat("plain", "odd"), evidence(rows))
    found = evaluation.table("outliers").to_pylist()
    assert [
        (row["indicator"], row["bodies"], row["outlying"], row["treatment"], row["values_moved"]) for row in found
    ] == [
        ("plain", 20, False, "none", 0),
        ("odd", 20, True, "winsorised", 1),
    ]
    assert evaluation.values.estimate[0, 19, 1] == 400.0 and evaluation.scores.score[19] == 210.0


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([50, 40, 30, 0], [50, 40, 30, 0]),
        ([50, 40, 3, 0], [50, NAN, NAN, 0]),
        ([50, 7, 3, 0], [50, NAN, NAN, 0]),
        ([50, 4, 3, 0], [NAN, NAN, NAN, 0]),
        ([50, 20, 4, 3], [50, NAN, NAN, NAN]),
        ([4, 3, 0, 0], [NAN, NAN, NAN, NAN]),
        ([9, 0, 0, 0], [NAN, NAN, NAN, NAN]),
        ([0, 0, 0, 0], [NAN, NAN, NAN, NAN]),
    ],
)
def test_small_counts_are_hidden_and_never_one_alone(counts: list[float], shown: list[float]) -> None:
    np.testing.assert_array_equal(hidden_below(np.array([counts], dtype=np.float64), 10), [shown])
