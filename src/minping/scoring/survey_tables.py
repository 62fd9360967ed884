"""Tables of surveys: what was asked and answered, how every case ended, the models of indices; of the scored period.

Counts below the scheme's k are hidden, and can't be had from the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from minping.model.arrays import Bools, Floats
from minping.model.surveys import SurveyFigures
from minping.scoring.tables import hidden_below, whole_numbers
from minping.stats.response import OUTCOMES, outcome_rate

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

Columns = dict[str, Any]
FIGURES = ("estimate", "se", "low", "high", "effect")
RATES = ("RR2", "RR4", "RR6", "COOP2", "REF2", "CON2")
#: outcomes whose count could be had from a rate and the number of interviews
TOLD_BY = {"COOP2": ("refusal", "other"), "REF2": ("refusal",)}


def surveys(evaluation: Evaluation) -> Columns:
    """One row per body and indicator of a survey: estimate with interval, design effect, who was asked and answered."""
    told, at, bodies = evaluation.values.surveys, evaluation.values.at(evaluation.period), evaluation.values.bodies
    names = [*FIGURES, "n", "effective", "asked", "unknown", "refused"]
    measures = {} if told is None else told.measures
    ways = {part.id: part.evidence for part in evaluation.scheme.indicators}
    columns: dict[str, list[Floats]] = {name: [] for name in names}
    for name, found in measures.items():
        few = found.n[at] < least_of(evaluation, name)
        figures = {figure: np.where(few, np.nan, getattr(found, figure)[at]) for figure in FIGURES}
        n = np.where(few, np.nan, found.n[at])
        with np.errstate(invalid="ignore", divide="ignore"):
            figures |= {"n": n, "effective": np.round(n / figures["effect"])}
        for column, values in (figures | _silent(evaluation, name, few, found.asked[at])).items():
            columns[column].append(values)
    joined = {name: np.concatenate([*parts, np.empty(0)]) for name, parts in columns.items()}
    whole = ("n", "effective", "asked", "unknown", "refused")
    return {
        "body": [body for _ in measures for body in bodies],
        "node": [name for name in measures for _ in bodies],
        "question": [ways[name].surveys or ways[name].index or "" for name in measures for _ in bodies],
        "measure": ["index" if ways[name].index else ways[name].measure for name in measures for _ in bodies],
        **{name: whole_numbers(values) if name in whole else values for name, values in joined.items()},
    }


def least_of(evaluation: Evaluation, node: str) -> int:
    """How many answers a figure needs to be shown."""
    least = next(part.evidence.least for part in evaluation.scheme.indicators if part.id == node)
    return max(least, evaluation.scheme.publish.k or 1)


def _silent(evaluation: Evaluation, node: str, few: Bools, asked: Floats) -> dict[str, Floats]:
    """How many were asked, did not know, refused, (N,) each; a small count is hidden, and what it could be had from."""
    values, k = evaluation.values, evaluation.scheme.publish.k or 1
    at, column = values.at(evaluation.period), values.indicators.index(node)
    nothing = np.full(len(asked), np.nan)
    told = nothing[:, None] + np.zeros(2) if values.silent is None else values.silent[at, :, column]
    small = few | ((told > 0) & (told < k)).any(axis=1)
    n = nothing if values.n is None else values.n[at, :, column]
    rest = asked - n
    hidden = few | ((rest > 0) & (rest < k))
    unknown, refused = (np.where(small, np.nan, part) for part in told.T)
    return {"asked": np.where(hidden, np.nan, asked), "unknown": unknown, "refused": refused}


def answers(evaluation: Evaluation) -> Columns:
    """One row per body, question and level: its share with interval; levels that too few chose are hidden."""
    told, at, bodies = evaluation.values.surveys, evaluation.values.at(evaluation.period), evaluation.values.bodies
    k = evaluation.scheme.publish.k or 1
    spread = {} if told is None else told.answers
    columns: dict[str, list[Any]] = {name: [] for name in ("share", "low", "high", "n", "level")}
    body, question = list[str](), list[str]()
    for name, found in spread.items():
        counts = hidden_below(found.n[at], k)
        shown = np.where(np.isnan(counts), np.nan, 1.0)
        body += [one for one in bodies for _ in found.levels]
        question += [name] * (len(bodies) * len(found.levels))
        columns["level"].append(np.tile(np.array(found.levels), len(bodies)))
        columns["n"].append(counts.ravel())
        for part in ("share", "low", "high"):
            columns[part].append((getattr(found, part)[at] * shown).ravel())
    joined = {name: np.concatenate([*parts, np.empty(0)]) for name, parts in columns.items()}
    return {
        "body": body,
        "question": question,
        "level": joined["level"],
        **{name: joined[name] for name in ("share", "low", "high")},
        "n": whole_numbers(joined["n"]),
    }


def responses(evaluation: Evaluation) -> Columns:
    """One row per body: cases that were tried, interviews, and rates of outcomes in per cent (AAPOR)."""
    told, at = evaluation.values.surveys, evaluation.values.at(evaluation.period)
    if told is None or told.outcomes is None:
        return {"body": [], "cases": np.empty(0), "interviews": np.empty(0), **{name: np.empty(0) for name in RATES}}
    counts, k = told.outcomes[at], evaluation.scheme.publish.k or 1
    cases, interviews = counts.sum(axis=1), counts[:, :2].sum(axis=1)
    hidden = (interviews > 0) & (interviews < k) | (cases < k)
    rates = {}
    for name in RATES:
        apart = counts[:, [OUTCOMES.index(outcome) for outcome in TOLD_BY.get(name, ())]].sum(axis=1)
        small = (apart > 0) & (apart < k)
        rates[name] = np.where(hidden | small, np.nan, 100.0 * outcome_rate(counts, name))
    return {
        "body": list(evaluation.values.bodies),
        "cases": whole_numbers(np.where(hidden, np.nan, cases)),
        "interviews": whole_numbers(np.where(hidden, np.nan, interviews)),
        **rates,
    }


def indices(evaluation: Evaluation) -> Columns:
    """One row per figure of an index's model: loadings of questions, paths, Cronbach's alpha."""
    told, at = evaluation.values.surveys, evaluation.values.at(evaluation.period)
    rows = [] if told is None else [row for model in told.indices for row in _rows(told, model, at)]
    names = ("index", "kind", "of", "by", "figure", "se", "n")
    columns: Columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    for name in ("figure", "se"):
        columns[name] = np.array(columns[name], dtype=np.float64)
    return columns | {"n": whole_numbers(np.array(columns["n"], dtype=np.float64))}


def _rows(told: SurveyFigures, name: str, at: int) -> list[tuple[Any, ...]]:
    model = told.indices[name]
    n, rows = model.n[at], list[tuple[Any, ...]]()
    for place, question in enumerate(model.questions):
        latent = model.latents[model.blocks[place]]
        rows.append((name, "loading", latent, question, model.loadings[at, 0, place], model.loadings[at, 1, place], n))
    for to, latent in enumerate(model.latents):
        for by, other in enumerate(model.latents):
            if model.paths[at, 0, to, by] != 0 and not np.isnan(model.paths[at, 0, to, by]):
                rows.append((name, "path", latent, other, *model.paths[at, :, to, by], n))
    rows += [
        (name, "alpha", latent, "", model.alpha[at, place], np.nan, n) for place, latent in enumerate(model.latents)
    ]
    return rows
