"""Replicate weights in the file: several sets for one respondent; the rest is in tests/indicators/test_samples.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.errors import EvidenceError
from minping.evidence import load_evidence
from minping.evidence.replicates import check_replicates
from minping.model.evidence import Codebook, Records
from minping.model.surveys import SurveyPlan
from tests.evidence.test_records import folder

PLAN = SurveyPlan(replicates=("w1", "w2"), beyond="w3")


def test_a_respondent_has_one_set_of_weights(tmp_path: Path) -> None:
    text = "respondent,body,question,answer,asked_on,w1,w2\np1,b1,q,5,2024-05-01,1,2\np1,b1,r,5,2024-05-01,1,3\np2,b1,q,4,2024-05-01,0,1\n"
    with pytest.raises(EvidenceError) as caught:
        load_evidence(folder(tmp_path, None, surveys=text), Codebook({}, records=("surveys",), survey=PLAN))
    assert [
        (one.code, one.place.row, one.place.column) for one in caught.value.problems if one.severity == "error"
    ] == [
        ("respondent-differs", 2, "w1"),
        ("respondent-differs", 3, "w1"),
    ]


def test_without_replicates_nothing_is_looked_at() -> None:
    check_replicates(Records("surveys", (), 0), SurveyPlan(), [], [])
