"""That the benchmarks run and ask for right answers; how fast anything is stands in no test."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

from benchmarks import detectors, page
from benchmarks.__main__ import main
from benchmarks.evidence import measure
from benchmarks.made import make
from benchmarks.measure import Check, Line, Ratio, child, side_by_side
from benchmarks.survey import jackknife, ours
from benchmarks.survey import make as make_ratings
from minping.audit.suspicions import KIND_OF, MEASURED, SUSPICIONS
from tests.conftest import ROOT


def test_the_case_is_the_same_for_every_tool() -> None:
    case = make(40, 10)
    low, high = case.values.min(axis=0), case.values.max(axis=0)
    points = (case.values - low) / (high - low)
    points = np.where(case.higher > 0, points, 1.0 - points)
    np.testing.assert_allclose(case.situation.scores.score, 100.0 * points @ case.weights, rtol=1e-9)


def test_a_line_keeps_its_limits_or_does_not() -> None:
    assert Line("q", "t", "s", 1.0, limit=1.0).is_within and not Line("q", "t", "s", 1.1, limit=1.0).is_within
    assert not Line("q", "t", "s", 1.0, megabytes=2.0, limit_mb=1.0).is_within
    assert Ratio("q", 1.0, "p", 10.0, 1 / 10).is_within and not Ratio("q", 1.0, "p", 9.0, 1 / 10).is_within


def test_calls_take_turns() -> None:
    order: list[str] = []
    taken = side_by_side({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, 2)
    assert order == ["a", "b"] * 3 and set(taken) == {"a", "b"}


def test_a_child_that_fails_is_no_figure() -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        child(["python3", "-c", "raise SystemExit(3)"])


def test_a_load_counts_only_if_every_bad_row_is_named() -> None:
    assert measure(7_000, is_bad=True).bad_rows == 3


def test_the_page_says_what_is_not_kept() -> None:
    told = page.text(
        [Line("slow", "minping", "1 × 1", 2.0, limit=1.0)], [Ratio("q", 1.0, "p", 2.0, 1 / 10)], {}, "2026-11-21"
    )
    assert told.count("**no**") == 2 and "2026-11-21" in told and "cores" in told


def test_the_page_says_how_far_off_an_error_is() -> None:
    told = page.text([], [], {}, "2026-11-21", [Check("other", 3.0, 1.0, 1.5)])
    assert "| other | 3.000000 | 2.000 | +200.00% |" in told


def test_errors_of_raked_ratings_are_those_of_the_jackknife() -> None:
    ratings = make_ratings(2000, 200, 2)
    np.testing.assert_allclose(ours(ratings).se, jackknife(ratings, 2), rtol=0.04)


@pytest.mark.slow
def test_all_questions_are_answered_at_small_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick"]) == 0
    printed = capsys.readouterr().out
    for question in (
        "data error",
        "whole process",
        "growth",
        "minping --help",
        "minping run",
        "three bad rows",
        "raking on four",
    ):
        assert question in printed, question


def test_detectors_are_counted_by_body_and_kind() -> None:
    counts = detectors.measure([7], bodies=13, services=9000)
    assert {key for key, one in counts.items() if one.planted} == set(detectors.PLANTED)
    assert counts["few_devices"].recall == counts["instant"].recall == "1.00"
    assert all(one.found <= min(one.planted, one.flagged) for one in counts.values())
    assert detectors.table(counts).count("\n") == 1 + len(counts)


def measured(name: str) -> str:
    """The table of the page of detectors that a benchmark wrote."""
    page = (ROOT / "docs" / "explanation" / "detectors.md").read_text(encoding="utf-8")
    module = import_module(f"benchmarks.{name}")
    start, end = module.START, module.END
    return page.split(start)[1].split(end)[0]


def figures(line: str) -> list[float]:
    """The shares in the last two cells of a line."""
    return [float(cell) for cell in line.split("|")[4:6]]


def test_every_test_of_figures_keeps_its_size_and_shows_its_power() -> None:
    """The published table: no test is wrong more often than it says, but for chance, and all see something."""
    page, title = measured("error_rates.__main__"), ""
    sizes: dict[str, list[float]] = {}
    power: dict[str, list[float]] = {}
    for line in [line for line in page.splitlines() if line.startswith("|")][2:]:
        cells = line.split("|")
        title = cells[1].strip() or title
        (power if not cells[2].strip().startswith("无 none") else sizes).setdefault(title, []).extend(figures(line))
    wanted = {f"{row.title.zh} · {row.title.en}" for key, row in SUSPICIONS.items() if KIND_OF[key] != "citizens"}
    assert wanted == set(sizes)
    for name, (one, five) in sizes.items():
        assert five <= 0.06 and (one <= 0.015 or one == five <= 0.05), name  # the latter: rules, whose p is 0 or 1
    assert all(max(shares) > 0.5 for shares in power.values())


def test_false_discoveries_over_twenty_seeds_stay_at_the_nominal_rate() -> None:
    page = measured("false_discoveries")
    (whole,) = [line for line in page.splitlines() if line.startswith("| **全部 all**")]
    share, any_of = (float(part.strip("* ").split("**")[0]) for part in (whole.split("|")[6], whole.split("|")[8]))
    assert share <= 0.05 and any_of <= 0.05 and "/20 |" in page
    for key, row in SUSPICIONS.items():
        assert f"| {row.title.zh} · {row.title.en} | {row.grade} |" in page, key


def test_the_report_says_what_the_page_of_detectors_measured() -> None:
    page = measured("detectors")
    for key, told in MEASURED.items():
        (line,) = [line for line in page.splitlines() if line.startswith(f"| {SUSPICIONS[key].title.zh} ·")]
        planted, found = (int(cell) for cell in line.split("|")[2:4])
        assert (told.found, told.planted) == (found, planted)


def test_detectors_reach_what_they_must() -> None:
    page = measured("detectors")
    for key, recall, precision in (
        ("few_devices", 0.95, 0.9),
        ("copied", 0.95, 0.9),
        ("instant", 0.95, 0.9),
        ("burst", 0.65, 0.9),
    ):
        (line,) = [line for line in page.splitlines() if line.startswith(f"| {SUSPICIONS[key].title.zh} ·")]
        cells = line.split("|")
        assert float(cells[5]) >= recall and float(cells[6]) >= precision, key


def test_nothing_planted_has_no_recall() -> None:
    assert detectors.Count(0, 0, 3, 1).recall == detectors.Count(0, 0, 3, 1).precision == "–"
    assert (detectors.Count(4, 3, 5, 0).recall, detectors.Count(4, 3, 5, 0).precision) == ("0.75", "0.60")
