"""Adjustment: does what a scheme says under `adjust_for` and `shrink` fit together, and what it means in words."""

from __future__ import annotations

from collections.abc import Iterator

from minping.errors import Problem, one_of
from minping.scheme.calibration import WEIGHED
from minping.scheme.shape import TIMED, From, Scheme
from minping.scheme.source import KeyPath, Source, problem
from minping.words import Text, both

NOT_SHARES = ("mean_points", "closed_within", "median_days")  #: measures that are no share of counted cases


def adjustments_fit(scheme: Scheme, source: Source) -> Iterator[Problem]:
    """`adjust_for` is of ratings as given; `shrink` is of what citizens said, counted shares by `beta_binomial`."""
    for at, indicator in enumerate(scheme.indicators):
        path: KeyPath = ("indicators", at, "from")
        if indicator.evidence.adjust_for:
            yield from _of_ratings(indicator.evidence, source, path)
        if indicator.evidence.shrink is not None:
            yield from _shrinkable(indicator.evidence, source, (*path, "shrink"))


def _of_ratings(how: From, source: Source, path: KeyPath) -> Iterator[Problem]:
    here = (*path, "adjust_for")
    if how.ratings not in WEIGHED:
        said = how.ratings or Text("此来源", "this source")
        zh, en = (said.zh, said.en) if isinstance(said, Text) else (said, said)
        found = Text(f"adjust_for 不能用于 {zh}", f"adjust_for can't be used with {en}")
        fix = Text("去掉 adjust_for，或改 ratings", "remove adjust_for, or change ratings")
        yield problem(source, here, "adjusted-without-effect", found, one_of(WEIGHED), fix)
    for key, given in (("as_ruled", how.as_ruled), ("calibrate", how.calibrate is not None)):
        if given:
            found = Text(f"adjust_for 与 {key} 不能并用", f"adjust_for and {key} exclude each other")
            fix = Text("去掉其中之一，或分作两个指标", "remove one of them, or make two indicators")
            yield problem(source, (*path, key), "adjusted-twice", found, both(""), fix)
    if len(set(how.adjust_for)) < len(how.adjust_for):
        found = Text("adjust_for 有重复", "adjust_for names a column twice")
        yield problem(source, here, "duplicate-column", found, fix=Text("各写一次", "name each once"))


def _shrinkable(how: From, source: Source, path: KeyPath) -> Iterator[Problem]:
    if not how.is_event:
        found = Text("shrink 只用于评价、诉求与调查", "shrink is of ratings, requests and surveys")
        yield problem(source, path, "shrunk-without-effect", found, fix=Text("去掉 shrink", "remove shrink"))
    elif how.shrink is not None and how.shrink.method == "beta_binomial" and not _counted(how):
        found = Text("beta_binomial 只用于按件计数的比例", "beta_binomial is of shares of counted cases")
        fix = Text("改为 method: fay_herriot", "say method: fay_herriot")
        yield problem(source, path, "not-a-counted-share", found, both("fay_herriot"), fix)


def _counted(how: From) -> bool:
    """Whether the measure is a share of cases that are counted one by one."""
    plain = how.surveys is None and how.calibrate is None and not how.adjust_for
    return plain and how.ratings not in NOT_SHARES and how.requests not in NOT_SHARES


def evidence_in_words(how: From) -> Text | None:
    """The term of a figure of what citizens said and how it is adjusted, in a clause; None where there is neither."""
    said: list[Text] = []
    if how.requests == "closed_within" or how.ratings in TIMED:
        zh, en = ("个工作日", "working days") if how.in_working_days else ("天", "days")
        said.append(Text(f"期限 {how.days:g} {zh}", f"within {how.days:g} {en}"))
    if how.adjust_for:
        columns = [COLUMNS[column] for column in how.adjust_for]
        zh, en = "、".join(column.zh for column in columns), " and ".join(column.en for column in columns)
        said.append(
            Text(
                f"折算到全体单位的{zh}构成（比例优势模型）",
                f"standardised to the mix of {en} of all bodies (proportional odds)",
            )
        )
    if how.shrink is not None:
        said.append(SHRUNK[how.shrink.method])
    return Text("；".join(one.zh for one in said), "; ".join(one.en for one in said)) if said else None


COLUMNS = {"channel": Text("渠道", "channels"), "service": Text("事项", "services")}
SHRUNK = {
    "fay_herriot": Text(
        "件数少的向同类均值靠拢（Fay–Herriot）", "drawn towards the peers' mean where little is known (Fay–Herriot)"
    ),
    "beta_binomial": Text(
        "件数少的向同类比例靠拢（贝塔–二项）", "drawn towards the peers' share where little is known (beta-binomial)"
    ),
}
