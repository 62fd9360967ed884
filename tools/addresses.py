"""Find addresses of package registries: none may stand in a file, so that the project installs from any mirror.

python tools/addresses.py
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# brackets keep the pattern from finding itself
REGISTRY = re.compile(r"py[p]i\.org|pythonh[o]sted\.org|npm[j]s\.(?:org|com)|(?:deb|security)\.deb[i]an\.org")
IN_A_LOCK = re.compile(r"^\s*(?:--(?:extra-)?index-url|-i\s|--find-links|-f\s)|://|\bfile:")


def tracked_files(root: Path) -> list[Path]:
    """Every file that is or is about to be in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=root,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    return [root / name for name in names if name and (root / name).is_file()]


def addresses_in(files: Iterable[Path]) -> list[tuple[Path, int, str]]:
    """(file, line number, line) wherever an address stands; files that are not text hold none."""
    found = []
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        is_lock = path.parent.name == "requirements" and path.suffix == ".txt"
        for number, line in enumerate(text.splitlines(), 1):
            if REGISTRY.search(line) or (is_lock and IN_A_LOCK.search(line)):
                found.append((path, number, line.strip()))
    return found


def main() -> int:
    """Print every address; 1 if there is one."""
    found = addresses_in(tracked_files(ROOT))
    for path, number, line in found:
        print(f"{path.relative_to(ROOT)}:{number}: {line}")
    print("an address of a registry stands in a file" if found else "no address of a registry in any file")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
