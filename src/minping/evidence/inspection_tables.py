"""The table of inspections: what was claimed, and what was found on the spot."""

from __future__ import annotations

from minping.evidence.column_forms import amount, day, key, number, word, words
from minping.evidence.table import BODY, Table
from minping.model.audited import INSPECTED_BY
from minping.words import Text

INSPECTIONS = Table(
    Text("实地核查", "inspections"),
    ("实地核查表", "核查记录", "现场核查", "inspection"),
    (
        key("inspection", Text("核查编号", "inspection"), Text("编号，不得重复", "an id, each only once"), "核查记录编号", "inspection_id"),
        BODY,
        day("visited_on", Text("核查日期", "visited on"), Text("到现场之日，如 2024-05-04", "the day of the visit, e.g. 2024-05-04"), "核查时间", "到场日期", required=True),
        words("claim", Text("所核事项", "claim"), Text("被核查的说法", "what was claimed"), "核查事项", required=True),
        number("reported_value", Text("上报数", "reported value"), Text("单位上报的数", "what the body had reported"), "报送值", required=True),
        number("found_value", Text("核实数", "found value"), Text("现场核实的数，与上报数同一单位", "what was found, in the same unit"), "实际值", required=True),
        words("indicator", Text("关于", "indicator"), Text("指标、事项或项目的编号", "id of the indicator, task or project it is about"), "指标", "对象编号"),
        words("inspector", Text("核查员", "inspector"), Text("匿名编号，不填姓名", "a pseudonym, no name"), "核查人"),
        word("inspected_by", Text("核查方", "inspected by"), Text("self 自查、upper 上级、third_party 第三方", "self, upper or third_party"), INSPECTED_BY, "核查主体"),
        amount("tolerance", Text("容差", "tolerance"), Text("相差不超过它即为一致；空为 0", "a difference up to this still agrees; empty: 0"), "允许误差"),
        amount("probability", Text("入样概率", "probability"), Text("抽中的概率，大于 0，不超过 1；不是抽样所查的留空，只代表自己", "of being drawn, above 0, at most 1; empty where it was not drawn: it stands for itself"), "抽中概率"),
        words("stratum", Text("层", "stratum"), Text("抽样的层", "stratum of the sample"), "分层", "抽样层"),
        words("evidence_file", Text("证据文件", "evidence file"), Text("照片、记录的文件名或编号", "name or id of photographs and notes"), "证据"),
    ),
)  # fmt: skip
