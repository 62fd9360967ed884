"""Reports made of earlier reports, and reports that only share what all of them say."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minping.audit.fabrication.texts import most_reused
from minping.stats.reuse import reuse
from tests.audit.folders import looked, made, of, why

FORM = "根据年度工作安排，现将有关情况报告如下，请予审阅。"
OWN = [
    "全年新建公共停车位三百二十个，修复破损路面一万平方米，更换老旧路灯四百盏，居民夜间出行更加方便。",
    "组织义诊十二场次，为六十五岁以上老人体检两千余人，建立慢性病档案，家庭医生签约率稳步提高。",
    "清理河道淤泥八千立方米，岸坡补种乔木，水质由劣五类改善到四类，周边异味投诉明显减少。",
    "开展电工焊工培训六期，介绍就业四百人次，其中脱贫劳动力一百余人，月工资平均三千二百元。",
]
OFFICIAL = "body,period,indicator,value\nb00,2024,x,1\n"


def reports(*texts: tuple[str, str, str]) -> str:
    lines = [f"r{at},{body},{day},{text}\n" for at, (body, day, text) in enumerate(texts)]
    return "report,body,submitted_on,text\n" + "".join(lines)


def test_a_report_with_anothers_passage_is_shown_with_it(tmp_path: Path) -> None:
    texts = [
        ("b00", "2024-03-01", FORM + OWN[0]),
        ("b01", "2024-03-02", FORM + OWN[1]),
        ("b02", "2024-05-01", OWN[0] + "另外还做了很多其他工作。"),
    ]
    told = looked(made(tmp_path, official=OFFICIAL, reports=reports(*texts)))
    (one,) = of(told, "reused_reports")
    assert (one.id, one.grade, one.sample, one.beside) == (
        "2024:reused_reports:b02:r2",
        "E1",
        ("evidence/reports.csv:4",),
        ("evidence/reports.csv:2",),
    )
    assert one.said is not None and "r0 of b00" in one.said.en and "全年新建公共停车位" in one.said.en


def test_its_own_report_of_the_year_before_counts_too(tmp_path: Path) -> None:
    texts = [("b00", "2023-03-01", OWN[2]), ("b00", "2024-03-01", OWN[2]), ("b01", "2024-03-01", OWN[3])]
    told = looked(made(tmp_path, official=OFFICIAL, reports=reports(*texts)))
    assert [one.about for one in of(told, "reused_reports")] == ["r1"]


def test_the_earlier_report_is_no_finding_and_one_report_is_nothing_to_compare(tmp_path: Path) -> None:
    told = looked(made(tmp_path, official=OFFICIAL, reports=reports(("b00", "2024-03-01", OWN[0]))))
    assert "fewer than two" in why(told, "reused_reports")
    source, share = most_reused(reuse([OWN[0], OWN[1], OWN[0] + OWN[1]]), 3)
    assert source.tolist()[:2] == [-1, -1] and source[2] in (0, 1) and share[0] == 0
    np.testing.assert_array_less(0.2, share[2:])


def test_of_two_reports_of_one_day_the_id_decides_and_not_the_row(tmp_path: Path) -> None:
    texts = [("b01", "2024-03-01", OWN[2]), ("b00", "2024-03-01", OWN[2]), ("b02", "2024-03-01", OWN[3])]
    for name, text in (("1", reports(*texts)), ("2", reports(*texts[::-1]).replace("r0", "r9").replace("r2", "r0"))):
        (tmp_path / name).mkdir()
        told = looked(made(tmp_path / name, official=OFFICIAL, reports=text.replace("r9", "r2")))
        assert [one.id for one in of(told, "reused_reports")] == ["2024:reused_reports:b00:r1"]
