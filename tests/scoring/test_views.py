"""The same ratings as ruled, as rated, calibrated."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minping.pipeline import evaluate, load_evidence
from minping.scheme.read import parse_scheme
from minping.scoring.views import views
from tests.scoring.test_calibration_remarks import SCHEME, evaluated, folder


def test_what_the_scheme_asks_for_stands_side_by_side(tmp_path: Path) -> None:
    found = views(evaluated(folder(tmp_path), "to: [channel], few: pool"))
    assert found is not None and found.kinds == ("as_rated", "calibrated") and found.title.zh == "好评率"
    known = ~np.isnan(found.figure)
    assert known[:, :2].all() and (found.low[known] <= found.figure[known]).all() and (found.high[known] <= 100).all()
    assert np.isnan(found.low[~known]).all()


def test_a_scheme_with_one_view_has_none_to_compare(tmp_path: Path) -> None:
    text = SCHEME.format(how="to: [channel]", k=1)
    scheme = parse_scheme(
        "\n".join(line for line in text.splitlines() if "weighed," not in line and "calibrate" not in line)
    )
    assert views(evaluate(scheme, load_evidence(folder(tmp_path), scheme), draws=0)) is None
