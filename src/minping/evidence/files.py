"""Files of evidence: which files of a folder hold which table. Nothing is opened here.

`official.csv`, `official-2015.csv`, `official_east.xlsx` and `官方数据.xlsx` hold official figures; a workbook of any
other name may hold sheets named after tables. What can't be read is named, never passed over silently.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import NamedTuple

from minping.errors import did_you_mean
from minping.evidence.faults import Remark
from minping.evidence.tables import TABLES
from minping.words import Text, both

READ = (".csv", ".xlsx", ".parquet")
_ALSO_TABLES = (".xls", ".xlsm", ".xlsb", ".et", ".ods", ".tsv", ".txt", ".json", ".feather", ".sav", ".dta")
FOLDER = "evidence"


class Found(NamedTuple):
    """One file of the folder."""

    path: Path
    file: str  #: relative to the folder, with forward slashes
    table: str | None  #: None: a workbook whose sheets say it
    remark: Remark | None = None  #: why it is not read


def find_files(folder: Path) -> list[Found]:
    """The files in the `evidence` folder of `folder`, by name; an empty list where there is none."""
    home = folder / FOLDER
    if not home.is_dir():
        return []
    return [
        _found(path, f"{FOLDER}/{path.name}")
        for path in sorted(home.iterdir())
        if not path.name.startswith((".", "~$", "_")) and path.name.lower() not in ("readme", "readme.md")
    ]


def table_named(name: str) -> str | None:
    """The table that a file or sheet is named after.

    >>> table_named("official-2015"), table_named("指标数据 2016"), table_named("readme")
    ('official', 'official', None)
    """
    key = unicodedata.normalize("NFKC", name).strip().lower()
    for table, spec in TABLES.items():
        for word in (table, spec.title.zh, *spec.aliases):
            after = key[len(word) : len(word) + 1]
            if key.startswith(word) and not (after.isalpha() and after.isascii() == word.isascii()):
                return table
    return None


def _found(path: Path, file: str) -> Found:
    table, kind = table_named(path.stem), path.suffix.lower()
    if path.is_dir():
        return Found(path, file, table, _not_read(path, Text("是文件夹", "it is a folder")) if table else None)
    if kind in READ:
        if table is None and kind != ".xlsx":
            return Found(path, file, None, _no_table(path))
        return Found(path, file, table)
    if kind in _ALSO_TABLES:
        return Found(path, file, table, _not_read(path, Text(f"{kind} 文件不读取", f"{kind} files are not read")))
    return Found(path, file, None, None)


def _no_table(path: Path) -> Remark:
    found = Text(f"{path.name} 不以任何一张表命名，未读取", f"{path.name} is named after no table, not read")
    allowed = both(", ".join(TABLES))
    return Remark("unread-file", found, allowed, did_you_mean(path.stem, TABLES), "warning")


def _not_read(path: Path, why: Text) -> Remark:
    fix = Text("另存为 .xlsx 或 .csv", "save it as .xlsx or .csv")
    found = Text(f"{path.name} 未读取：{why.zh}", f"{path.name} is not read: {why.en}")
    return Remark("unread-file", found, both(", ".join(READ)), fix, "error" if table_named(path.stem) else "warning")
