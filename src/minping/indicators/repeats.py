"""Repeats: requests whose words came again. In checked records, out the ids of those that were said again.

Two requests to a body say the same if the shingles of their texts are alike to `ALIKE` (Jaccard), their numbers are
the same and their places don't differ (equal, or one not given): a form letter from another building is another
matter. Texts are hashed in blocks, ordered by body and time; memory does not grow with their number, and nothing of
a text is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.indicators.events import event_table, in_blocks, whole_numbers, with_bodies
from minping.model.arrays import Bools, Ints
from minping.model.evidence import Bodies, Records
from minping.stats.shingles import (
    Hashes,
    characters,
    close_pairs,
    jaccard,
    mixed,
    number_hashes,
    shingles,
    signatures,
    whole_hashes,
)

if TYPE_CHECKING:
    import ibis
    from numpy.typing import NDArray

ALIKE = 0.7  #: of the shingles of both
SHORTEST = 12  #: characters of a text that two people would hardly write alike by chance
LONGEST = 2000  #: characters that are looked at; the same matter is told by then
NEAREST = 4  #: of those of a band that follow
BLOCK = 50_000  #: requests looked at together
_AT_ONCE = 10_000  #: texts or pairs whose shingles are held at once


@dataclass(frozen=True, slots=True)
class Block:
    """Requests in order of body and opening."""

    ids: list[str]
    body: Ints
    opened: Ints  #: hours
    until: Ints  #: hours; whoever says the same until then says it again
    place: list[str]  #: empty where none is given
    text: list[str]

    def rows(self, kept: Bools) -> Block:
        """Some of them."""
        at = np.flatnonzero(kept).tolist()
        ids, place, text = ([column[row] for row in at] for column in (self.ids, self.place, self.text))
        return Block(ids, self.body[kept], self.opened[kept], self.until[kept], place, text)

    def then(self, more: Block) -> Block:
        """These, and more after them."""
        body, opened, until = (
            np.concatenate(pair)
            for pair in ((self.body, more.body), (self.opened, more.opened), (self.until, more.until))
        )
        return Block(self.ids + more.ids, body, opened, until, self.place + more.place, self.text + more.text)


def said_again(opened: Any, records: Records, bodies: Bodies, within_days: int) -> list[str]:
    """The requests whose words came again until so many days after they were closed (or opened, if never closed)."""
    if not any("text" in one.columns for one in records.files):
        return []
    names = ("request", "body", "opened_at", "closed_at", "place", "text")
    table = with_bodies(event_table(opened, records, names), bodies)
    table = table.filter(table.text.length() >= SHORTEST)
    start, end = (table[name].epoch_seconds() // 3600 for name in ("opened_at", "closed_at"))
    table = table.select(
        "request",
        "body",
        opened=start,
        until=end.fill_null(start) + within_days * 24,
        place=table.place.substr(0, LONGEST).fill_null(""),
        text=table.text.substr(0, LONGEST),
    )
    found: set[str] = set()
    nothing = np.empty(0, np.int64)
    left = Block([], nothing, nothing, nothing, [], [])
    for more in blocks(opened, table):
        block = left.then(more)
        again = repeated(block)
        found.update(block.ids[at] for at in np.flatnonzero(again))
        left = block.rows(~again & (block.body == block.body[-1]) & (block.until >= block.opened[-1]))
    return sorted(found)


def blocks(opened: Any, table: ibis.Table) -> Iterator[Block]:
    """The requests in order of body, opening and id, some at a time."""
    for found in in_blocks(opened, "requests_in_order", table, BLOCK, ("body", "opened", "request")):
        body, start, until = (whole_numbers(found[name]) for name in ("body", "opened", "until"))
        request, place, text = (found[name].to_pylist() for name in ("request", "place", "text"))
        yield Block(request, body, start, until, place, text)


def repeated(block: Block) -> Bools:
    """Which requests of a block were said again in it, (n,)."""
    signature, numbers, whole, long = _hashed(block.text)
    place = whole_hashes(*characters(block.place), len(block.place))
    rows = np.flatnonzero(long)
    numbers, place, body = numbers[rows], place[rows], mixed(block.body[rows])
    one, other = close_pairs(signature[rows], mixed(body ^ numbers) ^ place, NEAREST)
    if (place == 0).any():
        further = close_pairs(signature[rows], mixed(body ^ numbers), NEAREST)
        loose = (place[further[0]] == 0) | (place[further[1]] == 0)
        one, other = (np.concatenate([these, those[loose]]) for these, those in zip((one, other), further, strict=True))
    one, other = rows[one], rows[other]
    soon = block.opened[other] <= block.until[one]
    one, other = one[soon], other[soon]
    found = np.zeros(len(block.ids), dtype=np.bool_)
    found[one[whole[one] == whole[other]]] = True
    open_still = ~found[one]
    one, other = one[open_still], other[open_still]
    for first in range(0, one.size, _AT_ONCE):
        pair = slice(first, first + _AT_ONCE)
        found[one[pair][_likeness(block.text, one[pair], other[pair]) >= ALIKE]] = True
    return found


def _hashed(text: list[str]) -> tuple[NDArray[np.uint32], Hashes, Hashes, Bools]:
    """Signature, hash of the numbers and of the whole, and whether a text is long enough; a part at a time."""
    parts = []
    for first in range(0, len(text), _AT_ONCE):
        some = text[first : first + _AT_ONCE]
        found = characters(some)
        long = np.bincount(found[1], minlength=len(some)) >= SHORTEST
        parts.append(
            (
                signatures(*shingles(*found), len(some)),
                number_hashes(*found, len(some)),
                whole_hashes(*found, len(some)),
                long,
            )
        )
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))  # type: ignore[return-value]


def _likeness(text: list[str], one: Ints, other: Ints) -> NDArray[np.float64]:
    rows, place = np.unique(np.concatenate([one, other]), return_inverse=True)
    found = shingles(*characters([text[at] for at in rows]))
    return jaccard(*found, place[: one.size], place[one.size :], rows.size)
