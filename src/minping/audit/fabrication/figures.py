"""Figures of a period, one entry each, as the tests of single figures look at them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from minping.audit.cases import Cases, figures_at
from minping.audit.opened import Opened
from minping.model.arrays import Bools, Floats, Ints
from minping.model.evidence import Official
from minping.model.findings import Places
from minping.scheme.declared import Declared
from minping.stats.groups import distinct
from minping.stats.written import Written, written
from minping.words import Text


@dataclass(frozen=True, slots=True)
class Told:
    """C figures, the latest release of each."""

    official: Official
    names: tuple[str, ...]
    about: tuple[str, ...]  #: (C,) series, with the period where it is not the audited one
    series: Ints  #: (C,) position in `names`
    body: Ints  #: (C,)
    row: Ints  #: (C,) position in `official`
    value: Floats  #: (C,)
    written: Written

    def column(self, name: str) -> Floats:
        """A column of `official`, (C,); NaN where it is not there."""
        column = getattr(self.official, name)
        return np.full(self.row.shape, np.nan) if column is None else np.asarray(column[self.row], dtype=np.float64)

    def places(self) -> Places:
        """Where each stands: one row for each case."""
        return figures_at(self.official, np.arange(self.row.size), self.row)

    def only(self, kept: Bools) -> Told:
        """Some of them."""
        at = np.flatnonzero(kept)
        about = tuple(self.about[one] for one in at.tolist())
        parts = (self.series[at], self.body[at], self.row[at], self.value[at])
        shown = self.written
        return Told(
            self.official, self.names, about, *parts, Written(shown.whole[at], shown.places[at], shown.known[at])
        )


def told(opened: Opened, wanted: Callable[[Declared], bool]) -> Told:
    """The figures of the audited period (and of the periods within it) of the declared series that are wanted."""
    history = opened.history
    names = tuple(name for name, one in opened.declared.items() if wanted(one) and history.at(name) >= 0)
    inside = np.flatnonzero(history.inside(opened.period))
    rows = history.row[
        np.ix_(inside, np.arange(opened.bodies), np.array([history.at(name) for name in names], dtype=np.int64))
    ]
    value = history.taken(history.official.value, rows)
    at, body, series = np.nonzero(np.isfinite(value))
    periods = [history.periods[one] for one in inside.tolist()]
    about = tuple(
        names[name] if periods[when] == opened.period else f"{names[name]}@{periods[when]}"
        for when, name in zip(at.tolist(), series.tolist(), strict=True)
    )
    figures = value[at, body, series]
    return Told(history.official, names, about, series, body, rows[at, body, series], figures, written(figures))


def published(figures: Told, opened: Opened) -> tuple[Ints, Ints]:
    """Each figure as a whole number of its last published place, and the places: as declared, else as written."""
    least = np.array([opened.declared[name].decimals or 0 for name in figures.names], dtype=np.int64)
    places = np.maximum(figures.written.places, least[figures.series] if least.size else 0)
    return figures.written.whole * 10 ** (places - figures.written.places), places


def by_series(figures: Told, p: Floats, say: Callable[[int], Text], shown: tuple[Floats, Floats, Floats]) -> Cases:
    """One case for each body and series: its worst figure, how many more there are, and the rows of all of them.

    Args:
        figures: C of them
        p: (C,) 0 where a figure can't be, 1 where it can, NaN where it was not tested
        say: the words of a figure
        shown: observed, expected and n of each figure, (C,) each
    """
    tested = np.flatnonzero(np.isfinite(p))
    place, body = figures.series[tested], figures.body[tested]
    code, group = distinct(body * max(len(figures.names), 1) + place)
    order = np.lexsort((tested, p[tested], group))
    worst = tested[order[np.searchsorted(group[order], np.arange(code.size))]]
    bad = tested[p[tested] == 0]
    of_bad = group[p[tested] == 0]
    many = np.bincount(of_bad, minlength=code.size)

    def say_all(at: int) -> Text:
        words, more = say(int(worst[at])), int(many[at]) - 1
        if more < 1:
            return words
        figures_en = "another figure" if more == 1 else f"{more} other figures"
        return Text(f"{words.zh}；另有 {more} 个数也是如此", f"{words.en}; so can't {figures_en}")

    observed, expected, n = (column[worst] for column in shown)
    return Cases(
        figures.body[worst],
        [figures.names[at] for at in figures.series[worst].tolist()],
        observed,
        expected,
        n,
        p[worst],
        say_all,
        figures_at(figures.official, of_bad, figures.row[bad]),
    )
