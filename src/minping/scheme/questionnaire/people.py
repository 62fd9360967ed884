"""People: who asks, and whether those who answer can be made out (Q7, Q8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minping.scheme.lint.findings import Objection
from minping.scheme.questionnaire.phrases import asserted, said
from minping.scheme.questionnaire.shape import Questionnaire
from minping.words import Text

_WHO = r"真实?姓名|姓名|名字|身份证|手机号|手机|电话号码?|联系电话|联系方式|微信号?|家庭住址|详细地址|住址|门牌号"
_IDENTITY = re.compile(
    rf"(您|你|本人)(本人)?的?({_WHO})|(留下|填写|提供|登记|记录)[^，。？；]{{0,8}}({_WHO})|(怎么|如何)称呼|贵姓"
    r"|\byour (full |real |last |first )?name\b|\byour (telephone|phone|mobile|id|identity|passport)( card)? number\b"
    r"|\byour (e-?mail|home) address\b|\b(leave|give|provide|enter|record) (us )?(the |a |their |your )?"
    r"(name|phone number|telephone number|id number|identity number)\b",
    re.I,
)
_OWN_STAFF = re.compile(
    r"(本单位|本局|本镇|本街道|本村|本社区|我局|我镇|我们单位|窗口|村|社区|被评(价|议)单位)的?(工作人员|干部|网格员|人员)"
    r"[^，。；]{0,8}(访问|询问|调查|代填|代为填写|指导[^，。；]{0,4}填写|帮助[^，。；]{0,4}填写|入户|打电话|致电|陪同)"
    r"|\b(our|own|counter|office|window) staff\b[^.;]{0,20}\b(ask|interview|fill|complete|call|assist)",
    re.I,
)


def identity(form: Questionnaire) -> Iterator[Objection]:
    """Object where people who rate are asked who they are."""
    fix = Text(
        "删去；需要回访的，由独立机构另外保存，与回答分开",
        "take it out; where a call-back needs it, an independent body keeps it apart from the answers",
    )
    for path, question in form.each():
        for key, words in (("text", question.text), ("instruction", question.instruction)):
            for found in asserted(_IDENTITY, said(words)):
                told = Text(f"{question.id} 问的是身份（“{found}”）", f"{question.id} asks who they are (“{found}”)")
                yield Objection((*path, key), told, fix)


def interviewers(form: Questionnaire) -> Iterator[Objection]:
    """Object to the evaluated body's own staff as interviewers, or to silence about who asks."""
    fix = Text("由与被评价单位无关的机构访问", "let somebody ask who does not depend on the evaluated body")
    if form.interviewers == "body":
        found = Text("由被评价单位自己的人访问", "the evaluated body's own staff do the asking")
        yield Objection(("interviewers",), found, fix)
    elif form.interviewers is None:
        found = Text("没有写明由谁访问", "it does not say who asks")
        write = Text("写 interviewers: independent、body 或 none", "write interviewers: independent, body or none")
        yield Objection((), found, write, "warning")
    guidance = [(("introduction",), form.introduction)] if form.introduction else []
    guidance += [(("instructions", at), words) for at, words in enumerate(form.instructions)]  # type: ignore[misc]
    for path, words in guidance:
        for quoted in asserted(_OWN_STAFF, said(words)):
            found = Text(f"被评价单位的人在场（“{quoted}”）", f"the body's own staff take part (“{quoted}”)")
            yield Objection(path, found, fix)
