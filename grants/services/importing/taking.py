"""What the three imports share: the register of organisations, rows with the same key, and telling all faults at once."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from sqlalchemy import select

from ...domain.errors import Unmet
from ...domain.identity import normalise_organisation_number
from ...domain.importing import Facts, Fault, Row, as_json
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
        self.boards = {o.county_code: o.id for o in found if o.kind == OrganisationKind.BOARD}
        others = [o for o in found if o.kind != OrganisationKind.BOARD]
        self._applicants = {name: (o.code or o.orgnr, o.id) for o in others for name in (o.code, o.orgnr) if name}

    def board(self, row: Row, faults: list[Fault]) -> int | None:
        """The id of the row's board; an unknown county code is a fault."""
        code = row.facts["board"]
        if code not in self.boards:
            faults.append(Fault(row.line, "board", f"Länskoden {code} finns inte. Skriv två siffror, till exempel 06."))
        return self.boards.get(code)

    def applicant(self, row: Row, faults: list[Fault]) -> tuple[str, int] | None:
        """The applicant's one name in files, and id; a code or number that nobody has is a fault."""
        written = row.facts["applicant"]
        try:
            named = written if len(written) == 4 else normalise_organisation_number(written)
        except ValueError as error:
            faults.append(Fault(row.line, "applicant", str(error)))
            return None
        if named not in self._applicants:
            faults.append(Fault(row.line, "applicant", f"Ingen kommun och inget kommunalförbund har {written}. Rätta koden eller lägg till numret."))
        return self._applicants.get(named)


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
