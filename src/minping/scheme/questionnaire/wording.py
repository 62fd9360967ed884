"""Wording: questions that lean, that ask two things at once, and answers put into people's mouths (Q1, Q5, Q6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minping.scheme.lint.findings import Objection
from minping.scheme.part import Words
from minping.scheme.questionnaire.phrases import asserted, said
from minping.scheme.questionnaire.shape import Questionnaire
from minping.scheme.source import KeyPath
from minping.words import Text

_PRAISE = re.compile(
    r"(优质|贴心|暖心|周到|热情|高效|便捷|一流|精心|卓越|无微不至|辛勤|优秀|满意的?)(的|地)?[^，。？、是否还]{0,4}?"
    r"(服务|工作|努力|付出|政策|举措|改革|帮助|态度|环境)(?!质量|窗口|热线)"
    r"|\b(excellent|outstanding|first-class|superb|high-quality|caring|considerate|hard-?working|tireless|dedicated|wonderful)"
    r"\s+(\w+\s+){0,2}(services?|staff|work|efforts?|help|reforms?|polic(y|ies)|team|officials?)\b",
    re.I,
)
_PRESSURE = re.compile(
    r"众所周知|不言而喻|大家都(认为|觉得|知道|满意)|大多数(人|群众|居民)都?(认为|觉得|满意)|在[^，。？]{0,16}(坚强|正确|亲切)(的)?(领导|关怀)下"
    r"|难道[^，。？]{0,4}不|您一定|相信您|请支持(我们|本)"
    r"|\bas everyone knows|\bmost people (agree|think|say)|\b(don't|wouldn't|isn't|aren't) (you|it|they)\b|\bsurely\b",
    re.I,
)
_BETTER = re.compile(
    r"(明显|显著|大幅|极大|不断|持续|日益|越来越|有所)地?(改善|提高|提升|好转|进步|优化|加强|便利|方便|好)"
    r"|\b(great|significant|marked|clear|steady|noticeable|considerable)(ly)? (improv\w*|progress)\b",
    re.I,
)
_EITHER = re.compile(
    r"还是|程度|变差|更差|下降|退步|恶化|没有?变化|没有改善|差不多|不变|更不|\bor\b|\bworse\b|\bharder\b|\bdeclin|\bno change\b",
    re.I,
)
_AGREE = re.compile(r"(是否|是不是)?(同意|认同|赞成|认可)(?!还是|不|程度|与否|或)|\bdo you agree (that|with)\b", re.I)

_ASPECT = (
    "态度|效率|质量|环境|设施|速度|流程|费用|价格|收费|透明度|便利程度|便捷程度|专业水平|专业能力|能力|作风|卫生|交通|治安|教育|医疗|就业|住房|水平|"
    "指引|标识|结果|时间|时长"
)
_ASPECT_EN = (
    "speed|courtesy|politeness|quality|attitude|price|cost|facilities|environment|cleanliness|accuracy|competence|"
    "professionalism|efficiency|friendliness|helpfulness|fairness|transparency|results?|information|waiting times?|"
    "quick|fast|polite|friendly|helpful|clean|fair|clear|easy|competent|efficient|accurate"
)
_TWO = re.compile(
    rf"[一-鿿]{{0,4}}({_ASPECT})(和|与|及|以及|、|或|或者)[一-鿿]{{0,4}}({_ASPECT})"
    rf"|(是否|有没有|是不是)[^，。？]{{1,14}}(并且|而且|同时|且|以及)[^，。？]{{1,14}}"
    rf"|\b({_ASPECT_EN}) (and|or) (\w+ ){{0,2}}({_ASPECT_EN})\b",
    re.I,
)
_ASKED_TWICE = re.compile(r"[？?][^？?\n]*[？?]")

_TOLD = re.compile(
    r"标准答案|参考答案|明白纸|应答(口径|模板|话术)|统一(口径|答复|回答)|答题(模板|技巧|要点|提示)"
    r"|(请|务必|建议|引导|提醒|动员|指导|要求)[^，。；：:从]{0,10}?(选择?|回答|打|给出?|评(为|价)?)[^，。；：:从]{0,6}?"
    r"(非常满意|满意|好评|五星|5 ?星|满分|10 ?分|100 ?分)(?!\s*[、，,/]|\s*(到|至|还是|或|的程度|程度))"
    r"|\b(standard|model|suggested|recommended|sample) answers?\b|\btalking points\b"
    r"|\b(please|should|must|kindly|encourage|remind|urge)\b[^.;:]{0,40}\b(five stars|5 stars|top marks?|full marks|"
    r"very satisfied|highest score|10 out of 10)\b(?!\s*(,|or|to)\b)",
    re.I,
)


def leading(form: Questionnaire) -> Iterator[Objection]:
    """Object to praise, pressure and foregone conclusions in a question."""
    for path, question in form.each():
        text = said(question.text)
        fix = Text(
            "删去评价性的词，把两面都问到：“满意还是不满意”",
            "drop the praise and name both sides: “satisfied or dissatisfied”",
        )
        for pattern, zh, en in (
            (_PRAISE, "先夸后问", "praises what it asks about"),
            (_PRESSURE, "带有压力", "puts pressure"),
        ):
            for found in pattern.finditer(text):
                yield _quoting((*path, "text"), question.id, zh, en, found[0], fix)
        for line in text.splitlines():
            if not _EITHER.search(line):
                for pattern, zh, en in (
                    (_BETTER, "预设了结论", "takes the answer for granted"),
                    (_AGREE, "只请人同意", "asks for assent"),
                ):
                    for found in pattern.finditer(line):
                        yield _quoting((*path, "text"), question.id, zh, en, found[0], fix, "warning")


def double(form: Questionnaire) -> Iterator[Objection]:
    """Object to two questions in one: an answer can't be told apart."""
    for path, question in form.each():
        if question.kind != "rating":
            continue
        for line in said(question.text).splitlines():
            found = _TWO.search(line) or _ASKED_TWICE.search(line)
            if found:
                fix = Text("分成两题", "make two questions of it")
                yield _quoting((*path, "text"), question.id, "一题问了两件事", "asks two things at once", found[0], fix)


def standard_answers(form: Questionnaire) -> Iterator[Objection]:
    """Object to answers that respondents or interviewers are given beforehand."""
    fix = Text("删去；只说自愿、没有对错、不记名", "take it out; say only that it is voluntary and no answer is wrong")
    for path, words in _guidance(form):
        for found in asserted(_TOLD, said(words)):
            yield _quoting(path, ".".join(map(str, path)), "给出了答案", "gives the answer", found, fix)


def _guidance(form: Questionnaire) -> Iterator[tuple[KeyPath, Words]]:
    """Everything that guides a respondent or an interviewer."""
    if form.introduction is not None:
        yield ("introduction",), form.introduction
    for name in ("instructions", "handouts"):
        for at, words in enumerate(getattr(form, name)):
            yield (name, at), words
    for path, question in form.each():
        yield (*path, "text"), question.text
        if question.instruction is not None:
            yield (*path, "instruction"), question.instruction


def _quoting(path: KeyPath, name: str, zh: str, en: str, quoted: str, fix: Text, level: str | None = None) -> Objection:
    words = Text(f"{name}：{zh}（“{quoted}”）", f"{name} {en} (“{quoted}”)")
    return Objection(path, words, fix, "warning" if level == "warning" else None)
