"""Breaches: projects begun, enlarged or paid for in ways that the rules of government investment name.

Arithmetic of the days and amounts in `projects`. The law has exceptions and registers have gaps: each case needs
checking against the document.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from minping.audit.cases import Cases, broken, places_of
from minping.audit.frames import Frame
from minping.audit.money import yuan
from minping.audit.opened import Opened
from minping.model.arrays import Bools, Floats
from minping.words import Text

CLOSE = 1e-9  #: of an amount: no more than floats lose


def started_before_approval(opened: Opened) -> Cases | Text:
    """Projects on which work began before they were approved."""
    frame = opened.frame("projects")
    start, approved = frame.day("started_on"), frame.day("approved_on")
    told = (start <= opened.end) & ~np.isnat(approved)
    early = (approved - start).astype("timedelta64[D]").astype(np.float64)

    def say(row: int) -> Text:
        return Text(
            f"{start[row]} 开工，{approved[row]} 批准，早 {early[row]:.0f} 天（政府投资条例第十七、二十、三十四条）",
            f"begun on {start[row]}, approved on {approved[row]}, {early[row]:.0f} days later "
            "(Regulation on Government Investment, articles 17, 20 and 34)",
        )

    return _cases(opened, frame, told, exceeds(early, np.zeros(len(frame))), early, np.zeros(len(frame)), say)


def over_budget(opened: Opened) -> Cases | Text:
    """Projects that cost more than their approved budget, and no approved adjustment is named."""
    frame = opened.frame("projects")
    cost, budget = frame.number("cost_cny"), frame.number("budget_cny")
    told = (frame.day("approved_on") <= opened.end) & (budget > 0) & np.isfinite(cost)
    over = exceeds(cost, budget) & (frame.text("adjustment_ref") == "")

    def say(row: int) -> Text:
        money = yuan(cost[row]), yuan(budget[row])
        return Text(
            f"投资 {money[0].zh}，核定概算 {money[1].zh}，超 {cost[row] / budget[row] - 1:.1%}，"
            "没有调概批准文号（政府投资条例第二十三、三十四条）",
            f"cost {money[0].en}, approved budget {money[1].en}: {cost[row] / budget[row] - 1:.1%} more, no approval of an "
            "adjustment is named (Regulation on Government Investment, articles 23 and 34)",
        )

    return _cases(opened, frame, told, over, cost, budget, say)


def over_estimate(opened: Opened) -> Cases | Text:
    """Projects whose approved budget exceeds the estimate of the feasibility study by more than the law allows."""
    frame, most = opened.frame("projects"), opened.rules.projects.estimate_over
    budget, estimate = frame.number("budget_cny"), frame.number("feasibility_cny")
    told = (frame.day("approved_on") <= opened.end) & (estimate > 0) & np.isfinite(budget)

    def say(row: int) -> Text:
        money = yuan(budget[row]), yuan(estimate[row])
        return Text(
            f"核定概算 {money[0].zh}，可研估算 {money[1].zh}，为 {budget[row] / estimate[row]:.1%}，超过 {most:.0%} 须重新报送可研（政府投资条例第十二条）",
            f"approved budget {money[0].en}, estimate of the feasibility study {money[1].en}: {budget[row] / estimate[row]:.1%}; "
            f"above {most:.0%} the study is to be submitted anew (Regulation on Government Investment, article 12)",
        )

    return _cases(opened, frame, told, exceeds(budget, most * estimate), budget, most * estimate, say)


def advances(opened: Opened) -> Cases | Text:
    """Projects that were built with money of the contractor."""
    frame = opened.frame("projects")
    advance = frame.number("advance_cny")
    told = (frame.day("approved_on") <= opened.end) & np.isfinite(advance)

    def say(row: int) -> Text:
        money = yuan(advance[row])
        return Text(
            f"施工单位垫资 {money.zh}（政府投资条例第二十二、三十四条）",
            f"advanced by the contractor: {money.en} (Regulation on Government Investment, articles 22 and 34)",
        )

    nothing = np.zeros(len(frame))
    return _cases(opened, frame, told, exceeds(advance, nothing), advance, nothing, say)


def exceeds(amount: Floats, limit: Floats) -> Bools:
    """Amounts above their limits, by more than floats lose, (R,)."""
    return np.asarray(amount > limit * (1 + CLOSE), dtype=np.bool_)


def _cases(
    opened: Opened,
    frame: Frame,
    told: Bools,
    wrong: Bools,
    observed: Floats,
    expected: Floats,
    say: Callable[[int], Text],
) -> Cases:
    """One case for each project of which enough is told; figures (R,)."""
    rows = np.flatnonzero(told & (frame.body >= 0))
    names = frame.text("project")
    return Cases(
        body=frame.body[rows],
        about=[names[row] for row in rows.tolist()],
        observed=observed[rows],
        expected=expected[rows],
        n=np.ones(rows.size),
        p=broken(wrong[rows]),
        say=lambda at: say(int(rows[at])),
        places=places_of(np.arange(rows.size), frame.file[rows], frame.row[rows]),
    )
