"""CSV files: encodings, torn rows, row numbers."""

from __future__ import annotations

import random

import pytest

from minping.evidence import pieces
from tests.evidence.folder import BODIES, OFFICIAL, Folder


def test_a_good_folder_loads_without_a_word(folder: Folder) -> None:
    evidence = folder.load()
    assert evidence.problems == ()
    assert evidence.official.value.tolist() == [100, 50.5, 97.3]
    assert evidence.official.row.tolist() == [2, 3, 4]
    assert [file.path for file in evidence.files] == ["evidence/bodies.csv", "evidence/official.csv"]


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings_are_read_and_noted(folder: Folder, encoding: str) -> None:
    folder.write("bodies.csv", BODIES.encode(encoding))
    problem = folder.only("encoding")
    assert problem.severity == "note" and problem.place.file == "evidence/bodies.csv"
    assert folder.load().bodies.names == ("北京", "天津", "河北")


def test_a_gb18030_file_that_begins_with_a_megabyte_of_plain_text_is_read(folder: Folder) -> None:
    plain = "".join(f"beijing,{1900 + at // 12}-{at % 12 + 1:02d},gdp,1,plain\n" for at in range(60_000))
    folder.write(
        "official.csv", ("body,period,indicator,value,note\n" + plain + "hebei,2016,gdp,1,备注\n").encode("gb18030")
    )
    evidence = folder.load()
    assert evidence.official.notes[-1] == "备注"
    assert evidence.files[1].encoding == "gb18030"


def test_a_byte_order_mark_is_no_part_of_the_first_header(folder: Folder) -> None:
    folder.write("official.csv", b"\xef\xbb\xbf" + OFFICIAL.encode())
    assert folder.load().problems == ()
    folder.write("official.csv", b"\xef\xbb\xbf" + OFFICIAL.encode() + b"x,2016,gdp,1\n")
    assert folder.only("unknown-body").place.column == "body"


def test_text_that_is_neither_utf8_nor_gb18030_is_named_with_its_row(folder: Folder) -> None:
    folder.write("official.csv", OFFICIAL.encode() + b"beijing,2017,gdp,1\xff\xff\n")
    problem = folder.only("unknown-encoding")
    assert problem.place.row == 5


def test_an_extra_field_names_its_row_and_the_other_rows_are_still_checked(folder: Folder) -> None:
    folder.rows("beijing,2016,gdp,1,234", "tianjin,2016,gdp,x", "hebei,2016,gdp,3")
    found = {(problem.place.row, problem.code) for problem in folder.problems()}
    assert found == {(2, "extra-field"), (3, "text-in-number")}


def test_a_missing_field_names_its_row(folder: Folder) -> None:
    folder.rows("beijing,2016,gdp,1", "tianjin,2016,gdp", "hebei,2016,gdp,3")
    problem = folder.only("missing-field")
    assert (problem.place.row, problem.found.en[:8], problem.allowed.en[:8]) == (3, "3 fields", "4 fields")


def test_an_unclosed_quote_names_the_row_it_opens_in_and_later_rows_are_still_checked(folder: Folder) -> None:
    folder.rows('beijing,2016,gdp,"1', "tianjin,2016,gdp,x")
    found = {(problem.place.row, problem.code) for problem in folder.problems()}
    assert found == {(2, "unclosed-quote"), (3, "text-in-number")}


def test_rows_that_a_quote_swallowed_whole_are_not_lost_silently(folder: Folder) -> None:
    rows = ('beijing,2016,gdp,1,"a', "tianjin,2016,gdp,2,b", 'hebei,2016,gdp,3,c"')
    problem = folder.rows(*rows, header="body,period,indicator,value,note").only("swallowed-rows")
    assert (problem.place.row, problem.severity) == (2, "error")


def test_two_open_quotes_that_close_each_other_are_named(folder: Folder) -> None:
    rows = ('beijing,2016,gdp,1,"a', 'tianjin,2016,gdp,2,"b', "hebei,2016,gdp,3,c")
    problem = folder.rows(*rows, header="body,period,indicator,value,note").only("unclosed-quote")
    assert (problem.place.row, problem.severity) == (2, "error")


def test_a_line_break_in_quotes_is_one_row(folder: Folder) -> None:
    folder.rows('beijing,2016,gdp,1,"two\nlines"', "tianjin,2016,gdp,x,", header="body,period,indicator,value,note")
    problem = folder.only("text-in-number")
    assert problem.place.row == 3


def test_blank_lines_are_counted_as_a_spreadsheet_counts_them(folder: Folder) -> None:
    folder.rows("beijing,2016,gdp,1", "", ",,,", "tianjin,2016,gdp,x", "", "")
    assert folder.only("text-in-number").place.row == 5


def test_an_empty_file_is_an_error(folder: Folder) -> None:
    assert folder.write("official.csv", "").only("empty-file").place.file == "evidence/official.csv"


def test_only_a_header_is_an_error(folder: Folder) -> None:
    assert folder.rows().only("empty-table").place.file == "evidence/official.csv"


def test_a_nul_byte_names_its_row(folder: Folder) -> None:
    folder.rows(
        "beijing,2016,gdp,1",
        'tianjin,2016,gdp,2,"a\nb"',
        "hebei,2016,gdp,\x003",
        header="body,period,indicator,value,note",
    )
    problem = next(problem for problem in folder.problems() if problem.code == "nul-byte")
    assert problem.place.row == 4


def test_a_huge_cell_is_an_error(folder: Folder) -> None:
    folder.rows("beijing,2016,gdp,1," + "长" * 40_000, header="body,period,indicator,value,note")
    problem = folder.only("huge-cell")
    assert problem.place.row == 2 and len(problem.line()) < 400


def test_a_record_without_an_end_is_named_and_does_not_fill_the_memory(folder: Folder) -> None:
    folder.write("official.csv", OFFICIAL + '"' + "x" * 9_000_000)
    assert folder.only("unclosed-quote").place.row == 5


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_other_separators_are_read_and_noted(folder: Folder, delimiter: str) -> None:
    folder.write("official.csv", OFFICIAL.replace(",", delimiter))
    assert folder.only("delimiter").severity == "note"


def test_old_mac_line_ends_are_read(folder: Folder) -> None:
    folder.write("official.csv", OFFICIAL.replace("\n", "\r"))
    assert folder.load().official.row.tolist() == [2, 3, 4]


@pytest.mark.parametrize("step", [7, 64, 1000])
def test_row_numbers_do_not_depend_on_where_the_stream_is_cut(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    draw, lines, bad = random.Random(step), [], set()
    for at in range(300):
        row, kind = at + 2, draw.randrange(12)
        lines.append(
            {
                0: f"beijing,{2000 + at},gdp,x,",
                1: f"beijing,{2000 + at},gdp,1,2,3",
                2: "",
                3: f"beijing,{2000 + at},gdp",
            }.get(kind, f'beijing,{2000 + at},gdp,{at},"a ""b""\n{at}"')
        )
        bad |= {row} if kind in (0, 1, 3) else set()
    folder.rows(*lines, header="body,period,indicator,value,note")
    monkeypatch.setattr(pieces, "STEP", step)
    found = {problem.place.row for problem in folder.problems() if problem.severity == "error"}
    assert found == bad
