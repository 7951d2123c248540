"""The arithmetic of pots: what each kind of posting does to a balance, in whole kronor.

A pot holds money that is available, bound by decisions, or paid. Not for who posts or why (services/pots.py).
"""

from dataclasses import dataclass
from enum import StrEnum

from .money import LARGEST, in_words


class PostingKind(StrEnum):
    """What a posting is: moves come in pairs, one for the pot that gives and one for the pot that gets."""

    APPROPRIATE = "appropriate"
    CORRECT = "correct"
    RESERVE_OUT = "reserve_out"
    RESERVE_IN = "reserve_in"
    ALLOCATE_OUT = "allocate_out"
    ALLOCATE_IN = "allocate_in"
    TRANSFER_OUT = "transfer_out"
    TRANSFER_IN = "transfer_in"
    BIND = "bind"
    RELEASE = "release"
    PAY = "pay"
    REPAY = "repay"
    LAPSE = "lapse"
    RECORD = "record"


K = PostingKind

# What one krona does to (available, bound, paid).
# fmt: off
EFFECTS = {
    K.APPROPRIATE:  (+1,  0,  0),
    K.CORRECT:      (-1,  0,  0),
    K.RESERVE_OUT:  (-1,  0,  0),
    K.RESERVE_IN:   (+1,  0,  0),
    K.ALLOCATE_OUT: (-1,  0,  0),
    K.ALLOCATE_IN:  (+1,  0,  0),
    K.TRANSFER_OUT: (-1,  0,  0),
    K.TRANSFER_IN:  (+1,  0,  0),
    K.BIND:         (-1, +1,  0),
    K.RELEASE:      (+1, -1,  0),
    K.PAY:          ( 0, -1, +1),
    K.REPAY:        (+1,  0,  0),
    K.LAPSE:        (-1,  0,  0),
    K.RECORD:       (+1,  0,  0),
}

LABELS = {
    K.APPROPRIATE:  "anslag från staten",
    K.CORRECT:      "rättelse av anslaget",
    K.RESERVE_OUT:  "avsatt till nationell utlysning",
    K.RESERVE_IN:   "avsatt från anslaget",
    K.ALLOCATE_OUT: "fördelat till länen",
    K.ALLOCATE_IN:  "tilldelat enligt fördelningsnyckeln",
    K.TRANSFER_OUT: "överfört till annan länsstyrelse",
    K.TRANSFER_IN:  "överfört från annan länsstyrelse",
    K.BIND:         "bundet av beslut",
    K.RELEASE:      "frigjort",
    K.PAY:          "utbetalt",
    K.REPAY:        "återbetalt",
    K.LAPSE:        "återfört till staten vid årets slut",
    K.RECORD:       "uppgift från tiden före systemet",
}
# fmt: on


class Overdrawn(ValueError):
    """A posting asks for more than there is; `missing` is the kronor that are lacking."""

    def __init__(self, sentence: str, missing: int):
        super().__init__(sentence)
        self.missing = missing


@dataclass(frozen=True)
class Entry:
    """One posting of 1 to LARGEST kronor; ValueError for another amount."""

    kind: PostingKind
    kr: int

    def __post_init__(self) -> None:
        if not 1 <= self.kr <= LARGEST:
            raise ValueError(f"Beloppet ska vara minst 1 kr och högst {in_words(LARGEST)}.")

    @property
    def amount(self) -> int:
        """The signed change in kronor of what is available."""
        return EFFECTS[self.kind][0] * self.kr

    @property
    def bound(self) -> int:
        """The signed change in kronor of what is bound by decisions."""
        return EFFECTS[self.kind][1] * self.kr

    @property
    def paid(self) -> int:
        """The change in kronor of what is paid."""
        return EFFECTS[self.kind][2] * self.kr


@dataclass(frozen=True)
class Balance:
    """What a pot holds, in kronor: available, bound by decisions and not yet paid, paid."""

    available: int = 0
    bound: int = 0
    paid: int = 0

    @property
    def whole(self) -> int:
        """All that the pot has been given and still answers for, in kronor."""
        return self.available + self.bound + self.paid

    def apply(self, entry: Entry) -> "Balance":
        """The balance after the posting, or Overdrawn when what is available or bound does not suffice."""
        after = Balance(self.available + entry.amount, self.bound + entry.bound, self.paid + entry.paid)
        if after.available < 0:
            raise Overdrawn(f"Pengarna i potten räcker inte. Det saknas {in_words(-after.available)}.", -after.available)
        if after.bound < 0:
            raise Overdrawn(f"Så mycket är inte bundet i potten. Det saknas {in_words(-after.bound)}.", -after.bound)
        return after


def label(kind: PostingKind) -> str:
    """The Swedish words for a kind of posting."""
    return LABELS[kind]


def appropriate(kr: int) -> Entry:
    """The state gives money for the year (anslag 1:2)."""
    return Entry(K.APPROPRIATE, kr)


def correct(kr: int) -> Entry:
    """Counter an appropriation that was booked too high."""
    return Entry(K.CORRECT, kr)


def reserve(kr: int) -> tuple[Entry, Entry]:
    """Set aside for the national call: out of the appropriation, into the national pot."""
    return Entry(K.RESERVE_OUT, kr), Entry(K.RESERVE_IN, kr)


def allocate(kr: int) -> tuple[Entry, Entry]:
    """Give a county its share by the distribution key: out of the appropriation, into the county's pot."""
    return Entry(K.ALLOCATE_OUT, kr), Entry(K.ALLOCATE_IN, kr)


def transfer(kr: int) -> tuple[Entry, Entry]:
    """Move money that nobody has been promised from one board's pot to another's."""
    return Entry(K.TRANSFER_OUT, kr), Entry(K.TRANSFER_IN, kr)


def bind(kr: int) -> Entry:
    """Bind money by a decision that grants it."""
    return Entry(K.BIND, kr)


def release(kr: int) -> Entry:
    """Free bound money that will not be paid."""
    return Entry(K.RELEASE, kr)


def pay(kr: int) -> Entry:
    """Pay out bound money."""
    return Entry(K.PAY, kr)


def repay(kr: int) -> Entry:
    """Money that comes back under 39–41 §§, into the returned-money pot of the year in which it arrives."""
    return Entry(K.REPAY, kr)


def lapse(kr: int) -> Entry:
    """Money that nobody was promised goes back to the state at year-end."""
    return Entry(K.LAPSE, kr)


def record(kr: int) -> Entry:
    """What a pot held in a year before the system, as imported."""
    return Entry(K.RECORD, kr)
