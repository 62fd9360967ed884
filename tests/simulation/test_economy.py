"""The economy of streets and towns: money goes with output, power with which industries there are."""

from __future__ import annotations

import numpy as np

from minping.simulation.county import found
from minping.simulation.economy import YEARS, draw_economy


def test_money_follows_the_true_level_and_electricity_hardly() -> None:
    county = found(np.random.default_rng(5), 200, 12)
    economy = draw_economy(np.random.default_rng(6), county)
    level = np.log(economy.level)
    apart = {name: float((np.log(flow) - level)[:, -1].std()) for name, flow in economy.flows.items()}
    assert all(apart[name] < 0.15 for name in ("tax_revenue", "payroll", "consumption")) and apart["electricity"] > 0.28
    assert economy.years == tuple(str(year) for year in range(2016, 2026)) and level.shape == (150, YEARS)
    assert not county.department[economy.bodies].any()
    growth = np.diff(level, axis=1).mean()
    assert 0.05 < growth < 0.08 and level.std() > 0.4
    assert (economy.capacity < 0.3 * economy.level).all() and (economy.capacity > 0.04 * economy.level).all()
