"""Numbers as print shows them: fixed decimals, a true minus sign, a dash where there is none."""

from __future__ import annotations

import math

NOTHING = "—"


def fixed(number: float | None, decimals: int) -> str:
    """A number with fixed decimals; never a negative zero.

    >>> fixed(-1.005, 2), fixed(float("nan"), 2), fixed(-0.001, 2)
    ('−1.00', '—', '0.00')
    """
    if number is None or not math.isfinite(number):
        return NOTHING
    said = f"{number:.{decimals}f}"
    if said[0] == "-":
        return "−" + said[1:] if said.strip("-0.") else said[1:]
    return said


def signed(number: float | None, decimals: int) -> str:
    """A difference, always with its sign but for zero.

    >>> signed(1.5, 1), signed(-1.5, 1), signed(0.01, 1)
    ('+1.5', '−1.5', '0.0')
    """
    said = fixed(number, decimals)
    return "+" + said if number is not None and number > 0 and said.strip("0.—") else said


def plain(number: float | None) -> str:
    """A value of evidence as it is, up to ten significant digits.

    >>> plain(82.92), plain(-1234567.0)
    ('82.92', '−1234567')
    """
    if number is None or not math.isfinite(number):
        return NOTHING
    return f"{number + 0.0:.10g}".replace("-", "−")


def percent(share: float | None, decimals: int = 1) -> str:
    """A share (0–1) in per cent.

    >>> percent(0.1234)
    '12.3%'
    """
    return NOTHING if share is None or not math.isfinite(share) else fixed(100 * share, decimals) + "%"


def chance(probability: float | None) -> str:
    """A probability (0–1) from draws, in whole per cent; never said to be nought or certain where it isn't.

    >>> chance(0.004), chance(0.0), chance(0.996), chance(0.5)
    ('<1%', '0%', '>99%', '50%')
    """
    if probability is not None and 0.0 < probability < 0.01:
        return "<1%"
    return ">99%" if probability is not None and 0.99 < probability < 1.0 else percent(probability, 0)


def exact_percent(share: float) -> str:
    """A share that somebody has set, in per cent, with the decimals it has.

    >>> exact_percent(0.9), exact_percent(0.975)
    ('90%', '97.5%')
    """
    return f"{100 * share:.6g}%"


def whole(number: float | None) -> str:
    """A rank or a count.

    >>> whole(3.0), whole(float("nan"))
    ('3', '—')
    """
    return fixed(number, 0)


def span(low: str, high: str) -> str:
    """Two ends of an interval; one figure where they are the same.

    >>> span("1", "3"), span("2", "2"), span("—", "3")
    ('1–3', '2', '—')
    """
    if NOTHING in (low, high):
        return NOTHING
    return low if low == high else f"{low}–{high}"
