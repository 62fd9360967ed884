"""One county of forty bodies with everything planted, and the same without: made once for all tests that read it."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from minping.simulation.county import simulate

Rows = list[dict[str, str]]
FLOWS = ("tax_revenue", "payroll", "land_revenue", "consumption")
TOLD = tuple(
    "terms official targets projects uses debts repayments tasks inspections payments reports appraisals".split()
)


class Made:
    """A simulated county, read back."""

    def __init__(self, folder: Path, **wanted: Any) -> None:
        self.folder, self.truth = folder, simulate(folder, **wanted)
        self.told = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        self.bytes = {name: (folder / "evidence" / f"{name}.csv").read_bytes() for name in TOLD}
        self.tables = {name: list(csv.DictReader(text.decode().splitlines())) for name, text in self.bytes.items()}

    def __getitem__(self, name: str) -> Rows:
        return self.tables[name]

    def figures(self, name: str) -> dict[tuple[str, str], dict[str, str]]:
        """By body and period the latest release."""
        rows = sorted((row for row in self["official"] if row["indicator"] == name), key=lambda row: row["released_on"])
        return {(row["body"], row["period"]): row for row in rows}

    def planted(self, kind: str, what: str = "body") -> set[str]:
        """Bodies (or what they are about) that hold a kind."""
        return {case[what] for case in self.told["irregular"].get(kind, ())}


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture(scope="package")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("wrong"), bodies=40, services=300)


@pytest.fixture(scope="package")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("honest"), bodies=40, services=300, planted=False)


@pytest.fixture(params=["wrong", "honest"])
def made(request: pytest.FixtureRequest) -> Made:
    """Each of the two in turn."""
    found: Made = request.getfixturevalue(request.param)
    return found
