from __future__ import annotations

import numpy as np
import pytest

from minping.model.evidence import Incident
from minping.scoring.adjust import Adjusted, adjustments, in_period
from minping.scoring.evaluation import Evaluation
from tests.made import flat, run, scheme, table

RULES = """\
adjust:
  bonus:
    - {id: prize, title: {zh: 奖, en: prize}, when: {incident: honour}, points: 2, max: 3, authority_ref: 规〔1〕}
    - {id: extra, title: {zh: 加分, en: extra}, official: extra_points, max: 4}
  deduct:
    - {id: accident, title: {zh: 事故, en: accident}, when: {incident: accident}, points: {minor: 1, major: 5}, max: 8}
  caps:
    - {id: serious, title: {zh: 严重, en: serious}, when: {incident: serious}, grade_at_most: fair, score_at_most: 70}
    - {id: grave, title: {zh: 重大, en: grave}, when: {incident: grave}, grade_at_most: poor}
  veto:
    - {id: fraud, title: {zh: 造假, en: fraud}, when: {incident: fraud}, grade: poor, authority_ref: 统计法}
  tolerance:
    - {id: reform, title: {zh: 容错, en: tolerance}, lifts: [accident, serious, fraud]}
grades:
  levels:
    - {id: good, title: 良, at_least: 80}
    - {id: fair, title: 中, at_least: 60}
    - {id: poor, title: 差}
"""


def incident(kind: str, body: str = "b00", on: str = "2020-05-01", number: int = 1, **more: str) -> Incident:
    return Incident(str(number), body, on, kind, "纪委监委", **more)


def evaluated(*incidents: Incident, extra: float = 0.0) -> Evaluation:
    figures = {"a": [90.0, 75.0, 50.0], "extra_points": [extra, 0.0, 0.0]}
    return run(flat("a", more=RULES), table(figures, incidents=incidents))


@pytest.mark.parametrize(
    ("day", "period", "wanted"),
    [
        ("2020-05-01", "2020", True),
        ("2019-12-31", "2020", False),
        ("2020-05-01", "2020Q2", True),
        ("2020-07-01", "2020Q2", False),
        ("2020-06-30", "2020H1", True),
        ("2020-07-01", "2020H2", True),
        ("2020-05-31", "2020-05", True),
        ("2020-06-01", "2020-05", False),
        ("2018-01-01", "2016-2020", True),
        ("2021-01-01", "2016-2020", False),
    ],
)
def test_an_incident_counts_in_the_period_in_which_it_happened(day: str, period: str, wanted: bool) -> None:
    assert in_period(incident("k", on=day), period) == wanted


def test_bonuses_are_added_and_capped() -> None:
    once = evaluated(incident("honour")).scores
    twice = evaluated(incident("honour"), incident("honour", number=2)).scores
    assert (once.score[0], twice.score[0]) == (92, 93)
    assert twice.points[0, twice.column("prize")] == 3
    assert "prize +3 (authority: 规〔1〕)" in {en for _, _, en in twice.notes}


@pytest.mark.parametrize(("extra", "score"), [(1.5, 91.5), (9.0, 94.0), (-7.0, 90.0)])
def test_a_bonus_by_an_official_figure_is_capped_and_never_takes(extra: float, score: float) -> None:
    found = evaluated(extra=extra).scores
    assert found.score[0] == score
    assert bool(found.notes) == (score != 90), "and it is told"


def test_deductions_go_by_severity_down_to_their_most() -> None:
    one = evaluated(incident("accident", severity="minor")).scores
    many = evaluated(*(incident("accident", severity="major", number=at) for at in range(3))).scores
    assert (one.score[0], many.score[0]) == (89, 82)
    assert many.contribution[0, many.column("accident")] == -8


def test_an_exempted_incident_takes_nothing_and_stays_told() -> None:
    tolerated = {"exempted_by": "容错认定〔2〕"}
    found = evaluated(incident("accident", severity="major", **tolerated), incident("fraud", number=2, **tolerated))
    assert found.scores.score[0] == 90 and found.grades[0].grade == "good"
    told = [en for _, _, en in found.scores.notes]
    assert "1 is exempted (容错认定〔2〕, tolerance): accident does not apply" in told and len(told) == 2


def test_tolerance_lifts_only_what_the_scheme_says() -> None:
    found = evaluated(incident("grave", exempted_by="容错认定〔2〕"))
    assert found.grades[0].grade == "poor"


def test_the_strictest_cap_holds() -> None:
    found = evaluated(incident("serious"), incident("grave", number=2))
    assert found.scores.score.tolist() == [70, 75, 50]
    assert [proposal.grade for proposal in found.grades] == ["poor", "fair", "poor"]
    assert found.grades[0].reason_en == "limited by a cap"


def test_a_veto_sets_the_grade_and_says_by_whom() -> None:
    found = evaluated(incident("fraud"))
    assert found.scores.score[0] == 90 and found.scores.rank[0] == 1
    assert (found.grades[0].grade, found.grades[0].reason_zh) == ("poor", "一票否决")
    assert "fraud: 1, 2020-05-01, confirmed by 纪委监委" in {en for _, _, en in found.scores.notes}


def test_a_veto_or_cap_never_lifts_a_grade() -> None:
    found = run(
        flat("a", more=RULES.replace("grade: poor, authority", "grade: fair, authority")),
        table(
            {"a": [10.0, 75.0], "extra_points": [0.0, 0.0]},
            incidents=[incident("fraud"), incident("serious", number=2)],
        ),
    )
    assert found.grades[0].grade == "poor" and found.scores.score[0] == 10


def test_incidents_of_other_bodies_periods_and_kinds_change_nothing() -> None:
    others = (incident("fraud", "elsewhere"), incident("fraud", on="2019-01-01", number=2), incident("rain", number=3))
    found = evaluated(*others)
    assert found.scores.score.tolist() == [90, 75, 50] and found.grades[0].grade == "good"
    assert found.scores.notes == ()


def test_adjustments_apply_to_a_block_of_draws_alike() -> None:
    found: Adjusted = adjustments(
        scheme(flat("a", more=RULES)).scheme,
        ["b00", "b01"],
        [incident("honour"), incident("serious", "b01", number=2)],
        "2020",
        lambda _: np.zeros(2),
    )
    np.testing.assert_array_equal(found.applied(np.array([[10.0, 90.0], [20.0, 60.0]])), [[12, 70], [22, 60]])
    assert np.isnan(found.applied(np.array([np.nan, 90.0]))[0])
