"""Words of the tables that the audit looks at: projects, debts, tasks, inspections, targets, appraisals."""

from __future__ import annotations

DEBT_KINDS = ("bond", "loan", "payable", "guarantee", "ppp", "platform")
TASK_STATES = ("open", "submitted", "closed", "reopened", "stopped")
VERIFIED_HOW = ("on_site", "unannounced", "callback", "data", "documents")
BY_RESULT = ("on_site", "unannounced", "callback", "data")  #: ways of VERIFIED_HOW that look at more than papers
INSPECTED_BY = ("self", "upper", "third_party")
QUALIFIERS = ("at_least", "about", "range", "at_most", "exact")
RELATIONS = ("superior", "peer", "subordinate", "served_public")
