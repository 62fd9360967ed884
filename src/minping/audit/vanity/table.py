"""Vanity: whether projects are used, needed and worth their cost."""

from __future__ import annotations

from minping.audit.suspicion import Suspicion
from minping.audit.vanity.showpieces import half_built, showpieces, showpieces_of_one_source
from minping.words import Text

NINE = Text(
    "利用率、需求、人均造价、景观占比、超概、超期、投用时机、半拉子、支持率九项，各有阈值或同类比较；缺数据的算缺数据",
    "nine criteria (use, demand, cost for each who benefits, façade, overrun of cost and time, day of opening, half-built, "
    "support), each against a limit or its peers; what is missing counts as missing",
)
VANITY: dict[str, Suspicion] = {
    "showpiece": Suspicion(
        showpieces,
        Text("项目有形象工程的多个迹象", "several signs of a project built to be seen"),
        NINE,
        Text("客流尚在培育，服务偏远少数人群，统计口径不同", "use still grows; it serves few in a remote place; counted in another way"),
        Text("到现场看使用，访问受益者，核对决算与立项依据", "see its use on the spot, ask those who benefit, compare the accounts with what was approved"),
        grade="E2",
        table="all",
        stands=True,
        needs=("projects",),
        applies=Text("能判断的项数不少于规定的项数，符合的来自两类以上来源", "as many criteria can be told as must be met; those met rest on two kinds of sources"),
        source="criteria met x of 9 (audit.projects); Wilson's lower bound; reference classes",
        fewest=1,
    ),
    "showpiece_one_source": Suspicion(
        showpieces_of_one_source,
        Text("项目在一类来源上有多个迹象", "several signs from one kind of source"),
        NINE,
        Text("同一记录有误，会同时影响几项", "one wrong record touches several criteria at once"),
        Text("先核对该类记录，再看其他来源", "check these records first, then other sources"),
        table="all",
        stands=True,
        needs=("projects",),
        applies=Text("能判断的项数不少于规定的项数", "as many criteria can be told as must be met"),
        source="criteria met x of 9 (audit.projects)",
        fewest=1,
    ),
    "half_built": Suspicion(
        half_built,
        Text("半拉子工程", "half-built"),
        Text("开工而未完工的项目距最近进展的天数，对照规定的天数", "days since the last progress of a project that was begun and not finished, against a limit"),
        Text("进展没有填报，季节性停工，依法缓建", "progress was not entered, a stop for the season, put off by decision"),
        Text("到现场看，核对监理和拨款记录", "go and see; compare the supervisor's and the payments' records"),
        grade="E1",
        table="all",
        stands=True,
        needs=("projects",),
        applies=Text("填报了进度与最近进展日（或开工日）", "progress and the day of the last one (or of the start) are told"),
        source="arithmetic of declared days (audit.projects.stalled_days)",
        fewest=1,
    ),
}  # fmt: skip
