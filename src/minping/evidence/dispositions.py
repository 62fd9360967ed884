"""Dispositions: the rules that the outcomes of the cases of a survey must keep."""

from __future__ import annotations

from collections.abc import Sequence

from minping.errors import did_you_mean, one_of
from minping.evidence.event_rules import NUMBER, check_table, empty, said
from minping.evidence.faults import Fault, Remark, short
from minping.evidence.periods import FORMS
from minping.evidence.records import Rule
from minping.model.evidence import Bodies, Records
from minping.model.surveys import DISPOSITIONS
from minping.words import Text

COUNT = NUMBER.format('"count"')
#: the forms of `periods.months`
PERIOD = r"^\d{4}(H[12]|Q[1-4]|-(0[1-9]|1[0-2])|-\d{4})?$"


def check_dispositions(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `dispositions` that can't be right."""
    check_table(records, bodies, RULES, headers, faults, "")


def _known() -> Rule:
    words = ", ".join("'" + word + "'" for words, _ in DISPOSITIONS.values() for word in words)
    codes = " OR ".join(f"REGEXP_MATCHES(disposition, '{code}')" for _, code in DISPOSITIONS.values())

    def say(text: str) -> Remark:
        found = Text(f"没有这种结果 {short(text)}", f"no such outcome {short(text)}")
        return Remark("unknown-disposition", found, one_of(list(DISPOSITIONS)), did_you_mean(text, DISPOSITIONS))

    return Rule(
        "unknown-disposition",
        "disposition",
        f"disposition IS NOT NULL AND disposition NOT IN ({words}) AND NOT ({codes})",
        say,
    )


RULES = (
    *(empty(column) for column in ("body", "period", "disposition")),
    _known(),
    Rule(
        "malformed-period",
        "period",
        f"period IS NOT NULL AND NOT REGEXP_MATCHES(period, '{PERIOD}')",
        said("malformed-period", "{} 不是考核期", "{} is not a period", FORMS, Text("按以上形式之一填写", "write it in one of these forms")),
    ),
    Rule(
        "impossible-count",
        "count",
        f'"count" IS NOT NULL AND NOT COALESCE({COUNT} >= 0 AND {COUNT} = FLOOR({COUNT}) AND ISFINITE({COUNT}), FALSE)',
        said("impossible-count", "样本数 {} 不可能", "{} cases can't be", Text("0 或更大的整数", "a whole number from 0"), Text("核对；每个样本一行的则整列留空", "check it; leave the column empty where each case has its row")),
    ),
)  # fmt: skip
