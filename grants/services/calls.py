"""What boards do with calls: start, edit, publish, amend, copy, cancel; and what everybody may read of them.

A published version is never written again: only `draft_version` is. Applying is the room applications.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import flag_modified

from ..domain import guards
from ..domain.errors import Unmet, WrongState
from ..domain.permissions import Actor, Moment, Standing, allowed
from ..domain.terms import USUAL, Terms
from ..domain.texts import slug
from ..domain.words import UNSENT, Round, Scope
from ..extensions import db
from ..models.applications import Application
from ..models.calls import Call, CallVersion
from ..models.people import Organisation
from ..models.records import Event
from . import letters
from .acting import act, expect_version
from .visible import visible

CARRIED = ("summary", "text", "min_kr", "max_kr", "longest_months", "terms")
AMENDED = (*CARRIED, "opens_at", "closes_at", "decision_planned", "available_kr")


@dataclass(frozen=True)
class Phases:
    """The published calls by where in time they are."""

    open: list[Call]
    coming: list[Call]
    closed: list[Call]


def start(board: Organisation, moment: Moment, *, scope: Scope, year: int, round: Round, name: str) -> Call:
    """A new call with the usual terms as its first draft. Raises Forbidden, or Unmet when the name is taken or the
    national call is not the board's (förordningen 2010:1122, 37 §)."""
    _name_is_free(board, scope=scope, year=year, name=name)
    call = Call(board=board, board_id=board.id, scope=scope, year=year, round=round, name=name, published_number=0)
    act("start", call, moment)
    call.versions.append(CallVersion(number=1, terms=USUAL))
    db.session.flush()
    return call


def edit(call: Call, moment: Moment, *, row_version: int | None = None, **fields: Any) -> None:
    """Write fields of the unpublished version; amounts in kronor, moments aware. `name` and `round` belong to the call
    and can be changed until it is published. Raises Stale, Forbidden, WrongState or Unmet."""
    expect_version(call, row_version)
    act("edit", call, moment)
    version, name, round = call.draft_version, fields.pop("name", ""), fields.pop("round", None)
    if not call.published_number:
        _rename(call, name or call.name, round or call.round)
    for field, value in fields.items():
        setattr(version, field, value)
    _agree(version)
    # The version number of the call guards its draft too, so it must move even when only the draft changed.
    flag_modified(call, "name")
    db.session.flush()


def edit_terms(call: Call, moment: Moment, terms: Terms) -> None:
    """Replace the terms of the unpublished version. Raises as `edit`."""
    edit(call, moment, terms=terms)


def publish(call: Call, moment: Moment, *, changes: str | None = None, row_version: int | None = None) -> None:
    """Make the draft version public and final, and tell those who have begun an application when it is an amendment.
    Raises Stale, Forbidden, WrongState, or Unmet with all that is missing."""
    expect_version(call, row_version)
    version = call.draft_version
    if version and changes is not None:
        version.changes = changes
    act("publish", call, moment, note=(version.changes or "") if version else "")
    if version is None:
        return
    version.published_at, call.published_number = moment.now, version.number
    db.session.flush()
    db.session.expire(call, ["version"])
    if version.number > 1:
        _tell(
            call,
            moment,
            subject=f"Utlysningen {call.name} har ändrats",
            text=(
                f"{call.board.name} har ändrat utlysningen ”{call.name}”, där ni har börjat en ansökan.\n\n"
                f"Det här har ändrats:\n{version.changes}\n\n"
                "Utkastet finns kvar. Läs utlysningen och kontrollera ansökan innan ni skickar in den:"
            ),
        )


def amend(call: Call, moment: Moment) -> CallVersion:
    """Begin the next version as a copy of the published one. Raises Forbidden, WrongState or Unmet."""
    if call.is_imported:
        raise WrongState("Utlysningen är från tiden före systemet och kan inte ändras.")
    act("amend", call, moment)
    latest = call.versions[-1]
    version = CallVersion(number=latest.number + 1, **{field: getattr(latest, field) for field in AMENDED})
    call.versions.append(version)
    flag_modified(call, "name")
    db.session.flush()
    return version


def copy(call: Call, moment: Moment, *, year: int, name: str) -> Call:
    """A new draft with everything but the times and the amount to distribute. Raises as `start`."""
    new = start(call.board, moment, scope=call.scope, year=year, round=call.round, name=name)
    if call.versions:
        for field in CARRIED:
            setattr(new.versions[0], field, getattr(call.versions[-1], field))
    db.session.flush()
    return new


def cancel(call: Call, moment: Moment, reason: str) -> None:
    """Cancel a call in which nothing has arrived, and tell those who have begun. Raises Unmet without a reason."""
    if not reason.strip():
        raise Unmet("Skriv varför utlysningen ställs in.")
    act("cancel", call, moment, note=reason)
    db.session.flush()
    _tell(
        call,
        moment,
        subject=f"Utlysningen {call.name} ställs in",
        text=(
            f"{call.board.name} ställer in utlysningen ”{call.name}”, där ni har börjat en ansökan.\n\nSkälet är:\n{reason}\n\nUtlysningen:"
        ),
    )


def record(board: Organisation, moment: Moment, *, year: int, scope: Scope, name: str) -> Call:
    """The call of an earlier year, found or created without a version: its terms are not known."""
    known = _called(board, scope=scope, year=year, name=name)
    if known is not None:
        return known
    call = Call(
        board=board, board_id=board.id, scope=scope, year=year, round=Round.ORDINARY, name=name, published_number=0, is_imported=True
    )
    act("record", call, moment)
    db.session.flush()
    return call


def new_key(words: str, taken: set[str]) -> str:
    """A key for a criterion, question or category: made of its first name, never shown, never used again."""
    stem = slug(words)[:30].strip("-") or "rad"
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def used_keys(call: Call) -> set[str]:
    """Every key that any version of the call has used, so that answers and scores never meet the wrong words."""
    keyed = ("criteria", "questions", "categories", "report_sections")
    return {row.key for version in call.versions for kind in keyed for row in getattr(version.terms, kind)}


def phases(actor: Actor, now: datetime, *, county: str = "", scope: str = "", group: str = "") -> Phases:
    """The published calls that the actor may see: open (first to close first), coming, and closed (latest first)."""
    query = select(Call).where(Call.published_number > 0).options(joinedload(Call.version))
    if county:
        query = query.join(Call.board).where(Organisation.county_code == county)
    if scope:
        query = query.where(Call.scope == scope)
    published = [(c, c.version) for c in db.session.scalars(visible(query, Call, actor)) if c.version]
    found = [(c, v) for c, v in published if not group or group in v.terms.target_groups]
    live = [(c, v) for c, v in found if not c.is_cancelled]
    return Phases(
        _in_time(((v.closes_at, c) for c, v in live if v.is_open(now))),
        _in_time(((v.opens_at, c) for c, v in live if v.is_coming(now))),
        _in_time(((v.closes_at, c) for c, v in found if c.is_cancelled or v.is_closed(now)))[::-1],
    )


def _in_time(rows: Iterable[tuple[datetime | None, Call]]) -> list[Call]:
    return [call for _, call in sorted(rows, key=lambda row: (row[0], row[1].id))]


def of_board(actor: Actor) -> list[Call]:
    """The calls of the actor's own board, drafts too, newest year first."""
    query = select(Call).where(Call.board_id == actor.organisation_id, Call.is_imported.is_(False))
    query = query.options(joinedload(Call.version), selectinload(Call.versions))
    return list(db.session.scalars(visible(query, Call, actor).order_by(Call.year.desc(), Call.id.desc())))


def may_apply(call: Call, actor: Actor) -> bool:
    """Does the actor write applications for an organisation that may apply in the call?"""
    return _may_write(actor) and not refusal_to_apply(call, actor)


def refusal_to_apply(call: Call, actor: Actor) -> str | None:
    """Why the actor's organisation may not apply in the call (37 §), or None."""
    if actor.organisation_id is None:
        return "Logga in för att söka."
    wish = SimpleNamespace(call=call, applicant=db.session.get_one(Organisation, actor.organisation_id))
    moment = Moment(actor, datetime.min)
    for guard in (guards.call_takes_applications, guards.applicant_is_eligible):
        if reason := guard(wish, moment):
            return reason
    return None if _may_write(actor) else "Din roll får läsa men inte söka. Be en handläggare eller firmatecknare hos er."


def _may_write(actor: Actor) -> bool:
    return allowed(actor, "application.start", Standing(applicant_id=actor.organisation_id))


def cancellation(call: Call) -> str:
    """The reason given when the call was cancelled, or nothing."""
    return db.session.scalar(select(Event.note).where(*_of(call), Event.verb == "cancel")) or ""


def last_deed(call: Call) -> Event | None:
    """The latest row of the call's history, with its person."""
    query = select(Event).where(*_of(call)).options(joinedload(Event.person))
    return db.session.scalar(query.order_by(Event.number.desc()).limit(1))


def _of(call: Call) -> tuple[Any, ...]:
    return (Event.noun == Call.noun, Event.thing_id == call.id)


def _called(board: Organisation, *, scope: Scope, year: int, name: str) -> Call | None:
    query = select(Call).where(Call.board_id == board.id, Call.year == year, Call.scope == scope, Call.name == name)
    with db.session.no_autoflush:
        return db.session.scalar(query)


def _name_is_free(board: Organisation, *, scope: Scope, year: int, name: str, but: int | None = None) -> None:
    known = _called(board, scope=scope, year=year, name=name)
    if known and known.id != but:
        raise Unmet(f"Ni har redan en utlysning för {year} som heter ”{name}”. Välj ett annat namn.")


def _rename(call: Call, name: str, round: Round) -> None:
    _name_is_free(call.board, scope=call.scope, year=call.year, name=name, but=call.id)
    call.name, call.round = name, round


def _agree(version: Any) -> None:
    """What the database would refuse is told in words before it is asked."""
    reasons = []
    if version.opens_at and version.closes_at and version.opens_at >= version.closes_at:
        reasons.append("Utlysningen måste stänga efter att den öppnar.")
    if version.min_kr is not None and version.max_kr is not None and version.min_kr > version.max_kr:
        reasons.append("Det minsta beloppet får inte vara större än det högsta.")
    if reasons:
        raise Unmet(*reasons)


def _tell(call: Call, moment: Moment, *, subject: str, text: str) -> None:
    """One letter to each address behind an application that is begun and not sent."""
    query = select(Application.contact_email, Organisation.contact_email).join(Application.applicant)
    rows = db.session.execute(query.where(Application.call_id == call.id, Application.state.in_(UNSENT)))
    for address in sorted({address for row in rows for address in row if address}):
        letters.mail(address, subject, text, moment, leads_to=f"/utlysningar/{call.id}")
