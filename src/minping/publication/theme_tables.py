"""Tables of what people ask for: themes by month, body and category, and requests beside effort.

Every count of requests is told in steps of k only, and none below k (nought and few look alike): no sum or difference
of what is published gives a small count away. Ratios have two figures that count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.indicators.alignment import shares
from minping.indicators.themes import LEAST
from minping.model.arrays import Bools, Floats
from minping.model.themes import Alignment, Themes

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

SHARE_WRONG = 0.05  #: of the themes called fast-growing at most so many are so by chance, in expectation
BETWEEN = "、"


def least_shown(evaluation: Evaluation) -> int:
    """The k of these tables: the scheme's, and never below that of the terms."""
    return max(evaluation.scheme.publish.k or 1, LEAST)


def coarse(counts: Floats, k: int) -> Floats:
    """Counts to the nearest multiple of k; NaN below k, so that nought and few look alike.

    >>> coarse(np.array([0.0, 9.0, 10.0, 14.0, 15.0, 104.0]), 10)
    array([ nan,  nan,  10.,  10.,  20., 100.])
    """
    return np.where(counts < k, np.nan, k * np.floor(counts / k + 0.5))


def rough(numbers: Floats) -> Floats:
    """Numbers with two figures that count.

    >>> rough(np.array([0.0123, 5.678, np.nan]))
    array([0.012, 5.7  ,   nan])
    """
    return np.array([float(f"{number:.2g}") for number in numbers.tolist()])


def fast_growing(themes: Themes) -> Bools:
    """Which themes grow beyond the usual ups and downs (Benjamini–Hochberg over all themes), (K,)."""
    return np.asarray((themes.growth.q <= SHARE_WRONG) & (themes.growth.ratio > 1))


def grows(themes: Themes, k: int) -> dict[str, Floats]:
    """Ratio, interval and q of each theme, (K,) each; NaN where the last month has fewer than k.

    Where only those before have fewer, q alone is told: the theme is new, and a ratio would give a small count away.
    """
    growth = themes.growth
    last = themes.months.index(growth.after) if growth.after else 0
    before = [themes.months.index(name) for name in growth.before]
    counts = themes.by_month[:-1]
    now = counts[:, last] >= k
    both = now & (counts[:, before].sum(axis=1) >= k)
    columns = {"growth": growth.ratio, "growth_lo": growth.low, "growth_hi": growth.high}
    found = {name: np.where(both, rough(column), np.nan) for name, column in columns.items()}
    return found | {"q": np.where(now, rough(growth.q), np.nan)}


def themes_table(evaluation: Evaluation) -> dict[str, Any]:
    """One row per theme: its terms, requests, growth; the last is of no theme."""
    themes = evaluation.themes
    if themes is None:
        return {}
    k = least_shown(evaluation)
    counts = coarse(themes.by_month.sum(axis=1), k)
    grown = grows(themes, k)
    return {
        "theme": [*_ids(themes)],
        "terms": [*(BETWEEN.join(words) for words in themes.terms), ""],
        "requests": whole(counts),
        **{name: np.append(column, np.nan) for name, column in grown.items()},
        "fast_growing": [*(fast_growing(themes) & np.isfinite(grown["q"])).tolist(), False],
    }


def by_month(evaluation: Evaluation) -> dict[str, Any]:
    """One row per theme and month."""
    themes = evaluation.themes
    return {} if themes is None else _long(themes, "month", themes.months, themes.by_month, least_shown(evaluation))


def by_body(evaluation: Evaluation) -> dict[str, Any]:
    """One row per theme and body."""
    themes = evaluation.themes
    ids = evaluation.evidence.bodies.ids
    return {} if themes is None else _long(themes, "body", ids, themes.by_body, least_shown(evaluation))


def by_category(evaluation: Evaluation) -> dict[str, Any]:
    """One row per theme and category, of categories with k requests or more: any other may be somebody's own words."""
    themes = evaluation.themes
    if themes is None:
        return {}
    k = least_shown(evaluation)
    kept = np.flatnonzero(themes.by_category.sum(axis=0) >= k)
    return _long(themes, "category", [themes.categories[at] for at in kept], themes.by_category[:, kept], k)


def _long(themes: Themes, name: str, columns: Any, counts: Floats, k: int) -> dict[str, Any]:
    ids = _ids(themes)
    return {
        "theme": [theme for theme in ids for _ in columns],
        name: [*columns] * len(ids),
        "requests": whole(coarse(counts, k).ravel()),
    }


def _ids(themes: Themes) -> list[str]:
    return [*(f"T{at + 1:02d}" for at in range(len(themes.terms))), "none"]


def shown_categories(alignment: Alignment, k: int) -> Bools:
    """The categories that may be named: with effort of some body, or k requests, (C,)."""
    done = np.sum([effort.sum(axis=0) > 0 for effort in alignment.done.values()], axis=0) > 0
    return np.asarray(done | (alignment.asked.sum(axis=0) >= k))


def alignment_table(evaluation: Evaluation) -> dict[str, Any]:
    """One row per body, category and measure of effort: requests and effort, and their shares."""
    alignment = evaluation.alignment
    if alignment is None:
        return {}
    k = least_shown(evaluation)
    kept = shown_categories(alignment, k)
    asked = coarse(alignment.asked[:, kept], k)
    share = asked / alignment.asked.sum(axis=1, keepdims=True).clip(1)
    bodies = evaluation.evidence.bodies.ids
    names = [name for name, is_kept in zip(alignment.categories, kept, strict=True) if is_kept]
    measures = list(alignment.done)
    return {
        "body": [body for _ in measures for body in bodies for _ in names],
        "category": names * len(bodies) * len(measures),
        "measure": [measure for measure in measures for _ in bodies for _ in names],
        "requests": whole(np.tile(asked.ravel(), len(measures))),
        "share_asked": np.tile(share.round(3).ravel(), len(measures)),
        "effort": np.concatenate([alignment.done[name][:, kept].ravel() for name in measures]),
        "share_done": np.concatenate([shares(alignment.done[name])[:, kept].ravel() for name in measures]),
    }


def apart_table(evaluation: Evaluation) -> dict[str, Any]:
    """One row per body and measure of effort: how far requests and effort lie apart."""
    alignment = evaluation.alignment
    if alignment is None:
        return {}
    few = alignment.asked.sum(axis=1) < least_shown(evaluation)
    bodies, measures = evaluation.evidence.bodies.ids, list(alignment.apart)
    columns = {"apart": "estimate", "apart_lo": "low", "apart_hi": "high", "by_chance": "by_chance"}
    return {
        "body": [*bodies] * len(measures),
        "measure": [name for name in measures for _ in bodies],
        **{
            column: np.concatenate(
                [np.where(few, np.nan, getattr(alignment.apart[name], found)).round(3) for name in measures]
            )
            for column, found in columns.items()
        },
    }


def whole(numbers: Floats) -> Any:
    """Whole numbers, null where NaN."""
    import pyarrow as pa

    return pa.array(np.nan_to_num(numbers).astype(np.int64), mask=np.isnan(numbers))


#: published where the evidence has what they tell; a function gives nothing where it has not
THEME_TABLES: dict[str, Callable[[Evaluation], dict[str, Any]]] = {
    "themes": themes_table,
    "theme_months": by_month,
    "theme_bodies": by_body,
    "theme_categories": by_category,
    "alignment": alignment_table,
    "apart": apart_table,
}
