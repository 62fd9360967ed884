"""Measure every test and put the table into the page."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import benchmarks.error_rates as home
from benchmarks.error_rates.rate import Measured, Rate, measure
from minping.audit.suspicions import SUSPICIONS

START, END = "<!-- table: python -m benchmarks.error_rates -->", "<!-- end of error rates -->"
SEED = 20261121


def every() -> dict[str, Rate]:
    """The rates of all files of this folder, in the order of the tests."""
    found: dict[str, Rate] = {}
    for one in iter_modules(home.__path__):
        module = import_module(f"{home.__name__}.{one.name}") if not one.name.startswith("_") else None
        found |= getattr(module, "RATES", {})
    return {key: found[key] for key in SUSPICIONS if key in found}


def table(rates: Mapping[str, Rate], worlds: int | None = None) -> str:
    """The figures as a Markdown table: one line for honest worlds, one for each effect."""
    lines = [
        "| 怀疑 suspicion | 世界 world | 事例 cases | p ≤ 1 % | p ≤ 5 % |",
        "|---|---|---|---|---|",
    ]
    for key, rate in rates.items():
        title = SUSPICIONS[key].title
        drawn = [(f"无 none: {rate.honest.zh} · {rate.honest.en}", rate.null)]
        drawn += [(f"{one.words.zh} · {one.words.en}", one.world) for one in rate.effects]
        for at, (words, world) in enumerate(drawn):
            found = measure(world, worlds or rate.worlds, SEED)
            lines.append(f"| {f'{title.zh} · {title.en}' if not at else ''} | {words} | {cells(found)} |")
    return "\n".join(lines)


def cells(found: Measured) -> str:
    """The last cells of a line."""
    return " | ".join([f"{found.cases:,}", *(f"{share:.3f}" for share in found.at)])


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write the table into the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.error_rates", description=home.__doc__)
    parser.add_argument("--page", type=Path, help="put the table into this page")
    parser.add_argument("--only", nargs="+", help="these tests only, printed")
    parser.add_argument("--worlds", type=int, help="draw so many of each")
    asked = parser.parse_args(arguments)
    rates = {key: rate for key, rate in every().items() if not asked.only or key in asked.only}
    text = table(rates, asked.worlds)
    print(text)
    if asked.page and not asked.only:
        page = asked.page.read_text(encoding="utf-8")
        before, after = page.split(START)[0], page.split(END)[1]
        asked.page.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
