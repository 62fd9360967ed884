"""The schemes that come along, as data: one folder each, with scheme, README, tests and example evidence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from minping.words import Text

HOME = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ShippedScheme:
    """A scheme that comes along."""

    id: str  #: the folder's name
    title: Text
    path: Path
    has_example: bool


def available() -> tuple[ShippedScheme, ...]:
    """Every shipped scheme, by name; only the title is read."""
    folders = sorted(path.parent for path in HOME.glob("*/scheme.yaml"))
    return tuple(
        ShippedScheme(folder.name, _title(folder / "scheme.yaml"), folder, (folder / "example" / "evidence").is_dir())
        for folder in folders
    )


def _title(path: Path) -> Text:
    """The title of a shipped scheme, read from its `title:` line (always of the form `{zh: …, en: …}`)."""
    with path.open(encoding="utf-8") as file:
        line = next(line for line in file if line.startswith("title:"))
    zh, _, en = line.split("zh:", 1)[1].rstrip().rstrip("}").partition(", en:")
    return Text(zh.strip().strip('"'), en.strip().strip('"'))
