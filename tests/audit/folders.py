"""Folders of evidence made by hand for the audit, and what it says of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from minping.audit import examine
from minping.evidence import load_evidence
from minping.model.evidence import Codebook, Evidence
from minping.model.findings import Finding, Findings
from minping.scheme.audit_rules import Audit
from minping.scheme.shape import Scheme


def made(home: Path, bodies: int | str = 3, **tables: str) -> Evidence:
    """The evidence of bodies b00, b01 … (or a table of bodies) and of tables by name, each as the text of a CSV file."""
    folder = home / "evidence"
    folder.mkdir()
    if isinstance(bodies, int):
        bodies = "body,name\n" + "".join(f"b{at:02d},单位{at}\n" for at in range(bodies))
    for name, text in ({"bodies": bodies} | tables).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return load_evidence(home, Codebook({}, records=() if "official" in tables else tuple(tables)[:1]))


def looked(evidence: Evidence, rules: Mapping[str, Any] | None = None, period: str = "2024") -> Findings:
    """The audit of a period by the rules of a scheme's `audit`."""
    scheme = Scheme.model_construct(audit=Audit.model_validate(rules or {}), indicators=())
    return examine(evidence, period, scheme=scheme)


def of(told: Findings, key: str) -> list[Finding]:
    """The findings of one test."""
    return [one for one in told.findings if one.suspicion == key]


def why(told: Findings, key: str) -> str:
    """Why a test was not applicable; empty where it was."""
    return "".join(one.because.en for one in told.skipped if one.suspicion == key)
