"""Case mix: bodies that differ only in what they serve come out alike, and what can't be told is said."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy.special import expit

from minping.evidence import load_evidence
from minping.indicators.casemix import CaseMix, case_mix, measure_adjusted
from minping.indicators.ratings import MEASURES, listen, measure
from minping.model.evidence import Codebook, Evidence
from minping.stats.ordinal import fit_ordinal
from minping.stats.standardisation import standardise

BODIES = tuple(f"b{at}" for at in range(12))
CHANNELS, EFFECTS = ("hall", "online", "phone"), np.array([0.6, 0.0, -1.2])
CUTS = np.array([-3.0, -2.0, -0.8, 0.9])
HEAD = ("case", "body", "rated_on", "level", "channel", "service", "window")


def folder(home: Path, rows: list[list[object]], bodies: tuple[str, ...] = BODIES) -> Evidence:
    (home / "evidence").mkdir(parents=True)
    listed = "".join(f"{body},{body}\n" for body in bodies)
    (home / "evidence" / "bodies.csv").write_text(f"body,name\n{listed}", encoding="utf-8")
    with (home / "evidence" / "ratings.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return load_evidence(home, Codebook({}, records=("ratings",)))


def drawn(seed: int, each: int = 300) -> tuple[list[list[object]], np.ndarray, np.ndarray]:
    """Ratings of bodies of one quality with quite different channels: rows, channel and level of each."""
    random = np.random.default_rng(seed)
    body = np.repeat(np.arange(len(BODIES)), each)
    shares = random.dirichlet(np.full(3, 0.7), len(BODIES))
    channel = np.array([random.choice(3, p=shares[at]) for at in body])
    below = expit(CUTS - EFFECTS[channel][:, None])
    level = 1 + (random.random(len(body))[:, None] > below).sum(axis=1)
    rows = [
        [at, f" {BODIES[one]}", f"2025-{1 + at % 12:02d}-{1 + at % 28:02d}", int(star), CHANNELS[how] if how else "hall ", "x", f"w{at % 7}"]
        for at, (one, how, star) in enumerate(zip(body, channel, level, strict=True))
    ]  # fmt: skip
    return rows, channel, level


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    return folder(tmp_path_factory.mktemp("mix") / "home", drawn(1)[0])


@pytest.fixture(scope="module")
def found(evidence: Evidence) -> CaseMix:
    return case_mix(evidence.records["ratings"], evidence.bodies, ("2025", "2025H1", "2019"), ("channel", "service"))


def test_bodies_that_differ_only_in_what_they_serve_come_out_alike(evidence: Evidence, found: CaseMix) -> None:
    heard = listen(evidence.records["ratings"], evidence.bodies, ("2025",))
    counted = measure(heard, "mean_points").estimate[0]
    adjusted = measure_adjusted(found, "mean_points")
    assert counted.std() > 2.5 * adjusted.estimate[0].std()
    off = (adjusted.estimate[0] - adjusted.estimate[0].mean()) / adjusted.se[0]
    assert np.abs(off).max() < 3.5 and 0.4 < off.std() < 1.6
    np.testing.assert_array_equal(adjusted.n[0], heard.rated[0].sum(axis=-1))
    # the county as a whole is where it was
    weights = adjusted.n[0] / adjusted.n[0].sum()
    assert abs(weights @ adjusted.estimate[0] - weights @ counted) < 1.0


@pytest.mark.parametrize("name", MEASURES)
def test_a_value_is_that_of_the_model_on_plainly_counted_cells(evidence: Evidence, found: CaseMix, name: str) -> None:
    rows, channel, level = drawn(1)
    body = np.array([BODIES.index(str(row[1]).strip()) for row in rows])
    counts = np.zeros((len(BODIES), 3, 5))
    np.add.at(counts, (body, channel, level - 1), 1.0)
    x = np.tile(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), (len(BODIES), 1))
    fit = fit_ordinal(counts.reshape(-1, 5), x, np.repeat(np.arange(len(BODIES)), 3), groups=len(BODIES))
    plain = standardise(fit, MEASURES[name], x[:3], counts.sum(axis=(0, 2)))
    np.testing.assert_allclose(found.estimate[name][0], plain.value, rtol=1e-6)


def test_a_part_of_the_year_is_fitted_by_itself_and_a_year_without_ratings_has_nothing(found: CaseMix) -> None:
    assert not np.allclose(found.estimate["share_bad"][0], found.estimate["share_bad"][1])
    assert (found.se["share_bad"][1] > found.se["share_bad"][0]).mean() > 0.8
    assert np.isnan(found.estimate["share_bad"][2]).all() and (found.n[2] == 0).all()


def test_what_the_model_can_not_tell_is_said(tmp_path: Path) -> None:
    rows, _, _ = drawn(2, each=60)
    rows = [row for row in rows if row[3] != 2]
    rows += [[f"e{at}", "end", "2025-03-04", 5, "hall", "x", ""] for at in range(9)]
    rows += [[f"k{at}", "b0", "2025-03-04", 5, "kiosk", "x", ""] for at in range(6)]
    evidence = folder(tmp_path / "home", rows, (*BODIES, "end", "none"))
    found = case_mix(evidence.records["ratings"], evidence.bodies, ("2025",), ("channel",))
    fitted = found.fitted[0]
    assert fitted.empty == (2,) and fitted.why_not == "" and fitted.at_an_end == 1
    assert [one[:2] for one in fitted.joined] == [("channel", "kiosk")]
    assert found.estimate["mean_points"][0, 12] == 100 and 1 < found.se["mean_points"][0, 12] < 30
    assert np.isnan(found.estimate["mean_points"][0, 13]) and np.isnan(found.se["mean_points"][0, 13])


def test_bodies_with_nothing_in_common_have_no_common_mix(tmp_path: Path) -> None:
    rows = [[f"{at}{star}", f"b{at}", "2025-03-04", star, f"c{at}", "x", ""] for at in range(2) for star in range(1, 6)]
    evidence = folder(tmp_path / "home", rows)
    found = case_mix(evidence.records["ratings"], evidence.bodies, ("2025",), ("channel",))
    assert "told from" in found.fitted[0].why_not
    assert np.isnan(found.estimate["mean_points"]).all() and found.n[0, :2].tolist() == [5, 5]
