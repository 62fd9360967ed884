"""Does what a scheme says under `audit` fit together? One check each, as in `scheme.consistency`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from minping.errors import Problem
from minping.scheme.shape import Scheme
from minping.scheme.source import Source, problem
from minping.words import Text, both


def audit_fits(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """Sums and components go in no circle, a part stands once, bands rise, series are named that exist."""
    yield from _sums(scheme, source)
    yield from _components(scheme, source)
    yield from _bands(scheme, source)
    yield from _levels(scheme, source)


def _sums(scheme: Scheme, source: Source) -> Iterator[Problem]:
    below: dict[str, list[str]] = {}
    for at, rule in enumerate(scheme.audit.sums):
        twice = [name for name, count in Counter(rule.parts).items() if count > 1]
        if twice:
            names = ", ".join(twice)
            found = Text(f"部分 {names} 重复", f"the part {names} stands twice")
            yield problem(
                source, ("audit", "sums", at, "parts"), "repeated-part", found, fix=Text("各写一次", "name it once")
            )
        below.setdefault(rule.whole, []).extend(rule.parts)
    for loop in circles(below):
        at = next(at for at, rule in enumerate(scheme.audit.sums) if rule.whole == loop[0] and rule.parts)
        yield problem(source, ("audit", "sums", at), "circular-sum", *_in_a_circle(loop))


def _components(scheme: Scheme, source: Source) -> Iterator[Problem]:
    for loop in circles({name: one.part_of for name, one in scheme.audit.series.items()}):
        yield problem(source, ("audit", "series", loop[0], "part_of"), "circular-sum", *_in_a_circle(loop))


def _in_a_circle(loop: Sequence[str]) -> tuple[Text, Text, Text]:
    said = " → ".join((*loop, loop[0]))
    return (
        Text(f"合计关系成环：{said}", f"parts and wholes go in a circle: {said}"),
        both(""),
        Text("去掉其中一条", "remove one of them"),
    )


def _bands(scheme: Scheme, source: Source) -> Iterator[Problem]:
    bands = scheme.audit.debt.bands
    if list(bands) != sorted(set(bands)) or bands[0] <= 0:
        found = Text(f"分档 {list(bands)} 不是递增的正数", f"the bands {list(bands)} don't rise from above nought")
        fix = Text("如 [120, 200, 300]", "e.g. [120, 200, 300]")
        yield problem(source, ("audit", "debt", "bands"), "bands-out-of-order", found, fix=fix)


def _levels(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """A level is money or a count: a share can't be set against flows of money."""
    for at, name in enumerate(scheme.audit.levels):
        given = scheme.audit.series.get(name)
        if given is not None and given.kind in ("share", "index"):
            found = Text(f"{name} 是比率或指数，不是总量", f"{name} is a share or an index, no level")
            fix = Text("从 levels 中去掉", "take it out of levels")
            yield problem(source, ("audit", "levels", at), "share-as-level", found, fix=fix)


def circles(below: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Circles of a graph, until one edge of each is taken away; each begins with the first of its names.

    >>> circles({"a": ["b", "c"], "b": ["a"], "c": []})
    [('a', 'b')]
    """
    edges = {name: set(others) for name, others in below.items()}
    found: list[tuple[str, ...]] = []
    while True:
        try:
            TopologicalSorter({name: sorted(others) for name, others in edges.items()}).prepare()
        except CycleError as error:
            loop = list(reversed(error.args[1]))[:-1]  # each before what it is made of
            edges[loop[-1]].discard(loop[0])
            first = loop.index(min(loop))
            found.append((*loop[first:], *loop[:first]))
        else:
            return found
