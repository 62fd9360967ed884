"""What of a finding may be published: no row of a person, no words that count few of them or quote what was written."""

from __future__ import annotations

from minping.audit.suspicions import SUSPICIONS
from minping.model.findings import Finding
from minping.scoring.finding_tables import public_places
from minping.scoring.findings_shown import PERSONS, as_published, is_of_persons
from minping.words import both


def finding(suspicion: str, **how: object) -> Finding:
    row = SUSPICIONS[suspicion]
    told = {"observed": 9.0, "expected": 1.0, "n": 20, "p": 0.001, "q": 0.01, "rows": 9, "said": both("9 of 20")} | how
    words = {"title": row.title, "test": row.compared, "innocent": row.innocent, "check": row.check}
    places = {"sample": ("evidence/x.csv:2",), "beside": ("evidence/x.csv:3",)}
    return Finding(suspicion, body="a", period="2024", grade=row.grade, **words, **places, **told)  # type: ignore[arg-type]


def test_rows_of_persons_are_never_named_whatever_the_kind_of_suspicion() -> None:
    one = as_published(finding("rushed_requests"), 5)
    assert not one.sample and not one.beside and public_places(finding("rushed_requests")) == ()
    assert one.said is not None and as_published(finding("rushed_requests"), 10).said is None  # fewer than k
    assert {key for key, row in SUSPICIONS.items() if PERSONS.intersection(row.needs)} >= {"copied", "one_answer"}


def test_words_that_quote_stay_inside_and_rows_of_offices_are_named() -> None:
    report, files, sums = (as_published(finding(key), 5) for key in ("reused_reports", "reused_files", "sums"))
    assert report.said is None and files.said is None and sums.said is not None
    assert report.sample and sums.sample and sums.beside and not is_of_persons(sums)


def test_neither_a_reply_nor_a_single_rater_is_told_in_public() -> None:
    told = [key for key, row in SUSPICIONS.items() if row.test.__name__ in ("template_replies", "same_for_everybody")]
    assert len(told) == 2
    for key in told:
        one = as_published(finding(key), 1)
        assert one.said is None and not one.sample and is_of_persons(one)
