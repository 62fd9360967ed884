"""R survey 4.1-1: estimates, standard errors, design effects, intervals, domains, quantiles; and its printed examples."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from minping.model.arrays import Floats, Ints
from minping.stats.calibration import Margin, rake, regress
from minping.stats.designs import Design, Stage
from minping.stats.estimates import Estimate, design_effect, interval, mean, quantiles, ratio, total
from minping.stats.replicates import jackknife, means, spread

TYPES = Margin(np.empty(0, dtype=np.int64), np.array([4421.0, 755.0, 1018.0]))  # schools by stype: E, H, M
WIDE = Margin(np.empty(0, dtype=np.int64), np.array([1072.0, 5122.0]))  # sch.wide: No, Yes
DESIGNS = ("dstrat", "dclus1", "dclus1_ps", "dclus1_rake")
NOUGHT = 1e-6  #: what counts as nothing beside figures of 0 to 1: R's own passes leave as much
Rows = list[dict[str, str]]


@cache
def rows_of(folder: Path, name: str) -> Rows:
    with (folder / "citizen" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def numbers(rows: Rows, column: str) -> Floats:
    return np.array([float(row[column]) if row[column] not in ("", "NA") else np.nan for row in rows])


def codes(rows: Rows, column: str) -> Ints:
    words = sorted({row[column] for row in rows})
    return np.array([words.index(row[column]) for row in rows])


def design(folder: Path, name: str) -> tuple[Rows, Design]:
    rows = rows_of(folder, "apistrat.csv" if name == "dstrat" else "apiclus1.csv")
    weight, known = numbers(rows, "pw"), numbers(rows, "fpc")
    if name == "dstrat":
        stratum = codes(rows, "stype")
        fraction = np.bincount(stratum)[stratum] / known
        return rows, Design(weight, (Stage(stratum, np.arange(len(rows)), fraction),))
    district = codes(rows, "dnum")
    stage = Stage(np.zeros(len(rows), dtype=np.int64), district, len(set(district.tolist())) / known)
    plain = Design(weight, (stage,))
    margins = [replace(TYPES, code=codes(rows, "stype"))]
    if name == "dclus1":
        return rows, plain
    margins += [replace(WIDE, code=codes(rows, "sch.wide"))] if name == "dclus1_rake" else []
    raked = rake(weight, margins)
    return rows, replace(plain, weight=raked.weight, calibrated=raked.calibrated)


def domain(rows: Rows, said: str) -> Ints:
    inside = np.ones(len(rows), dtype=np.bool_)
    for part in said.split("&") if said != "all" else ():
        column, _, word = part.partition("=")
        inside &= np.array([row[column] == word for row in rows])
    return np.where(inside, 0, -1)


def expected(folder: Path, name: str, *stats: str) -> Iterator[dict[str, str]]:
    for line in rows_of(folder, "survey_expected.csv"):
        if line["design"] == name and line["stat"] in stats:
            yield line


def estimate(rows: Rows, of: Design, line: dict[str, str]) -> Estimate:
    code, variable = domain(rows, line["domain"]), line["variable"]
    if line["stat"] == "ratio":
        one, _, other = variable.partition("/")
        return ratio(of, numbers(rows, one), numbers(rows, other), code)
    if line["stat"] == "prop":
        column = next(name for name in ("stype", "sch.wide") if line["term"].startswith(name))
        return mean(of, np.array([float(row[column] == line["term"].removeprefix(column)) for row in rows]))
    return (mean if line["stat"] == "mean" else total)(of, numbers(rows, variable), code)


@pytest.mark.parametrize("name", DESIGNS)
def test_estimates_errors_and_intervals_of_all_domains_are_those_of_r(reference: Path, name: str) -> None:
    rows, of = design(reference, name)
    seen = 0
    for line in expected(reference, name, "mean", "total", "ratio", "prop"):
        found = estimate(rows, of, line)
        np.testing.assert_allclose(found.value[0], float(line["estimate"]), rtol=1e-9, err_msg=str(line))
        error = float(line["se"])
        np.testing.assert_allclose(
            found.se[0], error, rtol=1e-9, atol=NOUGHT if error < NOUGHT else 0, err_msg=str(line)
        )
        if line["ci_lo"] and line["stat"] != "prop":
            # R's svyby takes the normal distribution for domains, Student's t for the whole
            low, high = interval(found, degrees=None if line["domain"] == "all" else np.inf)
            np.testing.assert_allclose([low[0], high[0]], [float(line["ci_lo"]), float(line["ci_hi"])], rtol=1e-9)
        assert found.degrees == int(line["df"])
        seen += 1
    assert seen >= 40


@pytest.mark.parametrize("name", DESIGNS)
def test_design_effects_are_those_of_r(reference: Path, name: str) -> None:
    rows, of = design(reference, name)
    for line in expected(reference, name, "mean", "total"):
        if line["deff"]:
            y = numbers(rows, line["variable"])
            found = design_effect(of, y, estimate(rows, of, line), line["stat"])  # type: ignore[arg-type]
            np.testing.assert_allclose(found[0], float(line["deff"]), rtol=1e-9)


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("shape", ["mean", "logit", "xlogit", "asin", "beta", "likelihood"])
def test_intervals_of_a_share_are_those_of_r(reference: Path, name: str, shape: str) -> None:
    rows, of = design(reference, name)
    found = mean(of, np.array([float(row["sch.wide"] == "Yes") for row in rows]))
    for line in expected(reference, name, f"ciprop_{shape}"):
        low, high = interval(found, shape=shape.removeprefix("x"), design=of)  # type: ignore[arg-type]
        # the raked margin itself is known: R's ten passes leave an error of 1e-9 where there is none
        tolerance = 1e-7 if name == "dclus1_rake" else 1e-9
        # R's uniroot stops within 1.2e-4 of the logit
        tolerance = 1e-5 if shape == "likelihood" else tolerance
        for end, said in ((low, "ci_lo"), (high, "ci_hi")):
            if line[said]:
                np.testing.assert_allclose(end[0], float(line[said]), rtol=tolerance, err_msg=said)


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("rule", ["math", "hf7"])
def test_quantiles_with_woodruffs_intervals_are_those_of_r(reference: Path, name: str, rule: str) -> None:
    rows, of = design(reference, name)
    lines = list(expected(reference, name, f"quantile_{rule}"))
    assert len(lines) == 5
    for line in lines:
        found = quantiles(of, numbers(rows, line["variable"]), np.array([float(line["term"][1:])]), rule)  # type: ignore[arg-type]
        for value, said in zip(found, ("estimate", "se", "ci_lo", "ci_hi"), strict=True):
            np.testing.assert_allclose(value[0], float(line[said]), rtol=1e-9, err_msg=said)


def test_two_stages_with_corrections_give_what_r_prints(reference: Path) -> None:
    rows = rows_of(reference, "apiclus2.csv")
    district = codes(rows, "dnum")
    one = Stage(np.zeros(len(rows), dtype=np.int64), district, len(set(district.tolist())) / numbers(rows, "fpc1"))
    other = Stage(
        np.zeros(len(rows), dtype=np.int64),
        codes(rows, "snum"),
        np.bincount(district)[district] / numbers(rows, "fpc2"),
    )
    of = Design(numbers(rows, "pw"), (one, other), lonely="certainty")
    for variable, value, error in (("api00", 670.81, 30.099), ("enroll", 526.26, 80.341)):
        found = mean(of, numbers(rows, variable))
        assert (round(found.value[0], 2), round(found.se[0], 3)) == (value, error)


def test_raking_to_margins_gives_what_r_prints(reference: Path) -> None:
    for name, value, error in (("dclus1_ps", 642.31, 23.92), ("dclus1_rake", 641.23, 23.70)):
        rows, of = design(reference, name)
        found = mean(of, numbers(rows, "api00"))
        assert (round(found.value[0], 2), round(found.se[0], 2)) == (value, error)


def test_regression_on_last_years_figure_gives_what_r_prints(reference: Path) -> None:
    rows, of = design(reference, "dclus1")
    with gzip.open(reference / "citizen" / "apipop.csv.gz", "rt", encoding="utf-8") as file:
        population = list(csv.DictReader(file))
    columns = np.column_stack([np.eye(3)[codes(rows, "stype")], numbers(rows, "api99")])
    known = np.array([*np.bincount(codes(population, "stype")), numbers(population, "api99").sum()])
    new = regress(of.weight, columns, known)
    found = mean(replace(of, weight=new.weight, calibrated=new.calibrated), numbers(rows, "api00"))
    assert (round(found.value[0], 2), round(found.se[0], 4)) == (665.31, 3.4418)


def test_the_jackknife_gives_what_r_prints(reference: Path) -> None:
    rows, of = design(reference, "dclus1")
    y, whole = numbers(rows, "api00"), np.zeros(len(rows), dtype=np.int64)
    _, error = spread(of, replace(jackknife(of), centred=True), lambda weight: means(weight, y, whole, 1))
    assert round(error[0], 3) == 26.329
