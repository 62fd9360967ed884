from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from minping.model.arrays import Floats
from minping.stats import paths
from minping.stats.paths import PathFit, Scheme, bootstrap_paths, fit_paths, latent_points

SCHEMES: tuple[Scheme, ...] = ("path", "centroid", "factorial")
BLOCKS = np.array([0, 0, 0, 1, 1, 2, 2, 2, 3])
INNER = np.array([[0, 0, 0, 0], [1, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0]], dtype=bool)
seeds = st.integers(0, 2**31)


def made(seed: int, n: int = 80) -> Floats:
    """Answers that follow the model of INNER."""
    draw = np.random.default_rng(seed)
    first = draw.normal(size=n)
    second = 0.6 * first + 0.8 * draw.normal(size=n)
    third = 0.5 * first + 0.4 * second + 0.7 * draw.normal(size=n)
    fourth = 0.7 * third + 0.7 * draw.normal(size=n)
    return np.column_stack([first, second, third, fourth])[:, BLOCKS] + 0.5 * draw.normal(size=(n, len(BLOCKS)))


def slowly(items: Floats, scheme: Scheme, modes: str, rounds: int) -> Floats:
    """Lohmöller's rounds written from the book, on rows of figures; the scores after so many, up to their signs."""
    standard = (items - items.mean(0)) / items.std(0)
    scores = np.column_stack([standard[:, j == BLOCKS].sum(1) for j in range(4)])
    for _ in range(rounds):
        scores = (scores - scores.mean(0)) / scores.std(0)
        between = np.corrcoef(scores.T)
        fresh = np.empty_like(scores)
        for j in range(4):
            before, after = np.flatnonzero(INNER[j]), np.flatnonzero(INNER[:, j])
            both = [*before, *after]
            if scheme == "centroid":
                proxy = scores[:, both] @ np.sign(between[both, j])
            elif scheme == "factorial":
                proxy = scores[:, both] @ between[both, j]
            else:
                proxy = scores[:, after] @ between[after, j]
                if len(before):
                    proxy = proxy + scores[:, before] @ np.linalg.lstsq(scores[:, before], scores[:, j])[0]
            own = standard[:, j == BLOCKS]
            weights = own.T @ proxy / len(own) if modes[j] == "A" else np.linalg.lstsq(own, proxy)[0]
            fresh[:, j] = own @ weights
        scores = fresh
    return (scores - scores.mean(0)) / scores.std(0)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("modes", ["AAAA", "BBBB", "BABA"])
def test_scores_are_those_of_the_rounds_on_rows(scheme: Scheme, modes: str) -> None:
    items = made(1)
    fit = fit_paths(items, BLOCKS, INNER, scheme=scheme, modes=modes, tolerance=1e-26)
    again = slowly(items, scheme, modes, fit.iterations)
    assert fit.converged
    np.testing.assert_allclose(fit.scores, again * np.sign((fit.scores * again).sum(0)), atol=1e-9)


@pytest.mark.parametrize("modes", ["A", "B"])
def test_what_is_recorded_hangs_together(modes: str) -> None:
    items = made(2)
    fit = fit_paths(items, BLOCKS, INNER, modes=modes)
    np.testing.assert_allclose(fit.scores.mean(0), 0, atol=1e-12)
    np.testing.assert_allclose(fit.scores.std(0), 1, rtol=1e-12)
    loadings = [np.corrcoef(items[:, k], fit.scores[:, BLOCKS[k]])[0, 1] for k in range(9)]
    np.testing.assert_allclose(fit.loadings, loadings, rtol=1e-10)
    np.testing.assert_allclose(fit.communality, fit.loadings**2, rtol=1e-14)
    np.testing.assert_allclose(fit.redundancy, fit.communality * fit.r_squared[BLOCKS], rtol=1e-14)
    np.testing.assert_allclose(fit.total, np.linalg.inv(np.eye(4) - fit.paths) - np.eye(4), atol=1e-12)
    np.testing.assert_allclose(fit.indirect, fit.total - fit.paths, atol=1e-15)
    np.testing.assert_allclose(np.bincount(BLOCKS, fit.raw_weights), 1, rtol=1e-12)
    assert fit.r_squared[0] == 0 and (fit.paths[~INNER] == 0).all()
    assert np.isnan(fit.errors[~INNER]).all() and np.isnan(fit.p[~INNER]).all() and np.isnan(fit.intercept_errors[0])


def test_paths_and_their_errors_are_least_squares_on_the_scores() -> None:
    fit = fit_paths(made(3), BLOCKS, INNER)
    x = np.column_stack([np.ones(80), fit.scores[:, :2]])
    slopes, rest = np.linalg.lstsq(x, fit.scores[:, 2])[:2]
    errors = np.sqrt(rest[0] / 77 * np.diag(np.linalg.inv(x.T @ x)))
    np.testing.assert_allclose(fit.paths[2, :2], slopes[1:], rtol=1e-10)
    np.testing.assert_allclose([fit.intercept_errors[2], *fit.errors[2, :2]], errors, rtol=1e-10)
    np.testing.assert_allclose(fit.p[2, :2], 2 * stats.t.sf(np.abs(fit.t[2, :2]), 77), rtol=1e-10)
    np.testing.assert_allclose(fit.r_squared[2], 1 - rest[0] / 80, rtol=1e-10)


def same(one: PathFit, other: PathFit, columns: Any = slice(None)) -> None:
    """`other` is the fit of the columns of `one` in the order `columns`."""
    for name in ("weights", "loadings", "communality", "redundancy"):
        np.testing.assert_allclose(getattr(other, name), getattr(one, name)[columns], atol=1e-9, err_msg=name)
    for name in ("scores", "paths", "r_squared", "total", "indirect", "errors"):
        np.testing.assert_allclose(getattr(other, name), getattr(one, name), atol=1e-9, err_msg=name)


@given(seed=seeds, scheme=st.sampled_from(SCHEMES), modes=st.sampled_from(["A", "B"]))
def test_units_and_origins_of_the_columns_change_nothing(seed: int, scheme: Scheme, modes: str) -> None:
    draw, items = np.random.default_rng(seed), made(seed)
    moved = items * draw.uniform(0.01, 100, 9) + draw.uniform(-50, 50, 9)
    same(
        fit_paths(items, BLOCKS, INNER, scheme=scheme, modes=modes, tolerance=1e-22),
        fit_paths(moved, BLOCKS, INNER, scheme=scheme, modes=modes, tolerance=1e-22),
    )


@given(seed=seeds, columns=st.permutations(range(9)), scheme=st.sampled_from(SCHEMES))
def test_the_order_of_columns_and_rows_changes_nothing(seed: int, columns: list[int], scheme: Scheme) -> None:
    items = made(seed)
    one = fit_paths(items, BLOCKS, INNER, scheme=scheme, tolerance=1e-22)
    same(one, fit_paths(items[:, columns], BLOCKS[columns], INNER, scheme=scheme, tolerance=1e-22), columns)
    upside_down = fit_paths(items[::-1], BLOCKS, INNER, scheme=scheme, tolerance=1e-22)
    np.testing.assert_allclose(upside_down.scores[::-1], one.scores, atol=1e-9)


def test_the_order_of_latent_variables_changes_nothing() -> None:
    new = np.array([2, 0, 3, 1])  #: the new number of each
    inner = np.zeros_like(INNER)
    inner[np.ix_(new, new)] = INNER
    one = fit_paths(made(4), BLOCKS, INNER, modes="AABA")
    other = fit_paths(made(4), new[BLOCKS], inner, modes="AAAB")
    np.testing.assert_allclose(other.paths[np.ix_(new, new)], one.paths, atol=1e-12)
    np.testing.assert_allclose(other.total[np.ix_(new, new)], one.total, atol=1e-12)
    np.testing.assert_allclose(other.loadings, one.loadings, atol=1e-12)


def test_a_block_turned_about_turns_its_paths() -> None:
    items = made(5)
    one = fit_paths(items, BLOCKS, INNER)
    turned = fit_paths(np.where(BLOCKS == 0, -items, items), BLOCKS, INNER)
    np.testing.assert_allclose(
        turned.loadings, one.loadings, atol=1e-9
    )  # the score is turned, so that they're positive
    np.testing.assert_allclose(turned.paths[:, 0], -one.paths[:, 0], atol=1e-9)
    np.testing.assert_allclose(turned.paths[:, 1:], one.paths[:, 1:], atol=1e-9)


def test_most_loadings_are_positive_and_a_tie_goes_to_the_larger() -> None:
    items = made(6) * np.array([1, 1, -1, 1, 1, 1, 1, 1, 1])
    assert np.sign(fit_paths(items, BLOCKS, INNER).loadings[:3]).tolist() == [1, 1, -1]
    noise = np.random.default_rng(60).normal(size=80)
    for sign in (1.0, -1.0):
        items = made(6)
        items[:, 3], items[:, 4] = sign * items[:, 3], -sign * (items[:, 4] + noise)
        loadings = fit_paths(items, BLOCKS, INNER).loadings[3:5]
        assert (loadings > 0).tolist() == [True, False] and loadings.sum() > 0


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("modes", ["A", "B"])
def test_blocks_of_one_column_are_plain_regression(scheme: Scheme, modes: str) -> None:
    items = made(7)[:, [0, 3, 5]]
    fit = fit_paths(items, np.arange(3), INNER[:3, :3], scheme=scheme, modes=modes)
    np.testing.assert_allclose(fit.loadings, 1, rtol=1e-14)
    np.testing.assert_allclose(fit.weights, 1, rtol=1e-14)
    standard = (items - items.mean(0)) / items.std(0)
    np.testing.assert_allclose(fit.paths[2, :2], np.linalg.lstsq(standard[:, :2], standard[:, 2])[0], rtol=1e-11)
    np.testing.assert_allclose(fit.paths[1, 0], np.corrcoef(items[:, :2].T)[0, 1], rtol=1e-11)


TWO = np.array([[0, 0], [1, 0]], dtype=bool)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_two_blocks_of_mode_a_are_the_first_pair_of_interbattery_analysis(scheme: Scheme) -> None:
    """Weights are singular vectors of the correlations between the blocks (Tucker 1958)."""
    items, blocks = made(8)[:, :8], np.array([0, 0, 0, 1, 1, 1, 1, 1])
    fit = fit_paths(items, blocks, TWO, scheme=scheme, tolerance=1e-26)
    left, _, right = np.linalg.svd(np.corrcoef(items.T)[:3, 3:])
    for found, wanted in ((fit.weights[:3], left[:, 0]), (fit.weights[3:], right[0])):
        np.testing.assert_allclose(found / np.linalg.norm(found), wanted * np.sign(wanted.sum()), atol=1e-10)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_two_blocks_of_mode_b_are_canonical_correlation(scheme: Scheme) -> None:
    items, blocks = made(9)[:, :8], np.array([0, 0, 0, 1, 1, 1, 1, 1])
    fit = fit_paths(items, blocks, TWO, scheme=scheme, modes="B", tolerance=1e-26)
    r = np.corrcoef(items.T)
    squares = np.linalg.eigvals(np.linalg.solve(r[:3, :3], r[:3, 3:]) @ np.linalg.solve(r[3:, 3:], r[3:, :3]))
    np.testing.assert_allclose(abs(fit.paths[1, 0]), np.sqrt(squares.real.max()), rtol=1e-10)


def test_two_columns_against_one_have_weights_in_proportion_to_their_correlations() -> None:
    items = made(10)[:, [0, 1, 3]]
    r = np.corrcoef(items.T)
    fit = fit_paths(items, np.array([0, 0, 1]), TWO)
    wanted = r[:2, 2] / np.sqrt(r[:2, 2] @ r[:2, :2] @ r[:2, 2])
    np.testing.assert_allclose(fit.weights[:2], wanted, rtol=1e-12)
    np.testing.assert_allclose(fit.paths[1, 0], wanted @ r[:2, 2], rtol=1e-12)


def test_rounds_that_did_not_suffice_are_said() -> None:
    fit = fit_paths(made(11), BLOCKS, INNER, tolerance=1e-20, most=2)
    assert not fit.converged and fit.iterations == 2
    assert fit_paths(made(11), BLOCKS, INNER, tolerance=1e-20).converged


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"items": np.zeros(9)}, "table of 9 columns"),
        ({"items": np.zeros((80, 8))}, "table of 9 columns"),
        ({"items": np.zeros((2, 9))}, "three rows"),
        ({"items": np.where(np.arange(80)[:, None] == 4, np.nan, made(0))}, "1 rows have missing .* row 4"),
        ({"items": np.where(np.arange(9) == 8, np.inf, made(0))}, "80 rows have missing or infinite"),
        ({"items": np.where(np.arange(9) == 3, 0.1, made(0))}, r"constant columns: \[3\]"),
        ({"items": made(0)[:, [0, 0, 0, 0, 0, 5, 6, 7, 8]]}, "determine one another"),
        ({"items": made(0)[:, [0, 0, 1, 3, 4, 5, 6, 7, 8]], "modes": "B"}, "latent variable 0 determine"),
        ({"blocks": np.array([0, 0, 0, 1, 1, 2, 2, 2, 2])}, r"blocks without columns: latent variables \[3\]"),
        ({"blocks": np.array([0, 0, 0, 1, 1, 2, 2, 2, 4])}, "latent variable 4, but there are 4"),
        ({"blocks": BLOCKS - 1}, "whole number from 0"),
        ({"blocks": BLOCKS + 0.5}, "whole number from 0"),
        ({"blocks": BLOCKS[None]}, "whole number from 0"),
        ({"blocks": BLOCKS[:0]}, "whole number from 0"),
        ({"inner": INNER[:3]}, "square"),
        ({"inner": INNER[0]}, "square"),
        ({"inner": INNER | INNER.T}, "cyclic"),
        ({"inner": INNER | np.eye(4, dtype=bool)}, "cyclic"),
        ({"inner": np.roll(np.eye(4, dtype=bool), 1, axis=0)}, "cyclic"),
        ({"inner": INNER & (np.arange(4) < 2)}, r"no path to or from latent variables \[3\]"),
        ({"modes": "C"}, "modes must be A or B"),
        ({"modes": "AB"}, "modes must be A or B"),
        ({"modes": ""}, "modes must be A or B"),
        ({"scheme": "horst"}, "scheme must be"),
        ({"tolerance": 0.0}, "tolerance"),
        ({"tolerance": np.nan}, "tolerance"),
        ({"most": 0}, "round"),
    ],
)
def test_what_cannot_be_fitted_is_refused_with_words(change: dict[str, Any], words: str) -> None:
    given_ = {"items": made(0), "blocks": BLOCKS, "inner": INNER} | change
    for refuse in (fit_paths, bootstrap_paths):
        if refuse is bootstrap_paths and "items" in change and words == "determine one another":
            continue  # no replication is usable: said by `used`
        with pytest.raises(ValueError, match=words):
            refuse(**given_)


def test_scores_that_have_nothing_in_common_are_refused() -> None:
    crossed = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    with pytest.raises(ValueError, match="weights of a block vanish"):
        fit_paths(crossed, np.array([0, 1]), TWO)


def test_so_few_rows_that_nothing_is_left_over_have_no_errors() -> None:
    inner = np.array([[0, 0, 0], [0, 0, 0], [1, 1, 0]], dtype=bool)
    fit = fit_paths(np.array([[1.0, 2, 3], [2, 2, 5], [4, 3, 4]]), np.arange(3), inner)
    np.testing.assert_allclose(fit.r_squared[2], 1, rtol=1e-12)
    assert np.isnan(fit.errors).all() and np.isnan(fit.p).all()


@given(t=st.floats(0, 60), degrees=st.integers(1, 20_000))
def test_the_p_value_is_that_of_scipy(t: float, degrees: int) -> None:
    np.testing.assert_allclose(paths._two_sided(t, degrees), 2 * stats.t.sf(t, degrees), rtol=1e-9, atol=1e-300)


def test_replications_are_fits_of_rows_drawn_again() -> None:
    items = made(12)
    found = bootstrap_paths(items, BLOCKS, INNER, replications=40, seed=3)
    rows = np.random.default_rng(3).integers(80, size=(40, 80))
    fits = [fit_paths(items[at], BLOCKS, INNER) for at in rows]
    assert found.used == found.replications == 40
    for name in ("paths", "total", "loadings"):
        draws = np.array([getattr(fit, name) for fit in fits])
        interval = getattr(found, name)
        np.testing.assert_allclose(interval.deviation, draws.std(0, ddof=1), atol=1e-10)
        np.testing.assert_allclose(interval.low, np.quantile(draws, 0.025, axis=0), atol=1e-10)
        np.testing.assert_allclose(interval.high, np.quantile(draws, 0.975, axis=0), atol=1e-10)


def test_parts_and_the_seed_decide_nothing_but_the_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = bootstrap_paths(made(13), BLOCKS, INNER, replications=30, seed=5)
    other = bootstrap_paths(made(13), BLOCKS, INNER, replications=30, seed=6)
    monkeypatch.setattr(paths, "_AT_ONCE", 80 * 9 * 7)
    again = bootstrap_paths(made(13), BLOCKS, INNER, replications=30, seed=5)
    np.testing.assert_allclose(again.paths.low, whole.paths.low, atol=1e-13)
    assert (whole.paths.low[INNER] != other.paths.low[INNER]).all()


def test_a_bootstrap_deviation_comes_near_the_standard_error() -> None:
    items = made(14, n=400)[:, [0, 3, 5]]
    fit = fit_paths(items, np.arange(3), INNER[:3, :3])
    found = bootstrap_paths(items, np.arange(3), INNER[:3, :3], replications=2000)
    np.testing.assert_allclose(found.paths.deviation[2, :2], fit.errors[2, :2], rtol=0.2)
    assert (found.paths.low <= fit.paths).all() and (fit.paths <= found.paths.high).all()


def test_replications_without_an_answer_are_left_out_and_counted() -> None:
    items = np.column_stack([[0.0, 0, 0, 1, 0], np.sqrt([1, 2, 3, 5, 7])])
    found = bootstrap_paths(items, np.array([0, 1]), TWO, replications=500)
    rows = np.random.default_rng(0).integers(5, size=(500, 5))
    assert found.used == (items[rows].std(axis=1) > 0).all(axis=1).sum() < 500
    assert np.isfinite(found.paths.low).all()


def test_no_usable_replication_has_no_bounds() -> None:
    found = bootstrap_paths(made(15), BLOCKS, INNER, replications=5, most=1, tolerance=1e-30)
    assert found.used == 0 and np.isnan(found.paths.low).all() and np.isnan(found.loadings.deviation).all()


@pytest.mark.parametrize("change", [{"replications": 1}, {"level": 0.0}, {"level": 1.0}, {"level": np.nan}])
def test_a_bootstrap_of_nothing_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="two or more"):
        bootstrap_paths(made(0), BLOCKS, INNER, **change)


def test_points_are_the_weighted_place_on_the_scale() -> None:
    items = np.clip(np.round(5.5 + 2 * made(16)), 1, 10)
    fit = fit_paths(items, BLOCKS, INNER)
    points = latent_points(items.mean(0), fit.raw_weights, BLOCKS, floor=1, ceiling=10)
    own = fit.raw_weights[:3]
    np.testing.assert_allclose(points[0], 100 * own @ (items[:, :3].mean(0) - 1) / (own.sum() * 9), rtol=1e-12)
    np.testing.assert_allclose(points[3], (items[:, 8].mean() - 1) / 9 * 100, rtol=1e-12)
    rows = latent_points(items, fit.raw_weights, BLOCKS, floor=1, ceiling=10)
    assert rows.shape == (80, 4) and (rows >= 0).all() and (rows <= 100).all()
    np.testing.assert_allclose(rows.mean(0), points, rtol=1e-12)
    # a row's points are its score, moved and stretched
    correlations = np.diag(np.corrcoef(rows.T, fit.scores.T)[:4, 4:])
    np.testing.assert_allclose(correlations, 1, rtol=1e-12)
    # the unit of the weights says nothing, each column may have a scale of its own
    wide = latent_points(10 * items.mean(0), 7 * fit.raw_weights, BLOCKS, floor=np.full(9, 10), ceiling=np.full(9, 100))
    np.testing.assert_allclose(wide, points, rtol=1e-12)


def test_points_of_weights_without_width_are_unknown() -> None:
    points = latent_points(
        np.array([1.0, 2.0, 3.0]), np.array([1.0, -1.0, 1.0]), np.array([0, 0, 1]), floor=0, ceiling=5
    )
    assert np.isnan(points[0]) and points[1] == pytest.approx(60)


@pytest.mark.parametrize(
    ("values", "weights", "ceiling", "words"),
    [
        (np.array(1.0), np.ones(2), 10.0, "2 columns"),
        (np.ones((4, 3)), np.ones(2), 10.0, "2 columns"),
        (np.ones((4, 2)), np.ones(3), 10.0, "2 columns"),
        (np.ones((4, 2)), np.ones(2), 1.0, "ceiling"),
        (np.ones((4, 2)), np.ones(2), np.nan, "ceiling"),
    ],
)
def test_points_of_what_does_not_fit_are_refused(values: Floats, weights: Floats, ceiling: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        latent_points(values, weights, np.array([0, 0]), floor=1.0, ceiling=ceiling)
