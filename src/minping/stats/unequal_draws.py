"""Unequal draws: inclusion probabilities from sizes, and a sample of fixed size that has exactly these.

In: a size for each unit (a risk, an amount); out: probabilities and the units drawn. Every unit can be drawn, so what
is found tells of all units (`unequal_shares`). The seed is an argument: who knows it can draw the same units again.

The design is conditional Poisson sampling, the one of largest entropy among those with given probabilities (Hájek 1964;
Tillé 2006, "Sampling Algorithms", chapter 5): variances told from the probabilities alone are at their best with it.
"""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Floats, Ints

WHOLE = 1e-6  #: how near a whole number the sum of the probabilities must be
_LEAST = 1e-200  #: of the largest size; a smaller one is nought
_CLOSE = 1e-10  #: largest relative error of a probability, and of its complement, when the steps end
_SLOW_STEPS = 20_000
_STEPS = 200
_WIDE = 10.0  #: standard deviations of the size beyond which its chance is nought
_CELLS = 2_000_000  #: of one block of complex numbers


def inclusion(sizes: Floats, draws: int, floor: float) -> Floats:
    """Probabilities proportional to the sizes, never below `floor` nor above 1, that sum to `draws`; (N,).

    Where the units with a size are too few, all of them are certain and the others share the rest alike.

    Args:
        sizes: (N,) nought or more
        draws: units to be drawn, from 1 to N
        floor: least probability, above nought and at most draws / N

    Raises:
        ValueError: a size is negative or missing, or `draws` or `floor` is out of its range.

    >>> inclusion(np.array([0.0, 1.0, 2.0, 10.0]), 2, 0.1)
    array([0.1, 0.3, 0.6, 1. ])
    """
    units = sizes.size
    if not (np.isfinite(sizes) & (sizes >= 0)).all():
        raise ValueError("a size is negative, infinite or missing")
    if not 1 <= draws <= units:
        raise ValueError(f"{draws} of {units} units can't be drawn")
    if not 0 < floor <= draws / units:
        raise ValueError(f"the floor is {floor:g}; it must be above nought and at most {draws}/{units}")
    sizes = np.where(sizes > _LEAST * sizes.max(), sizes / max(float(sizes.max()), 1e-300), 0.0)
    sized = np.count_nonzero(sizes)
    if sized + floor * (units - sized) <= draws:
        rest = (draws - sized) / (units - sized) if sized < units else 1.0
        return np.where(sizes > 0, 1.0, rest)
    positive = np.sort(sizes[sizes > 0])
    leaves, stops = floor / positive[::-1], 1 / positive[::-1]  # factors at which a unit leaves the floor, is certain
    summed = np.r_[0.0, np.cumsum(positive)][::-1]  # of all but the largest so-and-so many
    factors = np.sort(np.r_[leaves, stops])
    left, certain = np.searchsorted(leaves, factors, "right"), np.searchsorted(stops, factors, "right")
    reached = floor * (units - left) + certain + factors * (summed[certain] - summed[left])
    at = int(np.searchsorted(reached, draws, "left")) - 1  # the sum runs straight from this factor to the next
    if at < 0:
        return np.full(units, floor)
    slope = summed[certain[at]] - summed[left[at]]
    factor = factors[at] + ((draws - reached[at]) / slope if slope > 0 else 0.0)
    found: Floats = np.clip(factor * sizes, floor, 1.0)
    return found


def unequal_draw(probability: Floats, seed: int) -> Ints:
    """Draw as many units as the probabilities sum to, each with exactly its probability; (n,) in rising order.

    Units are taken independently, with working chances, until there are as many as wanted.

    Args:
        probability: (N,) above nought and at most 1; their sum is whole
        seed: of the draw; the same seed draws the same units

    Raises:
        ValueError: a probability is out of its range, or their sum is not whole.

    >>> unequal_draw(np.array([0.1, 0.3, 0.6, 1.0]), seed=4).tolist()
    [1, 3]
    """
    if not ((probability > 0) & (probability <= 1)).all():
        raise ValueError("a probability is missing, not above nought, or above 1")
    total = float(probability.sum())
    if abs(total - round(total)) > WHOLE:
        raise ValueError(f"the probabilities sum to {total:.6f}; it must be a whole number of units")
    open_units = np.flatnonzero(probability < 1)
    wanted = round(total) - (probability.size - open_units.size)
    if wanted in {0, open_units.size}:  # what is left is rounding
        return np.flatnonzero(probability == 1) if wanted == 0 else np.arange(probability.size)
    chance = working_chances(probability[open_units], wanted)
    random = np.random.default_rng(seed)
    taken = random.random(open_units.size) < chance
    while taken.sum() != wanted:
        taken = random.random(open_units.size) < chance
    return np.sort(np.r_[np.flatnonzero(probability == 1), open_units[taken]])


def working_chances(probability: Floats, draws: int) -> Floats:
    """Chances of independent draws which, given that `draws` units are drawn, give these probabilities; (N,).

    Log odds are moved by what those of the probabilities are off, by less where that leads away (Newton's steps for
    draws that were independent; Chen, Dempster and Liu 1994, Biometrika 81, move odds).

    Raises:
        ValueError: the steps don't end.

    >>> chance = working_chances(np.array([0.2, 0.3, 0.5]), 1)
    >>> odds = chance / (1 - chance)
    >>> (odds / odds.sum()).round(6)
    array([0.2, 0.3, 0.5])
    """
    aim = np.log(probability) - np.log1p(-probability)
    odds, move, factor, before = aim, np.zeros(aim.size), 1.0, np.inf
    for _ in range(_STEPS):
        chance = _centred(odds + factor * move, draws)
        reached = given_size(chance, draws)
        off = float((np.abs(reached - probability) / np.minimum(probability, 1 - probability)).max())
        if off <= _CLOSE:
            return chance
        if off < before:
            odds, before = odds + factor * move, off
            move = aim - (np.log(reached) - np.log1p(-reached))
        else:
            factor /= 2
    for _ in range(_SLOW_STEPS):  # slower, and sure to lead there (Chen, Dempster and Liu 1994, theorem 1)
        chance = _centred(odds, draws)
        reached = given_size(chance, draws)
        before = float((np.abs(reached - probability) / np.minimum(probability, 1 - probability)).max())
        if before <= _CLOSE:
            return chance
        odds = odds + np.log(probability) - np.log(reached)
    raise ValueError(f"working chances weren't found in {_SLOW_STEPS} steps; the largest is {before:.1e} off")


def given_size(chance: Floats, draws: int) -> Floats:
    """P(a unit is drawn | `draws` are drawn), of independent draws with these chances that sum to `draws`; (N,).

    By the generating function of the number drawn, at roots of unity (Fernández and Williams 2010); as many of these as
    the number can take values within ten standard deviations.

    >>> given_size(np.array([0.5, 0.5, 0.5, 0.5]), 2).round(6)
    array([0.5, 0.5, 0.5, 0.5])
    """
    spread = float(np.sqrt((chance * (1 - chance)).sum()))
    points = min(chance.size + 1, 2 * int(_WIDE * spread + _WIDE)) | 1  # odd: at -1 a chance of a half has no inverse
    turns = np.exp(2j * np.pi * np.arange(points // 2 + 1) / points)
    step = max(1, _CELLS // turns.size)
    blocks = [slice(first, first + step) for first in range(0, chance.size, step)]
    logs = sum(np.log1p(chance[rows, None] * (turns - 1)).sum(axis=0) for rows in blocks)
    twice = np.where(np.arange(turns.size) == 0, 1.0, 2.0)  # the other half of the roots are conjugates
    whole = twice * np.exp(logs) * turns**-draws
    size = float(whole.real.sum())
    without = [((whole * turns) / (1 + chance[rows, None] * (turns - 1))).real.sum(axis=1) for rows in blocks]
    found: Floats = chance * np.concatenate(without) / size
    return found


def _centred(odds: Floats, draws: int) -> Floats:
    """Chances with these log odds, all moved alike so that the chances sum to `draws`."""
    from minping.stats.special import expit

    low, high = -odds.max() - 40.0, -odds.min() + 40.0
    move = 0.0
    for _ in range(100):
        chance = expit(odds + move)
        over = float(chance.sum()) - draws
        if abs(over) <= 1e-12 * draws:
            break
        low, high = (low, move) if over > 0 else (move, high)
        slope = float((chance * (1 - chance)).sum())
        move -= over / slope if slope > 0 else 0.0
        if not low < move < high:
            move = (low + high) / 2
    return expit(odds + move)
