"""The history of everything, the jobs to be done, and the figures published before the system."""

from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Boolean, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain.permissions import Standing
from .base import At, Base, Id, Thing, to
from .people import Person


class Event(Base):
    """One thing that was done. Append-only; each row carries the hash of the one before."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_thing", "noun", "thing_id"),)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    noun: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int | None]
    case_id: Mapped[int | None] = mapped_column(index=True)
    verb: Mapped[str] = mapped_column(String(40))
    was: Mapped[str | None] = mapped_column(String(40))
    became: Mapped[str | None] = mapped_column(String(40))
    person_id: Mapped[int | None] = to("person.id", index=False)
    organisation_id: Mapped[int | None] = to("organisation.id", index=False)
    at: Mapped[At]
    note: Mapped[str] = mapped_column(Text, default="")
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    person: Mapped[Person | None] = relationship()


class Job(Thing, Base):
    """Something to do after the commit, such as a letter to send: written in the same transaction, done once."""

    __tablename__ = "job"
    __table_args__ = (UniqueConstraint("dedupe"), Index("ix_job_ready", "done_at", "run_at"))
    noun = "job"
    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    dedupe: Mapped[str | None] = mapped_column(String(120))
    run_at: Mapped[At]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[At | None]
    done_at: Mapped[At | None]
    error: Mapped[str | None] = mapped_column(Text)

    @property
    def standing(self) -> Standing:
        return Standing()


class PublishedFigure(Base):
    """A figure published before the system, with its source; never counted anew."""

    __tablename__ = "published_figure"
    __table_args__ = (UniqueConstraint("year", "metric", "scope", "source"),)
    id: Mapped[Id]
    year: Mapped[int] = mapped_column(index=True)
    metric: Mapped[str] = mapped_column(String(60))
    scope: Mapped[str] = mapped_column(String(60))
    value: Mapped[Decimal] = mapped_column(Numeric(20, 4))
    source: Mapped[str] = mapped_column(String(300))


class ImportedCase(Base):
    """What a file said of a case from before the system, unknown facts left out. The same file again changes nothing."""

    __tablename__ = "imported_case"
    application_id: Mapped[int] = to("application.id", primary_key=True, index=False)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    application: Mapped[Any] = relationship("Application")


class Installation(Base):
    """Facts about this database: whether it holds the demonstration."""

    __tablename__ = "installation"
    id: Mapped[int] = mapped_column(primary_key=True)
    is_demonstration: Mapped[bool] = mapped_column(Boolean, default=False)
