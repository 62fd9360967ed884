"""Parts and wholes on tables made by hand: what rounding explains is no finding, what it does not is one, with its rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.audit import examine
from minping.evidence import load_evidence
from minping.model.evidence import Codebook, Evidence
from minping.model.findings import Decision, Findings
from minping.scheme.audit_rules import Audit
from minping.scheme.shape import Scheme

SUMS = Audit.model_validate(
    {"sums": [{"whole": "gdp", "parts": ["one", "two", "three"]}, {"whole": "gdp", "over": "children"}]}
)


def test_figures_computed_to_many_places_must_agree_as_far_as_floats_go(tmp_path: Path) -> None:
    third = 1e9 / 3
    evidence = made(tmp_path, figures("a", 1e9, third, third, third) + figures("b", 1e9, third, third, third + 3))
    assert [one.body for one in looked(evidence).findings if one.suspicion == "sums"] == ["b"]


def made(home: Path, rows: str, bodies: str = "p,省,\na,甲,p\nb,乙,p\n") -> Evidence:
    (home / "evidence").mkdir()
    (home / "evidence" / "bodies.csv").write_text(f"body,name,parent\n{bodies}", encoding="utf-8")
    (home / "evidence" / "official.csv").write_text(f"body,period,indicator,value\n{rows}", encoding="utf-8")
    return load_evidence(home, Codebook({}))


def looked(evidence: Evidence, rules: Audit = SUMS, period: str = "2024") -> Findings:
    return examine(evidence, period, scheme=Scheme.model_construct(audit=rules, indicators=()))


def figures(body: str, *values: float, period: str = "2024") -> str:
    return "".join(
        f"{body},{period},{name},{value}\n" for name, value in zip(("gdp", "one", "two", "three"), values, strict=False)
    )


def test_rounding_is_no_finding_and_a_gap_beyond_it_is(tmp_path: Path) -> None:
    evidence = made(tmp_path, figures("a", 100.1, 33.2, 33.4, 33.4) + figures("b", 100.1, 33.2, 33.4, 33.1))
    (one,) = (found for found in looked(evidence).findings if found.suspicion == "sums")
    assert (one.id, one.grade, one.p, one.rows) == ("2024:sums:b:gdp", "E1", 0.0, 1)
    assert one.sample == ("evidence/official.csv:6",)
    assert one.beside == tuple(f"evidence/official.csv:{line}" for line in (7, 8, 9))
    assert one.said is not None and "99.7" in one.said.en and "0.2 at most" in one.said.en


def test_a_quarter_that_does_not_add_up_is_named_by_its_period(tmp_path: Path) -> None:
    evidence = made(tmp_path, figures("a", 12.5, 3, 3, 3, period="2024Q2"))
    (one,) = looked(evidence).findings
    assert one.id == "2024:sums:a:gdp@2024Q2"


def test_bodies_below_a_parent(tmp_path: Path) -> None:
    good, bad = figures("p", 30) + figures("a", 14) + figures("b", 16), figures("p", 40) + figures("a", 14)
    (tmp_path / "1").mkdir()
    assert not looked(made(tmp_path / "1", good)).findings
    (tmp_path / "2").mkdir()
    assert not looked(made(tmp_path / "2", bad)).findings  # b has no figure: nothing can be said
    (tmp_path / "3").mkdir()
    (one,) = looked(made(tmp_path / "3", bad + figures("b", 16))).findings
    assert (one.id, one.observed, one.expected, one.n) == ("2024:sum_of_bodies:p:gdp", 30, 40, 2)


@pytest.mark.parametrize("rules", [Audit(), Audit.model_validate({"sums": [{"whole": "x", "parts": ["y"]}]})])
def test_what_is_not_declared_or_not_there_is_not_applicable(tmp_path: Path, rules: Audit) -> None:
    told = looked(made(tmp_path, figures("a", 12.5, 3, 3, 3)), rules)
    assert not told.findings and "sums" in {one.suspicion for one in told.skipped}


def test_a_decision_names_the_figure_too(tmp_path: Path) -> None:
    evidence = made(tmp_path, figures("a", 12.5, 3, 3, 3))
    (tmp_path / "evidence" / "findings.csv").write_text(
        "finding,state,decided_by,decided_on,document,reason\n2024:sums:a:gdp,replied,甲,2025-02-01,,核实中\n",
        encoding="utf-8",
    )
    evidence = load_evidence(tmp_path, Codebook({}))
    (one,) = looked(evidence).findings
    assert one.state == "replied" and isinstance(one.steps[0], Decision)


def test_two_sums_of_one_whole_are_told_apart(tmp_path: Path) -> None:
    rules = [
        {"whole": "gdp", "parts": ["one", "two"]},
        {"whole": "gdp", "parts": ["three"]},
        {"whole": "gdp", "parts": ["two", "one"]},
    ]
    told = looked(made(tmp_path, figures("a", 100, 3, 3, 3)), Audit.model_validate({"sums": rules}))
    ids = [one.id for one in told.findings if one.suspicion == "sums"]
    assert len(ids) == 2 == len(set(ids)) and "2024:sums:a:gdp=three" in ids


def test_the_rows_of_all_bodies_below_stand_beside_the_whole(tmp_path: Path) -> None:
    bodies = "p,省,\nq,市,\na,甲,p\nb,乙,q\nc,丙,p\nd,丁,q\n"
    told = {"p": 30, "q": 9, "a": 10, "b": 4, "c": 23, "d": 5}
    rows = "".join(figures(body, value) for body, value in told.items())
    (one,) = looked(made(tmp_path, rows, bodies)).findings
    assert (one.id, one.observed, one.n) == ("2024:sum_of_bodies:p:gdp", 33, 2)
    assert one.sample == ("evidence/official.csv:2",)
    assert one.beside == ("evidence/official.csv:4", "evidence/official.csv:6")
