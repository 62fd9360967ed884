"""Matching: where the ids of one table stand in another, and words as codes."""

from __future__ import annotations

import numpy as np

from minping.audit.frames import Words
from minping.model.arrays import Ints


def positions(words: Words, among: Words) -> Ints:
    """Where each word stands among others, (n,); the first place of a word that is there twice, −1 for none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not len(among):
        return np.full(len(words), -1, dtype=np.int64)
    found = pc.index_in(pa.array(words.tolist(), pa.string()), value_set=pa.array(among.tolist(), pa.string()))
    return np.asarray(found.fill_null(-1).to_numpy(), dtype=np.int64)


def kinds(words: Words) -> Ints:
    """Words as codes from 0, whatever their case and the spaces around, (n,); −1 for an empty one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    clean = pc.utf8_lower(pc.utf8_trim_whitespace(pa.array(words.tolist(), pa.string())))
    told = pc.if_else(pc.equal(clean, ""), pa.scalar(None, pa.string()), clean)
    return np.asarray(told.dictionary_encode().indices.fill_null(-1).to_numpy(), dtype=np.int64)
