"""Tables of projects: what was approved, built, paid and used, and how use went on."""

from __future__ import annotations

from minping.evidence.column_forms import amount, day, key, number, words
from minping.evidence.table import BODY, Column, Table
from minping.words import Text

PROJECT = key(
    "project", Text("项目编号", "project"), Text("编号，不得重复", "an id, each only once"), "项目", "项目代码", "project_id"
)  # fmt: skip


def _cny(name: str, zh: str, en: str, about: Text, *aliases: str) -> Column:
    return amount(name, Text(f"{zh}（元）", f"{en} (CNY)"), about, zh, *aliases)


PROJECTS = Table(
    Text("项目", "projects"),
    ("项目表", "项目库", "政府投资项目", "project"),
    (
        PROJECT,
        BODY,
        day("approved_on", Text("批准日期", "approved on"), Text("可研或概算批复之日，如 2021-03-05", "the day of approval, e.g. 2021-03-05"), "批复日期", "立项日期", required=True),
        words("name", Text("项目名称", "name"), Text("名称", "name of the project"), "名称"),
        words("kind", Text("项目类别", "kind"), Text("与同类项目比较，如道路、学校", "projects of one kind are compared, e.g. roads, schools"), "类别", "项目类型"),
        words("purpose", Text("建设目的", "purpose"), Text("为谁解决什么问题", "what it is for"), "目的", "建设内容"),
        _cny("feasibility_cny", "可研估算", "estimate of the feasibility study", Text("可行性研究批复的估算，元", "as approved with the feasibility study"), "投资估算"),
        _cny("budget_cny", "核定概算", "approved budget", Text("核定的概算，元", "the approved budget"), "概算", "批复概算"),
        _cny("cost_cny", "决算", "cost", Text("竣工决算；未竣工填已投资，元", "final cost, or what was spent so far"), "实际投资", "已投资", "已完成投资"),
        _cny("debt_cny", "债务资金", "debt", Text("以债务筹集的资金，元", "what was borrowed for it"), "举债"),
        day("started_on", Text("开工日期", "started on"), Text("开工之日", "the day work began"), "开工时间"),
        day("planned_on", Text("计划完工日期", "planned on"), Text("批准的完工日期", "the day it should be completed"), "计划竣工日期"),
        day("completed_on", Text("完工日期", "completed on"), Text("竣工之日；未完工留空", "the day it was completed; empty until then"), "竣工日期", "完工时间"),
        day("opened_on", Text("投用日期", "opened on"), Text("投入使用之日；未投用留空", "the day it came into use; empty until then"), "投入使用日期", "启用日期"),
        amount("design_capacity", Text("设计能力", "design capacity"), Text("以能力单位计", "in the unit of capacity"), "设计规模"),
        amount("used_capacity", Text("实际使用", "used capacity"), Text("以能力单位计，最近一年", "in the unit of capacity, in the latest year"), "实际使用能力", "实际规模"),
        amount("forecast_use", Text("预测使用", "forecast use"), Text("可研预测的使用，以能力单位计", "use that the study forecast, in the unit of capacity"), "预测使用量"),
        words("capacity_unit", Text("能力单位", "capacity unit"), Text("如 人次/年、吨/日", "e.g. visits a year, tonnes a day"), "计量单位"),
        amount("beneficiaries", Text("受益人数", "beneficiaries"), Text("每年受益多少人", "persons a year"), "年受益人数", "服务人数"),
        Column("support_share", "number", Text("支持率（%）", "support (%)"), Text("受访受益者中支持的百分比，0 至 100", "per cent of the beneficiaries asked who support it, 0 to 100"), aliases=("支持率", "群众支持率"), low=0.0),
        Column("support_n", "whole", Text("受访人数", "support n"), Text("受访受益者人数", "how many beneficiaries were asked"), aliases=("支持率样本量",), low=1.0),
        _cny("om_need_cny", "运维需求", "upkeep needed", Text("每年需要的运行维护费，元", "upkeep that it needs a year"), "年运维需求"),
        _cny("om_budget_cny", "运维预算", "upkeep budgeted", Text("每年安排的运行维护费，元", "upkeep that is budgeted a year"), "年运维预算"),
        _cny("facade_cny", "景观亮化", "facade", Text("景观、亮化、地标等支出，元", "spent on looks: lighting, landmarks, squares"), "景观亮化支出"),
        _cny("advance_cny", "施工单位垫资", "contractor's advance", Text("施工单位垫付的资金，元", "what the contractor advanced"), "垫资"),
        words("adjustment_ref", Text("调概批准文号", "adjustment reference"), Text("调整概算的批准文号", "reference of the approval to exceed the budget"), "调概文号"),
        day("last_progress_on", Text("最近进展日期", "last progress on"), Text("最近一次有实物进展之日", "the latest day of physical progress"), "最近进展"),
        amount("progress", Text("进度（%）", "progress (%)"), Text("实物进度，0 至 100", "physical progress, 0 to 100"), "形象进度", "工程进度", "进度"),
    ),
)  # fmt: skip
USES = Table(
    Text("项目利用", "uses of projects"),
    ("项目利用表", "利用情况", "使用情况", "use"),
    (
        PROJECT._replace(about=Text("与 projects 的 project 相同", "as in the column `project` of `projects`")),
        day("observed_on", Text("观测日期", "observed on"), Text("观测之日", "the day of the observation"), "观察日期", "统计日期", required=True),
        number("used_capacity", Text("实际使用", "used capacity"), Text("折合一年，以项目的能力单位计", "a year, in the project's unit of capacity"), "实际使用能力", required=True)._replace(low=0.0),
    ),
)  # fmt: skip
