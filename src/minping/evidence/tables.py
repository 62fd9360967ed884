"""The tables of evidence and their columns, as literal specifications: what may be filled in, how, and what it means.

Readers, checks, templates and documentation all use these rows; a column that is not here is no column of minping.
"""

from __future__ import annotations

from minping.evidence.callback_tables import CALLBACKS, CASES
from minping.evidence.debt_tables import DEBTS, REPAYMENTS
from minping.evidence.decision_table import FINDINGS
from minping.evidence.effort_tables import EFFORT
from minping.evidence.event_tables import OFFERS, RATINGS, REQUESTS, SURVEYS
from minping.evidence.inspection_tables import INSPECTIONS
from minping.evidence.paper_tables import APPRAISALS, PAYMENTS, REPORTS
from minping.evidence.project_tables import PROJECTS, USES
from minping.evidence.survey_tables import DISPOSITIONS, MARGINS
from minping.evidence.table import BODY, Column, Table
from minping.evidence.target_tables import TARGETS
from minping.evidence.task_tables import TASKS
from minping.model.evidence import REPORTERS
from minping.words import Text

BODIES = Table(
    Text("单位", "bodies"),
    ("单位表", "单位名录", "被考核单位", "body"),
    (
        Column(
            "body",
            "id",
            Text("单位", "body"),
            Text("单位代码，不得重复", "id of the body, each only once"),
            True,
            ("单位代码", "单位编号", "单位id", "代码", "地区代码", "行政区划代码", "body_id"),
        ),
        Column(
            "name",
            "name",
            Text("名称", "name"),
            Text("中文名称", "name in Chinese"),
            True,
            ("单位名称", "中文名称", "地区名称"),
        ),
        Column(
            "name_en",
            "text",
            Text("英文名称", "name in English"),
            Text("英文名称", "name in English"),
            aliases=("英文名", "english_name"),
        ),
        Column(
            "body_type",
            "choice",
            Text("单位类型", "type of body"),
            Text("分类考核的类型，见方案", "type by which the scheme weighs, see the scheme"),
            aliases=("类型", "类别", "type"),
        ),
        Column(
            "parent",
            "text",
            Text("上级单位", "parent"),
            Text("上级单位的代码，须列在本表中", "id of the body above, also in this table"),
            aliases=("上级", "上级单位代码", "主管单位"),
        ),
        Column(
            "peer_group",
            "text",
            Text("可比组", "peer group"),
            Text("与哪些单位相比", "with which bodies it is compared"),
            aliases=("同类组", "比较组", "分组", "group"),
        ),
        Column(
            "population",
            "number",
            Text("人口", "population"),
            Text("常住人口（人）", "resident population (persons)"),
            aliases=("常住人口", "人口数"),
            low=0.0,
        ),
    ),
)

OFFICIAL = Table(
    Text("官方数据", "official figures"),
    ("官方", "指标数据", "官方数据", "数据", "figures"),
    (
        BODY,
        Column(
            "period",
            "period",
            Text("考核期", "period"),
            Text(
                "2016、2016Q1、2016H1、2016-05 或 2011-2015（单元格设为文本）",
                "2016, 2016Q1, 2016H1, 2016-05 or 2011-2015 (as text)",
            ),
            True,
            ("期间", "年份", "年度", "时期", "考核年度", "year"),
        ),
        Column(
            "indicator",
            "id",
            Text("指标", "indicator"),
            Text("指标代码，见方案", "id of the indicator, see the scheme"),
            True,
            ("指标代码", "指标编号", "指标id", "indicator_id"),
        ),
        Column(
            "value",
            "number",
            Text("数值", "value"),
            Text("以指标的计量单位填写，只填数字", "in the indicator's unit, digits only"),
            True,
            ("指标值", "值", "数据"),
        ),
        Column(
            "se",
            "number",
            Text("标准误", "standard error"),
            Text("抽样误差；没有则留空", "sampling error; leave empty where there is none"),
            aliases=("标准误差", "standard_error", "stderr"),
            low=0.0,
        ),
        Column(
            "sd",
            "number",
            Text("标准差", "standard deviation"),
            Text(
                "n 个回答的标准差（除以 n−1）；没有则留空",
                "of the n answers (divided by n - 1); leave empty where there is none",
            ),
            aliases=("standard_deviation",),
            low=0.0,
        ),
        Column(
            "n",
            "whole",
            Text("样本量", "sample size"),
            Text("样本量，整数", "sample size, a whole number"),
            aliases=("样本数", "sample_size"),
            low=1.0,
        ),
        Column(
            "numerator",
            "number",
            Text("分子", "numerator"),
            Text("比率的分子", "numerator of a ratio"),
        ),
        Column(
            "denominator",
            "number",
            Text("分母", "denominator"),
            Text("比率的分母", "denominator of a ratio"),
        ),
        Column(
            "released_on",
            "date",
            Text("发布日期", "released on"),
            Text("这一数字的发布日期，如 2017-12-31", "date of this release, e.g. 2017-12-31"),
            aliases=("发布日", "公布日期", "released", "release_date", "vintage"),
        ),
        Column(
            "source",
            "text",
            Text("来源", "source"),
            Text("文件、年鉴或系统", "document, yearbook or system"),
            aliases=("数据来源", "资料来源"),
        ),
        Column(
            "reporter",
            "choice",
            Text("报告方", "reporter"),
            Text(
                "self 自报、statistics 统计部门、third_party 第三方",
                "self, statistics or third_party",
            ),
            aliases=("填报方", "报送主体", "数据提供方"),
            choices=REPORTERS,
        ),
        Column(
            "note",
            "text",
            Text("备注", "note"),
            Text("说明", "a remark"),
            aliases=("说明", "remark", "notes"),
        ),
    ),
)

TERMS = Table(
    Text("任期", "terms of office"),
    ("任期表", "term"),
    (
        Column(
            "term",
            "id",
            Text("任期编号", "term"),
            Text("化名编号，不填姓名", "a pseudonymous id, no personal name"),
            True,
            ("任期", "任期代码", "term_id"),
        ),
        BODY,
        Column(
            "role",
            "name",
            Text("职务", "role"),
            Text("如 mayor、书记", "e.g. mayor"),
            True,
            ("岗位", "职位"),
        ),
        Column(
            "start_on",
            "date",
            Text("任职日期", "start"),
            Text("任职之日，如 2013-01-30", "first day in office, e.g. 2013-01-30"),
            True,
            ("开始日期", "起始日期", "任职时间", "start", "start_date"),
        ),
        Column(
            "end_on",
            "date",
            Text("离任日期", "end"),
            Text("离任之日；在任则留空", "last day in office; empty while in office"),
            aliases=("结束日期", "终止日期", "离任时间", "end", "end_date"),
        ),
    ),
)

INCIDENTS = Table(
    Text("责任事件", "incidents"),
    ("事件", "责任事件表", "incident"),
    (
        Column(
            "incident",
            "id",
            Text("事件编号", "incident"),
            Text("编号，不得重复", "an id, each only once"),
            True,
            ("事件", "事件代码", "incident_id"),
        ),
        BODY,
        Column(
            "occurred_on",
            "date",
            Text("发生日期", "occurred on"),
            Text("发生之日，如 2016-05-04", "the day it happened, e.g. 2016-05-04"),
            True,
            ("发生时间", "事发日期", "date"),
        ),
        Column(
            "kind",
            "choice",
            Text("类别", "kind"),
            Text("方案中列出的类别", "one of the kinds that the scheme names"),
            True,
            ("事件类别", "种类", "事件种类"),
        ),
        Column(
            "confirmed_by",
            "name",
            Text("认定机关", "confirmed by"),
            Text("作出书面认定的机关；未经认定的指控不是事实", "who confirmed it in writing; an accusation is no fact"),
            True,
            ("认定单位", "认定机构", "认定部门"),
        ),
        Column(
            "severity",
            "text",
            Text("严重程度", "severity"),
            Text("严重程度", "how severe"),
            aliases=("等级", "事件等级"),
        ),
        Column(
            "authority_ref",
            "text",
            Text("认定文号", "authority reference"),
            Text("认定文件的文号", "reference of the signed conclusion"),
            aliases=("文号", "依据"),
        ),
        Column(
            "exempted_by",
            "text",
            Text("容错认定文号", "exempted by"),
            Text("容错认定的文号（如有）", "reference of the tolerance decision, if any"),
            aliases=("容错认定", "容错文号"),
        ),
    ),
)

TABLES: dict[str, Table] = {
    "bodies": BODIES,
    "official": OFFICIAL,
    "terms": TERMS,
    "incidents": INCIDENTS,
    "findings": FINDINGS,
    "ratings": RATINGS,
    "offers": OFFERS,
    "cases": CASES,
    "callbacks": CALLBACKS,
    "requests": REQUESTS,
    "surveys": SURVEYS,
    "margins": MARGINS,
    "effort": EFFORT,
    "dispositions": DISPOSITIONS,
    "projects": PROJECTS,
    "uses": USES,
    "debts": DEBTS,
    "repayments": REPAYMENTS,
    "tasks": TASKS,
    "inspections": INSPECTIONS,
    "targets": TARGETS,
    "reports": REPORTS,
    "payments": PAYMENTS,
    "appraisals": APPRAISALS,
}
