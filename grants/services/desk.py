"""What waits for whom: everything that a person at a board has to do now, gathered in a few queries.

Only reads. Each list is what the doors would open for the person; the rooms themselves do the work.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from ..domain.money import ratio
from ..domain.permissions import Moment
from ..domain.words import ApplicationState, CallState, DecisionState, PaymentState, PotSource, ReportState, ReviewState, Role, Scope
from ..extensions import db
from ..models.applications import Application
from ..models.calls import Call
from ..models.decisions import Decision
from ..models.payments import Payment
from ..models.pots import Posting, Pot
from ..models.projects import Project, Report
from ..models.reviews import Review
from .reviews import progress
from .visible import visible

IN_WORK = (ApplicationState.SUBMITTED, ApplicationState.CHECKED, ApplicationState.REVIEWED, ApplicationState.WITHDRAWN)


@dataclass(frozen=True)
class Pressure:
    """A call with what is asked against what there is, in kronor, and how much of the pots is bound."""

    call: Call
    received: int
    asked_kr: int
    pot_kr: int | None
    bound_kr: int

    @property
    def ratio(self) -> Decimal | None:
        return ratio(self.asked_kr, self.pot_kr)


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
        desk.pressures = _pressures(moment)
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
    own = (Review.assessor_id == moment.actor.person_id) & Review.state.in_((ReviewState.ASSIGNED, ReviewState.OPEN))
    load = joinedload(Review.application).joinedload(Application.applicant)
    return _rows(Review, own & Review.application.has(Application.state.in_(IN_WORK[:2])), moment, load, Review.due_on)


def _cases(moment: Moment) -> Iterable[Application]:
    query = select(Application).where(Application.state.in_(IN_WORK), Application.board_id == moment.actor.organisation_id)
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
        desk.awaited += [r for r in case.reviews if r.state in (ReviewState.ASSIGNED, ReviewState.OPEN)]
        if case.state == ApplicationState.SUBMITTED:
            (desk.late_arrivals if case.is_late and not case.admitted_at else desk.to_check).append(case)
        elif case.state == ApplicationState.CHECKED and not asked:
            desk.to_assign.append(case)
        elif case.state == ApplicationState.CHECKED and done == asked:
            desk.to_conclude.append(case)
        elif case.state in (ApplicationState.REVIEWED, ApplicationState.WITHDRAWN):
            desk.to_propose.append(case)


def _pressures(moment: Moment) -> list[Pressure]:
    """The board's published calls of this year and the last, newest first: three queries whatever their number."""
    board_id, since = moment.actor.organisation_id, moment.today.year - 1
    query = select(Call).where(Call.board_id == board_id, Call.year >= since, Call.state == CallState.PUBLISHED)
    calls = db.session.scalars(query.options(joinedload(Call.version)).order_by(Call.year.desc(), Call.id.desc())).unique().all()
    sums = {row.call_id: row for row in db.session.execute(_sums([call.id for call in calls]))}
    pots: dict[tuple[int, Scope], tuple[int, int]] = {}
    for year, source, available, bound, paid in db.session.execute(_balances(board_id, since)):
        scope = Scope.NATIONAL if source == PotSource.NATIONAL else Scope.REGIONAL
        there, taken = pots.get((year, scope), (0, 0))
        pots[year, scope] = there + available + bound + paid, taken + bound + paid
    return [_pressure(call, sums.get(call.id), pots.get((call.year, call.scope))) for call in calls]


def _pressure(call: Call, asked: Any, pot: tuple[int, int] | None) -> Pressure:
    promised = call.version.available_kr if call.version else None
    whole, bound = pot or (promised, 0)
    return Pressure(call, asked.received if asked else 0, int(asked.asked_kr) if asked else 0, whole, bound)


def _sums(call_ids: list[int]) -> Select[*tuple[Any, ...]]:
    received = Application.call_id.in_(call_ids) & Application.arrived_at.is_not(None) & (Application.state != ApplicationState.WITHDRAWN)
    asked = func.coalesce(func.sum(Application.applied_kr), 0).label("asked_kr")
    return select(Application.call_id, func.count().label("received"), asked).where(received).group_by(Application.call_id)


def _balances(board_id: int | None, since: int) -> Select[*tuple[Any, ...]]:
    """The last posting of each of the board's pots from a year on: what is available, bound and paid."""
    last = select(func.max(Posting.number)).where(Posting.pot_id == Pot.id).correlate(Pot).scalar_subquery()
    query = select(Pot.year, Pot.source, Posting.available_after, Posting.bound_after, Posting.paid_after).join(Pot.postings)
    return query.where(Pot.board_id == board_id, Pot.year >= since, Posting.number == last, Pot.source != PotSource.APPROPRIATION)
