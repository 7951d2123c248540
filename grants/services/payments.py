"""Payments with four eyes, and money that comes back. The ledger itself is services/pots."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from ..domain.calendar import six_weeks_after
from ..domain.errors import Unmet
from ..domain.money import in_words
from ..domain.permissions import Actor, Moment
from ..domain.words import ClaimGround, ClaimState, PaymentState, ProjectState
from ..extensions import db
from ..models.applications import Application
from ..models.decisions import Decision, Financing
from ..models.payments import Claim, Payment
from ..models.people import Organisation
from ..models.projects import Project
from . import letters, pots
from .acting import act
from .visible import visible

LIVE = (PaymentState.PREPARED, PaymentState.PAID)


def prepare(project: Project, financing: Financing, kr: int, moment: Moment) -> Payment:
    """Prepare a payment of `kr` kronor from one of the grant's pots, due six weeks after the decision.

    Raises Unmet when it is more than is left of the grant, when the project is closed, or when the grant is from
    before the system.
    """
    if financing.pot is None:
        raise Unmet("Bidraget beslutades före systemet och betalas inte ut härifrån.")
    _hold(project)
    if project.state == ProjectState.CLOSED:
        raise Unmet("Projektet är avslutat. Inget mer betalas ut.")
    pots.lock([financing.pot])
    db.session.refresh(financing, ["payments"])
    applicant, decided_on = project.application.applicant, project.decision.decided_on or moment.today
    with db.session.no_autoflush:
        payment = Payment(
            project=project, financing=financing, amount_kr=kr, due_on=six_weeks_after(decided_on), payee=_payee(applicant),
            prepared_by_id=moment.actor.person_id, prepared_at=moment.now,
        )  # fmt: skip
        act("prepare", payment, moment)
    db.session.flush()
    return payment


def _payee(applicant: Organisation) -> str:
    """To whom, where and with what mark, as it stood when the payment was prepared."""
    return ", ".join(filter(None, (applicant.name, applicant.giro, applicant.payment_reference)))[:200]


def confirm(payment: Payment, moment: Moment, *, paid_on: date | None) -> None:
    """Another person confirms that the money was paid on a day; the pot is booked. Raises Unmet for a day that can't be."""
    _hold(payment)
    decided_on = payment.project.decision.decided_on
    if paid_on and decided_on and paid_on < decided_on:
        raise Unmet("Dagen ligger före beslutet. Ange dagen då pengarna betalades ut.")
    with db.session.no_autoflush:
        payment.paid_on = paid_on
        act("confirm", payment, moment)
        payment.confirmed_by_id = moment.actor.person_id
    pots.pay(payment, moment)


def cancel(payment: Payment, moment: Moment) -> None:
    """Take away a prepared payment before it is confirmed."""
    _hold(payment)
    act("cancel", payment, moment)


def raise_claim(project: Project, moment: Moment, *, ground: ClaimGround, amount_kr: int, reason: str, due_on: date | None) -> Claim:
    """Ask money back, in kronor (41 §: must under 39 §, may under 40 §). Raises Unmet above what was paid, or without a reason."""
    _hold(project)
    db.session.refresh(project, ["claims", "payments"])
    with db.session.no_autoflush:
        claim = Claim(project=project, ground=ground, amount_kr=amount_kr, reason=reason, due_on=due_on)
        act("raise", claim, moment)
    db.session.flush()
    _tell(claim, moment)
    return claim


def _tell(claim: Claim, moment: Moment) -> None:
    """The municipality's contact is told of a claim, with its reasons (förvaltningslagen 33 §)."""
    application = claim.project.application
    if application.contact_email:
        text = f"Länsstyrelsen återkräver {in_words(claim.amount_kr)}.\n\n{claim.reason}\n\nLäs mer i P37:"
        letters.mail(application.contact_email, f"Återkrav: {application.title}", text, moment, leads_to=f"/projekt/{claim.project_id}")


def receive(claim: Claim, moment: Moment, *, received_on: date | None) -> None:
    """The money came back on a day: booked in the board's returned money of that calendar year."""
    _hold(claim)
    first = min((p.paid_on for p in claim.project.payments if p.paid_on), default=None)
    if received_on and first and received_on < first:
        raise Unmet("Dagen ligger före utbetalningen. Ange dagen då pengarna kom tillbaka.")
    with db.session.no_autoflush:
        claim.received_on = received_on
        act("receive", claim, moment)
    claim.pot = pots.repay(claim, moment)


def remit(claim: Claim, moment: Moment, *, reason: str) -> None:
    """The decision-maker lets a claim go for particular reasons (41 § third paragraph). Raises Unmet without them."""
    _hold(claim)
    with db.session.no_autoflush:
        claim.remission_reason = reason or None
        act("remit", claim, moment, note=reason)


def _hold(thing: Any) -> None:
    """Read the state anew and keep others from changing it until the transaction ends: money moves once."""
    db.session.refresh(thing, ["state"], with_for_update=True)


def to_prepare(actor: Actor) -> list[Financing]:
    """What is granted and neither paid nor prepared, by day of decision: the financing rows of running projects."""
    live = select(func.coalesce(func.sum(Payment.amount_kr), 0)).where(Payment.financing_id == Financing.id, Payment.state.in_(LIVE))
    projects = visible(select(Project.decision_id).where(Project.state == ProjectState.RUNNING), Project, actor, "view")
    query = (
        select(Financing)
        .join(Decision)
        .where(Financing.pot_id.is_not(None), Financing.amount_kr > live.correlate(Financing).scalar_subquery(), Decision.id.in_(projects))
    )
    case = joinedload(Financing.decision).joinedload(Decision.application)
    query = query.options(case.joinedload(Application.applicant), case.joinedload(Application.project), selectinload(Financing.payments))
    return list(db.session.scalars(query.order_by(Decision.decided_on, Financing.id)).unique())


def listed(actor: Actor, state: PaymentState) -> Select[Any]:
    """The payments in a state that the actor may see: prepared by due day, others by the latest day of payment."""
    case = joinedload(Payment.project).joinedload(Project.application)
    order = (Payment.due_on, Payment.id) if state == PaymentState.PREPARED else (Payment.paid_on.desc(), Payment.id.desc())
    query = select(Payment).where(Payment.state == state).order_by(*order)
    query = query.options(
        case.joinedload(Application.applicant), joinedload(Payment.prepared_by), case.selectinload(Application.reviews),
        case.selectinload(Application.recusals),
    )  # fmt: skip
    return visible(query, Payment, actor)


def open_claims(actor: Actor) -> list[Claim]:
    """The claims that are neither received nor remitted, by the day they should be paid."""
    case = joinedload(Claim.project).joinedload(Project.application)
    query = select(Claim).where(Claim.state == ClaimState.RAISED).options(case.joinedload(Application.applicant))
    return list(db.session.scalars(visible(query, Claim, actor).order_by(Claim.due_on, Claim.id)))
