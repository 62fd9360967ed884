"""Called back: raters, the silent as those called back speak for them, and both together, with intervals.

In an evaluation whose scheme asks for call-backs; out the figures of the first such indicator, body by body.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Floats
from minping.words import Text

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

Z = 1.959963984540054  #: 95 %


@dataclass(frozen=True, slots=True)
class Called:
    """One row per body, (N,); NaN where too few were reached to be shown."""

    node: str
    title: Text
    unit: str
    worse: int  #: which sign of `gap` says that the silent are less content
    figure: Floats  #: (3, N) of raters, of the silent, of all
    low: Floats  #: (3, N) of the 95 % interval
    high: Floats  #: (3, N)
    gap: Floats  #: raters less silent
    gap_se: Floats
    silent: Floats  #: cases not rated, per cent
    called: Floats
    reached: Floats


def called_back(evaluation: Evaluation) -> Called | None:
    """The first indicator with call-backs; None where the scheme asks for none."""
    part = next((part for part in evaluation.scheme.indicators if part.evidence.callbacks), None)
    if part is None or part.id not in evaluation.values.called:
        return None
    values, at = evaluation.values, evaluation.values.at(evaluation.period)
    told, column = values.called[part.id], values.indicators.index(part.id)
    first, second, gap, gap_se = (cube[at] for cube in (told.first, told.second, told.gap, told.gap_se))
    second_se = told.second_se[at]
    first_se = np.sqrt(np.maximum(gap_se**2 - second_se**2, 0.0))
    whole = values.estimate[at][:, column]
    ends = np.full((len(whole), 2), np.nan) if values.ends is None else values.ends[at][:, column]
    figure, half = np.stack([first, second]), Z * np.stack([first_se, second_se])
    low, high = (np.clip(figure + side * half, 0.0, 100.0) for side in (-1, 1))
    return Called(
        part.id,
        part.title.text,
        part.unit,
        -1 if part.evidence.ratings == "share_bad" else 1,
        np.vstack([figure, whole]),
        np.vstack([low, ends[:, 0]]),
        np.vstack([high, ends[:, 1]]),
        gap,
        gap_se,
        100.0 * told.silent[at],
        told.called[at],
        told.reached[at],
    )


def called_notes(evaluation: Evaluation, node: str, at: int, body: int) -> tuple[Text, ...]:
    """What call-backs added to a figure of a body in the period `at`; nothing of a figure without any."""
    told = evaluation.values.called.get(node)
    if told is None:
        return ()
    silent, called, reached = (float(cube[at, body]) for cube in (told.silent, told.called, told.reached))
    found = Text(
        f"办结的办件中 {100 * silent:.1f} % 没有评价；回访 {called:.0f} 件，接通 {reached:.0f} 件",
        f"{100 * silent:.1f} % of the cases served were not rated; {called:.0f} called back, {reached:.0f} reached",
    )
    first, second, se = (float(cube[at, body]) for cube in (told.first, told.second, told.second_se))
    if np.isnan(first) or np.isnan(second):
        return (found,)
    halves = Text(
        f"评价者 {first:.1f}，未评价者 {second:.1f} ± {se:.1f}（标准误），按件数合并",
        f"raters {first:.1f}, the silent {second:.1f} ± {se:.1f} (se), put together by their numbers",
    )
    return found, halves
