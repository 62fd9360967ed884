"""Precision: figures as whole numbers of their last decimal place, as far as they were written with few places."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.stats.digits import LARGEST, MOST_PLACES, whole

BY_CHANCE = 1 / 64  #: chance, at most, that a computed figure looks like one with so many decimals


class Written(NamedTuple):
    """Figures as they were written, any shape."""

    whole: Ints  #: in units of the last place; 0 where not known
    places: Ints  #: decimals; 0 where not known
    known: Bools  #: False: missing, or computed rather than written (more than nine places)


def written(values: Floats) -> Written:
    """Split figures into whole numbers and places; noughts at the end are lost."""
    flat = np.asarray(values, dtype=np.float64).ravel()
    fits = np.zeros(flat.size, dtype=np.bool_)
    for power in 10.0 ** np.arange(MOST_PLACES + 1):
        small = np.abs(flat) < (LARGEST if power == 1 else BY_CHANCE * LARGEST / power)
        fits[small] |= np.rint(flat[small] * power) / power == flat[small]
    size, places = np.zeros(flat.size, dtype=np.int64), np.zeros(flat.size, dtype=np.int64)
    size[fits], places[fits] = whole(flat[fits])
    shape = np.shape(values)
    return Written(size.reshape(shape), places.reshape(shape), fits.reshape(shape))
