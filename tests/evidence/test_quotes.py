"""Quotes that don't match: the rows they tore or swallowed are named, and good ones are not."""

from __future__ import annotations

import pytest

from minping.evidence.quotes import open_quote, torn_quotes


def _codes(text: str, row: int = 2, delimiter: str = ",", width: int = 4) -> list[tuple[str, int]]:
    found = []
    for fault in torn_quotes(text.encode(), row, delimiter, width):
        assert fault.rows is not None
        found.append((fault.remark.code, int(fault.rows[0])))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "a,b,c,d\n",
        'a,b,c,"two\nlines"\ne,f,g,h\n',
        'a,b,c,"""quoted"" word"\n',
        'a,b,c,"first, second\nthird"\n',
        'a,"x\ny",c,"z\nw"\n',
        "",
    ],
)
def test_quotes_in_pairs_are_no_fault(text: str) -> None:
    assert _codes(text) == []


def test_rows_within_a_cell_are_named_by_the_row_that_swallowed_them() -> None:
    text = 'a,b,c,d\ne,f,g,"h\ni,j,k,l\nm,n,o,p"\nq,r,s,t\n'
    assert _codes(text) == [("swallowed-rows", 3)]
    (fault,) = torn_quotes(text.encode(), 2, ",", 4)
    assert "one cell holds 3 lines that look like rows" in fault.remark.found.en


def test_rows_are_counted_on_after_a_cell_of_several_lines() -> None:
    text = 'a,b,c,"1\n2\n3"\ne,f,g,"h\ni,j,k,l\nm,n,o,p"\n'
    assert _codes(text, row=10) == [("swallowed-rows", 11)]


def test_a_sign_after_a_closing_quote_is_a_torn_quote() -> None:
    assert _codes('a,b,c,d\ne,f,"g\nh,"i,j,k\n') == [("unclosed-quote", 3)]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_separator_of_the_file_is_what_counts(delimiter: str) -> None:
    text = 'a,b,c,"h\ni,j,k,l\nm,n,o,p"\n'.replace(",", delimiter)
    assert _codes(text, delimiter=delimiter) == [("swallowed-rows", 2)]


def test_an_open_quote_shows_the_beginning_of_its_row_only() -> None:
    fault = open_quote(7, b'beijing,"' + b"x" * 500 + b"\nnext row\n")
    assert fault.rows is not None and fault.rows.tolist() == [7]
    assert "beijing" in fault.remark.found.en and "next row" not in fault.remark.found.en
    assert len(fault.remark.found.en) < 100
    assert open_quote(7, b"").remark.found.en == "a quote is not closed"
