from __future__ import annotations

import pytest

from minping.errors import SchemeError
from minping.scheme.adjustment import evidence_in_words
from minping.scheme.words import indicator_in_words
from tests.made import scheme

ONE = "indicators:\n  - {id: i, title: i, direction: higher, weight: 1, normalise: given, from: {%s}}\n"


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("ratings: response_rate, adjust_for: [channel]", "adjusted-without-effect"),
        ("requests: solved_rate, adjust_for: [channel]", "adjusted-without-effect"),
        ("official: x, adjust_for: [channel]", "adjusted-without-effect"),
        ("ratings: share_bad, adjust_for: [channel], as_ruled: true", "adjusted-twice"),
        ("ratings: share_bad, adjust_for: [channel], calibrate: {to: [channel]}", "adjusted-twice"),
        ("ratings: share_bad, adjust_for: [channel, channel]", "duplicate-column"),
        ("ratings: share_bad, adjust_for: [window]", "unknown-option"),
        ("official: x, shrink: true", "shrunk-without-effect"),
        ("ratings: mean_points, shrink: beta_binomial", "not-a-counted-share"),
        ("requests: median_days, shrink: {method: beta_binomial}", "not-a-counted-share"),
        ("surveys: q1, measure: share_bad, shrink: beta_binomial", "not-a-counted-share"),
        ("ratings: share_bad, adjust_for: [channel], shrink: beta_binomial", "not-a-counted-share"),
        ("ratings: share_bad, shrink: james_stein", "unknown-option"),
    ],
)
def test_what_does_not_fit_together_is_said(how: str, code: str) -> None:
    with pytest.raises(SchemeError) as caught:
        scheme(ONE % how)
    assert code in [problem.code for problem in caught.value.problems]
    assert all(problem.found.zh and problem.found.en for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("ratings: share_bad, adjust_for: [channel, service]", "渠道、事项"),
        ("ratings: rectified_in_time, shrink: beta_binomial", "贝塔"),
        ("ratings: mean_points, adjust_for: [service], shrink: true", "Fay–Herriot"),
        ("surveys: q1, shrink: {method: fay_herriot}", "Fay–Herriot"),
        ("ratings: rectified_in_time, days: 5, shrink: true", "5 个工作日"),
        ("requests: closed_within, days: 3, shrink: true", "3 天"),
    ],
)
def test_what_fits_is_taken_and_said_in_words(how: str, words: str) -> None:
    found = scheme(ONE % how).scheme
    said = indicator_in_words(found.indicators[0], found)
    assert (words in said.zh and "peers" in said.en) or "all bodies" in said.en
    told = evidence_in_words(found.indicators[0].evidence)
    assert told is not None and told.zh in said.zh


@pytest.mark.parametrize("given", ["shrink: false", "shrink: null", "least: 3"])
def test_without_a_wish_nothing_is_adjusted(given: str) -> None:
    how = scheme(ONE % f"ratings: share_bad, {given}").scheme.indicators[0].evidence
    assert how.shrink is None and evidence_in_words(how) is None
