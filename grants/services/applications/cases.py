"""The board's side of an application: register, number, formal check, admission of late ones, conclusion."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from ...domain.errors import Unmet
from ...domain.identity import normalise_registration_number
from ...domain.permissions import Moment
from ...domain.words import Channel
from ...extensions import db
from ...models.applications import CHECKS, Application, FormalCheck
from ...models.calls import Call
from ...models.people import Organisation
from ..acting import act
from .drafts import WRITERS, new_reference


def register(call: Call, applicant: Organisation, moment: Moment, *, arrived_at: datetime, channel: Channel, **facts: Any) -> Application:
    """Register an application that came on paper or by e-mail, with the true time of arrival (förvaltningslagen 22 §)."""
    application = Application(
        reference=new_reference(moment), call=call, version=call.version, board=call.board, applicant=applicant,
        board_id=call.board_id, applicant_id=applicant.id, channel=channel, arrived_at=arrived_at,
        changed_at=moment.now,
    )  # fmt: skip
    for name, value in facts.items():
        if name in WRITERS:
            WRITERS[name](application, value)
        else:
            setattr(application, name, value)
    act("register", application, moment)
    db.session.flush()
    return application


def number(application: Application, moment: Moment, text: str | None = None) -> None:
    """Give the registration number (OSL 5 kap. 1 §): typed, or the next in the board's own series when it has one.

    Raises Unmet when the number is malformed or taken by another case of the board.
    """
    act("number", application, moment, note=text or "egen serie")
    wanted = _normalised(text) if text else _next_in_series(application.board, moment)
    query = select(Application.id).where(Application.board_id == application.board_id, Application.registration_number == wanted)
    if db.session.scalar(query.where(Application.id != application.id)):
        raise Unmet(f"Diarienumret {wanted} används redan för ett annat ärende hos länsstyrelsen.")
    application.registration_number = wanted


def _normalised(text: str) -> str:
    try:
        return normalise_registration_number(text)
    except ValueError as error:
        raise Unmet(str(error)) from None


def _next_in_series(board: Organisation, moment: Moment) -> str:
    """The next number of the board's own series; the board's row is locked so that two officers can't get the same."""
    if not board.own_series:
        raise Unmet("Länsstyrelsen har ingen egen nummerserie. Skriv diarienumret.")
    db.session.execute(select(Organisation.id).where(Organisation.id == board.id).with_for_update())
    start, end = f"{board.series_prefix}-", f"-{moment.today.year}"
    query = select(Application.registration_number).where(
        Application.board_id == board.id, Application.registration_number.startswith(start), Application.registration_number.endswith(end)
    )
    taken = [
        int(n.removeprefix(start).removesuffix(end))
        for n in db.session.scalars(query)
        if n and n.removeprefix(start).removesuffix(end).isdigit()
    ]
    return f"{start}{max(taken, default=0) + 1}{end}"


def admit(application: Application, moment: Moment, reason: str) -> None:
    """Admit a late application by a reasoned decision. Raises Unmet without a reason or when it was in time."""
    application.admission_reason = reason.strip() or None
    act("admit", application, moment, note=reason)
    application.admitted_at = moment.now


def confirm(application: Application, moment: Moment, checks: dict[str, tuple[bool, str]]) -> None:
    """Note points of the formal check: key → (passed, note). Keys are those of models.applications.CHECKS."""
    act("examine", application, moment)
    kept = {check.key: check for check in application.checks}
    for key, (is_ok, note) in checks.items():
        if key not in CHECKS:
            raise Unmet("Punkten finns inte i den formella kontrollen.")
        check = kept.get(key) or FormalCheck(key=key)
        check.is_ok, check.note = is_ok, note
        if key not in kept:
            application.checks.append(check)


def check(application: Application, moment: Moment) -> None:
    """Pass the formal check and begin the assessment. Raises Unmet with what is left."""
    act("check", application, moment)


def conclude(application: Application, moment: Moment) -> None:
    """End the assessment. Raises Unmet while reviews are missing."""
    act("conclude", application, moment)


def resume(application: Application, moment: Moment, reason: str) -> None:
    """Back to the formal check."""
    act("resume", application, moment, note=reason)
