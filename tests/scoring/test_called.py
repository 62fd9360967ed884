"""Call-backs as a publication sees them: three figures with intervals, hidden where too few were reached."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest

from minping.pipeline import evaluate, load_evidence
from minping.publication.called_tables import CALLED_TABLES, callbacks_table
from minping.publication.report.called import called_chart, called_words
from minping.publication.report.view import view_of
from minping.scheme.read import parse_scheme
from minping.scoring.called import Z, called_back
from minping.scoring.evaluation import Evaluation
from minping.scoring.silence import silence
from minping.simulation.county import simulate

SCHEME = """\
id: silent
version: 1
title: {zh: 好差评与回访, en: Ratings and call-backs}
authority: {issuer: 市政务服务管理局}
weights: {method: equal}
publish: {k: K}
indicators:
  - {id: all, title: {zh: 全部满意率, en: Satisfied of all}, unit: "%", direction: higher, counts: false, from: {ratings: share_satisfied, callbacks: true}}
  - {id: raters, title: {zh: 好评率, en: Satisfied raters}, unit: "%", direction: higher, from: {ratings: share_satisfied}, normalise: {method: goalposts, floor: 0, target: 100, reason: 满意率}}
  - {id: response, title: {zh: 参评率, en: Response}, unit: "%", direction: higher, counts: false, from: {ratings: response_rate}}
"""


@cache
def county() -> Path:
    home = Path(mkdtemp(prefix="called-"))
    simulate(home, seed=7, bodies=5, services=2500, callbacks=400)
    return home


@cache
def evaluated(k: int = 5, text: str = SCHEME) -> Evaluation:
    scheme = parse_scheme(text.replace("K", str(k)))
    return evaluate(scheme, load_evidence(county(), scheme), draws=0)


def test_all_lies_between_raters_and_the_silent_by_their_numbers() -> None:
    found = called_back(evaluated())
    assert found is not None and found.node == "all"
    share = found.silent / 100
    assert found.figure[2] == pytest.approx((1 - share) * found.figure[0] + share * found.figure[1])
    assert (found.low <= found.figure + 1e-9).all() and (found.figure <= found.high + 1e-9).all()
    assert (found.reached < found.called).all() and found.called.sum() == 400


def test_the_truth_of_the_simulated_county_lies_within_the_intervals() -> None:
    found = called_back(evaluated())
    assert found is not None
    with (county() / "truth.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["of"], row["measure"]) == ("ratings", "share_satisfied")]
    true = np.array([float(row["value"]) for row in rows])
    assert [row["body"] for row in rows] == list(evaluated().values.bodies)
    assert ((found.low[2] <= true) & (true <= found.high[2])).sum() >= 4
    assert np.abs(found.figure[2] - true).mean() < np.abs(found.figure[0] - true).mean()  # raters alone are further off


def test_the_bounds_for_the_silent_rest_on_the_raters_alone() -> None:
    found = silence(evaluated())
    assert found is not None and found.node == "raters"


def test_too_few_reached_are_shown_nowhere() -> None:
    reached = called_back(evaluated()).reached  # type: ignore[union-attr]
    k = int(np.sort(reached)[2]) + 1
    table = callbacks_table(evaluated(k))
    few = reached < k
    assert 0 < few.sum() < len(few)
    for name in ("raters", "non_raters", "everyone", "everyone_lo", "rater_gap", "reached"):
        assert (np.isnan(np.asarray(table[name], dtype=float)) == few).all(), name
    html = str(called_chart(view_of(evaluated(k), "en")))
    assert f"/&lt;{k}" in html or f"/<{k}" in html


def test_without_call_backs_there_is_no_section_and_no_table() -> None:
    text = SCHEME.replace(", callbacks: true", "")
    assert called_back(evaluated(5, text)) is None and callbacks_table(evaluated(5, text)) == {}
    assert not called_chart(view_of(evaluated(5, text), "zh"))
    assert set(CALLED_TABLES) == {"callbacks"}


def test_the_section_says_how_many_differ_and_has_its_table() -> None:
    found = called_back(evaluated())
    assert found is not None
    words = called_words(found)
    clear = int((found.gap / found.gap_se > Z).sum())
    assert (
        f"in {clear} those who did not rate are clearly less content" in words.en
        and f"{clear} 个的未评价者明显更不满意" in words.zh
    )
    html = str(called_chart(view_of(evaluated(), "zh")))
    assert "没有评价的人，回访怎么说" in html and html.count('class="interval') >= 15 and "<table" in html


def test_explain_tells_both_halves_and_their_files() -> None:
    from minping.scoring.explain import explain

    told = explain(evaluated(), evaluated().values.bodies[0], "all")
    said = " | ".join(words.en for words in told.notes)
    assert "of the cases served were not rated" in said and "put together by their numbers" in said
    assert "evidence/callbacks.csv" in said and "evidence/cases.csv" in said
    most = int(called_back(evaluated()).reached.max())  # type: ignore[union-attr]
    few = explain(evaluated(most + 1), evaluated().values.bodies[0], "all")
    assert "put together" not in " | ".join(words.en for words in few.notes)
