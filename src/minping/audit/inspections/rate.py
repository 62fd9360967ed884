"""The error rate: how many of a period's claims do not hold, told by the inspections of a plan that came back.

Rows of the plan are known by their stratum, which begins with the period (`2025 task`), and bear the probability that
they were drawn with. Only inspections by others than the body count; a row without a finding is counted as unseen, and
the rate supposes that unseen claims are like the others.
"""

from __future__ import annotations

from contextlib import ExitStack

import numpy as np

from minping.audit.frames import Frame, read_frame
from minping.indicators.events import engine
from minping.model.evidence import Evidence
from minping.model.inspected import ErrorRate
from minping.stats.unequal_shares import unequal_shares
from minping.words import Text

LEVEL = 0.95
ROUNDING = 1e-9  #: of the larger of two figures: a difference that is none
NO_PLAN = Text(
    "没有按抽样计划（带入样概率、层以本期开头）完成的核查",
    "no inspection of a plan (with probability, and a stratum that begins with the period) has come back",
)


def error_rate(evidence: Evidence, period: str, *, level: float = LEVEL) -> ErrorRate | Text:
    """The share of wrong claims, all together and by stratum, with intervals; a text says why there is none.

    By `stats.unequal_shares` (Hájek 1971, Deville 1999).
    """
    if "inspections" not in evidence.records or not evidence.records["inspections"].rows:
        return NO_PLAN
    with ExitStack() as stack:
        frame = read_frame(stack.enter_context(engine()), evidence.records["inspections"], evidence.bodies)
    return rate_of(frame, period, level=level)


def rate_of(frame: Frame, period: str, *, level: float = LEVEL) -> ErrorRate | Text:
    """The same of the rows of `inspections`."""
    stratum, probability = frame.text("stratum"), frame.number("probability")
    named = np.array([one.startswith(f"{period} ") for one in np.unique(stratum.astype(str))], dtype=np.bool_)
    _, code = np.unique(stratum.astype(str), return_inverse=True)
    ours = named[code] & np.isfinite(probability)
    reported, found = frame.number("reported_value"), frame.number("found_value")
    seen = ours & np.isfinite(reported) & np.isfinite(found) & (frame.text("inspected_by") != "self")
    if not seen.any():
        return NO_PLAN
    largest = np.maximum(np.abs(reported), np.abs(found))
    tolerance = np.nan_to_num(frame.number("tolerance"))
    wrong = (np.abs(reported - found) > tolerance + ROUNDING * largest)[seen].astype(np.float64)
    names, group = np.unique(stratum[seen].astype(str), return_inverse=True)
    chance = probability[seen]
    whole = unequal_shares(wrong, chance, np.zeros(wrong.size, dtype=np.int64), 1, level=level)
    parts = unequal_shares(wrong, chance, group.astype(np.int64), len(names), level=level)
    return ErrorRate(
        period=period,
        groups=("", *names.tolist()),
        inspected=np.r_[wrong.size, np.bincount(group)].astype(np.int64),
        wrong=np.r_[wrong.sum(), np.bincount(group, wrong)].astype(np.int64),
        share=np.r_[whole.share, parts.share],
        low=np.r_[whole.low, parts.low],
        high=np.r_[whole.high, parts.high],
        level=level,
        unseen=int(ours.sum() - seen.sum()),
    )
