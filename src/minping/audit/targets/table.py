"""Targets: whether targets are realistic, and whether what was attained looks natural."""

from __future__ import annotations

from minping.audit.suspicion import Suspicion
from minping.audit.targets.amplification import amplified
from minping.audit.targets.attainment import easy, unrealistic
from minping.audit.targets.bunching import always_just_met, bunched
from minping.audit.targets.deadlines import rushed_requests, rushed_tasks
from minping.audit.targets.ratchet import ratchet
from minping.words import Text

BESIDE = Text(
    "有目标，也有同单位、同期、同指标的完成数",
    "a target stands beside the figure of the same body, period and indicator",
)
TARGETS: dict[str, Suspicion] = {
    "bunched": Suspicion(
        bunched,
        Text("完成数挤在目标线上", "figures crowd just above their targets"),
        Text("目标线上下同宽窗口内的个数，对照各半", "figures just above targets and just below, in windows of one width, against half each"),
        Text("努力恰好用到达标为止，目标按预计完成数确定", "work goes on until the target is met; targets were set by what was expected"),
        Text("抽查刚过线的数字，追到原始记录", "trace figures just above the line to their records"),
        table="all",
        stands=True,
        needs=("targets", "official"),
        applies=BESIDE,
        source="Cattaneo, Idrobo and Titiunik (2020), binomial; from 300 figures Cattaneo, Jansson and Ma (2020)",
    ),
    "always_just_met": Suspicion(
        always_just_met,
        Text("目标几乎个个刚好完成", "nearly every target is met by a hair"),
        Text("超出不到百分之一的目标占九成以上，对照其他单位刚好完成的比例", "nine targets in ten or more met by less than a hundredth, against how often others meet theirs so"),
        Text("目标就是按可以控制的计划量定的", "targets of amounts that are planned and fully in hand"),
        Text("核对完成数的形成时间与目标下达时间", "compare when the figures and when the targets were made"),
        table="all",
        stands=True,
        needs=("targets", "official"),
        applies=Text("每单位五个以上目标", "five targets of a body or more"),
        source="binomial, the others' share",
    ),
    "rushed_tasks": Suspicion(
        rushed_tasks,
        Text("督办事项突击办结", "tasks closed just before they are due"),
        Text("期限前几天内办结的，占按时办结的比例，对照各单位", "tasks closed in the last days before they are due among those closed in time, against all bodies"),
        Text("期限定得紧，集中验收日在期限前", "tight deadlines; a day of acceptance just before them"),
        Text("抽查这些事项的办理过程和结果", "look at how these were handled and what came of them"),
        table="all",
        stands=True,
        needs=("tasks",),
        applies=Text("每单位按时办结八件以上", "eight tasks of a body closed in time"),
        source="Fisher's exact test, one-sided",
    ),
    "rushed_requests": Suspicion(
        rushed_requests,
        Text("诉求突击办结", "requests closed just before they are due"),
        Text("在时限最后二十分之一内办结的，占按时办结的比例，对照各单位", "requests closed in the last twentieth of their time among those closed in time, against all bodies"),
        Text("系统临期自动提醒，复杂诉求多", "the system reminds near the end; many difficult matters"),
        Text("回访这些诉求人，看是否真正解决", "call back who asked: was it truly solved?"),
        table="all",
        stands=True,
        needs=("requests",),
        applies=Text("诉求有受理、到期、办结时间，每单位按时办结八件以上", "requests tell when they came, were due and closed; eight of a body in time"),
        source="Fisher's exact test, one-sided",
    ),
    "unrealistic": Suspicion(
        unrealistic,
        Text("目标脱离实际", "a target hardly attainable"),
        Text("按本单位历年和同类单位的增长推算，完成目标的机会", "the chance to meet the target, from past changes of the body and its peers"),
        Text("有新的重大项目、政策或口径变化", "a large new project, a new policy, another scope"),
        Text("请目标制定单位给出测算依据", "ask who set the target for the calculation"),
        table="all",
        stands=True,
        needs=("targets", "official"),
        applies=Text("本考核期的目标，四个以上往年的完成数", "targets of the period itself, four past figures or more"),
        source="Student's t prediction with random effects (Searle, Casella and McCulloch 1992)",
    ),
    "easy": Suspicion(
        easy,
        Text("目标留有余地", "a target that can hardly be missed"),
        Text("按本单位历年和同类单位的增长推算，完不成目标的机会", "the chance to miss the target, from past changes of the body and its peers"),
        Text("预计要减产、停产或减收", "a foreseen closure, a fall of prices, a cut of taxes"),
        Text("请目标制定单位给出测算依据", "ask who set the target for the calculation"),
        table="all",
        stands=True,
        needs=("targets", "official"),
        applies=Text("本考核期的目标，四个以上往年的完成数", "targets of the period itself, four past figures or more"),
        source="Student's t prediction with random effects (Searle, Casella and McCulloch 1992)",
    ),
    "amplified": Suspicion(
        amplified,
        Text("目标层层加码", "targets grow from level to level"),
        Text("下级各单位目标之和（比率取平均），对照本级目标", "targets of the bodies below, added (shares: averaged), against the one above"),
        Text("下级目标含自定部分，范围不同", "targets below have parts of their own, or another scope"),
        Text("核对分解下达的文件", "compare the papers by which targets were handed down"),
        grade="E1",
        table="all",
        stands=True,
        needs=("targets",),
        applies=Text("本级和全部下级对同一指标都有目标", "the body above and all bodies below it have a target for the same figure"),
        source="arithmetic; qualifiers in favour of the bodies",
        fewest=1,
    ),
    "ratchet": Suspicion(
        ratchet,
        Text("超额越多加码越多", "the more is achieved, the more is asked for"),
        Text("目标的增幅随上期超额的斜率，对照其他单位", "the slope of a target's change on how far the last one was exceeded, against other bodies"),
        Text("目标只是跟随实际水平", "the target just follows the level of the figure"),
        Text("查看目标制定办法是否与上期完成数挂钩", "see whether the rule for targets uses last period's figure"),
        table="all",
        stands=True,
        needs=("targets", "official"),
        applies=Text("每单位六年以上的目标与完成数", "targets and figures of more than six years of a body"),
        source="Weitzman (1980); difference of least-squares slopes",
    ),
}  # fmt: skip
