"""Formalism: whether tasks were closed by results or by traces."""

from __future__ import annotations

from minping.audit.suspicion import Suspicion

FORMALISM: dict[str, Suspicion] = {}
