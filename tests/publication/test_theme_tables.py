"""What people ask for, as published: in steps of k, nobody's words, the same when computed again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minping.pipeline import evaluate, load_evidence
from minping.publication.columns import TABLES
from minping.publication.extra_tables import published_tables
from minping.publication.theme_tables import THEME_TABLES, coarse, fast_growing, least_shown, rough
from minping.scheme.read import read_scheme
from minping.scoring.evaluation import Evaluation
from tests.conftest import ROOT

pytestmark = pytest.mark.slow  # counties are simulated, audited or run

COUNTY = ROOT / "examples" / "county"


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    scheme = read_scheme(COUNTY)
    return evaluate(scheme, load_evidence(COUNTY, scheme), draws=0)


def rows(evaluation: Evaluation, name: str) -> list[dict[str, object]]:
    return dict(published_tables(evaluation))[name].to_pylist()  # type: ignore[no-any-return]


@given(st.integers(1, 40), st.integers(0, 300))
def test_a_published_count_stands_for_at_least_half_of_k_possible_ones(k: int, count: int) -> None:
    (told,) = coarse(np.array([float(count)]), k)
    if count < k:
        assert np.isnan(told)
    else:
        assert told % k == 0 and abs(told - count) <= k / 2
        alike = [other for other in range(400) if coarse(np.array([float(other)]), k)[0] == told]
        assert count in alike and len(alike) >= k // 2


def test_no_count_is_told_but_in_steps_of_k_and_none_below_it(evaluation: Evaluation) -> None:
    k = least_shown(evaluation)
    assert k == 10
    themes = evaluation.themes
    assert themes is not None and (themes.by_body < k).any()
    for name in ("themes", "theme_months", "theme_bodies", "theme_categories", "alignment"):
        told = [row["requests"] for row in rows(evaluation, name)]
        assert any(count is None for count in told) or name == "themes"
        assert all(count is None or (count >= k and count % k == 0) for count in told)


def test_shares_and_ratios_give_no_count_away(evaluation: Evaluation) -> None:
    alignment = evaluation.alignment
    assert alignment is not None
    size = dict(zip(evaluation.evidence.bodies.ids, alignment.asked.sum(axis=1), strict=True))
    for row in rows(evaluation, "alignment"):
        if row["requests"] is None:
            assert np.isnan(row["share_asked"])  # type: ignore[call-overload]
        else:
            assert row["share_asked"] == pytest.approx(row["requests"] / size[row["body"]], abs=0.0006)  # type: ignore[operator,index]
    assert rough(np.array([1.2345, 123.4])).tolist() == [1.2, 120.0]
    for row in rows(evaluation, "themes"):
        assert np.isnan(row["growth"]) or row["growth"] == float(f"{row['growth']:.2g}")  # type: ignore[call-overload,str-bytes-safe]


def test_every_theme_has_terms_and_fast_ones_are_beyond_chance(evaluation: Evaluation) -> None:
    found = rows(evaluation, "themes")
    assert [row["theme"] for row in found][-2:] == [f"T{len(found) - 1:02d}", "none"]
    assert all(row["terms"] for row in found[:-1]) and not found[-1]["terms"]
    fast = [row for row in found if row["fast_growing"]]
    assert fast and all(row["q"] <= 0.05 for row in fast)  # type: ignore[operator]
    themes = evaluation.themes
    assert themes is not None and {"电动车"} <= {
        word for at in np.flatnonzero(fast_growing(themes)) for word in themes.terms[at]
    }


def test_tables_are_those_of_the_dictionary_and_absent_without_requests(evaluation: Evaluation) -> None:
    assert set(THEME_TABLES) <= set(TABLES) and set(THEME_TABLES) <= set(dict(published_tables(evaluation)))
    for name in THEME_TABLES:
        keys = [tuple(row[key] for key in TABLES[name].key) for row in rows(evaluation, name)]
        assert len(set(keys)) == len(keys)


def test_what_few_filed_under_words_of_their_own_is_not_named(evaluation: Evaluation, tmp_path: Path) -> None:
    home = tmp_path / "county"
    (home / "evidence").mkdir(parents=True)
    (home / "scheme.yaml").write_text((COUNTY / "scheme.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    for path in (COUNTY / "evidence").iterdir():
        text = path.read_text(encoding="utf-8")
        if path.stem == "requests":
            text = text.replace(",道路破损,", ",张三家门口,", 3)
        (home / "evidence" / path.name).write_text(text, encoding="utf-8")
    scheme = read_scheme(home)
    found = evaluate(scheme, load_evidence(home, scheme), draws=0)
    assert found.themes is not None and "张三家门口" in found.themes.categories
    for name in THEME_TABLES:
        assert "张三" not in str(rows(found, name))
