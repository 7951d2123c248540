"""The people of the demonstration: one for every role in a few boards and municipalities, and staff for the others.

All are made up. Those who can log in share one password, shown on the login page of the demonstration alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import cycle

from flask import current_app
from sqlalchemy import select

from ...domain.permissions import Moment
from ...domain.texts import slug
from ...domain.words import OrganisationKind, Role
from ...extensions import db
from ...models.people import Mandate, Organisation, Person
from ...services import people

PASSWORD = "demo-losenord-37"
SINCE = date(2018, 1, 1)
FIRST = (
    "Anna Erik Maria Lars Karin Johan Sara Anders Eva Per Lena Nils Elin Mats Ulla Jonas Marie Peter Amira Olof Helena "
    "Karl Birgitta Hassan Ingrid Fredrik Malin Stefan Emma Bo Sofia Ali Kristina Daniel Linda Magnus Susanne Tomas Leila Göran"
).split()
LAST = (
    "Berg Lund Holm Ek Sandberg Nyström Åkesson Wallin Forsberg Öhman Björk Dahl Hedlund Sjögren Nordin Engström Blom "
    "Hellström Åberg Lindgren Viklund Falk Norberg Sundin Hansson Westin Ström Bergman Ström Eklund Hult Alm Granström"
).split()

# Those who are meant to be tried: (place, name, roles). The place is a county code of a board or a municipality code.
TRIED = (
    ("0428", "Åsa Öberg", (Role.PREPARER,)),
    ("0428", "Mehmet Yılmaz", (Role.PREPARER,)),
    ("0428", "Lars Nyberg", (Role.SIGNATORY,)),
    ("0428", "Inger Modig", (Role.APPLICANT_ADMIN,)),
    ("0428", "Olle Frisk", (Role.READER,)),
    ("2313", "Malin Stenvall", (Role.PREPARER, Role.SIGNATORY, Role.APPLICANT_ADMIN)),
    ("0840", "Petra Wahlgren", (Role.PREPARER,)),
    ("0840", "Sven Ahlin", (Role.SIGNATORY,)),
    ("04", "Karin Lindqvist", (Role.OFFICER,)),
    ("04", "Jamal Ahmed", (Role.ASSESSOR,)),
    ("04", "Eva Sjöström", (Role.ASSESSOR,)),
    ("04", "Maria Hallgren", (Role.DECIDER,)),
    ("04", "Anna Strand", (Role.TREASURER,)),
    ("04", "Bengt Rask", (Role.BOARD_ADMIN,)),
    ("08", "Sanna Brodin", (Role.OFFICER,)),
    ("08", "Viktor Hagman", (Role.DECIDER,)),
    ("08", "Lisbet Thor", (Role.TREASURER,)),
    ("06", "Fatima Rahimi", (Role.OFFICER,)),
    ("06", "Per Dahlén", (Role.MONEY_COORDINATOR,)),
    ("06", "Gunilla Wik", (Role.DECIDER,)),
    ("22", "Ingrid Norlund", (Role.REPORT_COORDINATOR,)),
    ("22", "Arne Lidman", (Role.AUDITOR,)),
    ("06", "Driften Jansson", (Role.KEEPER,)),
)
STAFF = (Role.OFFICER, Role.ASSESSOR, Role.ASSESSOR, Role.DECIDER, Role.TREASURER)
APPLICANTS = (Role.PREPARER, Role.SIGNATORY)


@dataclass
class Cast:
    """Who plays which role where, made when first asked for."""

    organisations: dict[str, Organisation]
    played: dict[tuple[int, Role], list[Person]] = field(default_factory=dict)
    names: Iterator[str] = field(default_factory=lambda: cycle(_names()))

    def board(self, county_code: str) -> Organisation:
        return self.organisations[county_code]

    def municipality(self, code: str) -> Organisation:
        return self.organisations[code]

    def person(self, place: Organisation, role: Role, number: int = 0) -> Person:
        """The person with a role in an organisation; `number` tells apart those who share it."""
        held = self.played.setdefault((place.id, role), [])
        while len(held) <= number:
            held.append(self._add(place, next(self.names), (role,), with_password=False))
        return held[number]

    def at(self, place: Organisation, role: Role, now: datetime, number: int = 0) -> Moment:
        """The moment in which that person acts; those at a board work on weekdays."""
        person = self.person(place, role, number)
        at = now - timedelta(days=max(0, now.weekday() - 4)) if place.is_board else now
        return Moment(people.actor_for(person, place.id, at.date()), at)

    def _add(self, place: Organisation, name: str, roles: tuple[Role, ...], *, with_password: bool) -> Person:
        host = slug(place.short_name if not place.is_board else f"lansstyrelsen-{place.county.letter}")
        email = f"{slug(name).replace('-', '.')}@{host}.example"
        person = Person(name=name, email=email, password_hash=_hashed() if with_password else None)
        person.mandates = [Mandate(organisation=place, role=role, from_on=SINCE) for role in roles]
        db.session.add(person)
        db.session.flush()
        return person


def assemble() -> Cast:
    """Add the people who are meant to be tried, and be ready to add the others."""
    found = db.session.scalars(select(Organisation)).all()
    cast = Cast({(o.code if o.kind == OrganisationKind.MUNICIPALITY else o.county_code if o.is_board else o.name): o for o in found})
    for place, name, roles in TRIED:
        organisation = cast.organisations[place]
        person = cast._add(organisation, name, roles, with_password=True)
        for role in roles:
            cast.played.setdefault((organisation.id, role), []).append(person)
    return cast


def _names() -> list[str]:
    return [f"{FIRST[i % len(FIRST)]} {LAST[(i * 7 + i // len(FIRST)) % len(LAST)]}" for i in range(1200)]


@cache
def _hashed() -> str:
    """One hash for all: making each would take a minute."""
    return current_app.config["HASHER"].hash(PASSWORD)
