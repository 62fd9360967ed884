"""Digits: last digits of counted figures against equal shares; leading digits of large ledgers against Benford's law.

People who make figures up prefer some last digits and avoid pairs (Beber and Scacco 2012, "What the numbers say",
Political Analysis 20). Leading digits follow Benford's law where amounts span orders of magnitude and nobody sets them;
a real ledger follows it nearly, never exactly, so a body is looked at only where the deviation is both beyond chance
and beyond what Nigrini (2012) calls nonconformity.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from minping.audit.cases import Cases
from minping.audit.opened import Opened
from minping.model.arrays import Floats, Ints
from minping.stats.digit_pairs import Pairs, last_pairs
from minping.stats.digits import benford, benford_second, leading
from minping.stats.ledgers import ledger
from minping.stats.tails import chi2_tail
from minping.stats.written import written
from minping.words import Text

LAST_FROM = 100  #: figures of a body
LONG = 1000  #: in units of the last place: figures with two digits or more before their last two
LEDGER_FROM = 300  #: payments of a body
SPAN = 100.0  #: largest to smallest payment: two orders of magnitude (of the middle 98 per cent)
#: mean absolute deviation of first, second and first two digits that is nonconformity (Nigrini 2012, table 7.1)
NONCONFORMING = (0.015, 0.012, 0.0022)
FROM = (300, 300, 3000)  #: payments from which each is looked at
NO_COUNTS = Text(f"没有单位有 {LAST_FROM} 个四位以上的数", f"no body has {LAST_FROM} figures of four digits or more")
NO_LEDGER = Text(
    f"没有单位有 {LEDGER_FROM} 笔跨两个数量级的支付", f"no body has {LEDGER_FROM} payments over two orders of magnitude"
)


class Fit(NamedTuple):
    """Counts of digits of N bodies against expected shares."""

    counts: Floats  #: (N, K)
    n: Floats  #: (N,)
    chi2: Floats  #: (N,)
    p: Floats  #: (N,) Pearson's, K − 1 degrees of freedom
    mad: Floats  #: (N,) mean absolute deviation of the shares


def fit(digit: Ints, body: Ints, bodies: int, expected: Floats) -> Fit:
    """Pearson's chi-square of each body's digits, 0 to K − 1, at once."""
    width = expected.size
    counts = np.bincount(body * width + digit, minlength=bodies * width).reshape(bodies, width).astype(np.float64)
    n = counts.sum(axis=1)
    usual = n[:, None] * expected
    chi2 = np.where(n > 0, ((counts - usual) ** 2 / np.where(usual > 0, usual, 1.0)).sum(axis=1), np.nan)
    mad = np.abs(counts / np.maximum(n, 1)[:, None] - expected).mean(axis=1)
    return Fit(counts, n, chi2, chi2_tail(chi2, width - 1), mad)


class Ends(NamedTuple):
    """Figures whose last digits are known, C of them."""

    body: Ints
    whole: Ints  #: in units of the last published place
    row: Ints  #: position in `Official`


def endings(opened: Opened) -> Ends:
    """Counted and measured figures of four digits or more, of all years up to the audited one.

    Where a series has decimals they must be declared: a nought at the end is lost when figures are read.
    """
    history = opened.history
    names = [
        name
        for name, one in opened.declared.items()
        if one.kind in ("count", "money", "physical") and history.at(name) >= 0
    ]
    upto = [at for at, period in enumerate(history.periods) if period[:4] <= opened.period[:4]]
    series = np.array([history.at(name) for name in names], dtype=np.int64)
    row = history.row[np.ix_(np.array(upto, dtype=np.int64), np.arange(opened.bodies), series)]
    found = written(history.taken(history.official.value, row))
    declared = np.array(
        [-1 if (told := opened.declared[name].decimals) is None else told for name in names], dtype=np.int64
    )
    most = found.places.max(axis=(0, 1), initial=0)
    usable = np.where(declared >= 0, most <= declared, most == 0)
    whole = np.abs(found.whole) * 10 ** np.maximum(declared - found.places, 0)
    at = np.nonzero(found.known & usable & (whole >= LONG))
    return Ends(at[1], whole[at], row[at])


def last_digits(opened: Opened) -> Cases | Text:
    """Last digits of each body against equal shares."""
    ends = endings(opened)
    found = fit(ends.whole % 10, ends.body, opened.bodies, np.full(10, 0.1))
    if not (found.n >= LAST_FROM).any():
        return NO_COUNTS
    most = found.counts.argmax(axis=1)

    def say(at: int) -> Text:
        share = 100 * found.counts[at, most[at]] / found.n[at]
        return Text(
            f"{found.n[at]:.0f} 个数的末位：{most[at]} 占 {share:.0f} %，应约 10 %（χ² = {found.chi2[at]:.1f}）",
            f"last digits of {found.n[at]:.0f} figures: {share:.0f} % are {most[at]}, about 10 % should be (χ² = {found.chi2[at]:.1f})",
        )

    p = np.where(found.n >= LAST_FROM, found.p, np.nan)
    return _of_bodies(opened, (100 * found.mad, np.zeros(p.size), found.n, p), say)


def digit_pairs(opened: Opened) -> Cases | Text:
    """Figures of each body whose last two digits are the same, or neighbours: invented ones repeat too seldom."""
    ends = endings(opened)
    pairs = last_pairs(ends.whole, ends.body, opened.bodies)
    n, found, near = pairs.figures, pairs.repeated, pairs.neighbours
    if not (n >= LAST_FROM).any():
        return NO_COUNTS
    p = np.where(n >= LAST_FROM, either_of(pairs), np.nan)

    def say(at: int) -> Text:
        return Text(
            f"{n[at]:.0f} 个数中末两位相同的 {found[at]:.0f} 个（应约 {n[at] / 10:.0f}），相邻的 {near[at]:.0f} 个（应约 {n[at] / 5:.0f}）",
            f"of {n[at]:.0f} figures {found[at]:.0f} end in two equal digits (about {n[at] / 10:.0f} should) and {near[at]:.0f} "
            f"in neighbours (about {n[at] / 5:.0f})",
        )

    return _of_bodies(opened, (found, n / 10, n, p), say)


def either_of(pairs: Pairs) -> Floats:
    """p-value of too few repeats or too many neighbours, (N,): the smaller twice (Bonferroni)."""
    return np.asarray(np.minimum(2 * np.minimum(pairs.p_few_repeated, pairs.p_many_neighbours), 1.0))


def benford_ledgers(opened: Opened) -> Cases | Text:
    """Leading digits of each body's payments of the period against Benford's law; computed amounts don't count."""
    frame = opened.frame("payments")
    known = (frame.number("amount_cny") > 0) & written(frame.number("amount_cny")).known
    kept = np.flatnonzero(opened.inside(frame.day("paid_on")) & known)
    amounts, body = written(frame.number("amount_cny")[kept]), frame.body[kept]
    wide = spans(frame.number("amount_cny")[kept], body, opened.bodies)
    fits = fits_of(amounts.whole, body, opened.bodies)
    n = fits[0].n
    looked = (n >= LEDGER_FROM) & (wide >= SPAN)
    if not looked.any():
        return NO_LEDGER
    p, far = beyond(fits)

    def say(at: int) -> Text:
        told = ledger(frame.number("amount_cny")[kept[body == at]])
        most = int(np.argmax(np.abs(told.first.counts / n[at] - told.first.expected)))
        share, likely = 100 * told.first.counts[most] / n[at], 100 * told.first.expected[most]
        mads = [f"{one.mad:.4f}" for one in (told.first, told.second, told.first_two)]
        return Text(
            f"{n[at]:.0f} 笔支付：首位为 {most + 1} 的占 {share:.1f} %，应约 {likely:.1f} %；平均绝对偏差：首位 {mads[0]}、次位 "
            f"{mads[1]}、首两位 {mads[2]}；尾数弧检验 p = {told.mantissas.p:.2g}",
            f"{n[at]:.0f} payments: {share:.1f} % begin with {most + 1}, about {likely:.1f} % should; mean absolute "
            f"deviations: first digit {mads[0]}, second {mads[1]}, first two {mads[2]}; mantissa arc p = {told.mantissas.p:.2g}",
        )

    return _of_bodies(opened, (far, np.ones(p.size), n, np.where(looked, p, np.nan)), say)


def fits_of(whole: Ints, body: Ints, bodies: int) -> tuple[Fit, Fit, Fit]:
    """First digit, second digit and first two digits of each body's amounts against Benford's law."""
    two = leading(whole, 2)
    return (
        fit(two // 10 - 1, body, bodies, benford(1)),
        fit(two % 10, body, bodies, benford_second()),
        fit(two - 10, body, bodies, benford(2)),
    )


def beyond(fits: tuple[Fit, Fit, Fit]) -> tuple[Floats, Floats]:
    """p-value of each body, 1 unless a deviation is nonconformity, NaN without enough; and how far beyond its limit it is; (N,).

    The first two digits are looked at where there are enough payments; the smallest p-value counts as often as there
    are statistics (Bonferroni).
    """
    looked = np.stack([one.n >= least for one, least in zip(fits, FROM, strict=True)])
    far = np.stack([one.mad / limit for one, limit in zip(fits, NONCONFORMING, strict=True)])
    p = np.where(looked & (far > 1), np.stack([one.p for one in fits]), 1.0).min(axis=0)
    many = looked.sum(axis=0)
    return np.where(many > 0, np.minimum(many * p, 1.0), np.nan), np.where(looked, far, 0.0).max(axis=0)


def spans(amounts: Floats, body: Ints, bodies: int) -> Floats:
    """99th to 1st percentile of each body's amounts, (N,); 0 without any."""
    order = np.lexsort((amounts, body))
    count = np.bincount(body, minlength=bodies)
    start = np.cumsum(count) - count
    low, high = (start + np.floor(share * np.maximum(count - 1, 0)).astype(np.int64) for share in (0.01, 0.99))
    there = count > 0
    found = np.zeros(bodies)
    found[there] = amounts[order[high[there]]] / amounts[order[low[there]]]
    return found


def _of_bodies(opened: Opened, figures: tuple[Floats, Floats, Floats, Floats], say: Callable[[int], Text]) -> Cases:
    """One case for each body; no single row is at fault, so none is named."""
    return Cases(np.arange(opened.bodies), [""] * opened.bodies, *figures, say)
