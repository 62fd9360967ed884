"""The browser fixtures work, and their guards bite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

GOOD = "<!doctype html><html lang='zh'><title>民评</title><main><h1>民评</h1></main></html>"
BAD = "<!doctype html><html lang='zh'><title>t</title><main><img src='data:,'></main></html>"

pytestmark = pytest.mark.browser


def test_two_characters_look_different_so_there_is_a_chinese_font(page: Page) -> None:
    page.set_content("<p id=one>民民民</p><p id=two>评评评</p>")
    assert page.locator("#one").screenshot() != page.locator("#two").screenshot()


def test_a_page_without_faults_is_accessible(page: Page, accessible: Callable[[Page], None]) -> None:
    page.set_content(GOOD)
    accessible(page)


def test_an_image_without_words_is_a_fault(page: Page, accessible: Callable[[Page], None]) -> None:
    page.set_content(BAD)
    with pytest.raises(AssertionError, match="image-alt"):
        accessible(page)


def test_a_page_from_another_machine_is_refused(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(
        """
        def test_asks_outside(page):
            page.set_content("<img src='http://example.invalid/a.png'>", wait_until="networkidle")

        def test_script_fails(page):
            page.set_content("<script>nothing.there()</script>")
        """
    )
    outcome = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    outcome.assert_outcomes(passed=2, errors=2)
    outcome.stdout.fnmatch_lines(["*asked for other machines*", "*errors in the page's script*"])
