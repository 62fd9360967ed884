"""Targets: honest ones and what became of them, and figures, targets and closings that were moved."""

from __future__ import annotations

import numpy as np

from benchmarks.error_rates.rate import Effect, Rate, World
from minping.audit.cases import broken
from minping.audit.targets.attainment import chance_of
from minping.audit.targets.bunching import chance_of_all, judged
from minping.audit.targets.deadlines import judged as rushed
from minping.audit.targets.ratchet import slopes
from minping.model.arrays import Floats
from minping.words import Text

BODIES, MONTHS, WITHIN = 24, 36, 0.02


def _bunched(moved: float, months: int = MONTHS) -> World:
    """Figures of 36 targets around 1 % above, sd 6 %; a share of those less than 4 % below are moved just above."""

    def world(random: np.random.Generator) -> Floats:
        body = np.repeat(np.arange(BODIES), months)
        over = random.normal(0.01, 0.06, body.size)
        made = (over < 0) & (over > -0.04) & (random.random(body.size) < moved)
        return judged(np.where(made, random.uniform(0, 0.01, body.size), over), body, BODIES, WITHIN)[2]

    return world


def _just_met(all_of: bool) -> World:
    """36 targets, a tenth met by less than 1 %; the first body meets all of them so."""

    def world(random: np.random.Generator) -> Floats:
        many = random.binomial(MONTHS, 0.1, BODIES).astype(np.float64)
        many[0] = MONTHS if all_of else many[0]
        p = chance_of_all(np.full(BODIES, float(MONTHS)), many)
        return p[:1] if all_of else p

    return world


def _rushed(more: float) -> World:
    """40 closed in time, one in ten in the last days; the first four bodies a share more."""

    def world(random: np.random.Generator) -> Floats:
        body = np.repeat(np.arange(BODIES), 40)
        late = random.random(body.size) < np.where(body < 4, 0.1 + more, 0.1)
        p = rushed(body, late, BODIES)[2]
        return p[:4] if more else p

    return world


def _targets(factor: float, *, hard: bool) -> World:
    """Nine years of 18 bodies that grow by 6 % (sd between 2 %, within 4 %); the target asks for the own mean, times a factor."""

    def world(random: np.random.Generator) -> Floats:
        level = random.normal(0.06, 0.02, 18)
        past = level + random.normal(0, 0.04, (8, 18))
        asked = level + random.normal(0, 0.02, 18) + np.log(factor)
        chance = chance_of(past, np.arange(18), asked, np.zeros(18, dtype=np.bool_))[1]
        return chance if hard else 1 - chance

    return world


def _amplified(more: float) -> World:
    """A body above and twelve below whose targets add to it but for rounding up by at most 5 %, times a factor."""

    def world(random: np.random.Generator) -> Floats:
        below = random.lognormal(5, 0.5, (50, 12))
        given = below * random.uniform(1, 1.05, below.shape) * more
        return broken(given.sum(axis=1) / below.sum(axis=1) > 1.1)

    return world


def _ratchet(part: float) -> World:
    """Nine years of 18 bodies: targets follow the level (sd of growth 3 %, of figures 5 %); of four they follow the figures by a part."""

    def world(random: np.random.Generator) -> Floats:
        level = np.cumsum(random.normal(0.06, 0.03, (10, 18)), axis=0)
        figure = level + random.normal(0, 0.05, level.shape)
        follows = np.where(np.arange(18) < 4, part, 0.0)
        target = (1 - follows) * level[:-1] + follows * figure[:-1] + 0.06 + random.normal(0, 0.01, (9, 18))
        change, beyond = np.diff(target, axis=0), (figure[1:] - target)[:-1]
        group = np.broadcast_to(np.arange(18), change.shape).ravel()
        p = slopes(change.ravel(), beyond.ravel(), group, 18).p
        return p[:4] if part else p

    return world


def _effects(make, *sizes: tuple[float, str, str], **how: bool) -> tuple[Effect, ...]:  # type: ignore[no-untyped-def]
    return tuple(Effect(Text(zh, en), make(size, **how)) for size, zh, en in sizes)


RATES = {
    "bunched": Rate(
        Text("36 个目标，完成比约 1.01，标准差 6 %", "36 targets, met at 1.01 with sd 6 %"),
        _bunched(0.0),
        (
            *_effects(_bunched, (0.5, "目标下 4 % 内的一半移到线上", "half of those up to 4 % below are moved above"), (0.9, "移九成", "nine in ten moved")),
            Effect(Text("360 个目标，移一半", "360 targets, half moved"), _bunched(0.5, 360)),
        ),
        worlds=50,
    ),
    "always_just_met": Rate(
        Text("36 个目标，一成刚好完成", "36 targets, a tenth met by a hair"),
        _just_met(False),
        (Effect(Text("一个单位个个刚好完成", "one body meets all by a hair"), _just_met(True)),),
        worlds=50,
    ),
    "rushed_tasks": Rate(
        Text("按时办结 40 件，一成在最后几天", "40 closed in time, a tenth in the last days"),
        _rushed(0.0),
        _effects(_rushed, (0.2, "多二成", "two in ten more"), (0.4, "多四成", "four in ten more")),
    ),
    "unrealistic": Rate(
        Text("目标等于本单位平均增幅上下 2 %", "the target asks for the body's own mean growth, sd 2 %"),
        _targets(1.0, hard=True),
        _effects(_targets, (1.1, "高一成", "a tenth more"), (1.25, "高四分之一", "a quarter more"), hard=True),
    ),
    "easy": Rate(
        Text("目标等于本单位平均增幅上下 2 %", "the target asks for the body's own mean growth, sd 2 %"),
        _targets(1.0, hard=False),
        _effects(_targets, (0.9, "低一成", "a tenth less"), (0.78, "低两成多", "over a fifth less"), hard=False),
    ),
    "amplified": Rate(
        Text("分解时各留 0–5 %", "each target below has 0–5 % on top"),
        _amplified(1.0),
        _effects(_amplified, (1.1, "再加一成", "a tenth more"), (1.2, "再加两成", "a fifth more")),
        worlds=20,
    ),
    "ratchet": Rate(
        Text("九年，目标跟随真实水平", "nine years, targets follow the true level"),
        _ratchet(0.0),
        _effects(_ratchet, (0.5, "半随上年完成数", "half by last year's figure"), (1.0, "全随上年完成数", "wholly by it")),
    ),
}  # fmt: skip
RATES["rushed_requests"] = RATES["rushed_tasks"]
