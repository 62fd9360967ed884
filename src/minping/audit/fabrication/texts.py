"""Texts: reports more than half of which stand in an earlier report, of the same body or of another.

What many reports say (headings, legal names, prescribed sentences) is not counted. The longest shared passage is shown.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases, broken, places_of
from minping.audit.opened import Opened
from minping.model.arrays import Floats, Ints
from minping.stats.passages import longest_shared
from minping.stats.reuse import Reuse, reuse
from minping.words import Text

LEAST = 0.5  #: of a report's runs of eight characters that are its own
QUOTED = 60  #: characters of the passage that are shown
ONE_REPORT = Text("不足两份报告可以比较", "fewer than two reports to compare")


def reused_reports(opened: Opened) -> Cases | Text:
    """Each report of the period against all reports handed in before it, or on the same day with a lesser id."""
    frame = opened.frame("reports")
    if len(frame) < 2:
        return ONE_REPORT
    by_id = np.unique(frame.text("report").astype(str), return_inverse=True)[1]
    order = np.lexsort((by_id, frame.day("submitted_on")))
    texts = frame.text("text")[order].tolist()
    later = np.flatnonzero(opened.inside(frame.day("submitted_on")[order]))
    source, share = most_reused(reuse(texts, least=LEAST), len(texts))
    rows, source, share = order[later], source[later], share[later]
    names, bodies = frame.text("report"), opened.evidence.bodies

    def say(at: int) -> Text:
        one, other = later[at], source[at]
        passage = longest_shared(texts[other], texts[one])
        words = "" if passage is None else " ".join(passage.words.split())
        quoted = words if len(words) <= QUOTED else f"{words[:QUOTED]}…"
        length = 0 if passage is None else passage.characters
        whose = bodies.ids[int(frame.body[order[other]])]
        return Text(
            f"除通用语句外，{100 * share[at]:.0f} % 的文字见于 {whose} 的 {names[order[other]]}；"
            f"最长的相同段落 {length} 字：“{quoted}”",
            f"{100 * share[at]:.0f} % of its own words stand in {names[order[other]]} of {whose}; the longest shared "
            f"passage has {length} characters: “{quoted}”",
        )

    flagged = np.flatnonzero(share >= LEAST)
    held = order[source[flagged]]
    return Cases(
        frame.body[rows],
        names[rows].tolist(),
        share,
        np.zeros(share.size),
        np.ones(share.size),
        broken(share >= LEAST),
        say,
        places_of(np.arange(rows.size), frame.file[rows], frame.row[rows]),
        places_of(flagged, frame.file[held], frame.row[held]),
    )


def most_reused(found: Reuse, texts: int) -> tuple[Ints, Floats]:
    """For each text the earlier one that holds most of it, (T,), -1 for none; and how much, (T,).

    `found` is of texts in the order in which they were handed in.
    """
    source, share = np.full(texts, -1, dtype=np.int64), np.zeros(texts)
    order = np.lexsort((found.of_other, found.other))
    source[found.other[order]], share[found.other[order]] = found.one[order], found.of_other[order]
    return source, share
