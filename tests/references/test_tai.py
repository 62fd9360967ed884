"""The Technology Achievement Index 2001 of 23 countries (UNDP HDR 2001, technical note 2).

Inputs stand in the file as they were typed from the report; 21 of the 22 published values agree, Israel's does not.
"""

from __future__ import annotations

from math import log10
from pathlib import Path

import numpy as np

from minping.scoring.evaluation import Evaluation
from tests.made import run, table
from tests.references.tables import column, rows_of

#: indicator: dimension, least and most observed (of telephones and electricity the OECD average, in logarithms)
POSTS = {
    "patents": ("creation", 0, 994),
    "royalties": ("creation", 0, 272.6),
    "internet": ("recent", 0, 232.4),
    "exports": ("recent", 0, 80.8),
    "telephones_log10": ("old", 0, log10(901)),
    "electricity_log10": ("old", log10(22), log10(6969)),
    "schooling": ("skills", 0.8, 12.0),
    "enrolment": ("skills", 0.1, 27.4),
}
#: country: the eight inputs, the published value
PUBLISHED = {
    "Finland": ((187.0, 125.6, 200.2, 50.7, 3.08, 4.15, 10.0, 27.4), 0.74),
    "Japan": ((994.0, 64.6, 49.0, 80.8, 3.0, 3.86, 9.5, 10.0), 0.70),
    "Slovenia": ((105.0, 4.0, 20.3, 49.5, 2.84, 3.71, 7.1, 10.6), 0.46),
}


def evaluated(columns: dict[str, list[float]]) -> Evaluation:
    text = "weights: equal\npoints: {low: 0, high: 1}\ndimensions:\n".replace("equal", "{method: equal}")
    text += "".join(f"  - {{id: {name}, title: {name}}}\n" for name in ("creation", "recent", "old", "skills"))
    text += "indicators:\n"
    for name, (home, floor, target) in POSTS.items():
        rule = f"{{method: goalposts, floor: {floor!r}, target: {target!r}}}"
        text += f"  - {{id: {name}, title: {name}, in: {home}, direction: higher, normalise: {rule}}}\n"
    return run(text, table(columns))


def test_published_values_come_out_at_two_decimals() -> None:
    columns = {name: [inputs[at] for inputs, _ in PUBLISHED.values()] for at, name in enumerate(POSTS)}
    found = evaluated(columns).scores.score
    np.testing.assert_array_equal(np.round(found, 2), [published for _, published in PUBLISHED.values()])


def test_23_countries_are_as_the_file_says(reference: Path) -> None:
    rows = rows_of(reference / "composite" / "tai23.csv")
    found = evaluated({name: column(rows, name).tolist() for name in POSTS}).scores.score
    np.testing.assert_allclose(found, column(rows, "calc"), rtol=1e-12)
    published = column(rows, "published2dp")
    there = ~np.isnan(published)
    differ = [row["country"] for row, agree in zip(rows, np.round(found, 2) == published, strict=True) if not agree]
    assert len(rows) == 23 and there.sum() == 22
    assert differ == ["Singapore", "Israel"]  # Singapore's is not in the file
