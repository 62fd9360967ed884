"""Official figures: in the sheets that hold them, out one `Official` with every row, and the faults of each sheet.

Rows stream through in blocks; every check works on whole columns. All releases of a figure are kept: which one counts
is decided later. A row with an error is named and kept out of nothing: an error anywhere stops the load as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from minping.evidence.blocks import Block, Sheet
from minping.evidence.choice_words import CHOICE_WORDS
from minping.evidence.columns import BAD, EMPTY, Known, below, read_numbers, read_words
from minping.evidence.dates import read_date
from minping.evidence.faults import NOTHING, Fault, Remark
from minping.evidence.figures import Figures, check_figures
from minping.evidence.layout import NUMBERS, Layout, layout_of
from minping.evidence.periods import in_time_order, read_period
from minping.evidence.ratios import scale_of
from minping.evidence.readings import Reading
from minping.evidence.tables import OFFICIAL
from minping.evidence.words import WordReader, growing_reader, reader_of, unique_names
from minping.model.arrays import Bools, Floats, Ints
from minping.model.evidence import NO_DATE, REPORTERS, Bodies, Codebook, Official
from minping.words import Text

AnyArray = np.ndarray[tuple[int], np.dtype[Any]]
Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """The words met so far, and how new ones are read; shared by all sheets."""

    readers: Mapping[str, WordReader]
    known: Mapping[str, Known]
    periods: dict[str, int]
    indicators: dict[str, int]
    sources: dict[str, int]
    notes: dict[str, int]
    codebook: Codebook


@dataclass(slots=True)
class Gathered:
    """Checked columns, piece by piece; the pieces of a column that a sheet doesn't have are None."""

    pieces: dict[str, list[AnyArray | None]] = field(default_factory=dict)
    counts: list[int] = field(default_factory=list)


def vocabularies(codebook: Codebook, read_body: WordReader) -> Vocabularies:
    """Readers of the columns with words."""
    periods: dict[str, int] = {}
    indicators = {name: at for at, name in enumerate(codebook.indicators)}
    sources: dict[str, int] = {}
    notes: dict[str, int] = {}
    titles = [(title, note.id) for note in codebook.indicators.values() for title in (note.title_zh, note.title_en)]
    choose = reader_of(REPORTERS, Text("报告方", "reporter"), "unknown-reporter")
    readers: dict[str, WordReader] = {
        "body": read_body,
        "period": _period_reader(codebook.periods, periods),
        "indicator": reader_of(
            list(indicators), Text("指标", "indicator"), "unknown-indicator", unique_names(titles)
        ) if indicators else growing_reader(indicators, text_only=False),
        "released_on": read_date,
        "reporter": lambda text: choose(CHOICE_WORDS.get(text.strip(), text)),
        "source": growing_reader(sources),
        "note": growing_reader(notes),
    }  # fmt: skip
    return Vocabularies(readers, {name: {} for name in readers}, periods, indicators, sources, notes, codebook)


def _period_reader(allowed: Sequence[str], vocabulary: dict[str, int]) -> WordReader:
    def read(text: str) -> Reading[int]:
        reading = read_period(text, allowed)
        if reading.value is None:
            return Reading(None, reading.remark)
        return Reading(vocabulary.setdefault(reading.value, len(vocabulary)), reading.remark)

    return read


def read_official(
    sheet: Sheet, at: int, words: Vocabularies, gathered: Gathered, faults: list[Fault], advance: Advance
) -> int:
    """Read one sheet into `gathered`, its faults into `faults`.

    Args:
        sheet: the opened sheet
        at: its position among all files
        words: vocabularies, which grow
        gathered: where checked columns go
        faults: where faults go
        advance: called with how much of the sheet is read

    Returns:
        How many rows hold figures.
    """
    layout = layout_of(sheet, words.codebook, faults)
    if layout is None:
        return 0
    count = 0
    for block in sheet.read(layout.words, layout.numbers):
        faults += block.faults
        if len(block.rows):
            for figures in _figures(block, layout, sheet.headers, words, faults):
                count += _gather(figures, at, gathered)
        advance(block.done)
    return count


def _figures(
    block: Block, layout: Layout, headers: Sequence[str], words: Vocabularies, faults: list[Fault]
) -> list[Figures]:
    """The figures of a block, checked: one batch, or one for each indicator of a wide sheet."""
    rows = block.rows
    coded: dict[str, Ints] = {}
    for name, at in layout.positions.items():
        if name in words.readers:
            none = (NO_DATE, NO_DATE) if name == "released_on" else (EMPTY, BAD)
            read = read_words(block.columns[at], rows, headers[at], words.readers[name], words.known[name], *none)
            coded[name] = read.codes
            faults += read.faults
    if not layout.indicators:
        return [_long(block, layout, headers, coded, words, faults)]
    batches = []
    for at, indicator in layout.indicators.items():
        batches.append(_column(block, at, headers[at], coded, words.indicators[indicator], words, faults))
    _empty_in_wide(batches, coded, rows, layout, headers, faults)
    return batches


def _long(
    block: Block,
    layout: Layout,
    headers: Sequence[str],
    coded: dict[str, Ints],
    words: Vocabularies,
    faults: list[Fault],
) -> Figures:
    notes = list(words.codebook.indicators.values())
    indicator = coded["indicator"]
    is_percent, unit_of = _percent(indicator, words), _units(indicator, words)
    numbers: dict[str, Floats] = {}
    is_bad = np.zeros(len(block.rows), dtype=np.bool_)
    for name in NUMBERS:
        if (at := layout.positions.get(name)) is None:
            continue
        in_unit = name in ("value", "se", "sd")
        read = read_numbers(
            block.columns[at], block.rows, headers[at], is_percent if in_unit else None, unit_of if in_unit else None
        )
        numbers[name] = read.values
        faults += read.faults
        is_bad |= read.is_bad if name == "value" else False
        column = OFFICIAL.column(name)
        if column.low is not None:
            faults += below(read.values, column.low, block.rows, headers[at], column.kind == "whole")
    names = {name: headers[at] for name, at in layout.positions.items()}
    scales = np.array([*(scale_of(note) for note in notes), np.nan, np.nan]) if notes else np.ones(1)
    figures = Figures(
        block.rows, coded, numbers, is_bad, names, scales[indicator] if notes else np.ones(len(indicator))
    )
    return check_figures(figures, notes, faults)


def _column(
    block: Block,
    at: int,
    header: str,
    coded: Mapping[str, Ints],
    indicator: int,
    words: Vocabularies,
    faults: list[Fault],
) -> Figures:
    """The figures of one indicator's column; empty cells are no figures."""
    notes = list(words.codebook.indicators.values())
    codes: Ints = np.full(len(block.rows), indicator, dtype=np.int64)
    read = read_numbers(block.columns[at], block.rows, header, _percent(codes, words), _units(codes, words))
    faults += read.faults
    where = np.flatnonzero(~np.isnan(read.values) | read.is_bad)
    kept = {name: column[where] for name, column in coded.items()} | {"indicator": codes[where]}
    figures = Figures(
        block.rows[where],
        kept,
        {"value": read.values[where]},
        read.is_bad[where],
        {"value": header},
        np.ones(len(where)),
    )
    return check_figures(figures, notes, faults, is_wide=True)


def _empty_in_wide(
    batches: Sequence[Figures],
    coded: Mapping[str, Ints],
    rows: Ints,
    layout: Layout,
    headers: Sequence[str],
    faults: list[Fault],
) -> None:
    """Faults of rows of a wide sheet that hold figures but no body or no period."""
    with_figures = np.unique(np.concatenate([batch.rows for batch in batches])) if batches else np.empty(0)
    for name in ("body", "period"):
        bare = rows[(coded[name] == EMPTY) & np.isin(rows, with_figures)]
        if len(bare):
            found = Text(f"{name} 为空", f"{name} is empty")
            faults.append(Fault(Remark("empty-cell", found, NOTHING), headers[layout.positions[name]], bare))


def _percent(indicator: Ints, words: Vocabularies) -> Bools | None:
    """Where the indicator's unit is per cent; unknown ones (negative codes) are not."""
    notes = words.codebook.indicators.values()
    if not notes:
        return None
    is_percent: Bools = np.array([*(note.percent for note in notes), False, False])
    return is_percent[indicator]


def _units(indicator: Ints, words: Vocabularies) -> Callable[[int], str]:
    units = [*(note.unit for note in words.codebook.indicators.values()), "", ""]
    return lambda at: units[indicator[at]] if len(units) > 2 else ""


def _gather(figures: Figures, file: int, gathered: Gathered) -> int:
    count = len(figures.rows)
    if not count:
        return 0
    before = len(gathered.counts)
    columns: dict[str, AnyArray] = {
        "file": np.full(count, file, dtype=np.int32),
        "row": figures.rows,
        **{name: codes if name == "released_on" else codes.astype(np.int32) for name, codes in figures.codes.items()},
        **figures.numbers,
    }
    for name, column in columns.items():
        gathered.pieces.setdefault(name, [None] * before).append(column)
    for pieces in gathered.pieces.values():
        if len(pieces) == before:
            pieces.append(None)
    gathered.counts.append(count)
    return count


def finish(gathered: Gathered, words: Vocabularies, bodies: Bodies) -> Official:
    """All pieces as one record; `gathered` is emptied, column by column, to save memory."""
    periods = in_time_order(words.periods)
    position = {period: at for at, period in enumerate(periods)}
    order = np.array([*(position[period] for period in words.periods), BAD, EMPTY], dtype=np.int32)
    joined = partial(_joined, gathered)
    return Official(
        bodies.ids,
        tuple(periods),
        tuple(words.indicators),
        joined("body", np.int32, EMPTY),
        order[joined("period", np.int32, EMPTY)],
        joined("indicator", np.int32, EMPTY),
        joined("value", np.float64, np.nan),
        joined("file", np.int32, EMPTY),
        joined("row", np.int64, 0),
        **{name: joined(name, *kind) for name, kind in OPTIONAL.items() if name in gathered.pieces},
        sources=tuple(words.sources),
        notes=tuple(words.notes),
    )


def _joined(gathered: Gathered, name: str, kind: type[Any], empty: float) -> Any:
    whole = np.full(sum(gathered.counts), empty, dtype=kind)
    start = 0
    for count, piece in zip(gathered.counts, gathered.pieces.pop(name, []), strict=False):
        if piece is not None:
            whole[start : start + count] = piece
        start += count
    return whole


#: columns of `Official` that only exist where some sheet has them: type, and what stands for an empty cell
OPTIONAL: dict[str, tuple[type[Any], float]] = {
    "se": (np.float64, np.nan),
    "sd": (np.float64, np.nan),
    "n": (np.float64, np.nan),
    "numerator": (np.float64, np.nan),
    "denominator": (np.float64, np.nan),
    "released_on": (np.int64, NO_DATE),
    "reporter": (np.int32, EMPTY),
    "source": (np.int32, EMPTY),
    "note": (np.int32, EMPTY),
}
