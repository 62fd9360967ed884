"""Checks of figures: in the columns of a batch of official figures, out the batch, and the faults of its cells.

What is empty but required, beyond what is possible, or at odds with its own numerator and denominator is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from minping.evidence.columns import EMPTY
from minping.evidence.faults import NOTHING, Fault, Remark, fold
from minping.evidence.ratios import Ratio, derive, disagreements, zero_denominators
from minping.model.arrays import Bools, Floats, Ints
from minping.model.evidence import NO_DATE, IndicatorNote
from minping.words import Text

MOST_DISTINCT = 1000  #: impossible values of one indicator in one block, above which they share a message


@dataclass(frozen=True, slots=True)
class Figures:
    """A batch of figures, R rows."""

    rows: Ints
    codes: Mapping[str, Ints]  #: of words, EMPTY or BAD where there is none; of released_on: days
    numbers: Mapping[str, Floats]  #: NaN where empty or bad
    is_bad: Bools  #: a value that can't be read (it is named already)
    headers: Mapping[str, str]  #: column -> header as it stands in the file
    scales: Floats  #: (R,) what the unit multiplies a ratio by

    def only(self, where: Ints) -> Figures:
        """Some of the rows."""
        return replace(
            self,
            rows=self.rows[where],
            codes={name: column[where] for name, column in self.codes.items()},
            numbers={name: column[where] for name, column in self.numbers.items()},
            is_bad=self.is_bad[where],
            scales=self.scales[where],
        )


def check_figures(
    figures: Figures,
    notes: Sequence[IndicatorNote],
    faults: list[Fault],
    is_wide: bool = False,
) -> Figures:
    """The batch without its blank rows, with derived values; what is wrong goes to `faults`."""
    if not is_wide:
        blank = _blank(figures)
        if blank.any():
            figures = figures.only(np.flatnonzero(~blank))
        faults += _empty_words(figures)
        figures = _with_ratios(figures, _units(figures, notes), faults)
        faults += _empty_values(figures)
    faults += _impossible(figures, notes)
    return figures


def _units(figures: Figures, notes: Sequence[IndicatorNote]) -> Callable[[int], str]:
    units, indicator = [*(note.unit for note in notes), "", ""], figures.codes["indicator"]
    return lambda at: units[indicator[at]] if notes else ""


def _blank(figures: Figures) -> Bools:
    """Rows in which nothing stands."""
    blank: Bools = figures.codes["body"] == EMPTY
    if not blank.any():
        return blank
    for name, codes in figures.codes.items():
        blank = blank & (codes == (NO_DATE if name == "released_on" else EMPTY))
    for values in figures.numbers.values():
        blank = blank & np.isnan(values)
    return blank & ~figures.is_bad


def _empty_words(figures: Figures) -> list[Fault]:
    faults = []
    for name in ("body", "period", "indicator"):
        bare = figures.rows[figures.codes[name] == EMPTY]
        if len(bare):
            found = Text(f"{name} 为空", f"{name} is empty")
            fix = Text("填写，或删去整行", "give it, or delete the row")
            faults.append(Fault(Remark("empty-cell", found, NOTHING, fix), figures.headers[name], bare))
    return faults


def _empty_values(figures: Figures) -> list[Fault]:
    bare = figures.rows[np.isnan(figures.numbers["value"]) & ~figures.is_bad]
    if not len(bare):
        return []
    found = Text("数值为空", "the value is missing")
    fix = Text("填写数值；没有数据则删去整行", "give the value; where there is no figure, delete the row")
    return [Fault(Remark("empty-value", found, Text("数字", "a number"), fix), figures.headers["value"], bare)]


def _with_ratios(figures: Figures, unit_of: Callable[[int], str], faults: list[Fault]) -> Figures:
    numbers = figures.numbers
    if "denominator" in numbers:
        faults += zero_denominators(numbers["denominator"], figures.rows, figures.headers["denominator"])
    if "numerator" not in numbers or "denominator" not in numbers:
        return figures
    header = figures.headers["value"]
    given = np.where(figures.is_bad, np.nan, 1.0)
    ratio = Ratio(numbers["value"], numbers["numerator"] * given, numbers["denominator"], figures.scales)
    values, _, derived = derive(ratio, figures.rows, header)
    faults += fold(derived)
    faults += fold(disagreements(ratio, figures.rows, header, unit_of))
    return replace(figures, numbers={**numbers, "value": values})


def _impossible(figures: Figures, notes: Sequence[IndicatorNote]) -> list[Fault]:
    """Values outside what their indicator can be."""
    if not any(note.low is not None or note.high is not None for note in notes):
        return []
    low = np.array([*(-np.inf if note.low is None else note.low for note in notes), -np.inf, -np.inf])
    high = np.array([*(np.inf if note.high is None else note.high for note in notes), np.inf, np.inf])
    value, indicator = figures.numbers["value"], figures.codes["indicator"]
    at = np.flatnonzero((value < low[indicator]) | (value > high[indicator]))
    faults: list[Fault] = []
    for code in np.unique(indicator[at]).tolist():
        faults += _impossible_of(notes[code], figures, at[indicator[at] == code])
    return faults


def _impossible_of(note: IndicatorNote, figures: Figures, at: Ints) -> Sequence[Fault]:
    low = "−∞" if note.low is None else f"{note.low:g}"
    high = "∞" if note.high is None else f"{note.high:g}"
    unit = f" {note.unit}" if note.unit else ""
    allowed = Text(f"{note.id} 在 {low} 与 {high}{unit} 之间", f"{note.id} between {low} and {high}{unit}")
    fix = Text("核对数值和计量单位", "check the figure and its unit")
    faults = []
    values = figures.numbers["value"]
    for value in np.unique(values[at]).tolist()[: MOST_DISTINCT + 1]:
        shown = f"{value:.15g}"
        remark = Remark("impossible-value", Text(f"{shown} 不可能", f"{shown} is impossible"), allowed, fix)
        faults.append(Fault(remark, figures.headers["value"], figures.rows[at[values[at] == value]]))
    if len(faults) <= MOST_DISTINCT:
        return faults
    span = Text(
        f"{values[at].min():.15g} 至 {values[at].max():.15g} 不可能",
        f"values from {values[at].min():.15g} to {values[at].max():.15g} are impossible",
    )
    remark = Remark("impossible-value", span, allowed, fix)
    return [Fault(remark, figures.headers["value"], figures.rows[at])]
