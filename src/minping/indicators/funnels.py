"""Funnels: of those who were served, who was asked, who rated; of bad ratings, which were put right in time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minping.indicators.events import engine, event_table, numbers, whole_numbers, with_bodies
from minping.indicators.lags import periods_within, within
from minping.indicators.rectification import Mended
from minping.model.arrays import Floats
from minping.model.evidence import Bodies, Records
from minping.stats.groups import sums

STEPS = ("issued", "offered", "answered", "due", "in_time")  #: what `funnel` counts


def funnel(offers: Records | None, mended: Mended | None, bodies: Bodies, periods: Sequence[str]) -> Floats:
    """Cases served, asked and rated, bad ratings due to be put right and put right in time, (P, N, 5).

    NaN where the evidence does not tell, or the scheme does not ask for it.
    """
    shape = (len(periods), len(bodies.ids))
    served = np.full((*shape, 3), np.nan) if offers is None else _served(offers, bodies, periods)
    right = np.full((*shape, 2), np.nan)
    if mended is not None:
        for at, period in enumerate(periods):
            inside = within(mended.month, period)
            for step, figure in enumerate((mended.due[0], mended.in_time[0])):
                right[at, :, step] = sums(mended.body, np.where(inside, figure, 0.0), shape[1])
    return np.concatenate([served, right], axis=-1)


def _served(offers: Records, bodies: Bodies, periods: Sequence[str]) -> Floats:
    """Of offers that name how many were asked or rated; a column that is empty throughout is not known."""
    with engine(offers) as opened:
        table = with_bodies(event_table(opened, offers, ("body", "period", *STEPS[:3])), bodies)
        counted = {name: table[name].sum() for name in STEPS[:3]}
        found = table.group_by("body", "period").aggregate(**counted).to_pyarrow()
    body, told = whole_numbers(found["body"]), found["period"].to_pylist()
    served = np.full((len(periods), len(bodies.ids), 3), np.nan)
    for step, name in enumerate(STEPS[:3]):
        figure = numbers(found[name])
        if np.isnan(figure).all():
            continue
        for at, period in enumerate(periods):
            inside = periods_within(period, told)
            served[at, :, step] = sums(body[inside], np.nan_to_num(figure[inside]), len(bodies.ids))
    return served
