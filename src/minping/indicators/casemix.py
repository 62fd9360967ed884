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

from minping.indicators.calibrated import counted, whole_bodies
from minping.indicators.events import engine, kept, numbers, whole_numbers
from minping.indicators.ratings import MEASURES, Measured, independent
from minping.model.arrays import Bools, Floats, Ints
from minping.model.evidence import Bodies, Records
from minping.stats.groups import codes, column_sums, first_rows, sums
from minping.stats.ordinal import OrdinalFit, fit_ordinal
from minping.stats.standardisation import Scores, cluster_scores, errors, standardise

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

_MOST_WORDS = 2**31  #: of a column
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
    """Counts (C, 5) of one period with their body and category of each column, all (C,)."""

    counts: Floats
    body: Ints
    category: tuple[Ints, ...]
    words: tuple[tuple[str, ...], ...]  #: of each column


class _Model(NamedTuple):
    """A fit with what is needed to find the kind of a cell: combination of categories."""

    fit: OrdinalFit
    covariates: Floats  #: (Q, P) of each kind
    share: Floats  #: (Q,) ratings
    kinds: Ints  #: (Q,) key of each kind, in order
    places: tuple[Mapping[str, int], ...]  #: of each column: word -> category


def case_mix(ratings: Records, bodies: Bodies, periods: Sequence[str], by: Sequence[str]) -> CaseMix:
    """Standardise every measure of ratings by some of `channel` and `service`, period by period."""
    with engine(ratings) as opened:
        told = kept(opened, counted(opened, ratings, bodies, periods, by))
        found = [_of_period(told.filter(told.period == at), by, len(bodies.ids)) for at in range(len(periods))]
    return CaseMix(
        {name: np.stack([one[name].estimate for one, _ in found]) for name in MEASURES},
        {name: np.stack([one[name].se for one, _ in found]) for name in MEASURES},
        np.stack([one["mean_points"].n for one, _ in found]),
        tuple(fitted for _, fitted in found),
    )


def measure_adjusted(found: CaseMix, name: str) -> Measured:
    """One measure, (P, N)."""
    return Measured(found.estimate[name], found.se[name], found.n)


def _of_period(told: ibis.Table, by: Sequence[str], bodies: int) -> tuple[dict[str, Measured], Fitted]:
    """Every measure of one period, (N,) each, and what came of it."""
    merged = told.group_by("body", *by).aggregate(**{name: told[name].sum() for name in _RATED})
    cells = _cells(merged.order_by("body", *by).to_pyarrow(), by)
    whole = column_sums(cells.body, cells.counts, bodies) if len(cells.body) else np.zeros((bodies, 5))
    empty = tuple(int(level) for level in np.flatnonzero(whole.sum(axis=0) == 0) + 1)
    target, joined = _joined(cells, by)
    try:
        model = _fitted(cells, target, bodies)
    except ValueError as fault:
        nothing = np.full(bodies, np.nan)
        none = Measured(nothing, nothing, whole.sum(axis=1))
        return dict.fromkeys(MEASURES, none), Fitted(joined, empty, 0, str(fault))
    scores = _scores(told, by, model, bodies)
    found = {name: _standard(model, scores, worth, whole) for name, worth in MEASURES.items()}
    return found, Fitted(joined, empty, int((model.fit.end >= 0).sum()), "")


def _cells(block: pa.Table, by: Sequence[str]) -> _Cells:
    coded = [_coded(block[name]) for name in by]
    counts = np.stack([numbers(block[name]) for name in _RATED], axis=1)
    return _Cells(counts, whole_numbers(block["body"]), *(tuple(part) for part in zip(*coded, strict=True)))


def _coded(column: pa.ChunkedArray) -> tuple[Ints, tuple[str, ...]]:
    """The code of each word of a column, and these; nothing is a word too."""
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    return whole_numbers(encoded.indices), tuple(word or "" for word in encoded.dictionary.to_pylist())


def _fitted(cells: _Cells, target: Sequence[Ints], bodies: int) -> _Model:
    """The model of all bodies of a period.

    Raises:
        ValueError: there is no fit; with the reason.
    """
    category = [place[code] for place, code in zip(target, cells.category, strict=True)]
    kinds, kind = np.unique(_key(category), return_inverse=True)
    share = sums(kind, cells.counts.sum(axis=1), len(kinds))
    first = first_rows(kind, len(kinds))
    x = _dummies([code[first] for code in category], share)
    fit = fit_ordinal(cells.counts, x[kind], cells.body, groups=bodies)
    if fit.diverging.any() or not fit.converged:
        raise ValueError("a category tells the levels apart without error, or the fit did not converge")
    places = tuple(
        dict(zip(words, place.tolist(), strict=True)) for words, place in zip(cells.words, target, strict=True)
    )
    return _Model(fit, x, share, kinds, places)


def _key(category: Sequence[Ints]) -> Ints:
    """One number for each combination of categories, (C,)."""
    found = np.zeros(len(category[0]), dtype=np.int64)
    for code in category:
        found = found * _MOST_WORDS + code
    return found


def _scores(told: ibis.Table, by: Sequence[str], model: _Model, bodies: int) -> Scores:
    """What clusters add, summed over blocks of whole bodies: no cluster reaches over bodies."""
    # sorted, so that sums are made in one order
    order = ("body", "window", "day", *by)
    parts = [_of_block(block.order_by(*order).to_pyarrow(), by, model) for block, _ in whole_bodies(told, bodies)]
    common, cross, own, clusters = (np.sum([part[at] for part in parts], axis=0) for at in range(4))
    return Scores(common, cross, own, clusters)


def _of_block(block: pa.Table, by: Sequence[str], model: _Model) -> Scores:
    category = []
    for name, place in zip(by, model.places, strict=True):
        code, words = _coded(block[name])
        category.append(np.array([place[word] for word in words], dtype=np.int64)[code])
    kind = np.searchsorted(model.kinds, _key(category))
    body, counts = whole_numbers(block["body"]), np.stack([numbers(block[name]) for name in _RATED], axis=1)
    cluster = codes(body, _coded(block["window"])[0], whole_numbers(block["day"]))
    return cluster_scores(model.fit, counts, model.covariates, kind, body, cluster)


def _standard(model: _Model, scores: Scores, worth: Floats, whole: Floats) -> Measured:
    """One measure; its error is that of clusters, never below that of independent ratings under the model.

    Where all ratings of a body lie at one end the model knows no error: that of independent ratings stands in.
    """
    fit = model.fit
    told, size = standardise(fit, worth, model.covariates, model.share), whole.sum(axis=1)
    plain, robust = (errors(fit, told.by_common, told.by_own, one) for one in (None, scores))
    with np.errstate(invalid="ignore", divide="ignore"):
        alone = np.sqrt(independent(whole @ worth, whole @ worth**2, size, worth))
    se = np.where(fit.end >= 0, alone, np.fmax(plain, robust))
    return Measured(told.value, np.where(np.isnan(told.value), np.nan, se), size)


def _joined(cells: _Cells, by: Sequence[str]) -> tuple[tuple[Ints, ...], tuple[tuple[str, str, str], ...]]:
    """The category of each word: those whose ratings all lie at one end are counted with the largest of their column."""
    found, joined = [], []
    given = np.flatnonzero(cells.counts.sum(axis=0) > 0)
    for name, code, words in zip(by, cells.category, cells.words, strict=True):
        counts = column_sums(code, cells.counts, len(words)) if len(code) else np.zeros((len(words), 5))
        largest = int(counts.sum(axis=1).argmax()) if len(words) else 0
        own = np.arange(len(words))
        target = np.where(_extreme(counts, given), largest, own)
        joined += [(name, words[at], words[largest]) for at in np.flatnonzero(target != own)]
        found.append(target)
    return tuple(found), tuple(joined)


def _extreme(counts: Floats, given: Ints) -> Bools:
    """Which categories have ratings at the lowest, or at the highest level given only."""
    size = counts.sum(axis=1)
    if not len(given):
        return np.zeros(len(counts), dtype=np.bool_)
    found: Bools = (counts[:, given[0]] == size) | (counts[:, given[-1]] == size)
    return found


def _dummies(category: Sequence[Ints], size: Floats) -> Floats:
    """A column for each category but the largest of each column of evidence, (Q, P)."""
    columns = []
    for code in category:
        sizes = np.bincount(code, size)
        columns += [code == at for at in np.flatnonzero(sizes > 0) if at != sizes.argmax()]
    return np.column_stack(columns).astype(np.float64) if columns else np.zeros((len(size), 0))
