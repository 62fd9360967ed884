"""Replies and appraisals: answers and sheets that differ as they do by nature, and those made without looking."""

from __future__ import annotations

import numpy as np

from benchmarks.error_rates.rate import Effect, Rate, World
from minping.audit.targets.appraisals import classes, dealt
from minping.audit.targets.replies import above_others, judged, sameness
from minping.model.arrays import Floats
from minping.words import Text

BODIES = 24


def _replies(template: float) -> World:
    """60 replies of each body in four categories; a share, that differs among bodies, is one of three stock phrases."""

    def world(random: np.random.Generator) -> Floats:
        stock = random.beta(6, 14, BODIES)
        stock[:2] = np.maximum(stock[:2], template)
        body = np.repeat(np.arange(BODIES), 60)
        made = random.random(body.size) < stock[body]
        said = np.where(made, random.integers(0, 3, body.size), 3 + np.arange(body.size))
        cells, n = np.unique(np.stack([body, said, random.integers(0, 4, body.size)]), axis=1, return_counts=True)
        p = above_others(sameness(cells[0], cells[1], cells[2], n.astype(np.float64), BODIES))[1]
        return p[:2] if template else p

    return world


def _back(more: float) -> World:
    """60 closed requests of each body in four categories, of which 2 to 20 per cent come back; of two bodies a share more."""

    def world(random: np.random.Generator) -> Floats:
        body, category = (at.ravel() for at in np.indices((BODIES, 4)))
        n = random.multinomial(60, [0.4, 0.3, 0.2, 0.1], BODIES).ravel()
        rate = np.array([0.02, 0.05, 0.1, 0.2])[category] + np.where(body < 2, more, 0.0)
        back = random.binomial(n, rate).astype(np.float64)
        p = judged(body, category, n.astype(np.float64), back, BODIES)[3]
        return p[:2] if more else p

    return world


def _sheets(more: float, groups: int, each: int) -> World:
    """Sheets of bodies or raters, one in ten with one score for all, as likely at any level; of two of them a share more."""

    def world(random: np.random.Generator) -> Floats:
        group = np.repeat(np.arange(groups), each)
        flat = random.random(group.size) < np.where(group < 2, 0.1 + more, 0.1)
        p = dealt(group, flat, classes(random.normal(85, 4, group.size)), groups)
        return p[:2] if more else p

    return world


RATES = {
    "template_replies": Rate(
        Text("每单位 60 件答复，三成左右用三句套话之一，各单位不同", "60 replies of each body, about three in ten one of three stock phrases, more or less by body"),
        _replies(0.0),
        (
            Effect(Text("两个单位七成是套话", "seven in ten of two bodies are stock phrases"), _replies(0.7)),
            Effect(Text("两个单位全是套话", "all replies of two bodies are stock phrases"), _replies(1.0)),
        ),
        worlds=100,
    ),
    "came_back": Rate(
        Text("每单位办结 60 件，四类，2 %–20 % 又回来", "60 closed of each body in four categories, of which 2 to 20 % come back"),
        _back(0.0),
        (
            Effect(Text("两个单位多一成", "of two bodies a tenth more"), _back(0.1)),
            Effect(Text("两个单位多三成", "of two bodies three tenths more"), _back(0.3)),
        ),
        worlds=100,
    ),
    "straight_lined": Rate(
        Text("每单位 11 份测评，一成各项同分", "eleven sheets of each body, one in ten with one score for all"),
        _sheets(0.0, BODIES, 11),
        (
            Effect(Text("两个单位多三成", "of two bodies three tenths more"), _sheets(0.3, BODIES, 11)),
            Effect(Text("两个单位多六成", "of two bodies six tenths more"), _sheets(0.6, BODIES, 11)),
        ),
        worlds=50,
    ),
    "same_for_everybody": Rate(
        Text("40 名评分人各评十份，一成各项同分", "40 raters of ten ratees each, one sheet in ten with one score for all"),
        _sheets(0.0, 40, 10),
        (
            Effect(Text("两名评分人多三成", "of two raters three tenths more"), _sheets(0.3, 40, 10)),
            Effect(Text("两名评分人多六成", "of two raters six tenths more"), _sheets(0.6, 40, 10)),
        ),
        worlds=50,
    ),
}  # fmt: skip
