"""Measures of projects, tasks and inspections: their names, and what each of them counts, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from minping.words import Text

ProjectMeasure = Literal[
    "utilisation", "use_of_forecast", "on_time_share", "cost_overrun", "idle_share", "support", "cost_per_beneficiary"
]  # fmt: skip
TaskMeasure = Literal[
    "verified_on_time", "closed_on_time", "reopened_rate", "outcome_attained", "without_outcome"
]  # fmt: skip
InspectionMeasure = Literal["agree_rate", "mean_overstatement"]

#: source -> its measures in words
WORKS: Mapping[str, Mapping[str, Text]] = {
    "projects": {
        "utilisation": Text(
            "期末已投用满 12 个月的项目：实际使用之和与设计能力之和的比（%），不同能力单位先除以该单位的平均设计能力",
            "of projects in use for 12 months or more by the end of the period: use over design capacity in per cent, "
            "each unit of capacity divided by its mean design capacity first",
        ),
        "use_of_forecast": Text(
            "期末已投用满 12 个月的项目：实际使用之和与可研预测之和的比（%），不同能力单位先除以该单位的平均预测",
            "of projects in use for 12 months or more by the end of the period: use over forecast use in per cent, "
            "each unit of capacity divided by its mean forecast first",
        ),
        "on_time_share": Text(
            "计划在本期完工的项目中，按期完工的比例（%）",
            "of projects planned to be completed in the period: the share completed by the planned day, in per cent",
        ),
        "cost_overrun": Text(
            "本期完工的项目：决算之和超出核定概算之和的百分比",
            "of projects completed in the period: by how many per cent cost exceeds the approved budgets",
        ),
        "idle_share": Text(
            "期末已投用满 12 个月的项目中利用率不足 30% 的，连同完工满 12 个月仍未投用的，所占比例（%）",
            "of projects in use, or completed, for 12 months or more by the end of the period: the share used below "
            "30 % of design capacity or not opened at all, in per cent",
        ),
        "support": Text(
            "期末前批准的项目：受访受益者的支持率（%），按受访人数合并",
            "of projects approved by the end of the period: beneficiaries' support in per cent, pooled by how many were asked",
        ),
        "cost_per_beneficiary": Text(
            "期末已投用的项目：决算之和除以每年受益人数之和（元）",
            "of projects in use by the end of the period: cost over the persons a year who benefit, in CNY",
        ),
    },
    "tasks": {
        "verified_on_time": Text(
            "本期到期的事项中，已办结且在时限内经承办人以外的人现场、暗访、回访或数据核查的比例（%）",
            "of tasks due in the period: the share closed, and verified on site, unannounced, by call-back or by data by "
            "somebody else than who did it, by the day due, in per cent",
        ),
        "closed_on_time": Text(
            "本期到期的事项中，按时办结的比例（%）",
            "of tasks due in the period: the share closed by the day due, in per cent",
        ),
        "reopened_rate": Text(
            "本期到期且办结过的事项中，后来重开的比例（%）",
            "of tasks due in the period and closed at some time: the share taken up again, in per cent",
        ),
        "outcome_attained": Text(
            "本期到期且有结果目标的事项中，结果达到目标的比例（%）；没有结果数值的算未达到",
            "of tasks due in the period with a target for their outcome: the share that reached it, in per cent; "
            "one without an outcome did not",
        ),
        "without_outcome": Text(
            "本期到期且办结过的事项中，没有结果数值的比例（%）",
            "of tasks due in the period and closed at some time: the share without an outcome, in per cent",
        ),
    },
    "inspections": {
        "agree_rate": Text(
            "本期实地核查中，核实数与上报数在容差以内的比例（%），按入样概率加权；不含自查",
            "of inspections in the period: the share where what was found agrees with what was reported within "
            "tolerance, in per cent, weighted by the probability of being drawn; without inspections by the body itself",
        ),
        "mean_overstatement": Text(
            "本期实地核查：（上报数 − 核实数）÷ 核实数的平均（%），按入样概率加权；不含自查和核实数为 0 的",
            "of inspections in the period: the mean of (reported − found) / found in per cent, weighted by the "
            "probability of being drawn; without inspections by the body itself and where nought was found",
        ),
    },
}
