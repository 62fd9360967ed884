"""Themes: what the requests of a period are about. In checked records, out themes named by their terms, with counts.

At most `MOST_READ` requests, drawn by a hash of their ids, tell what the themes are: tf-idf of the terms they share,
spherical k-means, as many themes as two random halves still agree on. Then every request is given the theme that it is
nearest to, a block at a time; one that uses no shared term has none. No text is kept.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.indicators.events import event_table, here, in_blocks, month_of, whole_numbers, with_bodies
from minping.indicators.lags import months_of
from minping.indicators.terms import cut, shared_terms, usage
from minping.model.arrays import Bools, Floats, Ints
from minping.model.evidence import Bodies, Records
from minping.model.themes import Growth, Themes
from minping.stats.growth import last_growth
from minping.stats.multiplicity import benjamini_hochberg
from minping.stats.shingles import characters, whole_hashes
from minping.stats.spherical import inverse_frequency, spherical_means, stability, weighted

if TYPE_CHECKING:
    from datetime import datetime

    import ibis
    from scipy.sparse import csr_array

MOST_READ = 20_000  #: requests that tell what the themes are
MOST_COMPARED = 1_500  #: of them, to find how many themes there are
FEWEST = 200  #: requests; of fewer nothing can be said
TRIED = (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20)  #: how many themes there may be
AS_STABLE = 0.05  #: the most themes whose stability lies no further below the best are taken
STARTS = 30
NAMED_BY = 4  #: terms
LEAST = 5  #: requests and places that use a term, whatever the scheme's k
LONGEST = 2000  #: characters that are read of a request
FEWEST_DAYS = 7  #: of a month that is compared
BLOCK = 50_000
MONTHS_BEFORE = 3  #: that the last month is compared with
NEAR = 0.2  #: cosine from which a request is of a theme
COLUMNS = ("request", "body", "opened_at", "category", "place", "text")
_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Model:
    """What the themes are."""

    terms: dict[str, int]
    idf: Floats  #: (T,)
    centres: Floats  #: (K, T)
    names: tuple[tuple[str, ...], ...]
    stability: float


@dataclass(slots=True)
class Tally:
    """Counts that grow block by block; the last row of each is of no theme."""

    by_month: Floats
    by_body: Floats
    by_category: dict[str, Floats] = field(default_factory=dict)


def find_themes(records: Records, bodies: Bodies, period: str, *, k: int, seed: int) -> Themes | None:
    """The themes of the requests opened in a period; None without texts, or where too few share any terms.

    Args:
        records: the requests
        bodies: whom they went to
        period: as 2025, 2025Q2, 2025-05
        k: a term is used in at least so many requests, from as many places (never fewer than `LEAST`)
        seed: of the draws
    """
    span = months_of(period)
    if span is None or not any("text" in one.columns for one in records.files):
        return None
    with here(records) as opened:
        table = texts_within(event_table(opened, records, COLUMNS), bodies, span)
        ids = _drawn(opened, table)
        model = None
        if len(ids) >= FEWEST:
            model = learn(_chosen(table, ids), bodies, max(k, LEAST), np.random.default_rng([seed, len(ids)]))
        if model is None:
            return None
        themes = len(model.names) + 1
        tally = Tally(np.zeros((themes, span[1] - span[0] + 1)), np.zeros((themes, len(bodies.ids))))
        for block in in_blocks(opened, "requests_read", table, BLOCK):
            count(tally, block, model, span[0])
        ends = table.aggregate(first=table.opened_at.min(), last=table.opened_at.max()).to_pyarrow().to_pylist()[0]
    return _themes(model, tally, period, span[0], ends["first"], ends["last"])


def texts_within(table: ibis.Table, bodies: Bodies, span: tuple[int, int]) -> ibis.Table:
    """The expression: the requests of some months, their texts without the place."""
    import ibis

    table = with_bodies(table, bodies).mutate(month=month_of(table.opened_at))
    table = table.filter(table.month >= span[0], table.month <= span[1], table.text.notnull())
    text, place = table.text.substr(0, LONGEST), table.place.substr(0, LONGEST)
    without = ibis.ifelse(place.notnull(), text.replace(ibis.coalesce(place, "\n"), " "), text)
    return table.select("request", "body", "opened_at", "month", "category", place=place, text=without)


def _drawn(opened: Any, table: ibis.Table) -> list[str]:
    """The requests whose ids have the least hashes, at most `MOST_READ`, in the order of their ids."""
    least, kept = np.empty(0, np.uint64), np.empty(0, object)
    for block in in_blocks(opened, "requests_drawn", table.select("request"), 20 * BLOCK):
        ids = block["request"].to_pylist()
        least = np.concatenate([least, whole_hashes(*characters(ids), len(ids))])
        kept = np.concatenate([kept, np.array(ids, dtype=object)])
        first = np.lexsort((kept, least))[:MOST_READ]
        least, kept = least[first], kept[first]
    return sorted(kept.tolist())


def _chosen(table: ibis.Table, ids: list[str]) -> Any:
    """Place and text of some requests, in the order of their ids."""
    import ibis
    import pyarrow as pa

    drawn = ibis.memtable(pa.table({"drawn": pa.array(ids, pa.string())}))
    return table.inner_join(drawn, table.request == drawn.drawn).to_pyarrow().sort_by("request")


def learn(chosen: Any, bodies: Bodies, least: int, random: np.random.Generator) -> Model | None:
    """What themes some requests have; None where too few share terms."""
    text, place = chosen["text"].to_pylist(), chosen["place"].fill_null("").to_pylist()
    where, said = (whole_hashes(*characters(one), len(one)) for one in (place, text))
    code = np.unique(np.where(where > 0, where, said), return_inverse=True)[1].ravel().astype(np.int64)
    found = cut(text)
    terms = shared_terms(found, code, least, (*bodies.names, *bodies.names_en))
    if len(terms) < 2:
        return None
    table = usage(found, terms)
    idf = inverse_frequency(np.bincount(table.indices, minlength=len(terms)), len(text))
    rows = weighted(table, idf)
    rows = rows[np.diff(rows.indptr) > 0]
    if rows.shape[0] < FEWEST:
        return None
    compared = rows[np.sort(random.permutation(rows.shape[0])[:MOST_COMPARED])]
    tried = [themes for themes in TRIED if themes <= min(len(terms), rows.shape[0] // (4 * least))]
    if not tried:
        return None
    agreed = np.array([stability(compared, themes, random) for themes in tried])
    best = int(np.flatnonzero(agreed >= agreed.max() - AS_STABLE)[-1])
    groups = spherical_means(rows, tried[best], random, starts=STARTS)
    order = np.argsort(-np.bincount(groups.of, minlength=tried[best]), kind="stable")
    used = _used_within(rows, groups.of, tried[best])
    names = tuple(named(list(terms), groups.centres[at], used[at] >= least) for at in order)
    return Model(terms, idf, groups.centres[order], names, float(agreed[best]))


def _used_within(rows: csr_array, of: Ints, groups: int) -> Floats:
    """How many texts of each group use each term, (G, T)."""
    from scipy.sparse import csr_array

    uses = csr_array((np.ones(rows.data.size), rows.indices, rows.indptr), shape=rows.shape)
    member = csr_array((np.ones(of.size), (of, np.arange(of.size))), shape=(groups, of.size))
    return np.asarray((member @ uses).toarray(), dtype=np.float64)


def named(terms: Sequence[str], centre: Floats, enough: Bools) -> tuple[str, ...]:
    """The terms that weigh most in a theme, none within another.

    >>> named(["充电", "充电桩", "电动车", "路灯"], np.array([0.3, 0.5, 0.6, 0.0]), np.ones(4, bool))
    ('电动车', '充电桩')
    """
    chosen: list[str] = []
    for at in np.argsort(-centre, kind="stable").tolist():
        if len(chosen) == NAMED_BY or centre[at] <= 0:
            break
        word = terms[at]
        if enough[at] and not any(word in other or other in word for other in chosen):
            chosen.append(word)
    return tuple(chosen)


def count(tally: Tally, block: Any, model: Model, first_month: int) -> None:
    """Add the requests of a block to the counts, each to the theme nearest to it."""
    themes = len(model.names) + 1
    theme = themes_of(block["text"].to_pylist(), model)
    np.add.at(tally.by_month, (theme, whole_numbers(block["month"]) - first_month), 1.0)
    np.add.at(tally.by_body, (theme, whole_numbers(block["body"])), 1.0)
    coded = block["category"].combine_chunks().dictionary_encode()
    category = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    cells = np.bincount(
        theme[category >= 0] + themes * category[category >= 0], minlength=themes * len(coded.dictionary)
    )
    for name, column in zip(coded.dictionary.to_pylist(), cells.reshape(-1, themes), strict=True):
        tally.by_category[name] = tally.by_category.get(name, 0.0) + column.astype(np.float64)


def themes_of(texts: Sequence[str], model: Model) -> Ints:
    """The theme of each text, (n,); one more than the last for a text that is near none."""
    parts = []
    for first in range(0, len(texts), _AT_ONCE):
        rows = weighted(usage(cut(texts[first : first + _AT_ONCE]), model.terms), model.idf)
        near = np.asarray(rows @ model.centres.T)
        parts.append(np.where(near.max(axis=1) >= NEAR, near.argmax(axis=1), len(model.names)))
    return np.concatenate([np.empty(0, np.int64), *parts]).astype(np.int64)


def _themes(model: Model, tally: Tally, period: str, start: int, first: datetime, last: datetime) -> Themes:
    """The counts from the first month with requests to the last, and how they grew."""
    begin, end = (moment.year * 12 + moment.month - 1 - start for moment in (first, last))
    months = [divmod(start + at, 12) for at in range(begin, end + 1)]
    days = np.array([monthrange(year, month + 1)[1] for year, month in months], dtype=np.float64)
    days[-1] = last.day
    days[0] -= first.day - 1
    by_month = tally.by_month[:, begin : end + 1]
    names = tuple(f"{year:04d}-{month + 1:02d}" for year, month in months)
    whole = days >= FEWEST_DAYS
    kept = [name for name, is_whole in zip(names, whole, strict=True) if is_whole]
    categories = tuple(sorted(tally.by_category))
    by_category = np.zeros((len(model.names) + 1, len(categories)))
    for at, name in enumerate(categories):
        by_category[:, at] = tally.by_category[name]
    growth = grown(by_month[:-1, whole], days[whole], kept)
    return Themes(period, names, model.names, categories, by_month, tally.by_body, by_category, growth, model.stability)


def grown(counts: Floats, days: Floats, months: Sequence[str]) -> Growth:
    """How the last month compares with those before, for each theme."""
    if len(months) < 2:
        nothing = np.full(len(counts), np.nan)
        return Growth((), "", nothing, nothing, nothing, nothing, nothing, float("nan"))
    ratio, low, high, p, unrest = last_growth(counts, days, MONTHS_BEFORE)
    before = tuple(months[-1 - MONTHS_BEFORE : -1])
    return Growth(before, months[-1], ratio, low, high, p, benjamini_hochberg(p), unrest)
