"""Applications: what a municipality asks for, and what the board notes about its form."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain.permissions import Standing
from ..domain.terms import Question
from ..domain.words import CLEARED, ApplicationState, Channel, DecisionState, Financier, NationalGround, OrganisationKind
from .base import At, Base, Id, Kronor, Line, Prose, Thing, to, word
from .calls import Call, CallVersion
from .people import Organisation, Person

CHECKS = {
    "recipient": "Sökanden är kommun eller kommunalförbund (37 § första stycket)",
    "signed": "Underskriven av behörig företrädare",
    "purpose": "Insatsen avser bidragets syften och målgrupp (37 § första stycket)",
    "scope": "Insatsen uppfyller utlysningens krav på belopp, tid och område",
    "complete": "Ansökan är fullständig (förvaltningslagen 19–20 §§)",
}


class Application(Thing, Base):
    """One application by an organisation in a call. A draft is nobody's but the applicant's."""

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("board_id", "registration_number"),
        CheckConstraint("applied_kr IS NULL OR applied_kr BETWEEN 0 AND 1000000000000", name="applied_is_believable"),
        CheckConstraint(
            "is_imported OR state NOT IN ('submitted','checked','reviewed','withdrawn','decided') OR arrived_at IS NOT NULL",
            name="arrived_at_if_received",
        ),
        CheckConstraint(
            "is_imported OR ends_on IS NULL OR starts_on IS NULL OR starts_on <= ends_on OR state IN ('draft','ready','discarded')",
            name="starts_before_it_ends",
        ),
        CheckConstraint("(admitted_at IS NULL) OR (admission_reason IS NOT NULL)", name="admission_has_reason"),
        Index("ix_application_board_state", "board_id", "state"),
        Index("ix_application_call_state", "call_id", "state"),
    )
    noun = "application"
    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    call_id: Mapped[int] = to("call.id", index=False)
    version_id: Mapped[int | None] = to("call_version.id")
    board_id: Mapped[int] = to("organisation.id", index=False)
    applicant_id: Mapped[int] = to("organisation.id")
    state: Mapped[ApplicationState] = mapped_column(word(ApplicationState, "application_state_known"))
    channel: Mapped[Channel] = mapped_column(word(Channel, "application_channel_known"), default=Channel.SYSTEM)
    title: Mapped[str] = mapped_column(String(300), default="")
    summary: Mapped[Prose] = mapped_column(default="")
    need: Mapped[Prose] = mapped_column(default="")
    priority: Mapped[Prose] = mapped_column(default="")
    lasting: Mapped[Prose] = mapped_column(default="")
    budget_note: Mapped[Prose] = mapped_column(default="")
    primary_purpose: Mapped[str | None] = mapped_column(String(40), index=True)
    national_ground: Mapped[NationalGround | None] = mapped_column(word(NationalGround, "national_ground_known"))
    national_note: Mapped[Prose] = mapped_column(default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    applied_kr: Mapped[Kronor | None]
    smallest_kr: Mapped[Kronor | None]
    contact_name: Mapped[str | None] = mapped_column(String(120))
    contact_title: Mapped[str | None] = mapped_column(String(120))
    contact_email: Mapped[str | None] = mapped_column(String(254))
    contact_phone: Mapped[str | None] = mapped_column(String(40))
    changed_at: Mapped[At]
    arrived_at: Mapped[At | None] = mapped_column(index=True)
    signed_by_id: Mapped[int | None] = to("person.id", index=False)
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    admitted_at: Mapped[At | None]
    admission_reason: Mapped[str | None] = mapped_column(String(4000))
    registration_number: Mapped[str | None] = mapped_column(String(40))
    is_imported: Mapped[bool] = mapped_column(default=False)
    row_version: Mapped[int] = mapped_column(default=1)
    call: Mapped[Call] = relationship(back_populates="applications")
    version: Mapped[CallVersion | None] = relationship()
    board: Mapped[Organisation] = relationship(foreign_keys=[board_id])
    applicant: Mapped[Organisation] = relationship(foreign_keys=[applicant_id])
    signed_by: Mapped[Person | None] = relationship(foreign_keys=[signed_by_id])
    purposes: Mapped[list["ApplicationPurpose"]] = relationship(cascade="all, delete-orphan", order_by="ApplicationPurpose.purpose")
    targets: Mapped[list["ApplicationTarget"]] = relationship(cascade="all, delete-orphan", order_by="ApplicationTarget.target_group")
    goals: Mapped[list["Goal"]] = relationship(cascade="all, delete-orphan", order_by="Goal.position")
    activities: Mapped[list["Activity"]] = relationship(cascade="all, delete-orphan", order_by="Activity.position")
    partners: Mapped[list["Partner"]] = relationship(cascade="all, delete-orphan", order_by="Partner.position")
    budget: Mapped[list["BudgetLine"]] = relationship(cascade="all, delete-orphan", order_by="BudgetLine.year")
    answers: Mapped[list["Answer"]] = relationship(cascade="all, delete-orphan")
    attachments: Mapped[list["Attachment"]] = relationship(
        back_populates="application", cascade="all, delete-orphan", order_by="Attachment.id"
    )
    checks: Mapped[list["FormalCheck"]] = relationship(cascade="all, delete-orphan")
    reviews: Mapped[list[Any]] = relationship("Review", back_populates="application", order_by="Review.id")
    recusals: Mapped[list[Any]] = relationship("Recusal", back_populates="application")
    decisions: Mapped[list[Any]] = relationship("Decision", back_populates="application", order_by="Decision.id")
    project: Mapped[Any] = relationship("Project", back_populates="application", uselist=False)
    __mapper_args__ = {"version_id_col": row_version}

    @property
    def other_purposes(self) -> list[str]:
        return [row.purpose for row in self.purposes]

    @property
    def target_groups(self) -> list[str]:
        return [row.target_group for row in self.targets]

    @property
    def is_received(self) -> bool:
        return self.arrived_at is not None or self.is_imported

    @property
    def governing(self) -> CallVersion | None:
        """The version of the call that counts: for what is being written the latest, afterwards the one it was sent under."""
        return self.version if self.is_received else self.call.version

    @property
    def is_late(self) -> bool:
        """Late is a question to two moments, never a state (förvaltningslagen 22 §)."""
        return bool(self.version and self.version.closes_at and self.arrived_at and self.arrived_at > self.version.closes_at)

    @property
    def months(self) -> int:
        """Begun months from start to end; 0 when the period is not given."""
        if not (self.starts_on and self.ends_on):
            return 0
        months = (self.ends_on.year - self.starts_on.year) * 12 + self.ends_on.month - self.starts_on.month
        return months + (1 if self.ends_on.day >= self.starts_on.day else 0)

    @property
    def budget_years(self) -> list[int]:
        if not (self.starts_on and self.ends_on and self.starts_on <= self.ends_on):
            return [self.call.year]
        return list(range(self.starts_on.year, min(self.ends_on.year, self.starts_on.year + 9) + 1))

    @property
    def budget_years_outside(self) -> list[int]:
        """Years with money in the budget that the period does not touch."""
        return sorted({line.year for line in self.budget if line.amount_kr} - set(self.budget_years))

    @property
    def counts_counties(self) -> bool:
        return self.national_ground == NationalGround.COOPERATION

    @property
    def county_count(self) -> int:
        """Counties of the applicant and of its partners that are municipalities or federations."""
        kinds = (OrganisationKind.MUNICIPALITY.value, OrganisationKind.FEDERATION.value)
        partners = {p.organisation.county_code for p in self.partners if p.organisation and p.organisation.kind.value in kinds}
        return len(partners | {self.applicant.county_code})

    def answer_to(self, key: str) -> str:
        return next((a.value for a in self.answers if a.question_key == key), "")

    def answered(self, question: Question) -> bool:
        if question.kind.value == "file":
            return any(a.question_key == question.key for a in self.attachments)
        return bool(self.answer_to(question.key))

    @property
    def checks_left(self) -> list[str]:
        passed = {check.key for check in self.checks if check.is_ok}
        return [name for key, name in CHECKS.items() if key not in passed]

    @property
    def decision(self) -> Any:
        """The proposed or decided decision, if there is one."""
        return next((d for d in self.decisions if d.state != DecisionState.DROPPED), None)

    @property
    def recused_ids(self) -> frozenset[int]:
        return frozenset(r.person_id for r in self.recusals)

    @property
    def standing(self) -> Standing:
        return Standing(
            applicant_id=self.applicant_id,
            board_id=self.board_id,
            official=self.is_received,
            assessors=frozenset(r.assessor_id for r in self.reviews if r.state in CLEARED),
            recused=self.recused_ids,
        )


class ApplicationPurpose(Base):
    """Any number of other purposes beside the primary one."""

    __tablename__ = "application_purpose"
    application_id: Mapped[int] = to("application.id", primary_key=True, index=False)
    purpose: Mapped[str] = mapped_column(String(40), primary_key=True)


class ApplicationTarget(Base):
    __tablename__ = "application_target"
    application_id: Mapped[int] = to("application.id", primary_key=True, index=False)
    target_group: Mapped[str] = mapped_column(String(40), primary_key=True)


class Goal(Base):
    """What shall be achieved, and how it is measured; the final report answers each goal."""

    __tablename__ = "goal"
    id: Mapped[Id]
    application_id: Mapped[int] = to("application.id")
    position: Mapped[int]
    text: Mapped[Prose]
    indicator: Mapped[str | None] = mapped_column(String(300))
    target: Mapped[str | None] = mapped_column(String(120))


class Activity(Base):
    __tablename__ = "activity"
    id: Mapped[Id]
    application_id: Mapped[int] = to("application.id")
    position: Mapped[int]
    text: Mapped[Prose]
    responsible: Mapped[str | None] = mapped_column(String(120))
    when: Mapped[str | None] = mapped_column("when_text", String(120))


class Partner(Base):
    """Who takes part. A municipality or federation is named from the register, so that counties can be counted."""

    __tablename__ = "partner"
    id: Mapped[Id]
    application_id: Mapped[int] = to("application.id")
    position: Mapped[int]
    organisation_id: Mapped[int | None] = to("organisation.id")
    name: Mapped[Line]
    contribution: Mapped[str] = mapped_column(String(1000), default="")
    organisation: Mapped[Organisation | None] = relationship()


class BudgetLine(Base):
    """One amount: year × category × financier, in whole kronor."""

    __tablename__ = "budget_line"
    __table_args__ = (
        UniqueConstraint("application_id", "year", "category_key", "financier"),
        CheckConstraint("amount_kr BETWEEN 0 AND 1000000000000", name="budget_amount_is_believable"),
    )
    id: Mapped[Id]
    application_id: Mapped[int] = to("application.id", index=False)
    year: Mapped[int]
    category_key: Mapped[str] = mapped_column(String(40))
    financier: Mapped[Financier] = mapped_column(word(Financier, "financier_known"))
    amount_kr: Mapped[Kronor]


class Answer(Base):
    """The answer to one of the call's own questions. Several choices are kept one per line."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("application_id", "question_key"),)
    id: Mapped[Id]
    application_id: Mapped[int] = to("application.id", index=False)
    question_key: Mapped[str] = mapped_column(String(40))
    value: Mapped[Prose]


class Attachment(Base):
    """A file by its fingerprint; the bytes lie in the instance folder."""

    __tablename__ = "attachment"
    id: Mapped[Id]
    application_id: Mapped[int] = to("application.id")
    question_key: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[Line]
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[At]
    application: Mapped[Application] = relationship(back_populates="attachments")

    @property
    def standing(self) -> Standing:
        return self.application.standing


class FormalCheck(Base):
    """One point of the formal check, confirmed by a person; who and when stands in the history."""

    __tablename__ = "formal_check"
    application_id: Mapped[int] = to("application.id", primary_key=True, index=False)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    is_ok: Mapped[bool]
    note: Mapped[str] = mapped_column(String(1000), default="")
