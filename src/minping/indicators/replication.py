"""Replication: a sample's weights many times over, as columns of the survey have them or made from its design.

Made ones are calibrated each for itself, so that the error knows what the weighting does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from minping.errors import Place, Problem
from minping.model.arrays import Floats
from minping.scheme.survey_rules import Replication
from minping.stats.designs import Design
from minping.stats.replicates import Replicates, balanced, bootstrap, jackknife
from minping.words import Text, both

MOST_FIGURES = 100_000_000  #: weights held at a time, 800 MB
Recalibrate = Callable[[Floats], Floats]  #: base weights (n,) -> weights (n,)


def replicates_of(
    period: str, design: Design, given: Floats | None, how: Replication, again: Recalibrate | None
) -> tuple[Replicates | None, list[Problem]]:
    """The replicates of a period's sample, or the problem that keeps them from being made.

    Args:
        period: whose sample it is
        design: the sample before calibration
        given: (n, R) columns of the survey, where the scheme names some
        how: what the scheme says of them
        again: calibrates the weights of one replicate; None where nothing is calibrated
    """
    try:
        found = _made(design, how) if given is None else _given(given, how)
        if again is not None and given is None:
            weight = np.stack([again(one) for one in found.weight.T], axis=1)
            found = replace(found, weight=weight)
    except ValueError as error:
        return None, [_failed(period, str(error))]
    scale = found.scale if how.scale is None else np.full(len(found.scale), how.scale)
    return replace(found, scale=scale, centred=found.centred or how.centred), []


def _made(design: Design, how: Replication) -> Replicates:
    stage = design.stages[0]
    strata, rows = len(np.unique(stage.stratum)), len(design.weight)
    units = how.count if how.method == "bootstrap" else len(np.unique(stage.unit))
    if rows * (units or 0) > MOST_FIGURES:
        raise ValueError(
            f"{rows} respondents times {units} replicates are too many; use bootstrap with a smaller count"
        )
    if how.method == "bootstrap":
        return bootstrap(design, how.count or 0, how.seed)
    if how.method == "BRR":
        return balanced(design, how.fay)
    if how.method == "JK1" and strata > 1:
        raise ValueError(f"JK1 is of a sample without strata; there are {strata}: use JKn")
    return jackknife(design)


def _given(weight: Floats, how: Replication) -> Replicates:
    count = weight.shape[1]
    scale = {"JK1": (count - 1.0) / count, "BRR": 1.0 / (count * (1.0 - how.fay) ** 2), "bootstrap": 1.0 / count}
    return Replicates(weight, np.full(count, scale.get(how.method, 1.0)), centred=how.method == "bootstrap")


def error_of(replicates: Replicates, whole: Floats, statistic: Callable[[Floats], Floats]) -> Floats:
    """Standard error of a statistic (D,) from its replicates, each taken with weights (n,)."""
    each = np.stack([statistic(one) for one in replicates.weight.T], axis=1)
    kept: Sequence[int] = np.flatnonzero(~np.isnan(whole)).tolist()
    found = np.full(whole.shape, np.nan)
    each = np.where(np.isnan(each), whole[:, None], each)  # a replicate that leaves all of a body out says nothing
    found[kept] = np.sqrt(replicates.variance(whole[kept], each[kept]))
    return found


def _failed(period: str, said: str) -> Problem:
    found = Text(f"{period}：做不出重复权重：{said}", f"{period}: no replicate weights can be made: {said}")
    fix = Text(
        "改 surveys.replicates，或去掉它（用线性化）", "change surveys.replicates, or leave it out (linearisation)"
    )
    return Problem("replicates-failed", Place("scheme.yaml", column="surveys.replicates"), found, both(""), fix)
