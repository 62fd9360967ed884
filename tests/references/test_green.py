"""The Green Development Index 2016 of 31 provinces (National Bureau of Statistics, bulletin of 2017-12-26)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minping.scoring.compare import spearman
from minping.scoring.evaluation import Evaluation
from tests.made import run, table
from tests.references.tables import column, rows_of

WEIGHTS = {"resource": 29.32, "treatment": 16.50, "quality": 19.25, "ecology": 16.50, "growth": 9.15, "living": 9.18}

#: the first twelve provinces: sub-indices in the order of WEIGHTS, total, public satisfaction; from the bulletin, so that the most
#: important fact is tested where the reference files are absent
BULLETIN = {
    "北京": (82.92, 98.36, 78.75, 70.86, 93.91, 83.15, 83.71, 67.82),
    "福建": (90.32, 80.12, 92.84, 74.78, 74.55, 73.65, 83.58, 87.14),
    "浙江": (85.87, 84.84, 87.23, 72.19, 82.33, 77.48, 82.61, 83.78),
    "上海": (84.98, 86.87, 81.28, 66.22, 93.2, 80.52, 81.83, 76.51),
    "重庆": (84.49, 79.95, 89.31, 77.68, 78.49, 70.05, 81.67, 86.25),
    "海南": (84.07, 76.94, 94.95, 72.45, 72.24, 71.71, 80.85, 87.16),
    "湖北": (86.07, 82.28, 86.86, 71.97, 73.48, 70.73, 80.71, 78.22),
    "湖南": (83.7, 80.84, 88.27, 73.33, 77.38, 69.1, 80.48, 85.91),
    "江苏": (86.89, 81.64, 84.04, 62.84, 82.1, 79.71, 80.41, 80.31),
    "云南": (85.32, 74.43, 91.64, 75.79, 70.45, 68.74, 80.28, 81.81),
    "吉林": (86.13, 76.1, 85.05, 73.44, 71.2, 73.05, 79.6, 79.03),
    "广西": (85.25, 73.73, 91.9, 72.94, 68.31, 69.36, 79.58, 81.79),
}


def evaluation_of(columns: dict[str, list[float]]) -> Evaluation:
    text = "weights: {sum: 99.90}\npoints: {low: 60, high: 100}\nindicators:\n"
    for name, weight in WEIGHTS.items():
        text += f"  - {{id: {name}, title: {name}, weight: {weight}, direction: higher, normalise: given}}\n"
    text += "  - {id: satisfaction, title: s, direction: higher, counts: false, tags: [citizen]}\n"
    return run(text, table(columns))


def test_totals_of_the_bulletin_come_out_within_a_hundredth() -> None:
    columns = {
        name: [row[at] for row in BULLETIN.values()] for at, name in enumerate((*WEIGHTS, "total", "satisfaction"))
    }
    published = np.array(columns.pop("total"))
    scores = evaluation_of(columns).scores
    np.testing.assert_allclose(scores.score, published, rtol=0, atol=0.01 + 1e-9)


def test_all_31_totals_come_out_within_a_hundredth_and_the_ranks_are_those_published(reference: Path) -> None:
    rows = rows_of(reference / "official" / "green_development_index_2016_provinces.csv")
    columns = {name: column(rows, name).tolist() for name in (*WEIGHTS, "satisfaction")}
    evaluation = evaluation_of(columns)
    published = column(rows, "gdi")
    assert len(rows) == 31
    np.testing.assert_allclose(evaluation.scores.score, published, rtol=0, atol=0.01 + 1e-9)
    moved = np.abs(evaluation.scores.rank - np.array([1 + (published > score).sum() for score in published]))
    assert (moved <= 1).all()  # two totals that the bulletin rounds to the same hundredth may change places


def test_the_ranking_has_little_to_do_with_public_satisfaction(reference: Path) -> None:
    rows = rows_of(reference / "official" / "green_development_index_2016_provinces.csv")
    columns = {name: column(rows, name).tolist() for name in (*WEIGHTS, "satisfaction")}
    scores = evaluation_of(columns).scores
    shared, provinces = spearman(scores.score, scores.points[:, scores.column("satisfaction")])
    assert provinces == 31
    assert round(shared, 2) == 0.17
