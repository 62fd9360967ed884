"""Tables of debts: what was borrowed, for what, and when it falls due."""

from __future__ import annotations

from minping.evidence.column_forms import amount, day, key, word, words
from minping.evidence.table import BODY, Table
from minping.model.audited import DEBT_KINDS
from minping.model.evidence import YES_NO
from minping.words import Text

DEBT = key("debt", Text("债务编号", "debt"), Text("编号，不得重复", "an id, each only once"), "债务代码", "debt_id")
DEBTS = Table(
    Text("债务", "debts"),
    ("债务表", "债务台账", "举借债务", "debt"),
    (
        DEBT,
        BODY,
        day("borrowed_on", Text("举借日期", "borrowed on"), Text("举借或发行之日，如 2020-06-30", "the day it was borrowed, e.g. 2020-06-30"), "举借时间", "发行日期", required=True),
        amount("amount_cny", Text("金额（元）", "amount (CNY)"), Text("本金，元", "the principal"), "金额", "本金", "债务金额", required=True),
        word("kind", Text("债务类别", "kind"), Text("bond 债券、loan 贷款、payable 应付款、guarantee 担保、ppp、platform 融资平台", "bond, loan, payable, guarantee, ppp or platform"), DEBT_KINDS, "类别", "债务类型"),
        word("declared", Text("是否申报", "declared"), Text("yes 已纳入政府债务统计（空即此）、no 未纳入", "yes (also if empty): in the statistics of debt; no: not"), YES_NO, "申报", "是否纳入统计"),
        word("refinances", Text("是否借新还旧", "refinances"), Text("yes 用于偿还旧债、no（空即此）", "yes where it repays older debt; no (also if empty)"), YES_NO, "借新还旧", "再融资"),
        words("project", Text("项目编号", "project"), Text("用于哪个项目，见 projects", "the project it is for, as in `projects`"), "项目", "用途项目"),
    ),
)  # fmt: skip
REPAYMENTS = Table(
    Text("还款计划", "repayments"),
    ("还款计划表", "偿债计划", "还本付息", "repayment"),
    (
        DEBT._replace(about=Text("与 debts 的 debt 相同", "as in the column `debt` of `debts`")),
        day("due_on", Text("到期日期", "due on"), Text("应偿还之日", "the day it falls due"), "还款日期", "到期日", required=True),
        amount("principal_cny", Text("应还本金（元）", "principal (CNY)"), Text("应还的本金，元", "principal that falls due"), "应还本金", "本金", required=True),
        amount("interest_cny", Text("应付利息（元）", "interest (CNY)"), Text("应付的利息，元", "interest that falls due"), "应付利息", "利息"),
    ),
)  # fmt: skip
