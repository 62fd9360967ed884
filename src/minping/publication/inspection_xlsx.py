"""The workbook for inspectors: a sheet for each body with findings, its rows of evidence, and room for the reply.

For use inside: it names bodies before anything is confirmed. It names no person, no device and no comment, only where
in the files a row stands.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from minping.audit.suspicions import KINDS, UNSEEN
from minping.model.evidence import Evidence
from minping.model.findings import NEEDS_CHECKING, Finding, Findings
from minping.publication.workbook import Column, Link, Shaded, Sheet, workbook_bytes
from minping.words import Lang, Text

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

MOST_ROWS = 2000  #: of evidence listed for one finding
INSIDE = Text(
    "仅供内部核实：以下均为待核实，不是结论；先听取单位答复，经书面认定才影响得分。",
    "For checking inside: nothing here is a verdict. Hear the body first; only what is confirmed in writing changes a score.",
)


def inspection_bytes(found: Findings, evidence: Evidence, evaluation: Evaluation | None, lang: Lang) -> bytes:
    """The workbook of a period's findings; the same bytes for the same findings."""
    bodies = evidence.bodies
    names = dict(zip(bodies.ids, bodies.names if lang == "zh" else bodies.names_en, strict=True))
    flagged = list(dict.fromkeys(one.body for one in found.findings))
    sheets = dict(zip(flagged, sheet_names(names[body] or body for body in flagged), strict=True))
    title = Text("核查清单", "Findings to check").say(lang) + f" {found.period}"
    pages = [
        _overview(found, names, sheets, evaluation, title, lang),
        *(_body(found, body, names[body] or body, sheets[body], evidence, lang) for body in flagged),
        _looked_at(found, title, lang),
    ]
    return workbook_bytes(pages, title, lang, None)


def sheet_names(names: Iterable[str]) -> list[str]:
    """Names that a sheet may bear, no two the same.

    >>> sheet_names(["a/b", "a:b", "x" * 40])
    ['a b', 'a b 2', 'xxxxxxxxxxxxxxxxxxxxxxxxxxx']
    """
    taken: set[str] = set()
    found = []
    for name in names:
        plain = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", name).strip()[:LONGEST] or "-"
        chosen, at = plain, 2
        while chosen.lower() in taken:
            chosen, at = f"{plain[: LONGEST - 2]} {at}", at + 1
        taken.add(chosen.lower())
        found.append(chosen)
    return found


def _overview(
    found: Findings,
    names: dict[str, str],
    sheets: dict[str, str],
    evaluation: Evaluation | None,
    title: str,
    lang: Lang,
) -> Sheet:
    """One row for each finding, leading to the body's sheet, with the scores of the body."""
    rows: list[list[object]] = [
        [
            Link(names[one.body] or one.body, sheets[one.body], 0),
            one.title.say(lang),
            one.about,
            "" if one.said is None else one.said.say(lang),
            _known(one.observed),
            _known(one.expected),
            one.n,
            one.q,
            one.grade,
            one.state,
            one.rows or None,
            *_scores(evaluation, one.body),
            one.id,
        ]
        for one in found.findings
    ]
    columns = [_column(name, lang) for name in OVERVIEW]
    sheet = Text("总表", "Overview").say(lang)
    return Sheet(sheet, title, INSIDE.say(lang), columns, rows or [[NOTHING.say(lang), *[None] * (len(columns) - 1)]])


def _known(figure: float) -> float | None:
    return figure if math.isfinite(figure) else None


def _scores(evaluation: Evaluation | None, body: str) -> tuple[float | None, float | None]:
    if evaluation is None:
        return None, None
    at, other = evaluation.scores.bodies.index(body), evaluation.beside.without_flagged or evaluation.scores
    return float(evaluation.scores.score[at]), float(other.score[at])


def _body(found: Findings, body: str, name: str, sheet: str, evidence: Evidence, lang: Lang) -> Sheet:
    """Each finding of a body as one row, the rows of evidence that it concerns below."""
    rows: list[list[object]] = []
    for number, one in enumerate(found.findings):
        if one.body != body:
            continue
        said = [one.title, one.test, one.innocent, one.check]
        figures = one.said.say(lang) if one.said is not None else f"{one.observed:.0f} / {one.expected:.1f} ({one.n})"
        line: list[object] = [one.id, *(words.say(lang) for words in said), figures, _about(one, lang), ""]
        rows.append([Shaded(cell, "band") for cell in line])
        place = found.places.of(number)
        for file, row in zip(place.file[:MOST_ROWS].tolist(), place.row[:MOST_ROWS].tolist(), strict=True):
            rows.append([one.id, *[""] * (len(BODY) - 3), f"{evidence.files[file].path}:{row}", ""])
        empty = [""] * (len(BODY) - 3)
        rows += [[one.id, *empty, f"{COMPARED.say(lang)} {beside}", ""] for beside in one.beside]
        if one.rows > MOST_ROWS:
            more = Text(f"另有 {one.rows - MOST_ROWS} 行", f"and {one.rows - MOST_ROWS} more rows")
            rows.append([one.id, *[""] * (len(BODY) - 3), more.say(lang), ""])
    columns = [_column(key, lang) for key in BODY]
    colon = "：" if lang == "zh" else ": "
    title = f"{name} {found.period}{colon}{NEEDS_CHECKING.say(lang)}"
    return Sheet(sheet, title, INSIDE.say(lang), columns, rows)


def _about(one: Finding, lang: Lang) -> str:
    if not one.rows:
        return Text("没有单独的行可列", "no single rows").say(lang)
    return Text(f"{one.rows} 行，见下", f"{one.rows} rows, below").say(lang)


def _looked_at(found: Findings, title: str, lang: Lang) -> Sheet:
    """Every test with how many bodies it compared or why it could not, then what no test can see."""
    why = {one.suspicion: one.because.say(lang) for one in found.skipped}
    rows: list[Sequence[object]] = [
        (row.title.say(lang), title.say(lang), row.compared.say(lang), found.compared.get(key), why.get(key, ""))
        for title, tests in KINDS.values()
        for key, row in tests.items()
    ]
    unseen = Text("单凭评价看不出", "ratings alone can't show").say(lang)
    rows += [(what.title.say(lang), "", what.needed.say(lang), None, unseen) for what in UNSEEN]
    columns = [_column(key, lang) for key in LOOKED_AT]
    sheet = Text("核查了什么", "What was looked at").say(lang)
    return Sheet(sheet, f"{title} · {sheet}", INSIDE.say(lang), columns, rows)


def _column(key: str, lang: Lang) -> Column:
    words, width, number, wrap = COLUMNS[key]
    return Column(words.say(lang), width, number, wrap=wrap, strong=True)


LONGEST = 27  #: characters of a sheet's name, of 31 that the format allows
NOTHING = Text("没有待核实的发现", "nothing that needs checking was found")
COMPARED = Text("对照", "compared with")
OVERVIEW = (
    "body",
    "title",
    "about",
    "said",
    "observed",
    "expected",
    "n",
    "q",
    "grade",
    "state",
    "rows",
    "score",
    "without",
    "id",
)
BODY = ("id", "title", "compared", "innocent", "check", "figures", "place", "reply")
LOOKED_AT = ("title", "kind", "compared", "bodies", "because")
COLUMNS = {
    "body": (Text("单位", "Body"), 20.0, "@", False),
    "title": (Text("待核实", "Needs checking"), 26.0, "@", True),
    "kind": (Text("怀疑", "Suspicion"), 22.0, "@", True),
    "about": (Text("所涉", "About"), 18.0, "@", True),
    "said": (Text("所见", "What was found"), 44.0, "@", True),
    "observed": (Text("实际", "Found"), 9.0, "0", False),
    "expected": (Text("应有", "Expected"), 9.0, "0.0", False),
    "n": (Text("共", "Of"), 9.0, "0", False),
    "q": (Text("q", "q"), 10.0, "0.0E+00", False),
    "grade": (Text("证据等级", "Grade"), 9.0, "@", False),
    "state": (Text("状态", "State"), 11.0, "@", False),
    "rows": (Text("行数", "Rows"), 9.0, "0", False),
    "score": (Text("总分", "Score"), 10.0, "0.00", False),
    "without": (Text("不计待核实的", "Without what needs checking"), 14.0, "0.00", True),
    "id": (Text("发现编号", "Finding"), 26.0, "@", False),
    "compared": (Text("比较的内容", "What was compared"), 34.0, "@", True),
    "innocent": (Text("也可能是", "May also be"), 28.0, "@", True),
    "check": (Text("如何核实", "How to check"), 32.0, "@", True),
    "figures": (Text("所见，或实际 / 应有（共）", "What was found, or found / expected (of)"), 34.0, "@", True),
    "place": (Text("证据的行", "Rows of evidence"), 30.0, "@", False),
    "reply": (Text("单位答复 / 核实结果", "Reply / what was found"), 44.0, "@", True),
    "bodies": (Text("比较了多少", "Compared"), 12.0, "0", False),
    "because": (Text("不适用的原因", "Why not applicable"), 44.0, "@", True),
}
