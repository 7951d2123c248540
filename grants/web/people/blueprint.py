"""The blueprint that the pages of people share, and what more than one of them needs. No views."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, current_app, session, url_for
from flask_login import login_user

from ...domain.calendar import civil_date
from ...domain.permissions import Actor
from ...domain.words import APPLICANT_ROLES, Role
from ...extensions import db
from ...services import people
from ..gate import Visitor, apart, now

bp = Blueprint("people", __name__)
# The first page that fits a role, in order.
HOMES = (
    ("applications.overview", APPLICANT_ROLES),
    ("reviews.desk", (Role.OFFICER, Role.ASSESSOR, Role.DECIDER, Role.TREASURER)),
    ("pots.index", (Role.MONEY_COORDINATOR,)),
    ("records.system", (Role.KEEPER,)),
    ("people.persons", (Role.BOARD_ADMIN,)),
    ("statistics.index", tuple(Role)),
)


def home_of(actor: Actor) -> str:
    """The address where somebody with these roles begins."""
    return url_for(next((endpoint for endpoint, roles in HOMES if actor.has(*roles)), "start.show"))


def enter(token: str) -> Actor:
    """Put the token of a new session in the cookie, and nothing else; whatever the cookie held is gone."""
    settings = current_app.config["SETTINGS"]
    found = people.session_by_token(token, now(), idle_hours=settings.session_idle_hours, days=settings.session_days)
    assert found, "a session that was just opened is live"
    actor = people.actor_for(found.person, found.organisation_id, civil_date(now()))
    session.clear()
    login_user(Visitor(token, found.id, actor))
    session.pop("_id", None)
    return actor


@contextmanager
def alone() -> Iterator[None]:
    """Write apart with nothing held open from before, so that what follows sees what was written. Keep ids, not rows."""
    db.session.rollback()
    with apart():
        yield
