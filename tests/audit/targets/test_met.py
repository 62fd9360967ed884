"""Targets beside figures: directions, ranges, units; crowding at the line; deadlines; on tables made by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.audit.opened import Opened
from minping.audit.targets.bunching import chance_of_all, judged
from minping.audit.targets.deadlines import judged as rushed
from minping.audit.targets.met import met
from minping.indicators.events import engine
from minping.scheme.audit_rules import Audit
from minping.scheme.shape import Scheme
from tests.audit.folders import looked, made, of, why

HEAD, OFFICIAL = "body,period,indicator,target,target_high,qualifier\n", "body,period,indicator,value\n"


def test_how_far_a_target_is_met_counts_in_its_own_direction(tmp_path: Path) -> None:
    targets = (
        HEAD
        + "b00,2024,x,100,,at_least\nb01,2024,x,100,,at_most\nb02,2024-03,x,100,110,range\nb00,2024,y,5,,\nb01,2023,x,7,,\n"
    )
    official = OFFICIAL + "b00,2024,x,103\nb01,2024,x,98\nb02,2024-03,x,99\nb00,2024,y,5000\nb01,2023,x,7\n"
    evidence = made(tmp_path, official=official, targets=targets)
    with engine() as reader:
        opened = Opened(evidence, "2024", Scheme.model_construct(audit=Audit(), indicators=()), reader)
        found, every = met(opened), met(opened, inside=False)
    assert found.body.tolist() == [0, 1, 2] and found.lower.tolist() == [False, True, False]  # y is of another unit
    np.testing.assert_allclose(found.over, [0.03, 0.02, -0.01])
    assert found.places.row.tolist() == [2, 3, 4] and every.body.size == 4


def monthly(seed: int, crowded: str, hair: str = "") -> tuple[str, str]:
    random = np.random.default_rng(seed)
    targets, official = HEAD, OFFICIAL
    for at in range(6):
        body = f"b{at:02d}"
        for month in range(1, 13):
            for name in ("x", "y", "z"):
                target = int(random.integers(800, 1200))
                ratio = random.normal(1.01, 0.06)
                if (body == crowded and 0.93 < ratio < 1) or body == hair:
                    ratio = 1 + random.uniform(0.001, 0.008)
                targets += f"{body},2024-{month:02d},{name},{target},,at_least\n"
                official += f"{body},2024-{month:02d},{name},{target * ratio:.2f}\n"
    return targets, official


def test_figures_that_crowd_above_the_line_are_named_with_their_targets(tmp_path: Path) -> None:
    targets, official = monthly(3, "b01", "b04")
    told = looked(made(tmp_path, 6, official=official, targets=targets))
    assert [one.body for one in of(told, "bunched")] == ["b01", "b04"]
    (one,) = of(told, "always_just_met")
    assert (one.body, one.observed, one.rows) == ("b04", 36, 36)


def test_without_targets_in_the_same_unit_it_is_not_applicable(tmp_path: Path) -> None:
    targets = HEAD + "".join(f"b{at:02d},2024,x,1000,,\n" for at in range(3))
    official = OFFICIAL + "".join(f"b{at:02d},2024,x,3\n" for at in range(3))
    told = looked(made(tmp_path, official=official, targets=targets))
    assert "in the same unit" in why(told, "bunched") and "in the same unit" in why(told, "unrealistic")


def test_many_figures_are_judged_by_the_jump_of_their_density() -> None:
    random = np.random.default_rng(5)
    over = random.normal(0.01, 0.06, 1200)
    moved = np.where((over < 0) & (over > -0.03) & (random.random(1200) < 0.7), random.uniform(0, 0.01, 1200), over)
    body = np.repeat([0, 1], 600)
    below, above, p = judged(np.where(body == 1, moved, over), body, 2, 0.02)
    assert p[0] > 0.05 > 0.001 > p[1] and above[1] > below[1]
    assert np.isnan(judged(np.full(400, 0.5), np.zeros(400, dtype=np.int64), 1, 0.02)[2][0])  # all figures are the same


def test_nearly_all_by_the_share_of_the_others() -> None:
    p = chance_of_all(np.array([10.0, 10.0, 3.0]), np.array([10.0, 2.0, 3.0]))
    assert p[0] == pytest.approx(((2 + 3 + 1) / 15) ** 10) and p[1] == 1 and np.isnan(p[2])


def test_rushed_tasks_and_requests(tmp_path: Path) -> None:
    random = np.random.default_rng(7)
    tasks, requests = "task,body,decided_on,due_on,closed_on\n", "request,body,opened_at,due_at,closed_at\n"
    for at in range(5):
        for one in range(30):
            left = int(random.integers(0, 3)) if at == 2 and one < 24 else int(random.integers(0, 25))
            tasks += f"t{at}-{one},b{at:02d},2024-03-01,2024-04-30,2024-04-{30 - left:02d}\n"
            hour = 23 if at == 3 and one < 24 else int(random.integers(1, 23))
            requests += f"r{at}-{one},b{at:02d},2024-05-01 00:00,2024-05-02 00:00,2024-05-01 {hour:02d}:30\n"
    told = looked(made(tmp_path, 5, official=OFFICIAL + "b00,2024,x,1\n", tasks=tasks, requests=requests))
    assert [one.body for one in of(told, "rushed_tasks")] == ["b02"]
    assert [one.body for one in of(told, "rushed_requests")] == ["b03"]
    found, _, p = rushed(np.array([0] * 8 + [1]), np.arange(9) < 4, 2)
    assert found.tolist() == [4, 0] and np.isnan(p[1]) and p[0] == pytest.approx(5 / 9)


def test_a_target_of_the_whole_hundred_can_only_be_met_exactly(tmp_path: Path) -> None:
    cells = [f"b{body:02d},2024-{month:02d},x,100" for body in range(3) for month in range(1, 13)]
    rows, official = HEAD + "".join(f"{one},,\n" for one in cells), OFFICIAL + "".join(f"{one}\n" for one in cells)
    evidence = made(tmp_path, official=official, targets=rows)
    assert len(of(looked(evidence), "bunched")) == 3
    told = looked(evidence, {"series": {"x": {"kind": "share"}}})
    assert not of(told, "bunched") and why(told, "bunched")
