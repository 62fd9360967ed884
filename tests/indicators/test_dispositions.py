"""Dispositions: words and codes of outcomes, rates of each body, and weights that stand for those who took no part."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.errors import EvidenceError
from minping.evidence import load_evidence
from minping.indicators import compute
from minping.indicators.dispositions import counts_of, measure_response, tried_cases
from minping.model.evidence import Codebook, Evidence
from minping.scheme.read import codebook
from minping.stats.response import OUTCOMES
from tests.evidence.test_records import folder
from tests.made import scheme

HEAD = "body,period,disposition,count\n"
CASES = HEAD + (
    "b1,2024,complete,30\nb1,2024Q1,1.2,5\n甲街道,2024,拒访,20\nb1,2024,2.25,15\nb1,2024,3.1,10\nb1,2024,4.7,20\n"
    "b1,2023,complete,7\nb2,2024,完成,8\nb2,2024,21,2\nb2,2024-03,2.12,\n"
)


def loaded(home: Path, text: str) -> Evidence:
    return load_evidence(folder(home, None, dispositions=text), Codebook({}, records=("dispositions",)))


def test_outcomes_are_counted_by_word_or_code_and_by_period(tmp_path: Path) -> None:
    found = loaded(tmp_path, CASES)
    tried = tried_cases(found.records["dispositions"], found.bodies)
    counts = counts_of(tried, ("2024", "2024Q1", "2023", "2022"))
    assert dict(zip(OUTCOMES, counts[0, 0].tolist(), strict=True)) == {
        "complete": 30, "partial": 5, "refusal": 20, "non_contact": 15, "other": 0, "unknown_household": 10,
        "unknown_other": 0, "ineligible": 20,
    }  # fmt: skip
    assert counts[0, 1].tolist() == [8, 0, 3, 0, 0, 0, 0, 0] and counts[1].sum() == 6 and counts[3].sum() == 0
    rate = measure_response(tried, ("2024", "2022"), "RR4")
    assert rate.estimate[0, 0] == pytest.approx(100 * 35 / (70 + 70 / 90 * 10)) and rate.n[0].tolist() == [100, 11]
    assert rate.estimate[0, 1] == pytest.approx(100 * 8 / 11) and np.isnan(rate.estimate[1]).all()


@pytest.mark.parametrize(
    ("old", "new", "code", "row"),
    [
        ("b1,2024,complete,30", "b1,2024,complet,30", "unknown-disposition", 2),
        ("b1,2024,complete,30", "b1,2024,5.1,30", "unknown-disposition", 2),
        ("b1,2024,complete,30", "b1,2024,complete,-3", "impossible-count", 2),
        ("b1,2024,complete,30", "b1,2024,complete,2.5", "impossible-count", 2),
        ("b1,2024,complete,30", "b1,soon,complete,3", "malformed-period", 2),
        ("b1,2024,complete,30", "b1,,complete,3", "empty-cell", 2),
        ("b2,2024,完成", "b7,2024,完成", "unknown-body", 9),
    ],
)
def test_a_row_that_cannot_be_is_named(tmp_path: Path, old: str, new: str, code: str, row: int) -> None:
    assert old in CASES
    with pytest.raises(EvidenceError) as caught:
        loaded(tmp_path, CASES.replace(old, new))
    (found,) = [one for one in caught.value.problems if one.severity == "error"]
    assert (found.code, found.place.row) == (code, row)


SCHEME = """indicators:
  - {id: trust, title: 信任, direction: higher, weight: 1, from: {surveys: trust},
     normalise: {method: goalposts, floor: 0, target: 100, reason: 试验}}
  - {id: rate, title: 应答率, direction: higher, counts: false, from: {dispositions: RR5}}
surveys: {weighting: {nonresponse: [stratum]}}
"""


def weighted(home: Path, cases: str, answers: str) -> tuple[float, float]:
    head = "respondent,body,question,answer,asked_on,stratum\n"
    file = scheme(SCHEME)
    home = folder(home, None, surveys=head + answers, dispositions="body,period,disposition,count,stratum\n" + cases)
    found = compute(file.scheme, load_evidence(home, codebook(file.scheme)))
    return float(found.estimate[0, 0, 0]), float(found.estimate[0, 0, 1])


YOUNG = "".join(f"p{at},b1,trust,1,2024-05-01,young\n" for at in range(2))
OLD = "".join(f"q{at},b1,trust,5,2024-05-01,old\n" for at in range(4))
TRIED = "b1,2024,complete,2,young\nb1,2024,refusal,8,young\nb1,2024,complete,4,old\nb1,2024,ineligible,3,old\n"


def test_those_who_answered_stand_for_all_eligible_cases_of_their_cell(tmp_path: Path) -> None:
    estimate, rate = weighted(tmp_path, TRIED, YOUNG + OLD)
    assert estimate == pytest.approx(100 * 4 / (4 + 10)) and rate == pytest.approx(100 * 6 / 14)


@pytest.mark.parametrize(
    ("cases", "answers", "code"),
    [
        (TRIED, OLD, "empty-cell-of-nonresponse"),
        (TRIED.replace("complete,2,young", "complete,0,young"), YOUNG + OLD, "empty-cell-of-nonresponse"),
        (TRIED.replace("old", "aged"), YOUNG + OLD, "cell-without-cases"),
    ],
)
def test_cells_that_do_not_fit_are_named(tmp_path: Path, cases: str, answers: str, code: str) -> None:
    with pytest.raises(EvidenceError) as caught:
        weighted(tmp_path, cases, answers)
    assert code in {problem.code for problem in caught.value.problems}
    assert all(problem.fix.en and problem.fix.zh for problem in caught.value.problems)
