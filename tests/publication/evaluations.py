"""Small evaluations to publish, with their evidence as files in a folder."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from minping.pipeline import evaluate, load_evidence
from minping.scheme.read import read_scheme
from minping.scoring.evaluation import Evaluation

SCHEME = """\
format: scheme/v1
id: small
version: 1
title: {zh: 小型考核方案, en: A small scheme}
authority: {issuer: 某市考评办, document: 某考评〔2016〕1号}
period: {kind: annual}
aggregate: arithmetic
dimensions:
  - {id: people, title: {zh: 民生, en: People}, weight: 60}
  - {id: economy, title: {zh: 经济, en: Economy}, weight: 40}
indicators:
  - id: solved
    title: {zh: 诉求解决率, en: requests solved}
    in: people
    unit: "%"
    direction: higher
    weight: 70
    normalise: {method: goalposts, floor: 0, target: 100, reason: 比例的自然界限}
    tags: [citizen, outcome]
    uncertainty: {se: 2, reason: 抽样}
  - id: wait
    title: {zh: 等候时间, en: waiting time}
    in: people
    unit: min
    direction: lower
    weight: 30
    normalise: {method: minmax}
  - id: growth
    title: {zh: 增长, en: growth}
    in: economy
    unit: "%"
    direction: higher
    weight: 100
    normalise: {method: minmax}
    tags: [growth]
  - id: satisfaction
    title: {zh: 公众满意度, en: public satisfaction}
    unit: "%"
    direction: higher
    counts: false
    tags: [citizen]
adjust:
  deduct:
    - id: accident
      title: {zh: 安全责任事故, en: accidents}
      when: {incident: accident}
      points: 2
      authority_ref: 第三条
grades:
  decided_by: 市委市政府
  levels:
    - {id: good, title: {zh: 良好, en: good}, at_least: 60}
    - {id: fair, title: {zh: 一般, en: fair}}
uncertainty: {draws: 200, seed: 7, interval: 0.9}
appeal: {reply_before_publish_days: 3, window_days: 10, decide_within_days: 20}
waivers:
  - {rule: L9, reason: 复核由上级机关另行规定, approved_by: 市考评办}
publish: {licence: CC-BY-4.0}
"""
NAMES = ("东区", "@西区", "南区", "北&区", "中<心")
INDICATORS = ("solved", "wait", "growth", "satisfaction")


Cell = tuple[str, str, str]


def evaluation_in(
    folder: Path,
    scheme: str = SCHEME,
    bodies: int = 5,
    names: tuple[str, ...] = NAMES,
    missing: Cell = ("", "", ""),
) -> Evaluation:
    """Write a scheme and evidence into a folder, without the figure that is to be missing, and evaluate them."""
    (folder / "evidence").mkdir(parents=True, exist_ok=True)
    (folder / "scheme.yaml").write_text(scheme, encoding="utf-8", newline="\n")
    ids = tuple(f"b{at:02d}" for at in range(bodies))
    called = tuple(names[at % len(names)] + (str(at) if at >= len(names) else "") for at in range(bodies))
    rng = np.random.default_rng(3)
    rows = [
        (body, period, indicator, round(float(rng.uniform(20, 90)), 2))
        for period in ("2015", "2016")
        for body in ids
        for indicator in INDICATORS
        if (body, period, indicator) != missing
    ]
    _write(folder / "evidence" / "bodies.csv", ["body", "name"], list(zip(ids, called, strict=True)))
    _write(folder / "evidence" / "official.csv", ["body", "period", "indicator", "value"], rows)
    columns = ["incident", "body", "occurred_on", "kind", "confirmed_by"]
    _write(folder / "evidence" / "incidents.csv", columns, [["i1", "b03", "2016-05-04", "accident", "市应急局"]])
    return evaluated(folder)


def evaluated(folder: Path) -> Evaluation:
    """What a folder gives."""
    scheme = read_scheme(folder)
    return evaluate(scheme, load_evidence(folder, scheme))


def _write(path: Path, header: list[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
