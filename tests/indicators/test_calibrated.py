"""Ratings and offers of a folder, weighed: against plain code over its rows."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from minping.evidence import load_evidence
from minping.indicators import calibrated
from minping.indicators.calibrated import calibrate, measure_calibrated
from minping.indicators.ratings import listen, measure
from minping.model.calibration import Calibration, Outcome
from minping.model.evidence import Codebook, Evidence
from minping.scheme.shape import Calibrate

BODIES = ("b1", "b2", "b3", "b4")
PERIODS = ("2024", "2024H1")
CHANNELS = ("hall", "online", "phone")


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """b1 and b2 are rated in the hall, online, by phone (here and there with a blank); b3 never; b4 has no offers."""
    home = tmp_path_factory.mktemp("calibrated")
    (home / "evidence").mkdir()
    random = np.random.default_rng(9)
    write(home, "bodies", [("body", "name"), *((body, f"单位{body}") for body in BODIES)])
    rows: list[tuple[object, ...]] = [("case", "body", "rated_on", "level", "status", "channel", "window")]
    for at in range(2400):
        body, channel = random.choice(["b1", "b2", "b4"]), random.choice(CHANNELS, p=[0.6, 0.3, 0.1])
        status = str(random.choice(["rated", "defaulted"], p=[0.9, 0.1]))
        level = int(np.clip(round(random.normal(4 if channel == "hall" else 3, 1)), 1, 5))
        shown = f" {channel} " if at % 50 == 0 else "counter" if body == "b2" and at % 40 == 1 else channel
        day = f"2024-{random.integers(1, 13):02d}-{random.integers(1, 29):02d}"
        rows.append((at, body, day, "" if status == "defaulted" else level, status, shown, f"w{random.integers(0, 9)}"))
    write(home, "ratings", rows)
    offers: list[tuple[object, ...]] = [("body", "period", "channel", "issued")]
    for body, month, channel in ((b, m, c) for b in BODIES[:3] for m in range(1, 13) for c in CHANNELS):
        offers.append((body, f"2024-{month:02d}", channel, int(random.integers(20, 200))))
    write(home, "offers", offers)
    return load_evidence(home, Codebook({}, records=("ratings", "offers")))


def write(home: Path, table: str, rows: list[tuple[object, ...]]) -> None:
    with (home / "evidence" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def rows_of(evidence: Evidence, table: str) -> list[dict[str, str]]:
    with (Path(evidence.folder) / "evidence" / f"{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def weighed(evidence: Evidence, **how: object) -> Calibration:
    told = evidence.records
    key = Calibrate.model_validate({"to": ["channel"], **how})
    return calibrate(told["ratings"], told["offers"], evidence.bodies, PERIODS, key)


def plain(evidence: Evidence, body: str, months: range) -> float:
    """Share satisfied of all served: of each channel, by its cases."""
    levels: dict[str, list[int]] = {channel: [] for channel in CHANNELS}
    for row in rows_of(evidence, "ratings"):
        channel = row["channel"].strip()
        if row["body"] == body and int(row["rated_on"][5:7]) in months and row["level"] and channel in levels:
            levels[channel].append(int(row["level"]))
    cases = dict.fromkeys(CHANNELS, 0)
    for row in rows_of(evidence, "offers"):
        if row["body"] == body and int(row["period"][5:7]) in months:
            cases[row["channel"]] += int(row["issued"])
    shares = {channel: np.mean([level >= 3 for level in heard]) for channel, heard in levels.items()}
    return 100 * sum(shares[channel] * cases[channel] for channel in CHANNELS) / sum(cases.values())


@pytest.mark.parametrize("method", ["post", "rake", "greg"])
def test_every_body_and_period_is_as_counted_row_by_row(evidence: Evidence, method: str) -> None:
    found = measure_calibrated(weighed(evidence, method=method), "share_satisfied")
    for at, months in enumerate((range(1, 13), range(1, 7))):
        for body in (0, 1):
            assert found.estimate[at, body] == pytest.approx(plain(evidence, BODIES[body], months), rel=1e-10)


def test_what_came_of_each_body_is_told(evidence: Evidence) -> None:
    found = weighed(evidence)
    told = [Outcome.WEIGHED, Outcome.WEIGHED, Outcome.NO_RATINGS, Outcome.NO_LOG]
    assert found.outcome.tolist() == [told, told]
    assert np.isnan(found.estimate[:, 2:]).all() and not np.isnan(found.se[:, :2]).any()


def test_blanks_around_a_word_are_none_and_an_unknown_one_has_no_weight(evidence: Evidence) -> None:
    found = weighed(evidence)
    assert set(found.words) == {*CHANNELS, "counter"}
    cells = found.cells
    unknown = cells.unknown & (cells.period == 0)
    assert [found.words[code] for code in cells.code[0][unknown & (cells.body == 1)]] == ["counter"]
    assert not unknown[cells.body == 0].any() and (cells.factor[unknown & (cells.body == 1)] == 0).all()
    lost = sum(
        row["body"] == "b2" and row["channel"] == "counter" and bool(row["level"])
        for row in rows_of(evidence, "ratings")
    )
    everything = measure(listen(evidence.records["ratings"], evidence.bodies, PERIODS), "share_bad").n
    assert lost > 3 and found.n[0, 1] == everything[0, 1] - lost and found.n[0, 0] == everything[0, 0]


def test_merged_words_are_one_category(evidence: Evidence) -> None:
    found = weighed(evidence, merge=[["online", "counter"], ["hall", "phone"]])
    assert set(found.words) == {"online", "hall"} and not found.cells.unknown.any()


def test_factors_give_the_margins_of_the_log(evidence: Evidence) -> None:
    cells = weighed(evidence).cells
    for body in (0, 1):
        mine = (cells.body == body) & (cells.period == 1)
        weight = cells.rated[mine] * cells.factor[mine]
        np.testing.assert_allclose(weight / weight.sum(), cells.issued[mine] / cells.issued[mine].sum(), atol=1e-12)


def test_blocks_of_bodies_change_nothing(evidence: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = weighed(evidence)
    monkeypatch.setattr(calibrated, "BLOCK", 30)
    for name in ("estimate", "se", "n", "outcome", "spread"):
        np.testing.assert_array_equal(getattr(weighed(evidence), name), getattr(whole, name))


def test_a_single_category_gives_what_was_rated_with_its_error(evidence: Evidence) -> None:
    one = weighed(evidence, merge=[[*CHANNELS, "counter"]])
    heard = measure(listen(evidence.records["ratings"], evidence.bodies, PERIODS), "mean_points")
    found = measure_calibrated(one, "mean_points")
    np.testing.assert_allclose(found.estimate[:, :2], heard.estimate[:, :2], rtol=1e-13)
    np.testing.assert_allclose(found.se[:, :2], heard.se[:, :2], rtol=1e-10)


def test_a_folder_that_nobody_rated_has_no_figure(evidence: Evidence) -> None:
    told = evidence.records
    found = calibrate(told["ratings"], told["offers"], evidence.bodies, ("1999",), Calibrate(to=("channel",)))
    assert np.isnan(found.estimate).all() and (found.outcome == Outcome.NO_LOG).all() and not len(found.cells.body)
