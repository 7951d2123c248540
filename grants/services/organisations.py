"""Organisations as the administrators keep them: contacts, where money is paid, own series, the number. Not their roles."""

from typing import Any

from sqlalchemy import Select, select

from ..domain.errors import Unmet
from ..domain.identity import normalise_organisation_number
from ..domain.permissions import Actor, Moment
from ..domain.texts import sort_key
from ..domain.words import OrganisationKind, Scope
from ..extensions import db
from ..models.calls import Call
from ..models.people import County, Organisation
from .acting import act
from .visible import visible


def edit(organisation: Organisation, moment: Moment, **facts: Any) -> None:
    """Change contacts, address, giro and series; what changed is named in the history. Raises Forbidden or Unmet."""
    if facts.get("own_series") and not facts.get("series_prefix"):
        raise Unmet("Skriv seriens ärendegrupp, till exempel 851, om ni numrerar i P37.")
    changed = [name for name, value in facts.items() if getattr(organisation, name) != value]
    if not changed:
        return
    act("edit", organisation, moment, note=", ".join(changed))
    for name in changed:
        setattr(organisation, name, facts[name])


def identify(organisation: Organisation, moment: Moment, number: str) -> None:
    """Note the organisation number, such as 212000-0142. Raises Forbidden, or Unmet for a wrong or taken number."""
    try:
        number = normalise_organisation_number(number)
    except ValueError as fault:
        raise Unmet(str(fault)) from fault
    if number == organisation.orgnr:
        return
    if taken := db.session.scalar(select(Organisation).where(Organisation.orgnr == number)):
        raise Unmet(f"Organisationsnumret tillhör {taken.name}. Kontrollera siffrorna.")
    act("identify", organisation, moment, note=number)
    organisation.orgnr = number


def listed(actor: Actor, *, text: str = "", kind: str = "", county: str = "") -> Select[Any]:
    """The organisations that the actor may see, in Swedish order."""
    query = select(Organisation)
    if text:
        part = sort_key(text)[0]
        query = query.where(Organisation.sort_key.contains(part, autoescape=True) | Organisation.orgnr.contains(text, autoescape=True))
    if kind in set(OrganisationKind):
        query = query.where(Organisation.kind == kind)
    if county:
        query = query.where(Organisation.county_code == county)
    return visible(query, Organisation, actor).order_by(Organisation.kind, Organisation.sort_key, Organisation.id)


def boards() -> list[Organisation]:
    """The 21 county boards in the order of the county codes."""
    query = select(Organisation).where(Organisation.kind == OrganisationKind.BOARD).order_by(Organisation.county_code)
    return list(db.session.scalars(query))


def counties() -> list[County]:
    """The 21 counties in the order of their codes."""
    return list(db.session.scalars(select(County).order_by(County.code)))


def county_choices() -> list[tuple[str, str]]:
    """Pairs of (code, name) for choosing a county."""
    return [(county.code, county.name) for county in counties()]


def of_actor(actor: Actor) -> Organisation:
    """The organisation for which the actor acts."""
    return db.session.get_one(Organisation, actor.organisation_id)


def who_may_apply(call: Call) -> list[Organisation]:
    """Municipalities and eligible federations that a call is open to, in Swedish order (37 § first paragraph)."""
    query = select(Organisation).where(Organisation.kind != OrganisationKind.BOARD, Organisation.is_eligible)
    if call.scope == Scope.REGIONAL:
        query = query.where(Organisation.county_code == call.board.county_code)
    return list(db.session.scalars(query.order_by(Organisation.sort_key)))
