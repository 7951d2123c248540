"""The years one after another: our own figures where there are cases or pots, else what was published before."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, case, cast, exists, extract, func, select, union

from ...domain.metrics import PUBLISHED_AS, SERIES
from ...domain.money import ratio
from ...domain.words import Scope
from ...extensions import db
from ...models.applications import Application
from ...models.calls import Call
from ...models.pots import Posting, Pot
from ...models.projects import Project
from ...models.records import PublishedFigure
from ..visible import RECEIVED
from . import rows

Value = int | Decimal | None
COUNTED = ("received", "applied_kr", "granted_projects", "paid_kr")


@dataclass
class YearOfGrants:
    """One year's key figures: counted here, and published before the system with the sources that said so."""

    year: int
    has_cases: bool = False
    counted: dict[str, Value] = field(default_factory=dict)
    published: dict[str, tuple[Decimal, str]] = field(default_factory=dict)

    def value(self, key: str) -> Value:
        """Our own figure, or the published one, or None when neither is known."""
        own = self.counted.get(key)
        return own if own is not None else self.published[key][0] if key in self.published else None

    def is_published(self, key: str) -> bool:
        """Is what `value` shows a published figure rather than one counted here?"""
        return self.counted.get(key) is None and key in self.published


def series() -> list[YearOfGrants]:
    """Every year with anything to show, the latest first."""
    years: dict[int, YearOfGrants] = {}

    def of(year: int) -> YearOfGrants:
        return years.setdefault(year, YearOfGrants(year))

    for year in years_with_cases():
        of(year).has_cases = True
    for found in _cases():
        of(found.year).counted.update({key: int(getattr(found, key)) for key in COUNTED})
    for found in _appropriations():
        of(found.year).counted["to_distribute_kr"] = int(found.kr)
    for figure in db.session.scalars(select(PublishedFigure).where(PublishedFigure.scope == "riket").order_by(PublishedFigure.id)):
        key = PUBLISHED_AS.get(figure.metric, figure.metric)
        if key in SERIES:
            of(figure.year).published.setdefault(key, (figure.value.normalize(), figure.source))
    for own in years.values():
        own.counted["application_ratio"] = ratio(_whole(own.counted.get("applied_kr")), _whole(own.counted.get("to_distribute_kr")))
    return sorted(years.values(), key=lambda own: -own.year)


def years_with_cases() -> list[int]:
    """The years whose calls have received any case, or in which any project was closed, in order."""
    called = select(Call.year).where(exists().where(Application.call_id == Call.id, RECEIVED))
    closed = select(cast(extract("year", Project.closed_on), Integer)).where(Project.closed_on.is_not(None))
    return sorted(db.session.scalars(union(called, closed)))


def published_ratios(before: int) -> list[tuple[int, Decimal]]:
    """Application ratios of the whole country as published for years before this one, in order."""
    query = select(PublishedFigure.year, PublishedFigure.value).where(
        PublishedFigure.metric == "application_ratio", PublishedFigure.scope == "riket", PublishedFigure.year < before
    )
    return [(year, value.normalize()) for year, value in db.session.execute(query.order_by(PublishedFigure.year))]


def _whole(value: Value) -> int | None:
    return None if value is None else int(value)


def _cases() -> list[Any]:
    def regional(key: str) -> Any:
        return func.sum(case((Call.scope == Scope.REGIONAL, rows.FIGURES[key].adds), else_=0)).label(key)

    sums = [regional(key) for key in COUNTED[:-1]]
    query = rows.cases_of(select(Call.year, *sums, func.sum(rows.FIGURES["paid_kr"].adds).label("paid_kr")), None)
    return list(db.session.execute(query.group_by(Call.year)))


def _appropriations() -> list[Any]:
    query = rows.postings_behind(None, "to_distribute_kr").with_only_columns(Pot.year, func.sum(Posting.amount_kr).label("kr"))
    return list(db.session.execute(query.group_by(Pot.year)))
