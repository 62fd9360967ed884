"""Findings, one card each: what does not agree, in which rows, how far it has come, the reply, what else it may be."""

from __future__ import annotations

from minping.audit.suspicions import KIND_OF, KINDS, SUSPICIONS
from minping.model.findings import NEEDS_CHECKING, Finding
from minping.publication.charts.markup import Html, escaped, spans
from minping.publication.report.view import View
from minping.scoring.finding_tables import public_places
from minping.scoring.findings_shown import STATES, decision_words
from minping.words import Text

MOST_CARDS = 300  #: the table `findings` of the bundle holds all


def finding_cards(view: View) -> Html:
    """The findings that may be named, under the heads of what is looked for."""
    shown = view.found[:MOST_CARDS]
    if not shown:
        return Html("")
    links, bodies = view.linked(), view.evaluation.scores.bodies
    parts = [f'<div class="found" id="audit-findings"><p class="about">{spans(NEEDS_CHECKING)}{spans(STOP)}</p>']
    for kind, (title, _) in KINDS.items():
        here = [one for one in shown if KIND_OF[one.suspicion] == kind]
        if here:
            cards = "".join(_card(one, links[bodies.index(one.body)]) for one in here)
            parts.append(f"<h3>{spans(title)}</h3>{cards}")
    if len(view.found) > len(shown):
        more = len(view.found) - len(shown)
        said = Text(f"另有 {more} 条，见成果包的 findings.csv。", f"{more} more stand in findings.csv of the bundle.")
        parts.append(f'<p class="about">{spans(said)}</p>')
    return Html("".join(parts) + "</div>")


def _card(one: Finding, body: Html) -> str:
    row, about = SUSPICIONS[one.suspicion], f" <code>{escaped(one.about)}</code>" if one.about else ""
    places, beside = public_places(one), one.beside if public_places(one) else ()
    lines = [(FOUND, spans(one.said or row.compared))]
    if places:
        lines.append((ROWS, Html(f"<code>{escaped('; '.join(places))}</code>")))
    if beside:
        lines.append((BESIDE, Html(f"<code>{escaped('; '.join(beside))}</code>")))
    lines.append((BECAME, spans(decision_words(one))))
    lines += [(INNOCENT, spans(row.innocent)), (CHECK, spans(row.check))]
    told = "".join(f"<div><dt>{spans(head)}</dt><dd>{said}</dd></div>" for head, said in lines)
    return (
        f'<article class="finding {one.state}"><h4>{body} · {spans(row.title)}{about}</h4>'
        f'<p class="badges"><span>{one.grade}</span><span>{spans(STATES[one.state])}</span></p>'
        f'<dl class="facts">{told}</dl></article>'
    )


STOP = Text("。只有书面认定的影响得分。", ". Only what is confirmed in writing changes a score.")
FOUND = Text("所见", "Found")
ROWS = Text("证据的行", "Rows")
BESIDE = Text("对照的行", "Compared with")
BECAME = Text("单位答复与处理", "Reply and decision")
INNOCENT = Text("也可能是", "May also be")
CHECK = Text("如何核实", "How to check")
