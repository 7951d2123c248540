"""Persons, the roles they hold, and their sessions. Pages and cookies live upstairs."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload

from ..domain.calendar import civil_date
from ..domain.permissions import ANONYMOUS, Actor
from ..domain.words import Role
from ..extensions import db
from ..models.people import LoginAttempt, Mandate, Organisation, Person, Session
from . import passwords

MOST_FAILURES = 8
FAILURES_WITHIN = timedelta(minutes=15)


def person_by_email(email: str) -> Person | None:
    """The person with a work e-mail address, whatever its case."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def mandates_on(person_id: int, day: date) -> list[Mandate]:
    """The roles a person holds on a day, with their organisations."""
    query = select(Mandate).where(Mandate.person_id == person_id).options(joinedload(Mandate.organisation))
    return [m for m in db.session.scalars(query.order_by(Mandate.organisation_id, Mandate.id)) if m.holds_on(day)]


def actor_for(person: Person, organisation_id: int | None, day: date) -> Actor:
    """The person acting for one organisation with every role held there that day; without roles, anonymous."""
    held = mandates_on(person.id, day)
    chosen = [m for m in held if m.organisation_id == organisation_id] or held
    if not chosen:
        return ANONYMOUS
    place = chosen[0].organisation
    roles = frozenset(m.role for m in chosen if m.organisation_id == place.id) | {Role.ANYONE}
    return Actor(person.id, person.name, place.id, roles, place.name)


def places_of(person_id: int, day: date) -> list[Organisation]:
    """The organisations a person may act for, one row each."""
    return list({m.organisation_id: m.organisation for m in mandates_on(person_id, day)}.values())


def open_session(person: Person, now: datetime, organisation_id: int | None = None) -> str:
    """Begin a session and return its token; only the token's fingerprint is kept."""
    token = passwords.new_token()
    db.session.add(Session(
        token_hash=passwords.fingerprint(token), person=person, organisation_id=organisation_id, created_at=now, seen_at=now,
    ))
    return token


def session_by_token(token: str, now: datetime, *, idle_hours: int, days: int) -> Session | None:
    """The live session of a token: not ended, not idle too long, not too old."""
    query = select(Session).where(Session.token_hash == passwords.fingerprint(token), Session.ended_at.is_(None))
    session = db.session.scalar(query.options(joinedload(Session.person)))
    if session is None or session.seen_at < now - timedelta(hours=idle_hours) or session.created_at < now - timedelta(days=days):
        return None
    return session


def see_session(session_id: int, now: datetime) -> None:
    """Remember that a session is in use."""
    db.session.execute(update(Session).where(Session.id == session_id).values(seen_at=now))


def end_session(token: str, now: datetime) -> None:
    """Log out here."""
    _end(Session.token_hash == passwords.fingerprint(token), now)


def end_all_sessions(person_id: int, now: datetime) -> None:
    """Log out everywhere."""
    _end(Session.person_id == person_id, now)


def _end(which: object, now: datetime) -> None:
    db.session.execute(update(Session).where(which, Session.ended_at.is_(None)).values(ended_at=now))  # type: ignore[arg-type]


def is_throttled(marks: list[str], now: datetime) -> bool:
    """Too many failed attempts lately for an account or an address (fingerprints)."""
    query = select(func.count()).select_from(LoginAttempt).where(
        LoginAttempt.fingerprint.in_(marks), LoginAttempt.at > now - FAILURES_WITHIN, LoginAttempt.succeeded.is_(False)
    ).group_by(LoginAttempt.fingerprint)
    return any(failures >= MOST_FAILURES for failures in db.session.scalars(query))


def remember_attempt(marks: list[str], now: datetime, *, succeeded: bool) -> None:
    """Count an attempt; a success clears what the account had against it."""
    db.session.add_all(LoginAttempt(fingerprint=mark, at=now, succeeded=succeeded) for mark in marks)


def today(now: datetime) -> date:
    """The civil day on which mandates are judged."""
    return civil_date(now)
