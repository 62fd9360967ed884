"""Shrinking: the direct figures of each group of peers, drawn together by the methods of small areas."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from minping.evidence import load_evidence
from minping.indicators.compute import compute
from minping.indicators.ratings import Measured
from minping.indicators.shrinking import shrink
from minping.model.evidence import Codebook
from minping.scheme.shape import Shrink
from minping.stats.small_areas import beta_binomial, fay_herriot
from tests.made import scheme

PEERS = (np.arange(0, 30), np.arange(30, 40))


def measured(seed: int, n: np.ndarray | None = None) -> tuple[Measured, np.ndarray]:
    """Shares of 40 bodies in two periods, the second group of peers at another level, and their truth."""
    random = np.random.default_rng(seed)
    truth = np.concatenate([random.normal(92, 3, 30), random.normal(70, 4, 10)]).clip(1, 99)
    size = np.broadcast_to(random.integers(15, 80, 40) if n is None else n, (2, 40)).astype(float)
    part = random.binomial(size.astype(int), truth / 100)
    middle = (part + 0.5) / (size + 1)
    return Measured(100 * part / size, 100 * np.sqrt(middle * (1 - middle) / (size + 2)), size), truth


def test_each_group_of_peers_and_period_is_drawn_by_itself() -> None:
    direct, _ = measured(1)
    found = shrink(direct, Shrink(), PEERS).found
    for period in range(2):
        for rows in PEERS:
            value, se = direct.estimate[period, rows], direct.se[period, rows]
            plain = fay_herriot(value, se**2, np.ones((len(rows), 1)))
            np.testing.assert_array_equal(found.estimate[period, rows], plain.eblup)
            np.testing.assert_array_equal(found.se[period, rows], np.sqrt(plain.mse))


def test_counted_shares_are_drawn_by_their_counts() -> None:
    direct, _ = measured(2)
    found = shrink(direct, Shrink(method="beta_binomial"), PEERS).found
    hits = np.rint(direct.estimate[0, :30] * direct.n[0, :30] / 100)
    plain = beta_binomial(hits, direct.n[0, :30], draws=1)
    np.testing.assert_allclose(found.estimate[0, :30], 100 * plain.posterior_mean)
    np.testing.assert_allclose(found.se[0, :30], 100 * plain.posterior_sd)


@pytest.mark.parametrize("method", ["fay_herriot", "beta_binomial"])
def test_what_is_drawn_together_lies_nearer_to_the_truth(method: str) -> None:
    direct, drawn = [], []
    for seed in range(20):
        given, truth = measured(seed)
        found = shrink(given, Shrink(method=method), PEERS).found  # type: ignore[arg-type]
        direct.append(np.mean((given.estimate - truth) ** 2))
        drawn.append(np.mean((found.estimate - truth) ** 2))
    assert np.sqrt(np.mean(drawn)) < 0.85 * np.sqrt(np.mean(direct))


def test_nobody_without_a_figure_gets_one_and_certain_figures_stay() -> None:
    direct, _ = measured(3)
    direct.estimate[0, 4], direct.se[0, 4] = np.nan, np.nan
    direct.se[0, 5] = 0.0
    found = shrink(direct, Shrink(), PEERS).found
    assert np.isnan(found.estimate[0, 4]) and found.estimate[0, 5] == direct.estimate[0, 5] and found.se[0, 5] == 0


def test_few_bodies_stay_as_counted_and_chance_alone_is_said() -> None:
    direct, _ = measured(4)
    alone = shrink(direct, Shrink(), (np.arange(1),))
    np.testing.assert_array_equal(alone.found.estimate, direct.estimate)
    assert (alone.alone, alone.alike) == (2, 0)
    same = Measured(np.full((1, 5), 80.0), np.full((1, 5), 9.0), np.full((1, 5), 20.0))
    assert shrink(same, Shrink(), (np.arange(5),)).alike == 1


INDICATORS = """peers: {method: all}
indicators:
  - {id: plain, title: p, direction: higher, weight: 1, normalise: given, from: {ratings: share_satisfied}}
  - {id: drawn, title: d, direction: higher, weight: 1, normalise: given, from: {ratings: share_satisfied, shrink: true}}
  - {id: beta, title: b, direction: higher, weight: 1, normalise: given, from: {ratings: share_satisfied, shrink: beta_binomial}}
  - {id: none, title: n, direction: higher, weight: 1, normalise: given, from: {ratings: share_satisfied, shrink: false}}
"""


def test_the_direct_figure_stays_beside_the_drawn_one(tmp_path: Path) -> None:
    random = np.random.default_rng(5)
    (tmp_path / "evidence").mkdir()
    ids = [f"b{at}" for at in range(10)]
    listed = "".join(f"{body},{body}\n" for body in ids)
    (tmp_path / "evidence" / "bodies.csv").write_text(f"body,name\n{listed}", encoding="utf-8")
    rows = []
    for at, body in enumerate(ids):
        levels = random.choice([1, 5], 8 + 6 * at, p=[0.1 + 0.03 * at, 0.9 - 0.03 * at])
        rows += [[f"{body}-{case}", body, f"2025-02-{1 + case % 28:02d}", level] for case, level in enumerate(levels)]
    with (tmp_path / "evidence" / "ratings.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["case", "body", "rated_on", "level"], *rows])
    evidence = load_evidence(tmp_path, Codebook({}, records=("ratings",)))
    values = compute(scheme(INDICATORS).scheme, evidence)
    assert values.raw_se is not None
    for column in (1, 2):
        np.testing.assert_array_equal(values.raw[..., column], values.estimate[..., 0])
        np.testing.assert_array_equal(values.raw_se[..., column], values.se[..., 0])
        assert values.estimate[..., column].std() < values.estimate[..., 0].std()
    np.testing.assert_array_equal(values.estimate[..., 3], values.estimate[..., 0])
