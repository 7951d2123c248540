"""The country's money by board, summed from the postings themselves, so that a table always equals the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from sqlalchemy import func, select

from ...domain.ledger import PostingKind as K
from ...domain.permissions import Actor
from ...domain.words import PotSource
from ...extensions import db
from ...models.people import Organisation
from ...models.pots import Posting, Pot
from ..visible import visible_where

GOT = (K.APPROPRIATE, K.CORRECT, K.RESERVE_IN, K.ALLOCATE_IN, K.REPAY, K.RECORD)
MOVED = (K.TRANSFER_IN, K.TRANSFER_OUT)
GIVEN = (K.RESERVE_OUT, K.ALLOCATE_OUT)


@dataclass(frozen=True)
class Sums:
    """Whole kronor: got + moved − given − lapsed = left + bound + paid."""

    got: int = 0
    moved: int = 0
    given: int = 0
    lapsed: int = 0
    left: int = 0
    bound: int = 0
    paid: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Sums)))

    def with_posting(self, kind: K, amount_kr: int, bound_kr: int) -> "Sums":
        """The sums after postings of one kind, given what they changed in kronor."""
        return self + Sums(
            got=amount_kr if kind in GOT else 0,
            moved=amount_kr if kind in MOVED else 0,
            given=-amount_kr if kind in GIVEN else 0,
            lapsed=-amount_kr if kind is K.LAPSE else 0,
            left=amount_kr,
            bound=bound_kr,
            paid=-bound_kr if kind is K.PAY else 0,
        )


@dataclass(frozen=True)
class Balances:
    """One board's pots of a year: source → its sums, and the ids of the pots."""

    board: Organisation
    sums: dict[PotSource, Sums]
    pots: dict[PotSource, int]

    def of(self, *sources: PotSource) -> Sums:
        """The sums of some of the board's pots together."""
        return total(self.sums.get(source, Sums()) for source in sources)

    @property
    def county(self) -> Sums:
        """The county's own money: the allocation and what has come back."""
        return self.of(PotSource.ALLOCATION, PotSource.RETURNED)


def total(sums: Iterable[Sums]) -> Sums:
    """Several sums together."""
    result = Sums()
    for each in sums:
        result += each
    return result


def balances(year: int, actor: Actor | None = None) -> list[Balances]:
    """The boards that have pots in a year, in the order of the county codes; for an actor those that they may see."""
    query = select(Pot.id, Pot.board_id, Pot.source, Posting.kind, func.sum(Posting.amount_kr), func.sum(Posting.bound_kr))
    query = query.outerjoin(Posting).where(Pot.year == year).group_by(Pot.id, Pot.board_id, Pot.source, Posting.kind)
    rows: dict[int, Balances] = {}
    boards = {board.id: board for board in db.session.scalars(select(Organisation).where(Organisation.kind == "board"))}
    if actor:
        query = query.where(visible_where(Pot, actor))
    for pot_id, board_id, source, kind, amount_kr, bound_kr in db.session.execute(query):
        row = rows.setdefault(board_id, Balances(boards[board_id], {}, {}))
        row.pots[source] = pot_id
        before = row.sums.get(source, Sums())
        row.sums[source] = before.with_posting(kind, int(amount_kr), int(bound_kr)) if kind else before
    return sorted(rows.values(), key=lambda row: row.board.county_code)


def years() -> list[int]:
    """The years that have pots, the latest first."""
    return list(db.session.scalars(select(Pot.year).distinct().order_by(Pot.year.desc())))
