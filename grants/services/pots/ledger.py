"""Booking: every change of a pot is a posting, written while the pot is locked. Not for who gives what to whom."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import IntegrityError

from ...domain import ledger as entries
from ...domain.errors import Unmet
from ...domain.ledger import Balance, Entry, Overdrawn
from ...domain.money import in_words
from ...domain.permissions import Moment
from ...domain.words import PotSource, label
from ...extensions import db
from ...models.applications import Application
from ...models.decisions import Decision
from ...models.payments import Claim, Payment
from ...models.people import Organisation
from ...models.pots import Posting, Pot
from ...models.projects import Project
from ..acting import act

# A posting that no other of its pot follows: the balances after it are the pot's.
IS_LATEST = Posting.number == select(func.max(Posting.number)).where(Posting.pot_id == Pot.id).correlate(Pot).scalar_subquery()


def find(board_id: int, year: int, source: PotSource) -> Pot | None:
    """The pot of a board, a year and a source, if there is one."""
    return db.session.scalar(select(Pot).where(Pot.board_id == board_id, Pot.year == year, Pot.source == source))


def pot(board: Organisation, year: int, source: PotSource) -> Pot:
    """The pot of a board, a year and a source, made when missing, also when two make it at once."""
    if there := find(board.id, year, source):
        return there
    try:
        with db.session.begin_nested():
            made = Pot(board=board, year=year, source=source)
            db.session.add(made)
    except IntegrityError:
        return db.session.scalars(select(Pot).where(Pot.board_id == board.id, Pot.year == year, Pot.source == source)).one()
    return made


def lock(pots: Iterable[Pot]) -> None:
    """Hold pots until the transaction ends, always in the same order, so that two who need the same never wait in a ring."""
    ids = sorted({each.id for each in pots})
    db.session.execute(select(Pot.id).where(Pot.id.in_(ids)).order_by(Pot.id).with_for_update())


def balance(pot: Pot) -> Balance:
    """What a pot holds now, in kronor, by its last posting."""
    return _last(pot)[1]


def _last(pot: Pot) -> tuple[int, Balance]:
    """The number of the last posting and the balance after it; always read anew, never from the session's memory."""
    columns = (Posting.number, Posting.available_after, Posting.bound_after, Posting.paid_after)
    query = select(*columns).where(Posting.pot_id == pot.id).order_by(Posting.number.desc()).limit(1)
    row = db.session.execute(query).first()
    return (row.number, Balance(row.available_after, row.bound_after, row.paid_after)) if row else (0, Balance())


def post(pot: Pot, entry: Entry, moment: Moment, *, cause: str | None = None, cause_id: int | None = None, note: str = "") -> Posting:
    """Book one entry in a pot. `cause` is the noun of what made it, such as "payment", and `cause_id` its id.

    Raises Unmet, with the pot, what is left and what is missing in kronor, when the money does not suffice.
    """
    lock([pot])
    number, before = _last(pot)
    try:
        after = before.apply(entry)
    except Overdrawn as lack:
        raise Unmet(_refused(pot, before, entry, lack.missing)) from lack
    posting = Posting(
        pot=pot, number=number + 1, kind=entry.kind, amount_kr=entry.amount, bound_kr=entry.bound, available_after=after.available,
        bound_after=after.bound, paid_after=after.paid, cause=cause, cause_id=cause_id, note=note[:300],
        by_id=moment.actor.person_id, at=moment.now,
    )  # fmt: skip
    db.session.add(posting)
    db.session.flush()
    return posting


def _refused(pot: Pot, before: Balance, entry: Entry, missing: int) -> str:
    name = pot.name[0].upper() + pot.name[1:]
    if entry.amount < 0:
        return f"{name} räcker inte: {in_words(before.available)} finns kvar och {in_words(missing)} saknas."
    return f"{name} har {in_words(before.bound)} bundet, {in_words(missing)} för lite."


def bind(decision: Decision, moment: Moment) -> None:
    """Bind a decision's money in its pots. Raises Unmet with one sentence for each pot that does not suffice."""
    call = decision.application.call
    found = {row: find(decision.application.board_id, call.year, row.source) for row in decision.financing}
    lock(there for there in found.values() if there)
    reasons: list[str] = []
    for row, there in found.items():
        row.pot = there
        try:
            if there is None:
                raise Unmet(f"Det finns ingen pott {label(row.source)} {call.year} hos {decision.application.board.name}.")
            post(there, entries.bind(row.amount_kr), moment, cause="decision", cause_id=decision.id)
        except Unmet as refusal:
            reasons.extend(refusal.reasons)
    if reasons:
        raise Unmet(*reasons)


def release(decision: Decision, moment: Moment, note: str = "") -> int:
    """Free what a decision bound and nobody will pay; the kronor that were freed."""
    rows = [row for row in decision.financing if row.pot and row.unpaid_kr > 0]
    lock(row.pot for row in rows if row.pot)
    for row in rows:
        if row.pot:
            post(row.pot, entries.release(row.unpaid_kr), moment, cause="decision", cause_id=decision.id, note=note)
    return sum(row.unpaid_kr for row in rows)


def pay(payment: Payment, moment: Moment) -> Posting:
    """Book a payment in the pot that finances it. Raises Unmet for a grant from before the system, which has no pot."""
    there = payment.financing.pot
    if there is None:
        raise Unmet("Bidraget beslutades före systemet och betalas inte ut härifrån.")
    return post(there, entries.pay(payment.amount_kr), moment, cause="payment", cause_id=payment.id)


def repay(claim: Claim, moment: Moment) -> Pot:
    """Book returned money in the board's pot of the calendar year in which it arrived (41 §); that pot."""
    if claim.received_on is None:
        raise Unmet("Ange vilken dag pengarna kom tillbaka.")
    there = pot(claim.project.application.board, claim.received_on.year, PotSource.RETURNED)
    post(there, entries.repay(claim.amount_kr), moment, cause="claim", cause_id=claim.id)
    return there


def record(board: Organisation, year: int, source: PotSource, kr: int, moment: Moment) -> Posting:
    """What a pot got before the system, in kronor. Only the system may."""
    there = pot(board, year, source)
    act("record", there, moment)
    return post(there, entries.record(kr), moment)


def causes(postings: Iterable[Posting]) -> dict[tuple[str, int], tuple[int, str]]:
    """What postings came from: (noun, id) of a decision, payment or claim → its project's id and the case's number."""
    rows = list(postings)
    found: dict[tuple[str, int], tuple[int, str]] = {}
    for noun, (model, belongs) in CAUSES.items():
        if ids := {row.cause_id for row in rows if row.cause == noun}:
            query = select(model.id, Project.id, Application.registration_number, Application.reference)
            query = query.join(Project, belongs).join(Application, Application.id == Project.application_id)
            for id, project_id, number, reference in db.session.execute(query.where(model.id.in_(ids))):
                found[noun, id] = (project_id, number or reference)
    return found


CAUSES: dict[str, tuple[Any, ColumnElement[bool]]] = {
    "decision": (Decision, Project.decision_id == Decision.id),
    "payment": (Payment, Project.id == Payment.project_id),
    "claim": (Claim, Project.id == Claim.project_id),
}
