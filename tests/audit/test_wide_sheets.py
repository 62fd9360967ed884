"""Figures of a wide sheet share a row: a finding is of its own figures, and only these are set apart once it is confirmed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from minping.audit import examine
from minping.audit.scrutiny import set_apart
from minping.evidence import load_evidence
from minping.model.evidence import Codebook, IndicatorNote
from minping.model.findings import Decision
from minping.scheme.audit_rules import Audit
from minping.scheme.shape import Scheme

RULES = Scheme.model_construct(
    audit=Audit.model_validate({"sums": [{"whole": "gdp", "parts": ["one", "two"]}]}), indicators=()
)


def test_other_figures_of_the_row_stay(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "bodies.csv").write_text("body,name\na,甲\nb,乙\n", encoding="utf-8")
    rows = "body,period,air,gdp,one,two\na,2024,5,100,30,30\nb,2024,6,60,30,30\n"
    (tmp_path / "evidence" / "official.csv").write_text(rows, encoding="utf-8")
    names = ("air", "gdp", "one", "two")
    evidence = load_evidence(tmp_path, Codebook({name: IndicatorNote(name, name, name) for name in names}))
    found = examine(evidence, "2024", scheme=RULES)
    (one,) = found.findings
    assert one.sample == ("evidence/official.csv:2",) == one.beside and one.rows == 1
    step = Decision(one.id, "confirmed", "市局", "2025-01-01", "1号", "属实")
    steps = replace(found, findings=(replace(one, steps=(step,)),))
    left = set_apart(evidence, [steps], ("confirmed",)).official
    gone = [(left.indicators[at], left.bodies[body]) for at, body, value in zip(left.indicator, left.body, left.value, strict=True) if np.isnan(value)]  # fmt: skip
    assert gone == [("gdp", "a")]
