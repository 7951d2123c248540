"""What the three imports share: the register of organisations, rows with the same key, and telling all faults at once."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select

from ...domain.errors import Unmet
from ...domain.identity import normalise_organisation_number
from ...domain.importing import Column, Facts, Fault, Row, as_json
from ...domain.words import OrganisationKind
from ...extensions import db
from ...models.people import Organisation


@dataclass(frozen=True)
class Taken:
    """How many rows a file added, and how many were known from before."""

    new: int
    known: int


class Register:
    """The organisations that a file may name: boards by county code, applicants by municipality code or number."""

    def __init__(self) -> None:
        columns = (Organisation.id, Organisation.kind, Organisation.code, Organisation.orgnr, Organisation.county_code)
        found = db.session.execute(select(*columns)).all()
        others = [o for o in found if o.kind != OrganisationKind.BOARD]
        self.boards = {o.county_code: o.id for o in found if o.kind == OrganisationKind.BOARD}
        self.applicants = {o.code or o.orgnr: o.id for o in others if o.code or o.orgnr}
        self._names: dict[str, str] = {name: o.code or o.orgnr for o in others for name in (o.code, o.orgnr) if name}

    def columns(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """The columns of a file, those that name an organisation read by this register."""
        readers = {"board": self._board, "applicant": self._applicant}
        return tuple(replace(column, read=readers.get(column.name, column.read)) for column in columns)

    def _board(self, text: str) -> str:
        if text not in self.boards:
            raise ValueError(f"Länskoden {text[:40]} finns inte. Skriv två siffror, till exempel 06.")
        return text

    def _applicant(self, text: str) -> str:
        """The applicant's code, or number when it has no code, so that one organisation has one name in the facts."""
        written = text if len(text) == 4 and text.isdigit() else normalise_organisation_number(text)
        if written not in self._names:
            raise ValueError(f"Ingen kommun och inget kommunalförbund har {written}. Rätta koden eller lägg till numret.")
        return self._names[written]


def each_once(rows: Iterable[Row], key: Callable[[Facts], Hashable], column: str, faults: list[Fault]) -> list[Row]:
    """The first row of each key. A later one must say the same, or it is a fault in the column."""
    first: dict[Hashable, Row] = {}
    for row in rows:
        earlier = first.setdefault(key(row.facts), row)
        if differing := differences(as_json(earlier.facts), as_json(row.facts)):
            faults.append(Fault(row.line, column, f"Samma rad står redan på rad {earlier.line} men med annat innehåll i {differing}."))
    return list(first.values())


def differences(one: Facts, other: Facts) -> str:
    """The names of the columns that differ, as words; empty when all is the same."""
    return ", ".join(name for name in sorted(one.keys() | other.keys()) if one.get(name) != other.get(name))


def refuse(faults: list[Fault]) -> None:
    """Raises Unmet with every fault in the order of the file, if there is any."""
    if faults:
        raise Unmet(*map(str, sorted(set(faults))))
