"""The rules of the questionnaire linter: one row per rule, with its severity and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from minping.scheme.lint.findings import Level, Objection
from minping.scheme.questionnaire.options import balance, middle, silence, silence_as_level
from minping.scheme.questionnaire.people import identity, interviewers
from minping.scheme.questionnaire.shape import Questionnaire
from minping.scheme.questionnaire.spans import exhaustive
from minping.scheme.questionnaire.whole import (
    direction,
    duplicates,
    has_indices,
    has_ratings,
    indices,
    length,
    translations,
)
from minping.scheme.questionnaire.wording import double, leading, standard_answers
from minping.words import Text

_DESIGN = Text(
    "Krosnick 与 Presser（2010）《问卷设计》", "Krosnick & Presser (2010), Question and Questionnaire Design"
)
_FREE = Text(
    "国办发〔2019〕51号、GB/T 39734-2020：自愿、自主评价，不得强迫或干扰",
    "State Council Office 2019/51, GB/T 39734-2020: ratings are voluntary and independent, nobody may interfere",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of RULES."""

    check: Callable[[Questionnaire], Iterator[Objection]]
    level: Level
    title: Text
    source: Text
    applies: Callable[[Questionnaire], Text | None] = lambda _: None  #: why it doesn't apply, or None


RULES: Mapping[str, Rule] = {
    "Q1": Rule(leading, "error", Text("不诱导", "no leading words"), _FREE),
    "Q2": Rule(balance, "warning", Text("选项两面对称", "as many good answers as bad ones"), _DESIGN, has_ratings),
    "Q3": Rule(silence, "warning", Text("可以说不知道", "not knowing has a place"), _DESIGN),
    "Q4": Rule(middle, "warning", Text("中间一级要写明", "the middle is named"), _DESIGN, has_ratings),
    "Q5": Rule(double, "warning", Text("一题一事", "one thing at a time"), _DESIGN),
    "Q6": Rule(
        standard_answers,
        "error",
        Text("不发“标准答案”", "no answers handed out"),
        Text(
            "实例：2021 年有地方向商户发“标准答案”，“明白纸”被媒体点名；国办发〔2019〕51号",
            "seen: a city handed its merchants “standard answers” (2021); State Council Office 2019/51",
        ),
    ),
    "Q7": Rule(
        identity,
        "error",
        Text("评分不记名", "nobody who rates is named"),
        Text(
            "个人信息保护法 6 条：限于最小范围；GB/T 39734-2020：保护评价人信息",
            "personal information law, article 6: no more than needed",
        ),
        has_ratings,
    ),
    "Q8": Rule(
        interviewers,
        "error",
        Text("不由被评价者访问", "not asked by those who are rated"),
        Text(
            "实例：教师代家长填写、窗口当面催评；应由第三方、异地交叉访问",
            "seen: teachers filled in for parents; let third parties ask",
        ),
    ),
    "Q9": Rule(
        length,
        "warning",
        Text("不太长", "not too long"),
        Text(
            "Galesic 与 Bosnjak（2009）：越长越多人中断，后面的题越敷衍",
            "Galesic & Bosnjak (2009): the longer, the more give up",
        ),
    ),
    "Q10": Rule(duplicates, "warning", Text("不重复", "nothing twice"), _DESIGN),
    "Q11": Rule(exhaustive, "warning", Text("选项不重不漏", "options without overlap or gap"), _DESIGN),
    "Q12": Rule(direction, "warning", Text("量表同一方向", "scales run one way"), _DESIGN, has_ratings),
    "Q13": Rule(
        translations,
        "warning",
        Text("译文齐全", "every text in every language"),
        Text("同一问卷的各语言版本须一致，结果才可合并", "answers in two languages add up only if the forms agree"),
    ),
    "Q14": Rule(silence_as_level, "error", Text("不知道不是一级", "not knowing is no level"), _DESIGN, has_ratings),
    "Q15": Rule(
        indices,
        "warning",
        Text("指数的各题可加", "items of an index add up"),
        Text("Cronbach（1951）：同一指数的题须同一量表", "Cronbach (1951): items of one index share a scale"),
        has_indices,
    ),
}
