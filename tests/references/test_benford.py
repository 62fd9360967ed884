"""Digits against two R packages, benford.analysis and BenfordTests, on their data sets and on Python's whole numbers.

benford.analysis takes digits from floats and puts 165 of the 185,083 payments in another bin of two digits (100 · 0.29
is 28.99… in floats, and 0.29 stands there 144 times); from the decimals, chi-square is 32100.90, not its 32094.35.
"""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from minping.model.arrays import Ints
from minping.stats.digits import Conformity, benford, conformity, distances, first_digits, mantissas, whole
from tests.references.tables import rows_of

CLOSE = {"rel": 1e-10, "abs": 1e-12}
TESTS = ("ks", "mdist", "edist", "usq", "meandigit", "jpsq")  #: of BenfordTests, in the order of Distances


def fibonacci(count: int) -> list[int]:
    found = [1, 1]
    while len(found) < count:
        found.append(found[-1] + found[-2])
    return found


def counted(numbers: list[int], digits: int) -> Conformity:
    """Digits of whole numbers of any length, from their text."""
    low = 10 ** (digits - 1)
    count = np.bincount([int((str(number) + "0")[:digits]) - low for number in numbers], minlength=9 * low)
    return conformity(count.astype(np.float64), benford(digits), low)


@pytest.mark.parametrize(
    ("digits", "mad", "chi2"), [(1, 0.0012679005011169, 0.17371927256412), (2, 0.000872598674377266, 5.68966637578601)]
)
def test_500_fibonacci_numbers(digits: int, mad: float, chi2: float) -> None:
    found = counted(fibonacci(500), digits)
    assert found.mad == pytest.approx(mad, **CLOSE)
    assert found.chi2 == pytest.approx(chi2, **CLOSE)


@pytest.mark.parametrize(
    ("digits", "chi2", "expected"),
    [
        (1, 0.181081525334997, (0.0436990151156296, 0.0698442829244625, 0.12575154537361, 0.000626568446125397,
                                4.26218027287891e-05, 0.998546349844789)),
        (2, 18.1675842066497, (0.110035789121193, 0.13118435369353, 0.381175202514839, 0.00137980414047239,
                               0.00206520247025611, 0.891459722993042)),
    ],
)  # fmt: skip
def test_200_powers_of_two(digits: int, chi2: float, expected: tuple[float, ...]) -> None:
    found = counted([2**power for power in range(1, 201)], digits)
    assert found.chi2 == pytest.approx(chi2, **CLOSE)
    assert tuple(distances(found)) == pytest.approx(expected, **CLOSE)


def figures(reference: Path, name: str) -> Ints:
    """The positive figures of a data set, as whole numbers of their last place."""
    with gzip.open(reference / "audit" / f"benford_{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        values = np.array([float(row["value"]) for row in csv.DictReader(file)])
    return whole(values[values > 0])[0]


@pytest.mark.parametrize("name", ["corporate.payment", "census.2009"])
def test_data_sets_are_as_benford_analysis_has_them(reference: Path, name: str) -> None:
    written = figures(reference, name)
    part = mantissas(written)
    rows = [row for row in rows_of(reference / "audit" / "benford_analysis_expected.csv") if row["dataset"] == name]
    assert len(rows) == 2
    for row in rows:
        found = first_digits(written, int(row["digits"]))
        assert len(written) == int(row["n_used"])
        told = {"mantissa_L2": part.arc, "mant_mean": part.mean, "mant_var": part.variance,
                "mant_exkurt": part.kurtosis, "mant_skew": part.skewness}  # fmt: skip
        if (name, row["digits"]) != ("corporate.payment", "2"):  # where R has 165 figures in another bin
            told |= {"MAD": found.mad, "chisq": found.chi2, "KS": found.ks, "chisq_p": found.p}
        for column, value in told.items():
            assert value == pytest.approx(float(row[column]), rel=1e-9, abs=1e-10), (column, row["digits"])


def test_two_digits_of_payments_are_counted_from_the_decimals(reference: Path) -> None:
    found = first_digits(figures(reference, "corporate.payment"), 2)
    assert found.chi2 == pytest.approx(32100.90, abs=0.005)
    assert found.mad == pytest.approx(0.00233661421196935, abs=1e-10)


def test_the_census_is_as_benford_tests_has_it(reference: Path) -> None:
    written = figures(reference, "census.2009")
    rows = [
        row for row in rows_of(reference / "audit" / "BenfordTests_expected.csv") if row["dataset"] == "census.2009"
    ]
    assert len(rows) == 4
    for row in rows:
        found = first_digits(written, int(row["digits"]))
        test = row["test"].removesuffix(".benftest")
        value = found.chi2 if test == "chisq" else distances(found)[TESTS.index(test)]
        assert value == pytest.approx(float(row["statistic"]), **CLOSE)
