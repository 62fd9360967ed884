"""Response: rates of a sample's outcomes. In counts of final outcomes, (..., 8), out rates from 0 to 1, of the same shape.

American Association for Public Opinion Research, Standard Definitions: Final Dispositions of Case Codes and Outcome
Rates for Surveys (10th edition, 2023): response rates 1–6, cooperation 1–4, refusal 1–3, contact 1–3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from minping.model.arrays import Floats

#: what the last axis of counts is: interviews, eligible without one, unknown eligibility, not eligible
OUTCOMES = (
    "complete",
    "partial",
    "refusal",
    "non_contact",
    "other",
    "unknown_household",
    "unknown_other",
    "ineligible",
)
Rate = Callable[[Mapping[str, Floats]], Floats]


def outcome_rate(counts: Floats, name: str, e: float | None = None) -> Floats:
    """A rate of outcomes, (...); NaN where nothing could have been reached.

    Args:
        counts: (..., 8) cases by OUTCOMES, each case once
        name: one of RATES
        e: share of those of unknown eligibility that are eligible; by default as `eligible_share` estimates it

    Raises:
        ValueError: no such rate; counts that are no counts; `e` not from 0 to 1.

    >>> round(float(outcome_rate(np.array([40, 10, 20, 20, 0, 15, 5, 10]), "RR2")), 4)
    0.4545
    """
    told = np.asarray(counts, dtype=np.float64)
    if name not in RATES:
        raise ValueError(f"no rate {name}; there are {', '.join(RATES)}")
    if told.shape[-1:] != (len(OUTCOMES),) or not (np.isfinite(told) & (told >= 0)).all():
        raise ValueError(f"counts are {len(OUTCOMES)} numbers from 0: {', '.join(OUTCOMES)}")
    if e is not None and not 0.0 <= e <= 1.0:
        raise ValueError(f"e is {e:g}; a share is from 0 to 1")
    parts = {outcome: told[..., at] for at, outcome in enumerate(OUTCOMES)}
    parts["e"] = eligible_share(told) if e is None else np.full(told.shape[:-1], e)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = RATES[name](parts)
    return np.where(np.isfinite(found), found, np.nan)


def eligible_share(counts: Floats) -> Floats:
    """Share of the cases of unknown eligibility that are eligible: that of the cases where it is known, (...).

    CASRO's proportional allocation (Frankel 1983, in Wiseman and McDonald, Incomplete Data in Sample Surveys). One
    where no case of known eligibility is there.

    >>> float(eligible_share(np.array([40, 10, 20, 20, 0, 15, 5, 10])))
    0.9
    """
    told = np.asarray(counts, dtype=np.float64)
    eligible, not_eligible = told[..., :5].sum(axis=-1), told[..., 7]
    known = eligible + not_eligible
    return np.where(known > 0, eligible / np.where(known > 0, known, 1.0), 1.0)


def _interviews(of: Mapping[str, Floats]) -> Floats:
    return of["complete"] + of["partial"]


def _eligible(of: Mapping[str, Floats]) -> Floats:
    return _interviews(of) + of["refusal"] + of["non_contact"] + of["other"]


def _unknown(of: Mapping[str, Floats]) -> Floats:
    return of["unknown_household"] + of["unknown_other"]


def _all(of: Mapping[str, Floats]) -> Floats:
    return _eligible(of) + _unknown(of)


def _likely(of: Mapping[str, Floats]) -> Floats:
    return _eligible(of) + of["e"] * _unknown(of)


def _met(of: Mapping[str, Floats]) -> Floats:
    return _interviews(of) + of["refusal"] + of["other"]


def _able(of: Mapping[str, Floats]) -> Floats:
    return _interviews(of) + of["refusal"]


RATES: Mapping[str, Rate] = {
    "RR1": lambda of: of["complete"] / _all(of),
    "RR2": lambda of: _interviews(of) / _all(of),
    "RR3": lambda of: of["complete"] / _likely(of),
    "RR4": lambda of: _interviews(of) / _likely(of),
    "RR5": lambda of: of["complete"] / _eligible(of),
    "RR6": lambda of: _interviews(of) / _eligible(of),
    "COOP1": lambda of: of["complete"] / _met(of),
    "COOP2": lambda of: _interviews(of) / _met(of),
    "COOP3": lambda of: of["complete"] / _able(of),
    "COOP4": lambda of: _interviews(of) / _able(of),
    "REF1": lambda of: of["refusal"] / _all(of),
    "REF2": lambda of: of["refusal"] / _likely(of),
    "REF3": lambda of: of["refusal"] / _eligible(of),
    "CON1": lambda of: _met(of) / _all(of),
    "CON2": lambda of: _met(of) / _likely(of),
    "CON3": lambda of: _met(of) / _eligible(of),
}
