"""The annual statistics as JSON and as CSV. The keys are a contract: scripts rely on them."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

from marshmallow import Schema, fields

from ..domain.metrics import METRICS
from ..domain.purposes import PURPOSES, Purpose
from ..domain.texts import csv_safe

COLUMNS = ("year", "figure", "county_code", "purpose", "grant_year", "value", "unit", "name", "definition")
Parts = dict[str, str]


def purpose_in_words(code: str) -> str:
    """The label of a purpose, as in the published tables; what is not a purpose ("okänt") stands as it is."""
    return PURPOSES.label(Purpose(code)) if code in set(Purpose) else code


class ByPurpose(Schema):
    purpose = fields.Function(lambda row: purpose_in_words(row["purpose"]))
    count = fields.Integer()
    granted_kr = fields.Integer()


class National(Schema):
    received = fields.Integer()
    counties = fields.Integer()
    applied_kr = fields.Integer()
    granted = fields.Integer()
    granted_kr = fields.Integer()
    closed = fields.Integer()


class ByCounty(Schema):
    county_code = fields.String()
    pot_kr = fields.Integer(allow_none=True)
    returned_pot_kr = fields.Integer(allow_none=True)
    received = fields.Integer()
    applied_kr = fields.Integer()
    granted = fields.Integer()
    granted_kr = fields.Integer()
    of_which_returned_kr = fields.Integer()
    closed = fields.Integer()


class Annual(Schema):
    year = fields.Integer()
    to_distribute_kr = fields.Integer(allow_none=True)
    national_reserve_kr = fields.Integer(allow_none=True)
    applied_kr = fields.Integer()
    applied_unknown = fields.Integer()
    application_ratio = fields.Float(allow_none=True)
    application_ratio_regional = fields.Float(allow_none=True)
    received = fields.Integer()
    granted_applications_from_allocation = fields.Integer()
    granted_projects = fields.Integer()
    granted_regional_kr = fields.Integer()
    granted_from_allocation_kr = fields.Integer()
    granted_from_returned_kr = fields.Integer()
    paid_kr = fields.Integer()
    granted_by_primary_purpose = fields.List(fields.Nested(ByPurpose))
    closed = fields.Integer()
    closed_regional = fields.Integer()
    closed_by_primary_purpose = fields.List(fields.Nested(ByPurpose))
    closed_by_grant_year = fields.Dict(keys=fields.String(), values=fields.Integer())
    national = fields.Nested(National)
    by_county = fields.List(fields.Nested(ByCounty))


def as_json(figures: dict[str, Any]) -> str:
    """A year's figures as JSON text."""
    return json.dumps(Annual().dump(figures), ensure_ascii=False, indent=2) + "\n"


def as_csv(figures: dict[str, Any]) -> str:
    """A year's figures as CSV: a row for each number, with its unit and definition. Semicolons; empty is unknown."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    for key, parts, value in numbers(figures):
        metric = METRICS[key]
        cells = (
            figures["year"],
            key,
            parts.get("county_code", ""),
            purpose_in_words(parts.get("purpose", "")),
            parts.get("grant_year", ""),
        )
        writer.writerow([csv_safe(cell) for cell in (*cells, "" if value is None else value, metric.unit, metric.name, metric.definition)])
    return text.getvalue()


def numbers(figures: dict[str, Any]) -> Iterator[tuple[str, Parts, Any]]:
    """Every number of a year: the key of its metric, what part of it, and the value."""
    for key, value in figures.items():
        if key == "national":
            yield from ((f"national.{name}", {}, number) for name, number in value.items())
        elif key == "by_county":
            for row in value:
                own = {"county_code": row["county_code"]}
                yield from ((f"by_county.{name}", own, number) for name, number in row.items() if name != "county_code")
        elif key == "closed_by_grant_year":
            yield from ((key, {"grant_year": year}, number) for year, number in value.items())
        elif isinstance(value, list):
            for row in value:
                yield from (
                    (key if name == "count" else f"{key}.{name}", {"purpose": row["purpose"]}, n)
                    for name, n in row.items()
                    if name != "purpose"
                )
        elif key != "year":
            yield key, {}, value
