"""What tests look at: figures by release and period, tables of events as arrays, what a scheme declares."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.audit.frames import read_frame
from minping.audit.history import history_of
from minping.audit.opened import Opened
from minping.audit.precision import decimals_of
from minping.evidence import load_evidence
from minping.indicators.events import engine
from minping.model.evidence import Codebook, Evidence
from minping.scheme.declared import declared
from minping.scheme.read import codebook, parse_scheme
from minping.stats.written import written

ROWS = """body,period,indicator,value,released_on
a,2023,gdp,100.5,2024-02-01
a,2023,gdp,90.25,2025-01-01
a,2024,gdp,110,2025-02-01
b,2024Q1,gdp,3,2024-05-01
b,2024,rate,97.3,
"""
SCHEME = """
id: made
version: 1
title: 试
authority: {issuer: 市}
indicators:
  - {id: growth, title: 增长, direction: higher, weight: 1, unit: "%", from: {official: gdp}, source: {reporter: statistics, check: 税务}, normalise: {method: goalposts, floor: 0, target: 9, reason: 试}}
audit:
  series:
    gdp: {kind: money, decimals: 1, scope_changes: [{period: 2023, what: 普查}]}
    tax: {title: {zh: 税收, en: Taxes}, kind: money, reporter: third_party, unit: 亿元}
  levels: [gdp]
  sums: [{whole: gdp, parts: [one, two]}]
"""


@pytest.fixture
def evidence(tmp_path: Path) -> Evidence:
    home = tmp_path / "evidence"
    home.mkdir()
    (home / "bodies.csv").write_text("body,name\na,甲\nb,乙\n", encoding="utf-8")
    (home / "official.csv").write_text(ROWS, encoding="utf-8")
    (home / "ratings.csv").write_text(
        "case,body,rated_on,level,seconds,comment\nc2,b,2024-03-05,5,,好\nc1,a,2024-01-05,1,3.5,\n", encoding="utf-8"
    )
    return load_evidence(tmp_path, Codebook({}))


def test_first_and_latest_releases_stand_apart(evidence: Evidence) -> None:
    history = history_of(evidence.official)
    at = history.periods.index("2023")
    assert history.value("gdp")[at].tolist()[0] == 90.25 and history.first_value("gdp")[at].tolist()[0] == 100.5
    assert history.releases.sum() == 5 and np.isnan(history.value("gdp")[at, 1]) and history.rows("none").max() == -1
    cut = history_of(evidence.official, int(np.datetime64("2024-12-31").astype(int)))
    assert cut.value("gdp")[at, 0] == 100.5
    assert [history.periods[at] for at in history.like("2024")] == ["2023", "2024"]
    assert [history.periods[at] for at in np.flatnonzero(history.inside("2024"))] == ["2024Q1", "2024"]


def test_a_table_of_events_as_arrays_with_its_places(evidence: Evidence) -> None:
    with engine() as reader:
        frame = read_frame(reader, evidence.records["ratings"], evidence.bodies)
        opened = Opened(evidence, "2024", None, reader)
        assert opened.frame("ratings") is opened.frame("ratings") and opened.has("official") and not opened.has("tasks")
    assert frame.body.tolist() == [1, 0] and frame.row.tolist() == [2, 3] and len(frame) == 2
    assert np.isnan(frame.number("seconds")[0]) and frame.number("seconds")[1] == 3.5
    assert frame.text("comment").tolist() == ["好", ""]
    assert frame.day("rated_on")[1] == np.datetime64("2024-01-05") and np.isnat(frame.day("rectified_on")).all()
    assert opened.inside(frame.day("rated_on")).all() and not opened.inside(frame.day("completed_on")).any()
    assert (str(opened.start), str(opened.end), opened.declared, opened.bodies) == ("2024-01-01", "2024-12-31", {}, 2)


def test_what_is_declared_of_a_series_and_what_follows_from_it() -> None:
    scheme = parse_scheme(SCHEME).scheme
    told = declared(scheme)
    assert list(told) == ["gdp", "tax", "one", "two"]
    gdp, tax = told["gdp"], told["tax"]
    assert (gdp.kind, gdp.reporter, gdp.independence, gdp.decimals, gdp.direction) == (
        "money",
        "statistics",
        0.5,
        1,
        "higher",
    )
    assert (tax.title.en, tax.independence, tax.direction, told["one"].independence) == ("Taxes", 1.0, None, 0.0)
    assert gdp.checked_by == "税务" and gdp.scope_changes[0].period == "2023"
    assert codebook(scheme).audited == ("tax", "one", "two")


def test_written_figures_keep_their_places_and_computed_ones_are_told_apart() -> None:
    found = written(np.array([97.3, 5.0, np.nan, 1 / 3]))
    assert found.whole.tolist() == [973, 5, 0, 0] and found.places.tolist() == [1, 0, 0, 0]
    assert found.known.tolist() == [True, True, False, False]
    assert decimals_of(np.array([97.3, 5.25, np.nan]), None) == 2 and decimals_of(np.array([1 / 3]), None) is None
    assert decimals_of(np.array([1 / 3]), 1) == 1
    millions = written(np.array([31_622_776.6, 9_126_098.41, np.inf, 1e300]))
    assert millions.whole.tolist() == [316_227_766, 912_609_841, 0, 0]
    assert millions.known.tolist() == [True, True, False, False]


def test_a_moment_of_the_last_day_lies_in_the_period(evidence: Evidence) -> None:
    opened = Opened(evidence, "2024Q1", None, None)
    moments = np.array(["2024-01-01T00:00", "2024-03-31T17:30", "2024-04-01T00:00", "NaT"], dtype="datetime64[s]")
    assert opened.inside(moments).tolist() == [True, True, False, False]
    assert opened.inside(moments.astype("datetime64[D]")).tolist() == [True, True, False, False]


def test_periods_follow_one_another_without_a_gap(tmp_path: Path) -> None:
    home = tmp_path / "evidence"
    home.mkdir()
    (home / "bodies.csv").write_text("body,name\na,甲\n", encoding="utf-8")
    rows = "".join(f"a,{period},x,1\n" for period in ("2019", "2021", "2022", "2022Q3", "2023"))
    (home / "official.csv").write_text(f"body,period,indicator,value\n{rows}", encoding="utf-8")
    history = history_of(load_evidence(tmp_path, Codebook({})).official)
    assert [history.periods[at] for at in history.run("2023")] == ["2021", "2022", "2023"]
    assert len(history.like("2023")) == 4 and history.run("?") == []
