"""Scores with and without what findings concern."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from minping.audit.scrutiny import set_apart
from minping.indicators.compute import compute, figures_for
from minping.model.findings import Decision
from minping.pipeline import evaluate, load_evidence
from minping.scheme.read import read_scheme
from minping.scheme.shape import From
from minping.scoring.beside import Told, moved, outside, rests_on, revised
from minping.scoring.evaluation import Evaluation
from minping.scoring.finding_tables import audit, confirmed, findings, shaken
from tests.conftest import ROOT

SERVICE = ROOT / "src" / "minping" / "schemes" / "service"


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    folder = SERVICE
    scheme_file = read_scheme(folder)
    return evaluate(scheme_file, load_evidence(folder / "example", scheme_file), draws=60)


def test_values_anew_are_those_of_the_evidence_without_the_rows(evaluation: Evaluation) -> None:
    scheme, evidence, found = evaluation.scheme, evaluation.evidence, evaluation.findings
    assert found is not None
    figures = figures_for(scheme, evidence)
    less = set_apart(evidence, [found], ("open",))
    told = Told(evaluation.values, figures)
    some, whole = revised(scheme, less, told, evidence).values, compute(scheme, less, figures)
    np.testing.assert_array_equal(some.estimate, whole.estimate)
    np.testing.assert_array_equal(some.se, whole.se)
    np.testing.assert_array_equal(some.n, whole.n)
    np.testing.assert_array_equal(some.heard, whole.heard)
    assert (some.estimate != evaluation.values.estimate).any()
    assert revised(scheme, evidence, told, evidence).values is evaluation.values


def test_only_bodies_with_findings_move_and_that_is_counted_not_named(evaluation: Evaluation) -> None:
    found, other = evaluation.findings, evaluation.beside.without_flagged
    assert found is not None and evaluation.beside.with_all is None
    moves = moved(evaluation.scores, other)
    flagged = {one.body for one in found.findings if one.rows}
    assert {evaluation.scores.bodies[at] for at in np.flatnonzero(moves)} == flagged
    away = outside(evaluation.intervals, other)
    assert away is not None and shaken(evaluation) == (len(flagged), int(away.sum()))
    assert shaken(replace(evaluation, intervals=None)) == (len(flagged), None)


def test_nothing_beside_moves_nothing(evaluation: Evaluation) -> None:
    assert not moved(evaluation.scores, None).any() and outside(evaluation.intervals, None) is None
    gone = replace(evaluation.scores, score=np.full_like(evaluation.scores.score, np.nan))
    assert (moved(evaluation.scores, gone) == evaluation.scores.scored).all() and not moved(gone, gone).any()


def test_a_figure_rests_on_its_table() -> None:
    assert rests_on(From(ratings="share_satisfied")) == "ratings" and rests_on(From(ratings="share_asked")) == "offers"
    assert rests_on(From(surveys="q1")) == "surveys" and rests_on(From(official="gdp")) == ""


def test_tables_name_a_body_only_once_confirmed_and_hide_small_counts(evaluation: Evaluation) -> None:
    found = evaluation.findings
    assert found is not None and not confirmed(evaluation) and findings(evaluation)["body"] == []
    step = Decision("", "confirmed", "市局", "2026-02-04", "核1号", "属实")
    sure = replace(
        evaluation, findings=replace(found, findings=tuple(replace(one, steps=(step,)) for one in found.findings))
    )
    told = findings(sure)
    assert told["body"] == [one.body for one in found.findings] and set(told["document"]) == {"核1号"}
    k = evaluation.scheme.publish.k or 1
    many = sure.scheme.model_copy(update={"publish": sure.scheme.publish.model_copy(update={"k": 30})})
    hidden = findings(replace(sure, scheme_file=replace(sure.scheme_file, scheme=many)))
    for one, rows, shown in zip(found.findings, told["rows"], hidden["rows"], strict=True):
        assert np.isnan(rows) == (one.rows < k) and np.isnan(shown) == (min(one.rows, one.observed) < 30)
    counts = audit(sure)
    assert sum(counts["confirmed"]) == len(found.findings) and not sum(counts["open"])
    assert [len(column) for column in audit(replace(evaluation, findings=None)).values()] == [0] * len(counts)
