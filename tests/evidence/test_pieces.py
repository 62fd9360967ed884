"""Pieces: a stream is cut where records end, whatever the chunks it comes in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minping.evidence import pieces as module
from minping.evidence.pieces import MOST_RECORD, Piece, cut_record, decoded, pieces


def _in_chunks(text: bytes, size: int) -> Iterator[bytes]:
    return iter([text[at : at + size] for at in range(0, len(text), size)])


def _cut(text: bytes, size: int, most: int = MOST_RECORD) -> list[Piece]:
    return list(pieces(_in_chunks(text, size), most))


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
@pytest.mark.parametrize(
    "text", [b"a,b\n1,2\n3,4\n", b"a,b\n1,2\n3,4", b'a\n"1\n2"\n"x""\ny"\n3\n', b'"a\r\nb"\r\nc\r\n']
)
def test_nothing_is_lost_and_every_piece_ends_outside_quotes(text: bytes, size: int) -> None:
    cut = _cut(text, size)
    assert b"".join(piece.text for piece in cut) == text
    assert all(piece.text.count(b'"') % 2 == 0 and not piece.is_open for piece in cut)


@given(st.lists(st.sampled_from([b"a", b",", b'"', b"\n", b"\r\n", "长".encode()]), max_size=40), st.integers(1, 50))
def test_no_byte_of_any_text_is_lost(parts: list[bytes], size: int) -> None:
    text = b"".join(parts)
    assert b"".join(piece.text for piece in _cut(text, size)) == text


@pytest.mark.parametrize("size", [1, 4, 100])
def test_a_quote_that_is_never_closed_takes_only_its_own_line(size: int) -> None:
    cut = _cut(b'a,b\n1,"2\n3,4\n5,6\n', size)
    assert [piece.text for piece in cut if piece.is_open] == [b'1,"2\n']
    assert b"".join(piece.text for piece in cut if not piece.is_open) == b"a,b\n3,4\n5,6\n"


def test_a_record_without_an_end_is_given_up_and_what_follows_it_is_read() -> None:
    cut = _cut(b'a,b\n"' + b"x" * 200 + b"\n1,2\n3,4\n", 16, 20)
    opened = [piece for piece in cut if piece.is_open]
    assert len(opened) == 1 and opened[0].text.startswith(b'"xxx') and len(opened[0].text) < 60
    assert b"".join(piece.text for piece in cut if not piece.is_open) == b"a,b\n1,2\n3,4\n"


@pytest.mark.parametrize(
    ("text", "record", "rest"),
    [
        (b"a\nb\n", b"a\n", b"b\n"),
        (b'"a\nb"\nc\n', b'"a\nb"\n', b"c\n"),
        (b"a", b"a", b""),
        (b"", b"", b""),
        (b"a\rb\r", b"a\r", b"b\r"),
        (b"a\r\nb", b"a\r\n", b"b"),
        (b'"a\nb', b'"a\nb', b""),
    ],
)
def test_the_first_record_is_cut_off(text: bytes, record: bytes, rest: bytes) -> None:
    assert cut_record(text) == (record, rest)


@pytest.mark.parametrize("step", [3, 4, 5, 7, 1 << 20])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_a_file_of_any_encoding_becomes_utf8_without_a_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, step: int
) -> None:
    monkeypatch.setattr(module, "STEP", step)
    path = tmp_path / "text.csv"
    path.write_bytes("单位,value\n𠮷,1\n".encode(encoding))
    assert b"".join(decoded(path, encoding)) == "单位,value\n𠮷,1\n".encode()
