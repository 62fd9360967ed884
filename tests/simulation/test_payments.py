"""The ledger of payments."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from minping.stats.digits import first_digits, whole
from tests.simulation.conftest import Made


def test_payments_follow_benford_unless_invented(made: Made) -> None:
    amounts = defaultdict(list)
    for row in made["payments"]:
        amounts[row["body"]].append(float(row["amount_cny"]))
    mad = {body: first_digits(whole(np.array(paid))[0]).mad for body, paid in amounts.items()}
    assert {body for body, one in mad.items() if one > 0.026} == made.planted("invented_amounts")
    everything = np.concatenate(
        [paid for body, paid in amounts.items() if body not in made.planted("invented_amounts")]
    )
    assert first_digits(whole(everything)[0]).mad < 0.006 and np.log10(everything.max() / everything.min()) > 4
    assert min(map(len, amounts.values())) >= 300
