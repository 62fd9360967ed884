"""Works and debts, to look at: projects by the criteria they meet, and what bodies owe against what they can bear."""

from __future__ import annotations

import math

import numpy as np

from minping.audit.debt.standing import BANDS, Standing
from minping.audit.money import yuan
from minping.audit.opened import open_period
from minping.audit.vanity.criteria import CRITERIA, Met, criteria
from minping.audit.vanity.showpieces import read_works
from minping.model.findings import Finding
from minping.publication.charts.band_bars import Bar, band_bars
from minping.publication.charts.chart import Cell, Column, Heading, Table
from minping.publication.charts.criteria_matrix import MET, NOT_MET, UNTOLD, Sign, criteria_matrix
from minping.publication.charts.markup import Html, escaped
from minping.publication.charts.numbers import fixed, percent
from minping.publication.debt_tables import band_words, published_debts
from minping.publication.report.view import View
from minping.scoring.findings_shown import STATES
from minping.words import Text

MOST_PROJECTS = 30  #: the table `findings` of the bundle holds all
MOST_BODIES = 60  #: the table `debts` of the bundle holds all
BY_ALL = ("showpiece", "showpiece_one_source")  #: findings that tell of all nine criteria


def works_part(view: View) -> Html:
    """Both pictures, each empty where there is nothing to show."""
    return Html(projects_matrix(view) + debts_chart(view))


def projects_matrix(view: View) -> Html:
    """Projects whose finding may be named × the nine criteria; nothing where there is none."""
    found = [one for one in view.found if one.suspicion in BY_ALL]
    if not found or "projects" not in view.evaluation.evidence.records:
        return Html("")
    told, called = _looked_at(view)
    here = [one for one in found if one.about in called]
    order = list(STATES)
    here.sort(
        key=lambda one: (order.index(one.state) == len(order) - 1, -_count(told, called[one.about][0]), one.about)
    )
    rows = [_project(view, one, told, *called[one.about]) for one in here[:MOST_PROJECTS]]
    zh = "列出核查发现可以点名的项目。符合几项只说明哪些记录值得先看，待核实，不等于结论；同类比较与阈值见方案，数字见下文。"
    en = (
        "Projects whose finding may be named. Criteria met say which records to look at first: each needs checking, none "
        "is a verdict. Limits are the scheme's; the figures stand below."
    )
    zh += "九项：" + "；".join(f"{SHORT[one.key].zh}——{one.title.zh}" for one in CRITERIA) + "。"
    en += " The nine: " + "; ".join(f"{SHORT[one.key].en}: {one.title.en}" for one in CRITERIA) + "."
    if len(here) > MOST_PROJECTS:
        zh += f"此处列 {MOST_PROJECTS} 个，全部 {len(here)} 个见成果包的 findings.csv。"
        en += f" Shown are {MOST_PROJECTS} of {len(here)}; findings.csv of the bundle holds all."
    heading = Heading("works", Text("项目与九项迹象", "Projects by nine criteria"), Text(zh, en), view.lang)
    return criteria_matrix(heading, PROJECT, [SHORT[one.key] for one in CRITERIA], BESIDE, rows)


def debts_chart(view: View) -> Html:
    """Debt ratios against the scheme's bands, and what falls due after the term; nothing without debts."""
    found = published_debts(view.evaluation)
    if found is None or np.isnan([found.ratio, found.tail_share]).all():
        return Html("")
    position = view.evaluation.evidence.bodies.position()
    at = [(row, position[body]) for row, body in enumerate(view.evaluation.scores.bodies) if body in position]
    owing = sorted((one for one in at if found.debts[one[1]]), key=lambda one: -_or(found.ratio[one[1]], -1.0))
    shown, bands = owing[:MOST_BODIES], view.evaluation.scheme.audit.debt.bands
    bars = [Bar(view.names[row], float(found.ratio[one]), band_words(found, one), float(found.tail_share[one])) for row, one in shown]  # fmt: skip
    lines = [f"{words.zh} {line:g}%" for words, line in zip(BANDS[1:], bands, strict=True)]
    lines_en = [f"{words.en} {line:g}%" for words, line in zip(BANDS[1:], bands, strict=True)]
    zh = (
        f"左：期末申报债务余额与 {found.year} 年综合财力之比，虚线为方案的档（{'、'.join(lines)} 起）。右：已结束的任期内所借本金，"
        "在该任期之后到期的比例。是申报数字的算术；使用期长的工程由后来受益者分担，属正常。“—”：不能判断或未到可公布的程度。"
    )
    en = (
        f"Left: declared debt at the end of the period to the fiscal capacity of {found.year}; dashed lines begin the "
        f"scheme's bands ({', '.join(lines_en)}). Right: of the principal borrowed in terms that have ended, what falls due "
        "after them. Arithmetic of what was declared; that those who use a lasting work later pay for it is usual. “—”: "
        "can't be told, or may not be named yet."
    )
    if len(owing) > len(shown):
        zh += f"此处列 {len(shown)} 个单位，全部见成果包的 debts.csv。"
        en += f" Shown are {len(shown)} bodies; debts.csv of the bundle holds all."
    heading = Heading("debts", Text("债务与财力", "Debt and fiscal capacity"), Text(zh, en), view.lang)
    titles = Text("债务率", "Debt ratio"), Text("任期后到期", "Due after the term")
    return band_bars(heading, bars, bands, titles, _table(view, found, shown)).figure(level="h3")


def _looked_at(view: View) -> tuple[Met, dict[str, tuple[int, str]]]:
    """All projects by all criteria, and of each project its place and its name."""
    evaluation = view.evaluation
    with open_period(evaluation.evidence, evaluation.period, evaluation.scheme) as opened:
        frame = opened.frame("projects")
        frame = frame.only(np.flatnonzero(frame.day("approved_on") <= opened.end))
        told = criteria(read_works(opened, frame), opened.rules.projects, opened.end)
    names = zip(frame.text("project").tolist(), frame.text("name").tolist(), strict=True)
    return told, {project: (at, name) for at, (project, name) in enumerate(names)}


def _project(view: View, one: Finding, told: Met, at: int, name: str) -> tuple[Cell, list[Sign], tuple[Cell, ...]]:
    body = view.linked()[view.evaluation.scores.bodies.index(one.body)]
    called = Html(f"{escaped(f'{one.about} {name}'.strip())}<br>{body}")
    signs = [_sign(met, known) for met, known in zip(told.met[at].tolist(), told.known[at].tolist(), strict=True)]
    return called, signs, (f"{_count(told, at)}/{int(told.known[at].sum())}", STATES[one.state])


def _sign(met: bool, known: bool) -> Sign:
    if not known:
        return UNTOLD
    return MET if met else NOT_MET


def _count(told: Met, at: int) -> int:
    return int(told.met[at].sum())


def _or(figure: float, other: float) -> float:
    return other if math.isnan(figure) else float(figure)


def _money(amount: float) -> Text:
    return Text("—", "—") if math.isnan(amount) else yuan(amount)


def _table(view: View, found: Standing, shown: list[tuple[int, int]]) -> Table:
    links = view.linked()
    rows = [
        (
            links[row],
            _money(found.balance[at]),
            _money(found.capacity[at]),
            "—" if math.isnan(found.ratio[at]) else f"{fixed(float(found.ratio[at]), 0)}%",
            band_words(found, at) if found.band[at] >= 0 else "—",
            percent(float(found.interest_pct[at]) / 100),
            percent(float(found.refinanced[at]), 0),
            _money(found.hidden[at]),
            percent(float(found.tail_share[at]), 0),
        )
        for row, at in shown
    ]
    return Table(DEBT_COLUMNS, rows)


PROJECT = Text("项目", "Project")
BESIDE = (Text("符合/可判断", "Met of told"), Text("状态", "State"))
SHORT = {
    "idle": Text("利用", "Use"),
    "demand": Text("需求", "Demand"),
    "dear": Text("造价", "Cost"),
    "facade": Text("景观", "Façade"),
    "over_budget": Text("概算", "Budget"),
    "late": Text("工期", "Time"),
    "timed": Text("投用", "Opening"),
    "stalled": Text("进展", "Progress"),
    "unsupported": Text("支持", "Support"),
}  #: criterion -> the head of its column
DEBT_COLUMNS = (
    Column(Text("单位", "Body")),
    Column(Text("申报债务余额", "Declared debt"), True),
    Column(Text("综合财力", "Fiscal capacity"), True),
    Column(Text("债务率", "Debt ratio"), True),
    Column(Text("档", "Band")),
    Column(Text("付息占支出", "Interest of spending"), True),
    Column(Text("借新还旧占到期本金", "Refinanced of principal due"), True),
    Column(Text("未申报（待核实）", "Not declared (needs checking)"), True),
    Column(Text("任期后到期", "Due after the term"), True),
)
