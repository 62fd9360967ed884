"""Archives: no clock in what is written, no harm from what is read."""

from __future__ import annotations

import io
import stat
import struct
import time
import zipfile
from pathlib import Path

import pytest

from minping.errors import BundleError
from minping.publication.archive import Limits, is_safe, packed, settled, unpack

CORE = b'<a><dcterms:created xsi:type="x">2031-05-06T07:08:09Z</dcterms:created></a>'


def _zipped(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return path


def _refusal(path: Path, into: Path, limits: Limits | None = None) -> str:
    into.mkdir(exist_ok=True)
    with pytest.raises(BundleError) as error:
        unpack(path, into, limits or Limits())
    return error.value.problems[0].code


def test_a_settled_file_has_no_clock_in_it_and_settling_twice_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = {"b.xml": b"2", "docProps/core.xml": CORE, "[Content_Types].xml": b"1"}
    one = _zipped(tmp_path / "one.zip", entries).read_bytes()
    later = time.localtime(2_000_000_000)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    other = _zipped(tmp_path / "other.zip", dict(reversed(entries.items()))).read_bytes()
    assert one != other
    assert settled(one) == settled(other) == settled(settled(one))
    with zipfile.ZipFile(io.BytesIO(settled(one))) as held:
        assert held.namelist()[0] == "[Content_Types].xml"
        assert b"1980-01-01T00:00:00Z" in held.read("docProps/core.xml")


def test_what_is_packed_is_unpacked_the_same(tmp_path: Path) -> None:
    content = {"a.csv": b"1", "evidence/b.csv": b"2" * 3_000_000 + bytes(range(256)) * 10_000}
    (tmp_path / "x.zip").write_bytes(packed(content))
    (tmp_path / "out").mkdir()
    unpack(tmp_path / "x.zip", tmp_path / "out")
    assert {name: (tmp_path / "out" / name).read_bytes() for name in content} == content


@pytest.mark.parametrize("name", ["../evil", "/evil", "a/../../evil", "c:evil", "a\\..\\evil", "./evil", "a//b"])
def test_an_entry_that_would_leave_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    archive = _zipped(tmp_path / "x.zip", {name: b"1"})
    assert _refusal(archive, tmp_path / "out") == "unsafe-path"
    assert list((tmp_path / "out").iterdir()) == []


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as file:
        file.writestr(link, "/etc/passwd")
    assert _refusal(tmp_path / "x.zip", tmp_path / "out") == "unsafe-path"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    archive = _zipped(tmp_path / "x.zip", {"zeros": bytes(40_000_000)})
    assert archive.stat().st_size < 50_000
    assert _refusal(archive, tmp_path / "out") == "zip-bomb"
    assert list((tmp_path / "out").iterdir()) == []


def test_a_zip_bomb_that_lies_of_its_size_is_stopped(tmp_path: Path) -> None:
    archive = _zipped(tmp_path / "x.zip", {"zeros": bytes(40_000_000)})
    lied = archive.read_bytes().replace(struct.pack("<I", 40_000_000), struct.pack("<I", 1_000))
    archive.write_bytes(lied)
    assert _refusal(archive, tmp_path / "out") in ("zip-bomb", "bad-archive")
    assert sum(path.stat().st_size for path in (tmp_path / "out").iterdir()) <= 1_000


def test_limits_of_size_and_number_hold(tmp_path: Path) -> None:
    archive = _zipped(tmp_path / "x.zip", {str(at): bytes([at]) * 50 for at in range(5)})
    assert _refusal(archive, tmp_path / "out", Limits(entries=4)) == "too-many-files"
    assert _refusal(archive, tmp_path / "out", Limits(all_bytes=249)) == "zip-bomb"
    assert list((tmp_path / "out").iterdir()) == []
    assert _refusal(archive, tmp_path / "some", Limits(entry_bytes=49)) == "zip-bomb"


def test_the_same_name_twice_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as file:
        file.writestr("one", b"1")
        file.writestr("two", b"2")
    content = (tmp_path / "x.zip").read_bytes().replace(b"two", b"one")
    (tmp_path / "x.zip").write_bytes(content)
    assert _refusal(tmp_path / "x.zip", tmp_path / "out") == "double-file"


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip" * 100])
def test_what_is_no_zip_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    assert _refusal(tmp_path / "x.zip", tmp_path / "out") == "bad-archive"


def test_a_damaged_zip_is_refused_in_words(tmp_path: Path) -> None:
    archive = _zipped(tmp_path / "x.zip", {"a": bytes(range(256)) * 40})
    content = bytearray(archive.read_bytes())
    content[60] ^= 0xFF
    archive.write_bytes(content)
    assert _refusal(archive, tmp_path / "out") == "bad-archive"


def test_paths_are_judged_alike_on_every_system() -> None:
    assert is_safe("evidence/2016/官方.csv")
    assert not any(is_safe(path) for path in ("", ".", "a/.", "a/", "//a", "a\0b", "nul:x", "..", "a/../b"))
