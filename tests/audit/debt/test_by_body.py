"""Cases of debt by body."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minping.audit.debt.by_body import cases_of, debts_of
from minping.words import Text
from tests.audit.debt.test_standing import standing


def test_a_case_for_each_body_with_the_rows_of_its_debts(tmp_path: Path) -> None:
    found = standing(tmp_path)
    places = debts_of(found, ~found.ledger.declared | (found.ledger.body == 1))
    cases = cases_of(found, np.ones(3), lambda at: Text(str(at), ""), found.ratio, found.ratio, places)
    assert cases.body.tolist() == [0, 1, 2] and cases.n.tolist() == [3, 1, 0] and cases.say(1).zh == "1"
    assert (cases.places.finding.tolist(), cases.places.row.tolist()) == ([0, 1], [4, 5])
