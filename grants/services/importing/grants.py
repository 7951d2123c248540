"""Cases from before the system: recorded through the door, marked imported, posting nothing to pots."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import select

from ...domain.importing import GRANTS, Fault, Row, as_json, contradictions, read
from ...domain.permissions import Moment
from ...domain.words import Channel, PotSource, ProjectState, Scope
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
Calls = dict[tuple[Any, ...], int]


def grants(content: bytes, moment: Moment, *, only_check: bool = False) -> Taken:
    """Record the cases of a file, amounts in whole kronor. Raises Unmet with every fault; then nothing is recorded.

    A reference that is known with the same content is passed over. The status of a case that wasn't granted is kept as
    written and means nothing, since there is no project.
    """
    rows, faults = read(content, GRANTS, contradictions)
    _resolve(rows, faults)
    rows = each_once(rows, lambda facts: facts["reference"], "reference", faults)
    new = _not_known(rows, faults)
    _check_registration_numbers(new, faults)
    refuse(faults)
    if not only_check:
        call_ids = _calls(new, moment)
        for some in _batches(new):
            for row in some:
                _record(row, call_ids[_call_of(row)], moment)
            records.seal()
    return Taken(len(new), len(rows) - len(new))


def _resolve(rows: list[Row], faults: list[Fault]) -> None:
    """Put the board's and the applicant's ids beside the facts, the applicant under one name."""
    register = Register()
    for row in rows:
        row.ids["board"] = register.board(row, faults)
        if found := register.applicant(row, faults):
            row.facts["applicant"], row.ids["applicant"] = found


def _not_known(rows: list[Row], faults: list[Fault]) -> list[Row]:
    known: dict[str, Any] = {}
    for some in _batches(rows):
        references = [row.facts["reference"] for row in some]
        query = select(Application.reference, ImportedCase.facts).outerjoin(ImportedCase).where(Application.reference.in_(references))
        known |= {reference: facts for reference, facts in db.session.execute(query)}
    for row in rows:
        facts = known.get(row.facts["reference"], {})
        if facts is None:
            faults.append(Fault(row.line, "reference", "Referensen tillhör redan ett annat ärende i systemet."))
        elif facts and (differing := differences(facts, as_json(row.facts))):
            faults.append(Fault(row.line, "reference", f"Referensen är redan inläst men med annat innehåll i {differing}."))
    return [row for row in rows if row.facts["reference"] not in known]


def _check_registration_numbers(rows: list[Row], faults: list[Fault]) -> None:
    """A board's registration number belongs to one case, in the file and in the system."""
    query = select(Application.board_id, Application.registration_number, Application.reference)
    taken = {(board, number): reference for board, number, reference in db.session.execute(query.where(Application.registration_number.is_not(None)))}
    for row in rows:
        if number := row.facts["registration_number"]:
            holder = taken.setdefault((row.ids["board"], number), row.facts["reference"])
            if holder != row.facts["reference"]:
                faults.append(Fault(row.line, "registration_number", f"Diarienumret används redan för {holder} hos länsstyrelsen."))


def _batches(rows: list[Row]) -> Iterator[list[Row]]:
    """The rows some at a time, so that neither a statement nor the memory grows with the file."""
    waiting = iter(rows)
    while some := list(islice(waiting, AT_A_TIME)):
        yield some


def _call_of(row: Row) -> tuple[Any, ...]:
    return row.ids["board"], row.facts["year"], row.facts["scope"], row.facts["call"]


def _calls(rows: list[Row], moment: Moment) -> Calls:
    """The calls of the rows, those missing recorded: board, year, scope and name → id."""
    made: Calls = {}
    for row in rows:
        key = _call_of(row)
        if key not in made:
            board = db.session.get_one(Organisation, row.ids["board"])
            made[key] = calls.record(board, moment, year=row.facts["year"], scope=row.facts["scope"], name=row.facts["call"]).id
    return made


def _record(row: Row, call_id: int, moment: Moment) -> None:
    application = _application(row, call_id, moment)
    act("record", application, moment)
    db.session.add(ImportedCase(application=application, facts=as_json(row.facts)))
    if row.facts["outcome"] is None:
        return
    decision = _decision(row, application)
    act("record", decision, moment)
    act("record", application, moment)
    if row.facts["outcome"].gives_money:
        _record_project(row, decision, moment)


def _application(row: Row, call_id: int, moment: Moment) -> Application:
    facts = row.facts
    others = [code for code in facts["other_purposes"] or () if code != facts["primary_purpose"]]
    return Application(
        reference=facts["reference"], call_id=call_id, board_id=row.ids["board"], applicant_id=row.ids["applicant"],
        channel=Channel.IMPORT, is_imported=True, title=facts["title"] or "", summary=facts["summary"] or "",
        primary_purpose=facts["primary_purpose"], purposes=[ApplicationPurpose(purpose=code) for code in others],
        targets=[ApplicationTarget(target_group=code) for code in facts["target_groups"] or ()],
        applied_kr=facts["applied_kr"], starts_on=facts["starts_on"], ends_on=facts["ends_on"],
        registration_number=facts["registration_number"], created_at=moment.now, changed_at=moment.now,
    )  # fmt: skip


def _decision(row: Row, application: Application) -> Decision:
    facts = row.facts
    gives_money = facts["outcome"].gives_money
    return Decision(
        application=application, outcome=facts["outcome"], granted_kr=facts["granted_kr"] if gives_money else None,
        starts_on=facts["starts_on"], ends_on=facts["ends_on"], decided_on=facts["decided_on"], is_imported=True,
        financing=_financing(row) if gives_money else [],
    )  # fmt: skip


def _financing(row: Row) -> list[Financing]:
    """The sources of a grant. A share of returned money that is not known counts as none."""
    granted, returned = row.facts["granted_kr"], row.facts["of_which_returned_kr"] or 0
    of_the_year = PotSource.NATIONAL if row.facts["scope"] is Scope.NATIONAL else PotSource.ALLOCATION
    amounts = {of_the_year: granted - returned, PotSource.RETURNED: returned}
    return [Financing(source=source, amount_kr=kr) for source, kr in amounts.items() if kr]


def _record_project(row: Row, decision: Decision, moment: Moment) -> None:
    facts = row.facts
    project = Project(
        application=decision.application, decision=decision, starts_on=facts["starts_on"], ends_on=facts["ends_on"],
        closed_on=facts["closed_on"], is_imported=True,
    )  # fmt: skip
    act("record", project, moment)
    if facts["closed_on"] or facts["status"] is ProjectState.CLOSED:
        act("record", project, moment)
