"""A folder with claims of every kind, made by hand."""

from __future__ import annotations

from pathlib import Path

from minping.model.evidence import Evidence
from minping.pipeline import load_evidence
from minping.scheme.read import read_scheme
from minping.scheme.shape import Scheme
from tests.audit.formalism.tasks import county, register

SCHEME = """\
format: scheme/v1
id: claimed
version: 1
title: {zh: 示例, en: example}
authority: {issuer: 示例办}
period: {of: "2024"}
indicators:
  - {id: roads, title: {zh: 道路, en: roads}, direction: higher, weight: 8, normalise: minmax, source: {reporter: self}}
  - {id: trees, title: {zh: 植树, en: trees}, direction: higher, weight: 2, normalise: minmax, source: {reporter: self}}
  - {id: air, title: {zh: 空气, en: air}, direction: higher, weight: 5, normalise: minmax, source: {reporter: statistics}}
"""
BODIES = 12


def folder_in(home: Path, *, bodies: int = BODIES, tasks: bool = True) -> Path:
    """Bodies with two self-reported figures, one of statistics, three tasks and a project each."""
    (home / "evidence").mkdir(parents=True)
    (home / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    ids = [f"b{at:02d}" for at in range(bodies)]
    tables = {
        "bodies": "body,name\n" + "".join(f"{one},单位{one}\n" for one in ids),
        "official": "body,period,indicator,value\n"
        + "".join(f"{one},2024,{name},{10 + at}\n" for at, one in enumerate(ids) for name in ("roads", "trees", "air")),
    }
    if tasks:
        tables["tasks"] = register(county(bodies, 3))
        tables["projects"] = (
            "project,body,approved_on,opened_on,used_capacity,cost_cny,capacity_unit\n"
            + "".join(f"p{at},{one},2020-01-01,2022-01-01,{100 + at},{1000 * (at + 1)},人次\n" for at, one in enumerate(ids))
        )  # fmt: skip
    for name, text in tables.items():
        (home / "evidence" / f"{name}.csv").write_text(text, encoding="utf-8")
    return home


def read(home: Path) -> tuple[Scheme, Evidence]:
    """Its scheme and evidence."""
    scheme = read_scheme(home)
    return scheme.scheme, load_evidence(home, scheme)
