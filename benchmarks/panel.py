"""The padding audit on 31 provinces whose output was later revised: every proxy, the whole audit, and what it misses.

    python -m benchmarks.panel --data DIR [--page docs/explanation/padding-panel.md]

DIR holds china_province_panel_2005_2018.csv; it is read, never copied. A province counts as raised where the first
published output lies more than 15 % above the revised one. The audit is told what is declared of each series, no label.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from minping.audit import examine
from minping.audit.padding.flows import flows_for, residuals
from minping.evidence import load_evidence
from minping.model.arrays import Bools, Floats
from minping.model.evidence import Codebook, Evidence
from minping.scheme.audit_rules import Audit
from minping.scheme.declared import declared
from minping.scheme.shape import Scheme
from minping.stats.auc import Area, auc
from minping.stats.convergence import weighted_z
from minping.stats.robust import robust_z

FILE = "china_province_panel_2005_2018.csv"
YEARS = (2015, 2016)
RAISED = 1.15  #: published over revised
LEVELS = {"gdp_pub": "初次公布 as first published", "gdp_rev": "修订后 as revised"}
GDP = {"kind": "money", "reporter": "self"}


def _series(kind: str, reporter: str, zh: str, en: str, *part_of: str) -> dict[str, Any]:
    return {"kind": kind, "reporter": reporter, "title": {"zh": zh, "en": en}, "part_of": list(part_of)}


#: what is declared of every series of the panel that can stand beside output; nothing was tuned, weights are the defaults
DECLARED = {
    "gdp": _series("money", "self", "地区生产总值", "Output"),
    "budget_rev": _series("money", "statistics", "一般公共预算收入（税务、国库）", "Budget revenue (tax offices, treasury)"),
    "fund_rev": _series("money", "statistics", "政府性基金收入（土地出让）", "Fund revenue (land)"),
    "wage_bill": _series("money", "statistics", "工资总额（平均工资×就业人员）", "Wage bill (mean wage × employed)"),
    "hh_cons": _series("money", "statistics", "居民消费（住户调查）", "Household consumption (household survey)"),
    "budget_exp": _series("money", "self", "一般公共预算支出（自行安排）", "Budget expenditure (its own decision)"),
    "pub_edu": _series("money", "self", "教育支出（自行安排）", "Spending on education (its own decision)"),
    "pub_health": _series("money", "self", "卫生支出（自行安排）", "Spending on health (its own decision)"),
    "debt_bal": _series("money", "self", "债务余额（存量）", "Debt (a stock)"),
    "retail": _series("money", "self", "社会消费品零售总额（同一填报方）", "Retail sales (the same reporter)"),
    "gfcf": _series("money", "self", "资本形成（GDP 的组成）", "Capital formation (a component)", "gdp"),
    "elec_ytd": _series("physical", "third_party", "用电量", "Electricity"),
    "lights": _series("physical", "third_party", "夜间灯光", "Night lights"),
    "coal": _series("physical", "statistics", "煤炭消费", "Coal"),
    "diesel": _series("physical", "statistics", "柴油消费", "Diesel"),
    "so2": _series("physical", "statistics", "二氧化硫排放", "Sulphur dioxide"),
    "employment": _series("count", "statistics", "就业人员", "Employed"),
}  # fmt: skip
RULES = {"levels": ["gdp"], "series": DECLARED}


class Panel(NamedTuple):
    """One year of N provinces."""

    names: tuple[str, ...]
    figures: dict[str, Floats]  #: (N,) of DECLARED but `gdp`, and of LEVELS
    raised: Bools  #: (N,)
    surplus: Floats  #: (N,) published over revised, less one


class Told(NamedTuple):
    """What the audit says of a year."""

    score: Floats  #: (N,)
    p: Floats  #: (N,)
    found: Bools  #: (N,) findings, corrected for the number of provinces


def read_panel(folder: Path, year: int) -> Panel:
    """The provinces of a year."""
    with (folder / FILE).open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == str(year)]
    names = [*DECLARED, *LEVELS, "wage"]
    figures = {name: np.array([float(row.get(name) or "nan") for row in rows]) for name in names}
    figures["wage_bill"] = figures["wage"] * figures["employment"]
    ratio = figures["gdp_pub"] / figures["gdp_rev"]
    kept = {name: values for name, values in figures.items() if name not in ("gdp", "wage")}
    return Panel(tuple(row["province"] for row in rows), kept, ratio > RAISED, ratio - 1)


@contextmanager
def as_evidence(panel: Panel, level: str, year: int) -> Iterator[Evidence]:
    """The year as a folder of evidence, one of LEVELS as `gdp`."""
    with TemporaryDirectory() as made:
        home = Path(made) / "evidence"
        home.mkdir()
        bodies = [f"{name},{name}" for name in panel.names]
        (home / "bodies.csv").write_text("\n".join(["body,name", *bodies]) + "\n", encoding="utf-8")
        given = {"gdp": panel.figures[level]} | {name: panel.figures[name] for name in DECLARED if name != "gdp"}
        rows = [
            f"{body},{year},{name},{value!r}"
            for name, values in given.items()
            for body, value in zip(panel.names, values.tolist(), strict=True)
            if np.isfinite(value)
        ]
        (home / "official.csv").write_text("\n".join(["body,period,indicator,value", *rows]) + "\n", encoding="utf-8")
        yield load_evidence(Path(made), Codebook({}))


def audited(panel: Panel, level: str, year: int, rules: Mapping[str, Any] = RULES) -> Told:
    """What the shipped audit says through `examine`: everything that it compared, and what it finds."""
    scheme = Scheme.model_construct(audit=Audit.model_validate(rules), indicators=())
    with as_evidence(panel, level, year) as evidence:
        every = examine(evidence, str(year), scheme=scheme, share_wrong=1.0)
        findings = examine(evidence, str(year), scheme=scheme)
    place = {name: at for at, name in enumerate(evidence.bodies.ids)}
    score, p = np.full(len(panel.names), np.nan), np.full(len(panel.names), np.nan)
    found = np.zeros(len(panel.names), dtype=np.bool_)
    for one in every.findings:
        if one.suspicion == "padded_level":
            score[place[one.body]], p[place[one.body]] = one.observed, one.p
    for one in findings.findings:
        if one.suspicion == "padded_level":
            found[place[one.body]] = True
    order = [place[name] for name in panel.names]
    return Told(score[order], p[order], found[order])


def scored(panel: Panel, level: str, proxies: Sequence[str]) -> Floats:
    """Mean robust z of the residuals on some proxies, whatever is declared of them."""
    flows = np.stack([panel.figures[name] for name in proxies], axis=1)
    return weighted_z(robust_z(residuals(panel.figures[level], flows, 15)), np.ones(len(proxies)))


def flows() -> tuple[str, ...]:
    """What the audit chooses."""
    rules = Audit.model_validate(RULES)
    return flows_for("gdp", declared(Scheme.model_construct(audit=rules, indicators=())))


#: other ways to choose and to weigh, for the table of what the result rests on
OTHERS = {
    "预算收入、工资两项 · revenue and wages": ("budget_rev", "wage_bill"),
    "去掉消费 · without consumption": ("budget_rev", "fund_rev", "wage_bill"),
    "去掉土地收入 · without land revenue": ("budget_rev", "wage_bill", "hh_cons"),
    "全部货币流，自报的也算 · all money, own reports too": ("budget_rev", "fund_rev", "wage_bill", "hh_cons", "budget_exp", "pub_edu", "pub_health", "retail"),
    "只用实物 · physical ones only": ("elec_ytd", "lights", "coal", "diesel"),
    "全部 · everything": ("budget_rev", "fund_rev", "wage_bill", "hh_cons", "budget_exp", "pub_edu", "pub_health", "retail", "elec_ytd", "lights", "gfcf"),
}  # fmt: skip
WEIGHTS = {
    "预算收入 1，其余 .5 · revenue 1, others .5": {"budget_rev": 1.0},
    "工资、消费 1，其余 .5 · wages and consumption 1, others .5": {"wage_bill": 1.0, "hh_cons": 1.0},
    "土地收入 .2，其余 .5 · land .2, others .5": {"fund_rev": 0.2},
}
HEAD = ("| 比什么 held against | 2015 | 安慰剂 placebo | 2016 | 安慰剂 placebo |", "|---|---:|---:|---:|---:|")


def table(panels: Mapping[int, Panel], rows: Mapping[str, Sequence[Sequence[Floats]]]) -> list[str]:
    """AUC of scores by year and level."""
    lines = list(HEAD)
    for title, scores in rows.items():
        areas = [
            _area(auc(score, panels[year].raised))
            for year, by_level in zip(YEARS, scores, strict=True)
            for score in by_level
        ]
        lines.append(f"| {title} | {' | '.join(areas)} |")
    return lines


def _area(found: Area) -> str:
    return f"{found.area:.3f} ± {found.error:.2f}"


def page(folder: Path) -> str:
    """The whole page."""
    panels = {year: read_panel(folder, year) for year in YEARS}
    whole = {(year, level): audited(panels[year], level, year) for year in YEARS for level in LEVELS}
    chosen = flows()

    def by_year(proxies: Sequence[str]) -> list[list[Floats]]:
        return [[scored(panels[year], level, proxies) for level in LEVELS] for year in YEARS]

    single = {_title(name, name in chosen): by_year((name,)) for name in DECLARED if name != "gdp"}
    combined = {
        "**核查的综合分 · the audit's score**": [[whole[year, level].score for level in LEVELS] for year in YEARS]
    }
    others = {title: by_year(proxies) for title, proxies in OTHERS.items()}
    for title, given in WEIGHTS.items():
        series = {
            name: {**one, **({"independence": given[name]} if name in given else {})} for name, one in DECLARED.items()
        }
        rules = {**RULES, "series": series}
        others[title] = [[audited(panels[year], level, year, rules).score for level in LEVELS] for year in YEARS]
    text = (Path(__file__).parent / "panel.md").read_text(encoding="utf-8")
    parts = {
        "single": table(panels, combined | single),
        "flagged": _flagged(panels, whole),
        "others": table(panels, combined | others),
        "common": _common(panels, chosen),
    }
    for name, lines in parts.items():
        text = text.replace(f"<!-- {name} -->", "\n".join(lines))
    return text


def _title(name: str, chosen: bool) -> str:
    one = DECLARED[name]
    words = f"{one['title']['zh']} · {one['title']['en']}"
    return f"{words} ✓" if chosen else words


def _flagged(panels: Mapping[int, Panel], whole: Mapping[tuple[int, str], Told]) -> list[str]:
    lines = [
        "| 年 year | 数 figures | p ≤ 5 % | 由机会可期 by chance | 发现 findings（BH 5 %） | 是谁 which，% raised |",
        "|---|---|---:|---:|---:|---|",
    ]
    for (year, level), told in whole.items():
        panel, low = panels[year], told.p <= 0.05
        named = ", ".join(
            f"{panel.names[at]} {100 * panel.surplus[at]:+.0f}" for at in np.argsort(told.p, kind="stable") if low[at]
        )
        lines.append(
            f"| {year} | {LEVELS[level]} | {low.sum()} | {0.05 * low.size:.1f} | {told.found.sum()} | {named or '–'} |"
        )
    return lines


def _common(panels: Mapping[int, Panel], chosen: Sequence[str]) -> list[str]:
    """The mean correlation between the residuals on two chosen flows."""
    lines = ["| 年 year | 初次公布 published | 修订后 revised |", "|---|---:|---:|"]
    for year, panel in panels.items():
        cells = []
        for level in LEVELS:
            together = np.corrcoef(np.stack([scored(panel, level, (name,)) for name in chosen]))
            cells.append(f"{together[np.triu_indices(len(chosen), 1)].mean():+.2f}")
        lines.append(f"| {year} | {' | '.join(cells)} |")
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.panel", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the panel")
    parser.add_argument("--page", type=Path, help="write it there")
    asked = parser.parse_args(arguments)
    text = page(asked.data)
    if asked.page:
        asked.page.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
