"""Plans of inspections: exact chances, risk from findings, draws that can be made again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from minping.audit.inspections.plan import plan_inspections, risks, strata_of
from minping.errors import EvidenceError
from minping.model.evidence import Evidence
from minping.model.findings import Decision, Finding, Findings, Places
from minping.model.inspected import InspectionPlan
from minping.scheme.shape import Scheme
from minping.stats.unequal_draws import unequal_draw
from minping.words import Text
from tests.audit.inspections.made import folder_in, read

WORD = Text("词", "word")


def finding(body: str, about: str = "", **other: object) -> Finding:
    given = Finding("sums", WORD, body, "2024", WORD, 1, 0, 1, 0.0, 0.0, "E1", 0, (), WORD, WORD, about=about)
    return replace(given, **other)  # type: ignore[arg-type]


def findings(*made: Finding, places: Places | None = None) -> Findings:
    none = np.zeros(0, dtype=np.int64)
    return Findings("2024", made, (), {}, places=places or Places(none, none, none))


@pytest.fixture
def given(tmp_path: Path) -> tuple[Scheme, Evidence]:
    return read(folder_in(tmp_path / "one"))


def plan(
    given: tuple[Scheme, Evidence], *made: Finding, size: int = 20, seed: int = 1, **other: Places
) -> InspectionPlan:
    return plan_inspections(*given, findings(*made, **other), size=size, seed=seed)


def at(found: InspectionPlan, body: int, about: str) -> int:
    return next(one for one, name in enumerate(found.claims.about) if name == about and found.claims.body[one] == body)


def test_chances_are_positive_and_sum_to_the_size_with_a_floor(given: tuple[Scheme, Evidence]) -> None:
    found = plan(given, finding("b03", "roads"))
    there = len(found.probability)
    assert there == 72 and len(found.drawn) == 20 and len(set(found.drawn.tolist())) == 20
    assert found.probability.sum() == pytest.approx(20)
    assert found.probability.min() >= 0.25 * 20 / there - 1e-12
    assert found.effective < 20.0001
    assert found.probability[at(found, 3, "roads")] == found.probability.max()


def test_the_same_seed_draws_the_same_and_another_does_not(given: tuple[Scheme, Evidence]) -> None:
    one, same, other = plan(given), plan(given), plan(given, seed=2)
    assert one.drawn.tolist() == same.drawn.tolist() != other.drawn.tolist()
    assert one.frame == same.frame == other.frame != plan(given, finding("b03")).frame
    assert strata_of(one)[0] == "2024 figure" and set(strata_of(one)) <= {"2024 figure", "2024 task", "2024 project"}


def test_units_are_drawn_as_often_as_their_chance_says(given: tuple[Scheme, Evidence]) -> None:
    found = plan(given, finding("b03", "roads"), finding("b05"), seed=7)
    assert found.drawn.tolist() == unequal_draw(found.probability, 7).tolist()
    times = np.zeros(len(found.probability))
    for seed in range(400):
        times[unequal_draw(found.probability, seed)] += 1
    error = np.sqrt(found.probability * (1 - found.probability) / 400)
    assert (np.abs(times / 400 - found.probability) <= 4.5 * error + 1e-12).all()


def test_a_finding_raises_the_claims_that_it_is_of(given: tuple[Scheme, Evidence]) -> None:
    base = plan(given)
    here = Places(np.array([0, 0]), base.claims.file[[40, 41]], base.claims.row[[40, 41]])
    risk = risks(base.claims, findings(finding("b00"), places=here), given[1])
    assert np.flatnonzero(risk > 1).tolist() == [40, 41] and risk[40] == 4
    named = risks(base.claims, findings(finding("b02", "trees@2024Q1", grade="E2")), given[1])
    assert np.flatnonzero(named > 1).tolist() == [at(base, 2, "trees")] and named.max() == 3
    body = risks(base.claims, findings(finding("b02", grade="E3", q=0.04)), given[1])
    assert set(np.flatnonzero(body > 1).tolist()) == set(np.flatnonzero(base.claims.body == 2).tolist())
    assert body.max() == pytest.approx(1 + 0.25 * 0.96)


def test_what_is_settled_counts_less_and_risk_has_an_end(given: tuple[Scheme, Evidence]) -> None:
    base = plan(given)

    def settled(state: str) -> float:
        step = Decision("x", state, "某局", "2024-05-01")  # type: ignore[arg-type]
        return float(risks(base.claims, findings(finding("b02", "trees", steps=(step,))), given[1]).max())

    assert (settled("replied"), settled("confirmed"), settled("dismissed")) == (4, 2.5, 1)
    assert risks(base.claims, findings(*[finding("b02", "trees")] * 9), given[1]).max() == 10


@pytest.mark.parametrize("size", [0, 73])
def test_a_size_that_can_t_be_is_told(given: tuple[Scheme, Evidence], size: int) -> None:
    with pytest.raises(EvidenceError, match="1 to 72"):
        plan(given, size=size)


def test_all_claims_can_be_drawn(given: tuple[Scheme, Evidence]) -> None:
    found = plan(given, finding("b03"), size=72)
    assert (found.probability == 1).all() and found.drawn.tolist() == list(range(72))


def test_nothing_to_inspect_is_told(tmp_path: Path) -> None:
    scheme, evidence = read(folder_in(tmp_path / "one", tasks=False))
    with pytest.raises(EvidenceError, match="no figure, task or project"):
        plan_inspections(scheme, evidence, replace(findings(), period="2019"), size=1, seed=1)
