"""Ratings as values: against plain counting, row by row."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from minping.evidence import load_evidence
from minping.indicators.compute import Voices, measured
from minping.indicators.events import years_in
from minping.indicators.lags import months_of
from minping.indicators.ratings import MEASURES, Heard, listen, measure, response, tally
from minping.model.evidence import Codebook, Evidence
from minping.scheme.shape import From
from minping.stats.designs import Design, Stage, variances

BODIES = ("b1", "b2", "b3")
CODEBOOK = Codebook({}, records=("ratings", "offers"))


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    home = tmp_path_factory.mktemp("ratings")
    (home / "evidence").mkdir()
    random = np.random.default_rng(4)
    (home / "evidence" / "bodies.csv").write_text("body,name\n" + "".join(f"{body},单位{body}\n" for body in BODIES))
    rows = []
    for at in range(3000):
        body, status = (
            BODIES[int(random.integers(0, 2))],
            str(random.choice(["", "rated", "defaulted", "removed"], p=[0.4, 0.4, 0.15, 0.05])),
        )
        day = f"{random.choice([2023, 2024])}-{random.integers(1, 13):02d}-{random.integers(1, 29):02d}"
        level = "" if status == "defaulted" else str(random.integers(1, 6))
        called = f"单位{body}" if at % 7 == 0 else body
        rows.append(
            [at, called, day, level, status, "r" if status == "removed" else "", "a", f"w{random.integers(0, 6)}"]
        )
    write(
        home / "evidence" / "ratings.csv",
        ["case", "body", "rated_on", "level", "status", "reason", "approved_by", "window"],
        rows,
    )
    offers = [
        ["b1", "2024-01", 400, 300, 100],
        ["b1", "2024-02", 600, 300, 150],
        ["b2", "2023-12", 50, 50, 10],
        ["b2", "2024", 80, 40, 20],
    ]
    write(home / "evidence" / "offers.csv", ["body", "period", "issued", "offered", "answered"], offers)
    return load_evidence(home, CODEBOOK)


def write(path: Path, header: list[str], rows: list[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def plain(evidence: Evidence, period: str, as_ruled: bool) -> np.ndarray:
    """Levels of each body, counted row by row."""
    first, last = months_of(period) or (1, 0)
    found = np.zeros((len(BODIES), 5))
    with (Path(evidence.folder) / "evidence" / "ratings.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            month = int(row["rated_on"][:4]) * 12 + int(row["rated_on"][5:7]) - 1
            if not first <= month <= last:
                continue
            at = BODIES.index(row["body"].removeprefix("单位"))
            if row["status"] == "defaulted":
                found[at, 2] += as_ruled
            elif row["status"] != "removed" or not as_ruled:
                found[at, int(row["level"]) - 1] += 1
    return found


PERIODS = ("2023", "2024", "2024Q2", "2024-05", "2023-2024")


@pytest.fixture(scope="module")
def heard(evidence: Evidence) -> Heard:
    return listen(evidence.records["ratings"], evidence.bodies, PERIODS)


@pytest.mark.parametrize("as_ruled", [False, True])
def test_every_period_is_counted_as_row_by_row(evidence: Evidence, heard: Heard, as_ruled: bool) -> None:
    for at, period in enumerate(PERIODS):
        found = heard.ruled[at] if as_ruled else heard.rated[at]
        np.testing.assert_array_equal(found, plain(evidence, period, as_ruled), err_msg=period)


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_is_the_mean_of_what_levels_are_worth(evidence: Evidence, heard: Heard, name: str) -> None:
    counts = plain(evidence, "2024", True)
    found = measure(heard, name, as_ruled=True)
    np.testing.assert_allclose(found.estimate[1, :2], (counts @ MEASURES[name])[:2] / counts[:2].sum(axis=1))
    assert found.n[1].tolist() == counts.sum(axis=1).tolist()


def test_a_body_that_nobody_rated_has_no_value(heard: Heard) -> None:
    found = measure(heard, "share_satisfied")
    assert np.isnan(found.estimate[:, 2]).all() and np.isnan(found.se[:, 2]).all() and (found.n[:, 2] == 0).all()


def test_asking_twice_changes_nothing(heard: Heard) -> None:
    once, again = (measure(heard, "share_bad", as_ruled=True).estimate for _ in range(2))
    np.testing.assert_array_equal(once, again)


def made(levels: list[list[float]]) -> Heard:
    """One body, one period; a row of counts per cluster."""
    rated, nothing = np.array(levels), np.zeros((1, 1))
    counts, products = rated.sum(axis=0)[None, None], (rated.T @ rated)[None, None]
    groups = np.full((1, 1), float(len(levels)))
    return Heard(("2024",), ("b",), counts, nothing, nothing, groups, counts, products, products)


def by_design(evidence: Evidence, period: str, name: str, as_ruled: bool) -> np.ndarray:
    """The same standard errors, one row per rating, from the statistics of designs; (N,)."""
    first, last = months_of(period) or (1, 0)
    body, cluster, worth = [], [], []
    with (Path(evidence.folder) / "evidence" / "ratings.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            month = int(row["rated_on"][:4]) * 12 + int(row["rated_on"][5:7]) - 1
            default, removed = row["status"] == "defaulted", row["status"] == "removed"
            if first <= month <= last:
                counts = as_ruled and not removed if default or removed else True
                counts = counts or (removed and not as_ruled)
                body.append(BODIES.index(row["body"].removeprefix("单位")))
                cluster.append(int(row["window"][1:]))
                level = 3 if default else int(row["level"])
                worth.append(MEASURES[name][level - 1] if counts else np.nan)
    domain, y = np.array(body), np.array(worth)
    there = ~np.isnan(y)
    n = np.bincount(domain[there], minlength=3)
    mean = np.bincount(domain[there], y[there], minlength=3)[:2] / n[:2]
    apart = np.where(there, (y - mean[domain]) / n[domain], 0.0)[:, None]
    design = Design(np.ones(len(y)), (Stage(domain, np.array(cluster)),), lonely="certainty")
    return np.sqrt(variances(design, apart, domain, 3)[:2, 0])


@pytest.mark.parametrize("as_ruled", [False, True])
@pytest.mark.parametrize("name", MEASURES)
def test_the_error_of_windows_is_that_of_the_design(
    evidence: Evidence, heard: Heard, name: str, as_ruled: bool
) -> None:
    seen = 0
    for at, period in enumerate(PERIODS):
        expected = by_design(evidence, period, name, as_ruled)
        found = measure(heard, name, as_ruled=as_ruled).se[at, :2]
        assert (found >= expected * (1 - 1e-12)).all()
        clustered = expected > found * (1 - 1e-9)
        seen += int(clustered.sum())
        np.testing.assert_allclose(found[clustered], expected[clustered], rtol=1e-11)
    assert seen > 0


def test_the_error_of_independent_ratings_is_that_of_a_share() -> None:
    each = made([[0, 0, 0, 0, 1]] * 60 + [[1, 0, 0, 0, 0]] * 40)
    assert measure(each, "share_satisfied").se[0, 0] == pytest.approx(100 * np.sqrt(0.6 * 0.4 / 100), rel=0.02)


def test_windows_that_differ_make_the_error_larger() -> None:
    apart = made([[0, 0, 0, 0, 50], [50, 0, 0, 0, 0]])
    mixed = made([[25, 0, 0, 0, 25], [25, 0, 0, 0, 25]])
    assert measure(apart, "share_satisfied").se[0, 0] > 5 * measure(mixed, "share_satisfied").se[0, 0]


def test_where_all_are_satisfied_the_error_is_still_not_nought() -> None:
    few, many = made([[0, 0, 0, 0, 3]]), made([[0, 0, 0, 0, 3000]])
    assert measure(few, "share_satisfied").se[0, 0] > 10 > 1 > measure(many, "share_satisfied").se[0, 0] > 0


def test_response_is_told_from_the_offers_of_the_months_within(evidence: Evidence) -> None:
    found = response(evidence.records["offers"], evidence.bodies, PERIODS, "response_rate")
    assert found.estimate[1, 0] == pytest.approx(25.0) and found.n[1, 0] == 1000
    assert found.estimate[1, 1] == pytest.approx(25.0) and found.estimate[0, 1] == pytest.approx(20.0)
    assert np.isnan(found.estimate[1, 2]) and np.isnan(found.estimate[0, 0])
    asked = response(evidence.records["offers"], evidence.bodies, PERIODS, "share_asked")
    assert asked.estimate[1, 0] == pytest.approx(60.0)


def test_the_tally_holds_defaults_and_removed_ratings(evidence: Evidence, heard: Heard) -> None:
    told = tally(heard)[1]
    rated, ruled = plain(evidence, "2024", False), plain(evidence, "2024", True)
    np.testing.assert_array_equal(told[:, :5], rated)
    np.testing.assert_array_equal(told[:, 5] - told[:, 6], ruled.sum(axis=1) - rated.sum(axis=1))


def test_years_are_those_in_which_somebody_rated(evidence: Evidence) -> None:
    assert years_in(evidence.records["ratings"], "rated_on") == [2023, 2024]


@pytest.mark.parametrize(("least", "k"), [(1, 1), (1, 600), (600, 1), (10_000, 1)])
def test_too_few_to_count_or_to_publish_are_no_value(evidence: Evidence, least: int, k: int) -> None:
    said = Voices(("2024",), listen(evidence.records["ratings"], evidence.bodies, ["2024"]), None, None)
    told = measured(From(ratings="mean_points", least=least), said, evidence, k)
    few = told.n < max(least, k)
    np.testing.assert_array_equal(np.isnan(told.estimate), few)
    np.testing.assert_array_equal(np.isnan(told.se), few)
    assert (told.n[few] == said.heard.rated.sum(axis=-1)[few]).all() if said.heard is not None else False
