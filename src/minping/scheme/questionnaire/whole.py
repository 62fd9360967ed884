"""The whole form: its length, questions asked twice, scales that turn round, languages, indices (Q9, Q10, Q12, Q13, Q15)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from minping.scheme.lint.findings import Objection
from minping.scheme.part import Words
from minping.scheme.questionnaire.options import ratings
from minping.scheme.questionnaire.phrases import lean
from minping.scheme.questionnaire.shape import Answers, Questionnaire
from minping.scheme.source import KeyPath
from minping.words import Text

#: minutes that people put up with, by how they are asked
PATIENCE = {"terminal": 3.0, "phone": 10.0, "web": 12.0, "paper": 20.0, "face_to_face": 30.0}
MOST_QUESTIONS = 40
MOST_SIGNS, MOST_WORDS = 60, 40  #: of one question, in Chinese and in English
SIGNS_PER_SECOND, WORDS_PER_SECOND, THINKING_SECONDS = 4.0, 2.5, 4.0  #: read aloud; a pause for the answer
_FILLER = re.compile(r"[\W_]|请问|您|对于?|的|是否|这次|本次|吗|呢")


def length(form: Questionnaire) -> Iterator[Objection]:
    """Object to forms that people won't finish, and questions that nobody can keep in mind."""
    count = len(form.questions)
    if count > MOST_QUESTIONS:
        found = Text(f"{count} 题，多于 {MOST_QUESTIONS} 题", f"{count} questions, more than {MOST_QUESTIONS}")
        yield Objection(("questions",), found, Text("留下用得上的题", "keep those whose answers are used"))
    limit, minutes = PATIENCE[form.mode or "web"], form.minutes or estimated_minutes(form)
    if minutes > limit:
        found = Text(
            f"约需 {minutes:.0f} 分钟，超过 {limit:g} 分钟", f"it takes some {minutes:.0f} minutes, more than {limit:g}"
        )
        yield Objection(("minutes",), found, Text("减题，或改用别的方式", "ask less, or in another way"))
    for path, question in form.each():
        signs, words = len(question.text.zh), len(question.text.en.split())
        if signs > MOST_SIGNS or words > MOST_WORDS:
            found = Text(
                f"{question.id} 太长（{signs} 字）", f"{question.id} is too long ({signs} signs, {words} words)"
            )
            yield Objection((*path, "text"), found, Text("拆短", "shorten it"), "note")


def estimated_minutes(form: Questionnaire) -> float:
    """How long it takes to read the form aloud and to answer."""
    total = _seconds(form.introduction)
    for question in form.questions:
        answers = form.answers(question)
        read = [question.text, *(option.title for option in answers.options)] if answers else [question.text]
        total += sum(map(_seconds, read)) + THINKING_SECONDS
    return total / 60


def _seconds(words: Words | None) -> float:
    if words is None:
        return 0.0
    return len(words.zh) / SIGNS_PER_SECOND if words.zh else len(words.en.split()) / WORDS_PER_SECOND


def duplicates(form: Questionnaire) -> Iterator[Objection]:
    """Object to the same question asked twice."""
    seen: dict[str, str] = {}
    for path, question in form.each():
        key = _FILLER.sub("", question.text.zh or question.text.en).lower()
        if key in seen:
            found = Text(f"{question.id} 与 {seen[key]} 是同一题", f"{question.id} asks the same as {seen[key]}")
            yield Objection((*path, "text"), found, Text("只问一次", "ask it once"))
        seen.setdefault(key, question.id)


def direction(form: Questionnaire) -> Iterator[Objection]:
    """Object to numbers that run against the words, and to scales that turn round from question to question."""
    ways: dict[str, dict[KeyPath, tuple[str, str]]] = {"numbers": {}, "words": {}}
    for path, question, answers in ratings(form):
        name = question.scale if isinstance(question.scale, str) else question.id
        runs = _runs(answers)
        if runs and runs != answers.better:
            found = Text(f"{name}：数值与词语方向相反", f"{name}: its numbers run against its words")
            yield Objection(path, found, Text("改正 value 或 better", "put value or better right"), "error")
        ways["numbers"][path] = (name, answers.better)
        if runs and answers.options:
            ways["words"][path] = (name, "good first" if lean(answers.options[0].title) == 1 else "bad first")
    told: set[KeyPath] = set()
    for way in ways.values():
        usual = Counter(kind for _, kind in way.values()).most_common(1)
        for path, (name, kind) in way.items():
            if kind != usual[0][0] and path not in told:
                told.add(path)
                found = Text(f"{name} 的方向与其他量表相反", f"{name} runs the other way than the other scales")
                yield Objection(path, found, Text("全卷同一方向", "let all scales run the same way"))


def _runs(answers: Answers) -> str:
    """Whether high numbers are good or low ones, as the words tell; empty where they don't."""
    if answers.range is not None:
        ends = [lean(end) if end else None for end in (answers.range.low, answers.range.high)]
    else:
        ordered = sorted(zip(answers.values, answers.options, strict=True), key=lambda pair: pair[0])
        ends = [lean(ordered[0][1].title), lean(ordered[-1][1].title)]
    return {(-1, 1): "high", (1, -1): "low"}.get((ends[0] or 0, ends[1] or 0), "")


def translations(form: Questionnaire) -> Iterator[Objection]:
    """Object to texts that lack a language in which other texts are there."""
    found = list(_texts(form.model_dump(), ()))
    spoken = [lang for lang in ("zh", "en") if any(words[lang] for path, words in found if path[0] == "questions")]
    for path, words in found:
        for lang in spoken:
            if not words[lang]:
                name = Text("中文", "Chinese") if lang == "zh" else Text("英文", "English")
                told = Text(f"缺{name.zh}：{words['zh'] or words['en']}", f"no {name.en}: {words['en'] or words['zh']}")
                yield Objection(path, told, Text(f"补上 {lang}", f"give {lang}"))


def _texts(part: Any, path: KeyPath) -> Iterator[tuple[KeyPath, dict[str, str]]]:
    """Every text in two languages, with its place; the title of the form itself aside."""
    if isinstance(part, dict):
        if set(part) == {"zh", "en"}:
            yield path, part
            return
        for key, inner in part.items():
            if (*path, key) != ("title",):
                yield from _texts(inner, (*path, key))
    elif isinstance(part, list | tuple):
        for at, inner in enumerate(part):
            yield from _texts(inner, (*path, at))


def indices(form: Questionnaire) -> Iterator[Objection]:
    """Object to indices of one item, of questions that are no ratings, or on different scales."""
    questions = {question.id: question for question in form.questions}
    for at, index in enumerate(form.indices):
        items = [questions[item] for item in index.items]
        scales = {item.id: form.scale(item) for item in items}
        none = [name for name, scale in scales.items() if scale is None]
        if none:
            found = Text(f"{index.id} 中 {none[0]} 不是评分题", f"{none[0]} of {index.id} is no rating")
            yield Objection(("indices", at, "items"), found, Text("只放评分题", "take ratings only"), "error")
        elif len({(one.worst, one.best, len(one.levels)) for one in scales.values() if one is not None}) > 1:
            found = Text(f"{index.id} 的各题量表不同", f"the items of {index.id} have different scales")
            yield Objection(("indices", at, "items"), found, Text("统一量表", "give them one scale"))
        elif len(items) < 2:
            found = Text(f"{index.id} 只有一题，测不出信度", f"{index.id} has one item: its reliability can't be told")
            yield Objection(("indices", at, "items"), found, Text("至少两题", "two items at least"), "note")


def has_ratings(form: Questionnaire) -> Text | None:
    """Why the direction of scales does not matter."""
    return None if any(True for _ in ratings(form)) else Text("没有评分题", "it has no ratings")


def has_indices(form: Questionnaire) -> Text | None:
    """Why indices need no look."""
    return None if form.indices else Text("没有指数", "it has no index")
