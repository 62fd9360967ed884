"""Calibration: does what a scheme says under `calibrate` fit together? One check each, as in `scheme.consistency`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from minping.errors import Problem, one_of
from minping.scheme.shape import Calibrate, From, Scheme
from minping.scheme.source import KeyPath, Source, problem
from minping.words import Text, both

WEIGHED = ("share_satisfied", "share_bad", "share_very_satisfied", "mean_points")  #: what weights can be put on


def calibration_fits(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """`calibrate` weighs ratings as they were given, by columns told once, within bounds that hold 1."""
    for at, indicator in enumerate(scheme.indicators):
        if indicator.evidence.calibrate is not None:
            path: KeyPath = ("indicators", at, "from")
            yield from _of_ratings(indicator.evidence, source, path)
            yield from _bounds(indicator.evidence.calibrate, source, (*path, "calibrate"))
            yield from _words(indicator.evidence.calibrate, source, (*path, "calibrate"))


def _of_ratings(how: From, source: Source, path: KeyPath) -> Iterator[Problem]:
    if how.ratings not in WEIGHED:
        found = Text(
            f"calibrate 不能用于 {how.ratings or '此来源'}", f"calibrate can't weigh {how.ratings or 'this source'}"
        )
        fix = Text("去掉 calibrate，或改 ratings", "remove calibrate, or change ratings")
        yield problem(source, (*path, "calibrate"), "calibrate-without-effect", found, one_of(WEIGHED), fix)
    if how.as_ruled:
        found = Text(
            "默认与剔除不能加权：calibrate 与 as_ruled 不能并用",
            "defaults are no ratings: calibrate and as_ruled exclude each other",
        )
        fix = Text("去掉 as_ruled", "remove as_ruled")
        yield problem(source, (*path, "as_ruled"), "calibrated-as-ruled", found, both(""), fix)


def _bounds(how: Calibrate, source: Source, path: KeyPath) -> Iterator[Problem]:
    allowed = Text("[下限, 上限]，0 ≤ 下限 < 1 < 上限", "[least, most] with 0 ≤ least < 1 < most")
    if how.method == "bounded" and how.bounds is None:
        found = Text("bounded 没有界限", "bounded has no bounds")
        yield problem(source, path, "no-bounds", found, allowed, both("bounds: [0.3, 3]"))
    if how.bounds is not None and how.method != "bounded":
        found, fix = (
            Text(f"{how.method} 不用 bounds", f"{how.method} takes no bounds"),
            Text("去掉 bounds，或改为 method: bounded", "remove bounds, or say method: bounded"),
        )
        yield problem(source, (*path, "bounds"), "bounds-without-effect", found, both(""), fix)
    elif how.bounds is not None and not 0 <= how.bounds[0] < 1 < how.bounds[1]:
        low, high = how.bounds
        found, fix = (
            Text(f"界限 {low:g} 与 {high:g} 容不下 1", f"1 does not lie between {low:g} and {high:g}"),
            Text("请改正", "put it right"),
        )
        yield problem(source, (*path, "bounds"), "impossible-bounds", found, allowed, fix)


def _words(how: Calibrate, source: Source, path: KeyPath) -> Iterator[Problem]:
    for column, count in Counter(how.to).items():
        if count > 1:
            found, fix = (
                Text(f"{column} 出现 {count} 次", f"{column} stands {count} times"),
                Text("只写一次", "name it once"),
            )
            yield problem(source, (*path, "to"), "column-twice", found, both(""), fix)
    for word, count in Counter(word for words in how.merge for word in words).items():
        if count > 1:
            found, fix = (
                Text(f"{word} 被合并 {count} 次", f"{word} is merged {count} times"),
                Text("只并入一组", "let it be in one group"),
            )
            yield problem(source, (*path, "merge"), "merged-twice", found, both(""), fix)
    if any(len(words) < 2 for words in how.merge):
        found, fix = (
            Text("只有一个词，不是合并", "a group of one word merges nothing"),
            Text("至少两个，或删除", "give two at least, or remove it"),
        )
        yield problem(source, (*path, "merge"), "merge-without-effect", found, both("[[phone, app]]"), fix)
