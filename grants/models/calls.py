"""Calls and their versions. A published version never changes; an amendment is a new version."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Dialect, Index, String, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship
from sqlalchemy.types import TypeDecorator

from ..domain.permissions import Standing
from ..domain.terms import Terms, from_json, to_json
from ..domain.words import CallState, Round, Scope
from .base import At, Base, Id, Kronor, Line, Prose, Thing, to, word
from .people import Organisation


class TermsDocument(TypeDecorator[Terms]):
    """The terms of a call as one JSON document."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Terms | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else to_json(value)

    def process_result_value(self, value: dict[str, Any] | None, dialect: Dialect) -> Terms | None:
        return None if value is None else from_json(value)


class Call(Thing, Base):
    """A regional or national call of one board. Open, coming and closed are questions to the version's dates."""

    __tablename__ = "call"
    __table_args__ = (
        CheckConstraint("year BETWEEN 2000 AND 2100", name="call_year_is_believable"),
        UniqueConstraint("board_id", "year", "scope", "name"),
        Index("ix_call_year_scope", "year", "scope"),
    )
    noun = "call"
    id: Mapped[Id]
    board_id: Mapped[int] = to("organisation.id")
    scope: Mapped[Scope] = mapped_column(word(Scope, "call_scope_known"))
    year: Mapped[int]
    round: Mapped[Round] = mapped_column(word(Round, "call_round_known"))
    name: Mapped[Line]
    state: Mapped[CallState] = mapped_column(word(CallState, "call_state_known"))
    published_number: Mapped[int] = mapped_column(default=0)
    is_imported: Mapped[bool] = mapped_column(default=False)
    row_version: Mapped[int] = mapped_column(default=1)
    board: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    versions: Mapped[list["CallVersion"]] = relationship(back_populates="call", order_by="CallVersion.number")
    version: Mapped["CallVersion | None"] = relationship(
        primaryjoin="and_(CallVersion.call_id == Call.id, CallVersion.number == foreign(Call.published_number))",
        viewonly=True,
        uselist=False,
    )
    applications: Mapped[list[Any]] = relationship("Application", back_populates="call", viewonly=True)
    __mapper_args__ = {"version_id_col": row_version}

    @property
    def draft_version(self) -> "CallVersion | None":
        return next((v for v in self.versions if v.published_at is None), None)

    @property
    def full_name(self) -> str:
        """The name with the year of its money, which most names say themselves."""
        return self.name if str(self.year) in self.name else f"{self.name} {self.year}"

    @property
    def is_cancelled(self) -> bool:
        return self.state == CallState.CANCELLED

    @property
    def standing(self) -> Standing:
        public = self.state != CallState.DRAFT and self.published_number > 0
        return Standing(board_id=self.board_id, official=public, public=public)


class CallVersion(Base):
    """What a call said from its publication until the next version. Unpublished: the draft of the next."""

    __tablename__ = "call_version"
    __table_args__ = (
        UniqueConstraint("call_id", "number"),
        CheckConstraint("opens_at IS NULL OR closes_at IS NULL OR opens_at < closes_at", name="opens_before_it_closes"),
        CheckConstraint("available_kr IS NULL OR available_kr >= 0", name="available_is_not_negative"),
        CheckConstraint("min_kr IS NULL OR max_kr IS NULL OR min_kr <= max_kr", name="least_is_not_above_most"),
    )
    id: Mapped[Id]
    call_id: Mapped[int] = to("call.id")
    number: Mapped[int]
    published_at: Mapped[At | None]
    changes: Mapped[str | None] = mapped_column(String(4000))
    summary: Mapped[Prose] = mapped_column(default="")
    text: Mapped[Prose] = mapped_column(default="")
    opens_at: Mapped[At | None] = mapped_column(index=True)
    closes_at: Mapped[At | None] = mapped_column(index=True)
    decision_planned: Mapped[str | None] = mapped_column(String(120))
    available_kr: Mapped[Kronor | None]
    min_kr: Mapped[Kronor | None]
    max_kr: Mapped[Kronor | None]
    longest_months: Mapped[int | None]
    terms: Mapped[Terms] = mapped_column(TermsDocument)
    call: Mapped[Call] = relationship(back_populates="versions")

    def is_open(self, now: datetime) -> bool:
        return bool(self.opens_at and self.closes_at and self.opens_at <= now <= self.closes_at)

    def is_coming(self, now: datetime) -> bool:
        return bool(self.opens_at and now < self.opens_at)

    def is_closed(self, now: datetime) -> bool:
        return bool(self.closes_at and self.closes_at < now)


@event.listens_for(CallVersion, "before_update")
def _stays_as_published(_mapper: Any, _connection: Any, version: CallVersion) -> None:
    """Applications and decisions rest on what was published: to write it again is a bug, whoever tries."""
    session = object_session(version)
    was_published = any(inspect(version).attrs.published_at.history.unchanged)
    if was_published and session is not None and session.is_modified(version):
        raise RuntimeError("a published version of a call is never written again")
