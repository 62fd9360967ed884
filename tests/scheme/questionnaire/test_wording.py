"""Leading words, two questions in one, answers handed out: what is found, and what is left alone."""

from __future__ import annotations

import pytest

from tests.scheme.questionnaire.forms import GUIDE, asked, report, rules_of


@pytest.mark.parametrize(
    "zh",
    [
        "您是否满意我们优质的服务？",
        "您对工作人员热情周到的服务是否满意？",
        "难道您不觉得办事更方便了吗？",
        "众所周知，我市营商环境全省领先，您怎么评价？",
        "在区委的坚强领导下，社区面貌一新，您是否满意？",
        "近年来治安明显好转，您对治安是否满意？",
        "您是否认同政府的工作是到位的？",
    ],
)
def test_leading_words_are_quoted(zh: str) -> None:
    found = asked(zh).findings
    assert {one.rule for one in found} == {"Q1"}
    assert "“" in found[0].found.zh and found[0].place.column == "questions.overall.text"


@pytest.mark.parametrize(
    "en",
    [
        "How satisfied are you with our excellent service?",
        "Don't you find it easier now?",
        "As everyone knows, crime is down; how safe do you feel?",
        "Given the significant improvement in the hall, how was it?",
        "Do you agree that the staff were helpful?",
    ],
)
def test_leading_english_is_found_too(en: str) -> None:
    assert rules_of(asked(en=en)) == ["Q1"]


@pytest.mark.parametrize(
    "zh",
    [
        "您对服务质量满意还是不满意？",
        "您觉得办事是否高效？",
        "您觉得工作人员的态度热情还是冷淡？",
        "与去年相比，治安明显好转、没有变化还是变差了？",
        "您是否满意？",
        "您同意还是不同意延长开放时间？",
        "您在多大程度上同意“窗口等候时间合理”？",
        "您认为优质服务窗口的评选是否公正？",
        "您对党和政府的联系群众工作满意还是不满意？",
        "您拨打热线电话时，是否很快有人接听？",
        "您用手机办理时，是否遇到困难？",
        "您是否知道社区民警的联系方式？",
        "您对窗口人员的办理速度满意还是不满意？",
        "您觉得办事大厅的标识清楚还是不清楚？",
    ],
)
def test_plain_questions_are_left_alone(zh: str) -> None:
    assert not asked(zh).findings


@pytest.mark.parametrize(
    ("zh", "quoted"),
    [
        ("您对服务态度和办事效率满意还是不满意？", "服务态度和办事效率"),
        ("您对收费、流程满意还是不满意？", "收费、流程"),
        ("工作人员是否热情并且专业？", "是否热情并且专业"),
        ("您满意吗？您还会再来吗？", "？您还会再来吗？"),
    ],
)
def test_two_questions_in_one_are_quoted(zh: str, quoted: str) -> None:
    (found,) = asked(zh).findings
    assert found.rule == "Q5" and quoted in found.found.zh


@pytest.mark.parametrize(
    ("en", "rules"),
    [
        ("How satisfied or dissatisfied were you with speed and courtesy?", ["Q5"]),
        ("Were the staff polite and helpful?", ["Q5"]),
        ("How satisfied or dissatisfied were you with waiting time?", []),
        ("Was it fast or slow?", []),
    ],
)
def test_two_english_questions_in_one(en: str, rules: list[str]) -> None:
    assert rules_of(asked(en=en)) == rules


@pytest.mark.parametrize(
    ("zh", "found"),
    [
        ("访问前发放明白纸。", True),
        ("请引导受访者选择非常满意。", True),
        ("统一口径：都说满意。", True),
        ("提醒商户打 10 分。", True),
        ("务必回答满意。", True),
        ("严禁发放标准答案。", False),
        ("不得引导受访者选择满意。", False),
        ("请受访者从非常满意到非常不满意中选择。", False),
        ("请逐一读出：非常满意、比较满意、一般。", False),
        ("受访者回答满意或不满意后，追问原因。", False),
        ("受访者可以不回答；没有参考答案。", False),
    ],
)
def test_answers_handed_out_are_found_and_their_ban_is_not(zh: str, found: bool) -> None:
    assert rules_of(report((GUIDE, zh))) == ["Q6"] * found


@pytest.mark.parametrize(
    ("en", "found"),
    [
        ("Please remind people to give us five stars.", True),
        ("Hand out the model answers before.", True),
        ("Never hand out model answers.", False),
        ("Please read out: very satisfied, rather satisfied.", False),
    ],
)
def test_answers_handed_out_in_english(en: str, found: bool) -> None:
    assert rules_of(report(("Read the question as written; never suggest an answer.", en))) == ["Q6"] * found


def test_a_handout_and_an_instruction_of_a_question_are_looked_at() -> None:
    told = report(
        ("scales:\n", "handouts: [{zh: 参考答案见附件, en: x}]\nscales:\n"),
        ("    scale: five\n", "    instruction: {zh: 建议选满意, en: x}\n    scale: five\n"),
    )
    assert [one.place.column for one in told.findings] == ["handouts.0", "questions.overall.instruction"]
