"""Safety of workbooks: a zip archive is looked through before anything opens it.

In a path, out a remark where it is no workbook, locked, damaged, or would unpack to more than a workbook can be.
Every member is unpacked once, in small pieces, and counted, since a zip bomb may lie about its sizes.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from minping.evidence.faults import NOTHING, Remark
from minping.words import Text

MOST_BYTES = 1 << 30  #: unpacked, all members
MOST_RATIO = 200  #: unpacked to packed, above `SMALL`
SMALL = 32 << 20
MOST_MEMBERS = 10_000
_STEP = 1 << 20
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def unsafe(path: Path) -> Remark | None:
    """Why a workbook must not be opened, or None.

    Raises:
        OSError: the file can't be read.
    """
    with path.open("rb") as file:
        head = file.read(8)
        if head == _OLE:
            return _old_or_locked(head + file.read(8 << 20))
    if not head:
        found, fix = Text("文件是空的", "the file is empty"), Text("重新保存，或删去", "save it again, or delete it")
        return Remark("empty-file", found, NOTHING, fix)
    try:
        with zipfile.ZipFile(path) as archive:
            return _members(archive, path.stat().st_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError):
        return _corrupt()


def _members(archive: zipfile.ZipFile, packed: int) -> Remark | None:
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        return _locked()
    most = min(MOST_BYTES, max(SMALL, packed * MOST_RATIO))
    declared = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or declared > most:
        return _bomb(declared, len(members), packed)
    seen = 0
    for member in members:
        with archive.open(member) as content:
            while chunk := content.read(_STEP):
                seen += len(chunk)
                if seen > most:
                    return _bomb(seen, len(members), packed)
    names = {member.filename for member in members}
    return None if "xl/workbook.xml" in names or "[Content_Types].xml" in names else _corrupt()


def _bomb(size: int, members: int, packed: int) -> Remark:
    found = Text(
        f"{packed} 字节的文件展开后至少 {size} 字节（{members} 个成员）",
        f"{packed} bytes that unpack to {size} or more ({members} members)",
    )
    allowed = Text(f"最多 {MOST_BYTES} 字节、{MOST_RATIO} 倍", f"at most {MOST_BYTES} bytes and {MOST_RATIO} times")
    fix = Text("不要打开来历不明的文件；大表请用 CSV", "don't open a file of unknown origin; use CSV for a large table")
    return Remark("zip-bomb", found, allowed, fix)


def _old_or_locked(content: bytes) -> Remark:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _locked()
    found = Text("是旧的 .xls 格式", "it is of the old .xls format")
    return Remark("old-format", found, NOTHING, Text("另存为 .xlsx", "save it as .xlsx"))


def _locked() -> Remark:
    found = Text("工作簿有密码", "the workbook has a password")
    return Remark("locked-workbook", found, NOTHING, Text("去掉密码后保存", "save it without the password"))


def _corrupt() -> Remark:
    found = Text("不是可读的工作簿，或已损坏", "no readable workbook: it is damaged")
    return Remark(
        "corrupt-file",
        found,
        NOTHING,
        Text("用 Excel 或 WPS 打开并另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
    )
