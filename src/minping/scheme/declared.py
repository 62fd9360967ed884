"""Declared: what a scheme says of each official series, whether an indicator is made of it or the audit alone uses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from minping.scheme.audit_rules import INDEPENDENCE, Kind, Reporter, ScopeChange, Series
from minping.scheme.shape import Direction, Scheme
from minping.words import Text


class Declared(NamedTuple):
    """One series."""

    name: str
    title: Text
    unit: str
    kind: Kind | None
    reporter: Reporter
    independence: float  #: of the evaluated body, 0 to 1
    scope: str
    scope_changes: tuple[ScopeChange, ...]
    decimals: int | None  #: None: nobody said
    items: int | None  #: whole answers of each of n people that it is the mean of
    part_of: tuple[str, ...]
    direction: Direction | None = None  #: of the indicator made of it; None where there is none
    checked_by: str = ""  #: the independent source that the indicator names


def declared(scheme: Scheme) -> Mapping[str, Declared]:
    """Official series by name: those of indicators, then the others that the audit names."""
    found: dict[str, Declared] = {}
    for part in scheme.indicators:
        if part.evidence.is_event:
            continue
        given = scheme.audit.series.get(part.official, Series())
        one = _declared(part.official, given, part.title.text, part.unit, part.source.reporter)
        found.setdefault(part.official, one._replace(direction=part.direction, checked_by=part.source.check))
    for name in scheme.audit.named:
        if name not in found:
            found[name] = _declared(name, scheme.audit.series.get(name, Series()), Text(name, name), "", "self")
    return found


def _declared(name: str, given: Series, title: Text, unit: str, reporter: Reporter) -> Declared:
    reporter, unit = given.reporter or reporter, given.unit or unit
    kind: Kind | None = given.kind or ("share" if "%" in unit else None)
    independence = INDEPENDENCE[reporter] if given.independence is None else given.independence
    return Declared(
        name,
        title if given.title is None else given.title.text,
        unit,
        kind,
        reporter,
        independence,
        given.scope,
        given.scope_changes,
        given.decimals,
        given.items,
        given.part_of,
    )
