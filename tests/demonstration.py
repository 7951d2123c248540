"""The demonstration, loaded once per database and walked once per person: what the tests of pages share."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from grants.cli.demo import load
from grants.cli.demo.cast import TRIED
from grants.cli.working import work
from grants.config import Settings
from grants.extensions import db
from grants.models.people import Person
from grants.services import people

from .crawl import Kind, crawl
from .pageclient import PageClient

NAMES = [name for _, name, _ in TRIED]
# Pages of one kind that differ by the state of the thing: several are opened, so that every link is found.
SEVERAL = {
    "applications.show": 25,
    "projects.show": 8,
    "decisions.show": 12,
    "calls.show": 10,
    "pots.show": 4,
    "projects.report": 4,
    "calls.index": 2,
}


class Demonstration:
    """A database that holds the demonstration, and the map of its pages."""

    def __init__(self, app: Flask):
        self.app = app
        self.walked = cache(self._walk)
        with app.app_context():
            load()
            db.session.remove()

    @property
    def settings(self) -> Settings:
        return self.app.config["SETTINGS"]

    @property
    def file(self) -> Path:
        return self.settings.instance / "p37.sqlite"

    def client(self, name: str | None) -> PageClient:
        """A client logged in as one of the persons, or as nobody."""
        self.app.test_client_class = PageClient
        client = self.app.test_client()
        if name:
            with work():
                token = people.open_session(person(name), datetime.now(UTC))
            with client.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = token, True
        return client

    def _walk(self, name: str | None) -> dict[Kind, list[str]]:
        """Every kind of page that a person reaches by links, each page checked on the way."""
        client = self.client(name)

        def links_on(path: str) -> list[str]:
            return [link["href"] for link in client.page(path).find_all("a", href=True)]

        return crawl(self.app, links_on, several=SEVERAL)


def person(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == name, Person.password_hash.is_not(None))).one()
