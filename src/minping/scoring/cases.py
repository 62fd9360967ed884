"""Cases: what a scheme's test expects against what an evaluation gives, every difference named."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from minping.errors import did_you_mean
from minping.model.cells import state_name
from minping.scheme.cases import Case, Expected
from minping.words import Text

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation


def mismatches(case: Case, evaluation: Evaluation) -> list[Text]:
    """Every expectation of a case that does not hold; none: the test passes."""
    bodies, found = evaluation.scores.bodies, []
    for body, expected in case.expect.items():
        if body not in bodies:
            near = did_you_mean(body, bodies)
            found.append(Text(f"没有单位 {body}；{near.zh}", f"no body {body}; {near.en}"))
            continue
        at = bodies.index(body)
        unlike = [*_of_body(expected, evaluation, at), *_of_nodes(expected, evaluation, at)]
        found += [Text(f"{body}：{said.zh}", f"{body}: {said.en}") for said in unlike]
    return found


def _of_body(expected: Expected, evaluation: Evaluation, at: int) -> Iterator[Text]:
    scores = evaluation.scores
    if expected.score is not None:
        yield from _number(Text("总分", "score"), expected.score, float(scores.score[at]), expected.within)
    if expected.rank is not None:
        yield from _number(Text("位次", "rank"), expected.rank, float(scores.rank[at]), 0)
    if expected.grade is not None:
        given = evaluation.grades[at].grade if evaluation.grades else ""
        if given != expected.grade:
            yield _differs(Text("等次", "grade"), expected.grade or "—", given or "—")


def _of_nodes(expected: Expected, evaluation: Evaluation, at: int) -> Iterator[Text]:
    scores = evaluation.scores
    columns = {node.id: column for column, node in enumerate(scores.nodes)}
    for node in [*expected.points, *expected.weights, *expected.state]:
        if node not in columns:
            near = did_you_mean(node, columns)
            yield Text(f"没有维度或指标 {node}；{near.zh}", f"no dimension or indicator {node}; {near.en}")
    for node, points in expected.points.items():
        if node in columns:
            said = Text(f"{node} 得分", f"points of {node}")
            yield from _number(said, points, float(scores.points[at, columns[node]]), expected.within)
    for node, weight in expected.weights.items():
        if node in columns:
            said = Text(f"{node} 有效权重（%）", f"effective weight of {node} (%)")
            yield from _number(said, weight, 100 * float(scores.weight[at, columns[node]]), expected.within)
    for node, state in expected.state.items():
        if node in columns and (given := state_name(int(scores.state[at, columns[node]]))) != state:
            yield _differs(Text(f"{node} 状态", f"state of {node}"), state, given)


def _number(what: Text, wanted: float, given: float, within: float) -> Iterator[Text]:
    if math.isnan(given) or abs(given - wanted) > within + 1e-12 * abs(wanted):
        yield _differs(what, f"{wanted:g}", "—" if math.isnan(given) else f"{given:.6g}")


def _differs(what: Text, wanted: str, given: str) -> Text:
    return Text(f"{what.zh} 应为 {wanted}，得 {given}", f"{what.en} should be {wanted}, is {given}")
