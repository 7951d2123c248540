"""Whatever is sent, by whom and in which order: nothing answers 500, and what is typed is answered in Swedish."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from grants.domain.words import Role

from . import make
from .pageclient import PageClient

JUNK = {
    "signs": "<script>alert(1)</script> ' OR 1=1; -- \" & 😀 \u202e åäö",
    "nothing": "",
    "below": "-1",
    "beyond": "9" * 40,
    "not a number": "NaN",
    "null": "a\x00b",
    "half a letter": "\ud800",
    "no such day": "2026-02-30",
    "person": "19121212-1212",
    "long": "x" * 20_000,
}
ROLES = (
    Role.PREPARER,
    Role.SIGNATORY,
    Role.OFFICER,
    Role.DECIDER,
    Role.TREASURER,
    Role.ASSESSOR,
    Role.MONEY_COORDINATOR,
    Role.KEEPER,
    Role.BOARD_ADMIN,
)
WORDS = {
    "part": "tider",
    "section": "budget",
    "kind": "final",
    "figure": "received",
    "fmt": "json",
    "token": "inget",
    "year": "2026",
    "number": "1",
}


@pytest.fixture
def peopled(app) -> Flask:
    """One of everything: a year's money, a draft, a received case, an assessed one, a project with a report begun."""
    make.pots(make.now().year)
    project = make.project()
    make.application("draft")
    case = make.application("checked", call=project.application.call)
    make.review(case, "open")
    make.decision(make.application("reviewed", call=project.application.call), "proposed")
    return app


def addresses(app: Flask, method: str) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if method in rule.methods and rule.endpoint != "static":
            for number in ("1", "2", "3") if "id" in rule.arguments else ("1",):
                yield re.sub(r"<(?:[^:<>]+:)?(\w+)>", lambda part, n=number: n if part[1] == "id" else WORDS.get(part[1], n), rule.rule)


def blind(visitor: PageClient) -> PageClient:
    """A client that does not look at the pages: how they hold together is tested where they are right."""
    visitor.looks = False
    return visitor


@pytest.mark.parametrize("role", [None, *ROLES], ids=lambda role: role or "nobody")
def test_no_page_answers_500_to_anybody(peopled, as_, client, role):
    visitor = blind(as_(make.person(role)) if role else client)
    for address in addresses(peopled, "GET"):
        for query in ("", "?sida=99999999999999999999&ar=x&q=%00&lan=%F0%9F%98%80&kr_1=NaN&organisation=-5"):
            assert visitor.get(address + query).status_code < 500, address


@pytest.mark.parametrize("role", [None, *ROLES], ids=lambda role: role or "nobody")
def test_no_button_answers_500_to_anybody_in_any_order(peopled, as_, client, role):
    visitor = blind(as_(make.person(role)) if role else client)
    for address in addresses(peopled, "POST"):
        if not address.startswith(("/logga-ut", "/konto")):
            assert visitor.post(address).status_code < 500, address
            assert visitor.post(address, data={"x": "y"}, content_type="text/plain").status_code < 500, address


@pytest.mark.parametrize("turn", range(2))
@pytest.mark.parametrize("role", [Role.PREPARER, Role.OFFICER, Role.TREASURER, Role.MONEY_COORDINATOR, Role.BOARD_ADMIN])
def test_no_form_answers_500_to_junk_in_every_box(peopled, as_, role, turn):
    visitor, junk = blind(as_(make.person(role))), list(JUNK.values())
    tried = 0
    for address in addresses(peopled, "GET"):
        answer = visitor.get(address)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        for form in BeautifulSoup(answer.get_data(as_text=True), "html.parser").find_all("form", method="post"):
            boxes = [box for box in form.find_all(["input", "textarea", "select"]) if box.get("name") not in (None, "csrf_token")]
            filled = {box["name"]: junk[(place + turn * 5) % len(junk)].encode("utf-8", "surrogatepass") for place, box in enumerate(boxes)}
            if filled and "logga-ut" not in form["action"]:
                tried += 1
                assert visitor.post(form["action"], data=filled).status_code < 500, form["action"]
    assert tried > 0


def test_a_stranger_cannot_be_led_away_after_logging_in(app, client):
    person = make.person(Role.OFFICER)
    for target in ("https://annat.example/", "//annat.example", "/\\annat.example", "javascript:alert(1)"):
        answer = client.post(f"/logga-in?next={target}", data={"email": person.email, "password": make.PASSWORD})
        assert "annat" not in answer.headers.get("Location", "")
        assert "javascript" not in answer.headers.get("Location", "")


def test_every_page_carries_the_safety_headers(app, client):
    answer = client.get("/")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src" not in answer.headers["Content-Security-Policy"]
