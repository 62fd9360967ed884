"""The Human Development Index 1990-2022 (UNDP, Human Development Report 2023/24), by the shipped scheme file."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from minping.pipeline import evaluate
from minping.scheme.read import SchemeFile, read_scheme
from minping.schemes import HOME
from tests.made import Row, evidence
from tests.references.tables import number, rows_of

PARTS = ("le", "eys", "mys", "gnipc")

#: country, year: life expectancy, expected and mean years of schooling, income per head; published value
PUBLISHED = {
    ("AFG", "1990"): ((45.967, 2.936460018, 0.871961963, 3115.670448), 0.284),
    ("ALB", "1990"): ((73.144, 11.57933998, 7.354632085, 4964.172443), 0.649),
}


def shipped() -> SchemeFile:
    return read_scheme(HOME / "hdi")


def test_published_values_come_out_at_three_decimals() -> None:
    rows = [
        Row(country, year, part, value)
        for (country, year), (inputs, _) in PUBLISHED.items()
        for part, value in zip(PARTS, inputs, strict=True)
    ]
    scores = evaluate(shipped(), evidence(rows), draws=0).scores
    np.testing.assert_array_equal(np.round(scores.score, 3), [published for _, published in PUBLISHED.values()])


def test_5808_of_5808_complete_country_years_equal_the_published_three_decimals(reference: Path) -> None:
    found = rows_of(reference / "composite" / "hdi_long_1990_2022.csv")
    countries = [row for row in found if not row["iso3"].startswith("ZZ")]  # ZZ: regions and groups of countries
    rows = [
        Row(row["iso3"], row["year"], part, number(row[part])) for row in countries for part in PARTS if row[part] != ""
    ]
    started = time.process_time()
    evaluation = evaluate(shipped(), evidence(rows), draws=0)
    assert time.process_time() - started < 6, "33 periods of 195 countries"
    at = {body: row for row, body in enumerate(evaluation.scores.bodies)}
    agree = complete = 0
    for row in countries:
        score = evaluation.history[row["year"]].score[at[row["iso3"]]]
        if row["pub"] and all(row[part] for part in PARTS):
            complete += 1
            agree += f"{score:.3f}" == f"{number(row['pub']):.3f}"
        elif not all(row[part] for part in PARTS):
            assert np.isnan(score), "no value where a component is missing"
    assert (agree, complete) == (5808, 5808)
