"""A client that looks at every page it fetches: title, one h1, unique ids, labels, described errors, form actions."""

from typing import Any

import html5lib
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from grants.extensions import db
from grants.services import records

UNLABELLED = ("hidden", "submit", "button")


class PageClient(FlaskClient):
    """Each request has an app context of its own, as on a server; the test's own session sees what was saved."""

    looks = True

    def open(self, *args: Any, follow_redirects: bool = False, **options: Any) -> TestResponse:
        answer = self._once(*args, **options)
        while follow_redirects and answer.status_code in (301, 302, 303):
            answer = self._once(answer.location)
        return answer

    def _once(self, *args: Any, **options: Any) -> TestResponse:
        """One request, from an empty session to a closed one: what it did not commit is gone."""
        records.seal()
        db.session.commit()
        with self.application.app_context():
            answer = super().open(*args, **options)
        db.session.expire_all()
        if self.looks and answer.mimetype == "text/html" and answer.data and not 300 <= answer.status_code < 400:
            check_page(answer.get_data(as_text=True), answer.request.path)
        return answer

    def page(self, address: str, *, status: int = 200) -> BeautifulSoup:
        """The page at an address, parsed."""
        answer = self.get(address, follow_redirects=True)
        assert answer.status_code == status, f"{address}: {answer.status_code}\n{text_of(answer)[:1500]}"
        return BeautifulSoup(answer.get_data(as_text=True), "html.parser")

    def send(self, address: str, data: dict[str, Any] | None = None, *, status: int = 200, **more: Any) -> BeautifulSoup:
        """Send a form and follow where it leads; the page that comes back, parsed."""
        answer = self.post(address, data=data or {}, follow_redirects=True, **more)
        assert answer.status_code == status, f"{address}: {answer.status_code}\n{text_of(answer)[:1500]}"
        return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def text_of(answer: TestResponse) -> str:
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser").get_text(" ", strip=True)


def check_page(html: str, path: str) -> None:
    parser = html5lib.HTMLParser()
    parser.parse(html)
    faults = [f"{html.splitlines()[line - 1].strip()[:200]} ({code} {more})" for (line, _), code, more in parser.errors]
    assert not faults, f"{path}: {faults[0]}"
    soup = BeautifulSoup(html, "html.parser")
    assert soup.title and soup.title.get_text(strip=True), f"{path}: no title"
    assert len(soup.find_all("h1")) == 1, f"{path}: not one h1"
    assert soup.html["lang"] == "sv", f"{path}: no language"
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids)), f"{path}: ids used twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    for tag in soup.find_all(style=True):
        raise AssertionError(f"{path}: inline style on {tag.name}")
    assert not [s for s in soup.find_all("script") if not s.get("src")], f"{path}: inline script"
    _check_forms(soup, path, set(ids))


def _check_forms(soup: BeautifulSoup, path: str, ids: set[str]) -> None:
    for form in soup.find_all("form"):
        assert form.get("action"), f"{path}: a form without action"
        assert form.get("method", "get").lower() in ("get", "post"), f"{path}: odd method"
    labels = {label.get("for") for label in soup.find_all("label")}
    for box in soup.find_all(["input", "select", "textarea"]):
        if box.get("type") in UNLABELLED:
            continue
        named = box.get("aria-label") or box.get("aria-labelledby") or box.get("id") in labels or box.find_parent("label")
        assert named, f"{path}: {box.get('name')} has no label"
        if box.get("type") in ("radio", "checkbox") and box.find_parent("fieldset"):
            assert box.find_parent("fieldset").find("legend"), f"{path}: {box.get('name')} has no legend"
        for described in (box.get("aria-describedby") or "").split():
            assert described in ids, f"{path}: {box.get('name')} is described by a missing {described}"
