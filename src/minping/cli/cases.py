"""Run a folder's `tests/*.yaml`: what each case expects against what the scheme gives."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from minping.errors import EvidenceError, Place, Problem, SchemeError
from minping.words import Text, both

if TYPE_CHECKING:
    from minping.model.evidence import Evidence
    from minping.scheme.cases import Case
    from minping.scheme.read import SchemeFile


def run_cases(place: Path) -> tuple[int, list[Text]]:
    """Run every case of the scheme at a place: how many there are, and every mismatch with its file and line.

    Raises:
        SchemeError: the scheme or a file of tests can't be read; there are no tests.
        EvidenceError: the example's evidence can't be used.
    """
    from minping.scheme.cases import read_cases
    from minping.scheme.read import read_scheme

    folder = place.parent if place.is_file() else place
    scheme_file = read_scheme(place)
    files = sorted((folder / "tests").glob("*.yaml"))
    if not files:
        found = Text("没有 tests/*.yaml", "no tests/*.yaml")
        fix = Text("参照随附方案写测试，或去掉 --tests", "write some, as the shipped schemes do, or leave out --tests")
        raise SchemeError(Problem("no-tests", Place(str(folder / "tests")), found, both(""), fix))
    read = [read_cases(file) for file in files]
    ran, unlike = 0, []
    for cases, source in read:
        for at, case in enumerate(cases):
            where = f"{Path(source.file).name}:{source.line(('tests', at))} {case.name}"
            unlike += [
                Text(f"{where}：{said.zh}", f"{where}: {said.en}") for said in _mismatches(case, scheme_file, folder)
            ]
            ran += 1
    return ran, unlike


def _mismatches(case: Case, scheme_file: SchemeFile, folder: Path) -> Iterator[Text]:
    from minping.pipeline import evaluate
    from minping.scoring.cases import mismatches

    try:
        evaluation = evaluate(scheme_file, _evidence(case, scheme_file, folder), period=case.period, draws=0)
    except EvidenceError as error:
        if not case.figures:
            raise
        for problem in error.problems:
            yield Text(f"{problem.found.zh}；{problem.fix.zh}", f"{problem.found.en}; {problem.fix.en}")
        return
    yield from mismatches(case, evaluation)


def _evidence(case: Case, scheme_file: SchemeFile, folder: Path) -> Evidence:
    """The example's evidence, or the folder's own; or what the case itself writes down."""
    from minping.pipeline import load_evidence

    if not case.figures:
        example = folder / "example"
        return load_evidence(example if (example / "evidence").is_dir() else folder, scheme_file)
    with TemporaryDirectory(prefix="minping-case-") as written:
        home = Path(written) / "evidence"
        home.mkdir()
        _write_figures(case, home)
        return load_evidence(written, scheme_file)


def _write_figures(case: Case, home: Path) -> None:
    columns = sorted({column for body in case.bodies.values() for column in body} - {"body", "name"})
    names = sorted({*case.figures, *case.bodies})
    bodies = [
        [
            case.bodies.get(name, {}).get(column, default)
            for column, default in (("name", name), *((column, "") for column in columns))
        ]
        for name in names
    ]
    bodies = [[name, *cells] for name, cells in zip(names, bodies, strict=True)]
    rows = [[body, case.period, name, value] for body, given in case.figures.items() for name, value in given.items()]
    for file, head, lines in (
        ("bodies.csv", ["body", "name", *columns], bodies),
        ("official.csv", ["body", "period", "indicator", "value"], rows),
    ):
        with (home / file).open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([head, *lines])
