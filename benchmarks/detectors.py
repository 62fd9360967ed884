"""Recall and precision of the audit's tests on simulated counties with planted abuse.

    python -m benchmarks.detectors [--page FILE] [--seeds 1 2 3]

The thresholds are those of the stated null and Benjamini–Hochberg at 5 %; nothing was chosen on these seeds.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from minping.audit import examine
from minping.audit.citizens.table import CITIZENS
from minping.audit.suspicions import SUSPICIONS
from minping.evidence import load_evidence
from minping.model.evidence import Codebook
from minping.simulation.county import simulate

SEEDS = (20261, 20262, 20263)
BODIES, SERVICES = 40, 60_000
#: suspicion -> kind that the simulator plants
PLANTED = {
    "few_devices": "device",
    "burst": "burst",
    "copied": "copied",
    "instant": "instant",
    "uninvited": "uninvited",
    "blocked": "blocked",
    "removed_blame": "removed",
    "one_answer": "one_answer",
    "copied_answers": "copied_answers",
    "short_interviews": "short_interviews",
}
START, END = "<!-- table: python -m benchmarks.detectors -->", "<!-- end of the table -->"


class Count(NamedTuple):
    """Bodies of one suspicion over all counties."""

    planted: int
    found: int  #: planted and flagged
    flagged: int
    clean: int  #: flagged where nothing was planted at all

    @property
    def recall(self) -> str:
        """Share of the planted that was flagged."""
        return f"{self.found / self.planted:.2f}" if self.planted else "–"

    @property
    def precision(self) -> str:
        """Share of the flagged that was planted, by this very kind."""
        return f"{self.found / self.flagged:.2f}" if self.planted and self.flagged else "–"


def flagged(seed: int, planted: bool, bodies: int, services: int) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Bodies that the audit of one county flags, by suspicion; and those where each kind was planted."""
    with TemporaryDirectory() as folder:
        truth = simulate(Path(folder), seed=seed, bodies=bodies, services=services, planted=planted)
        evidence = load_evidence(folder, Codebook({}, records=("ratings", "offers", "surveys")))
        findings = examine(evidence, "2025").findings
    found = {key: {one.body for one in findings if one.suspicion == key} for key in CITIZENS}
    return found, {kind: set(where.bodies) for kind, where in {**truth.planted, **truth.batches}.items()}


def measure(seeds: Sequence[int], bodies: int = BODIES, services: int = SERVICES) -> dict[str, Count]:
    """Count over the counties of all seeds, each with abuse and without."""
    counts = {key: Count(0, 0, 0, 0) for key in CITIZENS}
    for seed in seeds:
        found, planted = flagged(seed, True, bodies, services)
        clean, _ = flagged(seed, False, bodies, services)
        for key, so_far in counts.items():
            where = planted.get(PLANTED.get(key, ""), set())
            here = (len(where), len(found[key] & where), len(found[key]), len(clean[key]))
            counts[key] = Count(*(one + other for one, other in zip(so_far, here, strict=True)))
    return counts


def table(counts: dict[str, Count]) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| 怀疑 suspicion | 埋设 planted | 查出 found | 标出 flagged | 查全率 recall | 查准率 precision | 无埋设时误报 flagged in clean counties |",
        "|---|---|---|---|---|---|---|",
    ]
    for key, one in counts.items():
        title = SUSPICIONS[key].title
        lines.append(
            f"| {title.zh} · {title.en} | {one.planted} | {one.found} | {one.flagged} | {one.recall} | {one.precision} | {one.clean} |"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write the table into the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.detectors", description=__doc__)
    parser.add_argument("--page", type=Path, help="put the table into this page")
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    asked = parser.parse_args(arguments)
    text = table(measure(asked.seeds))
    print(text)
    if asked.page:
        page = asked.page.read_text(encoding="utf-8")
        before, after = page.split(START)[0], page.split(END)[1]
        asked.page.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
