"""The satisfaction index from evidence to value: R's loadings on the mobile phone survey, points of each body, its report."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from minping.errors import EvidenceError, SchemeError
from minping.evidence import load_evidence
from minping.indicators import compute
from minping.indicators.indices import FEWEST
from minping.model.questions import Scale
from minping.model.values import Values
from minping.scheme.read import codebook
from tests.made import scheme

LEADS = {
    "Image": [], "Expectation": ["Image"], "Quality": ["Expectation"], "Value": ["Expectation", "Quality"],
    "Satisfaction": ["Image", "Expectation", "Quality", "Value"], "Complaints": ["Satisfaction"],
    "Loyalty": ["Image", "Satisfaction", "Complaints"],
}  # fmt: skip
LIKERT = Scale(1.0, 10.0, tuple(float(level) for level in range(1, 11)))


def lines(reference: Path, name: str) -> list[dict[str, str]]:
    with (reference / "citizen" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def phones(reference: Path, home: Path, kind: str, most: int = 250) -> Values:
    outer, rows = lines(reference, f"mobi_{kind}_outer.csv"), lines(reference, "mobi.csv")[:most]
    questions = {name: [line["name"] for line in outer if line["block"] == name] for name in LEADS}
    (home / "evidence").mkdir()
    (home / "evidence" / "bodies.csv").write_text("body,name\nb1,甲\nb2,乙\n", encoding="utf-8")
    with (home / "evidence" / "surveys.csv").open("w", encoding="utf-8") as file:
        file.write("respondent,body,question,answer,asked_on\n")
        for at, row in enumerate(rows):
            for line in outer:
                file.write(f"p{at},b{1 + at % 2},{line['name']},{row[line['name']]},2024-05-01\n")
        file.write("silent,b1,IMAG1,refused,2024-05-01\n")
    latents = "".join(
        f"      - {{id: {name}, title: {name}, questions: {questions[name]}, after: {LEADS[name]}}}\n".replace("'", "")
        for name in LEADS
    )
    file = scheme(
        "indicators:\n  - {id: content, title: 满意度指数, direction: higher, weight: 1, from: {index: csi},"
        " normalise: {method: goalposts, floor: 0, target: 100, reason: 试验}}\n"
        f"surveys:\n  indices:\n    - id: csi\n      of: Satisfaction\n      scheme: {kind}\n      replicates: 50\n      latents:\n{latents}"
    )
    scales = {line["name"]: LIKERT for line in outer}
    evidence = load_evidence(home, replace(codebook(file.scheme), scales=scales))
    return compute(file.scheme, replace(evidence, scales=scales))


@pytest.mark.parametrize("kind", ["path", "centroid"])
def test_loadings_paths_and_points_are_those_of_r(reference: Path, tmp_path: Path, kind: str) -> None:
    found = phones(reference, tmp_path, kind)
    assert found.surveys is not None
    model, outer = found.surveys.indices["csi"], lines(reference, f"mobi_{kind}_outer.csv")
    np.testing.assert_allclose(model.loadings[0, 0], [float(line["loading"]) for line in outer], rtol=1e-6)
    for line in lines(reference, f"mobi_{kind}_inner_model.csv"):
        if line["term"] != "Intercept":
            to, by = model.latents.index(line["endog"]), model.latents.index(line["term"])
            assert model.paths[0, 0, to, by] == pytest.approx(float(line["Estimate"]), rel=1e-6)
            assert 0 < model.paths[0, 1, to, by] < 0.3
    image = np.array([[float(row[f"IMAG{at}"]) for at in range(1, 6)] for row in lines(reference, "mobi.csv")])
    alpha = 5 / 4 * (1 - image.var(axis=0, ddof=1).sum() / image.sum(axis=1).var(ddof=1))
    assert model.n.tolist() == [250] and model.alpha[0, 0] == pytest.approx(alpha)
    weights = np.array([float(line["weight"]) for line in outer if line["block"] == "Satisfaction"])
    names = [line["name"] for line in outer if line["block"] == "Satisfaction"]
    items = np.array([[float(row[name]) for name in names] for row in lines(reference, "mobi.csv")])
    raw = weights / items.std(axis=0)
    for body in range(2):
        points = 100 * ((items[body::2].mean(axis=0) - 1) @ raw) / (9 * raw.sum())
        assert found.estimate[0, body, 0] == pytest.approx(points, rel=1e-6)
    assert (found.se[0, :, 0] > 0.5).all() and (found.se[0, :, 0] < 3).all()
    assert found.ends is not None and (found.ends[0, :, 0, 0] < found.estimate[0, :, 0]).all()
    assert found.surveys.measures["content"].asked.tolist() == [[126, 125]]


def test_too_few_whole_answers_are_named(reference: Path, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=f"{FEWEST} are needed"):
        phones(reference, tmp_path, "path", most=20)


@pytest.mark.parametrize(
    ("index", "words"),
    [
        ("{id: a, of: x, latents: [{id: x, title: x, questions: [q], after: [y]}, {id: y, title: y, questions: [r], after: [x]}]}", "lead back"),
        ("{id: a, of: z, latents: [{id: x, title: x, questions: [q]}, {id: y, title: y, questions: [r], after: [x]}]}", "no latent variable z"),
        ("{id: a, of: x, latents: [{id: x, title: x, questions: [q]}, {id: y, title: y, questions: [q], after: [x]}]}", "stands once"),
        ("{id: a, of: x, latents: [{id: x, title: x, questions: [q]}, {id: y, title: y, questions: [r]}]}", "nothing leads"),
        ("{id: b, of: x, latents: [{id: x, title: x, questions: [q]}, {id: y, title: y, questions: [r], after: [x]}]}", "no index a"),
    ],
)  # fmt: skip
def test_a_model_that_cannot_be_is_named_with_its_line(index: str, words: str) -> None:
    text = "indicators:\n  - {id: content, title: t, direction: higher, weight: 1, from: {index: a}, normalise: {method: goalposts, floor: 0, target: 100, reason: r}}\n"
    with pytest.raises(SchemeError, match=words):
        scheme(text + f"surveys: {{indices: [{index}]}}\n")
