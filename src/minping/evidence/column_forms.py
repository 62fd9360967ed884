"""Forms of columns: a day, an amount, a word of a list, free words, each as the row of a table's specification."""

from __future__ import annotations

from minping.evidence.table import Column
from minping.words import Text


def key(name: str, title: Text, about: Text, *aliases: str) -> Column:
    """What a row is known by."""
    return Column(name, "id", title, about, True, aliases)


def day(name: str, title: Text, about: Text, *aliases: str, required: bool = False) -> Column:
    """A date."""
    return Column(name, "date", title, about, required, aliases)


def amount(name: str, title: Text, about: Text, *aliases: str, required: bool = False) -> Column:
    """A number from 0 on."""
    return Column(name, "number", title, about, required, aliases, low=0.0)


def number(name: str, title: Text, about: Text, *aliases: str, required: bool = False) -> Column:
    """A number of any sign."""
    return Column(name, "number", title, about, required, aliases)


def word(name: str, title: Text, about: Text, choices: tuple[str, ...], *aliases: str) -> Column:
    """One word of a list."""
    return Column(name, "choice", title, about, False, aliases, choices)


def words(name: str, title: Text, about: Text, *aliases: str, required: bool = False) -> Column:
    """Free words."""
    return Column(name, "text", title, about, required, aliases)
