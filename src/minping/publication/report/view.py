"""View: an evaluation as a report shows it: whom, in which order, by which name, and whether ranks may be shown.

Never a rank without its interval: where nothing was drawn, or the scheme publishes no ranking, bodies stand in the
order of the evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.model.findings import Finding
from minping.publication.charts.markup import Html, escaped, spans
from minping.publication.standing import body_name
from minping.scoring.findings_shown import named
from minping.scoring.showing import showing
from minping.words import Lang, Text

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

MOST_SECTIONS = 100  #: bodies that get a section of their own; the tables hold all


@dataclass(frozen=True, slots=True)
class View:
    """What the parts of a report share."""

    evaluation: Evaluation
    lang: Lang
    names: tuple[Text, ...]  #: (N,)
    anchors: tuple[str, ...]  #: (N,) ids of the bodies' sections
    order: Ints  #: (N,) rows as they are shown
    ranked: bool  #: ranks are shown, with their intervals
    tiered: bool  #: tiers are shown
    found: tuple[Finding, ...] = ()  #: findings of the audit that may be named

    @property
    def decimals(self) -> int:
        """Of published points and scores."""
        return self.evaluation.scheme.points.decimals

    @property
    def detailed(self) -> Ints:
        """The rows of the bodies that get a section."""
        return self.order[:MOST_SECTIONS]

    def linked(self) -> dict[int, Html]:
        """Row -> the body's name, a link where it has a section."""
        own = set(self.detailed.tolist())
        return {
            at: Html(f'<a href="#{escaped(self.anchors[at])}">{spans(name)}</a>') if at in own else spans(name)
            for at, name in enumerate(self.names)
        }

    def nothing(self) -> Floats:
        """No figure for any body, (N,)."""
        return np.full(len(self.names), np.nan)


def view_of(evaluation: Evaluation, lang: Lang) -> View:
    """Look at an evaluation."""
    scores, shown = evaluation.scores, showing(evaluation)
    names = tuple(
        Text(body_name(evaluation, at, "zh"), body_name(evaluation, at, "en")) for at in range(len(scores.bodies))
    )
    return View(
        evaluation, lang, names, anchors_of(scores.bodies), shown.order, shown.ranked, shown.tiered, named(evaluation)
    )


def anchors_of(bodies: tuple[str, ...]) -> tuple[str, ...]:
    """An id for each body's section, without spaces, no two the same.

    >>> anchors_of(("北京", "a b", "a_b"))
    ('b-北京', 'b-a_b', 'b-a_b-2')
    """
    taken: set[str] = set()
    anchors = []
    for at, body in enumerate(bodies):
        anchor = "b-" + re.sub(r"\s+", "_", body)
        while anchor in taken:
            anchor += f"-{at}"
        taken.add(anchor)
        anchors.append(anchor)
    return tuple(anchors)
