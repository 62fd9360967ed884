"""Ids of one table among those of another, and words as codes."""

from __future__ import annotations

import numpy as np

from minping.audit.matching import kinds, positions


def test_ids_are_found_and_others_are_not() -> None:
    among = np.array(["p1", "p2", "p1"], dtype=object)
    assert positions(np.array(["p2", "x", "p1"], dtype=object), among).tolist() == [1, -1, 0]
    assert positions(np.array(["a"], dtype=object), among[:0]).tolist() == [-1]


def test_kinds_are_words_without_case_and_blanks() -> None:
    assert kinds(np.array(["Park", " park", "", "路"], dtype=object)).tolist() == [0, 0, -1, 1]
