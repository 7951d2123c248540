"""Builders: one function per thing, walking the same verbs as people do. Each takes only what the test cares about."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import count
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import select

from grants.domain.importing import GRANTS
from grants.domain.permissions import SYSTEM, Moment
from grants.domain.terms import USUAL, Contact
from grants.domain.texts import slug
from grants.domain.words import APPLICANT_ROLES, BOARD_ROLES, Financier, OrganisationKind, Outcome, PotSource, Role, Round, Scope
from grants.extensions import db
from grants.models.applications import CHECKS, Application
from grants.models.calls import Call
from grants.models.decisions import Decision
from grants.models.people import Mandate, Organisation, Person
from grants.models.projects import Project
from grants.models.reviews import Review
from grants.services import applications, calls, decisions, importing, people, reviews
from grants.services import pots as ledger

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
    role: Role = Role.PREPARER,
    organisation: Organisation | None = None,
    *,
    name: str | None = None,
    email: str | None = None,
    also: tuple[Role, ...] = (),
    since: date = date(2020, 1, 1),
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


def moment(who: Person, at: datetime | None = None) -> Moment:
    """The moment in which a person acts, now or at a given time."""
    at = at or now()
    return Moment(people.actor_for(who, None, at.date()), at)


def call(state: str = "published", *, organisation: Organisation | None = None, at: datetime | None = None, **facts: Any) -> Call:
    """A call of a board, walked to "draft", "complete" (ready to publish), "published" or "cancelled" by its officer.

    It opened ten days before `at` (now) and closes in twenty. `facts` are fields of the call or of its version.
    """
    at = at or now()
    organisation = organisation or board("06" if facts.get("scope") == Scope.NATIONAL else "04")
    acts = moment(person(Role.OFFICER, organisation), at)
    named = {"scope": Scope.REGIONAL, "year": at.year, "round": Round.ORDINARY, "name": f"Beredskap och mottagande {next(_numbers)}"}
    made = calls.start(organisation, acts, **{key: facts.pop(key, usual) for key, usual in named.items()})
    if state == "draft":
        return made
    contacts = (Contact("Karin Kontakt", "karin.kontakt@example.se"),)
    usual = {
        "summary": "Sök pengar för att ta emot nyanlända väl.",
        "opens_at": at - timedelta(days=10),
        "closes_at": at + timedelta(days=20),
        "available_kr": 3_000_000,
        "longest_months": 24,
        "terms": replace(USUAL, contacts=contacts),
    }
    calls.edit(made, acts, **{**usual, **facts})
    if state in ("published", "cancelled"):
        calls.publish(made, acts)
    if state == "cancelled":
        calls.cancel(made, acts, "Pengarna räcker inte.")
    return made


def pots(year: int, shares: dict[str, int] | None = None, *, national_kr: int = 3_000_000, at: datetime | None = None) -> None:
    """A year's money: the appropriation, the national pot, and each county's allocation in kronor (county code → kr)."""
    shares = shares or {"04": 2_000_000, "08": 1_000_000}
    acts = moment(person(Role.MONEY_COORDINATOR), at)
    ledger.appropriate(year, sum(shares.values()) + national_kr, acts, letter="Regleringsbrev, anslag 1:2")
    if national_kr:
        ledger.reserve_national(year, national_kr, acts)
    ledger.allocate(ledger.draft_key(year, shares, acts), acts)


def reviewed_case(kr: int = 400_000, *, year: int | None = None, at: datetime | None = None) -> Application:
    """A case of Vingåker that waits for a decision, in a call of a year; `kr` is what is asked."""
    at = at or now()
    return application("reviewed", call=call(at=at, year=year or at.year), applied_kr=kr, at=at)


def project(kr: int = 400_000, *, year: int | None = None, at: datetime | None = None, **facts: Any) -> Project:
    """A project of Vingåker, granted `kr` kronor from Södermanland's allocation, which the pots must hold.

    `facts`: `financing` (PotSource → kr) and fields of the decision.
    """
    at = at or now()
    case = reviewed_case(kr, year=year, at=at)
    starts = at.date()
    usual = {
        "outcome": Outcome.GRANTED,
        "granted_kr": kr,
        "financing": {PotSource.ALLOCATION: kr},
        "reasons": "Behovet är belagt.",
        "conditions": ["Bidraget får bara användas till insatsen."],
        "starts_on": starts,
        "ends_on": starts + timedelta(days=400),
        "report_due_on": starts + timedelta(days=490),
    }
    made = decisions.propose(case, moment(person(Role.OFFICER), at), **{**usual, **facts})
    decisions.decide(made, moment(person(Role.DECIDER), at))
    return case.project


def application(
    state: str = "submitted",
    *,
    call: Call | None = None,
    applicant: Organisation | None = None,
    at: datetime | None = None,
    applied_kr: int = 500_000,
    **facts: Any,
) -> Application:
    """An application of Vingåker, walked to "draft", "ready", "submitted", "checked" or "reviewed" (by one assessor).

    Every section is filled; `facts` change the application's own columns. It is sent `at` (now).
    """
    place, at = applicant or municipality(), at or now()
    opened = call or _open_call(at)
    acts = moment(person(Role.PREPARER, place), at)
    made = applications.start(opened, place, acts)
    for section, written in _sections(applied_kr, facts).items():
        applications.save(made, acts, section, **written)
    if state == "draft":
        return made
    applications.prepare(made, acts)
    if state == "ready":
        return made
    applications.submit(made, moment(person(Role.SIGNATORY, place), at))
    db.session.flush()
    return made if state == "submitted" else _prepared(made, state)


def _sections(kr: int, facts: dict[str, Any]) -> dict[str, dict[str, Any]]:
    starts = facts.pop("starts_on", date(2026, 9, 1))
    staff = {"year": starts.year, "category_key": "staff"}
    return {
        "sammanfattning": {"title": "Språk och jobb på landsbygden", "summary": "Nyanlända får språkstöd på arbetsplatsen."},
        "syfte": {"primary_purpose": "labour_market", "other_purposes": [], "target_groups": ["new_arrivals"]},
        "behov": {"need": "Av 112 personer hade 38 arbete efter ett år.", "priority": "", "lasting": "Nämnden tar över."},
        "mal": {
            "starts_on": starts,
            "ends_on": facts.pop("ends_on", date(2027, 12, 31)),
            "goals": [{"text": "Fler i arbete", "indicator": "Andel i arbete", "target": "50 %"}],
            "activities": [{"text": "Utbilda språkombud", "responsible": "Enhetschefen", "when": "Hösten"}],
        },
        "budget": {
            "budget": [{**staff, "financier": Financier.GRANT, "amount_kr": kr}, {**staff, "financier": Financier.OWN, "amount_kr": 50_000}]
        },
        "kontakt": facts,
    }


def _open_call(at: datetime) -> Call:
    return call(at=at)


def _prepared(made: Application, state: str) -> Application:
    acts = moment(person(Role.OFFICER, made.board))
    applications.number(made, acts, f"851-{next(_numbers)}-{now().year}")
    applications.confirm(made, acts, dict.fromkeys(CHECKS, (True, "")))
    applications.check(made, acts)
    if state == "reviewed":
        review(made)
        applications.conclude(made, acts)
    db.session.flush()
    return made


def review(application: Application, state: str = "submitted", *, points: int | dict[str, int] = 4, who: Person | None = None) -> Review:
    """An assessment, "assigned", "open" or "submitted" with the same points (or points by key) and a reason on each criterion."""
    assessor = who or person(Role.ASSESSOR, application.board)
    made = reviews.assign(application, assessor, moment(person(Role.OFFICER, application.board)))
    if state == "assigned":
        return made
    acts = moment(assessor)
    reviews.accept(made, acts)
    if state == "submitted":
        keys = application.version.terms.weights
        given = points if isinstance(points, dict) else dict.fromkeys(keys, points)
        reviews.write(made, acts, scores={key: (given[key], f"Skäl för {given[key]}.") for key in keys}, comment="En genomarbetad ansökan.")
        reviews.submit(made, acts)
    db.session.flush()
    return made


def decision(
    application: Application,
    state: str = "decided",
    *,
    outcome: Outcome = Outcome.GRANTED,
    kr: int | None = None,
    financing: dict[PotSource, int] | None = None,
    decider: Person | None = None,
    **facts: Any,
) -> Decision:
    """A decision, "proposed" by an officer or also "decided" by somebody else. Without `financing` the first pot of the call pays all."""
    granted = (application.applied_kr if kr is None else kr) if outcome.gives_money else None
    end = application.ends_on or date(2027, 12, 31)
    usual = {
        "reasons": "Behovet är väl belagt.",
        "conditions": ["Bidraget får bara användas till insatsen."],
        "starts_on": application.starts_on,
        "ends_on": application.ends_on,
        "report_due_on": end + timedelta(days=90),
    }
    shares = financing or {application.call.scope.sources[0]: granted}
    acts = moment(person(Role.OFFICER, application.board))
    made = decisions.propose(
        application, acts, outcome=outcome, granted_kr=granted, financing=shares if granted else {}, **{**usual, **facts}
    )
    db.session.flush()
    if state == "decided":
        decisions.decide(made, moment(decider or person(Role.DECIDER, application.board)))
    return made


def grants_file(*rows: dict[str, object]) -> bytes:
    """A file of earlier cases: Vingåker's regional grants of 2019 unless a row says otherwise, by column name."""
    usual = {
        "year": 2019,
        "scope": "regionell",
        "call": "Utlysning",
        "board": "04",
        "applicant": "0428",
        "title": "Äldre insats",
        "primary_purpose": "Samverkan",
        "applied_kr": 500_000,
        "outcome": "beviljad",
        "granted_kr": 400_000,
        "of_which_returned_kr": 0,
        "decided_on": "2019-05-15",
        "status": "pågår",
    }
    text = StringIO()
    writer = csv.DictWriter(text, [column.name for column in GRANTS], delimiter=";")
    writer.writeheader()
    writer.writerows({"reference": f"H-{next(_numbers)}", **usual, **row} for row in rows)
    return text.getvalue().encode()


def grant(**facts: object) -> Application:
    """A case from before the system, taken in by the import: a row of `grants_file`."""
    reference = facts.setdefault("reference", f"H-{next(_numbers)}")
    importing.grants(grants_file(facts), system())
    return db.session.scalars(select(Application).where(Application.reference == reference)).one()
