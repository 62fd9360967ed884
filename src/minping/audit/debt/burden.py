"""Burden: debt against what a body can bear, interest against spending, new debt against old debt due.

Arithmetic of what was declared, against thresholds of the scheme.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases, broken, places_of
from minping.audit.debt.by_body import cases_of, debts_of
from minping.audit.debt.standing import BANDS, Standing, debt_standing
from minping.audit.money import yuan
from minping.audit.opened import Opened
from minping.model.findings import Places
from minping.words import Text

WARNED = 2  #: the band from which people look at it: orange
NO_CAPACITY = Text(
    "方案没有声明综合财力由哪些官方数据构成（audit.debt.capacity）",
    "the scheme does not say which official figures make the fiscal capacity (audit.debt.capacity)",
)
NO_SPENDING = Text(
    "方案没有声明支出由哪些官方数据构成（audit.debt.spending）",
    "the scheme does not say which official figures make the spending (audit.debt.spending)",
)


def debt_ratio(opened: Opened) -> Cases | Text:
    """Bodies whose declared debt lies in the orange or red band of their fiscal capacity."""
    found = debt_standing(opened)
    if isinstance(found, Text) or not opened.rules.debt.capacity:
        return found if isinstance(found, Text) else NO_CAPACITY
    if np.isnan(found.capacity).all():
        return _none_of("综合财力", "fiscal capacity", found.year)
    bands = opened.rules.debt.bands

    def say(at: int) -> Text:
        band, debts, loose = BANDS[found.band[at]], found.debts[at], found.unscheduled[at]
        money = yuan(found.balance[at]), yuan(found.capacity[at])
        return Text(
            f"期末申报债务余额 {money[0].zh}，{found.year} 年综合财力 {money[1].zh}，债务率 {found.ratio[at]:.0f}%，{band.zh}档"
            f"（黄、橙、红分别自 {bands[0]:g}%、{bands[1]:g}%、{bands[2]:g}% 起）；债务 {debts} 笔，其中 {loose} 笔没有还款计划；"
            f"另有未申报 {yuan(found.hidden[at]).zh}",
            f"{money[0].en} of declared debt, fiscal capacity of {found.year} {money[1].en}: {found.ratio[at]:.0f}%, "
            f"band {band.en} (yellow, orange, red from {bands[0]:g}%, {bands[1]:g}%, {bands[2]:g}%); {debts} debts, "
            f"{loose} without repayments; {yuan(found.hidden[at]).en} more that is not declared",
        )

    owed = found.ledger.declared & (found.ledger.left > 0)
    p = np.where(found.band < 0, np.nan, broken(found.band >= WARNED))
    return cases_of(found, p, say, found.ratio, np.full(opened.bodies, bands[WARNED - 1]), debts_of(found, owed))


def interest(opened: Opened) -> Cases | Text:
    """Bodies whose interest of the year takes more of their spending than the scheme's threshold."""
    found = debt_standing(opened)
    if isinstance(found, Text) or not opened.rules.debt.spending:
        return found if isinstance(found, Text) else NO_SPENDING
    if np.isnan(found.spending).all():
        return _none_of("支出", "spending", found.year)
    most = opened.rules.debt.interest_above

    def say(at: int) -> Text:
        money = yuan(found.interest[at]), yuan(found.spending[at])
        return Text(
            f"{found.year} 年应付利息 {money[0].zh}，支出 {money[1].zh}，占 {found.interest_pct[at]:.1f}%，阈值 {most:g}%；"
            f"还本付息合计为综合财力的 {_pct(found.service_pct[at])}",
            f"interest due in {found.year} {money[0].en}, spending {money[1].en}: {found.interest_pct[at]:.1f}%, threshold "
            f"{most:g}%; principal and interest together are {_pct(found.service_pct[at])} of the fiscal capacity",
        )

    p = np.where(np.isnan(found.interest_pct), np.nan, broken(found.interest_pct > most))
    return cases_of(found, p, say, found.interest_pct, np.full(opened.bodies, most), _repayments(found))


def refinanced(opened: Opened) -> Cases | Text:
    """Bodies that pay more of the year's principal by new debt than the scheme's threshold."""
    found = debt_standing(opened)
    if isinstance(found, Text):
        return found
    if not (found.due > 0).any():
        return Text(f"{found.year} 年没有到期的本金", f"no principal falls due in {found.year}")
    most = opened.rules.debt.refinanced_above

    def say(at: int) -> Text:
        money = yuan(found.due[at]), yuan(found.refinancing[at])
        return Text(
            f"{found.year} 年到期本金 {money[0].zh}，当年借新还旧 {money[1].zh}，占 {found.refinanced[at]:.0%}，阈值 {most:.0%}",
            f"{money[0].en} of principal due in {found.year}, {money[1].en} borrowed in the year to repay older debt: "
            f"{found.refinanced[at]:.0%}, threshold {most:.0%}",
        )

    year = np.datetime64(found.year, "Y")
    fresh = found.ledger.refinances & (found.ledger.borrowed.astype("datetime64[Y]") == year)
    p = np.where(np.isnan(found.refinanced), np.nan, broken(found.refinanced > most))
    return cases_of(found, p, say, found.refinanced, np.full(opened.bodies, most), debts_of(found, fresh))


def _repayments(found: Standing) -> Places:
    """Those of the year with interest."""
    ledger = found.ledger
    year = np.datetime64(found.year, "Y")
    at = np.flatnonzero((ledger.due.astype("datetime64[Y]") == year) & (ledger.interest > 0))
    return places_of(ledger.body[ledger.debt[at]], ledger.due_file[at], ledger.due_row[at])


def _pct(value: float) -> str:
    return "—" if np.isnan(value) else f"{value:.0f}%"


def _none_of(zh: str, en: str, year: str) -> Text:
    return Text(
        f"{year} 年没有可用的{zh}（缺失、为零或为负）", f"no {en} of {year} can be used: missing, nought or negative"
    )
