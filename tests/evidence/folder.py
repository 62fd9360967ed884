"""A folder of evidence to write files into and load, for the tests of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from minping.errors import EvidenceError, Problem
from minping.evidence import load_evidence
from minping.model.evidence import Codebook, Evidence, IndicatorNote

CODEBOOK = Codebook(
    {
        "gdp": IndicatorNote("gdp", "生产总值", "gross product", "亿元", False, 0.0, None),
        "share": IndicatorNote("share", "绿地率", "green share", "%", True, 0.0, 100.0),
        "rate": IndicatorNote("rate", "万人发案率", "cases per 10k", "件/万人", False, None, None),
    },
    body_types=("urban", "rural"),
    incident_kinds=("pollution", "safety"),
)
BODIES = "body,name\nbeijing,北京\ntianjin,天津\nhebei,河北\n"
OFFICIAL = "body,period,indicator,value\nbeijing,2016,gdp,100\ntianjin,2016,gdp,50.5\nhebei,2016,share,97.3\n"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder with good bodies and official figures, until a test writes over them."""

    path: Path

    def write(self, name: str, content: str | bytes) -> Folder:
        path = self.path / "evidence" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def remove(self, name: str) -> Folder:
        (self.path / "evidence" / name).unlink()
        return self

    def rows(self, *lines: str, header: str = "body,period,indicator,value") -> Folder:
        """Official figures as CSV lines."""
        return self.write("official.csv", "\n".join((header, *lines)) + "\n")

    def sheets(self, name: str, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Workbook:
        """A workbook to change further and save with `save`."""
        workbook = Workbook()
        workbook.remove(workbook.worksheets[0])
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        self.save(workbook, name)
        return workbook

    def save(self, workbook: Workbook, name: str) -> Folder:
        workbook.save(self.path / "evidence" / name)
        return self

    def load(self, codebook: Codebook = CODEBOOK) -> Evidence:
        return load_evidence(self.path, codebook)

    def problems(self, codebook: Codebook = CODEBOOK) -> tuple[Problem, ...]:
        """Every problem, whether the load succeeds or not."""
        try:
            return self.load(codebook).problems
        except EvidenceError as error:
            return error.problems

    def only(self, code: str, codebook: Codebook = CODEBOOK) -> Problem:
        """The one problem there is (of bodies without figures aside), which must have this code."""
        found = [problem for problem in self.problems(codebook) if problem.code != "body-without-figures"]
        assert [problem.code for problem in found] == [code], [problem.line() for problem in found]
        assert all(text.zh and text.en for text in (found[0].found,))
        return found[0]
