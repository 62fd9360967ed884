"""Uncertainty: draw the scheme's own choices and the errors of the figures together, score every draw.

Random numbers are counter-based (Philox, keyed by seed and factor, counted by draw: Salmon et al. 2011), and sums
are made term by term, so that draw 4711 alone gives the same bits as draw 4711 among ten thousand. A draw that
gives no score is kept as a failure with its reason, never dropped silently.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.model.scores import DrawFailure, Scores
from minping.scheme.shape import Scheme
from minping.scoring.adjust import Adjusted
from minping.scoring.aggregate import Branch, leaf, roll_up
from minping.scoring.basis import Basis, gaps_of, points_of
from minping.scoring.missing import Gaps, policy_for
from minping.scoring.plan import TOTAL, Plan
from minping.scoring.points import column_points

CHOICE, WEIGHTS, VALUES, MISSING = range(4)  #: factors, each with random numbers of its own
_BLOCK_CELLS = 98_304  #: draws × bodies worked on together: a few arrays of it stay in the processor's cache
OWN = "own"  #: the scheme's own choice

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that draws start from."""

    plan: Plan
    basis: Basis
    basis_carried: Basis  #: with gaps carried from earlier periods, for the alternative `carry`
    adjusted: Adjusted
    scores: Scores
    seed: int


@dataclass(frozen=True, slots=True)
class Draws:
    """Scores of D draws; a failed draw's row is NaN."""

    scores: Floats  #: (D, N)
    choices: Ints  #: (D, 3) positions in the alternatives: normalise, aggregate, missing
    alternatives: Mapping[str, tuple[str, ...]]
    failures: tuple[DrawFailure, ...]


def alternatives_of(scheme: Scheme) -> dict[str, tuple[str, ...]]:
    """Factor -> the alternatives drawn from, the scheme's own choice first."""
    rule = scheme.uncertainty
    methods = {part.normalise.method if part.normalise is not None else "pass" for part in scheme.scored}
    means = {scheme.aggregate.method}
    if rule.aggregate_at == "all":
        means |= {part.aggregate.method for part in scheme.dimensions if part.aggregate}
    policies = {policy_for(part, scheme) for part in scheme.scored}
    return {
        "normalise": (OWN, *_others(rule.normalise, methods)),
        "aggregate": (OWN, *_others(rule.aggregate, means)),
        "missing": (OWN, *_others(rule.missing, policies)),
    }


def _others(options: Sequence[str], own: Collection[str]) -> list[str]:
    """The options, each once, but for the one that the scheme uses throughout."""
    return [name for name in dict.fromkeys(options) if set(own) != {name}]


def stream(seed: int, factor: int, draw: int) -> np.random.Generator:
    """The random numbers of one factor in one draw."""
    key = np.array([seed, factor], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=key, counter=np.array([0, 0, 0, draw], dtype=np.uint64)))


def draw_scores(situation: Situation, draws: Sequence[int], progress: Progress | None = None) -> Draws:
    """Score the draws with these numbers; any subset gives the same scores as the whole."""
    numbers = np.asarray(draws, dtype=np.int64)
    alternatives = alternatives_of(situation.plan.scheme)
    sizes = [len(names) for names in alternatives.values()]
    choices = np.zeros((len(numbers), 3), dtype=np.int64)
    if max(sizes) > 1:
        for at, number in enumerate(numbers.tolist()):
            choices[at] = stream(situation.seed, CHOICE, number).random(3) * sizes
    scores = np.full((len(numbers), len(situation.plan.bodies)), np.nan)
    failures: list[DrawFailure] = []
    done = 0
    for choice, members in _groups(choices):
        names = [options[at] for options, at in zip(alternatives.values(), choice, strict=True)]
        scenario = _Scenario(situation, *names)
        for block in _blocks(members, scores.shape[1]):
            scores[block] = scenario.scores(numbers[block])
            done += len(block)
            if progress is not None:
                progress(done, len(numbers))
    expected = situation.scores.scored
    for at in np.flatnonzero(~np.isfinite(scores[:, expected]).all(axis=1)).tolist():
        scores[at] = np.nan
        failures.append(_failure(int(numbers[at]), choices[at], alternatives))
    return Draws(scores, choices, alternatives, tuple(failures))


def drawn_points(situation: Situation, draws: Sequence[int]) -> list[Floats]:
    """Points of each scored indicator by the scheme's own method, errors of the figures drawn: (N,) or (D, N) each."""
    return _Scenario(situation, OWN, OWN, OWN).columns(np.asarray(draws, dtype=np.int64))


def _failure(draw: int, choice: Ints, alternatives: Mapping[str, tuple[str, ...]]) -> DrawFailure:
    said = ", ".join(f"{name}: {options[at]}" for (name, options), at in zip(alternatives.items(), choice, strict=True))
    return DrawFailure(draw, f"该组合算不出总分（{said}）", f"this combination gives no score ({said})")


def _groups(choices: Ints) -> Iterator[tuple[Ints, Ints]]:
    combinations, member = np.unique(choices, axis=0, return_inverse=True)
    for at, combination in enumerate(combinations):
        yield combination, np.flatnonzero(member.ravel() == at)


def _blocks(members: Ints, bodies: int) -> Iterator[Ints]:
    size = max(1, min(512, _BLOCK_CELLS // max(bodies, 1)))
    for start in range(0, len(members), size):
        yield members[start : start + size]


class _Scenario:
    """One combination of choices: what doesn't change between its draws is worked out once."""

    def __init__(self, situation: Situation, normalise: str, aggregate: str, missing: str) -> None:
        self.situation, self.plan = situation, situation.plan
        self.basis = situation.basis_carried if missing == "carry" else situation.basis
        self.method = None if normalise == OWN else normalise
        everywhere = self.plan.scheme.uncertainty.aggregate_at == "all"
        self.inner = [
            replace(node, method=aggregate) if aggregate != OWN and (everywhere or node.id == TOTAL) else node
            for node in self.plan.inner
        ]
        points = points_of(self.basis, self.method)
        self.gaps: Gaps = gaps_of(self.basis, points, "" if missing == OWN else missing)
        noisy = (self.basis.se > 0).any(axis=0) & bool(self.plan.scheme.uncertainty.values)
        self.noisy = np.flatnonzero(noisy)
        self.observed = ~np.isnan(self.basis.values)
        self.bounded = np.argwhere(self.gaps.bounded)

    def scores(self, draws: Ints) -> Floats:
        """Adjusted scores (B, N) of these draws."""
        columns = self.columns(draws)
        weights = drawn_weights(self.plan, self.situation.seed, draws)
        total = np.full((len(draws), len(self.plan.bodies)), np.nan)
        for body_type, rows in self.plan.type_rows.items():
            total[:, rows] = self._total(columns, rows, weights[body_type], len(draws))
        total[:, ~self.situation.scores.scored] = np.nan
        if self.method is not None:
            total = self._on_own_scale(total)
        return self.situation.adjusted.applied(total)

    def _total(
        self, columns: Sequence[Floats], rows: Ints, weights: Mapping[str, Floats | float], draws: int
    ) -> Floats:
        whole = len(rows) == len(self.plan.bodies)
        leaves: dict[str, Branch] = {}
        for name, at in self.plan.leaf.items():
            points = columns[at] if whole else columns[at][..., rows]
            leaves[name] = leaf(points, self.gaps.within[rows, at], self.gaps.globally[rows, at])
        branch = roll_up(self.inner, leaves, weights)[TOTAL]
        points = branch.points if branch.present is None else np.where(branch.present, branch.points, np.nan)
        return np.broadcast_to(points, (draws, len(rows)))

    def columns(self, draws: Ints) -> list[Floats]:
        """Points per indicator: (N,) where nothing is drawn, (B, N) where something is."""
        columns: list[Floats] = [self.gaps.points[:, at] for at in range(len(self.plan.indicators))]
        bodies, seed = len(self.plan.bodies), self.situation.seed
        if len(self.noisy):
            shape = (len(self.noisy), bodies)
            errors = np.empty((len(draws), *shape), dtype=np.float32)
            for at, draw in enumerate(draws):
                stream(seed, VALUES, int(draw)).standard_normal(dtype=np.float32, out=errors[at])
            for position, at in enumerate(self.noisy.tolist()):
                drawn = errors[:, position] * self.basis.se[:, at] + self.basis.values[:, at]
                points = column_points(self.basis.columns[at], drawn, self.method)
                seen = self.observed[:, at]
                columns[at] = points if seen.all() else np.where(seen, points, self.gaps.points[:, at])
        if len(self.bounded):
            scale = self.plan.scheme.points
            uniform = np.stack([stream(seed, MISSING, int(draw)).random(len(self.bounded)) for draw in draws])
            for position, (body, at) in enumerate(self.bounded.tolist()):
                if columns[at].ndim == 1:
                    columns[at] = np.repeat(columns[at][None], len(draws), axis=0)
                columns[at][:, body] = scale.low + (scale.high - scale.low) * uniform[:, position]
        return columns

    def _on_own_scale(self, total: Floats) -> Floats:
        """Another normalisation has another scale: give it the mean and spread of the scheme's own scores."""
        scored = self.situation.scores.scored
        own = self.situation.scores.before[scored]
        # in rows that lie together: else a sum's order, and its last bit, would depend on how many draws there are
        drawn = np.ascontiguousarray(total[:, scored])
        mean, spread = drawn.mean(axis=1, keepdims=True), drawn.std(axis=1, keepdims=True)
        rescaled: Floats = own.mean() + (total - mean) / np.where(spread > 0, spread, np.nan) * own.std()
        return rescaled


def drawn_weights(plan: Plan, seed: int, draws: Ints) -> dict[str, dict[str, Floats | float]]:
    """Weights per body type and node: the scheme's own, or one per draw ``(B, 1)`` summing to one over siblings."""
    rule = plan.scheme.uncertainty.weights
    if rule.method == "none":
        return {body_type: dict(weights) for body_type, weights in plan.weights.items()}
    names = [child for inner in plan.inner for child in inner.children]
    types = list(plan.weights)
    given = np.array([[plan.weights[body_type][name] for name in names] for body_type in types])
    raw = np.empty((len(draws), *given.shape))
    for at, draw in enumerate(draws):
        random = stream(seed, WEIGHTS, int(draw))
        if rule.method == "dirichlet":
            raw[at] = random.standard_gamma(rule.concentration * given)
        else:
            raw[at] = given * (1.0 + rule.band * (2.0 * random.random(len(names)) - 1.0))
    drawn: dict[str, dict[str, Floats | float]] = {}
    for row, body_type in enumerate(types):
        drawn[body_type], start = {}, 0
        for inner in plan.inner:
            block = raw[:, row, start : start + len(inner.children)]
            total = block.sum(axis=1, keepdims=True)
            shares = block / np.where(total > 0, total, np.nan)  # all drawn as nothing: the draw fails, and is counted
            for at, child in enumerate(inner.children):
                drawn[body_type][child] = 0.0 if given[row, start + at] == 0.0 else shares[:, at : at + 1]
            start += len(inner.children)
    return drawn
