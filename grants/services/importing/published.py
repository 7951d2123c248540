"""Figures about the grant that were published before the system, each with its source."""

from dataclasses import replace

from sqlalchemy import select

from ...domain.importing import PUBLISHED, Column, Facts, Fault, read
from ...domain.permissions import Moment
from ...extensions import db
from ...models.records import PublishedFigure
from .taking import Register, Taken, each_once, refuse

COUNTRY = "riket"


def published(content: bytes, moment: Moment, *, only_check: bool = False) -> Taken:
    """Keep the published figures of a file with their sources. A figure that is known with the same value is passed over.

    Raises Unmet with every fault, such as the same source with another value; then nothing is kept.
    """
    rows, faults = read(content, _columns())
    rows = each_once(rows, _key, "value", faults)
    columns = (PublishedFigure.year, PublishedFigure.metric, PublishedFigure.scope, PublishedFigure.source, PublishedFigure.value)
    known = {tuple(key): value for *key, value in db.session.execute(select(*columns))}
    for row in rows:
        if known.get(_key(row.facts), row.facts["value"]) != row.facts["value"]:
            faults.append(Fault(row.line, "value", "Samma källa är redan inläst med ett annat värde. Rätta värdet eller källan."))
    refuse(faults)
    new = [row for row in rows if _key(row.facts) not in known]
    if not only_check:
        db.session.add_all(PublishedFigure(**row.facts) for row in new)
    return Taken(len(new), len(rows) - len(new))


def _key(facts: Facts) -> tuple[object, ...]:
    return facts["year"], facts["metric"], facts["scope"], facts["source"]


def _columns() -> tuple[Column, ...]:
    """The columns of the file, with a scope that must be the country or a county."""
    boards = Register().boards

    def scope(text: str) -> str:
        if text not in boards and text != COUNTRY:
            raise ValueError(f"Skriv {COUNTRY} eller en länskod med två siffror.")
        return text

    return tuple(replace(column, read=scope) if column.name == "scope" else column for column in PUBLISHED)
