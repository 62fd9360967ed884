"""What every test may ask for: the reference data, a browser that reaches nothing but this machine, an axe check."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OURS = ("127.0.0.1", "localhost", "[::1]", "::1")

settings.register_profile("here", deadline=None, print_blob=True)
settings.register_profile(
    "ci", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session", autouse=True)
def home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keys and settings go into a temporary home, never into the user's."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MINPING_HOME", str(home))
        patch.delenv("MINPING_LANG", raising=False)
        yield home


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of reference data; it is not part of the repository."""
    named = os.environ.get("MINPING_REFERENCE")
    folder = Path(named) if named else ROOT.parent / "shared" / "reference"
    if not folder.is_dir():
        pytest.skip(f"the reference data are absent: no folder {folder} (set MINPING_REFERENCE to where they are)")
    return folder


def browser_program() -> str | None:
    """Where the system's Chromium is."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless; a machine without one fails, since a skipped test proves nothing."""
    program = browser_program()
    if program is None:
        pytest.fail("no Chromium on this machine; install it (Debian: apt-get install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(BROWSER_FLAGS))
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh session of the browser; a request for another machine's address is refused and fails the test."""
    refused: list[str] = []

    def only_here(route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.scheme in ("file", "data", "blob", "about") or address.hostname in OURS:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    opened = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    opened.route("**/*", only_here)
    yield opened
    opened.close()
    assert not refused, f"the page asked for other machines: {refused}"


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """An empty page, 1280 × 900; an error in the page's script fails the test."""
    errors: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert not errors, f"errors in the page's script: {errors}"


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Check a page by axe-core (WCAG 2.2 A and AA); the violations are told with the place of each."""

    def check(page: Page) -> None:
        from axe_playwright_python.sync_playwright import Axe

        wanted = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
        violations = Axe().run(page, options=wanted).response["violations"]
        told = [f"{found['id']}: {node['target']}: {found['help']}" for found in violations for node in found["nodes"]]
        assert not told, "\n".join(told)

    return check
