"""The table of tasks (督办事项): what was decided, by when, what came of it and how that was verified."""

from __future__ import annotations

from minping.evidence.column_forms import amount, day, key, number, word, words
from minping.evidence.table import BODY, Table
from minping.model.audited import TASK_STATES, VERIFIED_HOW
from minping.model.evidence import YES_NO
from minping.words import Text

TASKS = Table(
    Text("督办事项", "tasks"),
    ("督办事项表", "督办台账", "任务表", "重点任务", "task"),
    (
        key("task", Text("事项编号", "task"), Text("一事一项，编号不得重复", "one matter, one row, an id"), "任务编号", "task_id"),
        BODY,
        day("decided_on", Text("交办日期", "decided on"), Text("交办之日，如 2024-03-01", "the day it was given, e.g. 2024-03-01"), "交办时间", "立项日期", required=True),
        day("due_on", Text("完成时限", "due on"), Text("应完成之日", "the day by which it must be done"), "办理时限", "到期日期", required=True),
        words("title", Text("事项", "title"), Text("一事一项", "what is to be done"), "事项名称", "任务名称"),
        words("source", Text("来源", "source"), Text("会议、文件、督察、12345……", "a meeting, a document, an inspection, a hotline"), "事项来源"),
        words("owner", Text("责任岗位", "owner"), Text("承办的岗位，不填姓名", "the post that does it, no name"), "承办人", "责任人"),
        words("criterion", Text("销号标准", "criterion"), Text("可核验的结果标准", "what result can be verified"), "结果标准"),
        number("baseline_value", Text("整改前数值", "baseline"), Text("结果指标原来的数值", "the outcome before"), "基线值"),
        number("outcome_value", Text("结果数值", "outcome"), Text("核实的结果数值", "the outcome as it was found"), "整改后数值", "结果值"),
        number("outcome_target", Text("结果目标", "outcome target"), Text("应达到的数值；低于整改前即越低越好", "what should be reached; below the baseline: lower is better"), "目标值"),
        day("submitted_on", Text("报结日期", "submitted on"), Text("承办单位报结之日", "the day the owner said it was done"), "报结时间"),
        day("verified_on", Text("核查日期", "verified on"), Text("核查之日", "the day it was verified"), "核查时间", "验收日期"),
        words("verifier", Text("核查岗位", "verifier"), Text("核查的岗位，不填姓名", "the post that verified it, no name"), "核查人", "验收人"),
        word("verified_how", Text("核查方式", "verified how"), Text("on_site 现场、unannounced 暗访、callback 回访、data 数据比对、documents 材料", "on_site, unannounced, callback, data or documents"), VERIFIED_HOW, "核查方法"),
        word("state", Text("状态", "state"), Text("open 办理中、submitted 已报结、closed 办结、reopened 重开、stopped 终止；空：有办结日期即办结", "open, submitted, closed, reopened, stopped; empty: closed where closed_on is given, else open"), TASK_STATES, "办理状态"),
        day("closed_on", Text("办结日期", "closed on"), Text("销号之日", "the day it was closed"), "销号日期", "办结时间"),
        day("reopened_on", Text("重开日期", "reopened on"), Text("反弹或退回重办之日", "the day it was taken up again"), "反弹日期", "退回日期"),
        day("lookback_on", Text("回头看日期", "look-back on"), Text("回头看之日", "the day of the look-back"), "回头看时间"),
        amount("documents", Text("文件（份）", "documents"), Text("为此报送的文件份数", "papers it took"), "文件数", "材料份数"),
        amount("meetings", Text("会议（次）", "meetings"), Text("为此召开的会议次数", "meetings it took"), "会议数"),
        amount("check_ins", Text("检查（次）", "check-ins"), Text("为此接受的检查、填报次数", "checks and forms it took"), "检查次数", "打卡次数"),
        amount("process_score", Text("过程得分", "process score"), Text("过程考核得分，0 至 100", "points for the process, 0 to 100"), "过程分"),
        word("satisfied", Text("服务对象是否满意", "satisfied"), Text("yes、no；未问留空", "of the one who was served: yes or no; empty where nobody asked"), YES_NO, "是否满意", "满意"),
    ),
)  # fmt: skip
