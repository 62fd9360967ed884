"""Targets that grow on their way down, and those whose words allow it."""

from __future__ import annotations

from pathlib import Path

from minping.audit.targets.amplification import NO_LEVELS
from tests.audit.folders import looked, made, of, why

BODIES = "body,name,parent\np,县,\na,甲,p\nb,乙,p\n"
OFFICIAL = "body,period,indicator,value\np,2024,tax,1\na,2024,tax,1\nb,2024,tax,1\n"
HEAD = "body,period,indicator,target,target_high,qualifier\n"
ROWS = """p,2024,tax,100,110,range
a,2024,tax,70,,
b,2024,tax,60,,
p,2024,road,100,,
a,2024,road,60,,
p,2024Q2,job,10,,
a,2024Q2,job,6,,
b,2024Q2,job,6,,
"""


def test_sums_below_are_set_against_the_most_that_was_asked_above(tmp_path: Path) -> None:
    told = looked(made(tmp_path, BODIES, official=OFFICIAL, targets=HEAD + ROWS))
    tax, job = sorted(of(told, "amplified"), key=lambda one: one.about, reverse=True)
    assert tax.id == "2024:amplified:p:tax" and tax.observed == 130 / 110 and len(tax.beside) == 2 and tax.grade == "E1"
    assert job.id == "2024:amplified:p:job@2024Q2" and told.compared["amplified"] == 2  # b has no target for roads


def test_shares_are_averaged(tmp_path: Path) -> None:
    told = looked(
        made(tmp_path, BODIES, official=OFFICIAL, targets=HEAD + ROWS), {"series": {"tax": {"kind": "share"}}}
    )
    assert [one.about for one in of(told, "amplified")] == ["job@2024Q2"]


def test_without_a_level_above_it_is_not_applicable(tmp_path: Path) -> None:
    told = looked(
        made(tmp_path, 2, official="body,period,indicator,value\nb00,2024,x,1\n", targets=HEAD + "b00,2024,x,5,,\n")
    )
    assert why(told, "amplified") == NO_LEVELS.en


def test_a_revised_target_counts_once_as_it_was_set_last(tmp_path: Path) -> None:
    rows = """p,2024,tax,100,,,2024-01-05
a,2024,tax,90,,,2024-01-10
a,2024,tax,50,,,2024-07-10
a,2024,tax,95,,,2025-03-01
b,2024,tax,55,,,
"""
    told = looked(made(tmp_path, BODIES, official=OFFICIAL, targets=HEAD.strip() + ",set_on\n" + rows))
    assert not of(told, "amplified") and told.compared["amplified"] == 1  # 50 + 55


def test_two_targets_of_one_body_do_not_stand_for_two_bodies(tmp_path: Path) -> None:
    rows = "p,2024,tax,100,,,2024-01-05\na,2024,tax,90,,,2024-01-10\na,2024,tax,50,,,2024-07-10\n"
    told = looked(made(tmp_path, BODIES, official=OFFICIAL, targets=HEAD.strip() + ",set_on\n" + rows))
    assert why(told, "amplified") == NO_LEVELS.en


def test_where_less_is_better_asking_for_less_is_asking_for_more(tmp_path: Path) -> None:
    rows = """p,2024,tax,100,,at_most
a,2024,tax,40,,at_most
b,2024,tax,40,,at_most
p,2024,dust,100,,at_most
a,2024,dust,60,,at_most
b,2024,dust,60,,at_most
"""
    (one,) = of(looked(made(tmp_path, BODIES, official=OFFICIAL, targets=HEAD + rows)), "amplified")
    assert one.about == "tax" and one.observed == 1.25 and one.said is not None and "less is better" in one.said.en
