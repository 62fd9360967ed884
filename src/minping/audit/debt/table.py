"""Debt: how much is owed, by whom it will be paid, and whether the law was kept."""

from __future__ import annotations

from minping.audit.suspicion import Suspicion

DEBT: dict[str, Suspicion] = {}
