"""Small evaluations to publish: evidence as files in a folder, and the records that loading them would give."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from minping.model.evidence import Bodies, Evidence, Official, SourceFile
from minping.pipeline import evaluate
from minping.scheme.read import parse_scheme
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
NAMES = ("东区", "=西区", "南区", "北&区", "中<心")
INDICATORS = ("solved", "wait", "growth", "satisfaction")


Cell = tuple[str, str, str]


def evidence_in(
    folder: Path, bodies: int = 5, names: tuple[str, ...] = NAMES, missing: Cell = ("", "", "")
) -> Evidence:
    """Evidence of a few bodies, without the figure (body, period, indicator) that is to be missing."""
    folder.mkdir(parents=True, exist_ok=True)
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
    _write(folder / "bodies.csv", ["body", "name"], list(zip(ids, called, strict=True)))
    _write(folder / "official.csv", ["body", "period", "indicator", "value"], rows)
    codes = {name: at for at, name in enumerate(INDICATORS)}
    official = Official(
        bodies=ids,
        periods=("2015", "2016"),
        indicators=INDICATORS,
        body=np.array([ids.index(row[0]) for row in rows], dtype=np.int32),
        period=np.array([("2015", "2016").index(row[1]) for row in rows], dtype=np.int32),
        indicator=np.array([codes[row[2]] for row in rows], dtype=np.int32),
        value=np.array([row[3] for row in rows]),
        file=np.ones(len(rows), dtype=np.int32),
        row=np.arange(2, len(rows) + 2, dtype=np.int64),
    )
    empty = ("",) * bodies
    return Evidence(
        str(folder),
        (_source(folder, "bodies", bodies), _source(folder, "official", len(rows))),
        Bodies(ids, called, empty, empty, empty, empty),
        official,
    )


def evaluation_in(
    folder: Path,
    scheme: str = SCHEME,
    bodies: int = 5,
    names: tuple[str, ...] = NAMES,
    missing: Cell = ("", "", ""),
) -> Evaluation:
    """The evaluation of `evidence_in(folder)` by a scheme."""
    return evaluate(parse_scheme(scheme), evidence_in(folder, bodies, names, missing))


def _write(path: Path, header: list[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def _source(folder: Path, table: str, rows: int) -> SourceFile:
    path = folder / f"{table}.csv"
    return SourceFile(path.name, table, hashlib.sha256(path.read_bytes()).hexdigest(), rows, "utf-8")
