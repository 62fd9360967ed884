"""Both views of the bodies: who differs is told where errors don't explain it, and seldom where they do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.pipeline import evaluate, load_evidence
from minping.scheme.read import read_scheme
from minping.scoring.divergence import Divergence

SCHEME = """
id: two-views
version: 1
title: {zh: 两种看法, en: Two views}
authority: {issuer: 某办}
period: {of: "2025"}
indicators:
  - {id: report, title: {zh: 上报, en: reported}, direction: higher, weight: 50, normalise: {method: goalposts, floor: 0, target: 100, reason: 界限}}
  - {id: said, title: {zh: 群众, en: said}, direction: higher, weight: 50, tags: [citizen], normalise: {method: goalposts, floor: 0, target: 100, reason: 界限}}
uncertainty: {draws: 400, seed: 3, interval: 0.9}
"""


def two_views(home: Path, reported: list[float], said: list[float], se: float, **how: int) -> Divergence | None:
    (home / "evidence").mkdir(exist_ok=True)
    (home / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    names = [f"b{at:02d}" for at in range(len(reported))]
    (home / "evidence" / "bodies.csv").write_text("body,name\n" + "".join(f"{name},{name}\n" for name in names))
    lines = [
        f"{name},2025,report,{one},\n{name},2025,said,{other},{se}\n"
        for name, one, other in zip(names, reported, said, strict=True)
    ]
    (home / "evidence" / "official.csv").write_text("body,period,indicator,value,se\n" + "".join(lines))
    scheme = read_scheme(home)
    return evaluate(scheme, load_evidence(home, scheme), **how).divergence


def test_a_body_praised_by_offices_alone_stands_apart(tmp_path: Path) -> None:
    truth = np.linspace(20, 80, 20)
    said = truth.copy()
    said[18] = 21.0
    found = two_views(tmp_path, truth.tolist(), said.tolist(), 1.0)
    assert found is not None and np.flatnonzero(found.apart).tolist() == [18]
    assert found.official.rank[18] == 2 and found.citizens.rank[18] >= 18 and found.high[18] < 0
    assert 0.5 < found.spearman < 0.95
    assert (found.official.low == found.official.rank).all() and (found.citizens.low <= found.citizens.rank).all()


def test_errors_alone_set_few_apart(tmp_path: Path) -> None:
    flagged = 0
    for seed in range(8):
        random = np.random.default_rng(seed)
        truth = random.normal(60, 6, 15)
        found = two_views(tmp_path, truth.tolist(), (truth + random.normal(0, 8, 15)).clip(0, 100).tolist(), 8.0)
        assert found is not None
        flagged += int(found.apart.sum())
    assert flagged <= 3


def test_without_errors_draws_bodies_or_both_kinds_there_is_nothing_to_say(tmp_path: Path) -> None:
    figures = [50.0, 60.0, 70.0, 80.0, 90.0]
    sure = two_views(tmp_path, figures, figures[::-1], 0.0)
    assert sure is not None and np.isnan(sure.q).all() and not sure.apart.any() and sure.spearman == pytest.approx(-1)
    assert two_views(tmp_path, figures, figures, 2.0, draws=0) is None
    assert two_views(tmp_path, figures[:3], figures[:3], 2.0) is None
