"""Do the parts of a scheme fit together? In a `Scheme` of the right shape, out every problem with its place.

One small check per rule in CHECKS; a check never stops at its first finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from minping.errors import Problem, did_you_mean, one_of
from minping.scheme.adjustment import adjustments_fit
from minping.scheme.audit_fit import audit_fits
from minping.scheme.calibration import calibration_fits
from minping.scheme.normalisation import directions_are_complete, normalisation_fits
from minping.scheme.shape import Dimension, Indicator, Scheme
from minping.scheme.source import KeyPath, Source, problem
from minping.scheme.tree import children_of, cyclic, weight_for
from minping.words import Text, both

Check = Callable[[Scheme, Source], Iterator[Problem]]


def _parts(scheme: Scheme) -> Iterator[tuple[KeyPath, Dimension | Indicator]]:
    for at, dimension in enumerate(scheme.dimensions):
        yield ("dimensions", at), dimension
    for at, indicator in enumerate(scheme.indicators):
        yield ("indicators", at), indicator


def ids_are_unique(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """An id names one thing."""
    seen: set[str] = {"total"}
    adjustments = [
        (("adjust", kind, at), entry)
        for kind in ("bonus", "deduct", "caps", "veto", "tolerance")
        for at, entry in enumerate(getattr(scheme.adjust, kind))
    ]
    for path, part in [*_parts(scheme), *adjustments]:
        if part.id in seen:
            again = Text(f"编号 {part.id} 已被使用（total 为总分保留）", f"id {part.id} is taken (total is reserved)")
            yield problem(source, (*path, "id"), "duplicate-id", again, fix=Text("换一个编号", "choose another id"))
        seen.add(part.id)


def parents_are_known(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """`in` names a dimension."""
    known = [dimension.id for dimension in scheme.dimensions]
    for path, part in _parts(scheme):
        if part.within is not None and part.within not in known:
            found = Text(f"没有维度 {part.within}", f"no dimension {part.within}")
            yield problem(
                source, (*path, "in"), "unknown-dimension", found, one_of(known), did_you_mean(part.within, known)
            )


def tree_has_no_cycle(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """No dimension lies within itself."""
    for loop in cyclic(scheme):
        at = next(at for at, dimension in enumerate(scheme.dimensions) if dimension.id == loop[0])
        said = " → ".join((*loop, loop[0]))
        yield problem(
            source,
            ("dimensions", at, "in"),
            "cyclic-tree",
            Text(f"维度互相包含：{said}", f"dimensions lie within each other: {said}"),
            fix=Text("让其中一个直属总分（去掉 in）", "let one of them hang from the total (remove its `in`)"),
        )


def dimensions_are_not_empty(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """Every dimension holds something that counts."""
    if not scheme.scored:
        yield problem(
            source,
            ("indicators",),
            "empty-tree",
            Text("没有计分的指标", "no indicator counts"),
            fix=Text("至少一个指标需计分", "let at least one indicator count"),
        )
    filled = {part.within for part in scheme.parts if isinstance(part, Dimension) or part.counts}
    for at, dimension in enumerate(scheme.dimensions):
        if dimension.id not in filled:
            found = Text(f"维度 {dimension.id} 下没有计分的指标", f"nothing that counts lies in {dimension.id}")
            fix = Text("加入指标，或删除该维度", "put an indicator in it, or remove it")
            yield problem(source, ("dimensions", at), "empty-dimension", found, fix=fix)


def weights_are_keyed_by_known_types(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """Weights by body type name declared types, and all of them."""
    types = list(scheme.body_types)
    for path, part in _parts(scheme):
        if not isinstance(part.weight, dict):
            continue
        for name in part.weight:
            if name not in types:
                found = Text(f"没有单位类型 {name}", f"no body type {name}")
                yield problem(
                    source,
                    (*path, "weight", name),
                    "unknown-type",
                    found,
                    one_of(types),
                    did_you_mean(name, types),
                )
        if absent := [name for name in types if name not in part.weight]:
            found = Text(f"缺少类型 {'、'.join(absent)} 的权重", f"no weight for type {', '.join(absent)}")
            fix = Text("补上（不计分写 0）", "add it (0 where it doesn't count)")
            yield problem(source, (*path, "weight"), "missing-type-weight", found, fix=fix)


def weights_are_complete(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """With given weights, every sibling has one, and an indicator outside the score has none."""
    for path, part in _parts(scheme):
        counts = part.counts if isinstance(part, Indicator) else True
        derived = isinstance(part, Dimension) and scheme.weights.nested == "absolute"
        if scheme.weights.method == "given" and counts and part.weight is None and not derived:
            yield problem(
                source,
                path,
                "no-weight",
                Text(f"{part.id} 没有权重", f"{part.id} has no weight"),
                fix=Text(
                    "写上 weight，或设 weights: {method: equal}", "give a weight, or set weights: {method: equal}"
                ),
            )
        if not counts and part.weight:
            yield problem(
                source,
                (*path, "weight"),
                "weight-without-effect",
                Text(f"{part.id} 不计分却有权重", f"{part.id} does not count, yet has a weight"),
                fix=Text("去掉 weight，或去掉 counts: false", "remove weight, or remove counts: false"),
            )


def weights_add_up(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """Weights add to what the scheme says, for every type of body, as decimal numbers."""
    if scheme.weights.method != "given" or cyclic(scheme):
        return
    for body_type in scheme.body_types or ("",):
        yield from _sums_of_type(scheme, source, body_type)


def _sums_of_type(scheme: Scheme, source: Source, body_type: str) -> Iterator[Problem]:
    absolute = scheme.weights.nested == "absolute"
    parts = {part.id: (path, part) for path, part in _parts(scheme)}
    for parent, children in children_of(scheme).items():
        if not children or (parent and parent not in parts):
            continue  # told by dimensions_are_not_empty and parents_are_known
        total = sum((Decimal(str(weight_for(scheme, child, body_type))) for child in children), Decimal(0))
        path: KeyPath = parts[parent][0] if parent else ("weights", "sum")
        if total == 0:
            where = parent or "total"
            if not parent or weight_for(scheme, parent, body_type) > 0:
                yield problem(
                    source,
                    path,
                    "zero-weights",
                    Text(f"{where} 之下权重全为零（{body_type}）", f"all weights under {where} are zero ({body_type})"),
                    fix=Text("至少一个大于零", "let at least one be above zero"),
                )
            continue
        declared = _declared_sum(scheme, parent, body_type, absolute)
        if declared is not None and abs(total - declared) > Decimal("1e-9"):
            of = f"{parent or 'total'}{f' ({body_type})' if body_type else ''}"
            yield problem(
                source,
                path,
                "weights-do-not-sum",
                Text(f"{of} 之下的权重合计 {total}", f"the weights under {of} add to {total}"),
                Text(f"合计 {declared}", f"a sum of {declared}"),
                Text(f"相差 {declared - total}，请改权重", f"change a weight by {declared - total}"),
            )


def _declared_sum(scheme: Scheme, parent: str, body_type: str, absolute: bool) -> Decimal | None:
    if absolute and parent:
        dimension = next(part for part in scheme.dimensions if part.id == parent)
        return None if dimension.weight is None else Decimal(str(weight_for(scheme, parent, body_type)))
    return None if scheme.weights.sum is None else Decimal(str(scheme.weights.sum))


def shares_of_missing_have_effect(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """How much may be missing is said once, for the whole body; an indicator has no share of its own."""
    for at, indicator in enumerate(scheme.indicators):
        if indicator.missing is not None and "max_share" in indicator.missing.model_fields_set:
            path: KeyPath = ("indicators", at, "missing", "max_share")
            found = Text("指标的 missing 不用 max_share", "missing of an indicator takes no max_share")
            fix = Text("写在顶层 missing 之下", "give it under missing at the top level")
            yield problem(source, path, "max-share-without-effect", found, fix=fix)


def types_and_grades_are_known(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """Names of body types, grades and adjustments that are referred to exist."""
    types = list(scheme.body_types)
    for at, indicator in enumerate(scheme.indicators):
        for name in indicator.not_applicable.types if indicator.not_applicable else ():
            if name not in types:
                path: KeyPath = ("indicators", at, "not_applicable", "types")
                found = Text(f"没有单位类型 {name}", f"no body type {name}")
                yield problem(source, path, "unknown-type", found, one_of(types), did_you_mean(name, types))
    grades = [level.id for level in scheme.grades.levels] if scheme.grades else []
    named: list[tuple[KeyPath, str]] = [
        (("adjust", "veto", at, "grade"), veto.grade) for at, veto in enumerate(scheme.adjust.veto)
    ]
    named += [
        (("adjust", "caps", at, "grade_at_most"), cap.grade_at_most)
        for at, cap in enumerate(scheme.adjust.caps)
        if cap.grade_at_most is not None
    ]
    for path, grade in named:
        if grade not in grades:
            found = Text(f"没有等次 {grade}", f"no grade {grade}")
            yield problem(source, path, "unknown-grade", found, one_of(grades), did_you_mean(grade, grades))
    yield from _tolerance_is_known(scheme, source)


def _tolerance_is_known(scheme: Scheme, source: Source) -> Iterator[Problem]:
    adjust = scheme.adjust
    liftable = [entry.id for entries in (adjust.deduct, adjust.caps, adjust.veto) for entry in entries]
    for at, tolerance in enumerate(scheme.adjust.tolerance):
        for name in tolerance.lifts:
            if name not in liftable:
                path: KeyPath = ("adjust", "tolerance", at, "lifts")
                found = Text(f"没有扣分、上限或否决 {name}", f"no deduction, cap or veto {name}")
                yield problem(source, path, "unknown-adjustment", found, one_of(liftable), did_you_mean(name, liftable))


def grades_descend(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """Grades stand from best to worst, one threshold each, only the last may be open."""
    if scheme.grades is None:
        return
    levels = scheme.grades.levels
    for at, level in enumerate(levels):
        path: KeyPath = ("grades", "levels", at)
        if level.at_least is None and at < len(levels) - 1:
            found = Text(f"等次 {level.id} 没有分数线", f"grade {level.id} has no threshold")
            yield problem(source, path, "no-threshold", found, fix=Text("写上 at_least", "give at_least"))
        above = levels[at - 1].at_least if at else None
        if level.at_least is not None and above is not None and level.at_least >= above:
            found = Text(
                f"{level.id} 的分数线 {level.at_least} 不低于上一等次的 {above}",
                f"the threshold of {level.id}, {level.at_least}, is not below {above} of the grade before",
            )
            fix = Text("从高到低排列", "list grades from best to worst")
            yield problem(source, (*path, "at_least"), "thresholds-do-not-descend", found, fix=fix)
    for name, count in Counter(level.id for level in levels).items():
        if count > 1:
            found = Text(f"等次 {name} 出现 {count} 次", f"grade {name} stands {count} times")
            yield problem(source, ("grades", "levels"), "duplicate-id", found, fix=Text("各用一个编号", "one id each"))


def aggregation_is_complete(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """`power` has its exponent, and only `power`; `none` stands only at the root."""
    aggregates: list[tuple[KeyPath, str, float | None, bool]] = [
        (("aggregate",), scheme.aggregate.method, scheme.aggregate.p, True)
    ]
    aggregates += [
        (("dimensions", at, "aggregate"), dimension.aggregate.method, dimension.aggregate.p, False)
        for at, dimension in enumerate(scheme.dimensions)
        if dimension.aggregate is not None
    ]
    for path, method, exponent, is_root in aggregates:
        if method == "power" and not exponent:
            found = Text("power 需要不为零的指数 p", "power needs its exponent p, not zero")
            yield problem(source, path, "no-exponent", found, both("p: 0.5"), Text("补上 p", "give p"))
        if method != "power" and exponent is not None:
            found = Text(f"{method} 不用 p", f"{method} takes no p")
            yield problem(source, path, "exponent-without-effect", found, fix=Text("删除 p", "remove p"))
        if method == "none" and not is_root:
            found = Text("none 只能用于总分", "none stands only at the total")
            yield problem(
                source, path, "none-below-total", found, fix=Text("移到顶层 aggregate", "set it at the top level")
            )


def indices_are_known(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """`from: {index: …}` names an index of `surveys`; an index stands once."""
    known = [index.id for index in scheme.surveys.indices]
    for at, indicator in enumerate(scheme.indicators):
        name = indicator.evidence.index
        if name is not None and name not in known:
            found, fix = Text(f"没有指数 {name}", f"no index {name}"), did_you_mean(name, known)
            yield problem(source, ("indicators", at, "from", "index"), "unknown-index", found, one_of(known), fix)
    for name, count in Counter(known).items():
        if count > 1:
            found = Text(f"指数 {name} 出现 {count} 次", f"the index {name} stands {count} times")
            yield problem(
                source, ("surveys", "indices"), "duplicate-id", found, fix=Text("各用一个编号", "one id each")
            )


CHECKS: Sequence[Check] = (
    ids_are_unique,
    parents_are_known,
    tree_has_no_cycle,
    dimensions_are_not_empty,
    weights_are_keyed_by_known_types,
    weights_are_complete,
    weights_add_up,
    normalisation_fits,
    directions_are_complete,
    shares_of_missing_have_effect,
    types_and_grades_are_known,
    grades_descend,
    aggregation_is_complete,
    calibration_fits,
    adjustments_fit,
    indices_are_known,
    audit_fits,
)


def inconsistencies(scheme: Scheme, source: Source) -> list[Problem]:
    """Every way in which the parts don't fit, in the order of CHECKS."""
    return [found for check in CHECKS for found in check(scheme, source)]
