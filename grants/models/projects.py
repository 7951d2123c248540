"""Projects (insatser): from the grant to the closed file, with their reports."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain.permissions import Standing
from ..domain.terms import ReportSection
from ..domain.words import ClaimState, GoalResult, PaymentState, ProjectState, ReportKind, ReportState
from .applications import Application, Goal
from .base import At, Base, Id, Kronor, Line, Prose, Thing, to, word
from .decisions import Decision
from .people import Person


class Project(Thing, Base):
    """What a granted application becomes."""

    __tablename__ = "project"
    __table_args__ = (
        UniqueConstraint("application_id"),
        CheckConstraint("is_imported OR (state = 'closed') = (closed_on IS NOT NULL)", name="closed_on_if_closed"),
    )
    noun = "project"
    id: Mapped[Id]
    application_id: Mapped[int] = to("application.id", index=False)
    decision_id: Mapped[int] = to("decision.id")
    state: Mapped[ProjectState] = mapped_column(word(ProjectState, "project_state_known"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    closed_on: Mapped[date | None] = mapped_column(index=True)
    is_imported: Mapped[bool] = mapped_column(default=False)
    application: Mapped[Application] = relationship(back_populates="project")
    decision: Mapped[Decision] = relationship()
    reports: Mapped[list["Report"]] = relationship(back_populates="project", order_by="Report.due_on")
    payments: Mapped[list[Any]] = relationship("Payment", back_populates="project", order_by="Payment.id")
    claims: Mapped[list[Any]] = relationship("Claim", back_populates="project", order_by="Claim.id")

    @property
    def final_report(self) -> "Report | None":
        return next((r for r in self.reports if r.kind == ReportKind.FINAL), None)

    @property
    def paid_kr(self) -> int:
        return int(sum(p.amount_kr for p in self.payments if p.state == PaymentState.PAID))

    @property
    def used_kr(self) -> int | None:
        """What the approved final report says of the grant was used; None before that."""
        report = self.final_report
        return report.grant_used_kr if report and report.state == ReportState.APPROVED else None

    @property
    def reclaimable_kr(self) -> int:
        """What has been paid and not yet been claimed back, in kronor. A claim that is being raised has no state yet."""
        claimed: int = sum(c.amount_kr for c in self.claims if c.state)
        return self.paid_kr - claimed

    @property
    def unsettled_kr(self) -> int:
        """Unused money (paid − used) that is neither received back nor remitted, in kronor (40–41 §§)."""
        if self.used_kr is None:
            return 0
        settled: int = sum(c.amount_kr for c in self.claims if c.state in (ClaimState.RECEIVED, ClaimState.REMITTED))
        return max(0, self.paid_kr - self.used_kr - settled)

    @property
    def standing(self) -> Standing:
        case = self.application.standing
        return Standing(case.applicant_id, case.board_id, official=True, public=True, recused=case.recused)


class Report(Thing, Base):
    """An interim or final report in the template of the call's version."""

    __tablename__ = "report"
    __table_args__ = (CheckConstraint("state NOT IN ('submitted','approved') OR submitted_at IS NOT NULL", name="submitted_at_if_sent"),)
    noun = "report"
    id: Mapped[Id]
    project_id: Mapped[int] = to("project.id")
    kind: Mapped[ReportKind] = mapped_column(word(ReportKind, "report_kind_known"))
    state: Mapped[ReportState] = mapped_column(word(ReportState, "report_state_known"))
    due_on: Mapped[date | None] = mapped_column(index=True)
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    participants_women: Mapped[int | None]
    participants_men: Mapped[int | None]
    participants_children: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(4000))
    review_note: Mapped[Prose] = mapped_column(default="")
    submitted_at: Mapped[At | None]
    signed_by_id: Mapped[int | None] = to("person.id", index=False)
    row_version: Mapped[int] = mapped_column(default=1)
    project: Mapped[Project] = relationship(back_populates="reports")
    signed_by: Mapped[Person | None] = relationship(foreign_keys=[signed_by_id])
    lines: Mapped[list["ReportLine"]] = relationship(cascade="all, delete-orphan", order_by="ReportLine.position")
    goals: Mapped[list["ReportGoal"]] = relationship(cascade="all, delete-orphan", order_by="ReportGoal.goal_id")
    __mapper_args__ = {"version_id_col": row_version}

    @property
    def sections(self) -> tuple[ReportSection, ...]:
        version = self.project.application.version
        return version.terms.report_sections if version else ()

    @property
    def grant_used_kr(self) -> int:
        """Outcome charged to the grant, in kronor, at most what was paid."""
        return min(self.project.paid_kr, sum(line.grant_outcome_kr for line in self.lines))

    @property
    def unused_kr(self) -> int:
        """What is left of the grant: paid − used."""
        return self.project.paid_kr - self.grant_used_kr

    @property
    def standing(self) -> Standing:
        case = self.project.standing
        return Standing(case.applicant_id, case.board_id, official=self.submitted_at is not None, recused=case.recused)


class ReportLine(Base):
    """Economy per budget category: the whole budget, the outcome, and the part of it charged to the grant."""

    __tablename__ = "report_line"
    __table_args__ = (
        UniqueConstraint("report_id", "category_key"),
        CheckConstraint("outcome_kr IS NULL OR outcome_kr BETWEEN 0 AND 1000000000000", name="outcome_is_believable"),
        CheckConstraint("grant_outcome_kr BETWEEN 0 AND 1000000000000", name="grant_outcome_is_believable"),
        CheckConstraint("outcome_kr IS NULL OR grant_outcome_kr <= outcome_kr", name="grant_part_is_within_the_outcome"),
    )
    id: Mapped[Id]
    report_id: Mapped[int] = to("report.id", index=False)
    position: Mapped[int]
    category_key: Mapped[str] = mapped_column(String(40))
    name: Mapped[Line]
    budget_kr: Mapped[Kronor]
    grant_budget_kr: Mapped[Kronor]
    outcome_kr: Mapped[Kronor | None]
    grant_outcome_kr: Mapped[Kronor] = mapped_column(default=0)
    explanation: Mapped[str] = mapped_column(String(1000), default="")


class ReportGoal(Base):
    """What became of one goal of the application."""

    __tablename__ = "report_goal"
    __table_args__ = (UniqueConstraint("report_id", "goal_id"),)
    id: Mapped[Id]
    report_id: Mapped[int] = to("report.id", index=False)
    goal_id: Mapped[int] = to("goal.id", index=False)
    result: Mapped[GoalResult | None] = mapped_column(word(GoalResult, "goal_result_known"))
    outcome: Mapped[str] = mapped_column(String(2000), default="")
    goal: Mapped[Goal] = relationship()
