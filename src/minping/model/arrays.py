"""Names for the array types that records and functions state."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Ranks = NDArray[np.uint32]  #: from 1; 0 where there is none
Codes = NDArray[np.int32]  #: positions in a vocabulary; -1 where empty
Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]


def columnwise(shape: tuple[int, int], kind: type) -> NDArray[Any]:
    """An empty (N, M) array whose columns lie together in memory: work goes by indicator, not by body."""
    return np.empty(shape, dtype=kind, order="F")
