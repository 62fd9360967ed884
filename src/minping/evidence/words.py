"""Words of a vocabulary: ids of bodies and indicators, choices. In a cell's text, out its position, or why it has none.

The name of a body stands for its id where only one body bears it; that is noted, never silent. Suggestions cost a
search each, so only the first `MOST_SUGGESTED` unknown words of a table get one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from minping.errors import did_you_mean, one_of
from minping.evidence.faults import Remark, short
from minping.evidence.readings import Reading, too_long, unusable
from minping.model.evidence import Bodies
from minping.words import Text

MOST_SUGGESTED = 300

WordReader = Callable[[str], Reading[int]]


def reader_of(
    options: Sequence[str], what: Text, code: str, other_names: Mapping[str, str] | None = None
) -> WordReader:
    """A reader of words that must be one of `options`; `other_names` are unique titles that stand for one of them.

    Args:
        options: the allowed words, in the order of their codes
        what: what such a word is called ("body")
        code: the problem's code where it is unknown
        other_names: title -> option
    """
    position = {option: at for at, option in enumerate(options)}
    others = {name: option for name, option in (other_names or {}).items() if name not in position}
    allowed, budget = one_of(options), [MOST_SUGGESTED]

    def read(text: str) -> Reading[int]:
        if (at := position.get(text)) is not None:
            return Reading(at)
        trimmed = text.strip()
        if not trimmed:
            return Reading(None)
        if (at := position.get(trimmed)) is not None:
            return Reading(at)
        if trimmed in others:
            meant = others[trimmed]
            found = Text(f"{short(trimmed)} 读作 {meant}", f"{short(trimmed)} read as {meant}")
            fix = Text(f"建议写 {meant}", f"better written {meant}")
            return Reading(position[meant], Remark("name-for-id", found, what, fix, "note"))
        if (broken := unusable(text)) is not None:
            return Reading(None, broken)
        found = Text(f"没有{what.zh} {short(trimmed)}", f"no {what.en} {short(trimmed)}")
        budget[0] -= 1
        near = [*options, *others] if budget[0] >= 0 else []
        return Reading(None, Remark(code, found, allowed, did_you_mean(trimmed, near)))

    return read


def growing_reader(vocabulary: dict[str, int], text_only: bool = True) -> WordReader:
    """A reader that takes any word and gives new ones the next position; `text_only` ones may hold line breaks."""

    def read(text: str) -> Reading[int]:
        trimmed = text.strip()
        if not trimmed:
            return Reading(None)
        broken = too_long(text) if text_only else unusable(text)
        if broken is not None:
            return Reading(None, broken)
        return Reading(vocabulary.setdefault(trimmed, len(vocabulary)))

    return read


def unique_names(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Name -> id for the names that only one id bears, from (name, id) pairs.

    >>> unique_names([("城关区", "a"), ("城关区", "b"), ("北京", "c"), ("北京", "c")])
    {'北京': 'c'}
    """
    owners: dict[str, set[str]] = {}
    for name, owner in pairs:
        if name:
            owners.setdefault(name, set()).add(owner)
    return {name: next(iter(ids)) for name, ids in owners.items() if len(ids) == 1}


def body_reader(bodies: Bodies) -> tuple[WordReader, Sequence[str]]:
    """A reader of the column `body`, and the ids that its codes mean; without any body nothing can be checked."""
    if not bodies.ids:
        return (lambda text: Reading(0 if text.strip() else None)), ("",)
    names = [*zip(bodies.names, bodies.ids, strict=True), *zip(bodies.names_en, bodies.ids, strict=True)]
    return reader_of(bodies.ids, Text("单位", "body"), "unknown-body", unique_names(names)), bodies.ids
