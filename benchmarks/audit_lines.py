"""Lines of the audit: digits of a ledger beside benford_py, reuse of reports beside datasketch."""

from __future__ import annotations

import subprocess

from benchmarks.measure import PEERS, Line, Ratio, child_json

REUSE_SECONDS = 30.0  #: CPU seconds allowed for 5,000 reports of 2,000 characters
LEDGER_OF_BENFORD_PY = 1 / 5
DIGITS = "digits of a ledger: first, two, three, second, last two, mantissas"
REUSE = "pairs of reports of which one holds half of the other"


def lines(quick: bool) -> tuple[list[Line], list[Ratio], dict[str, str]]:
    """Both questions; where the other tools aren't installed, ours alone at the second."""
    texts, length = (100, 400) if quick else (5000, 2000)
    rows, repeats = (5000, 1) if quick else (1_000_000, 7)
    beside = _are_installed("benford", "datasketch")
    found = child_json(
        "benchmarks.audit_peers",
        *("reports", str(texts), str(length)),
        *(() if beside else ("alone",)),
        python=PEERS if beside else None,
    )
    size = f"{texts:,} × {length:,}"
    told = [
        Line(
            REUSE + (", with the shared passage" if tool == "minping" else ", candidates"),
            tool,
            size,
            taken,
            limit=REUSE_SECONDS if tool == "minping" else None,
        )
        for tool, taken in found["seconds"].items()
    ]
    if not beside:
        return told, [], {}
    digits = child_json("benchmarks.audit_peers", "ledger", str(rows), str(repeats), python=PEERS)
    seconds = digits["seconds"]
    told += [Line(DIGITS, tool, f"{rows:,} rows", taken) for tool, taken in seconds.items()]
    ratio = Ratio(
        f"{DIGITS}, {rows:,} rows", seconds["minping"], "benford_py", seconds["benford_py"], LEDGER_OF_BENFORD_PY
    )
    return told, [ratio], {**digits["versions"], **found["versions"]}


def _are_installed(*modules: str) -> bool:
    """Whether the environment of the other tools has these; it may be older than its lock."""
    if not PEERS.exists():
        return False
    asked = f"import sys; from importlib.util import find_spec; sys.exit(any(find_spec(name) is None for name in {modules!r}))"
    return subprocess.run([str(PEERS), "-c", asked], check=False).returncode == 0
