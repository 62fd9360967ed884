"""Paper: tasks closed on papers alone, verified by whoever did them, or checked on site by the dozen in one day.

These are rules and no statistics: what the register says of a task either meets them or does not.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases, broken
from minping.audit.formalism.by_body import by_body
from minping.audit.formalism.closed import alike, closed_in, open_closed, verified_by_itself
from minping.audit.opened import Opened
from minping.stats.groups import codes, counts
from minping.words import Text

VISITS = ("on_site", "unannounced")
NO_VERIFIERS = Text("办结的事项没有写明由谁核查", "no closed task tells who verified it")
NO_VISITS = Text("本期没有写明核查人的现场核查", "no check on site in the period tells who made it")


def on_paper(opened: Opened) -> Cases | Text:
    """Tasks closed with neither an outcome nor anybody else's look beyond the papers, where they are more than a few."""
    found = open_closed(opened)
    if isinstance(found, Text):
        return found
    frame, rules = found.frame, opened.rules.tasks
    bare = found.closed & ~found.outcome & ~found.checked
    size = counts(frame.body[found.closed], opened.bodies).astype(np.float64)
    many = counts(frame.body[bare], opened.bodies).astype(np.float64)

    def say(at: int) -> Text:
        return Text(
            f"办结 {size[at]:.0f} 件，{many[at]:.0f} 件既没有结果数值，也没有他人核查或服务对象的意见（{many[at] / size[at]:.0%}）",
            f"{many[at]:.0f} of {size[at]:.0f} tasks ({many[at] / size[at]:.0%}) closed with no outcome, nobody else's "
            "check and no word of the one served",
        )

    met = (many > rules.paper_above * size) & (many >= rules.least)
    p = np.where(size > 0, broken(met), np.nan)
    return by_body(frame, bare, p, say, observed=many, expected=rules.paper_above * size, n=size)


def verified_by_owner(opened: Opened) -> Cases | Text:
    """Tasks verified by the post that did them, or by the body itself."""
    frame = opened.frame("tasks")
    told = closed_in(opened, frame) & (frame.text("verifier") != "")
    if not told.any():
        return NO_VERIFIERS
    own = told & verified_by_itself(opened, frame)
    size, many = (counts(frame.body[rows], opened.bodies).astype(np.float64) for rows in (told, own))

    def say(at: int) -> Text:
        return Text(
            f"写明核查人的 {size[at]:.0f} 件中，{many[at]:.0f} 件由责任岗位或本单位自己核查",
            f"{many[at]:.0f} of {size[at]:.0f} tasks were verified by their owner or by the body itself",
        )

    p = np.where(size > 0, broken(many > 0), np.nan)
    return by_body(frame, own, p, say, observed=many, expected=np.zeros(size.shape), n=size)


def visits_in_bulk(opened: Opened) -> Cases | Text:
    """More checks on site by one verifier on one day than one can make."""
    frame, most = opened.frame("tasks"), opened.rules.tasks.on_site_a_day
    (verifier,) = alike(frame.text("verifier"))
    day = frame.day("verified_on")
    visit = np.isin(frame.text("verified_how"), VISITS) & (verifier >= 0) & opened.inside(day) & (frame.body >= 0)
    if not visit.any():
        return NO_VISITS
    at = np.flatnonzero(visit)
    same = codes(verifier[at], day[at].astype("datetime64[D]").astype(np.int64))
    many = counts(same, int(same.max()) + 1)[same].astype(np.float64)
    most_seen = np.zeros(opened.bodies)
    np.maximum.at(most_seen, frame.body[at], many)
    bulk = np.zeros(len(frame), dtype=np.bool_)
    bulk[at] = many > most
    size = counts(frame.body[at], opened.bodies).astype(np.float64)

    def say(body: int) -> Text:
        return Text(
            f"同一核查人一日现场核查 {most_seen[body]:.0f} 件（含其他单位的），上限 {most}",
            f"{most_seen[body]:.0f} checks on site by one verifier on one day, those of other bodies too; the limit is {most}",
        )

    p = np.where(size > 0, broken(most_seen > most), np.nan)
    return by_body(frame, bulk, p, say, observed=most_seen, expected=np.full(size.shape, float(most)), n=size)
