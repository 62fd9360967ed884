"""Targets: whether targets are realistic, and whether what was attained looks natural."""

from __future__ import annotations

from minping.audit.suspicion import Suspicion

TARGETS: dict[str, Suspicion] = {}
