"""How hard the money of a call is sought: what is applied for against the pots. Only reads; not for rankings (reviews.py)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from ..domain.ledger import Balance
from ..domain.money import ratio
from ..domain.words import ApplicationState, PotSource
from ..extensions import db
from ..models.applications import Application
from ..models.calls import Call
from ..models.pots import Posting, Pot
from . import pots

Place = tuple[int, int, PotSource]  # Board, year, source.


@dataclass(frozen=True)
class Pressure:
    """One call: what has come in, and what its board's pots of the year hold, in whole kronor; None is unknown."""

    call: Call
    received: int
    applied_kr: int
    available_kr: int | None
    bound_kr: int
    returned_kr: int

    @property
    def ratio(self) -> Decimal | None:
        return ratio(self.applied_kr, self.available_kr)


def of(calls: Sequence[Call]) -> list[Pressure]:
    """The pressure of each call, in two queries whatever their number. Drafts and withdrawn applications don't count.

    Without a pot the amount that the call says is available stands in its place.
    """
    asked, held = _asked(calls), _held(calls)
    return [_pressure(call, asked.get(call.id, (0, 0)), held) for call in calls]


def _pressure(call: Call, asked: tuple[int, int], held: dict[Place, Balance]) -> Pressure:
    own = {source: held[place] for source in call.scope.sources if (place := (call.board_id, call.year, source)) in held}
    promised = call.version.available_kr if call.version else None
    return Pressure(
        call,
        received=asked[0],
        applied_kr=asked[1],
        available_kr=sum(balance.whole for balance in own.values()) if own else promised,
        bound_kr=sum(balance.bound + balance.paid for balance in own.values()),
        returned_kr=own[PotSource.RETURNED].whole if PotSource.RETURNED in own else 0,
    )


def _asked(calls: Sequence[Call]) -> dict[int, tuple[int, int]]:
    """Call id → how many have come in, and the kronor they ask for together."""
    query = select(Application.call_id, func.count(), func.sum(Application.applied_kr))
    query = query.where(Application.call_id.in_([call.id for call in calls]), Application.arrived_at.is_not(None))
    query = query.where(Application.state != ApplicationState.WITHDRAWN).group_by(Application.call_id)
    return {call_id: (count, int(kr or 0)) for call_id, count, kr in db.session.execute(query)}


def _held(calls: Sequence[Call]) -> dict[Place, Balance]:
    """The balances of the boards' pots of the calls' years that anything has been posted to."""
    boards, years = {call.board_id for call in calls}, {call.year for call in calls}
    query = select(Pot.board_id, Pot.year, Pot.source, Posting.available_after, Posting.bound_after, Posting.paid_after)
    query = query.join(Pot.postings).where(Pot.board_id.in_(boards), Pot.year.in_(years), pots.IS_LATEST)
    return {(board, year, source): Balance(*after) for board, year, source, *after in db.session.execute(query)}
