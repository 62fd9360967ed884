"""Tables that only a publication needs: the tree in words, and how far the companions agree with the score."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from minping.publication.called_tables import CALLED_TABLES
from minping.publication.citizen_tables import CITIZEN_TABLES
from minping.publication.debt_tables import DEBT_TABLES
from minping.publication.theme_tables import THEME_TABLES
from minping.scoring.compare import spearman
from minping.scoring.survey_tables import answers, indices, responses, surveys
from minping.scoring.tables import as_arrow
from minping.words import Text

if TYPE_CHECKING:
    import pyarrow as pa

    from minping.scoring.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a figure that is shown beside the score, and not counted, ranks the bodies as the score does."""

    node: str
    title: Text
    direction: str  #: of the indicator: whether more of it is better
    spearman: float  #: of score and value, signed so that 1 means full agreement where `direction` tells what is better
    bodies: int  #: how many have both
    citizen: bool  #: citizens themselves speak through it


def agreements(evaluation: Evaluation) -> tuple[Agreement, ...]:
    """One per companion, in the order of the scheme."""
    scores, found = evaluation.scores, []
    parts = {part.id: part for part in evaluation.scheme.indicators}
    for at, node in enumerate(scores.nodes):
        if node.kind == "companion":
            part = parts[node.id]
            shared, bodies = spearman(scores.score, scores.points[:, at])
            signed = -shared if part.direction == "lower" else shared
            words = Text(node.title_zh, node.title_en)
            found.append(Agreement(node.id, words, part.direction, signed, bodies, "citizen" in part.tags))
    return tuple(found)


def published_tables(evaluation: Evaluation) -> Iterator[tuple[str, pa.Table]]:
    """Every table of the evaluation by name, then those of this module."""
    for name in evaluation.tables:
        yield name, evaluation.table(name)
    for name, columns in EXTRA.items():
        if name not in evaluation.tables:
            yield name, as_arrow(columns(evaluation))
    for name, columns in {**CALLED_TABLES, **CITIZEN_TABLES, **THEME_TABLES, **DEBT_TABLES}.items():
        if found := columns(evaluation):
            yield name, as_arrow(found)


def _nodes(evaluation: Evaluation) -> dict[str, Any]:
    names = ("parent", "kind", "title_zh", "title_en", "unit", "depth")
    nodes = evaluation.scores.nodes
    return {"node": [node.id for node in nodes]} | {name: [getattr(node, name) for node in nodes] for name in names}


def _companions(evaluation: Evaluation) -> dict[str, Any]:
    found = agreements(evaluation)
    return {name: [getattr(row, name) for row in found] for name in ("node", "direction", "spearman", "bodies")}


EXTRA: Mapping[str, Callable[[Evaluation], dict[str, Any]]] = {
    "nodes": _nodes,
    "companions": _companions,
    "surveys": surveys,
    "answers": answers,
    "responses": responses,
    "indices": indices,
}
