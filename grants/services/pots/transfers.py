"""Transfers: money that nobody was promised, moved from one board to another. One proposes, the other accepts."""

from sqlalchemy import ColumnElement, and_, literal, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from ...domain import ledger as entries
from ...domain.errors import Unmet
from ...domain.money import LARGEST, in_words
from ...domain.permissions import Actor, Moment, Reach, reaches
from ...domain.words import PotSource
from ...extensions import db
from ...models.pots import Posting, Pot, Transfer
from ..acting import act
from ..visible import visible_where
from .ledger import IS_LATEST, balance, lock, post

MOVABLE = (PotSource.ALLOCATION, PotSource.RETURNED)


def propose_transfer(giver: Pot, receiver: Pot, kr: int, moment: Moment, *, reason: str) -> Transfer:
    """Propose to move `kr` kronor between two boards' pots of the same year and source.

    Raises Unmet when the pots do not match, when there is no reason, or when so much is not left. Nothing is booked yet.
    """
    if giver.source not in MOVABLE or (giver.year, giver.source) != (receiver.year, receiver.source):
        raise Unmet("Pengar förs över mellan två länsstyrelsers potter av samma slag och samma år.")
    if giver.id == receiver.id:
        raise Unmet("Välj en annan länsstyrelse att föra över till.")
    left = balance(giver).available
    if not 1 <= kr <= min(left, LARGEST):
        raise Unmet(f"Det går att föra över minst 1 kr och högst {in_words(left)}, som är det som finns kvar.")
    transfer = Transfer(from_pot=giver, to_pot=receiver, amount_kr=kr, reason=reason)
    act("propose", transfer, moment, note=in_words(kr))
    db.session.flush()
    return transfer


def accept_transfer(transfer: Transfer, moment: Moment) -> None:
    """Accept a transfer and book both sides. Raises Unmet when the giving pot no longer suffices."""
    lock([transfer.from_pot, transfer.to_pot])
    db.session.refresh(transfer, ["state"])
    act("accept", transfer, moment)
    given, got = entries.transfer(transfer.amount_kr)
    post(transfer.from_pot, given, moment, cause="transfer", cause_id=transfer.id, note=transfer.to_pot.board.name)
    post(transfer.to_pot, got, moment, cause="transfer", cause_id=transfer.id, note=transfer.from_pot.board.name)


def decline_transfer(transfer: Transfer, moment: Moment) -> None:
    """Decline a transfer: nothing moves."""
    lock([transfer.from_pot, transfer.to_pot])
    db.session.refresh(transfer, ["state"])
    act("decline", transfer, moment)


def transfers(actor: Actor, year: int) -> list[Transfer]:
    """The year's transfers that touch the actor's board, or all for those who see all; the latest first."""
    from_pot = aliased(Pot)  # The clause of visibility has a Pot of its own.
    query = select(Transfer).join(from_pot, from_pot.id == Transfer.from_pot_id).where(from_pot.year == year, _touching(actor))
    query = query.options(joinedload(Transfer.from_pot), joinedload(Transfer.to_pot)).order_by(Transfer.id.desc())
    return list(db.session.scalars(query))


def givable(actor: Actor) -> list[tuple[Pot, int]]:
    """The pots that the actor may give from and what is left in each, in kronor; the latest year first."""
    reached = reaches(actor, "transfer.propose")
    within = true() if Reach.EVERY in reached else and_(Pot.board_id == actor.organisation_id, literal(bool(reached)))
    query = select(Pot, Posting.available_after).join(Pot.postings)
    query = query.where(within, IS_LATEST, Pot.source.in_(MOVABLE), Posting.available_after > 0)
    return [(pot, kr) for pot, kr in db.session.execute(query.order_by(Pot.year.desc(), Pot.board_id, Pot.source))]


def transfer_by_id(transfer_id: int, actor: Actor) -> Transfer | None:
    """A transfer that touches the actor's board."""
    return db.session.scalar(select(Transfer).where(Transfer.id == transfer_id, _touching(actor)))


def _touching(actor: Actor) -> ColumnElement[bool]:
    """The giving board sees what it gives; the receiving board must see what it is asked to accept."""
    return or_(visible_where(Transfer, actor), visible_where(Transfer, actor, "accept"))
