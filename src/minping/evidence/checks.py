"""Checks of the tables of events, one for each table, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from minping.evidence.callbacks import check_callbacks, check_cases
from minping.evidence.debts import check_debts, check_repayments
from minping.evidence.dispositions import check_dispositions
from minping.evidence.effort import check_effort
from minping.evidence.faults import Fault
from minping.evidence.inspections import check_inspections
from minping.evidence.papers import check_appraisals, check_payments, check_reports
from minping.evidence.projects import check_projects, check_uses
from minping.evidence.ratings import check_offers, check_ratings
from minping.evidence.requests import check_requests
from minping.evidence.surveys import check_surveys
from minping.evidence.targets import check_targets
from minping.evidence.tasks import check_tasks
from minping.model.evidence import Bodies, Records

Check = Callable[[Records, Bodies, Sequence[dict[str, str]], Sequence[list[Fault]]], None]

#: table of events -> what finds the rows of it that can't be right
CHECKS: dict[str, Check] = {
    "ratings": check_ratings,
    "offers": check_offers,
    "cases": check_cases,
    "callbacks": check_callbacks,
    "requests": check_requests,
    "surveys": check_surveys,
    "effort": check_effort,
    "dispositions": check_dispositions,
    "projects": check_projects,
    "uses": check_uses,
    "debts": check_debts,
    "repayments": check_repayments,
    "tasks": check_tasks,
    "inspections": check_inspections,
    "targets": check_targets,
    "reports": check_reports,
    "payments": check_payments,
    "appraisals": check_appraisals,
}
