"""Margins: rows that cannot be are named in their file; the rest is in tests/indicators/test_samples.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.errors import EvidenceError
from minping.evidence import load_evidence
from minping.evidence.margins import CLOSE
from minping.model.evidence import Codebook
from minping.model.surveys import Margin, SurveyPlan
from tests.evidence.test_records import folder

PLAN = Codebook({}, records=("margins",), survey=SurveyPlan(("age", "sex"), ("age", "sex")))
HEAD = "margin,level,total,body,period\n"


def test_margins_are_read_with_names_of_bodies_and_forms_of_periods(tmp_path: Path) -> None:
    text = HEAD + "age , a,10,甲街道,2024年\nsex,f,10,b1,2024\n"
    found = load_evidence(folder(tmp_path, None, margins=text), PLAN)
    assert found.margins == (
        Margin("age", "a", 10.0, "b1", "2024", 1, 2),
        Margin("sex", "f", 10.0, "b1", "2024", 1, 3),
    )


def test_each_public_adds_up_for_itself_and_rounding_is_no_fault(tmp_path: Path) -> None:
    close = 10 * (1 + CLOSE / 2)
    text = HEAD + f"age,a,10,b1,\nsex,f,{close},b1,\nage,a,7,b2,\nsex,f,4,b2,\nsex,m,2,b2,\n"
    with pytest.raises(EvidenceError) as caught:
        load_evidence(folder(tmp_path, None, margins=text), PLAN)
    (found,) = [one for one in caught.value.problems if one.severity == "error"]
    assert found.code == "margins-differ" and "b2" in found.found.en and "age 7, sex 6" in found.found.en
