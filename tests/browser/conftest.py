"""The demonstration served for real, and Chromium to look at it with."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from grants.app import create_app
from grants.cli.demo import PASSWORD

from ..demonstration import Demonstration

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is None:
        skip = pytest.mark.skip(reason="Chromium saknas: installera paketet chromium")
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def demonstration(demonstration_on) -> Demonstration:
    return demonstration_on("sqlite")


@pytest.fixture(scope="session")
def served(demonstration) -> Iterator[str]:
    """The address of the demonstration, served by threads as in earnest, CSRF included."""
    server = make_server("127.0.0.1", 0, create_app(demonstration.settings), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, served) -> Iterator[Page]:
    context = chromium.new_context(base_url=served, locale="sv-SE", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def log_in(page: Page, email: str) -> Page:
    page.goto("/logga-in")
    page.get_by_label("E-post").fill(email)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_load_state()
    return page
