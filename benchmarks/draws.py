"""Draws: a data error for every cell, memory at many draws, growth with the number of bodies; prints JSON.

python -m benchmarks.draws error BODIES INDICATORS DRAWS
python -m benchmarks.draws memory BODIES INDICATORS DRAWS
python -m benchmarks.draws growth BODIES INDICATORS DRAWS
"""

from __future__ import annotations

import json
import resource
import sys

import numpy as np

from benchmarks.made import Case, make
from benchmarks.measure import side_by_side
from minping.pipeline import evaluate
from minping.scoring.score import score
from minping.scoring.uncertainty import draw_scores
from minping.stats.ranks import fast_competition_ranks


def replications(case: Case, draws: int) -> None:
    """Draws with the ranks of every one."""
    fast_competition_ranks(draw_scores(case.situation, range(draws)).scores)


def normals(cells: int, draws: int) -> None:
    """The random numbers alone, as numpy draws them."""
    random, numbers = np.random.default_rng(1), np.empty(cells)
    for _ in range(draws):
        random.standard_normal(out=numbers)


def error(bodies: int, indicators: int, draws: int) -> dict[str, float]:
    """Seconds with a standard error in every cell, beside numpy's generator alone."""
    case = make(bodies, indicators, 0.05)
    calls = {
        "minping": lambda: replications(case, draws),
        "numpy's normal generator alone": lambda: normals(bodies * indicators, draws),
    }
    return side_by_side(calls, 3)


def memory(bodies: int, indicators: int, draws: int) -> dict[str, float]:
    """Seconds and peak memory of a whole evaluation with that many draws."""
    case = make(bodies, indicators)
    found = evaluate(case.scheme_file, case.evidence, draws=draws)
    assert found.intervals is not None and found.intervals.draws == draws
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}


def growth(bodies: int, indicators: int, draws: int) -> dict[str, float]:
    """Seconds of a full score and of some draws."""
    case = make(bodies, indicators)
    calls = {
        "score": lambda: score(case.basis, case.adjusted, {}),
        "draws": lambda: replications(case, draws),
    }
    return side_by_side(calls, 5)


if __name__ == "__main__":
    what = {"error": error, "memory": memory, "growth": growth}[sys.argv[1]]
    print(json.dumps(what(*map(int, sys.argv[2:]))))
