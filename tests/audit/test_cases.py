"""A decision finds its finding again by the id: one id for one case, whatever the order of rows and bodies.

Figures of a wide sheet share a row: a finding is of its own figures, and only these are set apart once it is confirmed.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from minping.audit import examine
from minping.audit.cases import Cases
from minping.audit.examine import made
from minping.audit.opened import open_period
from minping.audit.scrutiny import set_apart
from minping.audit.suspicions import SUSPICIONS
from minping.evidence import load_evidence as load
from minping.model.evidence import Codebook, Evidence, IndicatorNote
from minping.model.findings import Decision
from minping.pipeline import load_evidence
from minping.scheme.audit_rules import Audit
from minping.scheme.read import SchemeFile, read_scheme
from minping.scheme.shape import Scheme

pytestmark = pytest.mark.slow  # counties are simulated, audited or run

COUNTY = Path(__file__).parents[2] / "examples" / "county"
Folder = tuple[SchemeFile, Evidence]


def opened(home: Path) -> Folder:
    scheme = read_scheme(home)
    return scheme, load_evidence(home, scheme)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ids") / "county"
    shutil.copytree(COUNTY / "evidence", folder / "evidence")
    shutil.copy(COUNTY / "governing.yaml", folder / "scheme.yaml")
    return folder


@pytest.fixture(scope="module")
def county(home: Path) -> Folder:
    return opened(home)


def test_no_test_has_two_cases_of_one_id(county: Folder) -> None:
    scheme, evidence = county
    cases = 0
    with open_period(evidence, "2025", scheme.scheme) as given:
        for key, row in SUSPICIONS.items():
            tested = made(row, given)
            if isinstance(tested, Cases):
                ids = list(zip(tested.body.tolist(), tested.about, strict=True))
                assert len(set(ids)) == len(ids), key
                cases += len(ids)
    assert cases > 1000


def test_ids_stay_when_every_table_is_turned_upside_down(county: Folder, home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "turned")
    for path in (tmp_path / "turned" / "evidence").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *rows = csv.reader(file)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows[::-1]])
    ids = []
    for scheme, evidence in (county, opened(tmp_path / "turned")):
        ids.append({one.id for one in examine(evidence, "2025", scheme=scheme.scheme).findings})
    assert ids[0] == ids[1] and len(ids[0]) > 50


RULES = Scheme.model_construct(
    audit=Audit.model_validate({"sums": [{"whole": "gdp", "parts": ["one", "two"]}]}), indicators=()
)


def test_other_figures_of_the_row_stay(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "bodies.csv").write_text("body,name\na,甲\nb,乙\n", encoding="utf-8")
    rows = "body,period,air,gdp,one,two\na,2024,5,100,30,30\nb,2024,6,60,30,30\n"
    (tmp_path / "evidence" / "official.csv").write_text(rows, encoding="utf-8")
    names = ("air", "gdp", "one", "two")
    evidence = load(tmp_path, Codebook({name: IndicatorNote(name, name, name) for name in names}))
    found = examine(evidence, "2024", scheme=RULES)
    (one,) = found.findings
    assert one.sample == ("evidence/official.csv:2",) == one.beside and one.rows == 1
    step = Decision(one.id, "confirmed", "市局", "2025-01-01", "1号", "属实")
    steps = replace(found, findings=(replace(one, steps=(step,)),))
    left = set_apart(evidence, [steps], ("confirmed",)).official
    gone = [(left.indicators[at], left.bodies[body]) for at, body, value in zip(left.indicator, left.body, left.value, strict=True) if np.isnan(value)]  # fmt: skip
    assert gone == [("gdp", "a")]
