"""The part of the report on inspections that were drawn."""

from __future__ import annotations

from pathlib import Path

from minping.publication.report.inspected import inspected_part
from minping.publication.report.view import view_of
from minping.scoring.evaluation import Evaluation
from tests.publication.evaluations import evaluated, evaluation_in

HEAD = "inspection,body,visited_on,claim,reported_value,found_value,inspected_by,probability,stratum\n"


def test_without_a_plan_there_is_nothing(evaluation: Evaluation) -> None:
    assert inspected_part(view_of(evaluation, "zh")) == ""


def test_a_sentence_and_a_row_for_each_stratum(tmp_path: Path) -> None:
    evaluation_in(tmp_path)
    rows = [
        f"i{at},b0{at % 5},2017-02-01,x,1,{int(at > 3)},upper,0.5,2016 {'figure' if at % 2 else 'odd'}"
        for at in range(20)
    ]
    (tmp_path / "evidence" / "inspections.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    html = inspected_part(view_of(evaluated(tmp_path), "en"))
    assert "about 20.0% of all claims of 2016" in html and html.count('<th scope="row">') == 3
    assert ">figures<" in html and ">odd<" in html
