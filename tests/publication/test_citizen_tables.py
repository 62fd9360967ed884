"""What is published of funnels, courses and both views: enough to see, too little to make anybody out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from minping.cli.simulate import simulate_folder
from minping.pipeline import evaluate, load_evidence
from minping.publication.citizen_tables import STEPS, funnel, funnel_counts, rates, told_bodies
from minping.publication.citizen_tables import divergence as divergence_table
from minping.publication.extra_tables import published_tables
from minping.publication.report_html import render_report
from minping.scheme.read import read_scheme
from minping.scoring.evaluation import Evaluation

pytestmark = pytest.mark.slow  # counties are simulated, audited or run

K = 10


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    home = tmp_path_factory.mktemp("county") / "c"
    simulate_folder(home, bodies=10, services=4_000)
    scheme = read_scheme(home)
    return evaluate(scheme, load_evidence(home, scheme), draws=200)


def test_counts_of_a_funnel_fall_from_step_to_step_and_add_up(county: Evaluation) -> None:
    told = funnel(county)
    assert told["body"] == [*county.values.bodies, ""]
    whole = dict(zip(STEPS, funnel_counts(county)[-1].tolist(), strict=True))
    assert whole["issued"] == 4000 > whole["offered"] > whole["rated"] > whole["bad"] >= whole["due"] > whole["in_time"]
    values = county.values
    assert whole["rated"] == values.heard[values.at("2025"), :, :5].sum()  # type: ignore[index]


def test_no_small_count_of_a_funnel_is_told_nor_left_over(county: Evaluation) -> None:
    counts = funnel_counts(county)
    shown, whole = counts[:-1], counts[-1]
    assert not ((shown > 0) & (shown < K)).any()
    for at, step in enumerate(STEPS):
        hidden = np.isnan(shown[:, at])
        if hidden.any() and np.isfinite(whole[at]):
            assert hidden.sum() > 1 and whole[at] - np.nansum(shown[:, at]) >= K, step


def test_bad_ratings_are_not_told_where_one_of_their_levels_is_hidden(county: Evaluation) -> None:
    levels = county.table("ratings")
    hidden = np.array([[value is None for value in levels[f"level_{level}"].to_pylist()] for level in (1, 2)])
    bad = funnel_counts(county)[:-1, STEPS.index("bad")]
    assert np.isnan(bad[hidden[0] != hidden[1]]).all()


@given(st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=1, max_size=8))
def test_quarters_told_and_hidden_have_k_each(numbers: list[list[int]]) -> None:
    counts = np.array(numbers, dtype=np.float64).T
    told = told_bodies(counts, K)
    assert (counts[:, told] >= K).all()
    hidden = counts[:, ~told]
    if hidden.any() and told.any():
        assert (~told).sum() > 1 and (hidden.sum(axis=1) >= K).all()


def test_rates_of_months_and_quarters_have_intervals_and_k_requests(county: Evaluation) -> None:
    told = rates(county)
    whole = [at for at, body in enumerate(told["body"]) if body == ""]
    assert {told["period"][at] for at in whole} == {f"2025-{month:02d}" for month in range(1, 13)}
    n = np.array([np.nan if count is None else count for count in told["n"].to_pylist()])
    known = np.isfinite(n)
    assert (n[known] >= K).all() and (np.isnan(told["value"]) == ~known).all()
    assert (told["low"][known] <= told["value"][known]).all() and (told["value"][known] <= told["high"][known]).all()


def test_ranks_of_both_views_are_told_only_where_ranks_are(county: Evaluation) -> None:
    told = divergence_table(county)
    assert told["body"] == list(county.values.bodies) and len(told["q"]) == 10
    publish = county.scheme.publish.model_copy(update={"ranking": "groups"})
    scheme = replace(county.scheme_file, scheme=county.scheme.model_copy(update={"publish": publish}))
    hidden = replace(county, scheme_file=scheme)
    assert divergence_table(hidden) == {} and 'id="divergence"' not in render_report(hidden)
    assert divergence_table(replace(county, divergence=None)) == {}


def test_every_measure_of_ratings_and_requests_is_told_both_ways(county: Evaluation) -> None:
    told = dict(published_tables(county))["both_ways"].to_pylist()
    parts = {part.id: part.evidence for part in county.scheme.indicators if part.evidence.is_event}
    assert {row["indicator"] for row in told} == {
        name for name, how in parts.items() if how.requests or (how.ratings and how.ratings != "response_rate")
    }
    found = {(row["indicator"], row["body"]): row for row in told}
    for row in county.table("values").to_pylist():
        how = parts.get(row["indicator"])
        pair = found.get((row["indicator"], row["body"]))
        if pair and how and how.calibrate is None and not how.adjust_for and row["value"] is not None:
            assert pair["ruled" if how.as_ruled else "counted"] == pytest.approx(row["value"], nan_ok=True)
    silent = [row for row in told if row["indicator"] == "satisfied" and row["ruled"] is not None]
    assert sum(row["ruled"] > row["counted"] for row in silent) > len(silent) / 2
    said = county.explain(county.values.bodies[0], "solved").notes
    assert any("as counted" in note.en and "如实计数" in note.zh for note in said)


def test_the_tables_are_published(county: Evaluation) -> None:
    tables = dict(published_tables(county))
    assert {"funnel", "rates", "both_ways", "divergence"} <= set(tables)
    assert all(tables[name].num_rows for name in ("funnel", "rates", "both_ways", "divergence"))


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["中文", "English"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_charts_fit_are_accessible_and_have_their_tables(
    county: Evaluation, tmp_path: Path, page: Page, accessible: Callable[[Page], None], lang: str, width: int
) -> None:
    path = tmp_path / "report.html"
    path.write_text(render_report(county), encoding="utf-8")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path.as_uri())
    page.get_by_text(lang, exact=True).click()
    for key in ("funnel", "courses", "divergence"):
        figure = page.locator(f"#{key}")
        assert figure.locator("svg.drawing").is_visible()
        figure.locator("summary").click()
        assert figure.locator("tbody tr").count() > 5
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = """() => [...document.querySelectorAll('#funnel svg text, #courses svg text, #divergence svg text')].filter(text => {
        const one = text.getBoundingClientRect(), box = text.closest('svg').getBoundingClientRect();
        return one.width && (one.left < box.left - 2 || one.right > box.right + 2);
    }).map(text => text.textContent)"""
    assert page.evaluate(cut) == []
    accessible(page)
