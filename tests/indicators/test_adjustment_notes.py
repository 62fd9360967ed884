from __future__ import annotations

import numpy as np

from minping.indicators.adjustment_notes import case_mix_notes, shrinking_notes
from minping.indicators.casemix import CaseMix, Fitted
from minping.indicators.ratings import Measured
from minping.indicators.shrinking import Shrunk
from minping.scheme.shape import Shrink

FITTED = (
    Fitted((("channel", "kiosk", "hall"),), (2,), 3, ""),
    Fitted((), (), 0, "the covariates can't be told apart"),
    Fitted((), (1, 2, 3, 4, 5), 0, "no ratings"),
    Fitted((), (), 0, ""),
)


def test_every_kind_is_said_once_and_nothing_of_a_period_without_ratings() -> None:
    n = np.array([[5.0], [5.0], [0.0], [5.0]])
    found = CaseMix({}, {}, n, FITTED)
    notes = [note for at in range(4) for note in case_mix_notes(found, str(2022 + at), at)]
    assert [note.code for note in notes] == [
        "category-at-an-end",
        "level-never-given",
        "body-at-an-end",
        "no-case-mix-model",
    ]
    assert [note.severity for note in notes] == ["note"] * 3 + ["warning"]
    assert all(note.found.zh and note.found.en and note.found.zh[:4] == note.found.en[:4] for note in notes)


def test_what_could_not_be_drawn_together_is_said() -> None:
    none = Measured(np.zeros((1, 1)), np.zeros((1, 1)), np.zeros((1, 1)))
    assert list(shrinking_notes("i", Shrink(), Shrunk(none, 0, 0))) == []
    told = list(shrinking_notes("i", Shrink(), Shrunk(none, 2, 1)))
    assert [note.code for note in told] == ["not-shrunk", "no-spread-found"] and "2 组" in told[0].found.zh
