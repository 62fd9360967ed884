"""Minping (民评): evaluate public-sector performance by evidence.

>>> import minping
>>> sorted(minping.__all__)[:3]
['BundleError', 'Evaluation', 'EvidenceError']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minping.errors import BundleError, EvidenceError, SchemeError
    from minping.pipeline import evaluate, lint, load_evidence, verify
    from minping.publication import publish
    from minping.scheme.read import read_scheme
    from minping.schemes import available
    from minping.scoring.evaluation import Evaluation

_PLACES = {
    "BundleError": "minping.errors",
    "Evaluation": "minping.scoring.evaluation",
    "EvidenceError": "minping.errors",
    "SchemeError": "minping.errors",
    "available": "minping.schemes",
    "evaluate": "minping.pipeline",
    "lint": "minping.pipeline",
    "load_evidence": "minping.pipeline",
    "publish": "minping.publication",
    "read_scheme": "minping.scheme.read",
    "verify": "minping.pipeline",
}

__all__ = [
    "BundleError",
    "Evaluation",
    "EvidenceError",
    "SchemeError",
    "available",
    "evaluate",
    "lint",
    "load_evidence",
    "publish",
    "read_scheme",
    "verify",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first used: `import minping` itself stays quick."""
    if name not in _PLACES:
        raise AttributeError(f"module 'minping' has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return list(__all__)
