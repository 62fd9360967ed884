"""Minping beside pymcdm and scikit-criteria in one process, turn by turn; prints JSON.

.venv-bench/bin/python -m benchmarks.peers BODIES INDICATORS REPEATS REPLICATIONS
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np

from benchmarks.made import Case, make
from benchmarks.measure import side_by_side
from minping.model.arrays import Floats
from minping.scoring.score import score
from minping.scoring.uncertainty import draw_scores
from minping.stats.ranks import fast_competition_ranks

ALL = 1000  #: replications that a figure is told for; the others' loops are run for fewer and scaled up


def minping_score(case: Case) -> Floats:
    """Points, contributions, states and ranks of every node; the scores."""
    return score(case.basis, case.adjusted, {}).score


def pymcdm_scorer(case: Case) -> Callable[[], Floats]:
    """Scores and ranks by WSM on min-max values."""
    from pymcdm.helpers import rrankdata
    from pymcdm.methods import WSM
    from pymcdm.normalizations import minmax_normalization

    method = WSM(minmax_normalization)

    def run() -> Floats:
        found = method(case.values, case.weights, case.higher)
        rrankdata(found)
        return np.asarray(found)

    return run


def skcriteria_scorer(case: Case) -> Callable[[], Floats]:
    """Scores and ranks by the weighted sum of min-max values."""
    pipeline, decision = _skcriteria("sum", "minmax"), _decision(case, case.weights)

    def run() -> Floats:
        return np.asarray(pipeline.evaluate(decision).e_.score)

    return run


def minping_replications(case: Case, replications: int) -> None:
    """Weights × normalisation × aggregation drawn, with the ranks of every draw."""
    drawn = draw_scores(case.situation, range(replications))
    fast_competition_ranks(drawn.scores)


def pymcdm_replications(case: Case, replications: int) -> None:
    """The same number of choices in a loop."""
    from pymcdm.helpers import rrankdata
    from pymcdm.methods import WPM, WSM
    from pymcdm.normalizations import minmax_normalization, sum_normalization, vector_normalization

    scales = (minmax_normalization, sum_normalization, vector_normalization)
    methods = [method(scale) for method in (WSM, WPM) for scale in scales]
    random = np.random.default_rng(1)
    for at in range(replications):
        rrankdata(methods[at % len(methods)](case.values, random.dirichlet(100 * case.weights), case.higher))


def skcriteria_replications(case: Case, replications: int) -> None:
    """The same number of choices in a loop."""
    pipelines = [_skcriteria(mean, scale) for mean in ("sum", "product") for scale in ("minmax", "sum", "vector")]
    random = np.random.default_rng(1)
    for at in range(replications):
        decision = _decision(case, random.dirichlet(100 * case.weights))
        pipelines[at % len(pipelines)].evaluate(decision)


def _decision(case: Case, weights: Floats) -> Any:
    from skcriteria import mkdm

    return mkdm(case.values, case.higher.tolist(), weights=weights)


def _skcriteria(mean: str, scale: str) -> Any:
    from skcriteria.agg.simple import WeightedProductModel, WeightedSumModel
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.invert_objectives import InvertMinimize, NegateMinimize
    from skcriteria.preprocessing.scalers import MinMaxScaler, SumScaler, VectorScaler

    scaler = {"minmax": MinMaxScaler, "sum": SumScaler, "vector": VectorScaler}[scale](target="matrix")
    if mean == "sum":
        return mkpipe(NegateMinimize() if scale == "minmax" else InvertMinimize(), scaler, WeightedSumModel())
    from skcriteria.preprocessing.increment import AddValueToZero

    return mkpipe(InvertMinimize(), scaler, AddValueToZero(value=1e-6, target="matrix"), WeightedProductModel())


def main(bodies: int, indicators: int, repeats: int, replications: int) -> None:
    """Measure and print."""
    warnings.simplefilter("ignore")
    case = make(bodies, indicators)
    scorers = {"pymcdm": pymcdm_scorer(case), "scikit-criteria": skcriteria_scorer(case)}
    own = minping_score(case)
    for name, scorer in scorers.items():
        np.testing.assert_allclose(100.0 * scorer(), own, rtol=1e-9, err_msg=f"{name} has other scores")
    scored = side_by_side({"minping": lambda: minping_score(case), **scorers}, repeats)
    drawn = side_by_side({"minping": lambda: minping_replications(case, ALL)}, 3)
    loops = {
        "pymcdm": lambda: pymcdm_replications(case, replications),
        "scikit-criteria": lambda: skcriteria_replications(case, replications),
    }
    drawn |= {name: taken * ALL / replications for name, taken in side_by_side(loops, 3).items()}
    versions = {name: version(name) for name in ("pymcdm", "scikit-criteria", "numpy", "pandas")}
    print(json.dumps({"score": scored, "replications": drawn, "versions": versions}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
