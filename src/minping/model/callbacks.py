"""Call-backs of non-raters as later stages see them: the raters and the silent of each body beside one another."""

from __future__ import annotations

from dataclasses import dataclass

from minping.model.arrays import Floats


@dataclass(frozen=True, slots=True)
class Called:
    """One measure of P periods × N bodies, in its own unit; NaN where too few were reached to be shown."""

    first: Floats  #: (P, N) of those who rated
    second: Floats  #: (P, N) of the silent, as those reached speak for them
    second_se: Floats  #: (P, N)
    gap: Floats  #: (P, N) first − second
    gap_se: Floats  #: (P, N)
    silent: Floats  #: (P, N) share of the cases served that were not rated
    called: Floats  #: (P, N) cases called back, whatever came of it
    reached: Floats  #: (P, N) of them, reached and answered
