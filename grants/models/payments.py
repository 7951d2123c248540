"""Money out and money back: payments with four eyes, and repayment claims."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain.permissions import Standing
from ..domain.words import ClaimGround, ClaimState, PaymentState
from .base import At, Base, Id, Kronor, Thing, to, word
from .decisions import Financing
from .people import Person
from .pots import Pot
from .projects import Project


class Payment(Thing, Base):
    """One payment from one pot: prepared by one person, confirmed by another."""

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("amount_kr > 0", name="payment_is_positive"),
        CheckConstraint("(state = 'paid') = (paid_on IS NOT NULL AND confirmed_by_id IS NOT NULL)", name="paid_on_if_paid"),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> prepared_by_id", name="four_eyes"),
    )
    noun = "payment"
    id: Mapped[Id]
    project_id: Mapped[int] = to("project.id")
    financing_id: Mapped[int] = to("financing.id")
    amount_kr: Mapped[Kronor]
    state: Mapped[PaymentState] = mapped_column(word(PaymentState, "payment_state_known"))
    due_on: Mapped[date]
    payee: Mapped[str] = mapped_column(String(200), default="")
    prepared_by_id: Mapped[int] = to("person.id", index=False)
    prepared_at: Mapped[At]
    confirmed_by_id: Mapped[int | None] = to("person.id", index=False)
    paid_on: Mapped[date | None] = mapped_column(index=True)
    project: Mapped[Project] = relationship(back_populates="payments")
    financing: Mapped[Financing] = relationship(back_populates="payments")
    prepared_by: Mapped[Person] = relationship(foreign_keys=[prepared_by_id])

    @property
    def standing(self) -> Standing:
        return self.project.standing


class Claim(Thing, Base):
    """Money asked back (39–41 §§): received into the returned-money pot of the year it arrives, or remitted."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint("amount_kr > 0", name="claim_is_positive"),
        CheckConstraint("(state = 'received') = (received_on IS NOT NULL)", name="received_on_if_received"),
        CheckConstraint("(state = 'remitted') = (remission_reason IS NOT NULL)", name="remission_has_reason"),
    )
    noun = "claim"
    id: Mapped[Id]
    project_id: Mapped[int] = to("project.id")
    ground: Mapped[ClaimGround] = mapped_column(word(ClaimGround, "claim_ground_known"))
    amount_kr: Mapped[Kronor]
    reason: Mapped[str] = mapped_column(String(4000), default="")
    state: Mapped[ClaimState] = mapped_column(word(ClaimState, "claim_state_known"))
    due_on: Mapped[date | None]
    received_on: Mapped[date | None] = mapped_column(index=True)
    remission_reason: Mapped[str | None] = mapped_column(String(4000))
    pot_id: Mapped[int | None] = to("pot.id")
    project: Mapped[Project] = relationship(back_populates="claims")
    pot: Mapped[Pot | None] = relationship()

    @property
    def standing(self) -> Standing:
        return self.project.standing
