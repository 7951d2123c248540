"""Every kind of page in a real browser: axe, widths, console. A page that nobody reaches fails the suite."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from ..crawl import Kind
from ..demonstration import NAMES, Demonstration, person
from .conftest import log_in

# Files, answers to machines, and pages that stand behind a link in a letter: each has tests of its own.
NOT_BY_LINK = {
    "start.healthz", "start.readyz", "people.accept", "people.reset", "decisions.letter", "applications.attachment", "statistics.download",
    "reviews.ranking_csv", "start.parts",
}  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VISITORS = [None, *NAMES]


def mine(demonstration: Demonstration, visitor: str | None) -> dict[Kind, str]:
    """The kinds of pages that this visitor is the first of all to reach, each with an address."""
    before = {kind for other in VISITORS[: VISITORS.index(visitor)] for kind in demonstration.walked(other)}
    return {kind: paths[-1] for kind, paths in demonstration.walked(visitor).items() if kind not in before}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("visitor", VISITORS, ids=lambda name: name or "medborgare")
def test_every_page_is_accessible_fits_and_is_quiet(page: Page, demonstration, visitor):
    with demonstration.app.app_context():
        pages = mine(demonstration, visitor)
        email = person(visitor).email if visitor else None
    faults: list[str] = []
    page.on("console", lambda message: faults.append(f"{page.url}: {message.text}") if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    if email and pages:
        log_in(page, email)
    for path in pages.values():
        answer = page.goto(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        faults.extend(look_at(page, path))
    assert not faults, "\n".join(faults)


def look_at(page: Page, path: str) -> list[str]:
    """What axe finds, and whether the page scrolls sideways on a phone."""
    found = []
    for violation in Axe().run(page, options={"runOnly": RULES}).response["violations"]:
        found.append(f"{path}: {violation['id']}: {violation['help']}: {violation['nodes'][0]['html'][:200]}")
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{path}: wider than {width} px")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def test_no_page_is_left_unseen(demonstration):
    """Every address that can be read is reached by somebody, and so looked at above."""
    with demonstration.app.app_context():
        reached = {endpoint for visitor in VISITORS for endpoint, _ in demonstration.walked(visitor)}
    readable = {rule.endpoint for rule in demonstration.app.url_map.iter_rules() if "GET" in rule.methods and rule.endpoint != "static"}
    assert sorted(readable - reached - NOT_BY_LINK) == []
