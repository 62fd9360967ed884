"""L14: a direction that goes against the indicator's name or its peers is suspicious (LGBF: attainment *gap* higher-is-better)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from minping.scheme.lint.findings import Figures, Objection, where
from minping.scheme.shape import Indicator, Scheme
from minping.stats.ranks import fractional_ranks
from minping.words import Text

LOW_IS_GOOD = re.compile(
    r"死亡|发生率|差评率|失业|能耗|排放|浓度|劣[ⅤV]|投诉|差距|负债|债务率|拖欠|违法|延误|时长|超标|贫困|犯罪"
    r"|\b(gaps?|mortality|deaths?|unemployment|emissions?|complaints?|costs?|debts?|poverty|crimes?|arrears|delays?)\b",
    re.IGNORECASE,
)
TURNED = re.compile(
    r"降低|下降|减少|清偿|整改|化解|达标|完成|改善|降幅|\b(reduc|fall|decreas|cut|clear|resolv|avoid)", re.IGNORECASE
)
AGAINST = -0.5  #: rank correlation with the rest of the score from which the sign is worth a question


def direction(scheme: Scheme, figures: Figures | None) -> Iterator[Objection]:
    """Question directions by name; with data, also by their correlation with the rest of the score."""
    for at, indicator in enumerate(scheme.indicators):
        title = f"{indicator.title.zh} {indicator.title.en}"
        if indicator.direction == "higher" and LOW_IS_GOOD.search(title) and not TURNED.search(title):
            found = Text(
                f"{indicator.id}“{indicator.title.text.zh}”的方向是 higher，名称却像越低越好",
                f"{indicator.id} “{indicator.title.text.en}” has direction higher; by its name less seems better",
            )
            fix = Text("核对方向；若无误，写一条豁免说明", "check it; if it is right, waive this with a reason")
            yield Objection((*where(scheme, indicator), "direction"), found, fix)
        if figures is not None and indicator.counts:
            yield from _against_the_rest(scheme, indicator, figures, at)


def _against_the_rest(scheme: Scheme, indicator: Indicator, figures: Figures, at: int) -> Iterator[Objection]:
    sign = {"higher": 1.0, "lower": -1.0}.get(indicator.direction)
    values, score = figures.values[:, at], figures.score
    there = ~(np.isnan(values) | np.isnan(score))
    if sign is None or there.sum() < 10:
        return
    a, b = fractional_ranks(sign * values[there], "average"), fractional_ranks(score[there], "average")
    if a.std() == 0 or b.std() == 0:
        return
    rho = float(np.corrcoef(a, b)[0, 1])
    if rho < AGAINST:
        found = Text(
            f"{indicator.id} 与总分的秩相关为 {rho:.2f}：方向可能写反，或它与其他指标相互抵消",
            f"{indicator.id} correlates {rho:.2f} with the score: its direction may be wrong, or it offsets the rest",
        )
        fix = Text("核对方向；若无误，说明它衡量的是另一面", "check it; if right, say what other side it measures")
        yield Objection((*where(scheme, indicator), "direction"), found, fix, "note")
