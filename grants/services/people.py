"""Persons and their sessions: logging in and out, links by mail, passwords. Roles are given in mandates.py.

Hashing a password is slow on purpose, so it is done upstairs, before anything is locked.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import aliased, joinedload

from ..domain.calendar import moment_in_words
from ..domain.errors import Unmet
from ..domain.permissions import ANONYMOUS, Actor, Moment
from ..domain.words import Role
from ..extensions import db
from ..models.people import Invitation, LoginAttempt, Mandate, Person, Session
from . import letters, passwords

MOST_FAILURES = 8
MOST_FROM_ONE_PLACE = 60  # A whole municipality may share one address; eight mistakes must not shut it out.
FAILURES_WITHIN = timedelta(minutes=15)
ATTEMPTS_KEPT = timedelta(days=30)
INVITED_FOR = timedelta(days=14)
RESET_WITHIN = timedelta(hours=2)
AGAIN = "Välj ”Glömt lösenordet” på inloggningssidan, så får du en ny länk."
USED = f"Länken är redan använd. Logga in med lösenordet du valde. {AGAIN}"


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


def open_session(person: Person, now: datetime, organisation_id: int | None = None) -> str:
    """Begin a session and return its token; only the token's fingerprint is kept."""
    token = passwords.new_token()
    db.session.add(
        Session(token_hash=passwords.fingerprint(token), person_id=person.id, organisation_id=organisation_id, created_at=now, seen_at=now)
    )
    return token


def session_by_token(token: str, now: datetime, *, idle_hours: int, days: int) -> Session | None:
    """The live session of a token: not ended, not idle too long, not too old."""
    query = select(Session).where(Session.token_hash == passwords.fingerprint(token), Session.ended_at.is_(None))
    session = db.session.scalar(query.options(joinedload(Session.person)))
    if session is None or session.seen_at < now - timedelta(hours=idle_hours) or session.created_at < now - timedelta(days=days):
        return None
    return session


def live_sessions(person_id: int, now: datetime, *, idle_hours: int, days: int) -> list[Session]:
    """Where a person is logged in now, latest first."""
    query = select(Session).where(
        Session.person_id == person_id,
        Session.ended_at.is_(None),
        Session.seen_at >= now - timedelta(hours=idle_hours),
        Session.created_at >= now - timedelta(days=days),
    )
    return list(db.session.scalars(query.options(joinedload(Session.organisation)).order_by(Session.seen_at.desc(), Session.id.desc())))


def see_session(session_id: int, now: datetime) -> None:
    """Remember that a session is in use."""
    db.session.execute(update(Session).where(Session.id == session_id).values(seen_at=now))


def act_for(session_id: int, organisation_id: int, moment: Moment) -> None:
    """Go on acting for another organisation. Raises Unmet when the person holds no role there."""
    person_id = moment.actor.person_id
    if person_id is None or organisation_id not in {m.organisation_id for m in mandates_on(person_id, moment.today)}:
        raise Unmet("Du har ingen roll i den organisationen. Be organisationens administratör om en.")
    db.session.execute(update(Session).where(Session.id == session_id).values(organisation_id=organisation_id))


def end_session(token: str, now: datetime) -> None:
    """Log out here."""
    _end(Session.token_hash == passwords.fingerprint(token), now)


def end_all_sessions(person_id: int, now: datetime) -> None:
    """Log out everywhere."""
    _end(Session.person_id == person_id, now)


def _end(which: object, now: datetime) -> None:
    db.session.execute(update(Session).where(which, Session.ended_at.is_(None)).values(ended_at=now))  # type: ignore[arg-type]


def is_throttled(mark: str, now: datetime, *, most: int = MOST_FAILURES) -> bool:
    """Too many failures lately for an account or an address (a fingerprint), since its last success."""
    later = aliased(LoginAttempt)
    cleared = select(later.id).where(later.fingerprint == LoginAttempt.fingerprint, later.succeeded, later.at >= LoginAttempt.at)
    query = (
        select(func.count())
        .select_from(LoginAttempt)
        .where(
            LoginAttempt.fingerprint == mark, LoginAttempt.at > now - FAILURES_WITHIN, LoginAttempt.succeeded.is_(False), ~cleared.exists()
        )
    )
    return (db.session.scalar(query) or 0) >= most


def remember_attempt(marks: list[str], now: datetime, *, succeeded: bool) -> None:
    """Count an attempt, and forget those that are a month old. A success clears the marks it is counted for."""
    db.session.execute(delete(LoginAttempt).where(LoginAttempt.at < now - ATTEMPTS_KEPT))
    db.session.add_all(LoginAttempt(fingerprint=mark, at=now, succeeded=succeeded) for mark in marks)


def new_link(person: Person, moment: Moment, lasting: timedelta) -> str:
    """Make a link of one use by which the person chooses a password; returns its token, only the fingerprint is kept."""
    token = passwords.new_token()
    db.session.add(Invitation(token_hash=passwords.fingerprint(token), person_id=person.id, expires_at=moment.now + lasting))
    return token


def invitation_by_token(token: str, now: datetime) -> Invitation:
    """The invitation of a link that can still be used. Raises Unmet with why not and what to do."""
    query = select(Invitation).where(Invitation.token_hash == passwords.fingerprint(token)).options(joinedload(Invitation.person))
    found = db.session.scalar(query)
    if found is None:
        raise Unmet(f"Länken är inte hel. Kopiera hela länken ur brevet. {AGAIN}")
    if found.used_at:
        raise Unmet(USED)
    if found.expires_at <= now:
        raise Unmet(f"Länken gällde till {moment_in_words(found.expires_at)}. {AGAIN}")
    return found


def accept_invitation(token: str, password_hash: str, now: datetime) -> Person:
    """Let the holder of a link choose a password. Every other link and session of the person ends.

    Raises Unmet as `invitation_by_token`.
    """
    invitation = invitation_by_token(token, now)
    person, unused = invitation.person, Invitation.used_at.is_(None)
    # Of two at the same instant the database lets one through.
    if not db.session.scalars(
        update(Invitation).where(Invitation.id == invitation.id, unused).values(used_at=now).returning(Invitation.id)
    ).all():
        raise Unmet(USED)
    db.session.execute(update(Invitation).where(Invitation.person_id == person.id, unused).values(used_at=now))
    set_password(person, password_hash)
    end_all_sessions(person.id, now)
    return person


def set_password(person: Person, password_hash: str) -> None:
    """Keep the argon2 hash of a password that the person has chosen."""
    person.password_hash = password_hash


def mail_reset(email: str, moment: Moment) -> None:
    """Mail a link for choosing a new password, if there is such a person with a role."""
    person = person_by_email(email)
    if person is None or not mandates_on(person.id, moment.today):
        return
    token = new_link(person, moment, RESET_WITHIN)
    letters.mail(
        person.email,
        "Välj ett nytt lösenord i P37",
        (
            f"Hej {person.name}!\n\nNågon, troligen du, har bett om ett nytt lösenord i P37. Har du inte bett om det kan du bortse "
            "från brevet: ditt lösenord gäller fortfarande.\n\nVälj ett nytt lösenord här inom två timmar:"
        ),
        moment,
        leads_to=f"/inbjudan/{token}",
    )


def who_can_log_in() -> list[Mandate]:
    """The roles of everybody who has a password, in the order of the vocabulary: for the demonstration alone."""
    query = select(Mandate).join(Mandate.person).where(Person.password_hash.is_not(None), Mandate.to_on.is_(None))
    found = db.session.scalars(query.options(joinedload(Mandate.person), joinedload(Mandate.organisation)).order_by(Person.name))
    order = list(Role)
    return sorted(found, key=lambda mandate: order.index(mandate.role))
