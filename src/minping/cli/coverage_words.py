"""The coverage of a scheme on the terminal and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from minping.words import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console

    from minping.model.coverage import Coverage

MOST_SHOWN = 6  #: indicators, those of most weight
HEAD = Text("谁能作证（讲方案，不讲单位）：", "Who can vouch for the figures (of the scheme, not of bodies):")


def print_coverage(out: Console, found: Coverage, lang: Lang) -> None:
    """Two sentences, then the indicators that nobody else can vouch for."""
    from minping.audit.coverage.words import reporting_words, resting_words
    from minping.model.coverage import STANDINGS

    if not found.bodies:
        return
    out.print(HEAD.say(lang), style="bold")
    for words in (resting_words(found), reporting_words(found)):
        out.print(f"    {words.say(lang)}")
    for standing in ("alone", "named"):
        mine = sorted((one for one in found.indicators if one.standing == standing), key=lambda one: -one.weight)
        if mine:
            listed = ("、" if lang == "zh" else ", ").join(one.title.say(lang) for one in mine[:MOST_SHOWN])
            more = len(mine) - MOST_SHOWN
            rest = (
                Text(f" …… 共 {len(mine)} 项，见 --json", f" … {len(mine)} in all, see --json")
                if more > 0
                else Text("", "")
            )
            colon = "：" if lang == "zh" else ": "
            out.print(f"    {STANDINGS[standing].say(lang)}{colon}{listed}{rest.say(lang)}")


def coverage_json(found: Coverage) -> dict[str, object]:
    """For scripts; shares of the weight are those of STANDINGS, in order."""
    from minping.model.coverage import STANDINGS

    return {
        "indicators": [asdict(one) for one in found.indicators],
        "resting": {
            body: dict(zip(STANDINGS, shares, strict=True))
            for body, shares in zip(found.bodies, found.resting.tolist(), strict=True)
        },
        "by_type": {kind or "all": dict(shares) for kind, shares in found.by_type.items()},
        "reporting": {**asdict(found.reporting), "each": found.reporting.each},
    }
