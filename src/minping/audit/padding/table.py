"""Padding: whether levels are higher than independent sources support."""

from __future__ import annotations

from minping.audit.suspicion import Suspicion

PADDING: dict[str, Suspicion] = {}
