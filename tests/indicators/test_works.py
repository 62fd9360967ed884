"""Works in a scheme: values, errors, intervals and counts come through; quarantined rows change them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from minping.errors import SchemeError
from minping.evidence import load_evidence
from minping.indicators.compute import compute, figures_for
from minping.indicators.tasks import follow_tasks, measure_tasks
from minping.indicators.works import count_works, few_left_out, work_years
from minping.model.evidence import Evidence, Quarantine
from minping.model.values import Values
from minping.scheme.read import SchemeFile, codebook
from minping.scheme.work_rules import WORKS
from minping.scoring.beside import Told, rests_on, revised
from tests.indicators import test_inspections, test_projects, test_tasks
from tests.indicators.works import write
from tests.made import scheme

NAMES = [(kind, name) for kind, measures in WORKS.items() for name in measures]


def asking(*ways: str) -> SchemeFile:
    """A scheme of indicators i0, i1 … with these sources."""
    rows = "".join(
        f"  - {{id: i{at}, title: 甲, unit: 件, in: d, weight: 1, direction: higher, from: {way}, normalise: {{method: goalposts, floor: 0, target: 100}}}}\n"
        for at, way in enumerate(ways)
    )
    return scheme("period: {of: '2024'}\ndimensions:\n  - {id: d, title: 甲, weight: 1}\nindicators:\n" + rows)


@pytest.fixture(scope="module")
def everything() -> SchemeFile:
    return asking(*(f"{{{kind}: {name}}}" for kind, name in NAMES))


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory, everything: SchemeFile) -> Evidence:
    home = tmp_path_factory.mktemp("works")
    write(home, "projects", test_projects.ROWS)
    write(home, "uses", test_projects.USES)
    write(home, "tasks", test_tasks.ROWS)
    write(home, "inspections", test_inspections.ROWS)
    return load_evidence(home, codebook(everything.scheme))


@pytest.fixture(scope="module")
def values(everything: SchemeFile, evidence: Evidence) -> Values:
    return compute(everything.scheme, evidence)


def test_every_measure_has_a_value_an_error_an_interval_and_a_count(values: Values) -> None:
    at = values.at("2024")
    assert values.n is not None and values.ends is not None
    told = values.estimate[at, :2]
    assert np.isfinite(told).all() and (values.se[at, :2] > 0).all() and (values.n[at, :2] > 1).all()
    low, high = np.moveaxis(values.ends[at, :2], -1, 0)
    assert (low < told).all() and (told < high).all()
    assert np.isnan(values.estimate[at, 2]).all()  # a body with nothing of any kind


def test_intervals_stay_within_what_can_be(values: Values) -> None:
    assert values.ends is not None
    low, high = values.ends[..., 0], values.ends[..., 1]
    for at, (_, name) in enumerate(NAMES):
        if name not in ("mean_overstatement", "cost_overrun"):
            assert np.nanmin(low[..., at]) >= 0
        if name not in ("mean_overstatement", "cost_overrun", "utilisation", "use_of_forecast", "cost_per_beneficiary"):
            assert np.nanmax(high[..., at]) <= 100


def test_the_period_asked_for_is_there_and_years_of_evidence_are_otherwise(evidence: Evidence) -> None:
    open_end = asking("{tasks: closed_on_time}").scheme.model_copy(
        update={"period": asking("{official: a}").scheme.period.model_copy(update={"of": None})}
    )
    years = {int(row[name][:4]) for row in test_tasks.ROWS for name in ("decided_on", "closed_on") if row[name]}
    assert work_years(open_end, evidence) == years
    assert set(figures_for(open_end, evidence).periods) == {str(year) for year in years}
    assert work_years(asking("{official: a}").scheme, evidence) == set()


def test_fewer_than_the_least_are_no_figure_but_k_is_of_people(evidence: Evidence) -> None:
    asked = asking("{tasks: closed_on_time, least: 10000}", "{tasks: closed_on_time}").scheme
    asked = asked.model_copy(update={"publish": asked.publish.model_copy(update={"k": 5000})})
    found = compute(asked, evidence)
    at = found.at("2024")
    assert np.isnan(found.estimate[at, :, 0]).all() and np.isfinite(found.estimate[at, :2, 1]).all()
    done = measure_tasks(follow_tasks(evidence.records["tasks"], evidence.bodies), ("2024",), "closed_on_time")
    assert np.isfinite(few_left_out(done, 1).estimate[0, :2]).all() and np.isnan(few_left_out(done, 10**6).se).all()


def test_a_scheme_that_asks_for_none_counts_none(evidence: Evidence) -> None:
    assert count_works(asking("{official: a}").scheme, evidence, ("2024",)) is None


@pytest.mark.parametrize("table", ["projects", "tasks", "inspections", "uses"])
def test_rows_set_apart_change_what_rests_on_them_and_nothing_else(
    everything: SchemeFile, evidence: Evidence, values: Values, table: str
) -> None:
    file = next(at for at, one in enumerate(evidence.files) if one.table == table)
    rows = np.arange(2, 150)
    apart = Quarantine(np.full(len(rows), file), rows, np.zeros(len(rows), dtype=np.bool_))
    records = {**evidence.records, table: replace(evidence.records[table], quarantine=apart)}
    without = replace(evidence, records=records)
    told = Told(values, figures_for(everything.scheme, evidence))
    found = revised(everything.scheme, without, told, evidence).values
    at = values.at("2024")
    for column, (kind, name) in enumerate(NAMES):
        same = np.allclose(found.estimate[at, :2, column], values.estimate[at, :2, column])
        touched = kind == table or (table == "uses" and name in ("utilisation", "use_of_forecast", "idle_share"))
        assert same != touched, (kind, name)


@pytest.mark.parametrize("kind", WORKS)
def test_a_measure_rests_on_its_table(kind: str) -> None:
    way = asking(f"{{{kind}: {next(iter(WORKS[kind]))}}}").scheme.indicators[0].evidence
    assert rests_on(way) == kind and way.is_event and way.is_work


@pytest.mark.parametrize(
    "way",
    [
        "{projects: utilisation, shrink: true}",
        "{projects: utilisation, as_ruled: true}",
        "{tasks: closed_on_time, days: 3}",
        "{tasks: closed_on_time, inspections: agree_rate}",
        "{inspections: agree_rate, adjust_for: [channel]}",
        "{inspections: disagree_rate}",
    ],
)
def test_what_does_not_go_with_works_is_refused(way: str) -> None:
    with pytest.raises(SchemeError) as caught:
        asking(way)
    assert all(".from" in problem.place.column for problem in caught.value.problems)


def test_stopped_tasks_may_be_left_out_by_rule(evidence: Evidence) -> None:
    found = compute(asking("{tasks: closed_on_time}", "{tasks: closed_on_time, as_ruled: true}").scheme, evidence)
    assert found.n is not None
    at = found.at("2024")
    stopped = [row for row in test_tasks.ROWS if row["state"] == "stopped" and row["due_on"][:4] == "2024"]
    assert found.n[at, :2, 0].sum() - found.n[at, :2, 1].sum() == len(stopped) > 0
