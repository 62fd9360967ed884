"""Opening: in a file of the folder, out its sheets, each ready to be read; a file that can't be opened is named.

A CSV or Parquet file is one sheet; a workbook may hold several. No broken, locked or hostile file stops the others.
"""

from __future__ import annotations

from minping.evidence.blocks import Opened
from minping.evidence.faults import NOTHING, Fault, Remark, fault
from minping.evidence.files import Found
from minping.evidence.survey import survey
from minping.words import Text


def open_file(found: Found) -> list[Opened]:
    """The sheets of a file; of a file that holds no table nothing, unless something must be said of it."""
    if found.remark is not None:
        return [Opened(found.file, found.table, None, [fault(found.remark)])]
    kind = found.path.suffix.lower()
    if kind not in OPENERS or found.path.is_dir():
        return []
    try:
        return OPENERS[kind](found)
    except OSError as error:
        why = error.strerror or str(error)
        said = Text(f"无法读取：{why}", f"can't be read: {why}")
        fix = Text("检查文件和权限", "check the file and its permissions")
        return [Opened(found.file, found.table, None, [fault(Remark("unreadable-file", said, NOTHING, fix))])]


def _csv(found: Found) -> list[Opened]:
    from minping.evidence.csv import open_csv

    faults: list[Fault] = []
    sheet = open_csv(found.path, found.file, found.table or "", survey(found.path, is_text=True), faults)
    return [Opened(found.file, found.table, sheet, faults)]


def _parquet(found: Found) -> list[Opened]:
    from minping.evidence.parquet import open_parquet

    faults: list[Fault] = []
    known = survey(found.path, is_text=False)
    return [
        Opened(found.file, found.table, open_parquet(found.path, found.file, found.table or "", known, faults), faults)
    ]


def _xlsx(found: Found) -> list[Opened]:
    from minping.evidence.xlsx import open_xlsx

    return open_xlsx(found)


OPENERS = {".csv": _csv, ".parquet": _parquet, ".xlsx": _xlsx}
