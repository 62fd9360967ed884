"""Names for the array types that records and functions state."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Ranks = NDArray[np.uint32]  #: from 1; 0 where there is none
Codes = NDArray[np.int32]  #: positions in a vocabulary; -1 where empty
Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]
