"""The load as a whole: which files, all problems at once, progress."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from minping.errors import EvidenceError
from minping.evidence import load_evidence
from minping.words import Text
from tests.evidence.folder import CODEBOOK, Folder


def test_all_problems_of_all_files_are_raised_at_once_errors_first(folder: Folder) -> None:
    folder.write("bodies.csv", "body,name,population\nbeijing,北京,-1\n").write("terms.csv", "term,body\n").rows(
        "x,2016,gdp,1", "beijing,20,gpd,y", 'beijing,2016,gdp,"1,234"'
    )
    with pytest.raises(EvidenceError) as raised:
        folder.load()
    found = [(problem.place.file.removeprefix("evidence/"), problem.code) for problem in raised.value.problems]
    assert sorted(found) == [
        ("bodies.csv", "below-possible"), ("official.csv", "malformed-period"), ("official.csv", "text-in-number"),
        ("official.csv", "thousands-separators"), ("official.csv", "unknown-body"), ("official.csv", "unknown-indicator"),
        ("terms.csv", "missing-column"), ("terms.csv", "missing-column"),
    ]  # fmt: skip
    assert [problem.severity for problem in raised.value.problems][-1] == "warning"


def test_every_file_is_hashed(folder: Folder) -> None:
    for file in folder.load().files:
        assert file.sha256 == hashlib.sha256((folder.path / file.path).read_bytes()).hexdigest()


def test_several_files_make_one_table(folder: Folder) -> None:
    folder.write("official-2015.csv", "body,period,indicator,value\nbeijing,2015,gdp,1\n")
    folder.write("official_2014.CSV", "body,period,indicator,value\nbeijing,2014,gdp,1\n")
    assert folder.load().periods == ("2014", "2015", "2016")


def test_chinese_file_names_are_understood(folder: Folder) -> None:
    content = (folder.path / "evidence" / "bodies.csv").read_bytes()
    assert folder.remove("bodies.csv").write("单位.csv", content).load().bodies.ids[0] == "beijing"


def test_a_file_named_after_no_table_is_a_warning_with_the_nearest_one(folder: Folder) -> None:
    problem = folder.write("oficial.csv", "a,b\n").only("unread-file")
    assert problem.severity == "warning" and problem.fix.en == "did you mean official?"
    assert len(folder.load().files) == 2


def test_rows_keep_their_file_where_an_earlier_file_is_not_read(folder: Folder) -> None:
    evidence = folder.write("aaa.csv", "a,b\n").load()
    assert {evidence.files[at].path for at in evidence.official.file} == {"evidence/official.csv"}


def test_a_table_in_a_format_that_is_not_read_is_an_error(folder: Folder) -> None:
    assert folder.write("official.xls", b"x").only("unread-file").severity == "error"


def test_temporary_files_of_office_programs_and_readmes_are_passed_over(folder: Folder) -> None:
    assert folder.write("~$official.xlsx", b"x").write(".hidden.csv", "x").write("README.md", "x").load().problems == ()


@pytest.mark.parametrize("table", ["bodies", "official"])
def test_a_table_that_can_not_be_done_without_is_an_error(folder: Folder, table: str) -> None:
    folder.remove(f"{table}.csv")
    codes = {problem.code for problem in folder.problems()}
    assert codes == {"missing-table"}


def test_a_folder_without_evidence_is_an_error(folder: Folder) -> None:
    with pytest.raises(EvidenceError) as raised:
        load_evidence(folder.path / "nowhere", CODEBOOK)
    assert [problem.code for problem in raised.value.problems] == ["no-evidence"]


def test_a_folder_named_like_a_file_is_an_error(folder: Folder) -> None:
    folder.remove("official.csv")
    (folder.path / "evidence" / "official.csv").mkdir()
    assert folder.only("unread-file").severity == "error"


def test_progress_never_goes_back_and_ends_at_the_total(folder: Folder) -> None:
    told: list[tuple[Text, int, int]] = []
    load_evidence(folder.path, CODEBOOK, progress=lambda *step: told.append(step))
    done = [step[1] for step in told]
    assert done == sorted(done) and told[-1][1] == told[-1][2] > 0


def test_every_problem_is_said_in_both_languages(folder: Folder) -> None:
    folder.rows("x,2016,gdp,1", "beijing,20,gpd,y", 'beijing,2016,gdp,"3,14"', "beijing,2016,gdp,1,2")
    for problem in folder.problems():
        assert problem.found.zh and problem.found.en and problem.fix.zh and problem.fix.en


def test_importing_the_room_loads_no_heavy_library() -> None:
    code = "import sys, minping.evidence; print([name for name in ('pyarrow', 'openpyxl', 'python_calamine') if name in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
