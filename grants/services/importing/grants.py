"""Cases from before the system: recorded through the door, marked imported, posting nothing to pots."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import insert, select

from ...domain.importing import GRANTS, Fault, Row, as_json, contradictions, read
from ...domain.permissions import Moment
from ...domain.words import Channel, PotSource, ProjectState
from ...extensions import db
from ...models.applications import Application, ApplicationPurpose, ApplicationTarget
from ...models.decisions import Decision, Financing
from ...models.people import Organisation
from ...models.projects import Project
from ...models.records import ImportedCase
from .. import calls, records
from ..acting import act
from .taking import Register, Taken, differences, each_once, refuse

AT_A_TIME = 1000


@dataclass(frozen=True)
class Places:
    """Where the cases of a file belong: the register of organisations, and the ids of the calls."""

    register: Register
    calls: dict[tuple[Any, ...], int]


def grants(content: bytes, moment: Moment, *, only_check: bool = False) -> Taken:
    """Record the cases of a file, amounts in whole kronor. Raises Unmet with every fault; then nothing is recorded.

    A reference that is known with the same content is passed over. The status of a case that wasn't granted is kept as
    written and means nothing, since there is no project.
    """
    register = Register()
    rows, faults = read(content, register.columns(GRANTS), contradictions)
    rows = each_once(rows, lambda facts: facts["reference"], "reference", faults)
    new = _not_known(rows, faults)
    _check_registration_numbers(new, register, faults)
    refuse(faults)
    if not only_check:
        places = Places(register, _calls(new, register, moment))
        for some in _batches(new):
            _record_all(some, places, moment)
    return Taken(len(new), len(rows) - len(new))


def _not_known(rows: list[Row], faults: list[Fault]) -> list[Row]:
    known: dict[str, Any] = {}
    for some in _batches(rows):
        references = [row.facts["reference"] for row in some]
        query = select(Application.reference, ImportedCase.facts).outerjoin(ImportedCase).where(Application.reference.in_(references))
        known |= dict(db.session.execute(query).all())
    for row in rows:
        facts = known.get(row.facts["reference"], {})
        if facts is None:
            faults.append(Fault(row.line, "reference", "Referensen tillhör redan ett annat ärende i systemet."))
        elif facts and (differing := differences(facts, as_json(row.facts))):
            faults.append(Fault(row.line, "reference", f"Referensen är redan inläst men med annat innehåll i {differing}."))
    return [row for row in rows if row.facts["reference"] not in known]


def _check_registration_numbers(rows: list[Row], register: Register, faults: list[Fault]) -> None:
    """A board's registration number belongs to one case, in the file and in the system."""
    query = select(Application.board_id, Application.registration_number, Application.reference)
    query = query.where(Application.registration_number.is_not(None))
    taken = {(board, number): reference for board, number, reference in db.session.execute(query)}
    for row in rows:
        if number := row.facts["registration_number"]:
            holder = taken.setdefault((register.boards[row.facts["board"]], number), row.facts["reference"])
            if holder != row.facts["reference"]:
                faults.append(Fault(row.line, "registration_number", f"Diarienumret används redan för {holder} hos länsstyrelsen."))


def _batches(rows: list[Row]) -> Iterator[list[Row]]:
    """The rows some at a time, so that neither a statement nor the memory grows with the file."""
    waiting = iter(rows)
    while some := list(islice(waiting, AT_A_TIME)):
        yield some


def _call_of(row: Row) -> tuple[Any, ...]:
    return row.facts["board"], row.facts["year"], row.facts["scope"], row.facts["call"]


def _calls(rows: list[Row], register: Register, moment: Moment) -> dict[tuple[Any, ...], int]:
    """The ids of the rows' calls by board, year, scope and name; those missing are recorded."""
    made: dict[tuple[Any, ...], int] = {}
    for row in rows:
        key = code, year, scope, name = _call_of(row)
        if key not in made:
            board = db.session.get_one(Organisation, register.boards[code])
            made[key] = calls.record(board, moment, year=year, scope=scope, name=name).id
    return made


def _record_all(rows: list[Row], places: Places, moment: Moment) -> None:
    """Record some cases through the door. What nobody acts on is written in bulk beside them."""
    made = [(row, *_record(row, places, moment)) for row in rows]
    records.seal()
    _write(ImportedCase, ({"application_id": case.id, "facts": as_json(row.facts)} for row, case, _ in made))
    _write(ApplicationPurpose, ({"application_id": case.id, "purpose": code} for row, case, _ in made for code in _other_purposes(row)))
    _write(
        ApplicationTarget,
        ({"application_id": case.id, "target_group": code} for row, case, _ in made for code in row.facts["target_groups"] or ()),
    )
    _write(Financing, ({"decision_id": decision.id, **part} for row, _, decision in made if decision for part in _financing(row)))


def _write(table: type[Any], facts: Iterable[dict[str, Any]]) -> None:
    if found := list(facts):
        db.session.execute(insert(table), found)


def _record(row: Row, places: Places, moment: Moment) -> tuple[Application, Decision | None]:
    application = _application(row, places, moment)
    act("record", application, moment)
    if row.facts["outcome"] is None:
        return application, None
    decision = _decision(row, application)
    act("record", decision, moment)
    act("record", application, moment)
    if row.facts["outcome"].gives_money:
        _record_project(row, decision, moment)
    return application, decision


def _application(row: Row, places: Places, moment: Moment) -> Application:
    facts = row.facts
    return Application(
        reference=facts["reference"], call_id=places.calls[_call_of(row)],
        board_id=places.register.boards[facts["board"]], applicant_id=places.register.applicants[facts["applicant"]],
        channel=Channel.IMPORT, is_imported=True, title=facts["title"] or "", summary=facts["summary"] or "",
        primary_purpose=facts["primary_purpose"], applied_kr=facts["applied_kr"], starts_on=facts["starts_on"], ends_on=facts["ends_on"],
        registration_number=facts["registration_number"], changed_at=moment.now,
    )  # fmt: skip


def _decision(row: Row, application: Application) -> Decision:
    facts = row.facts
    gives_money = facts["outcome"].gives_money
    return Decision(
        application=application, outcome=facts["outcome"], granted_kr=facts["granted_kr"] if gives_money else None,
        starts_on=facts["starts_on"], ends_on=facts["ends_on"], decided_on=facts["decided_on"], is_imported=True,
    )  # fmt: skip


def _other_purposes(row: Row) -> list[str]:
    return [code for code in row.facts["other_purposes"] or () if code != row.facts["primary_purpose"]]


def _financing(row: Row) -> list[dict[str, Any]]:
    """The sources of a grant. A share of returned money that is not known counts as none."""
    granted, returned = row.facts["granted_kr"] or 0, row.facts["of_which_returned_kr"] or 0
    amounts = {row.facts["scope"].sources[0]: granted - returned, PotSource.RETURNED: returned}
    return [{"source": source, "amount_kr": kr} for source, kr in amounts.items() if kr]


def _record_project(row: Row, decision: Decision, moment: Moment) -> None:
    facts = row.facts
    project = Project(
        application=decision.application, decision=decision, starts_on=facts["starts_on"], ends_on=facts["ends_on"],
        closed_on=facts["closed_on"], is_imported=True,
    )  # fmt: skip
    act("record", project, moment)
    if facts["closed_on"] or facts["status"] is ProjectState.CLOSED:
        act("record", project, moment)
