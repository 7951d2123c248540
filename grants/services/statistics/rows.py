"""What each case and each posting adds to each figure. The figures are sums of this, so the rows behind always agree."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, exists, extract, func, literal, or_, select
from sqlalchemy.orm import aliased

from ...domain.ledger import PostingKind as K
from ...domain.metrics import UNKNOWN
from ...domain.words import DecisionState, PaymentState, PotSource, ProjectState, Scope
from ...extensions import db
from ...models.applications import Application
from ...models.calls import Call
from ...models.decisions import Decision, Financing
from ...models.payments import Payment
from ...models.people import Organisation
from ...models.pots import Posting, Pot
from ...models.projects import Project
from ...models.records import ImportedCase
from ..visible import RECEIVED

Adds = ColumnElement[int]
Query = Select[*tuple[Any, ...]]
board = aliased(Organisation, name="board")
applicant = aliased(Organisation, name="applicant")
grant_year = extract("year", Decision.decided_on)


@dataclass(frozen=True)
class Figure:
    """What one case adds to a figure, in which calls, and by which date: the call's year or the day of closure."""

    adds: Adds
    scope: Scope | None = Scope.REGIONAL
    by_closure: bool = False


@dataclass(frozen=True)
class PotFigure:
    """Which postings of the year's pots a figure is the sum of: (sources, kinds) pairs, any of them."""

    taken: tuple[tuple[tuple[PotSource, ...], tuple[K, ...]], ...]


def _one_if(condition: ColumnElement[bool]) -> Adds:
    return case((condition, 1), else_=0)


def _financed_by(*sources: PotSource) -> Adds:
    total = select(func.sum(Financing.amount_kr)).where(Financing.decision_id == Decision.id, Financing.source.in_(sources))
    return func.coalesce(total.correlate(Decision).scalar_subquery(), 0)


def _paid() -> Adds:
    """Payments made; for an imported grant, what was granted."""
    payments = (
        select(func.sum(Payment.amount_kr)).join(Financing).where(Financing.decision_id == Decision.id, Payment.state == PaymentState.PAID)
    )
    made = func.coalesce(payments.correlate(Decision).scalar_subquery(), 0)
    return case((Decision.is_imported, func.coalesce(Decision.granted_kr, 0)), else_=made)


ONE: Adds = literal(1, Integer)
APPLIED = func.coalesce(Application.applied_kr, 0)
IS_GRANTED = Decision.granted_kr.is_not(None)
GRANTED = func.coalesce(Decision.granted_kr, 0)
FROM_ALLOCATION = _financed_by(PotSource.ALLOCATION, PotSource.NATIONAL)
FROM_RETURNED = _financed_by(PotSource.RETURNED)
RETURNED_SHARE_IS_UNKNOWN = and_(
    Application.is_imported, IS_GRANTED,
    ~exists().where(ImportedCase.application_id == Application.id, ImportedCase.facts["of_which_returned_kr"].as_string().is_not(None)),
)  # fmt: skip

FIGURES: dict[str, Figure] = {
    "received": Figure(ONE),
    "applied_kr": Figure(APPLIED),
    "applied_unknown": Figure(_one_if(Application.applied_kr.is_(None))),
    "granted_applications_from_allocation": Figure(_one_if(FROM_ALLOCATION > 0)),
    "granted_projects": Figure(_one_if(IS_GRANTED)),
    "granted_regional_kr": Figure(GRANTED),
    "granted_from_allocation_kr": Figure(FROM_ALLOCATION, scope=None),
    "granted_from_returned_kr": Figure(FROM_RETURNED, scope=None),
    "paid_kr": Figure(_paid(), scope=None),
    "granted_by_primary_purpose": Figure(_one_if(IS_GRANTED)),
    "granted_by_primary_purpose.granted_kr": Figure(GRANTED),
    "closed": Figure(ONE, scope=None, by_closure=True),
    "closed_regional": Figure(ONE, by_closure=True),
    "closed_by_primary_purpose": Figure(ONE, by_closure=True),
    "closed_by_grant_year": Figure(ONE, scope=None, by_closure=True),
    "national.received": Figure(ONE, scope=Scope.NATIONAL),
    "national.counties": Figure(ONE, scope=Scope.NATIONAL),
    "national.applied_kr": Figure(APPLIED, scope=Scope.NATIONAL),
    "national.granted": Figure(_one_if(IS_GRANTED), scope=Scope.NATIONAL),
    "national.granted_kr": Figure(GRANTED, scope=Scope.NATIONAL),
    "national.closed": Figure(ONE, scope=Scope.NATIONAL, by_closure=True),
    "by_county.received": Figure(ONE),
    "by_county.applied_kr": Figure(APPLIED),
    "by_county.granted": Figure(_one_if(IS_GRANTED)),
    "by_county.granted_kr": Figure(GRANTED),
    "by_county.of_which_returned_kr": Figure(FROM_RETURNED),
    "by_county.closed": Figure(ONE, by_closure=True),
}

OF_THE_YEAR = (PotSource.ALLOCATION, PotSource.NATIONAL)
POT_FIGURES: dict[str, PotFigure] = {
    "to_distribute_kr": PotFigure(((tuple(PotSource), (K.APPROPRIATE, K.CORRECT)), (OF_THE_YEAR, (K.RECORD,)))),
    "national_reserve_kr": PotFigure((((PotSource.NATIONAL,), (K.RESERVE_IN, K.RECORD)),)),
    "by_county.pot_kr": PotFigure((((PotSource.ALLOCATION,), (K.ALLOCATE_IN, K.RECORD, K.TRANSFER_IN, K.TRANSFER_OUT)),)),
    "by_county.returned_pot_kr": PotFigure((((PotSource.RETURNED,), (K.REPAY, K.RECORD)),)),
}


def cases_of(query: Query, year: int | None, *, by_closure: bool = False) -> Query:
    """The query over the received cases of the year's calls (None: every year's), or those closed in that calendar year."""
    query = (
        query.select_from(Application)
        .join(Call, Call.id == Application.call_id)
        .join(board, board.id == Application.board_id)
        .join(applicant, applicant.id == Application.applicant_id)
        .outerjoin(Decision, and_(Decision.application_id == Application.id, Decision.state == DecisionState.DECIDED))
        .outerjoin(Project, Project.application_id == Application.id)
    )
    if by_closure and year:
        within = Project.closed_on.between(date(year, 1, 1), date(year, 12, 31))
        return query.where(Project.state == ProjectState.CLOSED, within)
    query = query.where(RECEIVED)
    return query.where(Call.year == year) if year else query


def rows_behind(year: int, figure: str, *, county: str | None = None, purpose: str | None = None, granted_in: str | None = None) -> Query:
    """The applications behind a figure, each with what it adds in the figure's unit. KeyError for an unknown figure.

    `county` is a code, `purpose` a code or "okänt", `granted_in` a year or "okänt": the part of a figure that is divided.
    """
    counted = FIGURES[figure]
    query = cases_of(select(Application, counted.adds.label("adds")), year, by_closure=counted.by_closure).where(counted.adds > 0)
    if counted.scope:
        query = query.where(Call.scope == counted.scope)
    if county:
        query = query.where(board.county_code == county)
    if purpose:
        query = query.where(Application.primary_purpose.is_(None) if purpose == UNKNOWN else Application.primary_purpose == purpose)
    if granted_in:
        query = query.where(grant_year.is_(None) if granted_in == UNKNOWN else grant_year == int(granted_in))
    return query


def postings_behind(year: int | None, figure: str, *, county: str | None = None) -> Query:
    """The postings behind a figure about pots, each with the kronor it adds; year None is every year. KeyError for an unknown figure."""
    taken = [and_(Pot.source.in_(sources), Posting.kind.in_(kinds)) for sources, kinds in POT_FIGURES[figure].taken]
    query: Query = select(Posting, Posting.amount_kr.label("adds")).join(Pot).join(board, board.id == Pot.board_id)
    query = query.where(or_(*taken))
    query = query.where(Pot.year == year) if year else query
    return query.where(board.county_code == county) if county else query


def amount_behind(query: Query) -> tuple[int, int]:
    """(number of rows, sum of what they add) of a query from this room."""
    inside = query.order_by(None).with_only_columns(*[column for column in query.selected_columns if column.name == "adds"]).subquery()
    count, total = db.session.execute(select(func.count(), func.coalesce(func.sum(inside.c.adds), 0)).select_from(inside)).one()
    return count, int(total)
