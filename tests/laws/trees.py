"""Random schemes with random figures: ragged trees, several means, types, policies; made anew from a number."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from hypothesis import strategies as st

from minping.model.evidence import Evidence
from minping.pipeline import evaluate
from minping.scheme.read import SchemeFile, parse_scheme
from minping.scoring.evaluation import Evaluation
from tests.made import Row, evidence

POLICIES = ("redistribute_within", "global", "exclude", "zero", "carry", "peer_median", "worst", "interval")
MEANS = ("arithmetic", "geometric", "harmonic", "power")
METHODS: tuple[dict[str, Any], ...] = (
    {"method": "goalposts", "floor": 0, "target": 100},
    {"method": "goalposts", "floor": "p0", "target": 120, "clip": False},
    {"method": "efficacy", "unallowable": 10, "satisfactory": 90},
    {"method": "attainment", "target": 60},
    {"method": "minmax"},
    {"method": "zscore"},
    {"method": "rank"},
    {"method": "percentile"},
    {"method": "given"},
)
PERIODS = ("2019", "2020")


@dataclass
class Case:
    """A scheme as plain values, and the figures of two periods."""

    scheme: dict[str, Any]
    ids: list[str]
    types: list[str]
    groups: list[str]
    figures: dict[tuple[str, str, str], float] = field(default_factory=dict)  #: (body, period, indicator)
    se: float = float("nan")

    @property
    def file(self) -> SchemeFile:
        return parse_scheme(yaml.safe_dump(self.scheme, allow_unicode=True))

    @property
    def found(self) -> Evidence:
        rows = [Row(*cell, value, self.se) for cell, value in self.figures.items()]
        columns = {"types": self.types, "groups": self.groups}
        return evidence(rows, ids=self.ids, **columns)

    def evaluate(self, draws: int = 0) -> Evaluation:
        return evaluate(self.file, self.found, period=PERIODS[-1], draws=draws)


def make(
    number: int,
    *,
    policies: Sequence[str] = POLICIES,
    means: Sequence[str] = MEANS,
    methods: Sequence[dict[str, Any]] = METHODS,
    gaps: float = 0.2,
    most_bodies: int = 9,
    uncertainty: dict[str, Any] | None = None,
    se: float = float("nan"),
) -> Case:
    """The case of a number: always the same one."""
    luck = random.Random(number)
    types = [f"t{at}" for at in range(luck.randint(1, 3))] if luck.random() < 0.6 else []
    dimensions = _dimensions(luck, types, means)
    indicators = _indicators(luck, types, dimensions, policies, methods)
    ids = [f"b{at}" for at in range(luck.randint(4, most_bodies))]
    groups = [luck.choice("gh") for _ in ids]
    for letter in "gh":  # a group of one has nobody to be compared with
        if groups.count(letter) == 1:
            groups[groups.index(letter)] = "h" if letter == "g" else "g"
    scheme: dict[str, Any] = {
        "id": "law",
        "version": "1",
        "title": "试验",
        "authority": {"issuer": "考评办"},
        "aggregate": _mean(luck, means),
        "missing": {"policy": luck.choice(policies)},
        "peers": {"method": luck.choice(["all", "group"]), "frame": luck.choice(["period", "panel"])},
        "indicators": indicators,
        "uncertainty": uncertainty or {},
    }
    if dimensions:
        scheme["dimensions"] = dimensions
    if types:
        scheme["subjects"] = {"types": {name: {"title": name} for name in types}}
    case = Case(scheme, ids, [luck.choice(types) if types else "" for _ in ids], groups, se=se)
    for indicator in indicators:
        for period in PERIODS:
            for at, body in enumerate(ids):
                # figures that differ for sure: the two first bodies of any group have one, so nobody is without peers
                value = round(luck.uniform(1, 110), luck.choice([0, 3])) + at * 0.001
                first = at == 0 or groups.index(groups[at]) == at or groups[:at].count(groups[at]) == 1
                if luck.random() >= gaps or first:
                    case.figures[body, period, indicator["id"]] = value
    for body in ids:  # nobody is without any figure
        case.figures.setdefault((body, PERIODS[-1], indicators[0]["id"]), 50.0 + ids.index(body) * 0.001)
    return case


def _weight(luck: random.Random, types: list[str], sure: bool) -> Any:
    number = lambda: round(luck.uniform(0.5, 9), luck.choice([0, 2])) or 1  # noqa: E731
    if not types or luck.random() < 0.4:
        return number()
    return {name: number() if sure or luck.random() < 0.8 else 0 for name in types}


def _mean(luck: random.Random, means: Sequence[str]) -> Any:
    chosen = luck.choice(means)
    return {"method": chosen, "p": luck.choice([-2, 0.5, 3])} if chosen == "power" else chosen


def _dimensions(luck: random.Random, types: list[str], means: Sequence[str]) -> list[dict[str, Any]]:
    dimensions: list[dict[str, Any]] = []
    for at in range(luck.randint(0, 4)):
        entry: dict[str, Any] = {"id": f"d{at}", "title": f"d{at}", "weight": _weight(luck, types, sure=True)}
        if dimensions and luck.random() < 0.5:
            entry["in"] = luck.choice(dimensions)["id"]
        if luck.random() < 0.5:
            entry["aggregate"] = _mean(luck, means)
        dimensions.append(entry)
    return dimensions


def _indicators(
    luck: random.Random,
    types: list[str],
    dimensions: list[dict[str, Any]],
    policies: Sequence[str],
    methods: Sequence[dict[str, Any]],
) -> list[dict[str, Any]]:
    homes: list[str | None] = [entry["id"] for entry in dimensions]  # every dimension holds an indicator
    homes += [luck.choice([None, *homes]) for _ in range(luck.randint(1 if not homes else 0, 5))]
    indicators = []
    for at, home in enumerate(homes):
        rule = dict(luck.choice(list(methods)))
        direction = (
            "higher" if rule["method"] in ("goalposts", "efficacy", "given") else luck.choice(["higher", "lower"])
        )
        sure = homes.index(home) == at
        entry: dict[str, Any] = {
            "id": f"i{at}",
            "title": f"i{at}",
            "direction": direction,
            "normalise": rule,
            "weight": _weight(luck, types, sure=sure),
        }
        if home is not None:
            entry["in"] = home
        if luck.random() < 0.4:
            entry["missing"] = {"policy": luck.choice(policies)}
        if types and luck.random() < 0.2:
            entry["not_applicable"] = {
                "policy": luck.choice(["redistribute_within", "global", "zero"]),
                "types": [types[-1]],
            }
        indicators.append(entry)
    return indicators


numbers = st.integers(0, 10**9)
