"""By body: one case for each body, with the rows of tasks or inspections that it rests on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from minping.audit.cases import Cases, places_of
from minping.audit.frames import Frame
from minping.model.arrays import Bools, Floats
from minping.words import Text


def by_body(
    frame: Frame,
    rows: Bools,
    p: Floats,
    say: Callable[[int], Text],
    *,
    observed: Floats,
    expected: Floats,
    n: Floats,
) -> Cases:
    """Cases of N bodies: figures and p (N,), and which of the frame's rows (R,) are shown."""
    at = np.flatnonzero(rows)
    places = places_of(frame.body[at], frame.file[at], frame.row[at])
    return Cases(np.arange(len(p)), [""] * len(p), observed, expected, n, p, say, places)
