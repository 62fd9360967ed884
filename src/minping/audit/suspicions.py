"""Suspicions: all tests by what they look for; each table stands in the folder of its suspicion."""

from __future__ import annotations

from minping.audit.citizens.table import CITIZENS, MEASURED, UNSEEN
from minping.audit.coverage.table import COVERAGE
from minping.audit.debt.table import DEBT
from minping.audit.fabrication.table import FABRICATION
from minping.audit.formalism.table import FORMALISM
from minping.audit.padding.table import PADDING
from minping.audit.suspicion import Suspicion
from minping.audit.targets.table import TARGETS
from minping.audit.vanity.table import VANITY
from minping.words import Text

#: what is looked for -> its title and its tests, in the order in which they are told
KINDS: dict[str, tuple[Text, dict[str, Suspicion]]] = {
    "citizens": (Text("群众评价是否真实", "whether citizens' voices are theirs"), CITIZENS),
    "fabrication": (Text("数字是否可能", "whether figures can be"), FABRICATION),
    "padding": (Text("数字是否偏高", "whether figures are higher than independent sources support"), PADDING),
    "targets": (Text("目标与完成是否合理", "whether targets and what became of them make sense"), TARGETS),
    "vanity": (Text("形象工程的迹象", "whether projects serve people"), VANITY),
    "debt": (Text("负债工程的迹象", "whether debt is bearable and who pays"), DEBT),
    "formalism": (Text("重痕不重绩", "whether tasks were closed by results"), FORMALISM),
    "coverage": (Text("无从核实的部分", "what can't be known"), COVERAGE),
}
SUSPICIONS = {key: row for _, rows in KINDS.values() for key, row in rows.items()}
KIND_OF = {key: kind for kind, (_, rows) in KINDS.items() for key in rows}

__all__ = ["KINDS", "KIND_OF", "MEASURED", "SUSPICIONS", "UNSEEN", "Suspicion"]
