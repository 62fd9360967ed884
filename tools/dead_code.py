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
    "command": "click calls it, loaded by name from cli.COMMANDS",
    "format_commands": "click calls it",
    "get_command": "click calls it",
    "get_help": "click calls it",
    "get_help_record": "click calls it",
    "list_commands": "click calls it",
    "resolve_command": "click calls it",
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
    faults = [
        f"src/{file}:{line}: {kind} {name} is used nowhere" for file, kind, line, name in found if name not in ALLOWED
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    faults += [f"tools/dead_code.py: {name} is allowed but stands nowhere" for name in ALLOWED if name not in text]
    print("\n".join(faults) or "no dead code")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
