"""A survey: the hash and the encoding of a file, found by looking at all of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from minping.evidence import survey as module
from minping.evidence.survey import first_bad_line, survey

TEXT = "单位,数值\n北京,1\n"


def _path(folder: Path, content: bytes) -> Path:
    path = folder / "a.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"plain,1\n", "utf-8"),
        (b"", "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("gbk"), "gb18030"),
        ("𠮷,1\n".encode("gb18030"), "gb18030"),
        (TEXT.encode("utf-16"), "utf-16"),
        ("body,value\nbeijing,1\n".encode("utf-16-le"), "utf-16-le"),
        ("body,value\nbeijing,1\n".encode("utf-16-be"), "utf-16-be"),
        (b"a,b\n\xff\xff\xff,1\n", ""),
        (b"\xef\xbb\xbfa\n\xff\xff\n", ""),
        (TEXT.encode("utf-16")[:-1], ""),
        (TEXT.encode()[:-7], ""),
    ],
)
def test_the_encoding_is_the_one_that_reads_the_whole_file(tmp_path: Path, content: bytes, encoding: str) -> None:
    found = survey(_path(tmp_path, content), is_text=True)
    assert found.encoding == encoding
    assert (found.sha256, found.size) == (hashlib.sha256(content).hexdigest(), len(content))
    if encoding:
        content.decode(encoding)


@pytest.mark.parametrize("step", [2, 3, 5, 7, 64])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_it_does_not_matter_where_the_stream_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, step: int
) -> None:
    path = _path(tmp_path, (TEXT * 20).encode(encoding))
    whole = survey(path, is_text=True)
    monkeypatch.setattr(module, "STEP", step)
    assert survey(path, is_text=True) == whole and whole.encoding == encoding


def test_one_late_byte_changes_the_encoding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STEP", 64)
    path = _path(tmp_path, b"plain,1\n" * 500 + "备注,2\n".encode("gbk"))
    assert survey(path, is_text=True).encoding == "gb18030"


def test_nul_bytes_are_told_of_text_only(tmp_path: Path) -> None:
    path = _path(tmp_path, b"a,b\n\x00,1\n" + b"x,1\n" * 20)
    assert survey(path, is_text=True).has_nul
    assert not survey(path, is_text=False).has_nul
    assert not survey(_path(tmp_path, TEXT.encode("utf-16")), is_text=True).has_nul


def test_what_is_no_text_has_a_hash_and_no_encoding(tmp_path: Path) -> None:
    found = survey(_path(tmp_path, b"PK\x03\x04"), is_text=False)
    assert (found.encoding, found.size, len(found.sha256)) == ("", 4, 64)


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"\xff\n", 1), (b"a\nb\n\xff", 3), (b"a\r\nb\xff\r\n", 2), ("长\n长\n".encode() + b"\x80", 3)],
)
def test_the_first_bad_line_is_named(tmp_path: Path, content: bytes, line: int) -> None:
    assert first_bad_line(_path(tmp_path, content)) == line


def test_a_sign_torn_by_plain_bytes_is_not_mended_by_where_the_stream_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _path(tmp_path, b"abc\xe5abcd\x8c\x97ab")
    monkeypatch.setattr(module, "STEP", 4)
    assert survey(path, is_text=True).encoding == "gb18030"
