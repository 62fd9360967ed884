"""What can be wrong, said so that a person can put it right: where, what was found, what is allowed, what to do.

A `Problem` is one row of the table that the user sees; an error carries all problems of a file at once. Two
families concern users: `SchemeError` and `EvidenceError`; `BundleError` is for what `verify` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import Literal

from minping.words import Lang, Text, both

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands; what does not apply is empty. Rows count from 1 as a spreadsheet shows them."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""  #: a column's header, or a key's path in a scheme (`indicators.gdp.weight`)

    def __str__(self) -> str:
        """`file[sheet]:row column`, as editors and terminals make it clickable."""
        place = self.file + (f"[{self.sheet}]" if self.sheet else "")
        place += f":{self.row}" if self.row is not None else ""
        return f"{place} {self.column}".strip()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, as one row of a table."""

    code: str  #: stable kebab-case name of the kind of problem, e.g. `unknown-body`
    place: Place
    found: Text
    allowed: Text
    fix: Text
    severity: Severity = "error"

    def line(self, lang: Lang = "en") -> str:
        """The problem in one line."""
        between = ("，应为 ", "；") if lang == "zh" else ("; allowed: ", "; ")
        allowed = f"{between[0]}{self.allowed.say(lang)}" if self.allowed.say(lang) else ""
        fix = f"{between[1]}{self.fix.say(lang)}" if self.fix.say(lang) else ""
        return f"{self.place}: {self.found.say(lang)}{allowed}{fix} [{self.code}]"


class MinpingError(Exception):
    """Base of what users may see; `problems` holds every problem found, never only the first."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        """Carry one problem or many."""
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(problem.line() for problem in self.problems))


class SchemeError(MinpingError):
    """A scheme file can't be used as it is."""


class EvidenceError(MinpingError):
    """Evidence can't be used as it is."""


class BundleError(MinpingError):
    """A bundle is not what its manifest says."""


class EngineError(MinpingError):
    """An engine can't count the evidence."""


def masked(said: str) -> str:
    """What is said of an address, without the password in it.

    >>> masked("postgresql://u:p@ss@host/db?password=x&a=1")
    'postgresql://u:***@host/db?password=***&a=1'
    """
    return re.sub(r"(password=)[^&\s]*", r"\1***", re.sub(r"(://[^:/@\s]*):\S*@", r"\1:***@", said))


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option most like `word`, or None where none is near.

    >>> nearest("wieght", ["weight", "direction"]), nearest("北亰", ["湖北", "北京"])
    ('weight', '北京')
    """
    found = get_close_matches(word, list(options), n=4, cutoff=0.6 if len(word) > 3 else 0.5)
    # of those that are alike as far, the one that begins alike: 北亰 is 北京, not 湖北
    return max(found, key=lambda option: _likeness(word, option), default=None)


def _likeness(word: str, option: str) -> tuple[float, int]:
    """How much two words have in common, and how many letters from the first on."""
    alike = [one == other for one, other in zip(word, option, strict=False)]
    begins = alike.index(False) if False in alike else len(alike)
    return round(SequenceMatcher(None, option, word).ratio(), 6), begins


def one_of(options: Sequence[str], most: int = 12) -> Text:
    """The options, listed; long lists are cut and counted."""
    listed = ", ".join(options[:most])
    more = len(options) - most
    return Text(listed + f" …（另有 {more} 项）", listed + f" … ({more} more)") if more > 0 else both(listed)


def did_you_mean(word: str, options: Iterable[str]) -> Text:
    """What to do about a name that is not known: the nearest one, if there is one."""
    near = nearest(word, options)
    if near is None:
        return Text("请改为允许的名称之一", "use one of the allowed names")
    return Text(f"是否应为 {near}？", f"did you mean {near}?")
