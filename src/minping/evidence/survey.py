"""A first pass over a file: its SHA-256, and for CSV its encoding, before anything is parsed.

In a path, out a `Survey`. The whole file is looked at, since a GB18030 file may begin with a million plain rows.
"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

STEP = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Survey:
    """What a first pass says of a file."""

    sha256: str
    size: int
    encoding: str = ""  #: of text; empty: none that is known
    has_nul: bool = False


def survey(path: Path, is_text: bool) -> Survey:
    """Hash a file; of text, find the encoding.

    Raises:
        OSError: the file can't be read.
    """
    digest, size, has_nul, head = hashlib.sha256(), 0, False, b""
    decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")() if is_text else None
    with path.open("rb") as file:
        while chunk := file.read(STEP):
            head = head or chunk[:4096]
            digest.update(chunk)
            size += len(chunk)
            has_nul = has_nul or (is_text and b"\0" in chunk)
            decoder = _decoded(decoder, chunk)
    if not is_text:
        return Survey(digest.hexdigest(), size)
    is_utf8 = _decoded(decoder, b"", True) is not None
    told = _told_by(head)
    if told.startswith("utf-16"):
        is_told = _decodes(path, told)
    else:
        told, is_told = told or "utf-8", is_utf8
    encoding = told if is_told else "gb18030" if told == "utf-8" and _decodes(path, "gb18030") else ""
    return Survey(digest.hexdigest(), size, encoding, has_nul and not encoding.startswith("utf-16"))


def _decoded(
    decoder: codecs.IncrementalDecoder | None, chunk: bytes, final: bool = False
) -> codecs.IncrementalDecoder | None:
    """The decoder, as long as it can read everything; None from the first byte on that it can't."""
    if decoder is None:
        return None
    try:
        if final or not chunk.isascii() or decoder.getstate()[0]:
            decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return None
    return decoder


def _told_by(head: bytes) -> str:
    """The encoding that the first bytes tell: a mark, or the zero bytes of UTF-16."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if len(head) >= 4 and head.count(0) > len(head) // 4:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if min(even, odd) * 8 < max(even, odd):
            return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(STEP):
                decoder.decode(chunk)
            decoder.decode(b"", True)
    except UnicodeError:
        return False
    return True


def first_bad_line(path: Path) -> int:
    """The line of the first byte that is no UTF-8, counted from 1."""
    line = 1
    with path.open("rb") as file:
        for content in file:
            try:
                content.decode("utf-8")
            except UnicodeDecodeError:
                return line
            line += 1
    return line
