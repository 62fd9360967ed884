"""Archives: zip files written so that the same content gives the same bytes, and unpacked so that none can harm.

Office programs write the time of day into their files; `settled` takes it out again. `unpack` reads a bundle that
came from anywhere: it never writes outside its folder, and stops at the limits however small the file looks.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from minping.errors import BundleError, Place, Problem
from minping.words import Text, both

EPOCH = (1980, 1, 1, 0, 0, 0)  #: the earliest time that a zip file can hold
_CLOCK = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may hold."""

    entries: int = 10_000
    entry_bytes: int = 1 << 30
    all_bytes: int = 4 << 30
    ratio: int = 250  #: unpacked bytes per packed byte of one entry
    small: int = 16 << 20  #: an entry up to this size may be packed as tightly as it likes


LIMITS = Limits()
NOTHING_SAID = both("")


def settled(archive: bytes, on: date | None = None) -> bytes:
    """The same zip file (an xlsx, a docx) with every trace of the clock replaced by `on`, entries in name order.

    Idempotent: settling twice changes nothing.
    """
    day = on or date(*EPOCH[:3])
    stamp = (day.year, day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        content = {name: held.read(name) for name in held.namelist()}
    if core := content.get("docProps/core.xml"):
        content["docProps/core.xml"] = _CLOCK.sub(rb"\g<1>" + f"{day}T00:00:00Z".encode() + rb"\g<3>", core)
    first = "[Content_Types].xml"  # office programs sniff it at the start of the file
    return packed({name: content[name] for name in sorted(content, key=lambda name: (name != first, name))}, stamp)


def packed(content: Mapping[str, bytes], stamp: tuple[int, int, int, int, int, int] = EPOCH) -> bytes:
    """A zip file of named contents, in the order given.

    >>> packed({"a": b"1"}) == packed({"a": b"1"})
    True
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name, held in content.items():
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            file.writestr(entry, held)
    return buffer.getvalue()


def unpack(archive: Path, into: Path, limits: Limits = LIMITS) -> None:
    """Unpack a zip file into an existing empty folder.

    Raises:
        BundleError: it is not a zip file, an entry would leave the folder, or a limit is passed.
    """
    try:
        with zipfile.ZipFile(archive) as held:
            entries = [entry for entry in held.infolist() if not entry.is_dir()]
            _check(entries, Place(str(archive)), limits)
            left = limits.all_bytes
            for entry in entries:
                left -= _extract(held, entry, into, min(left, limits.entry_bytes), Place(str(archive)))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        found = Text(f"不是完好的 zip 文件（{error}）", f"not a sound zip file ({error})")
        raise _refused("bad-archive", Place(str(archive)), found) from None
    except OSError as error:
        found = Text(f"无法解包：{error.strerror}", f"can't be unpacked: {error.strerror}")
        raise _refused("bad-archive", Place(str(archive)), found) from None


def refuse_bomb(archive: bytes, place: Place, limits: Limits = LIMITS) -> None:
    """Refuse an office file that would unpack to far more than it is.

    Raises:
        BundleError: a limit is passed, or an entry would leave its folder.
        zipfile.BadZipFile: it is no zip file at all.
    """
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        _check([entry for entry in held.infolist() if not entry.is_dir()], place, limits)


def is_safe(path: str) -> bool:
    r"""Whether a path of an archive or manifest stays inside its folder, on any system.

    >>> [is_safe(path) for path in ("evidence/a.csv", "../a", "/a", "c:a", r"a\b", "a//b", "")]
    [True, False, False, False, False, False, False]
    """
    if not path or "\\" in path or ":" in path or "\0" in path or path.startswith("/"):
        return False
    return not any(part in ("", ".", "..") for part in path.split("/"))


def _check(entries: list[zipfile.ZipInfo], place: Place, limits: Limits) -> None:
    """Refuse what the directory of the archive already gives away, before anything is unpacked."""
    if len(entries) > limits.entries:
        found = Text(f"{len(entries)} 个文件", f"{len(entries)} files")
        raise _refused("too-many-files", place, found, both(f"≤ {limits.entries}"))
    total, seen = 0, set()
    for entry in entries:
        here = Place(place.file, column=entry.filename)
        if not is_safe(entry.filename) or stat.S_ISLNK(entry.external_attr >> 16):
            raise _refused("unsafe-path", here, Text("会写到文件夹之外", "would be written outside the folder"))
        if entry.filename in seen:
            raise _refused("double-file", here, Text("同名文件出现两次", "the same name twice"))
        seen.add(entry.filename)
        total += entry.file_size
        if entry.file_size > max(limits.small, limits.ratio * entry.compress_size):
            raise _bomb(here, entry.file_size, limits)
    if total > limits.all_bytes:
        raise _bomb(place, total, limits)


def _extract(held: zipfile.ZipFile, entry: zipfile.ZipInfo, into: Path, most: int, place: Place) -> int:
    """Write one entry; the size is counted, not believed."""
    target = into.joinpath(*PurePosixPath(entry.filename).parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with held.open(entry) as source, target.open("xb") as file:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > most:
                raise _bomb(Place(place.file, column=entry.filename), written, LIMITS)
            file.write(chunk)
    return written


def _bomb(place: Place, size: int, limits: Limits) -> BundleError:
    found = Text(f"解包后有 {size:,} 字节或更多", f"unpacks to {size:,} bytes or more")
    allowed = Text(f"每个文件压缩比不超过 {limits.ratio}", f"at most {limits.ratio} times the packed size of a file")
    return _refused("zip-bomb", place, found, allowed)


def _refused(code: str, place: Place, found: Text, allowed: Text = NOTHING_SAID) -> BundleError:
    fix = Text("不要使用这个文件；向发布单位重新索取", "don't use this file; ask the publisher for the bundle again")
    return BundleError(Problem(code, place, found, allowed, fix))
