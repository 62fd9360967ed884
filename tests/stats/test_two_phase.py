"""Two phases: against plain code, Cochran's example, and simulated truth."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import stdtrit

from minping.stats.two_phase import SecondPhase, planned_error, two_phase_means

POINTS, SHARE = 25.0 * np.arange(5.0), np.array([0.0, 0.0, 100.0, 100.0, 100.0])


def plain(reached: np.ndarray, silent: np.ndarray, group: np.ndarray) -> SecondPhase:
    """Second phase of strata in which everybody had the same chance."""
    drawn = reached.sum(axis=1, keepdims=True)
    weight = np.divide(silent[:, None], drawn, out=np.zeros(drawn.shape), where=drawn > 0)
    return SecondPhase(group, silent, reached, reached * weight, reached * weight**2)


def test_cochrans_example_costs_what_he_says() -> None:
    """Cochran (1977), section 13.6: 1,870 letters, half answered, every 2.739th of the rest: as sure as 1,000 answers."""
    k = math.sqrt(4.5 * 0.5 / (0.1 + 0.4 * 0.5))
    assert k == pytest.approx(2.739, abs=5e-4)
    error = planned_error(1.0, 1.0, np.array([1870.0]), np.array([0.5]), np.array([935 / k]))
    assert error[0] == pytest.approx(math.sqrt(1 / 1000), rel=2e-4)


def test_the_estimate_is_that_of_plain_code() -> None:
    rng = np.random.default_rng(3)
    answered, silent = rng.integers(5, 90, (3, 5)).astype(float), rng.integers(200, 900, 6).astype(float)
    reached, group = rng.integers(3, 12, (6, 5)).astype(float), np.array([0, 0, 1, 1, 2, 2])
    found = two_phase_means(POINTS, answered, plain(reached, silent, group))
    for at in range(3):
        strata = np.flatnonzero(group == at)
        n1, n2 = answered[at].sum(), silent[strata].sum()
        said = [np.repeat(POINTS, reached[h].astype(int)) for h in strata]
        second = sum(silent[h] * y.mean() for h, y in zip(strata, said, strict=True)) / n2
        first = answered[at] @ POINTS / n1
        error2 = sum(
            (silent[h] / n2) ** 2 * (1 - len(y) / silent[h]) * y.var(ddof=1) / len(y)
            for h, y in zip(strata, said, strict=True)
        )
        assert found.mean[at] == pytest.approx((n1 * first + n2 * second) / (n1 + n2), rel=1e-12)
        assert found.second_se[at] == pytest.approx(math.sqrt(error2), rel=1e-12)
        w2 = n2 / (n1 + n2)
        finite = two_phase_means(POINTS, answered, plain(reached, silent, group), finite=True)
        assert finite.se[at] == pytest.approx(w2 * math.sqrt(error2), rel=1e-12)
        squares = answered[at] @ POINTS**2 + sum(silent[h] * (y**2).mean() for h, y in zip(strata, said, strict=True))
        spread = squares / (n1 + n2) - found.mean[at] ** 2
        assert found.se[at] ** 2 == pytest.approx(spread / (n1 + n2) + w2**2 * error2, rel=5e-3)  # plus Jeffreys' half


#: what those who rate and the silent of two strata think, by level
RATERS = np.array([0.02, 0.03, 0.1, 0.35, 0.5])
QUIET = np.array([[0.1, 0.15, 0.3, 0.3, 0.15], [0.25, 0.25, 0.2, 0.2, 0.1]])
ANSWER = np.array([0.3, 0.5])  #: chance of rating, by stratum
SHARES = np.array([0.6, 0.4])


@pytest.mark.parametrize("worth", [POINTS, SHARE], ids=["points", "share"])
@pytest.mark.parametrize(("draw", "reach"), [((60, 60), 0.5), ((80, 20), 1.0), ((12, 12), 0.7)])
def test_intervals_hold_the_truth_as_often_as_they_say(worth: np.ndarray, draw: tuple[int, int], reach: float) -> None:
    rng, runs, served = np.random.default_rng(11), 600, 1500
    truth = sum(SHARES[h] * (ANSWER[h] * RATERS + (1 - ANSWER[h]) * QUIET[h]) @ worth for h in range(2))
    size = rng.multinomial(served, SHARES, runs)
    told = rng.binomial(size, ANSWER)
    silent = size - told
    answered = np.stack([rng.multinomial(count, RATERS) for count in told.sum(axis=1)]).astype(float)
    said = np.stack([[rng.multinomial(silent[run, h], QUIET[h]) for h in range(2)] for run in range(runs)])
    called = rng.binomial(np.array(draw), reach, (runs, 2)) if reach < 1 else np.tile(draw, (runs, 1))
    reached = np.stack(
        [[rng.multivariate_hypergeometric(said[run, h], called[run, h]) for h in range(2)] for run in range(runs)]
    )
    second = plain(reached.reshape(-1, 5).astype(float), silent.ravel().astype(float), np.repeat(np.arange(runs), 2))
    found = two_phase_means(worth, answered, second)
    covered = np.mean(np.abs(found.mean - truth) <= stdtrit(found.degrees, 0.975) * found.se)

    assert 0.905 <= covered <= 0.975  # of 600 runs; eight answers a stratum give 92 % in the long run
    assert abs(np.mean(found.mean - truth)) < 4 * found.mean.std() / math.sqrt(runs)
    of_raters = np.mean(np.abs(found.first - truth) <= 1.959964 * found.first.std())
    assert of_raters < 0.2  # the raters alone miss it
    realised = (answered @ worth + said.sum(axis=1) @ worth) / served
    finite = two_phase_means(worth, answered, second, finite=True)
    assert 0.905 <= np.mean(np.abs(finite.mean - realised) <= stdtrit(finite.degrees, 0.975) * finite.se) <= 0.985


def test_unequal_chances_within_a_stratum_are_weighed() -> None:
    """Two draws of one stratum, months with different rates: weights 1/probability give the mean back."""
    reached = np.array([[40.0, 0, 0, 0, 10.0]])
    weight, square = reached * np.array([2.0, 0, 0, 0, 12.0]), reached * np.array([4.0, 0, 0, 0, 144.0])
    found = two_phase_means(
        POINTS, np.zeros((1, 5)), SecondPhase(np.array([0]), np.array([200.0]), reached, weight, square)
    )
    assert found.second[0] == pytest.approx(100 * 120 / 200)


def test_strata_without_anybody_reached_are_spoken_for_by_the_others() -> None:
    reached, group = np.array([[0.0, 0, 0, 0, 0], [2, 2, 2, 2, 2], [0, 0, 0, 0, 0]]), np.array([0, 0, 1])
    answered = np.array([[0.0, 0, 0, 0, 50], [0, 0, 0, 0, 50]])
    found = two_phase_means(POINTS, answered, plain(reached, np.array([30.0, 20.0, 40.0]), group))
    assert found.second[0] == 50.0 and found.mean[0] == 75.0 and found.reached.tolist() == [10.0, 0.0]
    assert np.isnan(found.mean[1]) and np.isnan(found.se[1])  # nobody speaks for those silent
    assert found.first[1] == 100.0


def test_where_nobody_is_silent_the_raters_are_all() -> None:
    answered = np.array([[5.0, 5, 10, 20, 60]])
    none = SecondPhase(np.zeros(0, dtype=np.int64), np.zeros(0), *(np.zeros((0, 5)),) * 3)
    found = two_phase_means(POINTS, answered, none)
    assert found.mean == found.first and found.silent == 0 and 0 < found.se[0] < 5
    assert np.isnan(found.second[0]) and np.isnan(found.gap[0])


def test_answers_all_alike_are_not_certain() -> None:
    reached = np.array([[0.0, 0, 0, 0, 8]])
    found = two_phase_means(SHARE, np.array([[0.0, 0, 0, 0, 40]]), plain(reached, np.array([60.0]), np.array([0])))
    assert found.mean == 100.0 and found.second_se[0] > 5 and found.se[0] > 3


def test_the_planned_error_is_the_one_that_comes() -> None:
    answered = np.array([[100.0, 100, 100, 100, 100]])
    reached = np.array([[20.0, 20, 20, 20, 20]])
    found = two_phase_means(POINTS, answered, plain(reached, np.array([500.0]), np.array([0])))
    sd = math.sqrt((POINTS**2).mean() - POINTS.mean() ** 2)
    planned = planned_error(sd, sd, np.array([1000.0]), np.array([0.5]), np.array([100.0]))
    assert found.se[0] == pytest.approx(planned[0], rel=0.01)


@pytest.mark.parametrize(
    "second",
    [
        SecondPhase(np.array([1]), np.array([50.0]), *(np.ones((1, 5)),) * 3),
        SecondPhase(np.array([0]), np.array([4.0]), *(np.ones((1, 5)),) * 3),
        SecondPhase(np.array([0]), np.array([-1.0]), *(np.zeros((1, 5)),) * 3),
        SecondPhase(np.array([0]), np.array([50.0]), *(np.ones((1, 4)),) * 3),
    ],
)
def test_what_cannot_be_is_refused(second: SecondPhase) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        two_phase_means(POINTS, np.ones((1, 5)), second)
    with pytest.raises(ValueError, match="more are reached"):
        planned_error(1.0, 1.0, np.array([100.0]), np.array([0.5]), np.array([51.0]))
