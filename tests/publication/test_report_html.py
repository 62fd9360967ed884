"""report.html as a whole: self-contained, safe, the same each time; in the browser: usable by everyone, everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from minping.publication.report_html import render_report
from minping.scheme.read import SchemeFile
from minping.scoring.evaluation import Evaluation
from tests.publication.evaluations import evaluation_in

Accessible = Callable[[Page], None]


@pytest.fixture(scope="session")
def html(evaluation: Evaluation) -> str:
    return render_report(evaluation)


@pytest.fixture
def opened(html: str, tmp_path: Path, page: Page) -> Page:
    path = tmp_path / "report.html"
    path.write_text(html, encoding="utf-8")
    page.goto(path.as_uri())
    return page


def test_the_page_needs_nothing_but_itself(html: str) -> None:
    loaded = re.findall(r'<(?:script|img|link|iframe|source)\b[^>]*(?:src|href)="([^"]+)"', html)
    assert loaded == ["data:,"] and "url(" not in html and "@import" not in html
    assert "default-src 'none'" in html and re.search(r"script-src 'sha256-[^']+'", html)


def test_both_languages_stand_in_the_page_and_one_comes_first(evaluation: Evaluation) -> None:
    for lang, tag in (("zh", "zh-Hans"), ("en", "en")):
        page = render_report(evaluation, lang)  # type: ignore[arg-type]
        assert f'<html lang="{tag}" data-lang="{lang}">' in page
        assert "小型考核方案" in page and "A small scheme" in page


def test_the_same_evaluation_gives_the_same_page(evaluation: Evaluation, html: str) -> None:
    assert render_report(evaluation) == html


def test_names_of_bodies_stay_text(html: str) -> None:
    assert "中&lt;心" in html and "中<心" not in html and "北&amp;区" in html


def test_a_hostile_scheme_stays_text(evaluation: Evaluation) -> None:
    scheme = evaluation.scheme.model_copy(update={"id": "</style><script>alert(1)</script>"})
    file = SchemeFile(scheme, evaluation.scheme_file.source, evaluation.scheme_file.text)
    assert "<script>alert" not in render_report(replace(evaluation, scheme_file=file))


def test_findings_of_the_linter_and_waivers_are_printed(html: str) -> None:
    assert "方案检查" in html and "L3" in html and "复核由上级机关另行规定" in html


def test_a_map_is_read_from_the_schemes_own_folder_only(evaluation: Evaluation, tmp_path: Path) -> None:
    shapes = '{"features": [{"properties": {"body": "b00"}, "geometry": {"type": "Polygon", "coordinates": [[[0,0],[1,0],[1,1]]]}}]}'
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "map.geojson").write_text(shapes, encoding="utf-8")
    (tmp_path / "out.geojson").write_text(shapes, encoding="utf-8")
    for name, drawn in (("map.geojson", True), ("../out.geojson", False), ("gone.geojson", False)):
        publish = evaluation.scheme.publish.model_copy(update={"map": name})
        source = replace(evaluation.scheme_file.source, file=str(tmp_path / "in" / "scheme.yaml"))
        file = SchemeFile(
            evaluation.scheme.model_copy(update={"publish": publish}), source, evaluation.scheme_file.text
        )
        assert ('class="drawing map"' in render_report(replace(evaluation, scheme_file=file))) == drawn, name


@pytest.mark.browser
def test_the_language_is_switched_by_click_and_by_keyboard(opened: Page) -> None:
    assert opened.locator("h1").inner_text() == "小型考核方案"
    opened.get_by_text("English", exact=True).click()
    assert opened.locator("h1").inner_text() == "A small scheme" and opened.title().startswith("A small scheme")
    assert opened.locator("html").get_attribute("lang") == "en"
    opened.locator("#lang-en").focus()
    opened.keyboard.press("ArrowLeft")
    assert opened.locator("h1").inner_text() == "小型考核方案"


@pytest.mark.browser
def test_the_page_reads_without_javascript(html: str, tmp_path: Path, browser: Browser) -> None:
    path = tmp_path / "report.html"
    path.write_text(html, encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator("h1").inner_text() == "小型考核方案"
    page.locator("label", has_text="English").click()
    assert page.locator("h1").inner_text() == "A small scheme"
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("lang", ["中文", "English"])
def test_the_page_never_scrolls_sideways(opened: Page, width: int, lang: str) -> None:
    opened.set_viewport_size({"width": width, "height": 900})
    opened.get_by_text(lang, exact=True).click()
    opened.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["中文", "English"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(opened: Page, accessible: Accessible, lang: str, scheme: str) -> None:
    opened.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    opened.get_by_text(lang, exact=True).click()
    opened.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    accessible(opened)


@pytest.mark.browser
def test_a_name_in_the_ranking_opens_the_bodys_section(opened: Page) -> None:
    link = opened.locator("#results .ranking table a").first
    section = opened.locator(f"[id='{link.get_attribute('href')[1:]}']")  # type: ignore[index]
    assert not section.locator("table").first.is_visible()
    link.click()
    section.locator("table").last.wait_for(state="visible", timeout=5000)  # the page answers a change of its address


@pytest.mark.browser
def test_a_body_is_found_by_typing(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(render_report(evaluation_in(tmp_path / "many", bodies=30)), encoding="utf-8")
    page.goto(path.as_uri())
    rows = page.locator("#results .ranking tbody tr:visible")
    assert rows.count() == 30
    page.locator(".find input").fill("南区12")
    assert rows.count() == 1 and "南区12" in rows.first.inner_text()
    page.locator(".find input").fill("")
    assert rows.count() == 30


@pytest.mark.browser
def test_nothing_covers_or_cuts_the_text_of_a_drawing(opened: Page) -> None:
    outside = """() => [...document.querySelectorAll('svg.drawing')].flatMap(svg => {
        const box = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('text')].filter(text => {
            const one = text.getBoundingClientRect();
            return one.width && (one.left < box.left - 2 || one.right > box.right + 2 || one.bottom > box.bottom + 2);
        }).map(text => text.textContent);
    })"""
    for width in (390, 1280):
        opened.set_viewport_size({"width": width, "height": 900})
        assert opened.evaluate(outside) == []


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["中文", "English"])
def test_what_has_no_room_on_a_telephone_is_hidden_there(opened: Page, lang: str) -> None:
    opened.get_by_text(lang, exact=True).click()
    shown = (
        "[...document.querySelectorAll('.drawing .wide')].filter(one => one.getBoundingClientRect().width > 0).length"
    )
    opened.set_viewport_size({"width": 390, "height": 900})
    assert opened.evaluate(shown) == 0
    opened.set_viewport_size({"width": 1280, "height": 900})
    assert opened.evaluate(shown) > 0
