"""Figures that can be and figures that can't; digits, repeats and whole percentages that are made up."""

from __future__ import annotations

import numpy as np

from benchmarks.error_rates.rate import Effect, Rate, World
from minping.audit.cases import broken
from minping.audit.fabrication.dates import TASK_ORDERS, broken_orders, shared_names
from minping.audit.fabrication.digits import beyond, either_of, fit, fits_of
from minping.audit.fabrication.heaping import judged
from minping.audit.fabrication.ledgers import judged as repeats_judged
from minping.audit.fabrication.precision_switches import chance
from minping.audit.fabrication.texts import LEAST, most_reused
from minping.model.arrays import Floats
from minping.stats.digit_pairs import last_pairs
from minping.stats.feasible import feasible_mean, feasible_sd, feasible_sum
from minping.stats.groups import codes, sums
from minping.stats.repeats import chance_of, pairs, significant
from minping.stats.reuse import reuse
from minping.words import Text

BODIES = 40
DECIMALS, PARTS = 1, 3


def _sums(off: float) -> World:
    def world(random: np.random.Generator) -> Floats:
        parts = random.lognormal(4, 1, (BODIES, PARTS))
        printed, whole = np.round(parts, DECIMALS), np.round(parts.sum(axis=1) + off, DECIMALS)
        places = np.full(BODIES, DECIMALS)
        return broken(~feasible_sum(printed.sum(axis=1), whole, places, np.full(BODIES, PARTS)))

    return world


def _shares(people: int, invented: bool) -> World:
    """Per cent with one decimal of so many people: counted, or any figure between 80 and 100."""

    def world(random: np.random.Generator) -> Floats:
        counted = np.round(100 * random.binomial(people, 0.9, BODIES) / people, 1)
        told = np.round(random.uniform(80, 100, BODIES), 1) if invented else counted
        return broken(~feasible_mean(np.rint(told * 10).astype(np.int64), np.full(BODIES, 3), np.full(BODIES, people)))

    return world


def _deviations(people: int, invented: bool) -> World:
    """Mean and deviation, two decimals, of so many answers from 1 to 5; invented: a deviation between .5 and 1.5."""

    def world(random: np.random.Generator) -> Floats:
        answers = random.integers(1, 6, (BODIES, people))
        mean, sd = answers.mean(axis=1), answers.std(axis=1, ddof=1)
        sd = random.uniform(0.5, 1.5, BODIES) if invented else sd
        two, n = np.full(BODIES, 2), np.full(BODIES, people)
        return broken(
            ~feasible_sd(np.rint(100 * mean).astype(np.int64), two, np.rint(100 * sd).astype(np.int64), two, n)
        )

    return world


def _means(invented: bool) -> World:
    """Means of 30 answers from 1 to 5, two decimals; invented: any figure between 3 and 5."""

    def world(random: np.random.Generator) -> Floats:
        mean = random.uniform(3, 5, BODIES) if invented else random.integers(1, 6, (BODIES, 30)).mean(axis=1)
        return broken(~feasible_mean(np.rint(100 * mean).astype(np.int64), np.full(BODIES, 2), np.full(BODIES, 30)))

    return world


def _forward(copied: int) -> World:
    """Eight figures of five digits that grow by 5 % give or take 5 %; so many of them are last year's."""

    def world(random: np.random.Generator) -> Floats:
        before = np.rint(random.lognormal(10, 0.3, (BODIES, 8)))
        now = np.rint(before * random.normal(1.05, 0.05, before.shape))
        now[:, :copied] = before[:, :copied]
        return chance_of(now == before, significant(now), 1.0)

    return world


def _bodies(copied: int) -> World:
    """Forty bodies with eight figures of five digits; each even one has so many of the next one's."""

    def world(random: np.random.Generator) -> Floats:
        value = np.rint(random.lognormal(10, 0.3, (BODIES, 8)))
        value[::2, :copied] = value[1::2, :copied]
        first, second, cell = pairs(value, significant(value))
        pair = codes(first * BODIES + second) if first.size else first
        count = int(pair.max(initial=-1)) + 1
        digits = sums(pair, significant(value)[first, cell].astype(np.float64), count)
        return (
            np.minimum(1.0, BODIES * (BODIES - 1) / 2 * 10.0**-digits)
            if not copied
            else _planted(pair, first, second, digits)
        )

    return world


def _planted(pair: np.ndarray, first: np.ndarray, second: np.ndarray, digits: Floats) -> Floats:  # type: ignore[type-arg]
    """p-values of the planted pairs; 1 for those that share nothing that counts."""
    p = np.ones(BODIES // 2)
    for at in range(BODIES // 2):
        here = pair[(first == 2 * at) & (second == 2 * at + 1)]
        if here.size:
            p[at] = min(1.0, BODIES * (BODIES - 1) / 2 * 10.0 ** -digits[here[0]])
    return p


def _places(rounded: float) -> World:
    """Twelve figures with two decimals, of which a share is rounded to whole numbers."""

    def world(random: np.random.Generator) -> Floats:
        lost = (random.random((BODIES, 12)) < 0.1) | (random.random((BODIES, 12)) < rounded)
        return chance(lost.sum(axis=1).astype(np.float64), np.full(BODIES, 12.0))

    return world


def _heaped(heaping: float) -> World:
    """Twelve rates of 200 to 900 people around 90 %; a share of them is moved to the next whole per cent."""

    def world(random: np.random.Generator) -> Floats:
        body = np.repeat(np.arange(BODIES), 12)
        people = random.integers(200, 900, body.size).astype(np.float64)
        happy = random.binomial(people.astype(np.int64), random.beta(45, 5, body.size)).astype(np.float64)
        moved = random.random(body.size) < heaping
        happy = np.where(moved, np.rint(np.ceil(100 * happy / people) / 100 * people), happy)
        inside = (happy > 0) & (happy < people)
        return judged(body[inside], happy[inside], people[inside], BODIES)[3]

    return world


def _last(liked: float) -> World:
    """150 figures whose last digit is 5, 3 or 7 in a share of cases, else any."""

    def world(random: np.random.Generator) -> Floats:
        body = np.repeat(np.arange(BODIES), 150)
        digit = np.where(
            random.random(body.size) < liked, random.choice([3, 5, 7], body.size), random.integers(0, 10, body.size)
        )
        return fit(digit, body, BODIES, np.full(10, 0.1)).p

    return world


def _pairs(avoided: float) -> World:
    """150 figures; of those whose last two digits are equal so many are avoided: the last digit is one higher."""

    def world(random: np.random.Generator) -> Floats:
        body = np.repeat(np.arange(BODIES), 150)
        figures = random.integers(1000, 100_000, body.size)
        equal = figures // 10 % 10 == figures % 10
        moved = equal & (random.random(body.size) < avoided) & (figures % 10 < 9)
        return either_of(last_pairs(figures + moved, body, BODIES))

    return world


def _ledger(invented: float) -> World:
    """1,000 log-normal payments over four orders of magnitude, a share of them even between 1,000 and 9,999."""

    def world(random: np.random.Generator) -> Floats:
        body = np.repeat(np.arange(8), 1000)
        amounts = np.rint(random.lognormal(9, 2.0, body.size))
        made = random.random(body.size) < invented
        amounts = np.where(made, random.integers(1000, 10_000, body.size), np.maximum(amounts, 1)).astype(np.int64)
        return beyond(fits_of(amounts, body, 8))[0]

    return world


def _effects(make, *sizes: tuple[float, str, str]) -> tuple[Effect, ...]:  # type: ignore[no-untyped-def]
    return tuple(Effect(Text(zh, en), make(size)) for size, zh, en in sizes)


def _days(slipped: bool) -> World:
    """Days of 200 tasks in their order; slipped: one day of each is entered with another month."""

    def world(random: np.random.Generator) -> Floats:
        steps = random.integers(1, 60, (4, 200)).cumsum(axis=0).astype("timedelta64[D]")
        days = np.datetime64("2024-01-01", "D") + steps
        if slipped:
            at, months = (random.integers(4, size=200), np.arange(200)), random.choice([-3, -2, -1, 1, 2, 3], 200)
            days[at] += (30 * months).astype("timedelta64[D]")
        named = dict(zip(("decided_on", "submitted_on", "verified_on", "closed_on"), days, strict=True))
        return broken(broken_orders(named, TASK_ORDERS[:5], np.datetime64("2030-01-01", "D"), {})[0] >= 0)

    return world


def _files(reused: float) -> World:
    """Visits of 40 bodies, each with a file of its own or, of some, the file of any other visit."""

    def world(random: np.random.Generator) -> Floats:
        body, day = np.repeat(np.arange(BODIES), 10), random.integers(0, 250, 10 * BODIES)
        again = random.random(body.size) < reused
        name = np.where(again, random.integers(0, body.size, body.size), np.arange(body.size))
        p = broken(shared_names(name, body, day))
        return p[again] if reused else p

    return world


RATES = {
    "sums": Rate(
        Text("三个部分与总数各自四舍五入到一位小数", "three parts and the whole, each rounded to one decimal"),
        _sums(0.0),
        _effects(_sums, (0.3, "总数偏 0.3", "the whole is 0.3 off"), (1.0, "总数偏 1", "the whole is 1 off")),
        worlds=50,
    ),
    "shares": Rate(
        Text("30 人的满意率，一位小数", "a share of 30 people, one decimal"),
        _shares(30, False),
        (
            Effect(Text("30 人，80–100 间随意编", "30 people, any figure from 80 to 100"), _shares(30, True)),
            Effect(Text("300 人，同上", "300 people, the same"), _shares(300, True)),
        ),
        worlds=50,
    ),
    "means": Rate(
        Text("30 人回答 1–5 的均值", "means of 30 answers from 1 to 5"),
        _means(False),
        (Effect(Text("随意编的均值", "any mean"), _means(True)),),
        worlds=50,
    ),
    "deviations": Rate(
        Text("30 人回答 1–5 的均值与标准差", "mean and deviation of 30 answers from 1 to 5"),
        _deviations(30, False),
        (
            Effect(Text("标准差随意编，10 人", "any deviation, 10 people"), _deviations(10, True)),
            Effect(Text("标准差随意编，30 人", "any deviation, 30 people"), _deviations(30, True)),
        ),
        worlds=20,
    ),
    "copied_forward": Rate(
        Text("八个五位数，年增 5 % 上下", "eight figures of five digits that grow by about 5 %"),
        _forward(0),
        _effects(_forward, (1, "照抄一个", "one is last year's"), (3, "照抄三个", "three are last year's")),
        worlds=50,
    ),
    "copied_bodies": Rate(
        Text("40 个单位各八个五位数", "40 bodies with eight figures of five digits"),
        _bodies(0),
        _effects(_bodies, (2, "相同两个", "two are the same"), (3, "相同三个", "three are the same")),
        worlds=50,
    ),
    "precision": Rate(
        Text("十二个两位小数的数", "twelve figures with two decimals"),
        _places(0.0),
        _effects(_places, (0.3, "三成取整", "three in ten rounded"), (0.6, "六成取整", "six in ten rounded")),
        worlds=100,
    ),
    "heaping": Rate(
        Text("十二个月的比率，200–900 人，约九成", "twelve rates of 200 to 900 people around 90 %"),
        _heaped(0.0),
        _effects(_heaped, (0.3, "三成移到整数", "three in ten moved to a whole per cent"), (0.6, "六成移到整数", "six in ten moved")),
        worlds=50,
    ),
    "last_digits": Rate(
        Text("150 个数，末位均匀", "150 figures, any last digit"),
        _last(0.0),
        _effects(_last, (0.15, "15 % 偏好 3、5、7", "15 % prefer 3, 5, 7"), (0.3, "30 % 偏好", "30 % prefer them")),
        worlds=100,
    ),
    "digit_pairs": Rate(
        Text("150 个数，末两位随意", "150 figures, any last two digits"),
        _pairs(0.0),
        _effects(_pairs, (0.5, "避开一半", "half avoided"), (0.9, "避开九成", "nine in ten avoided")),
        worlds=100,
    ),
    "benford": Rate(
        Text("一千笔对数正态的支付", "1,000 log-normal payments"),
        _ledger(0.0),
        _effects(_ledger, (0.1, "一成编造", "a tenth made up"), (0.25, "四分之一编造", "a quarter made up")),
        worlds=50,
    ),
    "dates_of_tasks": Rate(
        Text("交办、报结、核查、办结依次相隔 1–59 天", "decided, submitted, verified, closed, 1 to 59 days apart"),
        _days(False),
        (Effect(Text("每件有一个日期错一至三个月", "one day of each is one to three months off"), _days(True)),),
        worlds=20,
    ),
    "dates_of_projects": Rate(
        Text("同上（同一算法）", "as above (the same arithmetic)"),
        _days(False),
        (Effect(Text("每个有一个日期错一至三个月", "one day of each is one to three months off"), _days(True)),),
        worlds=20,
    ),
    "reused_files": Rate(
        Text("40 个单位各 10 次核查，文件各不相同", "40 bodies with 10 visits, each with a file of its own"),
        _files(0.0),
        (Effect(Text("5 % 用了别处的文件", "5 % with the file of another visit"), _files(0.05)),),
        worlds=50,
    ),
}  # fmt: skip


LETTERS = "".join(chr(0x4E00 + at) for at in range(600))


def _texts(copied: float) -> World:
    """Thirty reports of 600 characters drawn from 600, with a form of 60 in common; every other one has a share of the one before."""

    def world(random: np.random.Generator) -> Floats:
        form = "".join(random.choice(list(LETTERS), 60))
        texts = ["".join(random.choice(list(LETTERS), 600)) for _ in range(30)]
        kept = int(600 * copied)
        for at in range(1, 30, 2) if copied else ():
            texts[at] = texts[at - 1][:kept] + texts[at][kept:]
        share = most_reused(reuse([form + text for text in texts], least=LEAST), 30)[1]
        return broken(share >= LEAST)[1::2]

    return world


RATES["reused_reports"] = Rate(
    Text("三十份报告，开头相同 60 字", "thirty reports that begin with the same 60 characters"),
    _texts(0.0),
    _effects(_texts, (0.4, "四成照抄", "four tenths copied"), (0.7, "七成照抄", "seven tenths copied")),
    worlds=10,
)


def _repeated(share: float) -> World:
    """Forty ledgers of 200 payments, 2 % of them standing twice; every tenth body has a share more."""

    def world(random: np.random.Generator) -> Floats:
        body = np.repeat(np.arange(BODIES), 200)
        marked = random.random(body.size) < np.where(body % 10 == 0, 0.02 + share, 0.02)
        p = repeats_judged(body, marked, BODIES)[2]
        return p[::10] if share else p

    return world


RATES["repeated_payments"] = Rate(
    Text("每单位 200 笔，2 % 重复", "200 payments of a body, 2 % of them twice"),
    _repeated(0.0),
    _effects(_repeated, (0.03, "多 3 %", "3 % more"), (0.08, "多 8 %", "8 % more")),
    worlds=100,
)

RATES["sum_of_bodies"] = RATES["sums"]
