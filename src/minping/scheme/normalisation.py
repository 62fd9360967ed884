"""Do direction, method and bounds of each indicator fit together? In a scheme, out every problem with its place."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import Parameter

from minping.errors import Problem, did_you_mean, one_of
from minping.scheme.shape import Indicator, Normalise, Scheme
from minping.scheme.source import KeyPath, Source, problem
from minping.stats.normalise import METHODS, parameters_of
from minping.words import Text, both


def normalisation_fits(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """The method exists, its parameters are its own, its bounds differ and agree with the direction."""
    for at, indicator in enumerate(scheme.indicators):
        path: KeyPath = ("indicators", at, "normalise")
        if indicator.normalise is None:
            if indicator.counts and indicator.direction != "pass":
                found = Text(f"{indicator.id} 没有计分方法", f"{indicator.id} has no normalisation")
                fix = Text("写上 normalise", "give normalise, e.g. {method: goalposts, floor: 0, target: 100}")
                yield problem(source, path[:2], "no-normalisation", found, one_of(list(METHODS)), fix)
            continue
        yield from _method_fits(indicator, indicator.normalise, source, path)


def _method_fits(indicator: Indicator, normalise: Normalise, source: Source, path: KeyPath) -> Iterator[Problem]:
    if normalise.method not in METHODS:
        found = Text(f"没有计分方法 {normalise.method}", f"no normalisation method {normalise.method}")
        allowed = list(METHODS)
        yield problem(
            source,
            (*path, "method"),
            "unknown-method",
            found,
            one_of(allowed),
            did_you_mean(normalise.method, allowed),
        )
        return
    takes = parameters_of(normalise.method)
    for name in normalise.parameters:
        if name not in takes:
            found = Text(f"{normalise.method} 没有参数 {name}", f"{normalise.method} takes no {name}")
            yield problem(
                source,
                (*path, name),
                "unknown-parameter",
                found,
                one_of(list(takes)),
                did_you_mean(name, takes),
            )
    for name, default in takes.items():
        if default is Parameter.empty and name not in normalise.parameters:
            found = Text(f"{normalise.method} 缺少参数 {name}", f"{normalise.method} needs {name}")
            yield problem(source, path, "missing-parameter", found, fix=Text(f"写上 {name}", f"give {name}"))
    if normalise.method == "given" and indicator.direction != "higher":
        found = Text(
            f"given 的值即得分，方向却是 {indicator.direction}",
            f"given takes the value as points, yet the direction is {indicator.direction}",
        )
        fix = Text("方向改为 higher，或换计分方法", "make the direction higher, or choose another method")
        yield problem(source, path, "direction-against-method", found, fix=fix)
    yield from _parameters_are_numbers(normalise, source, path)
    yield from _bounds_fit(indicator, normalise, source, path)


def _parameters_are_numbers(normalise: Normalise, source: Source, path: KeyPath) -> Iterator[Problem]:
    switches = {"log", "clip", "between", "whole_steps"}
    for name, value in normalise.parameters.items():
        if name not in parameters_of(normalise.method):
            continue
        if name == "bands":
            good = isinstance(value, list) and bool(value) and all(_is_pair(pair) for pair in value)
            wants = Text("[[起点, 得分], …]", "[[from, points], …]")
        elif name in switches:
            good, wants = isinstance(value, bool), Text("true 或 false", "true or false")
        else:
            good = _is_number(value) or (isinstance(value, str) and bool(value))
            wants = Text("数字、p5 这样的百分位，或指标/列名", "a number, a percentile like p5, or a name")
        if name == "per" and _is_number(value) and value <= 0:
            good, wants = False, Text("正数", "a positive number")
        if not good:
            found = Text(f"{name} 是 {value!r}", f"{name} is {value!r}")
            yield problem(source, (*path, name), "bad-parameter", found, wants, Text("请改正", "put it right"))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(_is_number(number) for number in pair)


def _bounds_fit(indicator: Indicator, normalise: Normalise, source: Source, path: KeyPath) -> Iterator[Problem]:
    low_name, high_name = {
        "goalposts": ("floor", "target"),
        "efficacy": ("unallowable", "satisfactory"),
    }.get(normalise.method, ("", ""))
    low, high = normalise.parameters.get(low_name), normalise.parameters.get(high_name)
    if not (isinstance(low, int | float) and isinstance(high, int | float)):
        return
    if low == high:
        same = Text(f"{low_name} 与 {high_name} 都是 {low}", f"{low_name} and {high_name} are both {low}")
        yield problem(
            source, path, "equal-bounds", same, Text("两者不同", "they must differ"), Text("请改正", "put one right")
        )
    elif indicator.direction != "pass" and (low < high) != (indicator.direction == "higher"):
        # of a target or range, what is measured is the distance from the ideal: less is better
        found = Text(
            f"方向 {indicator.direction}，但 {low_name} {low}、{high_name} {high}",
            f"direction {indicator.direction}, yet {low_name} {low} and {high_name} {high}",
        )
        fix = Text("对调两个界限，或改方向", "swap the bounds, or change the direction")
        yield problem(source, path, "direction-against-bounds", found, fix=fix)
    if normalise.parameters.get("log") and (low <= 0 or high <= 0):
        found = Text("log: true 的界限须为正数", "with log: true both bounds must be positive")
        yield problem(source, path, "log-of-nothing", found, fix=Text("请改界限", "change the bounds"))


def directions_are_complete(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """A target or range direction names its ideal; others don't."""
    for at, indicator in enumerate(scheme.indicators):
        path: KeyPath = ("indicators", at)
        wants = {"target": float, "range": tuple}.get(indicator.direction)
        if wants is not None and not isinstance(indicator.ideal, wants):
            example = "ideal: 5" if indicator.direction == "target" else "ideal: [4, 6]"
            found = Text(
                f"方向 {indicator.direction} 需要理想值", f"direction {indicator.direction} needs its ideal value"
            )
            yield problem(source, path, "no-ideal", found, both(example), Text("补上 ideal", "give ideal"))
        if wants is None and indicator.ideal is not None:
            found = Text(
                f"方向 {indicator.direction} 不用 ideal", f"direction {indicator.direction} takes no ideal value"
            )
            yield problem(source, (*path, "ideal"), "ideal-without-effect", found, fix=Text("删除", "remove it"))
        if isinstance(indicator.ideal, tuple) and indicator.ideal[0] > indicator.ideal[1]:
            found = Text("ideal 的下限高于上限", "the ideal range ends before it starts")
            yield problem(source, (*path, "ideal"), "ideal-reversed", found, fix=Text("对调", "swap the two"))
