"""Find dead code: functions, methods, classes, imports and constants of src/ that nothing in src/ uses.

Vulture finds the candidates. Fields of records are left out (a table or a template reads them by name); what is
called from outside stands in ALLOWED, each with its reason. A name there that is no longer needed is a fault too.
"""

from __future__ import annotations

import sys
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).resolve().parent.parent

ALLOWED = {
    "__dir__": "Python asks for it",
    "__getattr__": "Python asks for it",
    "_repr_html_": "notebooks ask for it",
    "expected_levels": "what benchmarks/coverage.py compares with",
    "command": "click calls it, loaded by name from cli.COMMANDS",
    "format_commands": "click calls it",
    "get_command": "click calls it",
    "get_help": "click calls it",
    "get_help_record": "click calls it",
    "list_commands": "click calls it",
    "resolve_command": "click calls it",
}
#: statistics that stand checked and wait for the evidence they are for; a name that is used by now must go from here
AWAITED = {
    "checks of quantiles of domains": "quantiles",
    "satisfaction index": "fit_paths bootstrap_paths dillon_goldstein_rho",
    "ratings": "cluster_wilson expected_half_width",
    "bounds": "share_bounds",
    "requests": "survival_at",
    "audit of figures over time": "smoothness",
    "audit of targets and dates": "clustered_slope around_cycle",
    "audit of shares and of targets": "either heaping",
    "audit of figures, their digits": "first_digits second_digits distances",
    "audit of levels against several sources": "residual_z auc",
    "audit of figures, releases and periods": "first_value",
}
BY_DECORATOR = ("@model_validator", "@field_validator", "@field_serializer", "@model_serializer")


def dead(folder: Path) -> list[tuple[str, str, int, str]]:
    """(file, kind, line, name) of everything unused below a folder, allowed or not."""
    search = Vulture(ignore_decorators=list(BY_DECORATOR))
    search.scavenge([str(folder)])
    found = []
    for item in search.get_unused_code(min_confidence=60):
        is_field = item.typ in ("variable", "attribute") and not item.name.isupper()
        if not is_field:
            found.append((str(Path(item.filename).relative_to(folder)), item.typ, item.first_lineno, item.name))
    return found


def main() -> int:
    """Print what is dead; 1 if anything is."""
    found = dead(ROOT / "src")
    awaited = {name for names in AWAITED.values() for name in names.split()}
    faults = [
        f"src/{file}:{line}: {kind} {name} is used nowhere"
        for file, kind, line, name in found
        if name not in ALLOWED
        and not (name in awaited and file.startswith(("minping/stats/", "minping/simulation/", "minping/audit/")))
    ]
    faults += [
        f"tools/dead_code.py: {name} is awaited no more" for name in sorted(awaited - {name for _, _, _, name in found})
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    faults += [f"tools/dead_code.py: {name} is allowed but stands nowhere" for name in ALLOWED if name not in text]
    print("\n".join(faults) or "no dead code")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
