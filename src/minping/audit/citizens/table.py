"""Citizens: the tests of what citizens said (ratings, surveys); and what ratings alone can't show."""

from __future__ import annotations

from typing import NamedTuple

from minping.audit.citizens.blame import blocked_levels, unhappy_not_invited
from minping.audit.citizens.bursts import bursts
from minping.audit.citizens.copies import copied_comments
from minping.audit.citizens.devices import few_devices
from minping.audit.citizens.instants import instant_ratings
from minping.audit.citizens.interviewers import copied_answers, one_answer_to_all, short_interviews, unknown_answers
from minping.audit.citizens.removals import removed_blame
from minping.audit.suspicion import Suspicion
from minping.words import Text

CITIZENS = {
    "few_devices": Suspicion(
        few_devices,
        Text("少数设备反复评价", "few devices rate again and again"),
        Text("窗口以外、同一设备再次评价本单位的件数", "ratings from outside the halls by a device that had rated the body before"),
        Text("代办机构、家人或村里共用一部手机", "an agent, a family or a village shares one telephone"),
        Text("抽取这些办件，由第三方电话回访本人", "let a third party call back the persons of these cases"),
        needs=("ratings",),
    ),
    "burst": Suspicion(
        bursts,
        Text("两日内集中评价", "a burst of ratings on two days"),
        Text("两日内的评价件数，对照本单位办结日期和同渠道的评价间隔", "ratings of two days, against when the body's cases ended and how long raters of the channel take"),
        Text("统一发送评价短信、系统补传、活动日", "invitations sent all at once, a late upload, a day of action"),
        Text("核对短信发送与系统上传日志，回访这两日的办件", "look at the logs of invitations and uploads; call back the cases of these days"),
        needs=("ratings",),
    ),
    "copied": Suspicion(
        copied_comments,
        Text("评语雷同", "the same comment again and again"),
        Text("同一句评语（去标点，八字以上）在本单位的件数，对照各单位", "one sentence (no punctuation, 8 characters or more) in this body, against all bodies"),
        Text("评价页面给出可点选的整句", "the page offers whole sentences to choose from"),
        Text("查看评价页面的选项，回访这些办件", "look at what the page offers; call back these cases"),
        needs=("ratings",),
    ),
    "instant": Suspicion(
        instant_ratings,
        Text("办结即评", "ratings at once"),
        Text("办结后 12 秒内的评价件数，对照同渠道各单位", "ratings within 12 seconds of the end, against the same channel elsewhere"),
        Text("办结时间晚录，或评价器与办结按钮相连", "the end is booked late, or the pad opens with the button that ends the case"),
        Text("核对办结时间如何生成，现场观察窗口", "find out how the time of the end is made; watch the windows"),
        needs=("ratings",),
    ),
    "removed_blame": Suspicion(
        removed_blame,
        Text("差评剔除偏多", "bad ratings removed more often"),
        Text("被剔除的差评，既占差评多、又占全部评价多，对照各单位", "bad ratings removed: many among the bad ones and among all ratings, against all bodies"),
        Text("一次系统故障造成成批误评", "one fault of the system made many mistaken ratings"),
        Text("复核每一件剔除的理由与批准人，回访评价人", "review the reason and the approver of each; call back"),
        puts_back=True,
        needs=("ratings",),
    ),
    "uninvited": Suspicion(
        unhappy_not_invited,
        Text("不满意者可能未被邀评", "the unhappy may not have been asked"),
        Text("邀评件数低于同渠道各单位，且低等级评价偏少", "fewer asked than in the same channel elsewhere, and low levels are missing too"),
        Text("事项不同，有的依规不邀评；服务确实好", "other services, some not asked by rule; or truly good service"),
        Text("对未邀评的办件独立抽样回访", "call back a random sample of those who were not asked"),
        needs=("ratings",),
    ),
    "blocked": Suspicion(
        blocked_levels,
        Text("一、二级评价可能无法提交", "levels 1 and 2 may not get through"),
        Text("3 级以下评价中 1、2 级的件数，对照同样好的单位", "levels 1 and 2 among those of 3 or below, against a body as good"),
        Text("不满当场化解，改评 3 级", "complaints were settled on the spot and rated 3"),
        Text("由第三方试评 1 级并查提交失败日志；对未评价者独立回访", "let a third party try to rate 1 and read the log of failures; call back those who did not rate"),
        after=("uninvited",),
        needs=("ratings",),
    ),
    "one_answer": Suspicion(
        one_answer_to_all,
        Text("访问员所录答卷通卷同一答案", "one answer to all questions, by interviewer"),
        Text("本单位某一访问员的答卷中通卷同一答案的份数，对照其他访问员首题答案相同的答卷", "interviews of one batch in this body with the same answer to all questions, against interviews of other interviewers with the same first answer"),
        Text("题目相近，受访者急于结束；该访问员专访某类人群", "questions much alike, people in a hurry; the batch covers a special group"),
        Text("听取录音，抽取这批答卷由另一家机构电话复核", "listen to the recordings; let another firm call back a sample of the batch"),
        table="surveys",
        needs=("surveys",),
    ),
    "copied_answers": Suspicion(
        copied_answers,
        Text("访问员所录答卷彼此雷同", "the same set of answers again and again, by interviewer"),
        Text("同一组答案在某一访问员答卷中的份数，对照其他访问员", "one set of answers within one batch, against other interviewers"),
        Text("受访者同住一处、意见一致", "people who live together and think alike"),
        Text("核对访问时间与地点记录，抽取这批答卷电话复核", "compare the records of time and place; call back a sample of the batch"),
        table="surveys",
        needs=("surveys",),
    ),
    "unknown_answers": Suspicion(
        unknown_answers,
        Text("访问员所录“不知道”偏多", "more “don't know” than elsewhere, by interviewer"),
        Text("某一访问员有“不知道”或拒答的答卷份数，对照其他访问员", "interviews of one batch with “don't know” or a refusal, against other interviewers"),
        Text("受访者老年人多，或访问员忠实记录而别人代为选择", "older people; or this interviewer writes down what others fill in themselves"),
        Text("听取录音，比较追问的方式", "listen to the recordings: how was asked again?"),
        table="surveys",
        needs=("surveys",),
    ),
    "short_interviews": Suspicion(
        short_interviews,
        Text("访问员的访问过短", "interviews too short, by interviewer"),
        Text("某一访问员用时在全部访问最短二十分之一之内的份数，对照其他访问员", "interviews of one batch among the shortest twentieth of all, against other interviewers"),
        Text("访问员熟练，或计时从中途开始", "a practised interviewer, or a clock started half way"),
        Text("核对录音时长，抽取这批答卷电话复核", "compare the length of the recordings; call back a sample of the batch"),
        table="surveys",
        needs=("surveys",),
    ),
}  # fmt: skip


class Unseen(NamedTuple):
    """What ratings alone can't show, or hardly."""

    title: Text
    needed: Text  #: what would show it
    suspicion: str = ""  #: the weak test that may see a trace of it


UNSEEN = (
    Unseen(
        Text("不满意者未被邀评", "the unhappy were not asked"),
        Text(
            "全部办件的服务日志作分母，对未评价者独立随机回访",
            "the log of all services as denominator, and an independent random call-back of those who did not rate",
        ),
        "uninvited",
    ),
    Unseen(
        Text("低等级提交不了", "low levels can't be submitted"),
        Text(
            "只增不改的“开始—提交—失败”日志，第三方试评",
            "a log of started, submitted and failed ratings that nobody can change; trials by a third party",
        ),
        "blocked",
    ),
    Unseen(
        Text("当面要求好评", "people were told to rate well"),
        Text("离开之后的独立回访", "an independent call-back after they have left"),
    ),
)


class Recall(NamedTuple):
    """How often a test found what was planted."""

    found: int
    planted: int


#: of the weak tests, on the simulated counties of docs/explanation/detectors.md
MEASURED = {"uninvited": Recall(2, 9), "blocked": Recall(9, 9)}
