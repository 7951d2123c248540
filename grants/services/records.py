"""The history: what was done, by whom, when. Rows wait in the session and are sealed just before the commit, so that
the lock on the chain is held for a moment only."""

from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import Select, func, insert, select, text
from sqlalchemy.orm import Session, joinedload

from ..domain import chain
from ..domain.calendar import civil_date
from ..domain.deeds import DRAFTING, INTERNAL
from ..domain.permissions import Actor, Moment, allowed
from ..extensions import db
from ..models.applications import Application
from ..models.records import Event

CHAIN_LOCK = 3737


def note(verb: str, thing: Any, moment: Moment, *, was: str | None = None, text: str = "") -> None:
    """Remember that a person did something to a thing. The row is written by `seal`."""
    db.session.info.setdefault("events", []).append((thing, verb, was, getattr(thing, "state", None), moment, text))


def forget() -> None:
    """Drop what waits: the transaction is rolled back."""
    db.session.info.pop("events", None)


def seal() -> None:
    """Write the waiting rows, each with the hash of the one before. Called by whoever commits."""
    waiting = db.session.info.pop("events", [])
    db.session.flush()
    if not waiting:
        return
    _lock_chain(db.session())
    number, previous = _last(db.session())
    rows = []
    for thing, verb, was, became, moment, words in waiting:
        number += 1
        facts = _facts(thing, verb, was, became, moment, words)
        sealed = chain.row_hash(number, facts, previous)
        rows.append({"number": number, **facts, "previous": previous, "hash": sealed})
        previous = sealed
    db.session.execute(insert(Event), rows, execution_options={"render_nulls": True})


def _lock_chain(session: Session) -> None:
    """SQLite writers already stand in line; PostgreSQL's are lined up here."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CHAIN_LOCK})


def _last(session: Session) -> tuple[int, str]:
    last = session.execute(select(Event.number, Event.hash).order_by(Event.number.desc()).limit(1)).first()
    return (last.number, last.hash) if last else (0, chain.GENESIS)


def _facts(thing: Any, verb: str, was: Any, became: Any, moment: Moment, words: str) -> dict[str, Any]:
    return {
        "noun": thing.noun,
        "thing_id": thing.id,
        "case_id": case_of(thing),
        "verb": verb,
        "was": was,
        "became": became,
        "person_id": moment.actor.person_id,
        "organisation_id": moment.actor.organisation_id,
        "at": moment.now,
        "note": words,
    }


def case_of(thing: Any) -> int | None:
    """The application a thing belongs to, if any: its history is told on the case."""
    if isinstance(thing, Application):
        return thing.id
    if hasattr(thing, "project"):
        thing = thing.project
    return getattr(thing, "application_id", None)


def _hashed(event: Event) -> dict[str, Any]:
    names = ("noun", "thing_id", "case_id", "verb", "was", "became", "person_id", "organisation_id", "at", "note")
    return {name: getattr(event, name) for name in names}


def of_case(application: Application) -> Iterable[Event]:
    """What happened in a case, oldest first."""
    query = select(Event).where(Event.case_id == application.id).options(joinedload(Event.person)).order_by(Event.number)
    return db.session.scalars(query).all()


def told(application: Application, actor: Actor) -> list[Event]:
    """What happened in a case as far as it concerns the actor, oldest first; of deeds done over and over, the last.

    The applicant isn't shown how the case is prepared; nobody else is shown how the draft was written.
    """
    hidden: set[str] = set()
    if actor.organisation_id != application.applicant_id:
        hidden |= DRAFTING
    if not allowed(actor, "application.history", application.standing):
        hidden |= INTERNAL
    shown = [event for event in of_case(application) if f"{event.noun}.{event.verb}" not in hidden]
    return [event for event, following in zip_longest(shown, shown[1:]) if not (following and _deed(event) == _deed(following))]


def _deed(event: Event) -> tuple[Any, ...]:
    return (event.noun, event.thing_id, event.verb, event.became, event.person_id, civil_date(event.at), event.note)


def first_broken_row() -> int | None:
    """Walk the whole chain; the number of the first row that doesn't fit, or None."""
    query: Select[Event] = select(Event).order_by(Event.number).execution_options(yield_per=1000)
    with closing(db.session.scalars(query)) as rows:
        return chain.verify((event.number, _hashed(event), event.hash) for event in rows)


def count() -> int:
    """How many rows the history has."""
    return db.session.scalar(select(func.count()).select_from(Event)) or 0


def latest_at() -> datetime | None:
    """When the last thing was done."""
    return db.session.scalar(select(func.max(Event.at)))
