"""report.docx: what it says, and an office's own template checked in words."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from minping.errors import BundleError, Problem
from minping.publication import notices
from minping.publication.notices import report_of
from minping.publication.report_docx import SHIPPED, docx_bytes
from minping.scoring.evaluation import Evaluation
from minping.words import Lang
from tests.publication.evaluations import NAMES


def _template(path: Path, *lines: str) -> Path:
    page = Document()
    for line in lines:
        page.add_paragraph(line)
    page.save(str(path))
    return path


def _words(content: bytes) -> str:
    """All words of a document, tables too."""
    page = Document(io.BytesIO(content))
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in page.paragraphs), *cells])


def _problems(evaluation: Evaluation, template: Path) -> tuple[Problem, ...]:
    with pytest.raises(BundleError) as error:
        docx_bytes(report_of(evaluation, "zh"), template)
    return error.value.problems


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_shipped_templates_print_every_part(evaluation: Evaluation, lang: Lang) -> None:
    report = report_of(evaluation, lang)
    words = _words(docx_bytes(report, SHIPPED[lang]))
    for row in report.ranks:
        for part in (row.name, row.score, row.score_interval, row.grade):
            assert part in words
    assert report.title in words
    assert report.companions[0].spearman in words
    assert report.waivers[0].reason in words
    assert "{{" not in words
    assert "{%" not in words


def test_every_body_gets_a_page_of_its_own(evaluation: Evaluation) -> None:
    page = Document(io.BytesIO(docx_bytes(report_of(evaluation, "zh"), SHIPPED["zh"])))
    titles = [line for line in page.paragraphs if line.style is not None and line.style.name == "Notice Title"]
    assert sorted(line.text for line in titles) == sorted(f"{name}评价结果告知" for name in NAMES)
    assert page.styles["Notice Title"].paragraph_format.page_break_before


def test_contributions_in_a_notice_sum_to_the_score(evaluation: Evaluation) -> None:
    for notice in report_of(evaluation, "zh").notices:
        total = sum(float(row.contribution.replace("−", "-")) for row in notice.parts)
        assert total == pytest.approx(float(notice.score), abs=0.011)


def test_a_notice_has_a_line_for_every_part_and_adjustment(evaluation: Evaluation) -> None:
    for notice in report_of(evaluation, "zh").notices:
        assert [row.title for row in notice.parts] == ["民生", "经济", "安全责任事故"]
    deducted = {notice.body: notice.parts[-1].contribution for notice in report_of(evaluation, "zh").notices}
    assert deducted == {"b00": "0.00", "b01": "0.00", "b02": "0.00", "b03": "−2.00", "b04": "0.00"}


def test_what_a_body_lost_most_stands_first(evaluation: Evaluation) -> None:
    for notice in report_of(evaluation, "zh").notices:
        lost = [float(row.difference.replace("−", "-")) for row in notice.losses]
        gained = [float(row.difference) for row in notice.gains]
        assert lost == sorted(lost)
        assert gained == sorted(gained, reverse=True)
        assert all(figure <= 0 for figure in lost)


def test_the_same_report_gives_the_same_bytes_whenever_it_is_made(
    evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = report_of(evaluation, "zh", on=date(2017, 1, 2))
    made = docx_bytes(report, SHIPPED["zh"])
    later = time.localtime(2_000_000_000)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    assert docx_bytes(report, SHIPPED["zh"]) == made
    assert "2017-01-02" in _words(made)


def test_an_offices_own_template_is_filled(evaluation: Evaluation, tmp_path: Path) -> None:
    template = _template(
        tmp_path / "own.docx", "关于{{ period }}的通报", "{%p for row in ranks %}", "{{ row.name }}", "{%p endfor %}"
    )
    words = _words(docx_bytes(report_of(evaluation, "zh"), template)).splitlines()
    assert words == ["关于2016的通报", *(row.name for row in report_of(evaluation, "zh").ranks)]


def test_every_unknown_name_of_a_template_is_reported_with_the_nearest(evaluation: Evaluation, tmp_path: Path) -> None:
    lines = ("{{ perid }} {{ zzz }}", "{%p for row in ranks %}", "{{ row.nmae }}", "{%p endfor %}")
    template = _template(tmp_path / "own.docx", *lines)
    problems = {problem.found.en.split()[4].strip(","): problem for problem in _problems(evaluation, template)}
    assert set(problems) == {"perid", "zzz", "nmae"}
    assert problems["perid"].fix.en == "did you mean period?"
    assert problems["nmae"].fix.en == "did you mean name?"
    assert all(problem.code == "unknown-placeholder" for problem in problems.values())
    assert all(problem.place.file == str(template) for problem in problems.values())


@pytest.mark.parametrize(
    "line", ["{{ period", "{% for row in ranks %}", "{{ period | nosuchfilter }}", "{{ 1 / 0 }}", "{{ period + 1 }}"]
)
def test_a_fault_in_a_template_is_said_and_is_no_traceback(line: str, evaluation: Evaluation, tmp_path: Path) -> None:
    problems = _problems(evaluation, _template(tmp_path / "own.docx", line))
    assert [problem.code for problem in problems] == ["bad-template"]


@pytest.mark.parametrize("line", ["{{ ''.__class__.__mro__ }}", "{{ ranks.__class__.__base__.__subclasses__() }}"])
def test_a_template_cannot_reach_out_of_its_sandbox(line: str, evaluation: Evaluation, tmp_path: Path) -> None:
    assert _problems(evaluation, _template(tmp_path / "own.docx", line))


@pytest.mark.parametrize("content", [b"", b"not word", b"PK\x03\x04 cut short"])
def test_what_is_no_word_file_is_refused_in_words(content: bytes, evaluation: Evaluation, tmp_path: Path) -> None:
    (tmp_path / "own.docx").write_bytes(content)
    assert _problems(evaluation, tmp_path / "own.docx")[0].code == "bad-template"


def test_a_zip_that_is_no_word_file_and_a_file_that_is_not_there_are_refused(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "own.docx", "w") as file:
        file.writestr("a", "1")
    assert _problems(evaluation, tmp_path / "own.docx")[0].code == "bad-template"
    assert _problems(evaluation, tmp_path / "none.docx")[0].code == "bad-template"


def test_a_template_that_is_a_zip_bomb_is_refused(evaluation: Evaluation, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "own.docx", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", bytes(60_000_000))
    assert _problems(evaluation, tmp_path / "own.docx")[0].code == "zip-bomb"


def test_marks_and_control_characters_in_names_do_no_harm(evaluation: Evaluation) -> None:
    names = ("<w:p>", "{{ period }}", "a\x00\x0bb", "&amp;", "{% endfor %}")
    evidence = replace(evaluation.evidence, bodies=replace(evaluation.evidence.bodies, names=names))
    words = _words(docx_bytes(report_of(replace(evaluation, evidence=evidence), "zh"), SHIPPED["zh"]))
    for said in ("<w:p>", "{{ period }}", "a\ufffd\ufffdb", "&amp;", "{% endfor %}"):
        assert said in words


def test_above_a_number_of_bodies_there_are_no_notices(evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "MOST_NOTICES", 4)
    report = report_of(evaluation, "zh")
    assert report.notices == ()
    assert len(report.ranks) == 5


def test_without_draws_and_grades_dashes_stand_where_nothing_is_known(evaluation: Evaluation) -> None:
    bare = replace(evaluation, intervals=None, grades=())
    words = _words(docx_bytes(report_of(bare, "zh"), SHIPPED["zh"]))
    assert "没有区间" in words
    assert "建议等次" not in words.split("位次与建议等次", 1)[1]
    assert {row.rank_interval for row in report_of(bare, "zh").ranks} == {"—"}
