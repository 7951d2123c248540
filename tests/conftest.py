"""What every test may ask for: the app on both databases, a client that looks at every page, and people to be."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import event

from grants.app import create_app
from grants.cli.working import work
from grants.config import Settings
from grants.domain.permissions import Moment
from grants.extensions import db, writing
from grants.services import people, reference

from .demonstration import Demonstration
from .pageclient import PageClient
from .postgres import PostgreSQL


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    with PostgreSQL() as server:
        yield server


def settings_for(kind: str, folder, request) -> Settings:
    url = request.getfixturevalue("postgresql").create_database() if kind == "postgresql" else ""
    return Settings(database_url=url, instance_path=str(folder), argon2_memory_kib=8, secret_key="only for tests")


def prepared(settings: Settings) -> Flask:
    """An app on a migrated database with the reference data."""
    app = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_FAULTS=True)
    app.test_client_class = PageClient
    with app.app_context():
        flask_migrate.upgrade()
        with work():
            reference.load()
    return app


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def built(request, tmp_path_factory) -> Iterator[Flask]:
    app = prepared(settings_for(request.param, tmp_path_factory.mktemp(request.param), request))
    app.after_request(_left_nothing_behind)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def demonstration_on(request, tmp_path_factory) -> Iterator[Callable[[str], Demonstration]]:
    """The demonstration on a kind of database, loaded when it is first asked for."""
    loaded: dict[str, Demonstration] = {}

    def on(kind: str) -> Demonstration:
        if kind not in loaded:
            loaded[kind] = Demonstration(prepared(settings_for(kind, tmp_path_factory.mktemp("demo"), request)))
        return loaded[kind]

    yield on
    for each in loaded.values():
        with each.app.app_context():
            db.session.remove()
            db.engine.dispose()


def _left_nothing_behind(answer):
    """A request that went well has saved all that it changed."""
    if answer.status_code < 400:
        changed = [thing for thing in db.session.dirty if db.session.is_modified(thing)]
        assert not (db.session.new or changed or db.session.deleted), "the view left changes uncommitted"
    return answer


@pytest.fixture
def app(built) -> Iterator[Flask]:
    """The app inside a transaction that is undone afterwards: commits are savepoints."""
    with built.app_context():
        usual = db.engines[None]
        with writing():
            connection = usual.connect()
            outer = connection.begin()
        db.engines[None] = connection
        try:
            yield built
        finally:
            db.session.remove()
            db.engines[None] = usual
            outer.rollback()
            connection.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared(request, tmp_path_factory):
    """An app on a database of its own, where commits are real."""
    app = prepared(settings_for(request.param, tmp_path_factory.mktemp("shared"), request))
    yield app, request.param
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app) -> PageClient:
    return app.test_client()


@pytest.fixture
def as_(app):
    """A client logged in as a person, acting for their organisation: `as_(person).get("/…")`."""

    def log_in(person, organisation=None) -> PageClient:
        client = app.test_client()
        with work():
            token = people.open_session(person, datetime.now(UTC), organisation.id if organisation else None)
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        return client

    return log_in


@pytest.fixture
def moment_of(app):
    """The moment in which a person acts, now or at a given time: for calling services directly."""

    def of(person, at: datetime | None = None, organisation=None) -> Moment:
        now = at or datetime.now(UTC)
        return Moment(people.actor_for(person, organisation.id if organisation else None, now.date()), now)

    return of


@pytest.fixture
def queries(app):
    """Counts the statements of what runs inside: `with queries() as seen: …; assert len(seen) <= 12`."""

    @contextmanager
    def counted():
        seen: list[str] = []

        def note(connection, cursor, statement, parameters, context, executemany):
            if not re.match(r"(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)", statement):
                seen.append(statement)

        connection = db.engines[None]
        event.listen(connection, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(connection, "before_cursor_execute", note)

    return counted
