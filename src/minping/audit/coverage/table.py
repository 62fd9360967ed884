"""Coverage: what no independent source can check."""

from __future__ import annotations

from minping.audit.suspicion import Suspicion

COVERAGE: dict[str, Suspicion] = {}
