"""Which roles there are to hold in which organisation, and who may give them. What a role may do: permissions.py."""

from .permissions import Actor
from .words import APPLICANT_ROLES, BOARD_ROLES, NATIONAL_ROLES, OrganisationKind, Role

ADMINS = (Role.APPLICANT_ADMIN, Role.BOARD_ADMIN, Role.KEEPER)


def roles_of(kind: OrganisationKind) -> tuple[Role, ...]:
    """The roles that can be held in an organisation of a kind; the national ones are held by staff of the boards."""
    return (*BOARD_ROLES, *NATIONAL_ROLES) if kind == OrganisationKind.BOARD else APPLICANT_ROLES


def roles_to_give(actor: Actor, kind: OrganisationKind) -> tuple[Role, ...]:
    """The roles that somebody may give and end: administrators the ordinary ones, the keeper all of them."""
    return tuple(role for role in roles_of(kind) if role not in NATIONAL_ROLES or actor.has(Role.KEEPER))
