"""What pydantic finds, said for people: line, what is allowed, what to do, in both languages."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from minping.errors import Problem
from minping.scheme.misfits import misfits
from minping.scheme.source import read_source


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    weight: float = Field(gt=0)


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    parts: list[Inner] = Field(min_length=1)


def problems(text: str) -> list[Problem]:
    source = read_source(text, "f.yaml")
    with pytest.raises(ValidationError) as caught:
        Outer.model_validate(source.values)
    return misfits(caught.value, source, Outer)


@pytest.mark.parametrize(
    ("text", "code", "row", "allowed"),
    [
        ("title: a\nparts:\n- {wieght: 1}\n", "misspelt-key", 3, "weight"),
        ("title: a\nparts:\n- {zzz: 1}\n", "unknown-key", 3, "weight"),
        ("title: a\nparts:\n- {weight: 0}\n", "bad-value", 3, "大于 0.0"),
        ("title: a\nparts:\n- {weight: many}\n", "bad-value", 3, "数字"),
        ("title: a\nparts: []\n", "bad-value", 2, "至少 1 项"),
        ("parts: [{weight: 1}]\n", "missing-key", 1, ""),
    ],
)
def test_a_fault_is_said_with_line_and_what_is_allowed(text: str, code: str, row: int, allowed: str) -> None:
    found = next(problem for problem in problems(text) if problem.code == code)
    assert found.place.row == row and allowed in found.allowed.zh
    assert found.found.zh and found.found.en and found.fix.zh and found.fix.en


def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    found = problems("titel: a\nparts:\n- {weight: 0}\n- {weight: x}\n")
    assert [(problem.code, problem.place.row) for problem in found] == [
        ("missing-key", 1),
        ("misspelt-key", 1),
        ("bad-value", 3),
        ("bad-value", 4),
    ]


def test_what_was_found_is_cut_short() -> None:
    (found,) = problems("title: a\nparts:\n- {weight: " + "x" * 5000 + "}\n")
    assert len(found.found.en) < 100
