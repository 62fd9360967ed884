"""The published table of debts and its columns, in words."""

from __future__ import annotations

from minping.publication.notes import ColumnNote, TableNote
from minping.words import Text, both

DEBT_NOTES = {
    "debts": TableNote(
        Text("各单位债务", "Debts of the bodies"),
        Text(
            "每个单位一行，按债务台账、还款计划与当年财力算出；是申报数字的算术。空：数字缺失，或核查发现未到可公布的程度",
            "One row per body, from the ledger of debts, the plan of repayment and the fiscal capacity of the year: "
            "arithmetic of what was declared. Empty: figures are missing, or a finding may not be named yet",
        ),
        ("body",),
    ),
}
DEBT_COLUMNS = {
    "debts.debts": ColumnNote(Text("债务笔数", "debts"), Text("期末以前举借的", "borrowed by the end of the period")),
    "balance_cny": ColumnNote(
        Text("债务余额", "balance"), Text("期末申报的，元", "declared, at the end of the period; CNY")
    ),
    "capacity_cny": ColumnNote(
        Text("综合财力", "fiscal capacity"), Text("期末所在年度，元", "of the year in which the period ends; CNY")
    ),
    "ratio_pct": ColumnNote(
        Text("债务率", "debt ratio"), Text("余额占综合财力，%", "balance to fiscal capacity, per cent")
    ),
    "debt_band": ColumnNote(Text("档", "band"), both("green | yellow | orange | red (audit.debt.bands)")),
    "debts.interest_pct": ColumnNote(
        Text("付息占支出", "interest"), Text("当年应付利息占支出，%", "due in the year, per cent of spending")
    ),
    "refinanced_pct": ColumnNote(
        Text("借新还旧", "refinanced"),
        Text(
            "当年借新还旧占当年到期本金，%", "borrowed to repay older debt, per cent of the principal due in the year"
        ),
    ),
    "hidden_cny": ColumnNote(
        Text("未申报", "not declared"), Text("期末余额，待核实，元", "balance at the end; needs checking; CNY")
    ),
    "due_after_term_pct": ColumnNote(
        Text("任期后到期", "due after the term"),
        Text(
            "已结束的任期内所借本金，在该任期之后到期的比例，%",
            "of the principal borrowed in terms that have ended, what falls due after them, per cent",
        ),
    ),
}
