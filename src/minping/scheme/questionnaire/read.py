"""Read a questionnaire: in a YAML file (or its text), out a `Questionnaire`, or every problem of the file at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from minping.errors import Problem, SchemeError, did_you_mean, one_of
from minping.model.evidence import SourceFile
from minping.model.questions import Scale
from minping.scheme.misfits import misfits
from minping.scheme.questionnaire.shape import Questionnaire
from minping.scheme.read import text_of
from minping.scheme.source import Source, problem, read_source
from minping.words import Text

QUESTIONNAIRE = "questionnaire.yaml"


@dataclass(frozen=True, slots=True)
class QuestionnaireFile:
    """A questionnaire with the file it was read from."""

    questionnaire: Questionnaire
    source: Source
    sha256: str  #: of its bytes

    @property
    def scales(self) -> Mapping[str, Scale]:
        """Question id -> its levels, of the questions that have some."""
        found = {one.id: self.questionnaire.scale(one) for one in self.questionnaire.questions}
        return {name: scale for name, scale in found.items() if scale is not None}

    @property
    def as_file(self) -> SourceFile:
        """The file among those that an evaluation rests on."""
        return SourceFile(QUESTIONNAIRE, "questionnaire", self.sha256, len(self.questionnaire.questions))


def read_questionnaire(path: str | Path) -> QuestionnaireFile:
    """Read and check a questionnaire file, or the `questionnaire.yaml` of a folder.

    Raises:
        SchemeError: with every problem of the file, each with its line.
    """
    path = Path(path)
    if path.is_dir():
        path = path / QUESTIONNAIRE
    text = text_of(path)
    return parse_questionnaire(text, str(path), hashlib.sha256(path.read_bytes()).hexdigest())


def parse_questionnaire(text: str, file: str = QUESTIONNAIRE, sha256: str = "") -> QuestionnaireFile:
    """Check the text of a questionnaire file; `sha256` is that of its bytes.

    Raises:
        SchemeError: with every problem of the text.
    """
    source = read_source(text, file)
    try:
        found = Questionnaire.model_validate(source.values)
    except ValidationError as error:
        problems = source.problems + misfits(error, source, Questionnaire)
    else:
        problems = source.problems + list(_inconsistencies(found, source))
        if not problems:
            return QuestionnaireFile(found, source, sha256)
    raise SchemeError(sorted(problems, key=lambda one: one.place.row or 0))


def _inconsistencies(found: Questionnaire, source: Source) -> Iterator[Problem]:
    """Ids that stand twice, names of nothing, ratings without answers."""
    ids: list[str] = []
    for path, question in found.each():
        if question.id in ids:
            again = Text(f"编号 {question.id} 已被使用", f"id {question.id} is taken")
            yield problem(source, (*path, "id"), "duplicate-id", again, fix=Text("换一个编号", "choose another id"))
        ids.append(question.id)
        if isinstance(question.scale, str) and question.scale not in found.scales:
            words = Text(f"没有量表 {question.scale}", f"no scale {question.scale}")
            allowed, fix = one_of(list(found.scales)), did_you_mean(question.scale, found.scales)
            yield problem(source, (*path, "scale"), "unknown-scale", words, allowed, fix)
        elif question.scale is None and question.kind in ("rating", "choice", "several"):
            words = Text(f"{question.id} 没有备选答案", f"{question.id} has no answers to choose from")
            fix = Text("写 scale，或改 kind 为 text", "give its scale, or make it kind: text")
            yield problem(source, path, "no-scale", words, fix=fix)
    named = [(("indices", at, "items"), index.items) for at, index in enumerate(found.indices)]
    named += [(("waivers", at, "questions"), waiver.questions) for at, waiver in enumerate(found.waivers)]
    for place, questions in named:
        for question_id in questions:
            if question_id not in ids:
                words = Text(f"没有题目 {question_id}", f"no question {question_id}")
                yield problem(source, place, "unknown-question", words, one_of(ids), did_you_mean(question_id, ids))
