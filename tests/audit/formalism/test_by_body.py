"""Cases of bodies bear the rows that are marked, in the order of the file, and no others."""

from __future__ import annotations

import numpy as np

from minping.audit.formalism.by_body import by_body
from minping.audit.frames import Frame
from minping.words import Text


def test_each_case_has_the_marked_rows_of_its_body() -> None:
    body = np.array([1, 0, 1, 2, 1])
    frame = Frame(body, np.zeros(5, dtype=np.int64), np.arange(2, 7), {})
    marked, none = np.array([True, True, False, False, True]), np.zeros(3)
    found = by_body(frame, marked, none, lambda at: Text(str(at), str(at)), observed=none, expected=none, n=none)
    assert found.body.tolist() == [0, 1, 2] and list(found.about) == ["", "", ""]
    assert [found.places.of(at).row.tolist() for at in range(3)] == [[3], [2, 6], []]
