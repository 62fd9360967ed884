"""Where the public and the people who were asked do not fit, every row is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.errors import EvidenceError
from minping.evidence import load_evidence
from minping.evidence.weighting import EVER
from minping.model.evidence import Codebook
from minping.model.surveys import SurveyPlan
from tests.evidence.test_records import folder

PLAN = Codebook({}, records=("surveys", "margins"), survey=SurveyPlan(("age+sex", "age"), ("age", "sex")))
HEAD = "respondent,body,question,answer,asked_on,age,sex\n"


def test_rows_of_levels_that_have_no_total_or_are_empty_or_differ_are_named(tmp_path: Path) -> None:
    rows = ["p1,b1,q,5,2024-05-01,a,f", "p2,乙镇,q,5,2024-05-01,b,f", "p3,b1,q,5,2024-05-01,,f", "p4,b1,q,5,2024-05-01,a,m",
            "p4,b1,r,5,2024-05-01,a,f"]  # fmt: skip
    known = "margin,level,total,body,period\nage+sex,a+f,5,b1,\nage+sex,b+f,5,b2,\nage,a,5,b1,\nage,b,5,b2,\n"
    home = folder(tmp_path, None, surveys=HEAD + "\n".join(rows), margins=known)
    with pytest.raises(EvidenceError) as caught:
        load_evidence(home, PLAN)
    named = {(one.code, one.place.row, one.place.column) for one in caught.value.problems if one.severity == "error"}
    assert named == {
        ("covariate-empty", 4, "age"),
        ("level-without-total", 5, "age"),
        ("respondent-differs", 5, "sex"),
        ("respondent-differs", 6, "sex"),
    }


def test_a_level_of_another_body_or_year_is_not_missed_where_nobody_was_asked(tmp_path: Path) -> None:
    rows = "p1,b1,q,5,2024-05-01,a,f\np2,b1,q,4,2024-05-02,a,f\n"
    known = "margin,level,total,body,period\n" + "".join(
        f"{name},{level},5,{body},{period}\n"
        for name, level in (("age+sex", "a+f"), ("age", "a"))
        for body, period in (("b1", "2024"), ("b1", "2023"), ("b2", "2024"))
    )
    found = load_evidence(folder(tmp_path, None, surveys=HEAD + rows, margins=known), PLAN)
    assert len(found.margins) == 6 and not found.problems and EVER[0] == 0
