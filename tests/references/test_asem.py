"""ASEM sustainable connectivity: 51 countries, 49 indicators, a ragged tree of 4 levels, beside COINr 1.1.14.

The chain: raw figures per head or per GDP -> gaps filled by the mean of the continent -> outliers treated -> min-max
-> weighted means of two kinds. The files hold 17 digits; every step is compared from COINr's own input to it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from minping.model.arrays import Floats
from minping.scoring.evaluation import Evaluation
from minping.stats.moments import kurtosis, skewness
from minping.stats.normalise import METHODS
from minping.stats.outliers import has_outliers, treat
from tests.made import run, table
from tests.references.tables import column, number, rows_of

CLOSE = {"rtol": 1e-12, "atol": 1e-12}


@pytest.fixture(scope="module")
def asem(reference: Path) -> Path:
    return reference / "composite"


@cache
def meta(asem: Path) -> list[dict[str, str]]:
    return [row for row in rows_of(asem / "asem_iMeta.csv") if row["Type"] in ("Indicator", "Aggregate")]


def indicators(asem: Path) -> list[str]:
    return [row["iCode"] for row in meta(asem) if row["Type"] == "Indicator"]


def table_of(asem: Path, name: str) -> dict[str, Floats]:
    rows = rows_of(asem / name)
    assert len(rows) == 51
    return {key: column(rows, key) for key in rows[0] if key != "uCode"}


def scheme_of(asem: Path, rule: str = "method: minmax", more: str = "") -> str:
    """The scheme file of ASEM's tree, written from the table that describes it."""
    dimensions, leaves = "", ""
    for row in meta(asem):
        within = "" if row["Parent"] in ("Index", "") else f"in: {row['Parent']}, "
        head = f"  - {{id: {row['iCode']}, title: {row['iCode']}, {within}weight: {row['Weight']}"
        if row["Type"] == "Indicator":
            direction = "higher" if row["Direction"] == "1" else "lower"
            leaves += f"{head}, direction: {direction}, normalise: {{{rule}}}}}\n"
        elif row["iCode"] != "Index":
            dimensions += f"{head}}}\n"
    return f"{more}dimensions:\n{dimensions}indicators:\n{leaves}"


def evaluated(asem: Path, rule: str = "method: minmax", more: str = "") -> Evaluation:
    treated = table_of(asem, "std_treated.csv")
    return run(scheme_of(asem, rule, more), table({name: treated[name].tolist() for name in indicators(asem)}))


def test_the_tree_is_ragged_and_nested(asem: Path) -> None:
    scores = evaluated(asem).scores
    assert len(scores.bodies) == 51
    assert max(node.depth for node in scores.nodes) == 3
    assert sum(node.kind == "indicator" for node in scores.nodes) == 49


def test_points_and_every_aggregate_are_those_of_coinr(asem: Path) -> None:
    scores = evaluated(asem).scores
    normalised, aggregated = table_of(asem, "std_normalised.csv"), table_of(asem, "std_aggregated.csv")
    for name, wanted in normalised.items():
        np.testing.assert_allclose(scores.points[:, scores.column(name)], wanted, **CLOSE)
    for name, wanted in aggregated.items():
        at = 0 if name == "Index" else scores.column(name)
        np.testing.assert_allclose(scores.points[:, at], wanted, **CLOSE)


def test_results_and_ranks_are_those_of_coinr(asem: Path) -> None:
    scores = evaluated(asem).scores
    order = {row["uCode"]: at for at, row in enumerate(rows_of(asem / "std_treated.csv"))}
    for row in rows_of(asem / "std_results_full.csv"):
        at = order[row["uCode"]]
        np.testing.assert_allclose(scores.score[at], number(row["Index"]), **CLOSE)
        assert scores.rank[at] == number(row["Rank"])
        for name in ("Conn", "Sust", "Physical", "SusEcFin", "NEET"):
            np.testing.assert_allclose(scores.points[at, scores.column(name)], number(row[name]), **CLOSE)
    ranks = {row["uCode"]: row for row in rows_of(asem / "std_results_ranks.csv")}
    by_dimension = METHODS["rank"].points
    for name in ("Conn", "Sust", "Physical", "Environ"):
        points = by_dimension(np.round(scores.points[:, scores.column(name)], 9))
        wanted = np.array([number(ranks[code][name]) for code in order])
        np.testing.assert_allclose(51 - points / 100 * 50, wanted, **CLOSE)


def test_effective_weights_are_those_of_coinr(asem: Path) -> None:
    scores = evaluated(asem).scores
    for row in rows_of(asem / "std_eff_weights.csv"):
        at = 0 if row["iCode"] == "Index" else scores.column(row["iCode"])
        np.testing.assert_allclose(scores.weight[0, at], number(row["EffWeight"]), **CLOSE)


@pytest.mark.parametrize(("mean", "file"), [("geometric", "agg_gmean.csv"), ("arithmetic", "agg_amean_thresh.csv")])
def test_means_on_points_from_one_to_a_hundred_are_those_of_coinr(asem: Path, mean: str, file: str) -> None:
    scores = evaluated(asem, more=f"aggregate: {mean}\npoints: {{low: 1, high: 100}}\n").scores
    wanted = table_of(asem, file)
    assert {"Index", "Conn", "Physical"} <= set(wanted)
    for name, points in wanted.items():
        at = 0 if name == "Index" else scores.column(name)
        np.testing.assert_allclose(scores.points[:, at], points, **CLOSE)


def test_ranks_under_the_arithmetic_and_the_geometric_mean_are_those_of_coinr(asem: Path) -> None:
    ranks = [evaluated(asem, more=f"aggregate: {mean}\npoints: {{low: 1, high: 100}}\n").scores.rank
             for mean in ("arithmetic", "geometric")]  # fmt: skip
    codes = [row["uCode"] for row in rows_of(asem / "std_treated.csv")]
    rows = {row["uCode"]: row for row in rows_of(asem / "compare_amean_gmean.csv")}
    for at, name in enumerate(("coin.1", "coin.2")):
        np.testing.assert_array_equal(ranks[at], [number(rows[code][name]) for code in codes])


@pytest.mark.parametrize(
    ("file", "method", "parameters", "times", "plus"),
    [
        ("norm_zscore.csv", "zscore", {"mean": 0.0, "sd": 1.0, "clip": False}, 1.0, 0.0),
        ("norm_prank.csv", "percentile", {}, 0.01, 0.0),
        ("norm_borda.csv", "percentile", {}, 0.50, 0.0),  # Borda points: how many lie strictly below, of 50 others
        ("norm_dist2max.csv", "minmax", {}, 0.01, 0.0),  # one less the distance to the best, in ranges
    ],
)
def test_normalisations_are_those_of_coinr(
    asem: Path, file: str, method: str, parameters: dict[str, float], times: float, plus: float
) -> None:
    treated, wanted = table_of(asem, "std_treated.csv"), table_of(asem, file)
    directions = {row["iCode"]: row["Direction"] for row in meta(asem)}
    for name in indicators(asem):
        found = METHODS[method].points(treated[name], lower=directions[name] == "-1", **parameters)
        np.testing.assert_allclose(found * times + plus, wanted[name], **CLOSE)


def test_moments_and_the_flag_of_outliers_are_those_of_coinr(asem: Path) -> None:
    raw = rows_of(asem / "asem_iData.csv")
    for row in rows_of(asem / "std_stats_raw.csv"):
        values = column(raw, row["iCode"])
        np.testing.assert_allclose(skewness(values), number(row["Skew"]), **CLOSE)
        np.testing.assert_allclose(kurtosis(values), number(row["Kurt"]), **CLOSE)
        assert has_outliers(values) == (row["Flag.SkewKurt"] == "OUT")


def denominated(asem: Path) -> dict[str, Floats]:
    """The raw figures per head, per GDP …, by the conversion of a scheme, in the order of the other files."""
    raw = {row["uCode"]: row for row in rows_of(asem / "asem_iData.csv")}
    rows = [raw[row["uCode"]] for row in rows_of(asem / "std_treated.csv")]
    text = "missing: {policy: redistribute_within}\nindicators:\n"
    for row in meta(asem):
        if row["Type"] == "Indicator":
            convert = f", convert: {{per: {row['Denominator']}}}" if row["Denominator"] else ""
            text += f"  - {{id: {row['iCode']}, title: t, weight: 1, direction: higher, normalise: minmax{convert}}}\n"
    covariates = {name: column(rows, name) for name in ("Area", "Energy", "GDP", "Population")}
    names = indicators(asem)
    found = run(text, table({name: column(rows, name).tolist() for name in names}, covariates=covariates)).values
    return {name: found.estimate[0, :, at] for at, name in enumerate(names)}


def test_figures_per_head_and_per_gdp_are_those_of_coinr_where_it_filled_no_gap(asem: Path) -> None:
    filled = table_of(asem, "imp_median_grp.csv")
    for name, values in denominated(asem).items():
        there = ~np.isnan(values)
        np.testing.assert_allclose(values[there], filled[name][there], **CLOSE)


def test_the_treatment_of_outliers_is_that_of_coinr(asem: Path) -> None:
    raw = {row["uCode"]: row for row in rows_of(asem / "asem_iData.csv")}
    wanted = table_of(asem, "std_treated.csv")
    continent = np.array([raw[row["uCode"]]["EurAsia_group"] for row in rows_of(asem / "std_treated.csv")])
    how = []
    for name, values in denominated(asem).items():
        filled = values.copy()
        for group in ("Asia", "Europe"):
            there = (continent == group) & ~np.isnan(values)
            filled[(continent == group) & np.isnan(values)] = values[there].mean()
        treated = treat(filled)
        how.append(treated.how)
        np.testing.assert_allclose(treated.values, wanted[name], **CLOSE)
    assert how.count("winsorised") > 10
