"""Case mix: what each body's ratings would be, had it the channels and services of all bodies together.

In checked records of ratings, out measures standardised over a proportional-odds model of levels by channel and
service, with one effect for each body (`stats.ordinal`). The engine counts levels by period, body, cluster, channel and
service; all bodies of a period are fitted at once. What the model can't tell is said: categories joined because all
their ratings lie at one end, levels that nobody gave, periods without a fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from minping.indicators.calibrated import counted
from minping.indicators.events import engine, kept, numbers, whole_numbers
from minping.indicators.ratings import MEASURES, Measured, independent
from minping.model.arrays import Bools, Floats, Ints
from minping.model.evidence import Bodies, Records
from minping.stats.groups import codes, column_sums, first_rows, sums
from minping.stats.ordinal import OrdinalFit, fit_ordinal
from minping.stats.standardisation import Scores, cluster_scores, errors, standardise

if TYPE_CHECKING:
    import pyarrow as pa

_RATED = tuple(f"rated{level}" for level in range(1, 6))


class Fitted(NamedTuple):
    """What came of one period."""

    joined: tuple[
        tuple[str, str, str], ...
    ]  #: column, category, and the one it is counted with: its ratings lie at an end
    empty: tuple[int, ...]  #: levels that nobody gave
    at_an_end: int  #: bodies all of whose ratings lie at one end
    why_not: str  #: words of the fault where there is no fit; empty: there is one


@dataclass(frozen=True, slots=True)
class CaseMix:
    """Measures of P periods × N bodies, standardised to the mix of all bodies of the period."""

    estimate: Mapping[str, Floats]  #: measure -> (P, N)
    se: Mapping[str, Floats]
    n: Floats  #: (P, N) ratings
    fitted: tuple[Fitted, ...]  #: (P,)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Counts (C, 5) of one period with their body, cluster and category of each column, all (C,)."""

    counts: Floats
    body: Ints
    cluster: Ints
    category: tuple[Ints, ...]
    words: tuple[tuple[str, ...], ...]  #: of each column


def case_mix(ratings: Records, bodies: Bodies, periods: Sequence[str], by: Sequence[str]) -> CaseMix:
    """Standardise every measure of ratings by some of `channel` and `service`, period by period."""
    with engine(ratings) as opened:
        told = kept(opened, counted(opened, ratings, bodies, periods, by))
        # sorted, so that sums are made in one order
        order = ("body", "window", "day", *by)
        found = [
            _of_period(_cells(told.filter(told.period == at).order_by(*order).to_pyarrow(), by), by, len(bodies.ids))
            for at in range(len(periods))
        ]
    return CaseMix(
        {name: np.stack([one[name].estimate for one, _ in found]) for name in MEASURES},
        {name: np.stack([one[name].se for one, _ in found]) for name in MEASURES},
        np.stack([one["mean_points"].n for one, _ in found]),
        tuple(fitted for _, fitted in found),
    )


def measure_adjusted(found: CaseMix, name: str) -> Measured:
    """One measure, (P, N)."""
    return Measured(found.estimate[name], found.se[name], found.n)


def _cells(block: pa.Table, by: Sequence[str]) -> _Cells:
    body, day = whole_numbers(block["body"]), whole_numbers(block["day"])
    window, coded = _coded(block["window"])[0], [_coded(block[name]) for name in by]
    return _Cells(
        np.stack([numbers(block[name]) for name in _RATED], axis=1),
        body,
        codes(body, window, day),
        tuple(code for code, _ in coded),
        tuple(words for _, words in coded),
    )


def _coded(column: pa.ChunkedArray) -> tuple[Ints, tuple[str, ...]]:
    """The code of each word, in the order of the words, and these; nothing is a word too."""
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    words = [word or "" for word in encoded.dictionary.to_pylist()]
    order = np.argsort(np.array(words, dtype=str), kind="stable")
    place = np.empty(len(words), dtype=np.int64)
    place[order] = np.arange(len(words))
    return place[whole_numbers(encoded.indices)], tuple(words[at] for at in order)


def _of_period(cells: _Cells, by: Sequence[str], bodies: int) -> tuple[dict[str, Measured], Fitted]:
    """Every measure of one period, (N,) each, and what came of it."""
    whole = column_sums(cells.body, cells.counts, bodies) if len(cells.body) else np.zeros((bodies, 5))
    category, joined = _joined(cells, by)
    empty = tuple(int(level) for level in np.flatnonzero(whole.sum(axis=0) == 0) + 1)
    try:
        x = _dummies(category, cells.counts)
        merged = codes(cells.body, *category)
        row = first_rows(merged, int(merged.max(initial=-1)) + 1)
        counts = column_sums(merged, cells.counts, len(row))
        fit = fit_ordinal(counts, x[row], cells.body[row], groups=bodies)
        if fit.diverging.any() or not fit.converged:
            raise ValueError("a category tells the levels apart without error, or the fit did not converge")
    except ValueError as fault:
        nothing = np.full(bodies, np.nan)
        none = Measured(nothing, nothing, whole.sum(axis=1))
        return dict.fromkeys(MEASURES, none), Fitted(joined, empty, 0, str(fault))
    scores = cluster_scores(fit, cells.counts, x, cells.body, cells.cluster)
    mix = codes(*category)
    first = first_rows(mix, int(mix.max(initial=-1)) + 1)
    share = sums(mix, cells.counts.sum(axis=1), len(first))
    found = {name: _standard(fit, scores, worth, x[first], share, whole) for name, worth in MEASURES.items()}
    return found, Fitted(joined, empty, int((fit.end >= 0).sum()), "")


def _standard(fit: OrdinalFit, scores: Scores, worth: Floats, x: Floats, share: Floats, whole: Floats) -> Measured:
    """One measure; its error is that of clusters, never below that of independent ratings under the model.

    Where all ratings of a body lie at one end the model knows no error: that of independent ratings stands in.
    """
    told, size = standardise(fit, worth, x, share), whole.sum(axis=1)
    plain, robust = (errors(fit, told.by_common, told.by_own, one) for one in (None, scores))
    with np.errstate(invalid="ignore", divide="ignore"):
        alone = np.sqrt(independent(whole @ worth, whole @ worth**2, size, worth))
    se = np.where(fit.end >= 0, alone, np.fmax(plain, robust))
    return Measured(told.value, np.where(np.isnan(told.value), np.nan, se), size)


def _joined(cells: _Cells, by: Sequence[str]) -> tuple[tuple[Ints, ...], tuple[tuple[str, str, str], ...]]:
    """Categories whose ratings all lie at one end are counted with the largest of their column."""
    category, joined = [], []
    given = np.flatnonzero(cells.counts.sum(axis=0) > 0)
    for name, code, words in zip(by, cells.category, cells.words, strict=True):
        counts = column_sums(code, cells.counts, len(words)) if len(code) else np.zeros((len(words), 5))
        extreme = _extreme(counts, given)
        largest = int(counts.sum(axis=1).argmax()) if len(words) else 0
        target = np.where(extreme, largest, np.arange(len(words)))
        joined += [(name, words[at], words[largest]) for at in np.flatnonzero(target != np.arange(len(words)))]
        category.append(target[code])
    return tuple(category), tuple(joined)


def _extreme(counts: Floats, given: Ints) -> Bools:
    """Which categories have ratings at the lowest, or at the highest level given only."""
    size = counts.sum(axis=1)
    if not len(given):
        return np.zeros(len(counts), dtype=np.bool_)
    found: Bools = (counts[:, given[0]] == size) | (counts[:, given[-1]] == size)
    return found


def _dummies(category: Sequence[Ints], counts: Floats) -> Floats:
    """A column for each category but the largest of each column of evidence, (C, P)."""
    columns = []
    for code in category:
        sizes = np.bincount(code, counts.sum(axis=1))
        columns += [code == at for at in np.flatnonzero(sizes > 0) if at != sizes.argmax()]
    return np.column_stack(columns).astype(np.float64) if columns else np.zeros((len(counts), 0))
