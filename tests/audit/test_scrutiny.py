"""Decisions and what they leave of the evidence: rows set apart, or put back; on a table made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from minping.audit import examine
from minping.audit.decisions import confirmed_periods, decided
from minping.audit.scrutiny import scrutinise, set_apart, unknown_findings
from minping.audit.suspicions import SUSPICIONS
from minping.indicators.ratings import listen
from minping.model.evidence import Evidence
from minping.model.findings import Decision
from minping.scheme.audit_rules import Audit
from minping.scheme.shape import Scheme
from tests.audit.test_audit import made

RULES = Scheme.model_construct(audit=Audit(), indicators=())
REMOVED, COPIED = "2025:removed_blame:a", "2025:copied:b"


def step(finding: str, state: str, on: str = "2026-01-01") -> Decision:
    return Decision(finding, state, "市局", on, "核1号", "属实")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """Body a has many bad ratings removed, body b a sentence that is copied; the former lie in 2025, all of them."""
    rows: list[list[object]] = []
    for body, removed in (("a", 15), ("b", 1), ("c", 1)):
        rows += [[body, "2025-03-04", 1, "removed", "误评", "x", ""]] * removed
        rows += [[body, "2025-03-04", 2, "rated", "", "", ""]] * (40 - removed)
    rows += [["b", "2025-04-04", 5, "rated", "", "", "工作人员业务熟练服务周到"]] * 24
    rows += [
        [body, "2025-04-05", 5, "rated", "", "", f"第{at}次来办事感觉还可以"] for body in "abc" for at in range(30, 60)
    ]
    head = ("case", "body", "rated_on", "level", "status", "reason", "approved_by", "comment")
    return made(tmp_path_factory.mktemp("made"), rows, head)


def heard(evidence: Evidence) -> tuple[list[list[float]], list[float]]:
    found = listen(evidence.records["ratings"], evidence.bodies, ("2025",))
    return found.ruled[0].tolist(), found.removed[0].tolist()


def test_findings_keep_their_ids_and_take_their_steps(evidence: Evidence) -> None:
    found = examine(replace(evidence, decisions=(step(REMOVED, "replied"), step(REMOVED, "dismissed"))), "2025")
    assert {one.id: one.state for one in found.findings} == {REMOVED: "dismissed", COPIED: "open"}
    again = decided(found, [step(COPIED, "confirmed")])
    assert {one.id: one.state for one in again.findings} == {REMOVED: "open", COPIED: "confirmed"}
    assert found.count("copied", "open") == 1 == again.count("copied", "confirmed", "dismissed")


def test_places_are_the_rows_of_the_finding(evidence: Evidence) -> None:
    found = examine(evidence, "2025")
    at = [one.id for one in found.findings].index(COPIED)
    assert found.places.of(at).row.tolist() == list(range(122, 146)) and found.findings[at].rows == 24


def test_flagged_rows_are_set_apart_and_removed_blame_is_put_back(evidence: Evidence) -> None:
    found = examine(evidence, "2025")
    (ruled, removed), (less, fewer) = heard(evidence), heard(set_apart(evidence, [found], ("open",)))
    assert removed == [15, 1, 1] and fewer == [0, 1, 1]
    assert [one[0] for one in ruled] == [0, 0, 0] and [one[0] for one in less] == [15, 0, 0]
    assert [one[4] for one in ruled] == [30, 54, 30] and [one[4] for one in less] == [30, 30, 30]


def test_only_what_is_confirmed_changes_the_official_evidence(evidence: Evidence) -> None:
    looked = scrutinise(replace(evidence, decisions=(step(REMOVED, "confirmed"),)), "2025", RULES)
    assert heard(looked.confirmed)[1] == [0, 1, 1] and heard(looked.confirmed)[0][1][4] == 54
    assert heard(looked.unflagged)[0][1][4] == 30
    open_only = scrutinise(evidence, "2025", RULES)
    assert open_only.confirmed is evidence and open_only.unflagged is not evidence


def test_a_confirmed_finding_of_another_period_counts_too(evidence: Evidence) -> None:
    steps = (step("2025-04:copied:b", "confirmed"),)
    looked = scrutinise(replace(evidence, decisions=steps), "2025-03", RULES)
    assert looked.findings is not None and looked.findings.period == "2025-03"
    assert heard(looked.confirmed)[0][1][4] == 30


def test_a_finding_dismissed_in_the_end_is_not_confirmed() -> None:
    assert confirmed_periods([step(REMOVED, "confirmed"), step(REMOVED, "dismissed")]) == ()
    assert confirmed_periods([step(REMOVED, "confirmed"), step("2024:copied:b", "confirmed")]) == ("2025", "2024")


def test_a_decision_on_no_finding_is_told_without_naming_the_body(evidence: Evidence) -> None:
    told = replace(evidence, decisions=(step("2025:instant:c", "confirmed"), step(COPIED, "replied")))
    (one,) = unknown_findings(told, [examine(told, "2025")])
    assert one.severity == "warning" and "instant:c" not in one.line("zh") + one.line("en")


def test_nothing_is_looked_at_where_nobody_wants_it_and_nothing_passes_without_evidence(evidence: Evidence) -> None:
    for looked in (
        scrutinise(evidence, "2025", RULES, wanted=False),
        scrutinise(evidence, "2025", RULES.model_copy(update={"audit": Audit(examine=False)})),
    ):
        assert looked.findings is None and looked.confirmed is looked.unflagged is evidence
    silent = scrutinise(Evidence(evidence.folder, evidence.files, evidence.bodies, evidence.official), "2025", RULES)
    assert (
        silent.findings is not None and not silent.findings.compared and len(silent.findings.skipped) == len(SUSPICIONS)
    )
