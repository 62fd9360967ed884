"""The other survey tools on the same ratings, one in a process; prints JSON. Nothing of Minping is imported.

PYTHON -m benchmarks.survey_peers TOOL FILE
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
import time
import warnings
from importlib.metadata import version
from typing import Any, NamedTuple

import numpy as np

MARGINS = tuple(f"margin_{at}" for at in range(4))


class Answer(NamedTuple):
    """CPU seconds of raking and of the means with their errors; the means and errors of the bodies."""

    rake: float
    errors: float
    value: list[float]
    se: list[float]


def svy(data: Any) -> Answer:
    """Rake, then the means by domain."""
    import polars as pl
    import svy as tool

    names = ("y", "body", "stratum", "unit", "base", *MARGINS)
    sample = tool.Sample(
        pl.DataFrame({name: data[name] for name in names}), tool.Design(stratum="stratum", psu="unit", wgt="base")
    )
    start = time.process_time()
    controls = {name: dict(enumerate(data[f"total_{at}"].tolist())) for at, name in enumerate(MARGINS)}
    raked = sample.weighting.rake(controls=controls, tol=1e-10)
    raked_at = time.process_time()
    found = raked.estimation.mean("y", by="body")
    end = time.process_time()
    table = found.to_polars().sort(pl.col("body").cast(pl.Int64))
    return Answer(raked_at - start, end - raked_at, table["est"].to_list(), table["se"].to_list())


def samplics(data: Any) -> Answer:
    """Rake, then the means by domain."""
    from samplics.estimation import TaylorEstimator
    from samplics.utils.types import PopParam
    from samplics.weighting import SampleWeight

    start = time.process_time()
    weight = SampleWeight().rake(
        samp_weight=data["base"],
        margins={name: data[name] for name in MARGINS},
        control={name: dict(enumerate(data[f"total_{at}"].tolist())) for at, name in enumerate(MARGINS)},
        tol=1e-10,
        ctrl_tol=1e-10,
    )
    raked_at = time.process_time()
    found = TaylorEstimator(PopParam.mean)
    found.estimate(
        y=data["y"], samp_weight=weight, stratum=data["stratum"], psu=data["unit"], domain=data["body"], remove_nan=True
    )
    end = time.process_time()
    bodies = sorted(found.point_est)
    return Answer(
        raked_at - start, end - raked_at, [found.point_est[at] for at in bodies], [found.stderror[at] for at in bodies]
    )


def balance(data: Any) -> Answer:
    """Rake, then the means by domain."""
    import pandas as pd
    from balance.stats_and_plots.weighted_stats import var_of_weighted_mean
    from balance.weighting_methods.rake import rake

    frame = pd.DataFrame({name: data[name].astype(str) for name in MARGINS})
    totals = {name: dict(enumerate(data[f"total_{at}"].tolist())) for at, name in enumerate(MARGINS)}
    start = time.process_time()
    weight = rake(
        frame,
        pd.Series(data["base"]),
        None,
        None,
        transformations=None,
        convergence_rate=1e-10,
        keep_sum_of_weights=False,
        target_margins={name: {str(at): one for at, one in known.items()} for name, known in totals.items()},
    )["weight"].to_numpy()
    raked_at = time.process_time()
    values, errors = [], []
    for at in range(int(data["body"].max()) + 1):
        here = data["body"] == at
        values.append(float(np.average(data["y"][here], weights=weight[here])))
        errors.append(float(np.sqrt(var_of_weighted_mean(pd.Series(data["y"][here]), weight[here]).iloc[0])))
    return Answer(raked_at - start, time.process_time() - raked_at, values, errors)


TOOLS = {"svy": svy, "samplics": samplics, "balance": balance}


def main(tool: str, file: str) -> None:
    """Measure and print."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    data = dict(np.load(file))
    with contextlib.redirect_stdout(sys.stderr):
        found = TOOLS[tool](data)
    print(json.dumps({**found._asdict(), "version": version(tool)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
