"""Make the shipped Word templates (report.zh.docx, report.en.docx), laid out like an official document.

Layout after GB/T 9704-2012: A4, margins 37/35/28/26 mm, title in 小标宋 22 pt, text in 仿宋 16 pt on 28 pt lines,
headings in 黑体 and 楷体, page numbers between dashes on the outer side. These typefaces are licensed and are named,
never shipped; fontTable.xml names a free or common one for machines without them.

    python tools/make_word_template.py
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from minping.publication.archive import settled
from minping.words import Lang, Text

TARGET = Path(__file__).parents[1] / "src" / "minping" / "publication" / "templates"
LATIN = "Times New Roman"
#: typeface -> what to use where it is not installed
FALLBACK = {
    "方正小标宋简体": "华文中宋;SimSun;Noto Serif CJK SC",
    "仿宋_GB2312": "仿宋;FangSong;Noto Serif CJK SC",
    "楷体_GB2312": "楷体;KaiTi;Noto Serif CJK SC",
    "黑体": "SimHei;Noto Sans CJK SC",
}


class Col(NamedTuple):
    """A column of a table in the template."""

    head: Text
    width_mm: float
    mark: str  #: what a cell prints, in jinja
    left: bool = False


def main() -> None:
    """Write both templates."""
    for lang in ("zh", "en"):
        path = TARGET / f"report.{lang}.docx"
        path.write_bytes(template(lang))
        print(path, path.stat().st_size)


def template(lang: Lang) -> bytes:
    """One template as bytes."""
    page = Document()
    _styles(page, lang)
    _margins(page)
    _opening(page, lang)
    _results(page, lang)
    _citizens(page, lang)
    _method(page, lang)
    _open_points(page, lang)
    _notices(page, lang)
    _fonts(page)
    page.core_properties.title = TITLE.say(lang)
    page.core_properties.author = "Minping (民评)"
    page.core_properties.comments = ""
    page.core_properties.language = "zh-CN" if lang == "zh" else "en-GB"
    buffer = io.BytesIO()
    page.save(buffer)
    return settled(buffer.getvalue())


def _opening(page: Any, lang: Lang) -> None:
    _say(page, "{{ title }}", "Title")
    _say(page, PERIOD.say(lang), "Subtitle")
    _say(page, ISSUED.say(lang), "Imprint")


def _results(page: Any, lang: Lang) -> None:
    _say(page, H_RESULTS.say(lang), "Heading 1")
    _say(page, RESULTS.say(lang))
    _say(page, "{%p if graded %}")
    _table(page, lang, "row in ranks", RANKS)
    _say(page, PROPOSED.say(lang), "Note")
    _say(page, "{%p else %}")
    _table(page, lang, "row in ranks", UNGRADED)
    _say(page, "{%p endif %}")


def _citizens(page: Any, lang: Lang) -> None:
    _say(page, H_CITIZENS.say(lang), "Heading 1")
    _say(page, "{%p if companions %}")
    _say(page, "{%p for one in companions %}")
    _say(page, CITIZENS.say(lang), "Lead-in")
    _say(page, "{%p if one.apart %}")
    _table(page, lang, "row in one.apart", APART)
    _say(page, "{%p endif %}")
    _say(page, "{%p endfor %}")
    _say(page, "{%p else %}")
    _say(page, NO_COMPANION.say(lang))
    _say(page, "{%p endif %}")


def _method(page: Any, lang: Lang) -> None:
    _say(page, H_METHOD.say(lang), "Heading 1")
    _table(page, lang, "row in method", NAMED)
    _say(page, H_WEIGHTS.say(lang), "Heading 2")
    _table(page, lang, "row in weights", WEIGHTS)


def _open_points(page: Any, lang: Lang) -> None:
    _say(page, H_WAIVERS.say(lang), "Heading 1")
    _either(page, lang, "waivers", WAIVERS, NO_WAIVER)
    _say(page, H_PROBLEMS.say(lang), "Heading 1")
    _either(page, lang, "problems", PROBLEMS, NO_PROBLEM)
    _say(page, H_APPEAL.say(lang), "Heading 1")
    _say(page, APPEAL.say(lang))
    _say(page, H_FACTS.say(lang), "Heading 1")
    _say(page, FACTS.say(lang))
    _table(page, lang, "row in facts", FACT)


def _notices(page: Any, lang: Lang) -> None:
    _say(page, "{%p for one in notices %}")
    _say(page, NOTICE_TITLE.say(lang), "Notice Title")
    _say(page, NOTICE.say(lang))
    _table(page, lang, "row in one.parts", PARTS)
    for name, words in (("gains", GAINS), ("losses", LOSSES)):
        _say(page, f"{{%p if one.{name} %}}")
        _say(page, words.say(lang), "Heading 2")
        _table(page, lang, f"row in one.{name}", MOVED)
        _say(page, "{%p endif %}")
    _say(page, "{%p for remark in one.remarks %}")
    _say(page, "{{ remark }}", "Note")
    _say(page, "{%p endfor %}")
    _say(page, REPLY.say(lang), "Note")
    _say(page, SEALED.say(lang), "Signed")
    _say(page, "{%p endfor %}")


def _either(page: Any, lang: Lang, name: str, columns: Sequence[Col], none: Text) -> None:
    _say(page, f"{{%p if {name} %}}")
    _table(page, lang, f"row in {name}", columns)
    _say(page, "{%p else %}")
    _say(page, none.say(lang))
    _say(page, "{%p endif %}")


def _say(page: Any, words: str, style: str = "Normal") -> None:
    page.add_paragraph(words, style=style)


def _table(page: Any, lang: Lang, loop: str, columns: Sequence[Col]) -> None:
    """A header row, and one row repeated by docxtpl between its two `{%tr` rows."""
    table = page.add_table(rows=4, cols=len(columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    head, begin, row, end = table.rows
    for at, column in enumerate(columns):
        _cell(head.cells[at], column.head.say(lang), "Table Head")
        _cell(row.cells[at], column.mark, "Table Left" if column.left else "Table Text")
        table.columns[at].width = Mm(column.width_mm)
        for each in table.rows:
            each.cells[at].width = Mm(column.width_mm)
        _shade(head.cells[at])
    _cell(begin.cells[0], f"{{%tr for {loop} %}}", "Table Text")
    _cell(end.cells[0], "{%tr endfor %}", "Table Text")
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for each in (head, row):
        each._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _cell(cell: Any, words: str, style: str) -> None:
    cell.paragraphs[0].text, cell.paragraphs[0].style = words, style
    cell.vertical_alignment = 1


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", "EDEDED")):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _styles(page: Any, lang: Lang) -> None:
    zh = lang == "zh"
    text, points, line = ("仿宋_GB2312", 16, 28) if zh else ("仿宋_GB2312", 11.5, 17)
    _style(page, "Normal", text, points, line, indent=zh, align=WD_ALIGN_PARAGRAPH.JUSTIFY if zh else None)
    centre = WD_ALIGN_PARAGRAPH.CENTER
    _style(page, "Title", "方正小标宋简体", 22, 34, align=centre)
    _style(page, "Subtitle", "楷体_GB2312", points, line + 2, align=centre)
    _style(page, "Imprint", text, points, line, align=centre, after=10)
    _style(page, "Heading 1", "黑体", points if zh else 14, line, indent=zh, before=6, bold=not zh)
    _style(page, "Heading 2", "楷体_GB2312", points if zh else 12, line, indent=zh, before=4, bold=not zh)
    _style(page, "Notice Title", "方正小标宋简体", 22, 34, align=centre, after=8)
    page.styles["Notice Title"].paragraph_format.page_break_before = True
    small = 10.5 if zh else 9.5
    _style(page, "Note", "仿宋_GB2312", small, small * 1.6, indent=zh, before=3)
    _style(page, "Table Head", "黑体", small, small * 1.4, align=centre, bold=not zh)
    _style(page, "Table Text", "仿宋_GB2312", small, small * 1.5, align=centre)
    _style(page, "Table Left", "仿宋_GB2312", small, small * 1.5)
    _style(page, "Lead-in", text, points, line, indent=zh, align=WD_ALIGN_PARAGRAPH.JUSTIFY if zh else None)
    _style(page, "Signed", "仿宋_GB2312", points - 2 if zh else points, line, align=WD_ALIGN_PARAGRAPH.RIGHT, before=6)
    for name in ("Heading 1", "Heading 2", "Notice Title", "Lead-in"):
        page.styles[name].paragraph_format.keep_with_next = True
    run = page.styles.element.find(".//" + qn("w:rPrDefault")).find(qn("w:rPr"))
    tongue = run.find(qn("w:lang"))
    tongue = OxmlElement("w:lang") if tongue is None else tongue
    tongue.set(qn("w:val"), "en-GB")
    tongue.set(qn("w:eastAsia"), "zh-CN")
    if tongue.getparent() is None:
        run.append(tongue)


def _style(
    page: Any,
    name: str,
    face: str,
    points: float,
    line: float,
    *,
    align: Any = None,
    indent: bool = False,
    before: float = 0,
    after: float = 0,
    bold: bool = False,
) -> None:
    known = {style.name for style in page.styles}
    style = page.styles[name] if name in known else page.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    font, shape = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = LATIN, Pt(points), bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in [key for key in faces.attrib if key.endswith("Theme")]:
        del faces.attrib[key]
    for key in ("w:ascii", "w:hAnsi", "w:cs"):
        faces.set(qn(key), LATIN)
    faces.set(qn("w:eastAsia"), face)
    shape.alignment, shape.line_spacing_rule, shape.line_spacing = align, WD_LINE_SPACING.EXACTLY, Pt(line)
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.first_line_indent = Pt(points * 2) if indent else Pt(0)
    borders = style.element.pPr.find(qn("w:pBdr"))
    if borders is not None:  # the rule under python-docx's own Title
        style.element.pPr.remove(borders)


def _margins(page: Any) -> None:
    section = page.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)
    page.settings.odd_and_even_pages_header_footer = True
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        line = footer.paragraphs[0]
        line.alignment = align
        line.paragraph_format.first_line_indent = Pt(0)
        line.add_run("— ")
        for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
            _field(line.add_run(), kind, words)
        line.add_run(" —")
        for run in line.runs:
            run.font.size = Pt(14)


def _field(run: Any, kind: str, words: str) -> None:
    part = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        part.set(qn("w:fldCharType"), kind)
    part.text = words or None
    run._r.append(part)


def _fonts(page: Any) -> None:
    """Name a stand-in for every licensed typeface."""
    for part in page.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            entries = "".join(
                f'<w:font w:name="{face}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
                for face, other in FALLBACK.items()
            )
            part._blob = re.sub(rb"</w:fonts>", entries.encode() + b"</w:fonts>", part._blob)


TITLE = Text("评价结果报告", "Report of results")
PERIOD = Text("（{{ period }} 考核期评价结果报告）", "Results of {{ period }}")
ISSUED = Text(
    "方案制定：{{ issuer }}{% if created_on %}　　{{ created_on }}{% endif %}",
    "Scheme by {{ issuer }}{% if created_on %} · {{ created_on }}{% endif %}",
)
H_RESULTS = Text("一、位次与建议等次", "1. Ranks and proposed grades")
RESULTS = Text(
    "本期评价单位 {{ bodies }} 个，其中 {{ scored }} 个有总分。{% if interval_level %}总分与位次均附 {{ interval_level }} "
    "区间，现有数据能够区分的共 {{ tiers }} 组；同组之间不能区分高下，不宜以位次先后作为结论。{% endif %}",
    "{{ bodies }} bodies were evaluated; {{ scored }} of them have a score.{% if interval_level %} Scores and ranks come "
    "with {{ interval_level }} intervals. The evidence tells {{ tiers }} tiers apart; bodies of one tier can't be told "
    "apart, and their order is no finding.{% endif %}",
)
RANKS = (
    Col(Text("位次", "Rank"), 13, "{{ row.rank }}"),
    Col(Text("单位", "Body"), 24, "{{ row.name }}", left=True),
    Col(Text("总分", "Score"), 16, "{{ row.score }}"),
    Col(Text("总分区间", "Interval"), 29, "{{ row.score_interval }}"),
    Col(Text("位次区间", "Ranks"), 18, "{{ row.rank_interval }}"),
    Col(Text("组", "Tier"), 11, "{{ row.tier }}"),
    Col(Text("建议等次", "Proposed grade"), 31, "{{ row.grade }}"),
    Col(Text("概率", "Share"), 14, "{{ row.probability }}"),
)
UNGRADED = tuple(column._replace(width_mm=column.width_mm * 156 / 111) for column in RANKS[:-2])
PROPOSED = Text(
    "注：等次为按方案计算的建议，百分数为抽样中得到该等次的比例{% if decided_by %}；由{{ decided_by }}审定{% endif %}。",
    "Grades are proposals; the percentage is the share of draws that gave the grade."
    "{% if decided_by %} Decided by: {{ decided_by }}.{% endif %}",
)
H_CITIZENS = Text("二、群众感受与总分是否一致", "2. Do citizens agree with the score?")
CITIZENS = Text(
    "“{{ one.title }}”不计入总分，并列公布。它与总分的等级相关系数为 {{ one.spearman }}（{{ one.bodies }} 个单位；1 为排序"
    "完全一致，0 为没有关系，−1 为完全相反）。{% if one.apart %}两种排序相差最大的单位：{% endif %}",
    "“{{ one.title }}” is not part of the score and stands beside it. Its rank correlation with the score is "
    "{{ one.spearman }} over {{ one.bodies }} bodies (1: same order, 0: unrelated, −1: reversed)."
    "{% if one.apart %} Furthest apart:{% endif %}",
)
APART = (
    Col(Text("单位", "Body"), 56, "{{ row.name }}", left=True),
    Col(Text("按总分的位次", "Rank by score"), 50, "{{ row.score_rank }}"),
    Col(Text("按该指标的位次", "Rank by this figure"), 50, "{{ row.companion_rank }}"),
)
NO_COMPANION = Text("本方案没有并列公布的群众评价指标。", "The scheme publishes no such figure beside the score.")
H_METHOD = Text("三、方法", "3. Method")
NAMED = (
    Col(Text("项目", "Item"), 46, "{{ row.name }}", left=True),
    Col(Text("内容", "What was applied"), 110, "{{ row.said }}", left=True),
)
H_WEIGHTS = Text("（一）各部分权重（各单位有效权重的均值）", "Weights (mean effective share)")
WEIGHTS = (
    Col(Text("部分", "Part"), 86, "{{ row.title }}", left=True),
    Col(Text("权重", "Weight"), 35, "{{ row.weight }}"),
    Col(Text("指标数", "Indicators"), 35, "{{ row.indicators }}"),
)
H_WAIVERS = Text("四、方案豁免的检查规则", "4. Waived rules")
WAIVERS = (
    Col(Text("规则", "Rule"), 22, "{{ row.rule }}"),
    Col(Text("理由", "Reason"), 94, "{{ row.reason }}", left=True),
    Col(
        Text("批准", "Approved by"),
        40,
        "{{ row.approved_by }}{% if row.expires_on %} ({{ row.expires_on }}){% endif %}",
    ),
)
NO_WAIVER = Text("无。", "None.")
H_PROBLEMS = Text("五、待核实事项", "5. To be verified")
PROBLEMS = (
    Col(Text("位置", "Where"), 44, "{{ row.place }}", left=True),
    Col(Text("所见", "Found"), 70, "{{ row.found }}", left=True),
    Col(Text("怎么办", "What to do"), 42, "{{ row.fix }}", left=True),
)
NO_PROBLEM = Text("无。", "None.")
H_APPEAL = Text("六、答复与复核", "6. Reply and review")
APPEAL = Text(
    "{% if appeal_days %}对结果有异议的单位可在 {{ appeal_days }} 个工作日内申请复核"
    "{% if decide_days %}，{{ decide_days }} 个工作日内作出答复{% endif %}。{% else %}本方案没有规定复核时限。{% endif %}",
    "{% if appeal_days %}A body may ask for a review within {{ appeal_days }} working days"
    "{% if decide_days %}; it is decided within {{ decide_days }}{% endif %}.{% else %}The scheme sets no time for a "
    "review.{% endif %}",
)
H_FACTS = Text("七、如何查验", "7. How to verify")
FACTS = Text(
    "本报告与全部数据、方案、证据清单同在一个签名的成果包中，可用 minping verify 离线查验并重新计算。",
    "This report is part of a signed bundle with all tables, the scheme and the list of evidence; minping verify checks "
    "it offline and computes it again.",
)
FACT = (
    Col(Text("项目", "Item"), 46, "{{ row.name }}", left=True),
    Col(Text("内容", "Value"), 110, "{{ row.said }}", left=True),
)
#: who publishes signs by hand: the scheme names who made the scheme, which may be somebody else
SEALED = Text("（发布单位盖章）　{{ created_on }}", "(seal of the publisher) {{ created_on }}")
NOTICE_TITLE = Text("{{ one.name }}评价结果告知", "{{ one.name }}: notice of results")
NOTICE = Text(
    "{{ period }} 考核期，{{ one.name }}总分 {{ one.score }}{% if one.score_interval != '—' %}（区间 {{ one.score_interval }}）"
    "{% endif %}，位次 {{ one.rank }}{% if one.rank_interval != '—' %}（区间 {{ one.rank_interval }}，第 {{ one.tier }} 组）"
    "{% endif %}{% if one.grade != '—' %}，建议等次：{{ one.grade }}{% endif %}。",
    "{{ period }}: score {{ one.score }}{% if one.score_interval != '—' %} (interval {{ one.score_interval }}){% endif %}, "
    "rank {{ one.rank }}{% if one.rank_interval != '—' %} (interval {{ one.rank_interval }}, tier {{ one.tier }}){% endif %}"
    "{% if one.grade != '—' %}; proposed grade: {{ one.grade }}{% endif %}.",
)
PARTS = (
    Col(Text("部分", "Part"), 44, "{{ row.title }}", left=True),
    Col(Text("得分", "Points"), 21, "{{ row.points }}"),
    Col(Text("同类中位", "Peers"), 24, "{{ row.peer_median }}"),
    Col(Text("权重", "Weight"), 21, "{{ row.weight }}"),
    Col(Text("贡献", "Counts"), 21, "{{ row.contribution }}"),
    Col(Text("比同类均值", "Difference"), 25, "{{ row.difference }}"),
)
GAINS = Text("高于同类最多的指标", "Furthest above the peers")
LOSSES = Text("低于同类最多的指标", "Furthest below the peers")
MOVED = (
    Col(Text("指标", "Indicator"), 84, "{{ row.title }}", left=True),
    Col(Text("得分", "Points"), 22, "{{ row.points }}"),
    Col(Text("同类中位", "Peers"), 24, "{{ row.peer_median }}"),
    Col(Text("对总分的影响", "Effect"), 26, "{{ row.difference }}"),
)
REPLY = Text(
    "{% if one.reason %}{{ one.reason }}。{% endif %}{% if reply_days %}公布前 {{ reply_days }} 个工作日内可以书面答复，答复与数据"
    "并列公布。{% endif %}{% if appeal_days %}公布后 {{ appeal_days }} 个工作日内可以申请复核。{% endif %}",
    "{% if one.reason %}{{ one.reason }}. {% endif %}{% if reply_days %}A written reply within {{ reply_days }} working days "
    "before publication is published beside the figures. {% endif %}{% if appeal_days %}A review can be asked for within "
    "{{ appeal_days }} working days after publication.{% endif %}",
)

if __name__ == "__main__":
    main()
