"""What waits for whom: everything that a person at a board has to do now, gathered in a few queries.

Only reads. Each list is what the doors would open for the person; the rooms themselves do the work.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ..domain.permissions import Moment
from ..domain.words import AWAITED, IN_PREPARATION, UNDECIDED, ApplicationState, CallState, DecisionState, PaymentState, ReportState, Role
from ..extensions import db
from ..models.applications import Application
from ..models.calls import Call
from ..models.decisions import Decision
from ..models.payments import Payment
from ..models.projects import Project, Report
from ..models.reviews import Review
from . import pressures
from .pressures import Pressure
from .reviews import progress
from .visible import visible


@dataclass
class Desk:
    """The lists of one desk; those that are not the person's work stay empty."""

    reviews: list[Review] = field(default_factory=list)
    late_arrivals: list[Application] = field(default_factory=list)
    to_check: list[Application] = field(default_factory=list)
    to_assign: list[Application] = field(default_factory=list)
    to_conclude: list[Application] = field(default_factory=list)
    to_propose: list[Application] = field(default_factory=list)
    awaited: list[Review] = field(default_factory=list)
    proposals: list[Decision] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    pressures: list[Pressure] = field(default_factory=list)


def of(moment: Moment) -> Desk:
    """The desk of the one who acts, at that moment."""
    actor, desk = moment.actor, Desk()
    if actor.has(Role.ASSESSOR):
        desk.reviews = _own_reviews(moment)
    if actor.has(Role.OFFICER):
        _sort(desk, _cases(moment))
        desk.reports = _rows(Report, Report.state == ReportState.SUBMITTED, moment, _case_of(Report.project), Report.submitted_at)
    if actor.has(Role.DECIDER):
        desk.proposals = proposals(moment)
    if actor.has(Role.TREASURER):
        mine = Payment.prepared_by_id != actor.person_id
        desk.payments = _rows(Payment, (Payment.state == PaymentState.PREPARED) & mine, moment, _case_of(Payment.project), Payment.due_on)
    if actor.has(Role.OFFICER, Role.DECIDER, Role.TREASURER):
        desk.pressures = pressures.of(_calls(moment))
    return desk


def proposals(moment: Moment) -> list[Decision]:
    """Proposals that wait for somebody else than their rapporteur, oldest first."""
    waiting = (Decision.state == DecisionState.PROPOSED) & (Decision.rapporteur_id != moment.actor.person_id)
    return _rows(Decision, waiting, moment, joinedload(Decision.application).joinedload(Application.applicant), Decision.id)


def _case_of(project: Any) -> Any:
    return joinedload(project).joinedload(Project.application).joinedload(Application.applicant)


def _rows(model: Any, which: Any, moment: Moment, load: Any, order: Any) -> list[Any]:
    query = visible(select(model).where(which), model, moment.actor).options(load).order_by(order)
    return list(db.session.scalars(query).unique())


def _own_reviews(moment: Moment) -> list[Review]:
    own = (Review.assessor_id == moment.actor.person_id) & Review.state.in_(AWAITED)
    load = joinedload(Review.application).joinedload(Application.applicant)
    return _rows(Review, own & Review.application.has(Application.state.in_(IN_PREPARATION)), moment, load, Review.due_on)


def _cases(moment: Moment) -> Iterable[Application]:
    query = select(Application).where(Application.state.in_(UNDECIDED), Application.board_id == moment.actor.organisation_id)
    query = query.options(
        joinedload(Application.applicant),
        joinedload(Application.version),
        selectinload(Application.decisions),
        selectinload(Application.reviews).joinedload(Review.assessor),
        selectinload(Application.reviews).joinedload(Review.application),
    )
    return db.session.scalars(visible(query, Application, moment.actor).order_by(Application.arrived_at)).unique()


def _sort(desk: Desk, cases: Iterable[Application]) -> None:
    """Put each case in the list of its next step; an assessment that is asked for stands in `awaited` too."""
    for case in cases:
        if case.decision:
            continue
        done, asked = progress(case)
        desk.awaited += [r for r in case.reviews if r.state in AWAITED]
        if case.state == ApplicationState.SUBMITTED:
            (desk.late_arrivals if case.is_late and not case.admitted_at else desk.to_check).append(case)
        elif case.state == ApplicationState.CHECKED and not asked:
            desk.to_assign.append(case)
        elif case.state == ApplicationState.CHECKED and done == asked:
            desk.to_conclude.append(case)
        elif case.state in (ApplicationState.REVIEWED, ApplicationState.WITHDRAWN):
            desk.to_propose.append(case)


def _calls(moment: Moment) -> Sequence[Call]:
    """The board's published calls of this year and the last, newest first."""
    query = select(Call).where(Call.board_id == moment.actor.organisation_id, Call.year >= moment.today.year - 1)
    query = query.where(Call.state == CallState.PUBLISHED).options(joinedload(Call.version))
    return db.session.scalars(query.order_by(Call.year.desc(), Call.id.desc())).unique().all()
