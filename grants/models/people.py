"""Counties, organisations, persons, the roles they hold, and how they log in."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain.permissions import Standing
from ..domain.words import OrganisationKind, Role
from .base import At, Base, Id, Line, Thing, to, word

COORDINATING_COUNTY = "06"


class County(Base):
    __tablename__ = "county"
    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    letter: Mapped[str] = mapped_column(String(2), unique=True)
    name: Mapped[Line]
    tile_row: Mapped[int]
    tile_col: Mapped[int]


class Organisation(Thing, Base):
    """A county board, a municipality or a municipal federation. The organisation owns; persons hold mandates."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("(kind = 'municipality') = (code IS NOT NULL)", name="municipality_has_code"),
        Index(
            "one_board_per_county", "county_code", unique=True, sqlite_where=text("kind = 'board'"), postgresql_where=text("kind = 'board'")
        ),
    )
    noun = "organisation"
    id: Mapped[Id]
    kind: Mapped[OrganisationKind] = mapped_column(word(OrganisationKind, "organisation_kind_known"))
    name: Mapped[Line]
    short_name: Mapped[Line]
    sort_key: Mapped[Line] = mapped_column(index=True)
    orgnr: Mapped[str | None] = mapped_column(String(11), unique=True)
    county_code: Mapped[str] = to("county.code")
    code: Mapped[str | None] = mapped_column(String(4), unique=True)
    skr_group: Mapped[str | None] = mapped_column(String(2))
    population: Mapped[int | None]
    seat: Mapped[str | None] = mapped_column(String(80))
    is_eligible: Mapped[bool] = mapped_column(default=True)
    contact_email: Mapped[str | None] = mapped_column(String(254))
    contact_phone: Mapped[str | None] = mapped_column(String(40))
    address: Mapped[str | None] = mapped_column(String(300))
    giro: Mapped[str | None] = mapped_column(String(40))
    payment_reference: Mapped[str | None] = mapped_column(String(80))
    own_series: Mapped[bool] = mapped_column(default=False)
    series_prefix: Mapped[str | None] = mapped_column(String(10))
    county: Mapped[County] = relationship(lazy="joined", innerjoin=True)
    members: Mapped[list["Organisation"]] = relationship(
        secondary="federation_member",
        primaryjoin="Organisation.id == FederationMember.federation_id",
        secondaryjoin="Organisation.id == FederationMember.municipality_id",
        order_by="Organisation.sort_key",
    )

    @property
    def is_board(self) -> bool:
        return self.kind == OrganisationKind.BOARD

    @property
    def is_coordinating(self) -> bool:
        """The board that holds the appropriation and runs the national call (Jönköping)."""
        return self.is_board and self.county_code == COORDINATING_COUNTY

    @property
    def standing(self) -> Standing:
        return Standing(applicant_id=self.id)


class FederationMember(Base):
    __tablename__ = "federation_member"
    federation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)


class Person(Base):
    """Somebody at work: work contacts only, never a personal identity number."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_is_lower_case"),)
    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[Line]
    title: Mapped[str | None] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(40))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    mandates: Mapped[list["Mandate"]] = relationship(back_populates="person", order_by="Mandate.id")


class Mandate(Thing, Base):
    """A role held in an organisation from one day until another; on the day it ends it is no longer held."""

    __tablename__ = "mandate"
    __table_args__ = (CheckConstraint("to_on IS NULL OR to_on >= from_on", name="mandate_ends_after_it_begins"),)
    noun = "mandate"
    id: Mapped[Id]
    person_id: Mapped[int] = to("person.id")
    organisation_id: Mapped[int] = to("organisation.id")
    role: Mapped[Role] = mapped_column(word(Role, "mandate_role_known"))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    person: Mapped[Person] = relationship(back_populates="mandates")
    organisation: Mapped[Organisation] = relationship()

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day < self.to_on)

    @property
    def standing(self) -> Standing:
        return Standing(applicant_id=self.organisation_id)


class Session(Base):
    """A login that can be revoked; the cookie holds a random token, the row its SHA-256."""

    __tablename__ = "session"
    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = to("person.id")
    organisation_id: Mapped[int | None] = to("organisation.id")
    created_at: Mapped[At]
    seen_at: Mapped[At]
    ended_at: Mapped[At | None]
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class LoginAttempt(Base):
    """Attempts are counted per address and per account by fingerprint: no personal data is kept."""

    __tablename__ = "login_attempt"
    id: Mapped[Id]
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[At] = mapped_column(index=True)
    succeeded: Mapped[bool]


class Invitation(Base):
    """A one-time link by which a person chooses a password."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("token_hash"),)
    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[int] = to("person.id")
    expires_at: Mapped[At]
    used_at: Mapped[At | None]
    person: Mapped[Person] = relationship()
