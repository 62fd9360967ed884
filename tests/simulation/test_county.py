from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minping.simulation.abuse import BURST_MONTHS, KINDS
from minping.simulation.county import simulate
from minping.simulation.ratings import COPIED, STATUSES, STOCK
from minping.simulation.requests import CATEGORIES
from minping.simulation.surveys import QUESTIONS
from minping.simulation.wording import MATTERS
from minping.simulation.writing import DAY
from tests.simulation.conftest import TOLD

Rows = list[dict[str, str]]
SMALL = {"bodies": 13, "services": 12_000}
TABLES = ("bodies", "effort", "offers", "ratings", "requests", "surveys")


class Made:
    """A simulated county, read back."""

    def __init__(self, folder: Path, **wanted: Any) -> None:
        self.truth = simulate(folder, **wanted)
        self.told = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        self.tables = {path.stem: read(path) for path in (folder / "evidence").iterdir()}
        self.bytes = {
            path.name: path.read_bytes() for path in [*(folder / "evidence").iterdir(), folder / "truth.json"]
        }

    def __getitem__(self, name: str) -> Rows:
        return self.tables[name]


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def abused(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("abused"), **SMALL)


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("honest"), **SMALL, planted=False)


def rated(made: Made) -> Rows:
    return [row for row in made["ratings"] if row["status"] == "rated"]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    wanted = {"bodies": 6, "services": 900}
    first, again, other = (Made(tmp_path / str(at), **wanted, seed=seed).bytes for at, seed in enumerate((1, 1, 2)))
    assert first == again
    assert all(first[name] != other[name] for name in first)


def test_abuse_changes_only_what_was_asked_and_rated(abused: Made, honest: Made) -> None:
    same = ("bodies.csv", "effort.csv", "requests.csv")
    assert all(abused.bytes[name] == honest.bytes[name] for name in same)
    recorded = {case for batch in abused.truth.batches.values() for case in batch.cases}
    changed = {
        one["respondent"] for one, other in zip(abused["surveys"], honest["surveys"], strict=True) if one != other
    }
    assert changed and changed <= recorded and not honest.truth.batches
    assert abused.told["bodies"] == honest.told["bodies"]
    assert honest.told["planted"] == {} == honest.truth.planted


@pytest.mark.parametrize("made", ["abused", "honest"])
def test_offers_count_the_ratings_of_each_cell(made: str, request: pytest.FixtureRequest) -> None:
    found: Made = request.getfixturevalue(made)
    answered = {
        (row["body"], row["period"], row["channel"], row["service"]): int(row["answered"]) for row in found["offers"]
    }
    assert len(answered) == len(found["offers"])
    counted = Counter((row["body"], row["completed_on"][:7], row["channel"], row["service"]) for row in rated(found))
    assert {cell: count for cell, count in answered.items() if count} == counted
    for row in found["offers"]:
        assert 0 <= int(row["answered"]) <= int(row["offered"]) <= int(row["issued"])
    issued: Counter[str] = Counter()
    for row in found["offers"]:
        issued[row["body"]] += int(row["issued"])
    assert issued == {body: figures["services"] for body, figures in found.told["bodies"].items()}
    assert issued.total() == SMALL["services"]


def test_the_truth_lies_within_what_honest_ratings_allow(honest: Made) -> None:
    levels = defaultdict(list)
    for row in rated(honest):
        levels[row["body"]].append(int(row["level"]))
    for body, figures in honest.told["bodies"].items():
        heard, count = levels[body], figures["services"]
        silent = count - len(heard)
        assert (sum(heard) + silent) / count <= figures["mean_level"] <= (sum(heard) + 5 * silent) / count
        good = sum(level >= 3 for level in heard)
        assert good / count <= figures["share_satisfied"] <= (good + silent) / count
        assert sum(figures["level_shares"]) == pytest.approx(1)
    # the unhappy answer less, so ratings flatter
    means = [np.mean(levels[body]) - figures["mean_level"] for body, figures in honest.told["bodies"].items()]
    assert np.mean(means) > 0.02


def test_the_survey_asks_after_the_same_quality(abused: Made) -> None:
    total, weight = defaultdict(float), defaultdict(float)
    for row in abused["surveys"]:
        if row["question"] == "satisfied":
            total[row["body"]] += float(row["weight"]) * int(row["answer"])
            weight[row["body"]] += float(row["weight"])
    gaps = [
        total[body] / weight[body] - figures["survey_means"]["satisfied"]
        for body, figures in abused.told["bodies"].items()
    ]
    assert abs(np.mean(gaps)) < 0.12 and np.abs(gaps).max() < 0.9
    for row in abused["bodies"]:
        assert weight[row["body"]] == pytest.approx(int(row["population"]), rel=1e-3)
    strata = {(row["cluster"], row["stratum"], row["fpc"]) for row in abused["surveys"]}
    assert len(strata) == len({row["cluster"] for row in abused["surveys"]})  # clusters lie within strata
    drawn = Counter(stratum for _, stratum, _ in strata)
    assert all(drawn[stratum] < int(fpc) for _, stratum, fpc in strata)


def test_every_planted_case_exists(abused: Made) -> None:
    assert tuple(abused.told["planted"]) == KINDS
    by_case = {row["case"]: row for row in abused["ratings"]}
    seen: Counter[str] = Counter()
    for kind, planted in abused.told["planted"].items():
        assert planted["cases"] and planted["bodies"]
        seen.update(planted["cases"])
        rows = [
            by_case[case] for case in planted["cases"] if case in by_case and by_case[case]["status"] != "defaulted"
        ]
        if kind == "removed":
            assert len(rows) == len(planted["cases"])
            assert all(row["status"] == "removed" and row["level"] in "12" for row in rows)
        elif kind in ("uninvited", "blocked"):  # kinds that keep blame out
            assert not rows
            assert all(1 <= int(case[1:]) <= SMALL["services"] for case in planted["cases"])
        else:
            assert len(rows) == len(planted["cases"])
            assert {row["body"] for row in rows} <= set(planted["bodies"])
            assert all(row["status"] == "rated" and row["level"] in "45" for row in rows)
    assert max(seen.values()) == 1


def test_each_kind_leaves_its_trace(abused: Made) -> None:
    by_case = {row["case"]: row for row in abused["ratings"]}
    kinds = {
        kind: [by_case[case] for case in planted["cases"] if case in by_case]
        for kind, planted in abused.told["planted"].items()
    }
    assert max(Counter(row["device"] for row in kinds["device"]).values()) > 10
    assert not any(row["device"].startswith("KIOSK") for row in kinds["device"])
    assert len({row["rated_on"] for row in kinds["burst"]}) <= 2 * BURST_MONTHS * len(
        abused.told["planted"]["burst"]["bodies"]
    )
    assert {row["comment"] for row in kinds["copied"]} <= set(COPIED)
    assert all(int(row["seconds"]) < 12 and row["channel"] == "hall" for row in kinds["instant"])
    issued, offered = Counter[str](), Counter[str]()
    for row in abused["offers"]:
        issued[row["body"]] += int(row["issued"])
        offered[row["body"]] += int(row["offered"])
    share = {body: offered[body] / issued[body] for body in issued}
    assert min(share, key=lambda body: share[body]) in abused.told["planted"]["uninvited"]["bodies"]
    bad = {row["body"] for row in rated(abused) if row["level"] in "12"}
    few = Counter(row["body"] for row in rated(abused) if row["level"] in "12")
    for body in abused.told["planted"]["blocked"]["bodies"]:
        assert body not in bad or few[body] < 10


def test_without_abuse_only_look_alikes_are_left(honest: Made) -> None:
    devices = Counter(row["device"] for row in rated(honest) if row["device"] and not row["device"].startswith("KIOSK"))
    kiosks = Counter(row["device"] for row in rated(honest) if row["device"].startswith("KIOSK"))
    assert max(devices.values()) <= 6 < max(kiosks.values())
    comments = Counter(row["comment"] for row in rated(honest) if row["comment"])
    assert not set(comments) & set(COPIED)
    assert {comment for comment, _ in comments.most_common(3)} <= set(STOCK)
    hall = [int(row["seconds"]) for row in rated(honest) if row["channel"] == "hall"]
    assert 0 < np.mean(np.array(hall) < 12) < 0.02
    days = Counter(row["completed_on"] for row in rated(honest))
    ends = [
        f"2025-{month}" for month in ("02-28", "03-31", "04-30", "06-30", "07-31", "09-30", "10-31", "12-31")
    ]  # weekdays
    middles = [f"2025-{month:02d}-{day}" for month in (4, 7, 9, 10, 12) for day in (15, 16, 17)]
    weekdays = [day for day in middles if date.fromisoformat(day).weekday() < 5]
    assert np.mean([days[day] for day in ends]) > 1.4 * np.mean([days[day] for day in weekdays])


def test_levels_and_dates_are_possible(abused: Made) -> None:
    for row in abused["ratings"]:
        assert row["status"] in STATUSES[1:]
        assert row["level"] in ({""} if row["status"] == "defaulted" else set("12345"))
        completed, on = (date.fromisoformat(row[name]) for name in ("completed_on", "rated_on"))
        assert date(2025, 1, 1) <= completed <= date(2025, 12, 31)
        assert 0 <= (on - completed).days - int(row["seconds"]) // DAY <= 1
        assert bool(row["reason"]) == bool(row["approved_by"]) == (row["status"] != "rated")
        assert (row["status"] != "defaulted") or row["channel"] == "online"
        assert bool(row["window"]) == (row["channel"] == "hall")
        assert not row["device"].startswith("KIOSK") or row["channel"] == "hall"
        if row["rectified_on"]:
            assert row["level"] in "12" and row["rectified_on"] > row["rated_on"]
        if row["called_back_on"]:
            assert row["level"] in "12" and row["called_back_on"] >= (row["rectified_on"] or row["rated_on"])
        assert not row["rerated_level"] or (row["rectified_on"] and row["called_back_on"])
    assert {row["status"] for row in abused["ratings"]} == {"rated", "defaulted", "removed"}
    assert {row["answer"] for row in abused["surveys"]} == set("12345")
    assert {row["question"] for row in abused["surveys"]} == set(QUESTIONS)


def test_requests_go_their_way_in_order(abused: Made) -> None:
    known = {row["request"]: row for row in abused["requests"]}
    for row in abused["requests"]:
        opened = datetime.fromisoformat(row["opened_at"])
        assert opened.utcoffset() is not None and opened.year == 2025 and row["due_at"] > row["opened_at"]
        assert row["closed_at"] or not (row["resolved"] or row["satisfied"] or row["reopened_at"])
        assert row["responded_at"] or not row["closed_at"]
        times = [row[name] for name in ("opened_at", "responded_at", "closed_at", "reopened_at") if row[name]]
        assert times == sorted(times)
        assert bool(row["reply"]) == bool(row["responded_at"]) and bool(row["excluded"]) == bool(row["approved_by"])
        assert row["text"].startswith(row["place"]) and row["category"] in CATEGORIES
        assert not row["duplicate_of"] or known[row["duplicate_of"]]["request"] < row["request"]
    for name in ("reopened_at", "duplicate_of", "excluded"):
        assert any(row[name] for row in known.values())
    assert any(not row["closed_at"] for row in known.values())
    assert any("收悉" in row["reply"] for row in known.values())


def test_who_asks_again_asks_of_the_same_place_and_matter_within_30_days(abused: Made) -> None:
    known = {row["request"]: row for row in abused["requests"]}
    marked = {row["request"]: row["duplicate_of"] for row in known.values() if row["duplicate_of"]}
    assert marked.items() < abused.told["asked_again"].items()
    for later, earlier in abused.told["asked_again"].items():
        one, other = known[earlier], known[later]
        assert other["body"] == one["body"]
        assert other["place"] in (one["place"], "") or not one["place"]
        assert other["category"] == one["category"] or {later, earlier} & set(abused.truth.misfiled)
        gap = datetime.fromisoformat(known[later]["opened_at"]) - datetime.fromisoformat(known[earlier]["opened_at"])
        assert 0 < gap.total_seconds() <= 30 * DAY


def test_who_copies_says_the_same_with_a_few_words_more(abused: Made) -> None:
    assert list(MATTERS) == list(CATEGORIES)
    known = {row["request"]: row for row in abused["requests"]}
    copied, misfiled = abused.truth.copied, abused.truth.misfiled
    assert set(misfiled) < set(copied) < set(abused.truth.again)
    for later in copied:
        said, earlier = known[later], known[abused.truth.again[later]]
        words = re.split("[，。]", earlier["text"])[:4]  # another copy may have words more of its own
        assert said["text"].startswith("，".join(words)) and said["text"] != "，".join(words) + "。"
    assert any(not known[later]["place"] for later in copied)
    others = Counter(row["text"] for row in known.values() if row["request"] not in copied)
    assert max(others.values()) <= 3


def test_one_theme_grows_in_the_last_two_months(abused: Made) -> None:
    theme = abused.told["latent"]["growing_category"]
    months = Counter(row["opened_at"][:7] for row in abused["requests"] if row["category"] == theme)
    before = np.mean([months[f"2025-{month:02d}"] for month in range(1, 11)])
    assert months["2025-12"] > 4 * before and months["2025-11"] > 1.5 * before


@pytest.mark.parametrize("size", [{"bodies": 5, "services": 500}, {"bodies": 1, "services": 1, "months": 1}])
def test_a_small_county_works_and_knows_its_bodies(tmp_path: Path, size: dict[str, int]) -> None:
    made = Made(tmp_path, **size)
    bodies = [row["body"] for row in made["bodies"]]
    assert set(made.tables) == {*TABLES, *TOLD}
    assert tuple(bodies) == made.truth.bodies == tuple(made.told["bodies"]) and len(bodies) == size["bodies"]
    for name in made.tables:
        assert {row["body"] for row in made[name] if "body" in row} <= set(bodies)
    for planted in made.told["planted"].values():
        assert set(planted["bodies"]) <= set(bodies)


def test_a_large_county_still_gives_each_body_a_name_of_its_own(tmp_path: Path) -> None:
    made = Made(tmp_path, bodies=400, services=2_000, months=2)
    for name in ("body", "name", "name_en"):
        assert len({row[name] for row in made["bodies"]}) == 400
    assert {row["body"][0]: row["body_type"] for row in made["bodies"]} == {"S": "street", "D": "department"}


@pytest.mark.parametrize("wrong", [{"bodies": 0}, {"services": 0}, {"months": 0}, {"seed": -1}])
def test_an_impossible_county_is_refused(tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least"):
        simulate(tmp_path, **wrong)  # type: ignore[arg-type]
