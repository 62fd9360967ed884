"""Measures of works: every name is said in both languages, is one that can be computed, and is said by the scheme."""

from __future__ import annotations

from typing import get_args

import pytest

from minping.indicators.inspections import measure_inspections
from minping.indicators.projects import MEASURES as PROJECTS
from minping.indicators.tasks import MEASURES as TASKS
from minping.scheme.words import indicator_in_words
from minping.scheme.work_rules import WORKS, InspectionMeasure, ProjectMeasure, TaskMeasure
from tests.made import scheme


def test_names_words_and_what_is_computed_are_the_same() -> None:
    assert set(WORKS["projects"]) == set(get_args(ProjectMeasure)) == set(PROJECTS)
    assert set(WORKS["tasks"]) == set(get_args(TaskMeasure)) == set(TASKS)
    assert set(WORKS["inspections"]) == set(get_args(InspectionMeasure)) and measure_inspections is not None
    assert all(words.zh and words.en for measures in WORKS.values() for words in measures.values())


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, all_of in WORKS.items() for name in all_of])
def test_a_scheme_says_what_the_measure_counts(kind: str, name: str) -> None:
    made = scheme(
        "dimensions:\n  - {id: d, title: 甲, weight: 1}\nindicators:\n"
        f"  - {{id: a, title: 甲, unit: 件, in: d, weight: 1, direction: higher, from: {{{kind}: {name}}}, normalise: {{method: goalposts, floor: 0, target: 100}}}}\n"
    ).scheme
    said = indicator_in_words(made.indicators[0], made)
    assert WORKS[kind][name].zh in said.zh and WORKS[kind][name].en in said.en
    assert ("终止" in said.zh) == (kind == "tasks")
