"""Roles in organisations: invite, end, list. How a role is used stands in domain/permissions.py; logging in in people.py."""

from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from ..domain.errors import Unmet
from ..domain.mandates import ADMINS, roles_to_give
from ..domain.permissions import Actor, Moment
from ..domain.words import Role, label
from ..extensions import db
from ..models.people import Mandate, Organisation, Person
from . import letters, people
from .acting import act
from .visible import visible


def invite(moment: Moment, *, email: str, name: str, organisation: Organisation, role: Role, title: str = "") -> tuple[Mandate, str | None]:
    """Give a role to the person with an e-mail address, known or new; the token of a link if they have no password yet.

    A known person keeps their own name. Raises Forbidden, or Unmet when the role isn't the giver's to give or is held.
    """
    person = people.person_by_email(email) or Person(email=email.strip().lower(), name=name, title=title or None)
    mandate = Mandate(organisation=organisation, organisation_id=organisation.id, role=role, from_on=moment.today)
    with db.session.no_autoflush:
        _may_be_given(mandate, person, moment)
        mandate.person = person
        act("give", mandate, moment, note=f"{label(role)}, {organisation.name}")
    db.session.flush()
    return mandate, None if person.password_hash else people.new_link(person, moment, people.INVITED_FOR)


def _may_be_given(mandate: Mandate, person: Person, moment: Moment) -> None:
    place = mandate.organisation
    if mandate.role not in roles_to_give(moment.actor, place.kind):
        raise Unmet(f"Rollen {label(mandate.role)} kan inte ges i {place.name} av dig. Välj en annan roll.")
    if any(m.role == mandate.role and m.organisation_id == place.id for m in _held(person, moment)):
        raise Unmet(f"{person.name} är redan {label(mandate.role)} i {place.name}.")


def _held(person: Person, moment: Moment) -> list[Mandate]:
    return people.mandates_on(person.id, moment.today) if person.id else []


def mail_invitation(mandate: Mandate, moment: Moment, token: str | None) -> None:
    """Tell the person of the role and where to go: by the token's link to choose a password, or to the login page."""
    who, place, role = mandate.person, mandate.organisation, label(mandate.role)
    how = "Välj ett lösenord här inom 14 dagar:" if token else "Logga in här:"
    letters.mail(
        who.email,
        f"Du är {role} i P37 för {place.name}",
        (
            f"Hej {who.name}!\n\n{moment.actor.name} har gett dig rollen {role} för {place.name} i P37, länsstyrelsernas system "
            f"för statsbidrag till beredskap och mottagande.\n\n{how}"
        ),
        moment,
        leads_to=f"/inbjudan/{token}" if token else "/logga-in",
    )


def end_mandate(mandate: Mandate, moment: Moment) -> None:
    """End a role at once. Raises Forbidden, or Unmet when it has ended or is one's own and nobody else could give it."""
    if not mandate.holds_on(moment.today):
        raise Unmet("Rollen är redan avslutad.")
    if mandate.role not in roles_to_give(moment.actor, mandate.organisation.kind):
        raise Unmet(f"Rollen {label(mandate.role)} kan bara avslutas av en systemförvaltare.")
    if mandate.person_id == moment.actor.person_id and mandate.role in ADMINS and not _others(mandate, moment):
        raise Unmet("Du är den enda administratören. Ge rollen till någon annan innan du avslutar din egen.")
    act("end", mandate, moment, note=f"{mandate.person.name}, {label(mandate.role)}, {mandate.organisation.name}")
    mandate.to_on = moment.today


def _others(mandate: Mandate, moment: Moment) -> bool:
    """Whether somebody else holds the same role: in the organisation, or anywhere if it is the keeper's."""
    query = select(Mandate).where(Mandate.role == mandate.role, Mandate.person_id != mandate.person_id)
    if mandate.role is not Role.KEEPER:
        query = query.where(Mandate.organisation_id == mandate.organisation_id)
    return any(other.holds_on(moment.today) for other in db.session.scalars(query))


def listed(actor: Actor, text: str = "") -> Select[Any]:
    """The roles that the actor administers, held now or before, by name; `text` is part of a name, address or place."""
    query = select(Mandate).join(Mandate.person).join(Mandate.organisation)
    if text:
        columns = (Person.email, Person.name, Organisation.name)
        query = query.where(or_(*(column.icontains(text, autoescape=True) for column in columns)))
    query = query.options(joinedload(Mandate.person), joinedload(Mandate.organisation))
    return visible(query, Mandate, actor).order_by(Mandate.to_on.is_not(None), Person.name, Mandate.id)
