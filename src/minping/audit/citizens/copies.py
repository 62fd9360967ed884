"""Copied comments: the same sentence again and again in one body, and seldom elsewhere.

People as pleased are compared with each other (levels 4 and 5, or 1 to 3), since the pleased and the displeased write
different things. A sentence that a body has once is no copy. Spaces and punctuation don't count, nor do short phrases
that everybody uses (好, 满意, 谢谢).
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Outcome
from minping.audit.citizens.sources import Sources, columns
from minping.model.arrays import Floats, Ints
from minping.stats.exceedance import best_of, more_than_drawn
from minping.stats.groups import codes, sums
from minping.words import Text

SHORTEST = 8  #: characters of a comment that two people would hardly write alike by chance
MARKS = r"[\s\p{P}\p{S}]+"
SET_ASIDE = 0.05  #: what is beyond chance even among all sentences of all bodies does not count as usual for the rest
NO_COMMENTS = Text(f"没有 {SHORTEST} 字以上的评语", f"no comment has {SHORTEST} characters or more")


def copied_comments(sources: Sources) -> Outcome | Text:
    """The sentence of each body that stands out most against all bodies (Fisher's exact test).

    Bonferroni over all sentences that somebody wrote twice: the others can't be copies (Tarone 1990).
    """
    import ibis
    import pyarrow as pa

    table = sources.ratings.mutate(
        words=sources.ratings.comment.lower().re_replace(MARKS, ""), pleased=(sources.ratings.level >= 4).cast("int64")
    )
    table = table.filter(table.words.length() >= SHORTEST)
    cells = columns(table.group_by("body", "words", "pleased").aggregate(n=table.count()))
    if not cells["n"].size:
        return NO_COMMENTS
    body, pleased, n = cells["body"].astype(np.int64), cells["pleased"].astype(np.int64), cells["n"]
    sentence = codes(np.unique(cells["words"].astype(str), return_inverse=True)[1].astype(np.int64), pleased)
    part = 2 * body + pleased
    p, usual = _dealt(n, part, sentence, pleased)
    plain = p * n.size > SET_ASIDE
    p[plain], usual[plain] = _dealt(n[plain], part[plain], sentence[plain], pleased[plain])
    often = sums(sentence, n, int(sentence.max()) + 1)
    can_repeat = int((often > 1).sum())
    most = _most(body, p)
    observed, expected = np.zeros(sources.bodies), np.zeros(sources.bodies)
    observed[body[most]] = n[most]
    expected[body[most]] = usual[most]
    found = pa.table(
        {
            "where": pa.array(body[most], pa.int64()),
            "said": cells["words"][most].tolist(),
            "mood": pa.array(pleased[most], pa.int64()),
        }
    )
    copied = ibis.memtable(found)
    rows = table.inner_join(
        copied, [table.body == copied.where, table.words == copied.said, table.pleased == copied.mood]
    )
    return Outcome(
        observed, expected, sums(body, n, sources.bodies), best_of(p, body, sources.bodies, can_repeat), rows
    )


def _dealt(n: Floats, part: Ints, sentence: Ints, pleased: Ints) -> tuple[Floats, Floats]:
    """Were the comments dealt to the bodies at random: how likely so many, and how many to expect, of each cell."""
    size, often, whole = (sums(of, n, int(of.max(initial=-1)) + 1)[of] for of in (part, sentence, pleased))
    return np.where(n > 1, more_than_drawn(n, size, often, whole), 1.0), size * often / whole


def _most(body: Ints, p: Floats) -> Ints:
    """The position of the smallest p-value of each body that has one."""
    order = np.lexsort((p, body))
    first = np.searchsorted(body[order], np.unique(body))
    return np.asarray(order[first], dtype=np.int64)
