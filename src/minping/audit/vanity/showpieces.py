"""Showpieces: projects that meet so many of the nine criteria that people should look at them."""

from __future__ import annotations

from functools import partial

import numpy as np

from minping.audit.cases import Cases, broken, places_of
from minping.audit.frames import Days, Frame
from minping.audit.matching import kinds, positions
from minping.audit.opened import Opened
from minping.audit.vanity.criteria import CRITERIA, MONTH, Met, Works, count, criteria
from minping.model.arrays import Floats, Ints
from minping.words import Text, both

BODY = 4_000_000  #: days apart that days of different bodies are put
NO_PROJECTS = Text("没有考核期末以前批准的项目", "no project was approved by the end of the period")


def showpieces(opened: Opened) -> Cases | Text:
    """Projects whose criteria met rest on two kinds of sources or more."""
    return _cases(opened, several=True)


def showpieces_of_one_source(opened: Opened) -> Cases | Text:
    """Projects whose criteria met rest on one kind of source."""
    return _cases(opened, several=False)


def _cases(opened: Opened, *, several: bool) -> Cases | Text:
    frame, limits = opened.frame("projects"), opened.rules.projects
    frame = frame.only(np.flatnonzero(frame.day("approved_on") <= opened.end))
    if not len(frame):
        return NO_PROJECTS
    found = criteria(read_works(opened, frame), limits, opened.end)
    many, known, sources = count(found)
    p = np.where(known >= limits.least, broken((many >= limits.least) & ((sources > 1) == several)), np.nan)
    return Cases(
        frame.body,
        frame.text("project").tolist(),
        many.astype(np.float64),
        np.zeros(len(frame)),
        known.astype(np.float64),
        p,
        partial(in_words, found),
        places_of(np.arange(len(frame)), frame.file, frame.row),
    )


def half_built(opened: Opened) -> Cases | Text:
    """Projects that are begun, not finished, and have had no progress for long (半拉子)."""
    frame, limits = opened.frame("projects"), opened.rules.projects
    frame = frame.only(np.flatnonzero(frame.day("approved_on") <= opened.end))
    if not len(frame):
        return NO_PROJECTS
    found = criteria(read_works(opened, frame), limits, opened.end)
    at = [one.key for one in CRITERIA].index("stalled")
    met, days, progress = found.met[:, at], found.figure[:, at], frame.number("progress")

    def say(one: int) -> Text:
        return Text(
            f"进度 {progress[one]:.0f} %，已 {days[one]:.0f} 天没有进展",
            f"{progress[one]:.0f} % done, no progress for {days[one]:.0f} days",
        )

    p = np.where(found.known[:, at], broken(met), np.nan)
    names, limit = frame.text("project").tolist(), np.full(len(frame), limits.stalled_days)
    places = places_of(np.arange(len(frame)), frame.file, frame.row)
    return Cases(frame.body, names, days, limit, np.ones(len(frame)), p, say, places)


def in_words(found: Met, at: int) -> Text:
    """How many of the nine, which ones with their figures, and which could not be told."""
    met = [one for one, yes in zip(range(len(CRITERIA)), found.met[at], strict=True) if yes]
    gone = [CRITERIA[one].title for one in np.flatnonzero(~found.known[at]).tolist()]
    listed = [(CRITERIA[one].title, _figure(CRITERIA[one].key, float(found.figure[at, one]))) for one in met]
    zh = "；".join(f"{title.zh}（{figure.zh}）" for title, figure in listed)
    en = "; ".join(f"{title.en} ({figure.en})" for title, figure in listed)
    zh, en = f"九项中符合 {len(met)} 项：{zh}", f"{len(met)} of 9 criteria met: {en}"
    if gone:
        zh += f"。缺数据的 {len(gone)} 项：{'、'.join(one.zh for one in gone)}"
        en += f". {len(gone)} could not be told: {', '.join(one.en for one in gone)}"
    return Text(zh, en)


def _figure(key: str, figure: float) -> Text:
    """A figure as the criterion has it: days, a rank among peers, per cent."""
    if key in ("timed", "stalled"):
        return Text(f"{figure:.0f} 天", f"{figure:.0f} days")
    if key == "dear":
        return Text(f"同类第 {100 * figure:.0f} 百分位", f"percentile {100 * figure:.0f} of its kind")
    if key == "unsupported":
        return both(f"{figure:.0f} %")
    return both(f"{100 * figure:+.0f} %" if key in ("over_budget", "late") else f"{100 * figure:.0f} %")


def read_works(opened: Opened, frame: Frame) -> Works:
    """The projects as they stand at the end of the period."""
    nat = np.datetime64("NaT")
    past = {
        name: np.where(frame.day(name) <= opened.end, frame.day(name), nat) for name in ("completed_on", "opened_on")
    }
    used, idle_for = _use(opened, frame)
    return Works(
        kind=kinds(frame.text("kind")),
        started=frame.day("started_on"),
        planned=frame.day("planned_on"),
        completed=past["completed_on"],
        opened=past["opened_on"],
        moved=frame.day("last_progress_on"),
        progress=frame.number("progress"),
        capacity=frame.number("design_capacity"),
        used=used,
        idle_for=idle_for,
        forecast=frame.number("forecast_use"),
        budget=frame.number("budget_cny"),
        cost=frame.number("cost_cny"),
        facade=frame.number("facade_cny"),
        beneficiaries=frame.number("beneficiaries"),
        support=frame.number("support_share"),
        asked=frame.number("support_n"),
        ahead=_ahead(opened, frame.body, past["opened_on"]),
    )


def _use(opened: Opened, frame: Frame) -> tuple[Floats, Floats]:
    """Latest use by the end of the period, and for how many months every observation has been below the limit."""
    used, idle_for = frame.number("used_capacity").copy(), np.full(len(frame), np.nan)
    if not opened.has("uses"):
        return used, idle_for
    uses = opened.frame("uses")
    at, on = positions(uses.text("project"), frame.text("project")), uses.day("observed_on")
    there = np.flatnonzero((at >= 0) & (on <= opened.end) & np.isfinite(uses.number("used_capacity")))
    there = there[np.lexsort((on[there], at[there]))]
    project, seen = at[there], uses.number("used_capacity")[there]
    used[project] = seen  # in order of days: the latest stays
    limit = opened.rules.projects.idle_below * frame.number("design_capacity")
    enough = seen >= limit[project]
    since = frame.day("opened_on").copy()
    since[project[enough]] = on[there][enough]  # the last day on which it was used enough
    observed = np.unique(project)
    idle_for[observed] = (opened.end - since[observed]).astype(np.float64) / MONTH
    return used, idle_for


def _ahead(opened: Opened, body: Ints, opening: Days) -> Floats:
    """Days from each opening to the next assessment, or end of a term of the body; NaN without."""
    terms, position = opened.evidence.terms, opened.evidence.bodies.position()
    ends = [
        (position[one], end) for one, end in zip(terms.bodies, terms.end_on, strict=True) if end and one in position
    ]
    assessed = np.array([str(day) for day in opened.rules.assessed_on], dtype="datetime64[D]")
    of = np.r_[np.array([at for at, _ in ends], dtype=np.int64), np.repeat(np.arange(opened.bodies), assessed.size)]
    days = np.r_[np.array([end for _, end in ends], dtype="datetime64[D]"), np.tile(assessed, opened.bodies)]
    marks = np.sort(of * BODY + days.astype(np.int64))
    known = ~np.isnat(opening)
    mine = body[known] * BODY + opening[known].astype(np.int64)
    place = np.searchsorted(marks, mine)
    after = np.append(marks, np.iinfo(np.int64).max)[place] - mine
    ahead = np.full(body.size, np.nan)
    ahead[known] = np.where(after < BODY // 2, after, np.nan)
    return ahead
