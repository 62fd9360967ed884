"""A draw of non-raters on the terminal: bodies, what the draw can show, what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.indicators.callback_draw import by_body, spread
from minping.model.arrays import Floats
from minping.stats.sample_sizes import second_group_size
from minping.stats.two_phase import planned_error
from minping.words import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console

    from minping.indicators.callback_draw import Drawn
    from minping.model.evidence import Bodies

DIFFERENCES = (3.0, 5.0, 10.0, 15.0, 20.0)
MOST_SHOWN = 60


def power_rows(drawn: Drawn, bodies: int, reach: float) -> list[dict[str, float | None]]:
    """By difference in points: calls needed to see that raters and non-raters differ by so much, and the chance to.

    Two-sided at 95 %, chance 80 %; answers of the silent spread as those of the raters do.
    """
    rated, silent, called = by_body(drawn.strata, bodies)
    known = (rated > 0) & (silent > 0)
    sd = spread(drawn.strata)
    rows: list[dict[str, float | None]] = []
    for apart in DIFFERENCES:
        calls = np.ceil(second_group_size(sd / np.sqrt(rated[known]), sd, apart, population=silent[known]) / reach)
        can = calls <= silent[known]
        whole = np.inf
        if rated.sum():
            first = sd / np.sqrt(rated.sum())
            whole = float(np.ceil(second_group_size(first, sd, apart, population=silent.sum()) / reach))
        chance = _chance(sd, rated[known], silent[known], called[known] * reach, apart)
        of_all = _chance(
            sd, rated.sum(keepdims=True), silent.sum(keepdims=True), called.sum(keepdims=True) * reach, apart
        )
        rows.append(
            {
                "difference": apart,
                "calls_of_a_body": float(np.median(calls)) if known.any() and np.isfinite(np.median(calls)) else None,
                "bodies_that_can": int(can.sum()),
                "calls_of_all_together": whole if whole <= silent.sum() else None,
                "chance_of_a_body": float(np.median(chance)) if known.any() else None,
                "chance_of_all_together": float(of_all[0]),
            }
        )
    return rows


def margin_of_all(drawn: Drawn, bodies: int, reach: float) -> Floats:
    """± points at 95 % to expect of raters and called-back non-raters together, of each body, (N,)."""
    rated, silent, called = by_body(drawn.strata, bodies)
    sd, reached = spread(drawn.strata), np.minimum(called * reach, silent)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = planned_error(sd, sd, rated + silent, silent / (rated + silent), reached)
    return np.where((silent > 0) & (reached < 1), np.nan, 1.959963984540054 * error)


def _chance(sd: float, rated: Any, silent: Any, reached: Any, apart: float) -> Any:
    """Power of the two-sided test with so many reached."""
    from scipy.special import ndtr

    with np.errstate(divide="ignore", invalid="ignore"):
        error = sd * np.sqrt(1 / rated + np.maximum(1 / reached - 1 / silent, 0.0))
        return np.where(reached >= 1, ndtr(apart / error - 1.959963984540054), 0.0)


def show(
    out: Console,
    drawn: Drawn,
    bodies: Bodies,
    rows: list[dict[str, float | None]],
    reach: float,
    target: Path,
    lang: Lang,
) -> None:
    """Print a draw."""
    from rich.table import Table

    strata = drawn.strata
    head = Text(
        f"{drawn.period}：{int(strata.silent.sum()):,} 件没有评价，抽取 {int(strata.drawn.sum()):,} 件",
        f"{drawn.period}: {int(strata.silent.sum()):,} cases were not rated, {int(strata.drawn.sum()):,} are drawn",
    )
    out.print(head.say(lang), style="bold")
    rated, silent, called = by_body(strata, len(bodies.ids))
    margins = margin_of_all(drawn, len(bodies.ids), reach)
    names = (
        bodies.names
        if lang == "zh"
        else [one or other for one, other in zip(bodies.names_en, bodies.names, strict=True)]
    )
    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, words in enumerate(_HEADS):
        table.add_column(words.say(lang), justify="left" if at == 0 else "right")
    for at, name in list(enumerate(names))[:MOST_SHOWN]:
        counts = (f"{count[at]:,.0f}" for count in (rated, silent, called))
        table.add_row(name, *counts, "—" if np.isnan(margins[at]) else f"{margins[at]:.1f}")
    out.print(table)
    out.print(f"\n{_POWER.say(lang)}", style="bold")
    power = Table(box=None, pad_edge=False, header_style="bold")
    for words in _POWER_HEADS:
        power.add_column(words.say(lang), justify="right")
    for row in rows:
        power.add_row(
            f"{row['difference']:g}",
            _count(row["calls_of_a_body"]),
            _count(row["calls_of_all_together"]),
            _share(row["chance_of_a_body"]),
            _share(row["chance_of_all_together"]),
        )
    out.print(power)
    for words in _next(drawn, target):
        out.print(words.say(lang))


def _next(drawn: Drawn, target: Path) -> list[Text]:
    return [
        Text(f"清单哈希 {drawn.frame}，种子 {drawn.seed}", f"hash of the list {drawn.frame}, seed {drawn.seed}"),
        Text(
            f"已写出 {target} 与 {target.with_suffix('.json').name}",
            f"written: {target} and {target.with_suffix('.json').name}",
        ),
        Text(
            "接下来：由独立机构回访，填写 called_on、outcome、level，另存为 evidence/callbacks.csv；电话号码不进此文件",
            "next: somebody independent calls, fills in called_on, outcome and level, and saves it as "
            "evidence/callbacks.csv; telephone numbers never go into it",
        ),
    ]


def _count(number: float | None) -> str:
    return "—" if number is None else f"{number:,.0f}"


def _share(number: float | None) -> str:
    return "—" if number is None else f"{number:.0%}"


_HEADS = (
    Text("单位", "body"),
    Text("已评", "rated"),
    Text("未评", "not rated"),
    Text("抽取", "drawn"),
    Text("合并后正负（分）", "± points together"),
)
_POWER = Text(
    "要看出评价者与未评价者相差这么多分（把握 80%），须回访多少；本次抽取有几成把握",
    "calls needed to see that raters and the silent differ by so many points (chance 80 %), and the chance with this draw",
)
_POWER_HEADS = (
    Text("相差（分）", "points apart"),
    Text("每单位（中位数）", "each body (median)"),
    Text("全部合看", "all together"),
    Text("本次：一个单位", "this draw: a body"),
    Text("本次：全部", "this draw: all"),
)
