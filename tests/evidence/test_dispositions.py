"""The words and codes of outcomes tell them apart; rows that cannot be are in tests/indicators/test_dispositions.py."""

from __future__ import annotations

import re

from minping.evidence.dispositions import RULES
from minping.evidence.tables import TABLES
from minping.model.surveys import DISPOSITIONS
from minping.stats.response import OUTCOMES


def test_every_outcome_has_words_and_a_code_of_its_own() -> None:
    assert tuple(DISPOSITIONS) == OUTCOMES
    words = [word for words, _ in DISPOSITIONS.values() for word in words]
    assert len(set(words)) == len(words)
    for code, wanted in (("1.1", "complete"), ("120", "partial"), ("2.112", "refusal"), ("2.2", "non_contact"),
                         ("2.31", "other"), ("3.17", "unknown_household"), ("3.91", "unknown_other"), ("4.2", "ineligible")):  # fmt: skip
        assert [outcome for outcome, (_, pattern) in DISPOSITIONS.items() if re.search(pattern, code)] == [wanted]


def test_every_rule_is_about_a_column_and_says_what_to_do() -> None:
    names = {column.name for column in TABLES["dispositions"].columns}
    for rule in RULES:
        remark = rule.say("x")
        assert rule.column in names and remark.found.zh and remark.found.en
