"""Vanity: whether projects are used, needed and worth their cost."""

from __future__ import annotations

from minping.audit.suspicion import Suspicion

VANITY: dict[str, Suspicion] = {}
