"""Appraisals: the head of each body as superiors, peers and subordinates see it; where planted, without looking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from minping.simulation.planting import Case, Planting
from minping.simulation.writing import Table, coded, numbers

if TYPE_CHECKING:
    from minping.simulation.county import County

RELATIONS = ("superior", "peer", "subordinate")
ITEMS = ("ability", "diligence", "results", "integrity", "teamwork")
SUPERIORS, PEERS, SUBORDINATES = 3, 3, 5  #: who rates each head; superiors rate all of them
MIDDLE, BETTER, RATERS, ITEM, NOISE = 84.0, 4.0, 3.0, 1.5, 3.5  #: points of 100 and their spreads
SAME = 95  #: given to everything by those who don't look


def appraisals_table(random: np.random.Generator, county: County, planting: Planting) -> Table:
    """One row for each rater, head and item."""
    each = SUPERIORS + PEERS + SUBORDINATES
    body, turn = (at.ravel() for at in np.indices((county.size, each)))
    relation = np.where(turn < SUPERIORS, 0, np.where(turn < SUPERIORS + PEERS, 1, 2))
    peer = (body + 1 + turn - SUPERIORS) % county.size
    names = [f"V{at + 1:02d}" for at in range(SUPERIORS)]
    names += [f"{name}-H" for name in county.ids]
    names += [f"{name}-M{at + 1}" for name in county.ids for at in range(SUBORDINATES)]
    below = SUPERIORS + county.size + body * SUBORDINATES + turn - SUPERIORS - PEERS
    rater = np.where(relation == 0, turn, np.where(relation == 1, SUPERIORS + peer, below))
    kept = (relation != 1) | (turn - SUPERIORS < county.size - 1)  # nobody rates twice, nor themselves
    body, relation, rater = body[kept], relation[kept], rater[kept]
    leaning = MIDDLE + BETTER * county.quality[body] / 0.3 + random.normal(0, RATERS, len(names))[rater]
    items = random.normal(0, ITEM, (county.size, len(ITEMS)))[body]
    score = np.round(leaning[:, None] + items + random.normal(0, NOISE, items.shape)).clip(40, 100)
    flat = planting.holds("straight_lined")[body] & (relation == RELATIONS.index("subordinate"))
    score = np.where(flat[:, None], SAME, score)
    planting.note(
        "straight_lined",
        (Case(county.ids[body[at]], names[rater[at]]) for at in np.flatnonzero(flat).tolist()),
    )
    row, item = (at.ravel() for at in np.indices(score.shape))
    return {
        "ratee": coded(body[row], [f"{name}-H" for name in county.ids]),
        "rater": coded(rater[row], names),
        "relation": coded(relation[row], RELATIONS),
        "item": coded(item, ITEMS),
        "score": numbers(score.ravel().astype(np.int64)),
        "body": coded(body[row], county.ids),
        "round": coded(np.zeros(row.size, dtype=np.int64), [str(county.days[-1])[:4]]),
    }
