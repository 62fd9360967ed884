"""Ledgers: payments that stand twice but for their number: the same body, day, amount and purpose.

Equal payments on one day happen (fixed grants, wages by head). A body is named where it has far more of them than the
other bodies' ledgers would give it.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases, places_of
from minping.audit.opened import Opened
from minping.model.arrays import Bools, Floats, Ints
from minping.stats.exceedance import marked_in_groups
from minping.stats.repeats import same_rows
from minping.words import Text

FEWEST = 20  #: payments of a body
NO_LEDGERS = Text(f"没有单位有 {FEWEST} 笔支付", f"no body has {FEWEST} payments")


def repeated_payments(opened: Opened) -> Cases | Text:
    """Payments of the period that repeat an earlier row of the body."""
    frame = opened.frame("payments")
    kept = np.flatnonzero(opened.inside(frame.day("paid_on")) & np.isfinite(frame.number("amount_cny")))
    body, purpose = frame.body[kept], np.unique(frame.text("purpose")[kept].astype(str), return_inverse=True)[1]
    day = frame.day("paid_on")[kept].astype(np.int64)
    amount = np.unique(frame.number("amount_cny")[kept], return_inverse=True)[1]
    repeated = is_repeated(np.column_stack([body, day, amount, purpose]).astype(np.int64))
    found, size, p = judged(body, repeated, opened.bodies)
    if not np.isfinite(p).any():
        return NO_LEDGERS
    usual = size * found.sum() / max(size.sum(), 1)
    at = np.flatnonzero(repeated)

    def say(at: int) -> Text:
        return Text(
            f"{size[at]:.0f} 笔支付中 {found[at]:.0f} 笔与前一行同日、同额、同用途，各单位平均约 {usual[at]:.1f} 笔",
            f"{found[at]:.0f} of {size[at]:.0f} payments repeat a row of the same day, amount and purpose; about "
            f"{usual[at]:.1f} would, as elsewhere",
        )

    places = places_of(body[at], frame.file[kept[at]], frame.row[kept[at]])
    return Cases(np.arange(opened.bodies), [""] * opened.bodies, found, usual, size, p, say, places)


def is_repeated(rows: Ints) -> Bools:
    """Which of (R, M) rows are the same as an earlier one, (R,)."""
    return np.asarray(same_rows(rows) != np.arange(len(rows)), dtype=np.bool_)


def judged(body: Ints, repeated: Bools, bodies: int) -> tuple[Floats, Floats, Floats]:
    """Of each body the repeated rows, all rows, and P(so many or more) were they dealt at random (Fisher); (N,)."""
    return marked_in_groups(repeated, body, bodies, FEWEST)
