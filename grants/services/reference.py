"""The reference data carried in grants/data: counties, boards, municipalities, federations. Loaded again at will."""

import csv
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

from sqlalchemy import select

from ..domain.texts import sort_key
from ..domain.words import OrganisationKind
from ..extensions import db
from ..models.people import County, FederationMember, Organisation
from ..models.records import Installation


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a reference file, each a dictionary of column → text."""
    yield from csv.DictReader(resources.files("grants").joinpath("data", name).read_text(encoding="utf-8").splitlines())


def load() -> None:
    """Bring counties and organisations up to date. What an administrator has typed is never overwritten."""
    if db.session.get(Installation, 1) is None:
        db.session.add(Installation(id=1, is_demonstration=False))
    _counties()
    known = {(o.kind, _key(o.kind, o.name, o.code, o.county_code)): o for o in db.session.scalars(select(Organisation))}
    for facts in (*_boards(), *_municipalities(), *_federations()):
        _organisation(known, facts)
    db.session.flush()
    _members()


def _counties() -> None:
    for row in rows("counties.csv"):
        county = db.session.get(County, row["code"]) or County(code=row["code"])
        county.letter, county.name = row["letter"], row["name"]
        county.tile_row, county.tile_col = int(row["tile_row"]), int(row["tile_col"])
        db.session.add(county)
    db.session.flush()


def _boards() -> Iterator[dict[str, object]]:
    for row in rows("counties.csv"):
        yield {
            "kind": OrganisationKind.BOARD,
            "name": row["board_name"],
            "short_name": row["name"],
            "orgnr": row["board_orgnr"],
            "county_code": row["code"],
            "seat": row["seat"],
        }


def _municipalities() -> Iterator[dict[str, object]]:
    for row in rows("municipalities.csv"):
        yield {
            "kind": OrganisationKind.MUNICIPALITY,
            "name": row["name"],
            "short_name": row["short_name"],
            "orgnr": row["orgnr"],
            "county_code": row["county_code"],
            "code": row["code"],
            "skr_group": row["skr_group"],
            "population": int(row["population"]),
        }


def _federations() -> Iterator[dict[str, object]]:
    for row in rows("federations.csv"):
        yield {
            "kind": OrganisationKind.FEDERATION,
            "name": row["name"],
            "short_name": row["name"],
            "orgnr": row["orgnr"] or None,
            "county_code": row["county_code"],
            "is_eligible": row["type"] == "kommunalförbund",
        }


def _organisation(known: Mapping[Any, Organisation], facts: dict[str, object]) -> None:
    kind = facts["kind"]
    key = _key(kind, facts["name"], facts.get("code"), facts["county_code"])
    organisation = known.get((kind, key)) or Organisation()
    for name, value in facts.items():
        if value is not None and not (name == "orgnr" and organisation.orgnr):
            setattr(organisation, name, value)
    organisation.sort_key = sort_key(organisation.short_name)[0]
    db.session.add(organisation)


def _key(kind: object, name: object, code: object, county_code: object) -> object:
    """What tells organisations of a kind apart, whatever their number: name, municipality code or county."""
    return name if kind == OrganisationKind.FEDERATION else code or county_code


def _members() -> None:
    organisations = db.session.execute(select(Organisation.kind, Organisation.code, Organisation.name, Organisation.id)).all()
    codes = {o.code: o.id for o in organisations if o.code}
    names = {o.name: o.id for o in organisations if o.kind == OrganisationKind.FEDERATION}
    there = {(m.federation_id, m.municipality_id) for m in db.session.scalars(select(FederationMember))}
    for row in rows("federations.csv"):
        for code in filter(None, row["member_codes"].split(";")):
            pair = (names[row["name"]], codes[code])
            if pair not in there:
                db.session.add(FederationMember(federation_id=pair[0], municipality_id=pair[1]))
