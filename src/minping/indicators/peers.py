"""Peers: the bodies that are compared with each other, as the scheme groups them."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Ints
from minping.model.evidence import Bodies
from minping.scheme.shape import Scheme


def peer_groups(scheme: Scheme, bodies: Bodies) -> tuple[Ints, ...]:
    """The rows of each group of peers, in the order in which groups first occur."""
    labels = {"all": ("",) * len(bodies.ids), "type": bodies.types, "group": bodies.peer_groups}[scheme.peers.method]
    order = dict.fromkeys(labels)
    known = np.array(labels, dtype=object)
    return tuple(np.flatnonzero(known == label) for label in order)
