"""Interviewers: batches of interviews that look recorded rather than asked, against other interviewers of the survey.

Only interviews whose first answer is the same are compared, so that a body with which people are content (where many
say 5 to everything) is no sign. The null hypothesis: interviews are dealt to interviewers at random within such groups.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Outcome
from minping.audit.citizens.interviews import Interviews
from minping.model.arrays import Bools, Floats, Ints
from minping.stats.exceedance import best_of, more_than_dealt, more_than_drawn
from minping.stats.groups import codes, distinct, sums
from minping.words import Text

FEWEST = 3  #: interviewers that can be compared
QUESTIONS = 3  #: answers of an interview from which they can be all alike, or a set can be told from another
SHORTEST = 0.05  #: share of all interviews that counts as short
NO_INTERVIEWERS = Text(
    f"访问员不足 {FEWEST} 名（interviewer 列）", f"fewer than {FEWEST} interviewers (column interviewer)"
)
FEW_QUESTIONS = Text(f"没有答满 {QUESTIONS} 题的答卷", f"no interview has {QUESTIONS} answers")
NO_SILENCE = Text("没有“不知道”或拒答", "nobody said “don't know” or refused")
NO_MINUTES = Text("没有访问时长（minutes 列）", "no interview tells how long it took (column minutes)")


def one_answer_to_all(interviews: Interviews) -> Outcome | Text:
    """Interviews with one answer to all questions (straight-lining)."""
    looked = interviews.answered >= QUESTIONS
    return _batches(interviews, interviews.alike, looked, FEW_QUESTIONS)


def unknown_answers(interviews: Interviews) -> Outcome | Text:
    """Interviews in which somebody did not know or would not say."""
    everyone = np.ones(len(interviews.body), dtype=np.bool_)
    return _batches(interviews, interviews.silent, everyone, NO_SILENCE, by_first=False)


def short_interviews(interviews: Interviews) -> Outcome | Text:
    """Interviews among the shortest twentieth of the survey."""
    looked = ~np.isnan(interviews.minutes)
    edge = np.quantile(interviews.minutes[looked], SHORTEST) if looked.any() else 0.0
    return _batches(interviews, looked & (interviews.minutes <= edge), looked, NO_MINUTES, by_first=False)


def copied_answers(interviews: Interviews) -> Outcome | Text:
    """The set of answers of each interviewer that stands out most (Fisher; Bonferroni over sets that occur twice).

    Interviews with one answer to all questions are looked at elsewhere.
    """
    looked = np.flatnonzero((interviews.answered >= QUESTIONS) & ~interviews.alike)
    if len(interviews.names) < FEWEST:
        return NO_INTERVIEWERS
    if not looked.size:
        return FEW_QUESTIONS
    stratum = codes(interviews.year[looked], interviews.first[looked])
    said = codes(interviews.answers[looked], stratum)
    part = codes(interviews.interviewer[looked], stratum)
    cell = codes(part, said)
    one = np.ones(looked.size)
    n, size, often, whole = (sums(of, one, int(of.max()) + 1)[of] for of in (cell, part, said, stratum))
    p = np.where(n > 1, more_than_drawn(n, size, often, whole), 1.0)
    repeated = int((np.bincount(said) > 1).sum())
    each = best_of(p, interviews.interviewer[looked], len(interviews.names), repeated)
    best = np.full(len(interviews.names), np.inf)
    np.minimum.at(best, interviews.interviewer[looked], p)
    marked = np.zeros(len(interviews.body), dtype=np.bool_)
    marked[looked] = (p == best[interviews.interviewer[looked]]) & (n > 1)
    usual = np.zeros(len(interviews.body))
    usual[looked] = often / whole
    inside = np.zeros(len(interviews.body), dtype=np.bool_)
    inside[looked] = True
    return _of_bodies(interviews, each, marked, inside, usual)


def _batches(
    interviews: Interviews, marked: Bools, looked: Bools, nothing: Text, *, by_first: bool = True
) -> Outcome | Text:
    """Marked interviews of each interviewer against those of all, by year and (as a rule) first answer."""
    if len(interviews.names) < FEWEST:
        return NO_INTERVIEWERS
    if not (looked & marked).any():
        return nothing
    year, first = interviews.year[looked], interviews.first[looked]
    stratum = codes(year, first) if by_first else distinct(year)[1]
    shape = (len(interviews.names), int(stratum.max()) + 1)
    cell = interviews.interviewer[looked] * shape[1] + stratum
    size = sums(cell, np.ones(cell.size), shape[0] * shape[1]).reshape(shape)
    found = sums(cell, marked[looked].astype(np.float64), shape[0] * shape[1]).reshape(shape)
    whole, in_all = (np.broadcast_to(figures.sum(axis=0), shape) for figures in (size, found))
    each = more_than_dealt(found.sum(axis=1), size, in_all, whole)
    usual = np.zeros(len(interviews.body))
    usual[looked] = (in_all / whole)[0][stratum]
    return _of_bodies(interviews, each, marked & looked, looked, usual)


def _of_bodies(interviews: Interviews, each: Floats, marked: Bools, looked: Bools, usual: Floats) -> Outcome:
    """From interviewers to bodies: the batch of each body that stands out most (Bonferroni over its interviewers).

    Args:
        interviews: n of them
        each: (I,) p-value of each interviewer
        marked: (n,)
        looked: (n,) which interviews count
        usual: (n,) the chance that one like it is marked
    """
    import ibis
    import pyarrow as pa

    body, who = interviews.body[looked], interviews.interviewer[looked]
    batch, place = distinct(body * len(interviews.names) + who)
    of_body, of_whom = np.divmod(batch, len(interviews.names))
    n, found, expected = (sums(place, figures[looked].astype(np.float64), batch.size)
                          for figures in (np.ones(len(marked)), marked, usual))  # fmt: skip
    p = np.where(found > expected, each[of_whom], 1.0)
    order = np.lexsort((-found, p, of_body))
    top = order[np.searchsorted(of_body[order], np.unique(of_body))]
    observed, likely, size = (
        _spread(figures[top], of_body[top], interviews.bodies) for figures in (found, expected, n)
    )
    named = pa.table({"where": pa.array(of_body[top]), "who": [interviews.names[at] for at in of_whom[top]]})
    rows = interviews.rows.inner_join(ibis.memtable(named), [("body", "where"), ("interviewer", "who")])
    return Outcome(observed, likely, size, best_of(p, of_body, interviews.bodies), rows)


def _spread(figures: Floats, at: Ints, bodies: int) -> Floats:
    whole = np.zeros(bodies)
    whole[at] = figures
    return whole
