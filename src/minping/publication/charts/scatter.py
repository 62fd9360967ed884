"""Scatter: the score against a figure that stands beside it (citizens' satisfaction), with the rank correlation.

The four corners are named by what is high and what is low, never by who is right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.publication.charts.chart import Cell, Chart, Column, Heading, Table, drawing
from minping.publication.charts.interval_rows import WIDTH
from minping.publication.charts.markup import shortened, svg_text, width_em
from minping.publication.charts.numbers import fixed, plain, whole
from minping.publication.charts.scales import Scale, around, ticks
from minping.stats.ranks import competition_ranks
from minping.words import Text

HEIGHT, _TOP, _BOTTOM = 460.0, 30.0, 412.0
_LEFT, _RIGHT = 9.0, 98.0
_NARROW = 330  #: width of a telephone's page; labels that would collide there are hidden there
_MOST_LABELS = 45
_LONGEST_EM = 12.0
_SIDES = (("start", 7, 4.5), ("end", -7, 4.5), ("middle", 0, -8.0), ("middle", 0, 17.0))


class Beside(NamedTuple):
    """The figure that stands beside the score."""

    title: Text
    unit: str
    figures: Floats  #: (N,), NaN where there is none
    spearman: float  #: with the score, 1 where the two agree on what is better
    lower_is_better: bool = False


def scatter(
    heading: Heading, names: Sequence[Text], score: Floats, beside: Beside, *, ranked: bool = True, decimals: int = 2
) -> Chart:
    """Draw the bodies that have both figures; where ranks are shown, table them by how far their two ranks lie apart."""
    there = np.isfinite(score) & np.isfinite(beside.figures)
    across = around(score[there].tolist(), _LEFT + 1, _RIGHT)
    up = around(beside.figures[there].tolist(), _BOTTOM, _TOP)
    one, other = ranks_of(score, beside, there)
    gap = np.where(there, np.abs(one - other) if ranked else 0.0, -1.0)
    order = np.argsort(-gap, kind="stable")[: int(there.sum())]
    x = np.array([across.at(figure) for figure in np.nan_to_num(score).tolist()])
    y = np.array([up.at(figure) for figure in np.nan_to_num(beside.figures).tolist()])
    body = _frame(beside, across, up)
    if len(order):
        body += _corners(beside, x, y, there)
        body += "".join(f'<circle class="dot" cx="{x[at]:.2f}%" cy="{y[at]:.1f}" r="4"/>' for at in order)
        body += _labels(names, x, y, order)
    rows: list[Sequence[Cell]] = [
        (names[at], fixed(score[at], decimals), plain(beside.figures[at]), whole(gap[at])) for at in order
    ]
    rows = rows if ranked else [row[:3] for row in rows]
    table = Table(_columns(beside)[: 4 if ranked else 3], rows)
    return Chart(heading, drawing(heading, body, width=WIDTH, height=HEIGHT), table)


def ranks_of(score: Floats, beside: Beside, there: Bools) -> tuple[Floats, Floats]:
    """Ranks on the score and on the other figure, among the bodies that have both; (N,) each."""
    other = -beside.figures if beside.lower_is_better else beside.figures
    ranks = (competition_ranks(np.where(there, figures, np.nan)) for figures in (score, other))
    one, two = (np.where(there, rank.astype(np.float64), np.nan) for rank in ranks)
    return one, two


def _frame(beside: Beside, across: Scale, up: Scale) -> str:
    drawn = []
    for figure in ticks(across.low, across.high):
        x = f"{across.at(figure):.2f}%"
        drawn.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{_TOP:g}" y2="{_BOTTOM + 5:g}"/>')
        drawn.append(f'<text class="axis" x="{x}" y="{_BOTTOM + 20:g}" text-anchor="middle">{plain(figure)}</text>')
    for figure in ticks(up.low, up.high):
        y = up.at(figure)
        drawn.append(f'<line class="grid" x1="{_LEFT}%" x2="{_RIGHT + 1}%" y1="{y:.1f}" y2="{y:.1f}"/>')
        drawn.append(f'<text class="axis" x="{_LEFT - 1}%" y="{y + 4:.1f}" text-anchor="end">{plain(figure)}</text>')
    unit = f"（{beside.unit}）" if beside.unit else ""
    unit_en = f" ({beside.unit})" if beside.unit else ""
    upward = Text(f"↑ {beside.title.zh}{unit}", f"↑ {beside.title.en}{unit_en}")
    drawn.append(svg_text(upward, 'class="axis strong" x="0.6%" y="14"'))
    rightward = Text("总分 →", "Score →")
    drawn.append(svg_text(rightward, f'class="axis strong" x="99.4%" y="{_BOTTOM + 40:g}" text-anchor="end"'))
    rho = fixed(beside.spearman, 2)
    said = Text(f"斯皮尔曼等级相关 {rho}", f"Spearman rank correlation {rho}")
    drawn.append(svg_text(said, 'class="strong wide" x="99.4%" y="14" text-anchor="end"'))
    return "".join(drawn)


def _corners(beside: Beside, x: Floats, y: Floats, there: Bools) -> str:
    """Medians as dashed lines, and what each corner holds."""
    middle, level = float(np.median(x[there])), float(np.median(y[there]))
    drawn = [
        f'<line class="median" x1="{middle:.2f}%" x2="{middle:.2f}%" y1="{_TOP:g}" y2="{_BOTTOM:g}"/>',
        f'<line class="median" x1="{_LEFT}%" x2="{_RIGHT + 1}%" y1="{level:.1f}" y2="{level:.1f}"/>',
    ]
    short = Text(shortened(beside.title.zh, 8), shortened(beside.title.en, 14))
    for right in (False, True):
        for high in (True, False):
            said = Text(
                f"总分{'较高' if right else '较低'}，{short.zh}{'较高' if high else '较低'}",
                f"score {'higher' if right else 'lower'}, {short.en} {'higher' if high else 'lower'}",
            )
            place = f'x="{_RIGHT + 0.4 if right else _LEFT + 0.8}%" y="{_TOP + 13 if high else _BOTTOM - 6:g}"'
            drawn.append(svg_text(said, f'class="corner wide" {place} text-anchor="{"end" if right else "start"}"'))
    return "".join(drawn)


def _labels(names: Sequence[Text], x: Floats, y: Floats, order: Ints) -> str:
    """Names beside their dots, the furthest apart first, none over another."""
    taken: dict[int, list[tuple[float, float, float, float]]] = {WIDTH: [], _NARROW: []}
    for width, boxes in taken.items():
        boxes += [_box(x[at] * width / 100, float(y[at]), "middle", 0, 4.0, 8.0) for at in order]
        corner = 150.0
        for left in (_LEFT * width / 100, _RIGHT * width / 100 - corner):
            boxes += [(left, level, left + corner, level + 16) for level in (_TOP, _BOTTOM - 18)]
    drawn = []
    for at in order[:_MOST_LABELS]:
        name = Text(shortened(names[at].zh, _LONGEST_EM), shortened(names[at].en, _LONGEST_EM))
        wide = 12.0 * max(width_em(words) for words in name)
        for anchor, dx, dy in _SIDES:
            around = {width: _box(x[at] * width / 100 + dx, float(y[at]), anchor, 0, dy, wide) for width in taken}
            if not _fits(around[WIDTH], taken[WIDTH], WIDTH):
                continue
            narrow = _fits(around[_NARROW], taken[_NARROW], _NARROW)
            taken[WIDTH].append(around[WIDTH])
            if narrow:
                taken[_NARROW].append(around[_NARROW])
            kind = "point" if narrow else "point wide"
            place = f'x="{x[at]:.2f}%" dx="{dx}" y="{y[at] + dy:.1f}" text-anchor="{anchor}"'
            drawn.append(svg_text(name, f'class="{kind}" {place}'))
            break
    return "".join(drawn)


def _box(x: float, y: float, anchor: str, dx: float, dy: float, wide: float) -> tuple[float, float, float, float]:
    left = x + dx - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return left, y + dy - 11, left + wide, y + dy + 3


def _fits(
    box: tuple[float, float, float, float], taken: Sequence[tuple[float, float, float, float]], width: int
) -> bool:
    left, top, right, bottom = box
    if left < _LEFT * width / 100 or right > width or not math.isfinite(left):
        return False
    return not any(left < r and right > x and top < b and bottom > y for x, y, r, b in taken)


def _columns(beside: Beside) -> tuple[Column, ...]:
    return (
        Column(Text("单位", "Body")),
        Column(Text("总分", "Score"), True),
        Column(beside.title, True),
        Column(Text("两者位次相差", "Ranks apart"), True),
    )
