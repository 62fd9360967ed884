"""Tail: principal that falls due after the term of office that borrowed it (寅吃卯粮).

Only debts of terms that have ended by the end of the period are looked at. That something built to last is paid over
many years is no sign of anything; hence the second test, which compares with the debts of other bodies.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from minping.audit.cases import Cases, broken, places_of
from minping.audit.debt.by_body import cases_of
from minping.audit.debt.standing import Standing, debt_standing, share
from minping.audit.money import yuan
from minping.audit.opened import Opened
from minping.model.arrays import Floats, Ints
from minping.model.findings import Places
from minping.stats.above_peers import above_peers, group_means
from minping.stats.exceedance import more_than_elsewhere
from minping.stats.groups import counts, sums
from minping.words import Text

LEAST = 2  #: debts of a body that a comparison needs
MOST = 0.8  #: of all debts are left less to later terms than the fifth that counts
NO_ENDED = Text(
    "没有在已结束的任期内举借、且有还款计划的债务",
    "no debt with repayments was borrowed in a term that has ended",
)


def left_to_successors(opened: Opened) -> Cases | Text:
    """Bodies that leave more of the principal to later terms than the scheme's threshold."""
    found = _with_tail(opened)
    if isinstance(found, Text):
        return found
    most = opened.rules.debt.tail_above
    p = np.where(np.isnan(found.tail_share), np.nan, broken(found.tail_share > most))
    told = _told(opened, found)

    def say(at: int) -> Text:
        words = told(at)
        return Text(f"{words.zh}；阈值 {most:.0%}", f"{words.en}; threshold {most:.0%}")

    return cases_of(found, p, say, found.tail_share, np.full(p.size, most), _later(found))


def tail_above_peers(opened: Opened) -> Cases | Text:
    """Bodies whose debts are left to later terms far more than those of other bodies."""
    found = _with_tail(opened)
    if isinstance(found, Text):
        return found
    each = share(found.tail.after, found.tail.whole)
    p = chance(each, found.ledger.body, opened.bodies)
    if np.isnan(p).all():
        return Text("可比的单位太少，或各单位的债务没有差别", "too few bodies to compare, or their debts are all alike")
    known = np.isfinite(each)
    total = [float(one[known].sum()) for one in (found.tail.after, found.tail.whole)]
    others = share(total[0] - found.tail_share * found.tail_of, total[1] - found.tail_of)
    told = _told(opened, found)

    def say(at: int) -> Text:
        words = told(at)
        return Text(f"{words.zh}；其他单位合计 {others[at]:.0%}", f"{words.en}; {others[at]:.0%} in all other bodies")

    return cases_of(found, p, say, found.tail_share, others, _later(found))


def chance(each: Floats, body: Ints, bodies: int) -> Floats:
    """P that the debts of a body are left to later terms so much more than those of the others; (D,) -> (N,).

    The larger (Berger 1982) of two: by the mean share against the means of the others, and by how many of the body's
    debts are among the fifth that is left most (Fisher 1935). Most debts are left not at all: the first alone would be
    too sure, the second alone would take bodies' ways for chance.
    """
    at = np.flatnonzero(np.isfinite(each))
    if not at.size:
        return np.full(bodies, np.nan)
    share_left, home = each[at], body[at]
    found = group_means(share_left, home, bodies)
    by_mean = above_peers(np.where(found.n >= LEAST, found.mean, np.nan), found.variance).p
    cut = float(np.quantile(share_left, MOST))
    most = share_left > cut if (share_left > cut).any() else share_left >= cut
    many, size = counts(home[most], bodies).astype(np.float64), found.n.astype(np.float64)
    by_count = more_than_elsewhere(many, size)
    return np.where(np.isnan(by_mean), np.nan, np.maximum(by_mean, by_count))


def _with_tail(opened: Opened) -> Standing | Text:
    found = debt_standing(opened)
    return NO_ENDED if isinstance(found, Standing) and not (found.tail_of > 0).any() else found


def _told(opened: Opened, found: Standing) -> Callable[[int], Text]:
    ledger, tail, bodies = found.ledger, found.tail, opened.bodies
    ended, open_terms = (sums(ledger.body, one.astype(np.float64), bodies) for one in (tail.ended, tail.going_on))
    last = np.full(bodies, np.datetime64("0001-01-01", "D"))
    np.maximum.at(last, ledger.body[ledger.debt[tail.later]], ledger.due[tail.later])

    def told(at: int) -> Text:
        money = yuan(found.tail_share[at] * found.tail_of[at]), yuan(found.tail_of[at])
        return Text(
            f"已结束的任期内举借 {ended[at]:.0f} 笔，本金 {money[1].zh}，其中 {money[0].zh}（{found.tail_share[at]:.0%}）在该任期之后到期，"
            f"最晚 {last[at]}；现任期内举借的 {open_terms[at]:.0f} 笔、没有还款计划的 {found.unscheduled[at]} 笔、"
            f"查不到任期的 {found.without_term[at]} 笔未计",
            f"{ended[at]:.0f} debts of terms that have ended, {money[1].en} of principal, {money[0].en} of it "
            f"({found.tail_share[at]:.0%}) due after the term that borrowed, the last on {last[at]}; not counted: "
            f"{open_terms[at]:.0f} of terms that go on, {found.unscheduled[at]} without repayments, "
            f"{found.without_term[at]} on days that no term contains",
        )

    return told


def _later(found: Standing) -> Places:
    """Repayments due after the term."""
    ledger, at = found.ledger, np.flatnonzero(found.tail.later)
    return places_of(ledger.body[ledger.debt[at]], ledger.due_file[at], ledger.due_row[at])
