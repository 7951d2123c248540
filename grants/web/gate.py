"""The gate: the rule above each view, and the one commit of a request.

`@rule("application.submit", Application)` loads the thing, answers 404 to who may not see it and 403 to who sees but
may not act, calls the view and commits. `@public` says that a page needs no rule, and why.
"""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from flask import Flask, abort, current_app, g, request
from flask_login import UserMixin, current_user
from sqlalchemy.orm import Session as OrmSession
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter

from ..domain.calendar import civil_date
from ..domain.errors import Forbidden, Refusal, Unmet
from ..domain.permissions import ANONYMOUS, TABLE, Actor, Moment, allowed, holds
from ..extensions import db, login, writing
from ..services import people, records

SAFE = ("GET", "HEAD", "OPTIONS")
SEEN_EVERY = 300  # seconds between two notes that a session is in use


class Visitor(UserMixin):
    """Who is logged in, by a session that can be revoked. `get_id` is the token in the cookie."""

    def __init__(self, token: str, session_id: int, actor: Actor):
        self.token, self.session_id, self.actor = token, session_id, actor

    def get_id(self) -> str:
        return self.token


class WholeNumber(IntegerConverter):
    """A number in an address. One that no database can hold leads nowhere (404)."""

    def __init__(self, rules: Any, *given: Any, max: int = 2**63 - 1, **named: Any):
        super().__init__(rules, *given, max=max, **named)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = WholeNumber
    app.before_request(_begin)
    app.teardown_request(_end)


@login.user_loader
def _load(token: str) -> Visitor | None:
    settings = current_app.config["SETTINGS"]
    session = people.session_by_token(token, now(), idle_hours=settings.session_idle_hours, days=settings.session_days)
    if session is None:
        return None
    actor = people.actor_for(session.person, session.organisation_id, civil_date(now()))
    if (now() - session.seen_at).total_seconds() > SEEN_EVERY:
        _note_that_seen(session.id)
    return None if actor.is_anonymous else Visitor(token, session.id, actor)


def _note_that_seen(session_id: int) -> None:
    """In the request's own transaction when it holds the write lock already; waiting for itself would be forever."""
    if "writing" in g:
        people.see_session(session_id, now())
        return
    with apart():
        people.see_session(session_id, now())


def now() -> datetime:
    """The moment of this request: one and the same from beginning to end."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    return g.now


def me() -> Actor:
    """Who acts; nobody is `ANONYMOUS`."""
    return current_user.actor if current_user.is_authenticated else ANONYMOUS


def moment() -> Moment:
    return Moment(me(), now())


def rule(key: str, model: type[Any] | None = None, *, parent: str | None = None) -> Callable[[Any], Any]:
    """The permission of a view. With a model the address' id becomes the thing; without, any cell in the row will do.

    `parent`: the thing is loaded for sight only ("application"), and the service asks the permission of what it makes.
    """
    noun, _, _ = key.partition(".")
    TABLE[key]  # An unknown key fails when the room is imported, not at the click.

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(**address: Any) -> Any:
            if model is None:
                _require(holds(me(), key))
                return _finish(view, **address)
            thing = find(model, address.pop("id")) or abort(404)
            if not allowed(me(), f"{parent or noun}.view", thing.standing):
                abort(404 if not me().is_anonymous else 401)
            _require(holds(me(), key) if parent else allowed(me(), key, thing.standing))
            return _finish(view, thing, **address)

        guarded.rule, guarded.writes = key, True  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(why: str, *, writes: bool = True) -> Callable[[Any], Any]:
    """A page for everybody. `writes=False`: an unsafe request that takes no write lock until it has thought."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(**address: Any) -> Any:
            return _finish(view, **address)

        guarded.rule, guarded.why, guarded.writes = "public", why, writes  # type: ignore[attr-defined]
        return guarded

    return decorate


def personal(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page about the person's own account: whoever is logged in."""

    @wraps(view)
    def guarded(**address: Any) -> Any:
        if not current_user.is_authenticated:
            abort(401)
        return _finish(view, **address)

    guarded.rule, guarded.writes = "personal", True  # type: ignore[attr-defined]
    return guarded


def attempt(form: Any, deed: Callable[..., Any], *args: Any, **named: Any) -> Any:
    """Run a deed and answer with what it made, or True; a refusal undoes it and hangs its reasons on the form: False."""
    try:
        with db.session.begin_nested():
            made = deed(*args, **named)
            db.session.flush()
    except Unmet as refusal:
        records.forget()
        form.form_errors = [*form.form_errors, *refusal.reasons]
        return False
    return made or True


@contextmanager
def apart() -> Any:
    """A short transaction of its own, for what must be remembered even when the request is refused."""
    usual = db.session.registry()
    with writing(), OrmSession(db.engine, join_transaction_mode="create_savepoint") as own:
        db.session.registry.set(own)
        try:
            yield
            own.commit()
        finally:
            db.session.registry.set(usual)


def find(model: type[Any], id: int) -> Any:
    """The thing with an id, or None; no row has a number that the database cannot hold."""
    return db.session.get(model, id) if 0 < id < 2**31 else None


def _require(may: bool) -> None:
    if not may:
        if me().is_anonymous:
            abort(401)
        raise Forbidden("Du har inte behörighet att göra det här.")


def _finish(view: Callable[..., Any], *args: Any, **address: Any) -> Any:
    """Call the view; commit when an unsafe request went well, otherwise leave no trace."""
    try:
        answer = view(*args, **address)
    except (Refusal, HTTPException):
        _roll_back()
        raise
    if request.method in SAFE:
        return answer
    if _status(answer) < 400:
        commit()
    else:
        _roll_back()
    return answer


def commit() -> None:
    """The one commit: the history is sealed first."""
    records.seal()
    db.session.commit()


def _roll_back() -> None:
    records.forget()
    db.session.rollback()


def _status(answer: Any) -> int:
    if isinstance(answer, tuple):
        return next((part for part in answer[1:] if isinstance(part, int)), 200)
    return getattr(answer, "status_code", 200)


def _begin() -> None:
    view = _view()
    if request.method not in SAFE and getattr(view, "writes", False):
        g.writing = writing()
        g.writing.__enter__()


def _end(error: BaseException | None) -> None:
    if held := g.pop("writing", None):
        held.__exit__(None, None, None)


def _view() -> Any:
    """The view function of this request, or None."""
    return current_app.view_functions.get(request.endpoint or "")
