"""Decisions and how each is financed."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain.permissions import Standing
from ..domain.words import DecisionState, Outcome, PaymentState, PotSource
from .applications import Application
from .base import At, Base, Id, Kronor, Prose, Thing, to, word
from .people import Person
from .pots import Pot

LIVE = text("state <> 'dropped'")


class Decision(Thing, Base):
    """A decision on an application: proposed by a rapporteur, decided by another person."""

    __tablename__ = "decision"
    __table_args__ = (
        Index("one_live_decision_per_application", "application_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        CheckConstraint(
            "is_imported OR state <> 'decided' OR (decided_at IS NOT NULL AND decider_id IS NOT NULL)", name="decided_at_if_decided"
        ),
        CheckConstraint("(outcome IN ('granted','partly_granted')) = (granted_kr IS NOT NULL)", name="amount_if_granted"),
        CheckConstraint("granted_kr IS NULL OR granted_kr BETWEEN 0 AND 1000000000000", name="granted_is_believable"),
        CheckConstraint("is_imported OR decider_id IS NULL OR decider_id <> rapporteur_id", name="two_people_decide"),
    )
    noun = "decision"
    id: Mapped[Id]
    application_id: Mapped[int] = to("application.id")
    state: Mapped[DecisionState] = mapped_column(word(DecisionState, "decision_state_known"))
    outcome: Mapped[Outcome] = mapped_column(word(Outcome, "decision_outcome_known"))
    granted_kr: Mapped[Kronor | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    reasons: Mapped[Prose] = mapped_column(default="")
    conditions: Mapped[list[str]] = mapped_column(JSON, default=list)
    report_due_on: Mapped[date | None]
    interim_due_on: Mapped[date | None]
    participants: Mapped[str] = mapped_column(String(1000), default="")
    dissent: Mapped[str] = mapped_column(String(4000), default="")
    rapporteur_id: Mapped[int | None] = to("person.id", index=False)
    decider_id: Mapped[int | None] = to("person.id", index=False)
    decided_at: Mapped[At | None]
    decided_on: Mapped[date | None] = mapped_column(index=True)
    letter: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    is_imported: Mapped[bool] = mapped_column(default=False)
    row_version: Mapped[int] = mapped_column(default=1)
    application: Mapped[Application] = relationship(back_populates="decisions")
    rapporteur: Mapped[Person | None] = relationship(foreign_keys=[rapporteur_id])
    decider: Mapped[Person | None] = relationship(foreign_keys=[decider_id])
    financing: Mapped[list["Financing"]] = relationship(
        back_populates="decision", cascade="all, delete-orphan", lazy="selectin", order_by="Financing.id"
    )
    __mapper_args__ = {"version_id_col": row_version}

    @property
    def is_decided(self) -> bool:
        return self.state == DecisionState.DECIDED

    @property
    def standing(self) -> Standing:
        case = self.application.standing
        return Standing(case.applicant_id, case.board_id, official=self.is_decided, recused=case.recused)


class Financing(Base):
    """Which pot a grant's kronor come from. Imported decisions name the source alone and post nothing."""

    __tablename__ = "financing"
    __table_args__ = (
        UniqueConstraint("decision_id", "source"),
        CheckConstraint("amount_kr BETWEEN 1 AND 1000000000000", name="financing_is_positive"),
    )
    id: Mapped[Id]
    decision_id: Mapped[int] = to("decision.id", index=False)
    source: Mapped[PotSource] = mapped_column(word(PotSource, "financing_source_known"))
    pot_id: Mapped[int | None] = to("pot.id")
    amount_kr: Mapped[Kronor]
    decision: Mapped[Decision] = relationship(back_populates="financing")
    pot: Mapped[Pot | None] = relationship()
    payments: Mapped[list[Any]] = relationship("Payment", back_populates="financing", order_by="Payment.id")

    @property
    def unpaid_kr(self) -> int:
        """What is granted from this pot and neither paid nor waiting for approval, in kronor."""
        live: int = sum(p.amount_kr for p in self.payments if p.state in (PaymentState.PREPARED, PaymentState.PAID))
        return self.amount_kr - live
