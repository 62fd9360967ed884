"""Notes: what a published table and a column are said to mean."""

from __future__ import annotations

from typing import NamedTuple

from minping.words import Text, both


class TableNote(NamedTuple):
    """What one table holds and which columns tell its rows apart."""

    title: Text
    about: Text
    key: tuple[str, ...] = ()


class ColumnNote(NamedTuple):
    """What one column holds."""

    title: Text
    about: Text = both("")
