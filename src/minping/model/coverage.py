"""Coverage: what of a scheme's figures somebody else than the body can vouch for, and what is asked of bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from minping.model.arrays import Floats
from minping.words import Text

Standing = Literal["independent", "checked", "named", "alone"]
#: on what a figure rests, from the best to the least that can be known
STANDINGS: Mapping[Standing, Text] = {
    "independent": Text("由统计或第三方报出", "reported by others"),
    "checked": Text("自报，证据中另有独立来源", "self-reported, another source beside it"),
    "named": Text("自报，核对来源只写明而证据中没有", "self-reported, a check named but not there"),
    "alone": Text("只靠自报", "self-reported alone"),
}


@dataclass(frozen=True, slots=True)
class OtherSource:
    """Something in the evidence of the period that does not come from the body itself."""

    kind: str  #: rows, inspections, flows, callbacks
    title: Text
    bodies: int  #: for how many bodies it is there


@dataclass(frozen=True, slots=True)
class IndicatorCoverage:
    """One indicator."""

    id: str
    title: Text
    reporter: str  #: self, statistics, third_party
    independence: float  #: 0 the body writes it itself, 1 it has no hand in it
    check: str  #: the source that the scheme names to check it by
    standing: Standing  #: for most bodies
    weight: float  #: its share of the score, 0–1, mean over the bodies; 0 for a companion
    resting: tuple[float, ...]  #: the weight by STANDINGS
    others: tuple[OtherSource, ...]


@dataclass(frozen=True, slots=True)
class Reporting:
    """What a scheme asks of bodies in a year."""

    indicators: int  #: figures that bodies report themselves
    bodies: int
    cells: float  #: figures to be filled in a year, all bodies together

    @property
    def each(self) -> float:
        """Cells of one body, on average."""
        return self.cells / self.bodies if self.bodies else 0.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """What can be vouched for in a period."""

    period: str
    indicators: tuple[IndicatorCoverage, ...]  #: in file order
    bodies: tuple[str, ...]
    resting: Floats  #: (N, 4) share of each body's weight by STANDINGS
    by_type: Mapping[str, Mapping[Standing, float]]  #: body type -> share of the weight, mean over its bodies
    reporting: Reporting

    def share(self, standing: Standing) -> float:
        """Of the weight, the mean over all bodies; 0 without bodies."""
        at = list(STANDINGS).index(standing)
        return float(self.resting[:, at].mean()) if len(self.bodies) else 0.0
