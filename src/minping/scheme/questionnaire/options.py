"""Options: answers that lean to one side, silence without a place, a middle that is none (Q2, Q3, Q4, Q14)."""

from __future__ import annotations

from collections.abc import Iterator

from minping.scheme.lint.findings import Objection
from minping.scheme.questionnaire.phrases import SILENT, lean, said
from minping.scheme.questionnaire.shape import Answers, Question, Questionnaire
from minping.scheme.source import KeyPath
from minping.words import Text


def ratings(form: Questionnaire) -> Iterator[tuple[KeyPath, Question, Answers]]:
    """The ratings with their answers and the place of the answers; those of a named scale where the first one uses it."""
    seen: set[str] = set()
    for path, question in form.each():
        answers = form.answers(question)
        if question.kind != "rating" or answers is None:
            continue
        if isinstance(question.scale, str):
            if question.scale not in seen:
                yield ("scales", question.scale), question, answers
            seen.add(question.scale)
        else:
            yield (*path, "scale"), question, answers


def balance(form: Questionnaire) -> Iterator[Objection]:
    """Object to scales with more good answers than bad ones, or the other way round."""
    for path, question, answers in ratings(form):
        leans = [lean(option.title) for option in answers.options if not SILENT.search(said(option.title))]
        if None in leans or not leans:
            continue
        good, bad = leans.count(1), leans.count(-1)
        if good == bad:
            continue
        name = question.scale if isinstance(question.scale, str) else question.id
        found = Text(f"{name}：{good} 个肯定、{bad} 个否定选项", f"{name}: {good} good and {bad} bad answers")
        fix = Text(
            "肯定与否定的选项一样多；按国标五级的，写明理由豁免",
            "as many good answers as bad ones; where the national five levels are prescribed, waive this with the reason",
        )
        yield Objection(path, found, fix, "error" if not good or not bad else None)


def silence(form: Questionnaire) -> Iterator[Objection]:
    """Object to questions that can't be left unanswered."""
    asked_aloud = form.mode in ("phone", "face_to_face")
    for path, question in form.each():
        answers = form.answers(question)
        if question.kind not in ("rating", "choice", "several") or answers is None:
            continue
        has_words = any(SILENT.search(said(option.title)) for option in answers.options)
        if question.unknown is None and not has_words:
            found = Text(f"{question.id} 没有“不知道”", f"{question.id} has no “don't know”")
            fix = Text(
                "写 unknown: true；不知道的人不该被迫表态", "write unknown: true; nobody should be made to have a view"
            )
            yield Objection(path, found, fix)
        if question.refused is None and asked_aloud:
            found = Text(f"{question.id} 没有“不愿回答”", f"{question.id} has no “prefer not to say”")
            fix = Text(
                "写 refused: true；拒答与不知道要分开记", "write refused: true; it is not the same as not knowing"
            )
            yield Objection(path, found, fix, "note")


def middle(form: Questionnaire) -> Iterator[Objection]:
    """Object to an odd number of levels whose middle nobody has named, and to a middle that leans."""
    for path, question, answers in ratings(form):
        levels = [one for one in answers.options if not SILENT.search(said(one.title))] or answers.values
        name = question.scale if isinstance(question.scale, str) else question.id
        if answers.midpoint is None and len(levels) % 2:
            found = Text(
                f"{name} 有 {len(levels)} 级，没有写明中间一级", f"{name} has {len(levels)} levels and names no middle"
            )
            fix = Text("写 midpoint（数值），没有中立的一级则写 none", "write midpoint: its number, or none")
            yield Objection(path, found, fix)
        elif isinstance(answers.midpoint, float) and answers.options:
            words = answers.options[answers.values.index(answers.midpoint)].title
            if lean(words) in (1, -1):
                quoted = said(words).replace("\n", " / ")
                found = Text(
                    f"{name} 的中间一级“{quoted}”并不中立", f"the middle of {name}, “{quoted}”, is not neutral"
                )
                fix = Text("改为“一般”一类的词，或写 midpoint: none", "use neutral words, or write midpoint: none")
                yield Objection((*path, "midpoint"), found, fix)


def silence_as_level(form: Questionnaire) -> Iterator[Objection]:
    """Object to not knowing as a level of the scale."""
    for path, question, answers in ratings(form):
        for at, option in enumerate(answers.options):
            if found := SILENT.search(said(option.title)):
                name = question.scale if isinstance(question.scale, str) else question.id
                words = Text(f"{name} 把“{found[0]}”当作一级", f"{name} counts “{found[0]}” as a level")
                fix = Text("从选项中去掉，写 unknown 或 refused", "take it from the options; write unknown or refused")
                yield Objection((*path, "options", at), words, fix)
