"""Options that are numbers: no overlap, no gap."""

from __future__ import annotations

import pytest

from tests.scheme.questionnaire.forms import choices


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        (("1—3 天", "3—5 天", "5 天以上"), "都含 3"),
        (("1—3 天", "4—6 天"), "超过 6"),
        (("1—3 天", "6 天及以上"), "空缺"),
        (("3—5 天", "6 天以上"), "低于 3"),
        (("不到 3 天", "超过 3 天"), "空缺"),
        (("甲街道", "乙街道", "丙街道"), "没有“其他”"),
    ],
)
def test_options_that_overlap_or_leave_a_gap_are_named(titles: tuple[str, ...], said: str) -> None:
    found = choices(*titles).findings
    assert {one.rule for one in found} == {"Q11"} and any(said in one.found.zh for one in found)


@pytest.mark.parametrize(
    "titles",
    [
        ("没有", "1—2 次", "3 次及以上"),
        ("不到 1 分钟", "1—5 分钟", "超过 5 分钟", "没有打过"),
        ("18—29 岁", "30—59 岁", "60 岁及以上"),
        ("1 天以内", "2—7 天", "8 天及以上"),
        ("小学及以下", "初中", "高中", "大专及以上"),
        ("从不", "偶尔", "经常"),
        ("窗口", "网上", "电话", "其他"),
        ("男", "女"),
        ("半天", "1 小时", "2 天"),
    ],
)
def test_options_that_are_whole_are_left_alone(titles: tuple[str, ...]) -> None:
    assert not choices(*titles).findings
