"""Load the demonstration, and tell who can log in."""

from datetime import UTC, datetime
from importlib import resources

from sqlalchemy import func, select

from ...domain.permissions import SYSTEM, Moment
from ...domain.words import OrganisationKind, label
from ...extensions import db
from ...models.applications import Application
from ...models.people import Organisation, Person
from ...models.records import Installation
from ...services import importing
from ..working import work
from . import this_year, year2024
from .cast import PASSWORD, TRIED, assemble


def holds_real_cases() -> bool:
    """Whether the database has cases or people of its own: then the demonstration stays out."""
    counted = select(func.count()).select_from(Application).scalar_subquery() + select(func.count()).select_from(Person).scalar_subquery()
    return bool(db.session.scalar(select(counted)))


def load(now: datetime | None = None) -> None:
    """Everything, in one transaction, arranged around `now`."""
    with work():
        moment = now or datetime.now(UTC)
        cast = assemble()
        year2024.live(cast, _municipalities())
        this_year.live(cast, moment)
        importing.published(resources.files("grants").joinpath("data", "published.csv").read_bytes(), Moment(SYSTEM, moment))
        db.session.get_one(Installation, 1).is_demonstration = True


def _municipalities() -> dict[str, list[str]]:
    """County code → municipality codes, most inhabitants first."""
    query = select(Organisation.county_code, Organisation.code).where(Organisation.kind == OrganisationKind.MUNICIPALITY)
    found: dict[str, list[str]] = {}
    for county, code in db.session.execute(query.order_by(Organisation.county_code, Organisation.population.desc())):
        found.setdefault(county, []).append(code)
    return found


def who_can_log_in(address: str) -> str:
    """Lines to print when the server starts."""
    if not db.session.scalar(select(Installation.is_demonstration)):
        return f"P37 på {address}"
    names = {name for _, name, _ in TRIED}
    people = db.session.scalars(select(Person).where(Person.name.in_(names), Person.password_hash.is_not(None)).order_by(Person.id)).all()
    rows = [f"  {p.email:<44} {', '.join(label(m.role) for m in p.mandates)}, {p.mandates[0].organisation.name}" for p in people]
    return "\n".join([f"P37 på {address}  –  demonstration, alla har lösenordet {PASSWORD}", *rows])
