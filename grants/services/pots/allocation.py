"""The money's year: the appropriation, the national reserve, the distribution key, and what lapses at year-end.

All of it is the coordinating board's work (Länsstyrelsen i Jönköpings län, which holds anslag 1:2).
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select

from ...domain import ledger as entries
from ...domain.errors import Unmet, WrongState
from ...domain.money import LARGEST, in_words, split_by_shares
from ...domain.permissions import Moment
from ...domain.words import PotSource
from ...extensions import db
from ...models.people import COORDINATING_COUNTY, County, Organisation
from ...models.pots import DistributionKey, KeyShare, Pot
from .. import organisations
from ..acting import act
from .ledger import balance, find, lock, post, pot

Made = TypeVar("Made")
OF_THE_YEAR = (PotSource.APPROPRIATION, PotSource.NATIONAL, PotSource.ALLOCATION)


def appropriate(year: int, kr: int, moment: Moment, *, letter: str) -> None:
    """The state gives `kr` kronor for the year; `letter` names its decision (regleringsbrev, anslag 1:2)."""
    entry = _made(entries.appropriate, kr)
    there = pot(_coordinator(), year, PotSource.APPROPRIATION)
    act("appropriate", there, moment, note=letter)
    post(there, entry, moment, note=letter)


def correct(year: int, kr: int, moment: Moment, *, reason: str) -> None:
    """Counter `kr` kronor of an appropriation that was booked too high. Raises Unmet when so much is not left of it."""
    entry, there = _made(entries.correct, kr), _appropriation(year)
    act("correct", there, moment, note=reason)
    post(there, entry, moment, note=reason)


def reserve_national(year: int, kr: int, moment: Moment) -> None:
    """Set `kr` kronor of the appropriation aside for the national call. Raises Unmet when so much is not left."""
    given, got = _made(entries.reserve, kr)
    source, target = _appropriation(year), pot(_coordinator(), year, PotSource.NATIONAL)
    act("reserve", target, moment, note=in_words(kr))
    lock([source, target])
    post(source, given, moment)
    post(target, got, moment)


def draft_key(year: int, weights: Mapping[str, int], moment: Moment, note: str = "") -> DistributionKey:
    """A new version of the year's distribution key: county code → weight, of which only the proportions matter.

    Counties left out get nothing. Raises Unmet for an unknown county, a negative weight or no weight at all.
    """
    codes = list(db.session.scalars(select(County.code).order_by(County.code)))
    if unknown := sorted(set(weights) - set(codes)):
        raise Unmet(f"Det finns inget län med koden {', '.join(unknown)}.")
    if min(weights.values(), default=0) < 0 or not 0 < sum(weights.values()) <= LARGEST:
        raise Unmet("Ange en vikt som är större än noll för minst ett län. Ingen vikt får vara negativ.")
    latest = db.session.scalar(select(func.max(DistributionKey.number)).where(DistributionKey.year == year)) or 0
    shares = [KeyShare(county_code=code, weight=weights.get(code, 0)) for code in codes]
    key = DistributionKey(year=year, number=latest + 1, note=note, shares=shares)
    act("draft", key, moment, note=note)
    db.session.flush()
    return key


def keys_of(year: int) -> list[DistributionKey]:
    """The versions of a year's key, the latest first."""
    query = select(DistributionKey).where(DistributionKey.year == year).order_by(DistributionKey.number.desc())
    return list(db.session.scalars(query))


def preview(key: DistributionKey) -> dict[str, int]:
    """What each county would get, in kronor, of what is left of the appropriation; nothing when nothing is left."""
    there = find(_coordinator().id, key.year, PotSource.APPROPRIATION)
    left = balance(there).available if there else 0
    return split_by_shares(left, {share.county_code: share.weight for share in key.shares})


def allocate(key: DistributionKey, moment: Moment) -> None:
    """Decide a key and give each county its share of all that is left of the appropriation, to the krona.

    Raises WrongState when a later version exists, Unmet when nothing is left to give.
    """
    source = _appropriation(key.year)
    lock([source])
    if key is not keys_of(key.year)[0]:
        raise WrongState("Det finns en senare version av nyckeln. Använd den.")
    act("decide", key, moment)
    key.decided_at = moment.now
    shares = {code: kr for code, kr in preview(key).items() if kr}
    if not shares:
        raise Unmet(f"Det finns inget kvar av anslaget {key.year} att fördela.")
    act("allocate", source, moment, note=in_words(sum(shares.values())))
    boards = {board.county_code: board for board in organisations.boards()}
    for code, kr in shares.items():
        given, got = entries.allocate(kr)
        post(source, given, moment, cause="key", cause_id=key.id, note=boards[code].county.name)
        post(pot(boards[code], key.year, PotSource.ALLOCATION), got, moment, cause="key", cause_id=key.id)


def lapse(year: int, moment: Moment) -> int:
    """At year-end what nobody was promised of the year's money goes back to the state; the kronor that lapsed.

    Returned money stays. Raises Unmet before 31 December of the year, or when nothing is left.
    """
    if moment.today < date(year, 12, 31):
        raise Unmet(f"Pengarna för {year} kan återföras tidigast den 31 december {year}.")
    found = list(db.session.scalars(select(Pot).where(Pot.year == year, Pot.source.in_(OF_THE_YEAR)).order_by(Pot.id)))
    lock(found)
    left = {each: kr for each in found if (kr := balance(each).available)}
    if not left:
        raise Unmet(f"Det finns inget kvar att återföra för {year}.")
    for each, kr in left.items():
        act("lapse", each, moment, note=in_words(kr))
        post(each, entries.lapse(kr), moment)
    return sum(left.values())


def _made(entry: Callable[[int], Made], kr: int) -> Made:
    """The entry or the pair of entries of a move; what is wrong with the amount is the person's to mend."""
    try:
        return entry(kr)
    except ValueError as wrong:
        raise Unmet(str(wrong)) from wrong


def _appropriation(year: int) -> Pot:
    there = find(_coordinator().id, year, PotSource.APPROPRIATION)
    if there is None:
        raise Unmet(f"Det finns inget anslag för {year}. Bokför anslaget först.")
    return there


def _coordinator() -> Organisation:
    return next(board for board in organisations.boards() if board.county_code == COORDINATING_COUNTY)
