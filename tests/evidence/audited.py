"""Good rows of the tables that the audit looks at, for tests that spoil them one cell at a time."""

from __future__ import annotations

from pathlib import Path

from minping.errors import EvidenceError, Problem
from minping.evidence import load_evidence
from minping.model.evidence import Codebook, Evidence, IndicatorNote

BODIES = "body,name,name_en\nb1,甲街道,Street A\nb2,乙镇,Town B\n"
OFFICIAL = (
    "body,period,indicator,value\nb1,2023,gdp,100\nb1,2024,gdp,110\nb2,2023,gdp,50\nb2,2024,gdp,52\nb1,2024,rate,97\n"
)
CODEBOOK = Codebook(
    {
        "gdp": IndicatorNote("gdp", "生产总值", "gross product", "亿元"),
        "rate": IndicatorNote("rate", "按时率", "rate in time", "%", percent=True),
    }
)
TABLES = {
    "projects": "project,body,approved_on,cost_cny,budget_cny,started_on,planned_on,completed_on,opened_on,"
    "design_capacity,used_capacity,support_share,support_n,progress\n"
    "p1,b1,2021-03-05,120.5,100,2021-04-01,2022-04-01,2022-06-01,2022-07-01,500,450,81.5,40,100\n"
    "p2,乙镇,2022-03-05,60,70,2022-01-01,,,,300,,,,55\n",
    "uses": "project,observed_on,used_capacity\np1,2023-07-01,300\np1,2024-07-01,450\n",
    "debts": "debt,body,borrowed_on,amount_cny,kind,declared,refinances,project\n"
    "d1,b1,2021-05-01,1000,bond,yes,no,p1\nd2,b2,2022-05-01,500,platform,no,,\n",
    "repayments": "debt,due_on,principal_cny,interest_cny\nd1,2031-05-01,1000,35\nd2,2027-05-01,500,\n",
    "tasks": "task,body,decided_on,due_on,owner,baseline_value,outcome_value,outcome_target,submitted_on,verified_on,"
    "verifier,verified_how,state,closed_on,reopened_on,lookback_on,documents,process_score,satisfied\n"
    "t1,b1,2024-03-01,2024-06-01,甲,10,2,3,2024-05-20,2024-05-25,乙,on_site,closed,2024-05-28,2024-09-01,2024-08-30,12,95,yes\n"
    "t2,b2,2024-03-01,2024-06-01,甲,,,,,,,,,,,,,,\n",
    "inspections": "inspection,body,visited_on,claim,reported_value,found_value,inspected_by,tolerance,probability,stratum\n"
    "i1,b1,2024-05-04,台账,100,96,third_party,1,0.25,a\ni2,b2,2024-05-05,台账,20,20,upper,,0.5,b\n",
    "targets": "body,period,indicator,target,target_high,qualifier,set_on\n"
    "b1,2024,gdp,112,,at_least,2024-01-20\nb2,2024,gdp,54,58,range,2024-01-25\n",
    "reports": "report,body,submitted_on,text,period\nr1,b1,2024-12-20,全年工作总结,2024\nr2,b2,2024-12-21,总结,\n",
    "payments": "payment,body,paid_on,amount_cny\ny1,b1,2024-05-04,1200.5\ny2,b2,2024-05-05,-30\n",
    "appraisals": "ratee,rater,relation,item,score,body,round,comment\n"
    "b1,秘1,superior,德,90,,1,不错\n化名7,秘2,served_public,德,85,b2,1,\n",
}


def folder(home: Path, **tables: str) -> Path:
    """A folder with bodies, official figures and these tables."""
    evidence = home / "evidence"
    evidence.mkdir(exist_ok=True)
    for name, text in {"bodies": BODIES, "official": OFFICIAL, **tables}.items():
        (evidence / f"{name}.csv").write_text(text, encoding="utf-8")
    return home


def load(home: Path, **tables: str) -> Evidence:
    """The folder, loaded."""
    return load_evidence(folder(home, **tables), CODEBOOK)


def told(home: Path, codebook: Codebook = CODEBOOK, **tables: str) -> list[Problem]:
    """What is said of these tables, errors or not."""
    try:
        return list(load_evidence(folder(home, **tables), codebook).problems)
    except EvidenceError as error:
        return list(error.problems)


def spoilt(home: Path, table: str, old: str, new: str, *others: str) -> list[tuple[str, int | None, str]]:
    """Code, row and severity of what is said once `old` is `new` in a table, `others` being there too."""
    assert old in TABLES[table], old
    tables = {name: TABLES[name] for name in others} | {table: TABLES[table].replace(old, new, 1)}
    return [(problem.code, problem.place.row, problem.severity) for problem in told(home, **tables)]
