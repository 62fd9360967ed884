"""Files that go out to be filled in: written whole or not at all, and never over what somebody has begun to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from minping.errors import EvidenceError, Place, Problem
from minping.words import Text


def send_out(files: Mapping[Path, bytes], *, guarded: Path) -> None:
    """Write files; the `guarded` one is not written over unless it is the same.

    Raises:
        EvidenceError: it is there and differs: somebody may have filled it in.
    """
    if guarded.exists() and guarded.read_bytes() != files[guarded]:
        found = Text(
            "文件已存在，内容不同（可能已填写）", "the file is there and differs (somebody may have filled it in)"
        )
        fix = Text("改名保存，或用 --out 另写", "move it away, or write elsewhere by --out")
        raise EvidenceError(Problem("file-exists", Place(str(guarded)), found, Text("", ""), fix))
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
