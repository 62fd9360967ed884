"""Repeats: figures copied from the period before, or from another body.

That two long figures agree to the last digit is chance only once in many: of a figure's digits all but the first two
count, so that D of them agree by chance once in 10^D. Series whose figures often stay as they are by nature (a number
of townships) are left out, and so are shares, indices and figures of fewer than four digits.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases, figures_at
from minping.audit.opened import Opened
from minping.model.arrays import Bools
from minping.stats.groups import codes, sums
from minping.stats.repeats import chance_of, pairs, significant
from minping.words import Text

USUAL = 0.2  #: of bodies; a series in which so many repeat their figure repeats by nature
NO_BEFORE = Text("没有上一期的数据可以比较", "there are no figures of the period before to compare")
NO_LONG = Text("没有四位以上有效数字的数据", "no figure has four digits or more")


def counted_exactly(opened: Opened) -> Bools:
    """Which series may have long figures by themselves, (L,): shares and indices of few people agree by chance."""
    kinds = [opened.declared[name].kind if name in opened.declared else None for name in opened.history.names]
    return np.array([kind not in ("share", "index") for kind in kinds], dtype=np.bool_)


def copied_forward(opened: Opened) -> Cases | Text:
    """Figures of a body that are those of its period before."""
    history = opened.history
    like = history.run(opened.period)
    if len(like) < 2 or history.periods[like[-1]] != opened.period:
        return NO_BEFORE
    now, before = (history.taken(history.official.value, history.row[like[at]]) for at in (-1, -2))
    both = np.isfinite(now) & np.isfinite(before)
    same, digits = both & (now == before), significant(now) * counted_exactly(opened)
    usual = same.sum(axis=0) > USUAL * np.maximum(both.sum(axis=0), 1)
    same &= (digits > 0) & ~usual
    compared = (both & (digits > 0) & ~usual).sum(axis=1)
    p = np.where(compared > 0, chance_of(same, digits, 1.0), np.nan)
    body, series = np.nonzero(same)
    official = history.official
    rows = [history.row[like[at]][body, series] for at in (-1, -2)]

    def say(at: int) -> Text:
        names = [history.names[one] for one in np.flatnonzero(same[at]).tolist()]
        listed = ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
        earlier = history.periods[like[-2]]
        return Text(
            f"{len(names)} 个数与 {earlier} 逐位相同：{listed}",
            f"{len(names)} figures are those of {earlier} to the last digit: {listed}",
        )

    return Cases(
        np.arange(opened.bodies),
        [""] * opened.bodies,
        same.sum(axis=1).astype(np.float64),
        np.zeros(opened.bodies),
        compared.astype(np.float64),
        p,
        say,
        *(figures_at(official, body, row) for row in rows),
    )


def copied_bodies(opened: Opened) -> Cases | Text:
    """Pairs of bodies with the same figures in a period."""
    history = opened.history
    inside = np.flatnonzero(history.inside(opened.period))
    row = history.row[inside].transpose(1, 0, 2).reshape(opened.bodies, -1)
    value = history.taken(history.official.value, row)
    digits = significant(value) * np.tile(counted_exactly(opened), inside.size)
    first, second, cell = pairs(value, digits)
    ids = opened.evidence.bodies.ids
    turned = np.argsort(np.argsort(np.array(ids)))  # the body with the lesser id is named, wherever it is listed
    turn = turned[first] > turned[second]
    first, second = np.where(turn, second, first), np.where(turn, first, second)
    if not (digits > 0).any() or opened.bodies < 2:
        return NO_LONG
    pair = codes(first * opened.bodies + second) if first.size else np.zeros(0, dtype=np.int64)
    count = int(pair.max(initial=-1)) + 1
    total = sums(pair, digits[first, cell].astype(np.float64), count)
    many = sums(pair, np.ones(pair.size), count)
    one, other = (np.zeros(count, dtype=np.int64) for _ in range(2))
    one[pair], other[pair] = first, second
    comparisons = opened.bodies * (opened.bodies - 1) / 2
    p = np.minimum(1.0, comparisons * 10.0**-total)
    official = history.official
    there = (digits > 0).sum(axis=1)

    def say(at: int) -> Text:
        name = ids[other[at]]
        return Text(
            f"{many[at]:.0f} 个数与 {name} 逐位相同（首两位之外共 {total[at]:.0f} 位）",
            f"{many[at]:.0f} figures are those of {name} to the last digit ({total[at]:.0f} digits beyond the first two)",
        )

    mine, theirs = row[first, cell], row[second, cell]
    return Cases(
        one,
        [ids[at] for at in other.tolist()],
        many,
        np.zeros(count),
        np.minimum(there[one], there[other]).astype(np.float64),
        p,
        say,
        figures_at(official, pair, mine),
        figures_at(official, pair, theirs),
    )
