"""`minping audit` on the service example, from end to end."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run

pytestmark = pytest.mark.slow  # counties are simulated, audited or run


@pytest.fixture
def county(minping: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "county"
    assert minping("new", folder, "--scheme", "service", "--with-example").code == 0
    return folder


def test_findings_are_listed_with_what_to_do_and_what_cannot_be_seen(minping: Run, county: Path) -> None:
    ended = minping("audit", county)
    assert ended.code == 0
    for words in ("needs checking", "few devices rate again", "may also be", "how to check", "E3", "ratings.csv:"):
        assert words in ended.out
    assert "Ratings alone can't show:" in ended.out and "2025" in ended.out


def test_json_holds_the_same_and_names_nobody(minping: Run, county: Path) -> None:
    ended = minping("audit", county, "--period", "2025", "--json")
    told = json.loads(ended.out)
    assert ended.code == 0 and told["period"] == "2025"
    assert {"there are no surveys"} <= {one["because"]["en"] for one in told["skipped"]}
    assert not [one for one in told["skipped"] if one["suspicion"] in told["compared"]]
    one = told["findings"][0]
    assert one["title"]["zh"] and one["q"] <= 0.05 and one["sample"]
    with (county / "evidence" / "ratings.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    secret = {row[name] for row in rows for name in ("device", "case", "comment") if len(row[name]) > 6}
    shown = ended.out + minping("audit", county).out
    assert secret and not [word for word in secret if word in shown]


def test_a_period_that_is_none_is_said_to_be(minping: Run, county: Path) -> None:
    ended = minping("audit", county, "--period", "2025Q9")
    assert ended.code == 2 and "no period 2025Q9" in ended.err


def test_a_folder_without_ratings_is_not_passed_but_not_applicable(minping: Run, green: Path) -> None:
    ended = minping("audit", green)
    assert ended.code == 0 and "not applicable, because there are no ratings" in ended.out


@pytest.mark.slow
def test_scores_are_shown_with_and_without_what_needs_checking(minping: Run, county: Path) -> None:
    told = json.loads(minping("audit", county, "--json").out)
    flagged = {one["body"] for one in told["findings"] if one["rows"]}
    scores = {one["body"]: (one["score"], one["without_flagged"]) for one in told["scores"]}
    assert flagged == {body for body, (score, without) in scores.items() if score != without}
    assert "without what needs checking" in minping("audit", county).out
    assert "no scores of this period" in minping("audit", county, "--period", "2025H2").out


def test_a_narrow_terminal_gets_lines_and_no_table(minping: Run, county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.console import Console

    monkeypatch.setattr("minping.cli.audit.console", lambda stderr=False: Console(width=60, highlight=False))
    said = minping("audit", county).out
    assert "Longhu Subdistrict · few devices rate again and again" in said
    assert max(len(line) for line in said.splitlines()) <= 60


def test_the_workbook_has_a_sheet_for_each_body_with_room_to_reply(minping: Run, county: Path, tmp_path: Path) -> None:
    ended = minping("audit", county, "--xlsx", tmp_path / "check.xlsx")
    assert ended.code == 0 and "check.xlsx" in ended.err.replace("\n", "")
    told = json.loads(minping("audit", county, "--json").out)
    book = load_workbook(tmp_path / "check.xlsx")
    assert len(book.sheetnames) == 2 + len({one["body"] for one in told["findings"]})
    sheet = book["Longhu Subdistrict"]
    assert [cell.value for cell in sheet[3]][-1] == "Reply / what was found"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    (one,) = [one for one in told["findings"] if one["suspicion"] == "few_devices"]
    assert rows[0][0] == one["id"] and len(rows) == 1 + one["rows"] and rows[1][6] == one["sample"][0]
    assert not any(row[-1] for row in rows)


def confirm(county: Path, finding: str, state: str = "confirmed") -> None:
    lines = ["finding,state,decided_by,decided_on,document,reason", f"{finding},replied,街道,2026-01-10,,平板相连",
             f"{finding},{state},市局,2026-02-04,核〔2026〕3号,回访属实"]  # fmt: skip
    (county / "evidence" / "findings.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def published(county: Path) -> str:
    parts = []
    for path in sorted((county / "results").rglob("*")):
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as archive:
                parts += [archive.read(name) for name in archive.namelist()]
        elif path.is_file():
            parts.append(path.read_bytes())
    return b"\n".join(parts).decode(errors="replace")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_what_waits_for_checking_names_no_body_in_what_is_published(minping: Run, county: Path) -> None:
    told = json.loads(minping("audit", county, "--json").out)
    assert minping("run", county, "--draws", 50).code == 0
    bundle = county / "results" / "bundle-2025"
    assert rows(bundle / "findings.csv") == []
    audit = {row["suspicion"]: row for row in rows(bundle / "audit.csv")}
    assert audit["instant"]["open"] == "1" and audit["instant"]["compared"] == "16"
    assert audit["one_answer"]["compared"] == "0" and audit["one_answer"]["because_en"] == "there are no surveys"
    text = published(county)
    assert not [one["id"] for one in told["findings"] if one["id"] in text]
    report = (bundle / "report.html").read_text(encoding="utf-8")
    section = report[report.index('<section id="audit"') : report.index('<section id="bodies"')]
    names = {name for row in rows(county / "evidence" / "bodies.csv") for name in (row["name"], row["name_en"])}
    assert not [name for name in names if name in section]
    assert "4 inconsistencies need checking" in section and "2 of 9 in simulations" in section
    assert "the score of 4 bodies would move" in section


@pytest.mark.slow
def test_only_a_confirmed_finding_moves_the_score(minping: Run, county: Path) -> None:
    def scores() -> dict[str, str]:
        assert minping("run", county, "--draws", 50).code == 0
        return {row["body"]: row["score"] for row in rows(county / "results" / "bundle-2025" / "ranks.csv")}

    before, (one,) = scores(), [found for found in json.loads(minping("audit", county, "--json").out)["findings"]
                                if found["suspicion"] == "instant"]  # fmt: skip
    confirm(county, one["id"], "dismissed")
    assert scores() == before and rows(county / "results" / "bundle-2025" / "findings.csv") == []
    confirm(county, one["id"])
    after = scores()
    assert {body for body in before if before[body] != after[body]} == {one["body"]}
    (told,) = rows(county / "results" / "bundle-2025" / "findings.csv")
    assert (told["body"], told["document"]) == (one["body"], "核〔2026〕3号")
    assert (told["score"], told["score_with_all"]) == (after[one["body"]], before[one["body"]])
    report = (county / "results" / "bundle-2025" / "report.html").read_text(encoding="utf-8")
    assert "核〔2026〕3号" in report and "1 confirmed" in report
    assert minping("verify", county / "results" / "bundle-2025", "--rerun", "--evidence", county).code == 0


def test_without_an_audit_the_report_says_so(minping: Run, county: Path) -> None:
    scheme = county / "scheme.yaml"
    scheme.write_text(scheme.read_text(encoding="utf-8") + "audit: {examine: false}\n", encoding="utf-8")
    assert minping("run", county, "--draws", 50).code == 0
    report = (county / "results" / "bundle-2025" / "report.html").read_text(encoding="utf-8")
    assert "nothing is audited" in report
    assert rows(county / "results" / "bundle-2025" / "audit.csv") == []
    assert "few devices" in minping("audit", county).out
