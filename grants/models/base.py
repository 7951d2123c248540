"""What all tables share: names of constraints, column types for moments, money and words."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, ForeignKey, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

from ..domain.permissions import Standing

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
BIG = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC. A naive one is a bug and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must know its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def word(words: type[StrEnum], name: str) -> Enum:
    """A column of the vocabulary: its values as text, held by a CHECK with a readable name."""
    return Enum(
        words, name=name, native_enum=False, create_constraint=True, length=40, values_callable=lambda cls: [member.value for member in cls]
    )


Id = Annotated[int, mapped_column(BIG, primary_key=True)]
Kronor = Annotated[int, mapped_column(BigInteger)]
At = Annotated[datetime, mapped_column(Moment)]
Line = Annotated[str, mapped_column(String(300))]
Prose = Annotated[str, mapped_column(Text)]


def to(target: str, **options: Any) -> Any:
    """A foreign key column, indexed unless told otherwise."""
    return mapped_column(ForeignKey(target), index=options.pop("index", True), **options)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


class Thing:
    """What the door and the gate know of a table that people act on: its noun, and whose it is."""

    noun: ClassVar[str]

    @property
    def standing(self) -> Standing:
        raise NotImplementedError
