"""The audit of ratings on small simulated counties, clean and with abuse planted, and on tables made by hand."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from minping.audit import examine
from minping.audit.cases import Outcome
from minping.audit.citizens.blame import blocked_levels, unhappy_not_invited
from minping.audit.citizens.bursts import bursts
from minping.audit.citizens.copies import copied_comments
from minping.audit.citizens.devices import few_devices
from minping.audit.citizens.instants import instant_ratings
from minping.audit.citizens.removals import removed_blame
from minping.audit.citizens.sources import Sources, open_sources
from minping.audit.examine import NONE, SHOWN, too_few
from minping.audit.suspicions import SUSPICIONS, UNSEEN
from minping.audit.years import busiest_year
from minping.evidence import load_evidence
from minping.indicators.events import engine
from minping.model.evidence import Codebook, Evidence
from minping.model.findings import NEEDS_CHECKING, Finding
from minping.simulation.county import Truth, simulate
from minping.words import Text

pytestmark = pytest.mark.slow  # counties are simulated, audited or run

RATINGS = {key: row for key, row in SUSPICIONS.items() if row.table == "ratings"}
CODEBOOK = Codebook({}, records=("ratings", "offers"))
ADDED = {"few_devices": "device", "burst": "burst", "copied": "copied", "instant": "instant"}
TESTS = (few_devices, bursts, copied_comments, instant_ratings, removed_blame, unhappy_not_invited,
                           blocked_levels)  # fmt: skip


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Evidence, Truth]:
    home = tmp_path_factory.mktemp("planted")
    truth = simulate(home, seed=501, bodies=26, services=26_000)
    return load_evidence(home, CODEBOOK), truth


def found(evidence: Evidence, suspicion: str) -> list[Finding]:
    return [one for one in examine(evidence, "2025").findings if one.suspicion == suspicion]


@pytest.mark.parametrize(("suspicion", "kind"), ADDED.items())
def test_added_praise_is_found_where_it_was_planted_and_nowhere_else(
    planted: tuple[Evidence, Truth], suspicion: str, kind: str
) -> None:
    evidence, truth = planted
    assert {one.body for one in found(evidence, suspicion)} == set(truth.planted[kind].bodies)


def test_blocked_levels_are_found_and_hardly_anything_else_is_taken_for_missing_blame(
    planted: tuple[Evidence, Truth],
) -> None:
    evidence, truth = planted
    withheld = {*truth.planted["blocked"].bodies, *truth.planted["uninvited"].bodies}
    flagged = {one.body for key in ("blocked", "uninvited") for one in found(evidence, key)}
    assert set(truth.planted["blocked"].bodies) <= flagged and len(flagged - withheld) <= 1


def test_named_rows_are_those_of_the_body_and_mostly_planted(planted: tuple[Evidence, Truth]) -> None:
    evidence, truth = planted
    lines = (Path(evidence.folder) / "evidence" / "ratings.csv").read_text(encoding="utf-8").splitlines()
    for suspicion, kind in ADDED.items():
        cases = set(truth.planted[kind].cases)
        named = []
        for one in found(evidence, suspicion):
            assert len(one.sample) == min(SHOWN, one.rows) and one.rows >= one.observed
            rows = [lines[int(place.removeprefix("evidence/ratings.csv:")) - 1].split(",") for place in one.sample]
            assert {row[1] for row in rows} == {one.body}
            named += [row[0] in cases for row in rows]
        assert np.mean(named) > 0.6


def test_nobody_who_rated_and_no_device_is_named(planted: tuple[Evidence, Truth]) -> None:
    evidence, _ = planted
    with (Path(evidence.folder) / "evidence" / "ratings.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    said = "\n".join(repr(asdict(one)) for one in examine(evidence, "2025").findings)
    secret = {row[name] for row in rows for name in ("device", "case", "comment") if len(row[name]) > 6}
    assert len(secret) > 5000 and not [word for word in secret if word in said]


def test_a_finding_accuses_nobody_and_says_how_to_check(planted: tuple[Evidence, Truth]) -> None:
    evidence, _ = planted
    findings = examine(evidence, "2025").findings
    assert findings and "待核实" in NEEDS_CHECKING.zh
    for one in findings:
        assert one.grade == "E3" or one.suspicion not in RATINGS
        assert one.p <= one.q <= 0.05
        assert all(words.zh and words.en for words in (one.title, one.test, one.innocent, one.check))
        assert not any(word in words.zh for word in ("造假", "舞弊", "刷") for words in (one.title, one.test))
    assert all(words.zh and words.en for what in UNSEEN for words in (what.title, what.needed))


def test_clean_counties_keep_the_nominal_size(tmp_path: Path) -> None:
    """P(p ≤ a) ≤ a for every test, over 4 × 30 clean bodies; the margin is three standard errors."""
    p: dict[str, list[float]] = {key: [] for key in RATINGS}
    for seed in (601, 602, 603, 604):
        simulate(tmp_path / str(seed), seed=seed, bodies=30, services=24_000, planted=False)
        evidence = load_evidence(tmp_path / str(seed), CODEBOOK)
        with engine() as opened:
            sources = open_sources(opened, evidence, "2025")
            for key, row in RATINGS.items():
                tested = row.test(sources)
                if isinstance(tested, Outcome):
                    p[key] += tested.p[~np.isnan(tested.p)].tolist()
    for key, values in p.items():
        assert len(values) > 90, key
        for size in (0.01, 0.05):
            margin = 3 * np.sqrt(size * (1 - size) / len(values))
            assert np.mean(np.array(values) <= size) <= size + margin, (key, size)


HEAD = ("case", "body", "rated_on", "level", "status", "reason", "approved_by")


def made(home: Path, rows: Sequence[Sequence[object]], head: Sequence[str] = HEAD) -> Evidence:
    (home / "evidence").mkdir()
    (home / "evidence" / "bodies.csv").write_text("body,name\na,甲\nb,乙\nc,丙\n", encoding="utf-8")
    with (home / "evidence" / "ratings.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *([f"c{at}", *row] for at, row in enumerate(rows))])
    return load_evidence(home, Codebook({}, records=("ratings",)))


def test_removed_blame_is_fishers_test(tmp_path: Path) -> None:
    rows: list[list[object]] = []
    for body, removed in (("a", 15), ("b", 1), ("c", 1)):
        rows += [[body, "2025-03-04", 1, "removed", "误评", "x"]] * removed
        rows += [[body, "2025-03-04", 2, "rated", "", ""]] * (40 - removed)
    evidence = made(tmp_path, rows)
    (one,) = examine(evidence, "2025").findings
    assert (one.suspicion, one.body, one.observed, one.n, one.rows) == ("removed_blame", "a", 15, 40, 15)
    assert one.sample[0] == "evidence/ratings.csv:2" and one.expected == pytest.approx(17 / 3)
    assert busiest_year(evidence) == "2025"


def test_what_the_data_do_not_hold_is_not_applicable_and_says_why(tmp_path: Path) -> None:
    evidence = made(tmp_path, [[body, "2025-03-04", 5, "rated", "", ""] for body in "abc" for _ in range(9)])
    told = examine(evidence, "2025")
    assert not told.findings and {one.suspicion for one in told.skipped} == set(SUSPICIONS)
    assert all(one.because.zh and one.because.en for one in told.skipped)
    with engine() as opened:
        sources: Sources = open_sources(opened, evidence, "2025")
        assert all(isinstance(test(sources), Text) for test in TESTS)


def test_two_bodies_are_too_few_to_compare(tmp_path: Path) -> None:
    rows = [[body, "2025-03-04", 1, "removed", "误评", "x"] for body in "ab" for _ in range(9)]
    told = examine(made(tmp_path, rows), "2025")
    assert not told.compared
    assert {one.because for one in told.skipped if one.suspicion == "removed_blame"} == {too_few(3)}
    assert any("fewer than 3" in one.because.en for one in told.skipped)


def test_without_ratings_nothing_is_looked_at(tmp_path: Path) -> None:
    evidence = made(tmp_path, [["a", "2025-03-04", 1, "rated", "", ""]])
    told = examine(Evidence(evidence.folder, evidence.files, evidence.bodies, evidence.official), "2025")
    assert set(NONE.values()) <= {one.because for one in told.skipped} and not told.compared


def test_punctuation_hides_no_copy(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["a", "2025-03-04", 5, f"服务热情{mark}周到高效 值得表扬{mark}"] for mark in "，。！、" * 6
    ]
    rows += [[body, "2025-03-04", 5, f"第{at}次来办事感觉还可以"] for body in "abc" for at in range(30, 60)]
    (one,) = examine(made(tmp_path, rows, ("case", "body", "rated_on", "level", "comment")), "2025").findings
    assert (one.suspicion, one.body, one.observed) == ("copied", "a", 24)


def test_a_busy_day_of_the_service_is_no_burst_but_late_ratings_on_one_day_are(tmp_path: Path) -> None:
    rows: list[list[object]] = []
    for body in "abc":
        rows += [[body, f"2025-03-{1 + at % 28:02d}", 5, f"2025-03-{1 + at % 28:02d}"] for at in range(280)]
    rows += [["b", "2025-03-31", 5, "2025-03-31"]] * 60
    rows += [["c", "2025-03-31", 5, f"2025-03-{1 + at % 28:02d}"] for at in range(40)]
    evidence = made(tmp_path, rows, ("case", "body", "rated_on", "level", "completed_on"))
    (one,) = [each for each in examine(evidence, "2025").findings if each.suspicion == "burst"]
    assert (one.body, one.observed, one.rows) == ("c", 40, 40)


def test_the_share_of_chance_findings_is_the_schemes_unless_it_is_given(tmp_path: Path) -> None:
    from minping.scheme.audit_rules import Audit
    from minping.scheme.shape import Scheme

    rows = [
        [body, "2025-03-04", 1, "removed" if at < removed else "rated", "误评", "x"]
        for body, removed in (("a", 9), ("b", 3), ("c", 3))
        for at in range(20)
    ]
    evidence = made(tmp_path, rows)
    by_share = {}
    for share in (0.2, 0.001):
        scheme = Scheme.model_construct(audit=Audit(share_wrong=share), indicators=())
        by_share[share] = len(examine(evidence, "2025", scheme=scheme).findings)
        assert len(examine(evidence, "2025", scheme=scheme, share_wrong=0.2).findings) == 1
    assert by_share == {0.2: 1, 0.001: 0}
