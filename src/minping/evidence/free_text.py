"""Free text (comments, what was asked, what was replied): kept as it came, and told of where it can't be meant so.

What stands there is never quoted: remarks are published with the result, and what citizens wrote is not.
"""

from __future__ import annotations

import re

from minping.evidence.faults import NOTHING, Remark
from minping.evidence.readings import MOST_CHARACTERS
from minping.evidence.records import Rule
from minping.words import Text

CONTROL = "[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]"  #: control characters but tabs and line breaks


def free_text(column: str) -> tuple[Rule, ...]:
    """Warn of control characters, and of more than a spreadsheet's cell can hold."""
    return (
        Rule(
            "control-character",
            column,
            f'"{column}" IS NOT NULL AND REGEXP_MATCHES("{column}", \'{CONTROL}\')',
            _of_control,
        ),
        Rule("huge-cell", column, f'LENGTH("{column}") > {MOST_CHARACTERS}', _of_length),
    )


def _of_control(text: str) -> Remark:
    count = len(re.findall(CONTROL, text))
    found = Text(f"含 {count} 个控制字符", f"holds {count} control characters")
    fix = Text("照原样保留；从来源系统核对编码", "kept as it is; check the encoding at its source")
    return Remark("control-character", found, NOTHING, fix, "warning")


def _of_length(text: str) -> Remark:
    found = Text(f"有 {len(text)} 个字符", f"{len(text)} characters")
    allowed = Text(f"通常不超过 {MOST_CHARACTERS} 个字符", f"seldom above {MOST_CHARACTERS} characters")
    fix = Text("照原样保留；检查引号是否配对、导出是否串行", "kept as it is; look for an unclosed quote in the export")
    return Remark("huge-cell", found, allowed, fix, "warning")
