"""What a Word template may print: every name of its context, as records of finished texts.

An office's own template writes `{{ period }}`, `{%tr for row in ranks %}`, `{{ row.name }}` and so on; these records
are the whole list of names. Nothing here computes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RankRow:
    """A body in the table of ranks."""

    rank: str
    name: str
    body: str
    score: str
    score_interval: str
    rank_interval: str
    tier: str
    grade: str
    probability: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """A dimension, adjustment or indicator of a body."""

    title: str
    points: str
    weight: str
    contribution: str
    peer_median: str
    difference: str  #: of the contribution from the peers' mean


@dataclass(frozen=True, slots=True)
class Notice:
    """What one body is told (评价结果告知)."""

    name: str
    body: str
    score: str
    score_interval: str
    rank: str
    rank_interval: str
    tier: str
    grade: str
    reason: str
    parts: tuple[PartRow, ...]
    gains: tuple[PartRow, ...]  #: indicators furthest above the peers
    losses: tuple[PartRow, ...]  #: indicators furthest below the peers
    remarks: tuple[str, ...]  #: what the figures rest on; why there is no score; what capped it


@dataclass(frozen=True, slots=True)
class DisagreementRow:
    """A body whose rank on the score and on the companion lie far apart."""

    name: str
    score_rank: str
    companion_rank: str


@dataclass(frozen=True, slots=True)
class CompanionRow:
    """A figure shown beside the score and not counted, such as citizens' satisfaction."""

    title: str
    spearman: str
    bodies: str
    apart: tuple[DisagreementRow, ...]


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A name and what is said of it."""

    name: str
    said: str


@dataclass(frozen=True, slots=True)
class WeightRow:
    """A dimension with its weight."""

    title: str
    weight: str
    indicators: str


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """A rule that the scheme sets aside."""

    rule: str
    reason: str
    approved_by: str
    expires_on: str


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A warning or finding, to be verified."""

    place: str
    found: str
    fix: str


@dataclass(frozen=True, slots=True)
class Report:
    """Every name that a template may use at its top."""

    title: str
    period: str
    issuer: str
    document: str
    decided_by: str
    created_on: str
    bodies: str  #: how many
    scored: str
    tiers: str
    interval_level: str
    graded: bool  #: whether the scheme has grades
    ranks: tuple[RankRow, ...]
    companions: tuple[CompanionRow, ...]
    weights: tuple[WeightRow, ...]
    method: tuple[NamedRow, ...]
    facts: tuple[NamedRow, ...]  #: hashes and versions
    waivers: tuple[WaiverRow, ...]
    problems: tuple[ProblemRow, ...]
    notices: tuple[Notice, ...]
    reply_days: str
    appeal_days: str
    decide_days: str
