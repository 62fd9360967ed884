"""Fabrication: the tests of whether figures can be what they are said to be."""

from __future__ import annotations

from minping.audit.fabrication.sums import bodies_and_whole, parts_and_whole
from minping.audit.suspicion import Suspicion
from minping.words import Text

FABRICATION = {
    "sums": Suspicion(
        parts_and_whole,
        Text("部分之和不等于总数", "parts do not make the whole"),
        Text("各部分之和与总数之差，对照四舍五入的最大误差", "the sum of the parts less the whole, against the most that rounding explains"),
        Text("口径不同、另有未列的部分、事后修订只改了一处", "another scope, a part that is not listed, a revision of one figure only"),
        Text("请填报单位给出各部分的明细与汇总表", "ask for the ledger of each part and the summary sheet"),
        grade="E1",
        table="all",
        needs=("official",),
        applies=Text("方案声明了合计关系，且各数齐全", "the scheme declares the sum, and all its figures are there"),
        source="arithmetic; half a unit of the last place for each figure",
        fewest=1,
    ),
    "sum_of_bodies": Suspicion(
        bodies_and_whole,
        Text("下级之和不等于上级总数", "the bodies below do not make the whole above"),
        Text("下级各单位之和与上级数之差，对照四舍五入的最大误差", "the sum of the bodies below less the figure above, against the most that rounding explains"),
        Text("上级含有直属部分，跨区重复统计，口径不同", "the body above has parts of its own; double counting across borders; another scope"),
        Text("逐一核对下级上报数与上级汇总表", "compare what each body reported with the sheet above"),
        grade="E1",
        table="all",
        needs=("official",),
        applies=Text("方案声明了合计关系（over: children），下级齐全", "the scheme declares it (over: children), and all bodies below have figures"),
        source="arithmetic; half a unit of the last place for each figure",
        fewest=1,
    ),
}  # fmt: skip
