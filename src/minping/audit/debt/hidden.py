"""Hidden: debt at the end of the period that is not in the statistics of debt, against the debt that is."""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases, broken
from minping.audit.debt.by_body import cases_of, debts_of
from minping.audit.debt.standing import BANDS, band_of, debt_standing, share
from minping.audit.money import yuan
from minping.audit.opened import Opened
from minping.words import Text

KINDS = (  # in the order of model.audited.DEBT_KINDS
    Text("债券", "bonds"),
    Text("贷款", "loans"),
    Text("应付款", "payables"),
    Text("担保", "guarantees"),
    Text("政府和社会资本合作", "public-private partnerships"),
    Text("融资平台", "financing platforms"),
)
OTHER = Text("类别不详", "of no kind told")


def hidden_gap(opened: Opened) -> Cases | Text:
    """Bodies that owe more that is not declared than the scheme's share of what is."""
    found = debt_standing(opened)
    if isinstance(found, Text):
        return found
    rules, ledger = opened.rules.debt, found.ledger
    hidden = ~ledger.declared & (ledger.left > 0)
    whole = 100 * share(found.balance + found.hidden, found.capacity)
    band = band_of(whole, rules.bands)

    def say(at: int) -> Text:
        mine = hidden & (ledger.body == at)
        parts = [
            ((OTHER, *KINDS)[kind + 1], yuan(float(ledger.left[mine & (ledger.kind == kind)].sum())))
            for kind in np.unique(ledger.kind[mine]).tolist()
        ]
        listed = Text(
            "、".join(f"{name.zh} {amount.zh}" for name, amount in parts),
            ", ".join(f"{name.en} {amount.en}" for name, amount in parts),
        )
        told = Text("", "")
        if band[at] >= 0:
            told = Text(
                f"；合计债务率 {whole[at]:.0f}%，{BANDS[band[at]].zh}档",
                f"; with it {whole[at]:.0f}% of the fiscal capacity, band {BANDS[band[at]].en}",
            )
        money = yuan(found.hidden[at]), yuan(found.balance[at])
        return Text(
            f"期末未申报债务 {int(mine.sum())} 笔 {money[0].zh}（{listed.zh}），申报的 {money[1].zh}{told.zh}",
            f"{int(mine.sum())} debts of {money[0].en} that are not declared ({listed.en}), {money[1].en} declared{told.en}",
        )

    most = rules.hidden_above * found.balance
    p = np.where(found.debts > 0, broken(found.hidden > most), np.nan)
    return cases_of(found, p, say, found.hidden, most, debts_of(found, hidden))
