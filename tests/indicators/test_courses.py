"""Rates through a period are those of its parts, each measured as the period itself is; a funnel adds up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.indicators.compute import compute
from minping.indicators.courses import course, is_rate, parts_of
from minping.indicators.funnels import STEPS, funnel
from minping.indicators.requests import ask, measure_requests
from minping.model.evidence import Evidence
from minping.pipeline import load_evidence
from minping.scheme.read import SchemeFile, read_scheme
from tests.conftest import ROOT
from tests.evidence.test_records import folder, load

COUNTY = ROOT / "examples" / "county"


@pytest.fixture(scope="module")
def scheme() -> SchemeFile:
    return read_scheme(COUNTY)


@pytest.fixture(scope="module")
def evidence(scheme: SchemeFile) -> Evidence:
    return load_evidence(COUNTY, scheme)


def test_months_and_quarters_are_measured_as_the_year_is(scheme: SchemeFile, evidence: Evidence) -> None:
    asked = ask(evidence.records["requests"], evidence.bodies)
    found = course(scheme.scheme, asked, "2025")
    assert found is not None and found.rates[:3] == ("responded", "solved", "pleased") and len(found.months) == 12
    year = measure_requests(asked, ("2025",), "solved_rate")
    quarters = found.bodies[found.rates.index("solved")]
    assert quarters.shape == (4, len(evidence.bodies.ids), 4)
    np.testing.assert_allclose(quarters[..., 3].sum(axis=0), year.n[0])
    np.testing.assert_allclose(
        np.nansum(quarters[..., 0] * quarters[..., 3], axis=0), year.estimate[0] * year.n[0], rtol=1e-12
    )
    together = found.together[found.rates.index("solved")]
    assert together[:, 3].sum() == year.n.sum()
    assert (together[:, 0] * together[:, 3]).sum() == pytest.approx((year.estimate * year.n).sum())
    assert (together[:, 1] < together[:, 0]).all() and (together[:, 0] < together[:, 2]).all()


def test_a_period_without_parts_or_a_scheme_without_rates_has_no_course(scheme: SchemeFile, evidence: Evidence) -> None:
    asked = ask(evidence.records["requests"], evidence.bodies)
    assert course(scheme.scheme, asked, "2025-05") is None and course(scheme.scheme, asked, "2021-2025") is None
    assert course(_without_rates(scheme), asked, "2025") is None
    assert parts_of("2025H2", 3) == ("2025Q3", "2025Q4") and parts_of("2024-2025", 1)[-1] == "2025-12"
    assert [is_rate(part.evidence) for part in scheme.scheme.indicators if part.id in ("within", "solved")] == [
        True,
        False,
    ]


def _without_rates(scheme: SchemeFile) -> object:
    kept = tuple(part for part in scheme.scheme.indicators if not is_rate(part.evidence))
    return scheme.scheme.model_copy(update={"indicators": kept})


def test_a_funnel_counts_offers_and_remedies_of_the_period(tmp_path: Path) -> None:
    rows = "b1,2024-05,hall,100,80,30\nb1,2024-06,hall,50,50,50\n乙镇,2024-06,web,10,,\nb1,2023-12,hall,7,7,7\n"
    found = load(folder(tmp_path, offers="body,period,channel,issued,offered,answered\n" + rows))
    counts = funnel(found.records["offers"], None, found.bodies, ("2024", "2023"))
    assert counts[0, :, :3].tolist() == [[150, 130, 80], [10, 0, 0]] and counts[1, 0, :3].tolist() == [7, 7, 7]
    assert np.isnan(counts[..., 3:]).all() and np.isnan(funnel(None, None, found.bodies, ("2024",))).all()
    empty = load(folder(tmp_path, offers="body,period,issued\nb1,2024-05,9\n"))
    assert np.isnan(funnel(empty.records["offers"], None, empty.bodies, ("2024",))[0, :, 1]).all()


def test_values_carry_the_funnel_and_the_courses(scheme: SchemeFile, evidence: Evidence) -> None:
    values = compute(scheme.scheme, evidence)
    counts = dict(zip(STEPS, np.nansum(values.pictures.funnel[values.at("2025")], axis=0).tolist(), strict=True))  # type: ignore[index]
    assert counts["issued"] == 12_000 and counts["issued"] > counts["offered"] > counts["answered"] > counts["due"]
    assert counts["due"] > counts["in_time"] > 0.5 * counts["due"] and "2025" in values.pictures.courses
