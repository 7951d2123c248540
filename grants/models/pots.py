"""The money ledger: pots, their append-only postings, the distribution key and transfers between boards."""

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain.ledger import PostingKind
from ..domain.permissions import Standing
from ..domain.words import KeyState, PotSource, TransferState, label
from .base import At, Base, Id, Kronor, Thing, to, word
from .people import Organisation, Person


class Pot(Thing, Base):
    """A board's money of one year from one source. Its balance is its last posting's."""

    __tablename__ = "pot"
    __table_args__ = (UniqueConstraint("board_id", "year", "source"), Index("ix_pot_year", "year"))
    noun = "pot"
    id: Mapped[Id]
    board_id: Mapped[int] = to("organisation.id", index=False)
    year: Mapped[int]
    source: Mapped[PotSource] = mapped_column(word(PotSource, "pot_source_known"))
    board: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    postings: Mapped[list["Posting"]] = relationship(back_populates="pot", order_by="Posting.number")

    @property
    def name(self) -> str:
        """What people call it, such as "årets tilldelning 2024 hos Länsstyrelsen i Södermanlands län"."""
        return f"{label(self.source)} {self.year} hos {self.board.name}"

    @property
    def standing(self) -> Standing:
        return Standing(board_id=self.board_id, official=True)


class Posting(Base):
    """One movement. Numbered without gaps; carries the balances after it; never changed, only countered."""

    __tablename__ = "posting"
    __table_args__ = (
        UniqueConstraint("pot_id", "number"),
        CheckConstraint("available_after >= 0", name="pot_is_not_overdrawn"),
        CheckConstraint("bound_after >= 0", name="paid_is_within_what_was_bound"),
        CheckConstraint("amount_kr <> 0 OR bound_kr <> 0", name="posting_moves_money"),
        Index("ix_posting_cause", "cause", "cause_id"),
    )
    id: Mapped[Id]
    pot_id: Mapped[int] = to("pot.id", index=False)
    number: Mapped[int]
    kind: Mapped[PostingKind] = mapped_column(word(PostingKind, "posting_kind_known"))
    amount_kr: Mapped[Kronor]
    bound_kr: Mapped[Kronor]
    available_after: Mapped[Kronor]
    bound_after: Mapped[Kronor]
    paid_after: Mapped[Kronor]
    cause: Mapped[str | None] = mapped_column(String(40))
    cause_id: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[int | None] = to("person.id", index=False)
    at: Mapped[At]
    pot: Mapped[Pot] = relationship(back_populates="postings")
    by: Mapped[Person | None] = relationship()


class DistributionKey(Thing, Base):
    """How the regional money of a year is divided between the boards; a new version for each attempt."""

    __tablename__ = "distribution_key"
    __table_args__ = (UniqueConstraint("year", "number"),)
    noun = "key"
    id: Mapped[Id]
    year: Mapped[int]
    number: Mapped[int]
    state: Mapped[KeyState] = mapped_column(word(KeyState, "key_state_known"))
    note: Mapped[str] = mapped_column(String(1000), default="")
    decided_at: Mapped[At | None]
    shares: Mapped[list["KeyShare"]] = relationship(cascade="all, delete-orphan", order_by="KeyShare.county_code")

    @property
    def standing(self) -> Standing:
        return Standing()


class KeyShare(Base):
    """A county's weight in the key; only the proportions matter."""

    __tablename__ = "key_share"
    __table_args__ = (CheckConstraint("weight >= 0", name="weight_is_not_negative"),)
    key_id: Mapped[int] = to("distribution_key.id", primary_key=True, index=False)
    county_code: Mapped[str] = to("county.code", primary_key=True, index=False)
    weight: Mapped[Kronor]


class Transfer(Thing, Base):
    """Money moved from one board's pot to another's: proposed by one, accepted by the other, then booked."""

    __tablename__ = "transfer"
    __table_args__ = (
        CheckConstraint("amount_kr > 0", name="transfer_is_positive"),
        CheckConstraint("from_pot_id <> to_pot_id", name="transfer_moves_between_pots"),
    )
    noun = "transfer"
    id: Mapped[Id]
    from_pot_id: Mapped[int] = to("pot.id")
    to_pot_id: Mapped[int] = to("pot.id")
    amount_kr: Mapped[Kronor]
    reason: Mapped[str] = mapped_column(String(1000), default="")
    state: Mapped[TransferState] = mapped_column(word(TransferState, "transfer_state_known"))
    from_pot: Mapped[Pot] = relationship(foreign_keys=[from_pot_id])
    to_pot: Mapped[Pot] = relationship(foreign_keys=[to_pot_id])

    @property
    def standing(self) -> Standing:
        """The giving board stands as the owner, the receiving as the board."""
        return Standing(applicant_id=self.from_pot.board_id, board_id=self.to_pot.board_id)
