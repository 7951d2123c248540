"""What pots held in years before the system: booked as recorded, once."""

from sqlalchemy import func, select

from ...domain.importing import POTS, Fault, read
from ...domain.ledger import PostingKind as K
from ...domain.money import in_words
from ...domain.permissions import Moment
from ...extensions import db
from ...models.people import Organisation
from ...models.pots import Posting, Pot
from .. import pots as ledger
from .taking import Register, Taken, each_once, refuse

FILLS = (K.APPROPRIATE, K.CORRECT, K.RESERVE_IN, K.ALLOCATE_IN, K.TRANSFER_IN, K.TRANSFER_OUT, K.REPAY, K.RECORD)


def pots(content: bytes, moment: Moment, *, only_check: bool = False) -> Taken:
    """Book what each pot of a file got, in whole kronor. A pot that holds the amount already is passed over.

    Raises Unmet with every fault, such as a pot that got another amount; then nothing is booked.
    """
    register = Register()
    rows, faults = read(content, register.columns(POTS))
    rows = each_once(rows, lambda facts: (facts["year"], facts["board"], facts["source"]), "amount_kr", faults)
    filled = _filled()
    new = []
    for row in rows:
        there, kr = filled.get((register.boards[row.facts["board"]], row.facts["year"], row.facts["source"]), 0), row.facts["amount_kr"]
        if there and there != kr:
            faults.append(
                Fault(row.line, "amount_kr", f"Potten har redan fått {in_words(there)}. Samma pott kan inte få ett annat belopp.")
            )
        elif kr and not there:
            new.append(row)
    refuse(faults)
    for row in () if only_check else new:
        board = db.session.get_one(Organisation, register.boards[row.facts["board"]])
        ledger.record(board, row.facts["year"], row.facts["source"], row.facts["amount_kr"], moment)
    return Taken(len(new), len(rows) - len(new))


def _filled() -> dict[tuple[int, int, str], int]:
    """What each pot has got so far, in kronor: board, year and source → sum."""
    query = select(Pot.board_id, Pot.year, Pot.source, func.sum(Posting.amount_kr)).join(Posting)
    query = query.where(Posting.kind.in_(FILLS)).group_by(Pot.board_id, Pot.year, Pot.source)
    return {(board, year, source): int(kr) for board, year, source, kr in db.session.execute(query)}
