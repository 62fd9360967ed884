"""Which rules apply to a scheme, and what a waiver does to a finding."""

from __future__ import annotations

from datetime import date

import pytest

from minping.scheme.lint import RULES
from tests.scheme.lint.schemes import GOOD, Change, changed, figures, line_of, plain, report, without

NO_APPEAL = without("appeal")
ENDS = date(2030, 12, 31)
REASON = "申诉按公务员法另行规定"
NO_ADJUSTMENT = GOOD[: GOOD.index("adjust:")] + GOOD[GOOD.index("grades:") :]


def waived(rule: str, more: str = "", text: str = NO_APPEAL) -> str:
    return f"{text}waivers:\n  - {{rule: {rule}, reason: {REASON}{more}}}\n"


@pytest.mark.parametrize(
    ("rule", "text", "said"),
    [
        ("L2", changed((", forbid_tags: [gdp]", "")), "no type of body forbids a tag"),
        ("L3", changed(("kind: region", "kind: window")), "neither regions nor office-holders are judged"),
        ("L5", NO_ADJUSTMENT, "there is no veto, cap, deduction or tolerance"),
        ("L6", plain("a, weight: 1"), "the scheme has no grades"),
        ("L7", plain("a, weight: 1"), "no indicator rests on people's answers"),
        ("L12", GOOD, "it needs data, and there are none"),
        ("L13", GOOD, "it needs data, and there are none"),
        ("L16", without("supersedes"), "it names no version before"),
    ],
)
def test_a_rule_that_does_not_apply_says_why(rule: str, text: str, said: str) -> None:
    told = report(text)
    because = dict(told.not_applicable)[rule]
    assert because.en == said and because.zh not in ("", said)
    assert rule not in told.passed and rule not in {one.rule for one in told.findings}


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("L3", [("kind: region", "kind: post")]),
        ("L3", [("kind: region", "kind: unit"), ("version: 3", "version: 3\nperiod: {kind: term}")]),
        ("L3", [("kind: region", "kind: unit"), ("version: 3", "version: 3\nterms: {lookback_years: 1}")]),
        ("L7", [("kind: survey, ", "")]),
        ("L7", [("[citizen, outcome]", "[outcome]")]),
    ],
)
def test_one_reason_to_apply_is_enough(rule: str, changes: list[Change]) -> None:
    assert rule in report(changed(*changes)).passed


@pytest.mark.parametrize("data", [None, figures([[1.0, 2.0, 3.0]] * 3)])
def test_every_rule_passes_objects_or_does_not_apply(data: object) -> None:
    for text in (GOOD, NO_APPEAL):
        told = report(text, data)  # type: ignore[arg-type]
        objected = {one.rule for one in told.findings}
        sorted_out = [*told.passed, *(rule for rule, _ in told.not_applicable), *objected]
        assert sorted(sorted_out) == sorted(RULES)


def test_a_waiver_with_a_reason_takes_the_finding_out_of_the_errors_and_keeps_it() -> None:
    assert report(NO_APPEAL).errors == 1
    told = report(waived("L9"))
    assert told.errors == 0 and told.findings == ()
    (one,) = told.waived
    assert (one.rule, one.level) == ("L9", "error")
    assert one.waived_by is not None and one.waived_by.reason == REASON
    assert "L9" not in told.passed


def test_a_waiver_covers_every_finding_of_its_rule_and_no_other() -> None:
    text = changed(("window_days: 15, ", ""), ("recusal: true", "recusal: false"), ("k: 3", "k: 2"))
    told = report(waived("L9", text=text))
    assert [one.rule for one in told.waived] == ["L9", "L9"] and [one.rule for one in told.findings] == ["L7"]


@pytest.mark.parametrize(
    ("on", "findings"),
    [
        (None, []),
        (date(2030, 12, 30), []),
        (ENDS, []),
        (date(2031, 1, 1), [("L9", "error"), ("waiver", "warning")]),
    ],
)
def test_a_waiver_holds_to_the_end_of_its_last_day(on: date | None, findings: list[tuple[str, str]]) -> None:
    told = report(waived("L9", f", expires_on: {ENDS}"), on=on)
    assert [(one.rule, one.level) for one in told.findings] == findings
    assert len(told.waived) == (0 if findings else 1)


def test_a_waiver_that_ran_out_is_told_with_its_line_and_day() -> None:
    text = waived("L9", f", expires_on: {ENDS}")
    one = report(text, on=date(2031, 1, 1)).findings[-1]
    assert (one.place.column, one.place.row) == ("waivers.0.rule", line_of(text, "rule: L9"))
    assert str(ENDS) in one.found.zh and one.found.en == "the waiver of L9 ran out"


def test_a_waiver_approved_anew_holds_beside_the_one_that_ran_out() -> None:
    text = waived("L9", ", expires_on: 2020-12-31") + f"  - {{rule: L9, reason: {REASON}又一年}}\n"
    told = report(text, on=date(2021, 1, 1))
    assert told.errors == 0 and [(one.rule, one.level) for one in told.findings] == [("waiver", "warning")]
    assert told.waived[0].waived_by is not None and told.waived[0].waived_by.reason.endswith("又一年")


@pytest.mark.parametrize(("given", "nearest"), [("L99", "L9"), ("l12", "L12"), ("L01", "L1")])
def test_a_waiver_of_no_rule_is_an_error_that_names_the_nearest(given: str, nearest: str) -> None:
    text = waived(given, text=GOOD)
    told = report(text)
    (one,) = told.findings
    assert (one.rule, one.level, one.place.row) == ("waiver", "error", line_of(text, f"rule: {given}"))
    assert one.found.en == f"no rule {given}" and nearest in one.fix.en
    assert told.errors == 1


def test_a_waiver_without_a_finding_is_idle() -> None:
    text = waived("L1", text=GOOD)
    (one,) = report(text).findings
    assert (one.rule, one.level, one.place.row) == ("waiver", "note", line_of(text, "rule: L1"))
    assert one.fix.en == "remove it" and report(text).errors == 0


def test_no_waiver_can_waive_what_is_wrong_with_waivers() -> None:
    told = report(waived("waiver", text=GOOD))
    assert [(one.rule, one.level) for one in told.findings] == [("waiver", "error")] and told.waived == ()
