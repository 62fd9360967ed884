"""report.html: an evaluation as one page that needs nothing else: no network, no script to be read, two languages.

Every figure leads to the row of evidence that it rests on. No ranks without their intervals; findings are said to
need verification; grades are proposals.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minping.publication.charts.markup import LANG_TAG, Html, spans
from minping.publication.method import Line, method_lines
from minping.publication.report.asked import asked_section
from minping.publication.report.audit import audit_section
from minping.publication.report.bodies import body_sections
from minping.publication.report.breakdown import dimensions_table, grades_chart, map_chart, resting_chart, scores_chart
from minping.publication.report.called import called_chart
from minping.publication.report.citizens import companion_charts, ratings_chart, silence_chart
from minping.publication.report.courses import courses_chart
from minping.publication.report.divergence import divergence_chart
from minping.publication.report.funnel import funnel_chart
from minping.publication.report.glossary import GLOSSARY
from minping.publication.report.ratings_views import views_chart
from minping.publication.report.results import ranking
from minping.publication.report.rules import (
    adjustments_table,
    failures_table,
    grades_table,
    nodes_table,
    problems_table,
    sources_table,
    waivers_table,
)
from minping.publication.report.surveys import survey_charts
from minping.publication.report.tiers import neighbours_table, tier_list, undecided_words
from minping.publication.report.trends import trend_charts
from minping.publication.report.view import View, view_of
from minping.words import Lang, Text

if TYPE_CHECKING:
    from jinja2 import Template

    from minping.scoring.evaluation import Evaluation

_TEMPLATES = Path(__file__).parent / "templates"
_MOST_MAP_BYTES = 20_000_000


def render_report(
    evaluation: Evaluation,
    lang: Lang = "zh",
    *,
    facts: Sequence[Line] = (),
    replies: Mapping[str, Text] | None = None,
    geojson: Mapping[str, Any] | None = None,
) -> str:
    """Render the page.

    Args:
        evaluation: what is told of
        lang: the language shown first; the other is in the page too
        facts: hashes and versions to print under "how to verify"
        replies: body -> what it says of its result
        geojson: shapes of the bodies; by default the file that the scheme names in `publish.map`

    Returns:
        HTML; the same text for the same arguments.
    """
    view = view_of(evaluation, lang)
    style, script = _text("charts.css") + _text("report.css"), _text("report.js")
    return _template().render(
        say=_say,
        view=view,
        lang=lang,
        lang_tag=LANG_TAG[lang],
        scheme=evaluation.scheme,
        evaluation=evaluation,
        style=Html(style),
        script=Html(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        **_results(view, geojson if geojson is not None else _map_of(evaluation)),
        audit=audit_section(view),
        bodies=body_sections(view, replies or {}),
        **_method(view),
        facts=facts or _facts(view),
        glossary=GLOSSARY,
    )


def _results(view: View, geojson: Mapping[str, Any] | None) -> dict[str, object]:
    return {
        "pages": ranking(view),
        "scores_chart": scores_chart(view),
        "map_chart": map_chart(view, geojson),
        "dimensions": dimensions_table(view),
        "undecided": undecided_words(view),
        "tiers": tier_list(view),
        "neighbours": neighbours_table(view),
        "grades_chart": grades_chart(view),
        "resting": resting_chart(view),
        "companions": companion_charts(view),
        "ratings": ratings_chart(view),
        "views": views_chart(view),
        "silence": silence_chart(view),
        "called": called_chart(view),
        "surveys": survey_charts(view),
        "asked": asked_section(view),
        "funnel": funnel_chart(view),
        "courses": courses_chart(view),
        "divergence": divergence_chart(view),
        "trends": trend_charts(view),
    }


def _method(view: View) -> dict[str, object]:
    evidence = Text("证据中的问题", "Problems of the evidence")
    linted = Text("方案检查", "What the linter says of the scheme")
    return {
        "method": method_lines(view.evaluation),
        "nodes": nodes_table(view),
        "adjustments": adjustments_table(view),
        "grade_rules": grades_table(view),
        "waivers": waivers_table(view),
        "failures": failures_table(view),
        "linted": problems_table(view.evaluation.linted.problems, "linted", linted),
        "problems": problems_table(view.evaluation.problems, "problems", evidence),
        "sources": sources_table(view),
    }


def _facts(view: View) -> tuple[Line, ...]:
    sha256 = view.evaluation.scheme_file.sha256
    return (Line(Text("方案的 SHA-256", "scheme, SHA-256"), Text(sha256, sha256)),)


def _map_of(evaluation: Evaluation) -> Mapping[str, Any] | None:
    """The GeoJSON that the scheme names, from the scheme's own folder; None where there is none that can be read."""
    name, file = evaluation.scheme.publish.map, evaluation.scheme_file.source.file
    if not name or not file:
        return None
    folder = Path(file).resolve().parent
    path = (folder / name).resolve()
    if not path.is_relative_to(folder) or not path.is_file() or path.stat().st_size > _MOST_MAP_BYTES:
        return None
    try:
        shapes = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return shapes if isinstance(shapes, dict) else None


def _say(zh: str | Text, en: str = "") -> Html:
    """Words in both languages, for the template."""
    return spans(zh if isinstance(zh, Text) else Text(zh, en))


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_text("report.html.j2"))


@cache
def _text(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")
