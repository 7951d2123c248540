"""Lists of cases: the rows a person may see, narrowed by a filter, with counts and sums of the whole selection."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, lazyload

from ...domain.calendar import moment_in_words
from ...domain.completeness import Section, missing_in_application
from ...domain.permissions import Actor
from ...domain.words import COUNTED, DecisionState, Outcome, ReviewState
from ...extensions import db
from ...models.applications import Application
from ...models.calls import Call, CallVersion
from ...models.decisions import Decision
from ...models.people import Organisation
from ...models.reviews import Review
from ..visible import visible

IS_LATE = Application.arrived_at > CallVersion.closes_at


@dataclass(frozen=True)
class Selection:
    """Counts and sums of a selection, in whole kronor; `unknown` cases have no known amount."""

    count: int
    applied_kr: int
    unknown: int

    @property
    def mean_kr(self) -> int | None:
        known = self.count - self.unknown
        return round(self.applied_kr / known) if known else None


def cases(
    actor: Actor, *, text: str = "", call_id: int | None = None, state: str = "", purpose: str = "", late: bool = False
) -> Select[Any]:
    """Received cases the actor may see, one row per application, newest first."""
    query = select(Application).join(Application.applicant).outerjoin(Application.version)
    query = visible(query, Application, actor).where(or_(Application.arrived_at.is_not(None), Application.is_imported))
    for condition in _conditions(text, call_id, state, purpose, late):
        query = query.where(condition)
    return query.options(*_for_a_list()).order_by(Application.arrived_at.desc().nulls_last(), Application.id.desc())


def _conditions(text: str, call_id: int | None, state: str, purpose: str, late: bool) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if text:
        columns = (Application.title, Organisation.name, Application.registration_number)
        conditions.append(or_(*(column.icontains(text, autoescape=True) for column in columns)))
    if call_id:
        conditions.append(Application.call_id == call_id)
    if state:
        conditions.append(Application.state == state)
    if purpose:
        conditions.append(Application.primary_purpose == purpose)
    if late:
        conditions.append(IS_LATE)
    return conditions


def _for_a_list() -> tuple[Any, ...]:
    return (
        joinedload(Application.applicant).lazyload(Organisation.county), joinedload(Application.version),
        joinedload(Application.call).lazyload(Call.board), lazyload(Application.board),
    )  # fmt: skip


def sums(query: Select[Any]) -> Selection:
    """Counts and sums of everything that the query selects."""
    counted = query.options(lazyload("*")).order_by(None).with_only_columns(Application.id, Application.applied_kr).subquery()
    columns = (func.count(), func.coalesce(func.sum(counted.c.applied_kr), 0), func.count(counted.c.applied_kr))
    count, applied, known = db.session.execute(select(*columns).select_from(counted)).one()
    return Selection(count, int(applied), count - known)


def outcomes(ids: list[int]) -> dict[int, Outcome]:
    """Application id → decided outcome, for the rows of a list."""
    query = select(Decision.application_id, Decision.outcome)
    decided = query.where(Decision.application_id.in_(ids), Decision.state == DecisionState.DECIDED)
    return {row.application_id: row.outcome for row in db.session.execute(decided)}


def progress(ids: list[int]) -> dict[int, tuple[int, int]]:
    """Application id → (reviews in, reviews asked for), for the rows of a list."""
    done = func.count().filter(Review.state == ReviewState.SUBMITTED)
    query = (
        select(Review.application_id, done, func.count())
        .where(Review.application_id.in_(ids), Review.state.in_(COUNTED))
        .group_by(Review.application_id)
    )
    return {application_id: (ready, asked) for application_id, ready, asked in db.session.execute(query)}


def calls_with_cases(actor: Actor) -> list[tuple[int, str]]:
    """(id, name) of the calls whose cases the actor may see, newest first: for a filter."""
    seen = visible(select(Application.call_id), Application, actor)
    query = select(Call).options(lazyload(Call.board)).where(Call.id.in_(seen)).order_by(Call.year.desc(), Call.name).limit(200)
    return [(call.id, call.full_name) for call in db.session.scalars(query)]


def findings(application: Application) -> list[tuple[str, bool, str]]:
    """What the system finds by itself at the formal check: (question, is it so, how it is known)."""
    version = application.version
    missing = missing_in_application(application) if version else {}
    applicant = application.applicant
    inside = not (missing.keys() & {Section.BUDGET, Section.PLAN})
    rows = [
        ("Sökanden är kommun eller kommunalförbund", applicant.is_eligible and not applicant.is_board, applicant.name),
        ("Kom in i tid", not application.is_late, _arrival(application)),
        ("Belopp och tid inom utlysningens ramar", inside, " ".join(missing.get(s, "") for s in (Section.BUDGET, Section.PLAN)).strip()),
        ("Alla frågor besvarade", not missing, " ".join(missing.values())),
        ("Underskriven i systemet", application.signed_by_id is not None, application.signed_by.name if application.signed_by else ""),
    ]
    if application.counts_counties:
        rows.append(("Kommuner i minst två län", application.county_count >= 2, f"{application.county_count} län räknade."))
    return rows


def _arrival(application: Application) -> str:
    closes = application.version.closes_at if application.version else None
    moments = (("Kom in", application.arrived_at), ("Utlysningen stängde", closes))
    return " ".join(f"{what} {moment_in_words(at)}." for what, at in moments if at)
