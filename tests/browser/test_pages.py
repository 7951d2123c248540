"""Every kind of page, as every role, in a real browser: axe, widths, console. A page nobody visits fails the suite."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from sqlalchemy import select

from grants.app import create_app
from grants.cli.demo.cast import TRIED
from grants.extensions import db
from grants.models.people import Person

from ..crawl import crawl, endpoint_of
from .conftest import log_in

# Files, answers to machines, and pages that stand behind a link in a letter: each has tests of its own.
NOT_BY_LINK = {
    "start.healthz", "start.readyz", "people.accept", "decisions.letter", "applications.attachment", "statistics.as_file", "statistics.as_json",
    "statistics.as_csv", "start.parts",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VISITORS = [None, "Åsa Öberg", "Lars Nyberg", "Inger Modig", "Malin Stenvall", "Petra Wahlgren", "Karin Lindqvist", "Jamal Ahmed", "Eva Sjöström",
            "Maria Hallgren", "Anna Strand", "Bengt Rask", "Sanna Brodin", "Lisbet Thor", "Viktor Hagman", "Per Dahlén", "Ingrid Norlund", "Arne Lidman",
            "Driften Jansson", "Sven Ahlin", "Fatima Rahimi", "Gunilla Wik"]  # fmt: skip
looked_at: set[tuple[str, str]] = set()


@pytest.fixture(scope="session")
def addresses(demonstration) -> dict[str, str]:
    """Name → e-mail of those who can log in."""
    app = create_app(demonstration)
    with app.app_context():
        names = [name for _, name, _ in TRIED]
        return {p.name: p.email for p in db.session.scalars(select(Person).where(Person.name.in_(names), Person.password_hash.is_not(None)))}


@pytest.fixture(scope="session")
def map_of_pages(demonstration):
    return create_app(demonstration)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("visitor", VISITORS, ids=lambda name: name or "medborgare")
def test_every_page_is_accessible_fits_and_is_quiet(page: Page, addresses, map_of_pages, visitor):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}") if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    if visitor:
        log_in(page, addresses[visitor])

    def links_on(path: str) -> list[str]:
        answer = page.goto(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        kind = endpoint_of(map_of_pages, path)
        if kind not in looked_at:
            looked_at.add(kind)
            complaints.extend(_look_at(page, path))
        return page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")

    crawl(map_of_pages, links_on)
    assert not complaints, "\n".join(complaints)


def _look_at(page: Page, path: str) -> list[str]:
    found = []
    for violation in Axe().run(page, options={"runOnly": RULES}).response["violations"]:
        found.append(f"{path}: {violation['id']}: {violation['help']}: {violation['nodes'][0]['html'][:200]}")
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{path}: wider than {width} px")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def test_no_page_is_left_unseen(map_of_pages):
    """Runs after the visits: every address that can be read has been looked at by somebody."""
    readable = {rule.endpoint for rule in map_of_pages.url_map.iter_rules() if "GET" in rule.methods and rule.endpoint != "static"}
    if not looked_at:
        pytest.skip("needs the visits of this file")
    assert readable - {endpoint for endpoint, _ in looked_at} - NOT_BY_LINK == set()
