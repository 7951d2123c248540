"""The permission table as a WHERE clause: the same cells that answer for one object also choose a list's rows."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true

from ..domain.permissions import Actor, Reach, reaches
from ..domain.words import CLEARED, CallState, DecisionState, ReviewState
from ..models.applications import Application
from ..models.calls import Call
from ..models.decisions import Decision
from ..models.payments import Claim, Payment
from ..models.people import Mandate, Organisation
from ..models.pots import Pot, Transfer
from ..models.projects import Project, Report
from ..models.reviews import Recusal, Review

Clause = ColumnElement[bool]


def visible(query: Select[Any], model: type[Any], actor: Actor, verb: str = "view") -> Select[Any]:
    """The query narrowed to the rows whose door would open for the actor."""
    return query.where(visible_where(model, actor, verb))


def visible_where(model: type[Any], actor: Actor, verb: str = "view") -> Clause:
    """The WHERE clause of a row in the permission table for one actor."""
    clauses = [_clause(model, reach, actor) for reach in reaches(actor, f"{model.noun}.{verb}")]
    within = or_(false(), *clauses)
    return and_(within, _not_recused(model, actor)) if model in CASE_ID else within


def _clause(model: type[Any], reach: Reach, actor: Actor) -> Clause:
    """One reach as SQL; the twin of permissions.TOUCHES."""
    if reach is Reach.EVERY:
        return true()
    return PLACES[model][reach](actor)


def _of_case(within: Callable[[Clause], Clause], official: Clause, person: Any = None) -> dict[Reach, Callable[[Actor], Clause]]:
    """The reaches of something that belongs to a case: its owner and its board are the application's."""
    reaches_of: dict[Reach, Callable[[Actor], Clause]] = {
        Reach.OWN: lambda actor: within(Application.applicant_id == actor.organisation_id),
        Reach.BOARD: lambda actor: within(Application.board_id == actor.organisation_id),
        Reach.EVERY_OFFICIAL: lambda actor: official,
        Reach.ASSIGNED: lambda actor: and_(official, within(_assigned_to(actor))),
        Reach.PUBLIC: lambda actor: official,
        Reach.MINE: lambda actor: person == actor.person_id if person is not None else false(),
    }
    return reaches_of | {
        Reach.OWN_OFFICIAL: lambda actor: and_(official, reaches_of[Reach.OWN](actor)),
        Reach.BOARD_OFFICIAL: lambda actor: and_(official, reaches_of[Reach.BOARD](actor)),
    }


def _assigned_to(actor: Actor) -> Clause:
    return exists().where(Review.application_id == Application.id, Review.assessor_id == actor.person_id, Review.state.in_(CLEARED))


def _through(column: Any) -> Callable[[Clause], Clause]:
    return lambda condition: column.in_(select(Application.id).where(condition))


def _published() -> Clause:
    return and_(Call.state != CallState.DRAFT, Call.published_number > 0)


def _pot_board(column: Any) -> Any:
    return select(Pot.board_id).where(Pot.id == column).scalar_subquery()


def _case_of_project(model: Any) -> Any:
    return select(Project.application_id).where(Project.id == model.project_id).correlate(model).scalar_subquery()


CASE_ID: dict[type[Any], Any] = {
    Application: Application.id,
    Review: Review.application_id,
    Decision: Decision.application_id,
    Project: Project.application_id,
    Report: _case_of_project(Report),
    Payment: _case_of_project(Payment),
    Claim: _case_of_project(Claim),
}
RECEIVED = or_(Application.arrived_at.is_not(None), Application.is_imported)
PLACES: dict[type[Any], dict[Reach, Callable[[Actor], Clause]]] = {
    Application: _of_case(lambda condition: condition, RECEIVED),
    Review: _of_case(_through(Review.application_id), Review.state == ReviewState.SUBMITTED, Review.assessor_id),
    Decision: _of_case(_through(Decision.application_id), Decision.state == DecisionState.DECIDED),
    Project: _of_case(_through(Project.application_id), true()),
    Report: _of_case(_through(CASE_ID[Report]), Report.submitted_at.is_not(None)),
    Payment: _of_case(_through(CASE_ID[Payment]), true()),
    Claim: _of_case(_through(CASE_ID[Claim]), true()),
    Call: {Reach.BOARD: lambda actor: Call.board_id == actor.organisation_id, Reach.PUBLIC: lambda actor: _published()},
    Pot: {Reach.BOARD: lambda actor: Pot.board_id == actor.organisation_id},
    Transfer: {
        Reach.OWN: lambda actor: _pot_board(Transfer.from_pot_id) == actor.organisation_id,
        Reach.BOARD: lambda actor: _pot_board(Transfer.to_pot_id) == actor.organisation_id,
    },
    Organisation: {Reach.OWN: lambda actor: Organisation.id == actor.organisation_id},
    Mandate: {Reach.OWN: lambda actor: Mandate.organisation_id == actor.organisation_id},
}


def _not_recused(model: type[Any], actor: Actor) -> Clause:
    """Who is conflicted loses the case everywhere (förvaltningslagen 18 §)."""
    if actor.person_id is None:
        return true()
    return ~exists().where(Recusal.application_id == CASE_ID[model], Recusal.person_id == actor.person_id)
