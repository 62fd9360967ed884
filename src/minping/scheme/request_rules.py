"""A rate of requests as a scheme writes it: which requests count, of which, and which are left out (剔除)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from minping.scheme.part import Part
from minping.words import Text

Condition = Literal[
    "replied", "replied_in_time", "called_back", "solved", "asked_if_satisfied", "satisfied", "came_back", "closed",
    "closed_in_time", "due", "excluded",
    "not replied", "not replied_in_time", "not called_back", "not solved", "not asked_if_satisfied", "not satisfied",
    "not came_back", "not closed", "not closed_in_time", "not due", "not excluded",
]  # fmt: skip
#: a condition in words; `not` before it asks for the contrary
CONDITIONS = {
    "replied": Text("有实质答复（“已收悉”不算）", "more than an acknowledgement came back"),
    "replied_in_time": Text(
        "按时答复；没有时限的，有答复即可", "an answer came by the time due, or at all where none is set"
    ),
    "called_back": Text("回访了是否解决并得到回答", "the citizen was asked whether it is solved, and said yes or no"),
    "solved": Text("诉求人说已解决", "the citizen said that it is solved"),
    "asked_if_satisfied": Text("回访了是否满意并得到回答", "the citizen said whether satisfied"),
    "satisfied": Text("诉求人说满意", "the citizen said to be satisfied"),
    "came_back": Text(
        "重办、标为重复，或 限期内再次来电", "reopened, marked as repeated, or asked again within so many days"
    ),
    "closed": Text("已办结", "it has been closed"),
    "closed_in_time": Text("按时办结", "it was closed by the time due"),
    "due": Text("时限已到", "the time due lies before the last thing known of any request"),
    "excluded": Text("按规定剔除，不论原因", "left out by rule, whatever the reason"),
}


class RequestRate(Part):
    """A share of requests in per cent: those that `share` holds of, among those that `of` holds of."""

    share: Annotated[tuple[Condition, ...], Field(min_length=1)]  #: all of them hold
    of: tuple[Condition, ...] = ()  #: all of them hold; none: every request
    without: tuple[Annotated[str, Field(min_length=1)], ...] = ()  #: reasons (`excluded`) whose requests are left out


AGAIN_WITHIN = 30  #: days, unless a scheme says otherwise
Days = Annotated[int, Field(ge=1, le=3650)]


class RequestRules(Part):
    """What holds for all indicators of requests."""

    again_within: Days = AGAIN_WITHIN  #: days in which the same matter again undoes `solved`


#: the rates that have a name
NAMED_RATES = {
    "response_rate": RequestRate(share=("replied_in_time",)),
    "solved_rate": RequestRate(share=("solved", "not came_back"), of=("called_back",)),
    "said_solved_rate": RequestRate(share=("solved",), of=("called_back",)),
    "satisfied_rate": RequestRate(share=("satisfied",), of=("asked_if_satisfied",)),
    "on_time_rate": RequestRate(share=("closed_in_time",), of=("due",)),
    "undone_rate": RequestRate(share=("came_back",), of=("closed",)),
    "excluded_rate": RequestRate(share=("excluded",)),
}
