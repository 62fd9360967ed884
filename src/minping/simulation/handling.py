"""How requests are handled: what the hotline's table tells of it, and what it doesn't."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.simulation.writing import DAY

if TYPE_CHECKING:
    from minping.simulation.county import County
    from minping.simulation.requests import Requests

LEFT_OPEN = 0.015  #: share never closed
REACHED = (0.7, 0.62)  #: chance to be reached by the call back, the matter settled or not
WITHIN = 10 * DAY  #: of the truth about time


@dataclass(frozen=True, slots=True)
class Handled:
    """All of it, whether anybody was called back or not."""

    due: Ints
    closed: Ints  #: when it was, will be or would be closed
    kept_open: Bools  #: never to be closed
    ended: Bools  #: closed by the end of the county's time
    responded: Ints
    replied: Bools
    bare: Bools  #: the reply says no more than that the request came
    content: Bools  #: satisfied with the handling
    reached: Bools  #: called back
    back: Ints  #: when it was reopened
    reopened: Bools
    marked: Bools  #: named by the hotline as the repetition of an earlier one


def handle(
    random: np.random.Generator,
    county: County,
    requests: Requests,
    limits: Ints,
    marked: float,
    *,
    selective: bool = True,
) -> Handled:
    """Handle the requests; where `selective`, the call back reaches sooner those whose matter was settled.

    `limits` are the days allowed for each request, `marked` the share of repetitions that the hotline notices.
    """
    count, settled = requests.opened.size, requests.settled
    spent = limits * 0.55 * np.exp(random.normal(size=count) * 0.6 - 0.4 * county.quality[requests.body])
    closed = requests.opened + (spent * DAY).astype(np.int64)
    kept_open = random.random(count) <= LEFT_OPEN
    ended = (closed < county.end) & ~kept_open
    hours = np.minimum(8 * np.exp(0.9 * random.normal(size=count)), 24 * spent)
    responded = requests.opened + (hours * 3600).astype(np.int64)
    replied = (responded < county.end) & (ended | (random.random(count) < 0.6))
    bare = random.random(count) < np.where(settled, 0.04, 0.25)
    reach = np.where(settled, *REACHED) if selective else np.full(count, np.mean(REACHED))
    reached = ended & (random.random(count) < reach)
    content = random.random(count) < np.where(settled, 0.93, 0.25)
    back = closed + random.integers(DAY, 15 * DAY, count)
    reopened = ended & ~settled & (random.random(count) < 0.3) & (back < county.end)
    named = (requests.again >= 0) & (random.random(count) < marked)
    return Handled(
        due=requests.opened + limits * DAY,
        closed=closed,
        kept_open=kept_open,
        ended=ended,
        responded=responded,
        replied=replied,
        bare=bare,
        content=content,
        reached=reached,
        back=back,
        reopened=reopened,
        marked=named,
    )


def undone(requests: Requests, handled: Handled) -> Bools:
    """Whether each request was reopened, or its matter truly came again, noticed or not."""
    came_again = np.zeros(requests.opened.size, dtype=np.bool_)
    came_again[requests.again[requests.again >= 0]] = True
    return handled.reopened | came_again


def true_counts(county: County, requests: Requests, handled: Handled) -> dict[str, tuple[Floats, Floats]]:
    """What the measures would find if everybody had been called back and every request followed to its end.

    By measure how many counted and of how many, (N,) each; their ratio is the measure's true value.
    """
    everyone = np.ones(requests.opened.size, dtype=np.bool_)
    solved = requests.settled & ~undone(requests, handled)
    in_time = handled.replied & ~handled.bare & (handled.responded // 3600 <= handled.due // 3600)
    quick = (handled.closed // 3600 - requests.opened // 3600 <= WITHIN // 3600) & ~handled.kept_open
    told = {
        "response_rate": (in_time, everyone),
        "solved_rate": (solved, handled.ended),
        "said_solved_rate": (requests.settled, handled.ended),
        "satisfied_rate": (handled.content, handled.ended),
        "closed_within": (quick, everyone),
    }

    def counted(rows: Bools) -> Floats:
        return np.bincount(requests.body, rows, county.size).astype(np.float64)

    return {name: (counted(which & of), counted(of)) for name, (which, of) in told.items()}
