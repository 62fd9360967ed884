"""The whole flow on one page: scheme + evidence → values → points → scores → intervals → grades.

Nothing here reads a clock, draws an unseeded number or touches a file but through the stages' own verbs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from minping.audit import examine
from minping.audit.scrutiny import scrutinise
from minping.audit.years import busiest_year
from minping.errors import EvidenceError
from minping.indicators import compute
from minping.indicators.alignment import compare_effort
from minping.indicators.compute import column_text, figures_for, latest
from minping.indicators.engines import on_engine
from minping.indicators.events import one_session
from minping.indicators.lags import months_of
from minping.indicators.official import Figures
from minping.indicators.themes import find_themes
from minping.model.evidence import Evidence
from minping.model.findings import Findings
from minping.model.scores import Intervals, Scores
from minping.model.themes import Alignment, Themes
from minping.model.values import Values
from minping.scheme.lint import LintReport
from minping.scheme.lint import lint as lint_scheme
from minping.scheme.questionnaire import QUESTIONNAIRE, read_questionnaire
from minping.scheme.read import SchemeFile, codebook, read_scheme
from minping.scheme.shape import Scheme
from minping.scoring.adjust import Adjusted, adjustments
from minping.scoring.admissible import inadmissible, unscorable
from minping.scoring.basis import Basis, line_up, named_figures
from minping.scoring.beside import Rescoring, Told, revised
from minping.scoring.calibration_remarks import calibration_remarks
from minping.scoring.companions import companions
from minping.scoring.divergence import diverge
from minping.scoring.evaluation import Evaluation
from minping.scoring.grades import propose
from minping.scoring.intervals import summarise
from minping.scoring.outlook import outlook
from minping.scoring.plan import Plan, compile_plan
from minping.scoring.score import has_enough, score
from minping.scoring.uncertainty import Situation, draw_scores
from minping.words import Text

if TYPE_CHECKING:
    from minping.publication.rerun import Run
    from minping.publication.verify import Verification

Progress = Callable[[int, int], None]  #: draws made, draws in all
Reading = Callable[[Text, int, int], None]  #: stage, files read, files in all


def load_evidence(folder: str | Path, scheme_file: SchemeFile, progress: Reading | None = None) -> Evidence:
    """Load and check `<folder>/evidence/*` by what the scheme expects and the questionnaire asks, where there is one.

    Raises:
        SchemeError: the questionnaire can't be used.
        EvidenceError: with every problem of every file.
    """
    from minping.evidence import load_evidence as load

    expected = codebook(scheme_file.scheme)
    asked = Path(folder) / QUESTIONNAIRE
    if not asked.is_file():
        return load(folder, expected, progress=progress)
    form = read_questionnaire(asked)
    found = load(folder, replace(expected, scales=form.scales), progress=progress)
    return replace(found, files=(*found.files, form.as_file), scales=form.scales)


def evaluate(
    scheme_file: SchemeFile,
    evidence: Evidence,
    *,
    period: str | None = None,
    seed: int | None = None,
    draws: int | None = None,
    engine: str | None = None,
    progress: Progress | None = None,
    audited: bool = True,
    themed: bool = True,
) -> Evaluation:
    """Evaluate the bodies of `evidence` by a scheme.

    Args:
        scheme_file: the scheme, as `read_scheme` returns it
        evidence: as `load_evidence` returns it
        period: the period to score; by default the scheme's own, else the latest with figures
        seed: of the draws; by default the scheme's
        draws: how many; by default the scheme's; 0 for none
        engine: where events are counted: spark://host:port, postgresql://user@host/db; by default DuckDB, here
        progress: called with (draws made, draws in all)
        audited: False: evidence is not audited, and no finding changes a figure
        themed: False: what people asked for is not sorted by themes, nor compared with effort

    Returns:
        The evaluation, with every period's scores and the intervals of the asked-for one.

    Raises:
        EvidenceError: the figures can't be scored by this scheme; with every reason.
        EngineError: the engine can't be used.
    """
    drawing = _drawing(scheme_file.scheme, seed, draws)
    with one_session(evidence) as opened:
        found = _evaluated(scheme_file, opened, period, drawing, engine, progress, audited, themed)
    return replace(found, evidence=evidence)


def _evaluated(
    scheme_file: SchemeFile,
    evidence: Evidence,
    period: str | None,
    drawing: tuple[int, int],
    engine: str | None,
    progress: Progress | None,
    audited: bool,
    themed: bool,
) -> Evaluation:
    """The evaluation of evidence that is opened; `drawing` is the seed and the number of draws."""
    scheme, bodies = scheme_file.scheme, evidence.bodies
    figures = figures_for(scheme, evidence)
    with on_engine(evidence, engine) as counted:
        as_heard = Told(compute(scheme, counted, figures), figures)
    period = period if period is not None else scheme.period.of or latest(scheme, as_heard.values)
    looked = scrutinise(evidence, period, scheme, audited)
    told = revised(scheme, looked.confirmed, as_heard, evidence)
    values, figures = told
    seed, draws = drawing

    plan, basis, adjusted, history = _scored(scheme, values, figures, evidence, period)
    scores = history[period]

    carried, ungraded = line_up(plan, values, figures, bodies, period, carry=True), column_text(bodies, "ungraded")
    situation = Situation(plan, basis, carried, adjusted, scores, seed)
    intervals = _drawn(situation, draws, ungraded, progress)
    grades = propose(scheme, scores, intervals, adjusted, ungraded)
    said = evidence.problems + values.problems_of(period) + looked.problems
    said += calibration_remarks(scheme, evidence, values, period)
    unflagged = revised(scheme, looked.unflagged, told, looked.confirmed, scored=True)
    beside = Rescoring(plan, figures, bodies, period, adjusted, scores).beside(values, as_heard, unflagged)
    themes = wants(scheme, evidence, period, seed) if themed else (None, None)
    rest = (intervals, grades, history, said, *themes, looked.findings, beside)
    return Evaluation(scheme_file, evidence, values, period, scores, *rest, diverge(situation, draws))


def _scored(
    scheme: Scheme, values: Values, figures: Figures, evidence: Evidence, period: str
) -> tuple[Plan, Basis, Adjusted, dict[str, Scores]]:
    """Score every period: what the asked-for one rests on, its adjustments, and the scores of all with enough figures.

    Raises:
        EvidenceError: the figures can't be scored by this scheme, or those of the period give no points.
    """
    bodies = evidence.bodies
    if problems := inadmissible(scheme, evidence, values, period):
        raise EvidenceError(problems)
    plan = compile_plan(scheme, bodies)
    bases = {name: line_up(plan, values, figures, bodies, name) for name in values.periods}
    if problems := unscorable(bases[period]):
        raise EvidenceError(problems)
    adjusted = {
        name: adjustments(scheme, bodies.ids, evidence.incidents, name, named_figures(figures, bodies, values.at(name)))
        for name in values.periods
    }
    scored = {name: score(bases[name], adjusted[name], companions(scheme, values, name)) for name in values.periods}
    kept = {name: found for name, found in scored.items() if name == period or has_enough(found)}
    return plan, bases[period], adjusted[period], kept


def _drawn(situation: Situation, draws: int, ungraded: tuple[str, ...], progress: Progress | None) -> Intervals | None:
    """What so many draws say of the scores; None where nothing is drawn or there is nobody to compare."""
    scores = situation.scores
    if not draws or scores.scored.sum() <= 1:
        return None
    drawn = draw_scores(situation, range(draws), progress)
    return summarise(situation.plan.scheme, scores, drawn, situation.seed, ungraded)


def _drawing(scheme: Scheme, seed: int | None, draws: int | None) -> tuple[int, int]:
    """Seed and number of draws, by default the scheme's."""
    given = scheme.uncertainty
    return given.seed if seed is None else seed, given.draws if draws is None else draws


def wants(scheme: Scheme, evidence: Evidence, period: str, seed: int) -> tuple[Themes | None, Alignment | None]:
    """What people asked for in a period, and how far effort goes there; None where the evidence does not tell."""
    records, bodies = evidence.records, evidence.bodies
    if "requests" not in records:
        return None, None
    return (
        find_themes(records["requests"], bodies, period, k=scheme.publish.k or 1, seed=seed),
        compare_effort(records, bodies, period, seed=seed),
    )


def lint(scheme_file: SchemeFile, evidence: Evidence | None = None, *, on: date | None = None) -> LintReport:
    """Check a scheme against the rules L1–L18, those about data too where there is evidence.

    Args:
        scheme_file: the scheme, as `read_scheme` returns it
        evidence: as `load_evidence` returns it
        on: the day on which waivers must still hold; None: their expiry is not looked at

    Raises:
        EvidenceError: the figures can't be scored by this scheme; with every reason.
    """
    if evidence is None:
        return lint_scheme(scheme_file, on=on)
    scheme = scheme_file.scheme
    with one_session(evidence) as opened:
        figures = figures_for(scheme, opened)
        values = compute(scheme, opened, figures)
    period = scheme.period.of or latest(scheme, values)
    scores = _scored(scheme, values, figures, evidence, period)[-1][period]
    return lint_scheme(scheme_file, outlook(scheme, evidence, values, scores), on=on)


def audit(evidence: Evidence, period: str | None = None, scheme: Scheme | None = None) -> Findings:
    """Look for what does not fit together in the evidence of a period, by default the year with most of it.

    Args:
        evidence: as `load_evidence` returns it
        period: 2025, 2025H1, 2025Q2 or 2025-05
        scheme: what it declares of official series, and its thresholds; None: tests that need them are not applicable

    Raises:
        EvidenceError: there is no such period.
    """
    return examine(evidence, period or busiest_year(evidence), scheme=scheme)


def audit_with_scores(
    scheme_file: SchemeFile, evidence: Evidence, period: str | None = None
) -> tuple[Findings, Evaluation | None]:
    """The findings of a period, and the evaluation whose `beside` holds the scores without what they concern.

    None in its place where the scheme has no scores of that period; `audit` tells of errors. For use inside only.
    """
    name = period or busiest_year(evidence)
    scheme = scheme_file.scheme
    if scheme.audit.examine and months_of(name) is not None:
        try:
            found = evaluate(scheme_file, evidence, period=name, draws=0, themed=False)
        except EvidenceError:
            return audit(evidence, period, scheme), None
        if found.findings is not None:
            return found.findings, found
    return audit(evidence, period, scheme), None


def verify(
    bundle: str | Path, *, rerun: bool = False, public_key: Path | None = None, evidence: Path | None = None
) -> Verification:
    """Check a bundle: the hash of every file, the signature, and with `rerun` every figure computed again.

    Raises:
        BundleError: what does not hold, each file and each differing figure by name.
    """
    from minping.publication.verify import verify as check

    return check(bundle, rerun=again if rerun else None, public_key=public_key, evidence=evidence)


def again(run: Run) -> Evaluation:
    """Evaluate what a bundle was made from."""
    scheme_file = read_scheme(run.scheme)
    evidence = load_evidence(run.evidence, scheme_file)
    return evaluate(scheme_file, evidence, period=run.period, seed=run.seed, draws=run.draws)
