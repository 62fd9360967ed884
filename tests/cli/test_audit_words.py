"""What `minping audit` prints, by the width of the terminal and the language."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from minping.audit.suspicions import SUSPICIONS
from minping.cli.audit_words import found_words, print_findings, print_skipped, rows_of
from minping.model.findings import Finding, Findings, NotApplicable
from minping.words import Lang, Text


def finding(key: str, **other: object) -> Finding:
    row = SUSPICIONS[key]
    given = {
        "observed": 7.0,
        "expected": 1.25,
        "n": 30,
        "p": 0.0,
        "q": 0.0,
        "rows": 2,
        "sample": ("evidence/official.csv:3", "evidence/official.csv:9"),
    }
    return Finding(
        key,
        row.title,
        "b1",
        "2024",
        row.compared,
        grade=row.grade,
        innocent=row.innocent,
        check=row.check,
        **{**given, **other},
    )  # type: ignore[arg-type]


TOLD = Findings(
    "2024",
    (finding("sums", about="gdp", said=Text("相差 5", "5 apart")), finding("instant", p=0.01, q=0.02)),
    tuple(
        NotApplicable(key, SUSPICIONS[key].title, Text("没有表 x", "there is no table x")) for key in ("means", "burst")
    ),
    {"sums": 3, "instant": 3},
)


def printed(width: int, lang: Lang) -> str:
    out = Console(file=io.StringIO(), width=width)
    print_findings(out, TOLD, {"b1": "甲"}, lang)
    print_skipped(out, TOLD, lang)
    return out.file.getvalue()  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("width", [80, 160])
def test_findings_stand_under_what_is_looked_for(width: int) -> None:
    told = printed(width, "en")
    flat = " ".join(told.split())
    assert flat.index("whether citizens' voices") < flat.index("whether figures can be")
    assert "5 apart" in flat and "may also be: another scope" in flat
    assert "7, about 1.2 expected (of 30)" in flat or width == 160
    assert (
        "not applicable, because there is no table x: means that their people can't give; a burst of ratings on two"
        in flat
    )


def test_in_chinese() -> None:
    told = "".join(printed(200, "zh").split())
    assert "数字是否可能" in told and "相差5" in told and "不适用，因为没有表x:均值与人数不符、两日内集中评价" in told


def test_nothing_found_is_said() -> None:
    out = Console(file=io.StringIO(), width=80)
    print_findings(out, Findings("2024", (), (), {}), {}, "en")
    assert "nothing that needs checking" in out.file.getvalue()  # type: ignore[attr-defined]


def test_rows_are_named_file_once() -> None:
    assert rows_of(TOLD.findings[0]) == "2: evidence/official.csv:3, 9"
    assert found_words(TOLD.findings[1]).zh == "7，应约 1.2（共 30）"
