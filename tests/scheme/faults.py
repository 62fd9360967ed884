"""The problems of a scheme text, as (code, line, key path)."""

from __future__ import annotations

import pytest

from minping.errors import Problem, SchemeError
from minping.scheme.read import parse_scheme

GOOD = """\
id: good
version: 1
title: {zh: 好方案, en: good}
authority: {issuer: 考评办}
subjects: {types: {urban: {title: 城区}, rural: {title: 农村}}}
weights: {sum: 100}
dimensions:
  - {id: people, title: 民生, weight: 60}
  - {id: economy, title: 经济, weight: 40}
indicators:
  - {id: solved, title: 解决率, in: people, direction: higher, weight: 100, normalise: {method: goalposts, floor: 0, target: 100}}
  - {id: wait, title: 等候, in: economy, direction: lower, weight: 30, normalise: minmax}
  - {id: rate, title: 增长, in: economy, direction: higher, weight: {urban: 70, rural: 70}, normalise: zscore}
grades:
  levels: [{id: a, title: 优, at_least: 80}, {id: b, title: 良}]
"""


def problems_of(text: str) -> list[Problem]:
    with pytest.raises(SchemeError) as caught:
        parse_scheme(text)
    return list(caught.value.problems)


def faults(text: str) -> list[tuple[str, int | None, str]]:
    return [(problem.code, problem.place.row, problem.place.column) for problem in problems_of(text)]


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)
