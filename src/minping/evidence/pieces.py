"""Pieces: in a CSV file, out pieces of UTF-8 bytes that each hold whole records.

The stream is cut at line ends outside quotes. A record whose quote is never closed comes alone, as far as its line
goes, so that the next lines can still be read; nothing is ever held in memory beyond one step and one record.
"""

from __future__ import annotations

import codecs
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import NamedTuple

STEP = 8 << 20  #: bytes read at once
MOST_RECORD = 4 << 20  #: bytes of one record; a longer one has an unclosed quote
LONG_RECORD = 64 << 20  #: the same where a cell may hold a whole report
_QUOTE, _NL, _CR = b'"', b"\n", b"\r"


class Piece(NamedTuple):
    """Whole records, or one record that a quote leaves open."""

    text: bytes
    is_open: bool = False


def decoded(path: Path, encoding: str) -> Iterator[bytes]:
    """The file as UTF-8 bytes without a mark."""
    with path.open("rb") as file:
        if encoding.startswith("utf-8"):
            first = file.read(STEP)
            yield first.removeprefix(codecs.BOM_UTF8)
            while chunk := file.read(STEP):
                yield chunk
            return
        decoder = codecs.getincrementaldecoder(encoding)()
        while chunk := file.read(STEP):
            yield decoder.decode(chunk).removeprefix("\ufeff").encode()
        yield decoder.decode(b"", True).encode()


def pieces(chunks: Iterator[bytes], most: int = MOST_RECORD) -> Iterator[Piece]:
    """Cut a stream of bytes where records end; line ends within pairs of quotes end no record.

    A record of more than `most` bytes has an unclosed quote.
    """
    rest, newline, is_skipping = b"", b"", False
    for chunk in chunks:
        newline = newline or _newline(chunk)
        if is_skipping:
            _, found, rest = chunk.partition(newline)
            if not found:
                continue
        else:
            rest += chunk
        rest, is_skipping = yield from _whole_records(rest, newline, most)
    while rest:
        end = _last_end(rest, newline)
        if end < len(rest) and rest.count(_QUOTE, end) % 2 == 0:
            end = len(rest)
        if end:
            yield Piece(rest[:end])
            rest = rest[end:]
        else:
            line, rest = _cut_line(rest, newline)
            yield Piece(line, is_open=True)


def _whole_records(text: bytes, newline: bytes, most: int) -> Generator[Piece, None, tuple[bytes, bool]]:
    """Yield what is whole; return the rest, and whether the bytes up to the next line end belong to a torn row."""
    while True:
        end = _last_end(text, newline)
        if end:
            yield Piece(text[:end])
            text = text[end:]
        if len(text) < most:
            return text, False
        line, text = _cut_line(text, newline)
        yield Piece(line, is_open=True)
        if not text and not line.endswith(newline):
            return b"", True


def _newline(text: bytes) -> bytes:
    """What ends a line; CR alone only where there is no LF."""
    return _CR if _CR in text[:-1] and _NL not in text else _NL


def _last_end(text: bytes, newline: bytes) -> int:
    """Where the last whole record ends: the last line end with an even number of quotes before it."""
    end = text.rfind(newline) + 1
    is_odd = text.count(_QUOTE, 0, end) % 2
    while is_odd and end:
        before = text.rfind(newline, 0, end - 1) + 1
        is_odd ^= text.count(_QUOTE, before, end) % 2
        end = before
    return end


def _cut_line(text: bytes, newline: bytes) -> tuple[bytes, bytes]:
    at = text.find(newline) + 1
    return (text[:at], text[at:]) if at else (text, b"")


def cut_record(text: bytes) -> tuple[bytes, bytes]:
    """The first record and the rest."""
    newline, at = _newline(text), 0
    while True:
        at = text.find(newline, at) + 1
        if not at:
            return text, b""
        if text.count(_QUOTE, 0, at) % 2 == 0:
            return text[:at], text[at:]
