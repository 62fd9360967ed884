"""Requests as values: against plain counting, row by row."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import chinese_calendar
import numpy as np
import pytest

from minping.evidence import load_evidence
from minping.indicators.repeats import ALIKE
from minping.indicators.requests import ACKNOWLEDGEMENT, Asked, ask, measure_requests
from minping.model.evidence import Codebook, Evidence
from minping.scheme.request_rules import CONDITIONS, NAMED_RATES, RequestRate
from minping.simulation.county import simulate
from minping.stats.durations import finished_within, product_limit

Row = dict[str, str]
TIMES = ("opened_at", "responded_at", "closed_at", "reopened_at")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("county")
    simulate(home, seed=7, bodies=8, services=6000)
    (home / "evidence" / "surveys.csv").unlink()
    return home


@pytest.fixture(scope="module")
def evidence(county: Path) -> Evidence:
    return load_evidence(county, Codebook({}, records=("requests",)))


@pytest.fixture(scope="module")
def asked(evidence: Evidence) -> Asked:
    return ask(evidence.records["requests"], evidence.bodies)


@pytest.fixture(scope="module")
def rows(county: Path) -> list[Row]:
    """The requests with what follows from other rows: whether they came again."""
    with (county / "evidence" / "requests.csv").open(encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    named = {row["duplicate_of"] for row in found}
    matters: dict[tuple[str, str, str], list[Row]] = {}
    for row in sorted(found, key=lambda row: (hours(row["opened_at"]), row["request"])):
        matters.setdefault((row["body"], row["category"], row["place"]), []).append(row)
    for matter in matters.values():
        for row, following in zip(matter, [*matter[1:], None], strict=True):
            end = hours(row["closed_at"] or row["opened_at"])
            again = (
                following is not None
                and row["place"]
                and row["category"]
                and hours(following["opened_at"]) - end <= 30 * 24
            )
            again = again or any(says_again(row, other) for other in found)
            row["undone"] = "yes" if again or row["reopened_at"] or row["request"] in named else ""
    return found


def hours(text: str) -> int:
    moment = dt.datetime.fromisoformat(re.sub(r"(Z|[+-]\d\d:?\d\d)$", "", text))
    return int((moment - dt.datetime(1970, 1, 1)).total_seconds() // 3600)


def replied(row: Row) -> bool:
    return bool(row["responded_at"]) and not re.search(ACKNOWLEDGEMENT, row["reply"])


def letters(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).lower() if letter.isalnum())


@cache
def runs(text: str) -> frozenset[str]:
    said = letters(text)
    return frozenset(said[at : at + 3] for at in range(len(said) - 2))


def says_again(row: Row, other: Row) -> bool:
    """Whether another request, soon after, says the same of the same place: sets of three letters, all with all."""
    if other["body"] != row["body"] or (hours(other["opened_at"]), other["request"]) <= (
        hours(row["opened_at"]),
        row["request"],
    ):
        return False
    if hours(other["opened_at"]) - hours(row["closed_at"] or row["opened_at"]) > 30 * 24:
        return False
    if row["place"] and other["place"] and row["place"] != other["place"]:
        return False
    one, two = runs(row["text"]), runs(other["text"])
    same_numbers = re.findall("[0-9]+", row["text"]) == re.findall("[0-9]+", other["text"])
    return same_numbers and len(one & two) / len(one | two) >= ALIKE


LAST = "last"
RULES: dict[str, tuple[Callable[[Row], bool], Callable[[Row], bool]]] = {
    "response_rate": (lambda row: True, lambda row: replied(row) and (not row["due_at"] or hours(row["responded_at"]) <= hours(row["due_at"]))),
    "solved_rate": (lambda row: bool(row["resolved"]), lambda row: row["resolved"] == "yes" and not row["undone"]),
    "said_solved_rate": (lambda row: bool(row["resolved"]), lambda row: row["resolved"] == "yes"),
    "satisfied_rate": (lambda row: bool(row["satisfied"]), lambda row: row["satisfied"] == "yes"),
    "undone_rate": (lambda row: bool(row["closed_at"]), lambda row: bool(row["undone"])),
    "excluded_rate": (lambda row: True, lambda row: bool(row["excluded"])),
}  # fmt: skip


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("as_ruled", [False, True])
def test_a_rate_is_that_of_counting_row_by_row(
    evidence: Evidence, asked: Asked, rows: list[Row], name: str, as_ruled: bool
) -> None:
    of, which = RULES[name]
    found = measure_requests(asked, ("2025", "2025Q1", "2025-03"), name, as_ruled=as_ruled)
    for at, body in enumerate(evidence.bodies.ids):
        for period, inside in enumerate(
            (
                lambda row: row["opened_at"][:4] == "2025",
                lambda row: row["opened_at"][:7] <= "2025-03",
                lambda row: row["opened_at"][:7] == "2025-03",
            )
        ):
            counted = [
                row
                for row in rows
                if row["body"] == body and inside(row) and of(row) and not (as_ruled and row["excluded"])
            ]
            assert found.n[period, at] == len(counted)
            if counted:
                assert found.estimate[period, at] == pytest.approx(100 * np.mean([which(row) for row in counted]))
                assert found.se[period, at] > 0


def test_a_rate_is_what_the_scheme_writes(evidence: Evidence, asked: Asked, rows: list[Row]) -> None:
    reasons = sorted({row["excluded"] for row in rows} - {""})
    assert reasons, "the county leaves some out"
    rate = RequestRate(share=("satisfied", "not came_back"), of=("called_back", "closed"), without=(reasons[0],))
    found = measure_requests(asked, ("2025",), rate)
    for at, body in enumerate(evidence.bodies.ids):
        counted = [
            row["satisfied"] == "yes" and not row["undone"]
            for row in rows
            if row["body"] == body and row["resolved"] and row["closed_at"] and row["excluded"] != reasons[0]
        ]
        assert found.n[0, at] == len(counted)
        assert found.estimate[0, at] == pytest.approx(100 * np.mean(counted))


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_and_its_contrary_part_what_is_known(asked: Asked, condition: str) -> None:
    whole = measure_requests(asked, ("2025",), RequestRate(share=(condition,)))
    contrary = measure_requests(asked, ("2025",), RequestRate(share=(f"not {condition}",)))
    known = {"solved": "called_back", "satisfied": "asked_if_satisfied"}.get(condition)
    share = 100.0 if known is None else measure_requests(asked, ("2025",), RequestRate(share=(known,))).estimate
    np.testing.assert_allclose(whole.estimate + contrary.estimate, share)


def test_how_soon_a_matter_must_come_again_is_the_schemes(evidence: Evidence, asked: Asked) -> None:
    shares = [
        measure_requests(
            ask(evidence.records["requests"], evidence.bodies, again_within=days), ("2025",), "undone_rate"
        )
        for days in (1, 30, 365)
    ]
    soon, usual, late = (float(np.nansum(one.estimate * one.n)) for one in shares)
    assert soon < usual < late and usual == float(np.nansum(measured_again(asked)))


def measured_again(asked: Asked) -> np.ndarray:
    found = measure_requests(asked, ("2025",), "undone_rate")
    return found.estimate * found.n


def test_every_rate_has_its_rule_here() -> None:
    assert set(NAMED_RATES) - set(RULES) == {"on_time_rate"}


def test_what_is_truly_solved_is_less_than_what_was_said_to_be(asked: Asked) -> None:
    truly, said = (measure_requests(asked, ("2025",), name).estimate for name in ("solved_rate", "said_solved_rate"))
    assert (truly <= said).all() and (truly < said).any()


def test_unfinished_requests_stay_in_the_denominator(asked: Asked, rows: list[Row]) -> None:
    within = measure_requests(asked, ("2025",), "closed_within", days=10.0)
    done = [row for row in rows if row["closed_at"]]
    only_closed = 100 * np.mean([(hours(row["closed_at"]) - hours(row["opened_at"])) / 24 <= 10 for row in done])
    weighted = float((within.estimate[0] * within.n[0]).sum() / within.n[0].sum())
    assert within.n[0].sum() == sum(row["opened_at"][:4] == "2025" for row in rows)
    assert weighted < only_closed


def test_days_may_be_working_days(evidence: Evidence, rows: list[Row]) -> None:
    asked = ask(evidence.records["requests"], evidence.bodies, working=True)
    plain = ask(evidence.records["requests"], evidence.bodies)
    assert asked.count.sum() == plain.count.sum() and not plain.working_days.any()
    found = measure_requests(asked, ("2025",), "closed_within", days=5.0, working=True)
    last = max(dt.datetime.fromisoformat(row[name]).date() for row in rows for name in TIMES if row[name])
    spent, done, body = [], [], []
    for row in rows:
        start = dt.datetime.fromisoformat(row["opened_at"]).date()
        end = dt.datetime.fromisoformat(row["closed_at"]).date() if row["closed_at"] else last
        days = [start + dt.timedelta(days=at + 1) for at in range((end - start).days)]
        late = bool(row["closed_at"]) and not chinese_calendar.is_workday(end)
        spent.append(sum(map(chinese_calendar.is_workday, days)) + late)
        done.append(bool(row["closed_at"]))
        body.append(evidence.bodies.ids.index(row["body"]))
    steps = product_limit(np.array(spent, float), np.array(done), np.array(body), groups=len(evidence.bodies.ids))
    np.testing.assert_allclose(found.estimate[0], 100 * finished_within(steps, 5.0).share)


def test_the_median_is_reached_by_half_of_the_requests(asked: Asked) -> None:
    median = measure_requests(asked, ("2025",), "median_days")
    for at, days in enumerate(median.estimate[0]):
        share = measure_requests(asked, ("2025",), "closed_within", days=float(days)).estimate[0, at]
        assert share >= 50.0 - 1e-9 and median.se[0, at] >= 0


def test_what_people_say_follows_what_was_truly_settled(county: Path, evidence: Evidence, asked: Asked) -> None:
    truth = json.loads((county / "truth.json").read_text(encoding="utf-8"))["bodies"]
    settled = [truth[body]["requests_settled"] for body in evidence.bodies.ids]
    found = measure_requests(asked, ("2025",), "solved_rate").estimate[0]
    assert np.corrcoef(settled, found)[0, 1] > 0.5


@pytest.mark.parametrize(
    ("reply", "empty"),
    [
        ("您的诉求已收悉，感谢您的来电。", True),
        ("已收悉，我们将尽快处理。", True),
        ("来件收悉，已转相关科室。", True),
        ("已到现场核实并处理完毕，现状照片已上传。", False),
        ("", False),
    ],
)
def test_an_acknowledgement_is_no_reply(reply: str, empty: bool) -> None:
    assert bool(re.search(ACKNOWLEDGEMENT, reply)) == empty
