"""Few devices: ratings from outside the halls that come from a device which has rated the same body before.

In a hall many people share a kiosk, so ratings given at a window are not looked at.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Outcome
from minping.audit.citizens.sources import Sources
from minping.stats.exceedance import more_than_drawn
from minping.words import Text

NO_DEVICES = Text("评价没有设备散列（device 列）", "no rating tells its device (column device)")


def few_devices(sources: Sources) -> Outcome | Text:
    """Repeats of each body among its ratings, against those of all bodies together (Fisher's exact test)."""
    import ibis

    n, whole = sources.counts["own"], sources.counts["own"].sum()
    if not whole:
        return NO_DEVICES
    again = n - sources.counts["devices"]
    p = more_than_drawn(again, n, np.full_like(n, again.sum()), np.full_like(n, whole))
    table = sources.ratings.filter(sources.ratings.device.notnull() & sources.ratings.window.isnull())
    uses = table.mutate(uses=table.count().over(ibis.window(group_by=["body", "device"])))
    return Outcome(again, n * again.sum() / whole, n, p, uses.filter(uses.uses > 1))
