"""Assessment: who assesses what, the scores with their reasons, and who is conflicted."""

from datetime import date

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain.permissions import Standing
from ..domain.words import ReviewState
from .applications import Application
from .base import At, Base, Id, Prose, Thing, to, word
from .people import Person


class Review(Thing, Base):
    """One assessor's assessment of one application, from assignment to submitted scores."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("application_id", "assessor_id"),
        CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name="submitted_at_if_submitted"),
    )
    noun = "review"
    id: Mapped[Id]
    application_id: Mapped[int] = to("application.id", index=False)
    assessor_id: Mapped[int] = to("person.id")
    state: Mapped[ReviewState] = mapped_column(word(ReviewState, "review_state_known"))
    due_on: Mapped[date | None]
    comment: Mapped[Prose] = mapped_column(default="")
    reason: Mapped[str | None] = mapped_column(String(1000))
    submitted_at: Mapped[At | None]
    row_version: Mapped[int] = mapped_column(default=1)
    application: Mapped[Application] = relationship(back_populates="reviews")
    assessor: Mapped[Person] = relationship()
    scores: Mapped[list["Score"]] = relationship(cascade="all, delete-orphan", lazy="selectin")
    __mapper_args__ = {"version_id_col": row_version}

    @property
    def points(self) -> dict[str, int]:
        """Criterion key → points, for the criteria scored so far."""
        return {score.criterion_key: score.points for score in self.scores if score.points is not None}

    def score_for(self, key: str) -> "Score | None":
        return next((score for score in self.scores if score.criterion_key == key), None)

    @property
    def criteria_left(self) -> list[str]:
        """Names of the criteria that lack points or a reason."""
        version = self.application.version
        done = {s.criterion_key for s in self.scores if s.points is not None and s.reason.strip()}
        return [c.name for c in version.terms.criteria if c.key not in done] if version else []

    @property
    def standing(self) -> Standing:
        case = self.application.standing
        return Standing(case.applicant_id, case.board_id, self.assessor_id, self.state == ReviewState.SUBMITTED, recused=case.recused)


class Score(Base):
    __tablename__ = "score"
    __table_args__ = (CheckConstraint("points IS NULL OR points BETWEEN 0 AND 100", name="points_are_believable"),)
    review_id: Mapped[int] = to("review.id", primary_key=True, index=False)
    criterion_key: Mapped[str] = mapped_column(String(40), primary_key=True)
    points: Mapped[int | None]
    reason: Mapped[Prose] = mapped_column(default="")


class Recusal(Thing, Base):
    """Somebody is conflicted in a case and loses it everywhere (förvaltningslagen 16–18 §§)."""

    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("application_id", "person_id"),)
    noun = "recusal"
    id: Mapped[Id]
    application_id: Mapped[int] = to("application.id", index=False)
    person_id: Mapped[int] = to("person.id")
    reason: Mapped[str] = mapped_column(String(1000))
    at: Mapped[At]
    application: Mapped[Application] = relationship(back_populates="recusals")
    person: Mapped[Person] = relationship()

    @property
    def standing(self) -> Standing:
        case = self.application.standing
        return Standing(board_id=case.board_id, person_id=self.person_id)
