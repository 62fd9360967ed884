"""What citizens say, from end to end: the scheme `service` on its simulated county."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from pathlib import Path

import pytest

from minping.cli import main
from tests.cli.conftest import Run

pytestmark = pytest.mark.slow  # counties are simulated, audited or run


@pytest.fixture
def county(minping: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "county"
    assert minping("new", folder, "--scheme", "service", "--with-example").code == 0
    return folder


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, run once for all tests that only read it."""
    folder = tmp_path_factory.mktemp("service") / "county"
    steps = (["new", str(folder), "--scheme", "service", "--with-example"], ["run", str(folder), "--draws", "100"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MINPING_HOME", str(folder.parent / "home"))
        for arguments in steps:
            with pytest.raises(SystemExit) as ended:
                main(arguments)
            assert not ended.value.code
    return folder


@pytest.fixture
def bundle(evaluated: Path) -> Path:
    return evaluated / "results" / "bundle-2025"


@pytest.mark.slow
def test_a_run_says_what_citizens_say_and_how_to_verify(minping: Run, county: Path) -> None:
    ended = minping("run", county, "--draws", 100)
    assert ended.code == 0, ended.err
    assert "What citizens say" in ended.out and f"--rerun --evidence {county}" in ended.out


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_period_is_the_last_one_with_figures_and_values_tell_their_sample(bundle: Path) -> None:
    values = rows(bundle / "values.csv")
    assert {row["body"] for row in values} == {row["body"] for row in rows(bundle / "ranks.csv")}
    solved = next(row for row in values if (row["body"], row["indicator"]) == ("S01", "solved"))
    assert float(solved["n"]) == 51 and float(solved["se"]) > 1 and solved["file"] == ""


def test_nobody_can_be_made_out_in_what_is_published(bundle: Path, evaluated: Path) -> None:
    evidence = rows(evaluated / "evidence" / "ratings.csv")
    requests = rows(evaluated / "evidence" / "requests.csv")
    names = {row["case"] for row in evidence} | {row["request"] for row in requests}
    names |= {row["device"] for row in evidence} - {""}
    words = {row["comment"] for row in evidence if len(row["comment"]) > 8} | {row["text"] for row in requests}
    assert len(names) > 2000 and len(words) > 100 and not (bundle / "evidence").exists()
    published = []
    for path in bundle.rglob("*"):
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as archive:
                published += [archive.read(name) for name in archive.namelist()]
        elif path.is_file():
            published.append(path.read_bytes())
    text = b"\n".join(published).decode(errors="replace")
    assert not names & set(re.findall(r"(?<![\w-])[\w-]+(?![\w-])", text))
    assert not [one for one in words if one in text]


def test_small_cells_are_hidden_and_cannot_be_reckoned_back(bundle: Path) -> None:
    for row in rows(bundle / "ratings.csv"):
        counts = [row[name] for name in row if name != "body"]
        assert all(count == "" or float(count) == 0 or float(count) >= 10 for count in counts)
        assert sum(row[f"level_{level}"] == "" for level in range(1, 6)) != 1


def test_few_raters_are_not_counted_nor_what_follows_from_two_sums(bundle: Path) -> None:
    counts = [float(row["n"]) for row in rows(bundle / "values.csv") if row["n"]]
    assert counts and min(count for count in counts if count) >= 10
    beside = [(row["defaulted"], row["removed"]) for row in rows(bundle / "ratings.csv")]
    assert all((one == "") == (other == "") for one, other in beside) and ("", "") in beside


def test_what_is_hidden_of_a_body_adds_to_ten_at_least(bundle: Path) -> None:
    sizes = {row["body"]: float(row["n"]) for row in rows(bundle / "values.csv") if row["indicator"] == "satisfied"}
    for row in rows(bundle / "ratings.csv"):
        levels = [row[f"level_{level}"] for level in range(1, 6)]
        if "" in levels and set(levels) != {""}:
            assert sizes[row["body"]] - sum(float(count) for count in levels if count) >= 10


def test_the_bundle_is_verified_with_the_evidence_at_hand_and_says_so_without(
    minping: Run, bundle: Path, evaluated: Path
) -> None:
    ended = minping("verify", bundle, "--rerun", "--evidence", evaluated)
    assert ended.code == 0 and "the same byte for byte" in ended.out
    ended = minping("verify", bundle, "--rerun")
    assert ended.code == 0 and "name the evidence with --evidence" in ended.out


@pytest.mark.slow
def test_explain_leads_to_levels_defaults_and_files(minping: Run, county: Path) -> None:
    said = minping("explain", county, "S01", "satisfied").out
    assert "rests on 173" in said and "5★ 118 · 4★ 45" in said and "defaults 56" in said and "counted as it was" in said
    assert "→ rated, 173 rows: evidence/ratings.csv:6 " in said and "46.4 % rated; with those who did not" in said
    said = minping("explain", county, "S01", "solved").out
    assert "rests on 51" in said and "evidence/requests.csv:" in said and "said to be solved" in said
    said = minping("explain", county, "S01", "calibrated").out
    assert "hall × 社保登记: 28 served, 18 rated, each counts" in said
    told = json.loads(minping("explain", county, "S01", "calibrated", "--json").out)
    cells = told["drill"]["weights"]
    assert len(cells) == 32 and sum(cell["issued"] for cell in cells) == 373 and cells[0]["factor"] > 0
    assert (
        "drill" in told
        and told["drill"]["places"][0]["sha256"]
        and "173 ratings" in minping("explain", county, "S01").out
    )


def test_the_report_shows_the_levels_and_no_default_among_them(bundle: Path) -> None:
    page = (bundle / "report.html").read_text(encoding="utf-8")
    assert "好差评各等级的比例" in page and "按规定口径的好评率" in page


def test_a_bad_rating_stops_the_run_and_is_named(minping: Run, county: Path) -> None:
    path = county / "evidence" / "ratings.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    head = lines[0].split(",")
    cells = lines[7].split(",")
    cells[head.index("level")], cells[head.index("status")] = "6", "rated"
    path.write_text("\n".join([*lines[:7], ",".join(cells), *lines[8:]]) + "\n", encoding="utf-8")
    ended = minping("run", county)
    assert ended.code == 2 and "ratings.csv:8 level" in ended.err and not (county / "results").exists()


def test_json_is_free_of_nan(minping: Run, county: Path) -> None:
    told = json.loads(minping("run", county, "--draws", 0, "--json").out)
    assert told["ranks"][0]["rank"] is None and told["period"] == "2025"


def test_the_silent_stand_beside_those_who_rated(bundle: Path) -> None:
    for row in rows(bundle / "silence.csv"):
        share, response = float(row["share"]), float(row["response"])
        assert float(row["low"]) == pytest.approx(share * response / 100)
        assert float(row["high"]) == pytest.approx(share * response / 100 + 100 - response)
        assert int(row["best"]) <= int(row["worst"])
    report = (bundle / "report.html").read_text(encoding="utf-8")
    assert 'id="silence"' in report and "the conclusion hangs on the silent" in report
