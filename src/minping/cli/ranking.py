"""The ranking as a table for the terminal, each body's rank interval drawn as a line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from minping.scoring.showing import showing
from minping.scoring.tables import ranks
from minping.words import Lang, Text

if TYPE_CHECKING:
    from rich.table import Table

    from minping.scoring.evaluation import Evaluation

MOST_BODIES = 100
_HEADS = {
    "rank": Text("位次", "rank"),
    "name": Text("单位", "body"),
    "score": Text("得分", "score"),
    "interval": Text("得分区间", "score interval"),
    "ranks": Text("位次区间", "rank interval"),
    "tier": Text("组", "tier"),
    "grade": Text("建议等次", "proposed grade"),
}


def ranking_table(evaluation: Evaluation, lang: Lang, width: int) -> Table:
    """The ranking, best first; a line of characters per rank interval where there is room."""
    from rich.table import Table

    columns = ranks(evaluation)
    count, decimals = len(columns["body"]), evaluation.scheme.points.decimals
    with_grade, with_intervals = bool(evaluation.grades), evaluation.intervals is not None
    table = Table(box=None, pad_edge=False, header_style="bold")
    shown = showing(evaluation)
    names = ["rank"] * shown.ranked + ["name", "score"] + ["interval"] * with_intervals
    names += ["ranks"] * shown.ranked + ["tier"] * shown.tiered
    for name in names + (["grade"] if with_grade else []):
        table.add_column(_HEADS[name].say(lang), justify="left" if name in ("name", "grade") else "right")
    line_width = min(60, width - 78) if shown.ranked else 0
    if line_width >= 20:
        table.add_column(f"1 … {count}")
    found: dict[str, list[Any]] = {name: _plain(values) for name, values in columns.items()}
    for at in range(min(count, MOST_BODIES)):
        row = {name: values[at] for name, values in found.items()}
        body = row["name"] if lang == "zh" else row["name_en"] or row["name"]
        texts = {
            "rank": _number(row["rank"], 0),
            "name": str(body),
            "score": _number(row["score"], decimals),
            "interval": f"{_number(row['score_lo'], decimals)} – {_number(row['score_hi'], decimals)}",
            "ranks": f"{_number(row['rank_lo'], 0)} – {_number(row['rank_hi'], 0)}",
            "tier": _number(row["tier"], 0),
        }
        cells = [texts[name] for name in names] + [str(row["grade"])] * with_grade
        if line_width >= 20:
            cells.append(interval_line(row["rank"], row["rank_lo"], row["rank_hi"], count, line_width))
        table.add_row(*cells, end_section=_last_of_tier(found["tier"], at, count))
    return table


def interval_line(rank: float | None, low: float | None, high: float | None, count: int, width: int) -> str:
    """A rank interval as characters.

    >>> interval_line(2, 1, 4, 5, 9)
    '├─●───┤  '
    """
    if rank is None or low is None or high is None:
        return ""
    place = [round((at - 1) / max(count - 1, 1) * (width - 1)) for at in (low, rank, high)]
    line = [" "] * width
    line[place[0] : place[2] + 1] = "─" * (place[2] - place[0] + 1)
    line[place[0]], line[place[2]] = "├", "┤"
    line[place[1]] = "●"
    return "".join(line)


def _plain(values: Any) -> list[Any]:
    listed = values.to_pylist() if hasattr(values, "to_pylist") else list(values)
    return list(listed)


def _number(number: object, decimals: int) -> str:
    if number is None or (isinstance(number, float) and math.isnan(number)):
        return "—"
    return f"{number:.{decimals}f}"


def _last_of_tier(tiers: list[Any], at: int, count: int) -> bool:
    return at + 1 < count and tiers[at] != tiers[at + 1]
