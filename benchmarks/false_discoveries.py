"""What the audit finds of what was planted in simulated counties, and what it finds beside that, over twenty seeds.

    python -m benchmarks.false_discoveries [--page docs/explanation/detectors.md] [--seeds 1 2 3]

Each seed makes two counties of one size: with irregularities planted, and honest. A finding is right where its body holds
one of the kinds that its test looks for; anything else is a false discovery, though something else be planted there.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.detectors import PLANTED
from minping.audit import examine
from minping.audit.suspicions import KIND_OF, KINDS, SUSPICIONS
from minping.cli.simulate import simulate_folder
from minping.pipeline import load_evidence
from minping.scheme.read import read_scheme

SEEDS = tuple(range(20261121, 20261141))
BODIES, SERVICES = 40, 12_000
#: test -> kinds of truth.json that it looks for; tests of citizens' voices as in `detectors`
LOOKS_FOR: dict[str, tuple[str, ...]] = {
    **{key: (kind,) for key, kind in PLANTED.items()},
    "sums": ("parts_apart",),
    "shares": ("infeasible_share",),
    "copied_forward": ("copied_forward",),
    "copied_bodies": ("same_vector",),
    "precision": ("precision_switch",),
    "heaping": ("whole_percentages",),
    "benford": ("invented_amounts",),
    "reused_reports": ("copied_report", "repeated_report"),
    "dates_of_tasks": ("impossible_dates",),
    **dict.fromkeys(KINDS["formalism"][1], ("formalism",)),
    "bunched": ("bunched", "just_met"),
    "always_just_met": ("just_met",),
    "rushed_tasks": ("deadline_rush",),
    "unrealistic": ("unrealistic_target",),
    "easy": ("sandbagged_target",),
    "ratchet": ("ratchet",),
    "showpiece": ("vanity",),
    "showpiece_one_source": ("vanity",),
    "half_built": ("half_built",),
    **dict.fromkeys(("openings", "time_to_idle", "used_less", "short_of_forecast", "cost_for_each"), ("vanity",)),
    **dict.fromkeys(("padded_level", "drifted_level", "revisions", "above_third_party", "jump_alone"), ("padded",)),
    "found_below": ("found_below", "padded"),
    "cost_overruns": ("breach",),
    "straight_lined": ("straight_lined",),
    "same_for_everybody": ("straight_lined",),
    "debt_ratio": ("over_indebted",),
    "interest": ("over_indebted",),
    "refinanced": ("refinanced",),
    "hidden_gap": ("undeclared_debt",),
    "left_to_successors": ("left_to_successors",),
    "tail_above_peers": ("left_to_successors",),
    "before_approval": ("breach",),
    "over_budget": ("breach",),
    "over_estimate": ("breach",),
    "advance": ("breach",),
}
START, END = "<!-- table: python -m benchmarks.false_discoveries -->", "<!-- end of false discoveries -->"


class County(NamedTuple):
    """What an audit said of one county."""

    found: dict[str, set[str]]  #: test -> bodies; only tests that were applicable
    right: dict[str, set[str]]  #: kind -> bodies


def audited(seed: int, planted: bool, bodies: int = BODIES, services: int = SERVICES) -> County:
    """Simulate a county and audit its last year."""
    with TemporaryDirectory() as home:
        folder = Path(home) / "county"
        simulate_folder(folder, seed=seed, bodies=bodies, services=services, planted=planted)
        scheme = read_scheme(folder)
        evidence = load_evidence(folder, scheme)
        told = examine(evidence, "2025", scheme=scheme.scheme)
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    known = set(evidence.bodies.ids)  # a pair of bodies is named by one of them, about the other
    found: dict[str, set[str]] = {key: set() for key in told.compared}
    for one in told.findings:
        found[one.suspicion] |= {one.body} | ({one.about} & known)
    told_of = {**truth["planted"], **truth["recorded_interviews"]}
    right = {kind: set(where["bodies"]) for kind, where in told_of.items()}
    right |= {kind: {case["body"] for case in cases} for kind, cases in truth["irregular"].items()}
    return County(found, right)


class Tally(NamedTuple):
    """One test over all seeds."""

    planted: int
    hit: int  #: bodies planted and found
    flagged: int
    false_share: float  #: mean over counties of the false ones among the flagged (none flagged: 0)
    clean: int  #: bodies flagged in honest counties
    clean_counties: int  #: honest counties with any
    counties: int


def tally(key: str, planted: Sequence[County], honest: Sequence[County]) -> Tally | None:
    """Count for one test; None where it was applicable nowhere."""
    tested = [one for one in planted if key in one.found]
    clean = [one for one in honest if key in one.found]
    if not tested and not clean:
        return None
    right = [set().union(*(one.right.get(kind, set()) for kind in LOOKS_FOR.get(key, ()))) for one in tested]
    flagged = [one.found[key] for one in tested]
    false = [len(here - good) / max(len(here), 1) for here, good in zip(flagged, right, strict=True)]
    return Tally(
        sum(map(len, right)),
        sum(len(here & good) for here, good in zip(flagged, right, strict=True)),
        sum(map(len, flagged)),
        sum(false) / max(len(false), 1),
        sum(len(one.found[key]) for one in clean),
        sum(bool(one.found[key]) for one in clean),
        len(clean),
    )


def table(planted: Sequence[County], honest: Sequence[County]) -> str:
    """The figures as a Markdown table, test by test."""
    lines = [
        "| 怀疑 suspicion | 等级 grade | 埋设 planted | 查出 found | 标出 flagged | 误报比例 false share | 无埋设：标出 honest: flagged | 有误报的县 counties with any |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for kind, (title, tests) in KINDS.items():
        lines.append(f"| **{title.zh} · {title.en}** | | | | | | | |")
        for key in tests:
            one = tally(key, planted, honest)
            name = f"{SUSPICIONS[key].title.zh} · {SUSPICIONS[key].title.en}"
            if one is None:
                lines.append(f"| {name} | {SUSPICIONS[key].grade} | – | – | – | – | – | 不适用 not applicable |")
                continue
            assert KIND_OF[key] == kind
            figures = (one.planted, one.hit, one.flagged, f"{one.false_share:.3f}", one.clean)
            cells = " | ".join(str(figure) for figure in figures)
            lines.append(f"| {name} | {SUSPICIONS[key].grade} | {cells} | {one.clean_counties}/{one.counties} |")
    lines.append(summary(planted, honest))
    return "\n".join(lines)


def summary(planted: Sequence[County], honest: Sequence[County]) -> str:
    """All families together: the mean false share, and how many honest families had any finding."""
    every = [tally(key, [one], []) for one in planted for key in one.found]
    shares = [one.false_share for one in every if one is not None]
    families = [bool(bodies) for one in honest for bodies in one.found.values()]
    share, any_of = sum(shares) / max(len(shares), 1), sum(families) / max(len(families), 1)
    return f"| **全部 all** | | | | | **{share:.3f}** ({len(shares)} 族 families) | | **{any_of:.3f}** ({len(families)} 族 families) |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write the table into the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.false_discoveries", description=__doc__)
    parser.add_argument("--page", type=Path, help="put the table into this page")
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    asked = parser.parse_args(arguments)
    planted, honest = ([audited(seed, kind) for seed in asked.seeds] for kind in (True, False))
    text = table(planted, honest)
    print(text)
    if asked.page:
        page = asked.page.read_text(encoding="utf-8")
        before, after = page.split(START)[0], page.split(END)[1]
        asked.page.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
