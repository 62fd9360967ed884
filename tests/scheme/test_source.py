from __future__ import annotations

import pytest

from minping.errors import SchemeError
from minping.scheme.source import problem, read_source
from minping.words import both


def codes(text: str) -> list[str]:
    try:
        return [found.code for found in read_source(text, "s.yaml").problems]
    except SchemeError as error:
        return [found.code for found in error.problems]


def test_every_key_knows_its_line() -> None:
    source = read_source("id: a\nparts:\n  - id: x\n    weight: 3\n  - id: y\n", "s.yaml")
    assert source.values == {"id": "a", "parts": [{"id": "x", "weight": 3}, {"id": "y"}]}
    assert [source.line(path) for path in (("id",), ("parts", 0, "weight"), ("parts", 1, "id"))] == [1, 4, 5]
    assert source.line(("parts", 1, "weight")) == 5, "a key that isn't there stands where its parent does"
    assert str(source.place(("parts", 0, "weight"))) == "s.yaml:4 parts.x.weight"


def test_names_are_kept_as_they_are_written() -> None:
    source = read_source("id: NO\nversion: 2016.10\nperiod: {of: 2016}\nweight: 1.50\nnothing:\n", "s.yaml")
    assert source.values == {"id": "NO", "version": "2016.10", "period": {"of": "2016"}, "weight": 1.5, "nothing": None}


def test_a_key_given_twice_is_told_with_both_lines() -> None:
    source = read_source("id: a\nweights:\n  sum: 1\n  sum: 2\n", "s.yaml")
    (found,) = source.problems
    assert (found.code, found.place.row, found.place.column) == ("duplicate-key", 4, "weights.sum")
    assert "line 3" in found.found.en and "第 3 行" in found.found.zh
    assert source.values["weights"]["sum"] == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &a [*a]", "cyclic-yaml"),
        ("a:\n\t- b", "not-yaml"),
        ("a: [1, 2", "not-yaml"),
        ("a: 'x", "not-yaml"),
        ("", "not-a-mapping"),
        ("- a", "not-a-mapping"),
        ("words", "not-a-mapping"),
        ("a: " + "[" * 100_000, "too-deep"),
        ("a: " + "{b: " * 200 + "}" * 200, "too-deep"),
        ("\n".join(f"{'abcdefgh'[at]}: &{'abcdefgh'[at]} [" + ",".join([f"*{'abcdefgh'[at - 1]}" if at else "1"] * 9) + "]"
                   for at in range(8)), "too-large"),
    ],
)  # fmt: skip
def test_what_is_no_scheme_is_told_and_never_built(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_the_line_of_a_fault_of_yaml_is_told() -> None:
    with pytest.raises(SchemeError) as caught:
        read_source("id: a\nb: [1\nc: 2\n", "s.yaml")
    assert caught.value.problems[0].place.row == 3


def test_a_python_object_is_read_as_text() -> None:
    assert read_source("id: !!python/object:os.system x", "s.yaml").values == {"id": "x"}
    assert read_source("a: !!python/object/apply:os.system [x]", "s.yaml").values == {"a": ["x"]}


def test_a_problem_stands_at_its_key() -> None:
    source = read_source("a:\n  b: 1\n", "s.yaml")
    assert problem(source, ("a", "b"), "odd", both("x")).line() == "s.yaml:2 a.b: x [odd]"
