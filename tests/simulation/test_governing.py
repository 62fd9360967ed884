"""What a simulated county reports of itself: it loads, and planting changes nothing else."""

from __future__ import annotations

from collections import Counter

from minping.evidence import load_evidence
from minping.evidence.tables import TABLES
from minping.model.evidence import Codebook
from minping.simulation.county import STREAMS
from minping.simulation.governing import STREAMS as GOVERNED
from minping.simulation.planting import KINDS
from tests.simulation.conftest import TOLD, Made


def test_new_streams_of_chance_stand_after_the_old_ones() -> None:
    assert STREAMS[-len(GOVERNED) :] == GOVERNED and len(set(STREAMS)) == len(STREAMS)


def test_planting_changes_only_the_bodies_that_hold_something(wrong: Made, honest: Made) -> None:
    assert wrong.bytes["terms"] == honest.bytes["terms"]
    families = {
        "payments": ("payments",),
        "tasks": ("tasks",),
        "projects": ("projects",),
        "reports": ("reports",),
        "appraisals": ("appraisals",),
        "targets": ("targets", "plans"),
        "official": ("levels", "returns", "rates", "targets"),
    }
    for table, kept in families.items():
        holders = {body for kind in KINDS if KINDS[kind].family in kept for body in wrong.planted(kind)}
        lines = [Counter(tuple(row.items()) for row in made[table]) for made in (wrong, honest)]
        changed = {dict(row)["body"] for row in lines[0] - lines[1]}
        assert changed and changed <= holders, table


def test_it_loads_without_a_remark_but_on_planted_dates(made: Made) -> None:
    loaded = load_evidence(made.folder, Codebook({}))
    about = {problem.code for problem in loaded.problems} - {"ratio-mismatch"}  # units are told by a scheme only
    planted = {"closed-before-decided", "verified-before-decided"} if made.told["irregular"] else set()
    assert about <= planted and bool(about) == bool(planted)
    assert set(TOLD) - {"terms", "official"} <= set(loaded.records)
    for name in TOLD:
        assert set(made[name][0]) <= {column.name for column in TABLES[name].columns}, name
