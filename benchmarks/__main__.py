"""`python -m benchmarks`: every question, one after the other; 1 where a limit is not kept.

    python -m benchmarks [--quick] [--json FILE] [--page FILE] [--on DATE]

`--quick` takes small sizes and judges no limit: it shows that the benchmarks run and that the answers are right.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks import audit_lines, commands, evidence, page, ratings, survey_lines
from benchmarks.measure import PEERS, Check, Line, Ratio, child_json


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes; no limit is judged")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--page", type=Path, help="write the page of the documentation here")
    parser.add_argument("--on", default="", help="the date to print on the page")
    asked = parser.parse_args(arguments)
    lines, ratios, checks, versions = measure(asked.quick)
    text = page.text(lines, ratios, versions, asked.on, checks)
    print(text)
    if asked.json:
        figures = {"lines": [line._asdict() for line in lines], "ratios": [ratio._asdict() for ratio in ratios]}
        figures["checks"] = [check._asdict() for check in checks]
        asked.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if asked.page:
        asked.page.write_text(text, encoding="utf-8")
    return 0 if asked.quick or all(one.is_within for one in (*lines, *ratios)) else 1


def measure(quick: bool) -> tuple[list[Line], list[Ratio], list[Check], dict[str, str]]:
    """All questions."""
    bodies, indicators, draws = (60, 10, 40) if quick else (3000, 50, 1000)
    lines = _draws(bodies, indicators, draws, quick) + _growth(quick) + _commands(quick) + _evidence(quick)
    say("ratings raked, with errors")
    lines += survey_lines.own(quick)
    say("ratings of a country, beside SQL by hand")
    counted, beside_sql = ratings.lines(quick)
    lines += counted
    say("digits of a ledger, reuse of reports, beside benford_py and datasketch")
    audited, beside_audit, audit_versions = audit_lines.lines(quick)
    lines += audited
    if not beside_audit:
        say("benford_py or datasketch is not installed: make bench sets them up")
    beside_sql += beside_audit
    if not PEERS.exists():
        say(f"the other tools are not installed ({PEERS}): make bench sets them up")
        return lines, beside_sql, [], {}
    say("beside svy, samplics and balance")
    surveyed, checks, survey_versions = survey_lines.beside(quick)
    lines += surveyed
    say("beside pymcdm and scikit-criteria")
    found = child_json(
        "benchmarks.peers", str(bodies), str(indicators), "3" if quick else "15", "4" if quick else "40", python=PEERS
    )
    size = f"{bodies:,} × {indicators}"
    lines += [Line("full score", tool, size, taken) for tool, taken in found["score"].items()]
    limits = {"minping": 1.5}
    lines += [
        Line("1,000 replications of the scheme's choices, ranks", tool, size, taken, limit=limits.get(tool))
        for tool, taken in found["replications"].items()
    ]
    targets = {
        "score": {"pymcdm": 1 / 10, "scikit-criteria": 1 / 4},
        "replications": {"pymcdm": 1 / 15, "scikit-criteria": 1 / 15},
    }
    ratios = [
        Ratio(f"{question}, {size}", found[question]["minping"], peer, found[question][peer], at_most)
        for question, peers in targets.items()
        for peer, at_most in peers.items()
    ]
    return lines, [*beside_sql, *ratios], checks, {**found["versions"], **survey_versions, **audit_versions}


def _draws(bodies: int, indicators: int, draws: int, quick: bool) -> list[Line]:
    say("draws with a data error in every cell")
    size = f"{bodies:,} × {indicators}"
    error = child_json("benchmarks.draws", "error", str(bodies), str(indicators), str(draws))
    question = f"{draws:,} replications, a data error drawn for every cell"
    lines = [
        Line(question, tool, size, taken, limit=6.0 if tool == "minping" else None) for tool, taken in error.items()
    ]
    many = draws * 10
    say(f"{many:,} draws: memory")
    whole = child_json("benchmarks.draws", "memory", str(bodies), str(indicators), str(many))
    question = f"{many:,} replications, the whole process"
    return [*lines, Line(question, "minping", size, whole["seconds"], whole["megabytes"], limit_mb=1000.0)]


def _growth(quick: bool) -> list[Line]:
    lines = []
    for bodies in (30, 300) if quick else (300, 3000, 30_000):
        say(f"growth: {bodies:,} bodies")
        found = child_json("benchmarks.draws", "growth", str(bodies), "50", "100")
        lines += [
            Line("growth: full score", "minping", f"{bodies:,} × 50", found["score"]),
            Line("growth: 100 replications with ranks", "minping", f"{bodies:,} × 50", found["draws"]),
        ]
    return lines


def _commands(quick: bool) -> list[Line]:
    say("commands")
    limits = [0.3, 4.0, 5.0]
    found = commands.measure(200 if quick else 10_000, 1 if quick else 5)
    return [
        Line("command", name, "", taken, megabytes, limit=limit)
        for (name, (taken, megabytes)), limit in zip(found.items(), limits, strict=True)
    ]


def _evidence(quick: bool) -> list[Line]:
    lines = []
    for rows in (20_000,) if quick else (1_000_000, 10_000_000):
        for is_bad in (True, False):
            say(f"evidence: {rows:,} rows")
            load = evidence.measure(rows, is_bad)
            allowed, most = evidence.LIMITS.get(rows, (None, None))
            question = "CSV loaded and checked" + (", three bad rows named" if is_bad else "")
            size = f"{rows:,} rows, {load.file_mb:,.0f} MB"
            lines.append(Line(question, "minping", size, load.cpu_seconds, load.peak_mb, allowed, most))
    return lines


def say(what: str) -> None:
    """Tell what is being measured, where somebody watches."""
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
