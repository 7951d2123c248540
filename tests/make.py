"""Builders: one function per thing, walking the same verbs as people do. Each takes only what the test cares about."""

from datetime import UTC, date, datetime
from itertools import count

from argon2 import PasswordHasher
from sqlalchemy import select

from grants.domain.permissions import SYSTEM, Moment
from grants.domain.texts import slug
from grants.domain.words import APPLICANT_ROLES, BOARD_ROLES, OrganisationKind, Role
from grants.extensions import db
from grants.models.people import Mandate, Organisation, Person

PASSWORD = "ett ganska långt lösenord"
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
_numbers = count(1)


def now() -> datetime:
    """The moment of the test, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def system(at: datetime | None = None) -> Moment:
    """The system itself acting."""
    return Moment(SYSTEM, at or now())


def board(county_code: str = "04") -> Organisation:
    """The county board of a county; "06" is the coordinating one."""
    return _organisation(OrganisationKind.BOARD, Organisation.county_code == county_code)


def municipality(code: str = "0428") -> Organisation:
    """A municipality by its code; "0428" is Vingåker in Södermanland, county "04"."""
    return _organisation(OrganisationKind.MUNICIPALITY, Organisation.code == code)


def federation(name: str | None = None, *, eligible: bool = True) -> Organisation:
    """A federation by its name, or the first that may apply."""
    which = Organisation.name == name if name else Organisation.is_eligible.is_(eligible)
    return _organisation(OrganisationKind.FEDERATION, which)


def person(
    role: Role = Role.PREPARER, organisation: Organisation | None = None, *, name: str | None = None, email: str | None = None,
    also: tuple[Role, ...] = (), since: date = date(2020, 1, 1),
) -> Person:
    """Somebody who holds a role (and `also` others) and can log in with PASSWORD.

    Without organisation: Vingåker for the applicants' roles, Södermanland for the board's, Jönköping for the national.
    """
    place = organisation or (municipality() if role in APPLICANT_ROLES else board("04" if role in BOARD_ROLES else "06"))
    number = next(_numbers)
    name = name or f"{role.value.replace('_', ' ').title()} {number}"
    made = Person(name=name, email=email or f"{slug(name)}.{number}@example.se", password_hash=PASSWORD_HASH)
    made.mandates = [Mandate(organisation=place, role=each, from_on=since) for each in (role, *also)]
    db.session.add(made)
    db.session.flush()
    return made


def _organisation(kind: OrganisationKind, which: object) -> Organisation:
    query = select(Organisation).where(Organisation.kind == kind, which).order_by(Organisation.sort_key).limit(1)  # type: ignore[arg-type]
    return db.session.scalars(query).one()
