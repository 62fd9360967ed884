"""Themes: what people ask for, by month, body and category, and how a body's effort compares with it."""

from __future__ import annotations

from dataclasses import dataclass

from minping.model.arrays import Floats


@dataclass(frozen=True, slots=True)
class Themes:
    """K themes of the requests of a period; the last row of each table of counts holds those of no theme."""

    period: str
    months: tuple[str, ...]  #: (M,)
    terms: tuple[tuple[str, ...], ...]  #: (K,) what a theme is called by, most telling first
    categories: tuple[str, ...]  #: (C,)
    by_month: Floats  #: (K + 1, M) requests
    by_body: Floats  #: (K + 1, N)
    by_category: Floats  #: (K + 1, C)
    growth: Growth
    stability: float  #: how far two halves of the requests give the same themes, 1 fully, 0 as by chance


@dataclass(frozen=True, slots=True)
class Growth:
    """How requests a day of the last month compare with those of the months before, (K,); NaN where it can't be told."""

    before: tuple[str, ...]  #: months; empty where there are no two
    after: str
    ratio: Floats
    low: Floats  #: of the 95 % interval
    high: Floats
    p: Floats  #: one-sided: of so much growth by the usual ups and downs
    q: Floats  #: adjusted over the themes (Benjamini–Hochberg)
    unrest: float  #: variance of the usual ups and downs, in that of independent requests; NaN: not known


@dataclass(frozen=True, slots=True)
class Alignment:
    """Requests and effort of each body by category, in a period."""

    period: str
    categories: tuple[str, ...]  #: (C,) of requests or effort
    asked: Floats  #: (N, C) requests
    done: dict[str, Floats]  #: measure of effort -> (N, C) in its unit; NaN row: nothing is known of a body
    apart: dict[str, Apart]  #: by measure of effort


@dataclass(frozen=True, slots=True)
class Apart:
    """How far the shares of requests and of effort lie apart, (N,): the share that would have to move for them to agree."""

    estimate: Floats  #: total variation distance, 0–1, less what chance adds; NaN: no requests or no effort
    low: Floats  #: of the 95 % interval
    high: Floats
    by_chance: Floats  #: what so few requests would show if people asked exactly for what is done
