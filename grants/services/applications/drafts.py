"""The draft: started, written section by section, made ready. Nobody but the applicant sees it."""

import secrets
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from ...domain.completeness import Section
from ...domain.errors import Stale
from ...domain.permissions import Moment
from ...domain.words import Channel, Financier, OrganisationKind, Role
from ...extensions import db
from ...models.applications import (
    Activity,
    Answer,
    Application,
    ApplicationPurpose,
    ApplicationTarget,
    Attachment,
    BudgetLine,
    Goal,
    Partner,
)
from ...models.calls import Call
from ...models.people import Mandate, Organisation, Person
from .. import files, letters
from ..acting import act
from . import content


def start(call: Call, applicant: Organisation, moment: Moment) -> Application:
    """A new draft in a call, with the person who starts it as contact. Raises Unmet when the applicant may not apply."""
    person = db.session.get(Person, moment.actor.person_id) if moment.actor.person_id else None
    application = Application(
        reference=new_reference(moment), call=call, version=call.version, board=call.board, applicant=applicant,
        board_id=call.board_id, applicant_id=applicant.id, channel=Channel.SYSTEM, changed_at=moment.now,
    )  # fmt: skip
    if person:
        application.contact_name, application.contact_email = person.name, person.email
        application.contact_title, application.contact_phone = person.title, person.phone
    act("start", application, moment)
    db.session.flush()
    return application


def new_reference(moment: Moment) -> str:
    """P37's own reference, such as P37-2026-7K3M9Q: short enough to say on the telephone."""
    letters_and_digits = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return f"P37-{moment.today.year}-{''.join(secrets.choice(letters_and_digits) for _ in range(6))}"


def save(application: Application, moment: Moment, section: str, *, seen: str | None = None, **facts: Any) -> None:
    """Save one section as it is, complete or not. `seen` is the section's `content.mark` when the form was opened.

    Raises Stale when somebody has saved the same section since; others may write in other sections meanwhile.
    """
    hold(application)
    if seen is not None and seen != content.mark(application, Section(section)):
        raise Stale("Någon annan har sparat under tiden. Jämför texterna och spara igen.")
    act("edit", application, moment, note=section)
    for name, value in facts.items():
        WRITERS.get(name, _plain(name))(application, value)
    if Section(section) is Section.BUDGET:
        application.applied_kr = sum(line.amount_kr for line in application.budget if line.financier == Financier.GRANT)
    application.changed_at = moment.now


def hold(application: Application) -> None:
    """Lock the application until the transaction ends, and read everything anew if it was changed since it was loaded:
    of two at the same moment the second waits, and then sees what the first did."""
    db.session.flush()
    query = select(Application.row_version).where(Application.id == application.id).with_for_update()
    if db.session.scalar(query) != application.row_version:
        db.session.expire_all()


def _plain(name: str) -> Callable[[Application, Any], None]:
    return lambda application, value: setattr(application, name, value)


def _purposes(application: Application, codes: Iterable[str]) -> None:
    wanted = [code for code in dict.fromkeys(codes) if code != application.primary_purpose]
    application.purposes = [ApplicationPurpose(purpose=code) for code in wanted if code not in application.other_purposes] + [
        row for row in application.purposes if row.purpose in wanted
    ]


def _targets(application: Application, codes: Iterable[str]) -> None:
    wanted = list(dict.fromkeys(codes))
    application.targets = [ApplicationTarget(target_group=code) for code in wanted if code not in application.target_groups] + [
        row for row in application.targets if row.target_group in wanted
    ]


def _rows(model: type[Any], name: str) -> Callable[[Application, Any], None]:
    """Replace a list of rows, numbered in the order they were written."""

    def write(application: Application, rows: Iterable[dict[str, Any]]) -> None:
        setattr(application, name, [model(position=position, **row) for position, row in enumerate(rows, start=1)])

    return write


def _partners(application: Application, rows: Iterable[dict[str, Any]]) -> None:
    """Replace the partners. A name that the register knows becomes that organisation, so that its county counts."""
    known = register_of_partners()
    found = [(known.get(row["name"].casefold()), row) for row in rows]
    application.partners = [
        Partner(
            position=position, name=organisation.name if organisation else row["name"], contribution=row.get("contribution") or "",
            organisation=organisation,
        )
        for position, (organisation, row) in enumerate(found, start=1)
    ]  # fmt: skip


def register_of_partners() -> dict[str, Organisation]:
    """Municipalities and federations by their name in lower case, whole ("vingåkers kommun") or short ("vingåker")."""
    query = select(Organisation).where(Organisation.kind != OrganisationKind.BOARD).options(lazyload(Organisation.county))
    found = list(db.session.scalars(query.order_by(Organisation.sort_key)))
    return {**{each.short_name.casefold(): each for each in found}, **{each.name.casefold(): each for each in found}}


def _budget(application: Application, lines: Iterable[dict[str, Any]]) -> None:
    """Amounts in whole kronor by year, category and financier; nothing is kept of a zero."""
    kept = {(line.year, line.category_key, line.financier): line for line in application.budget}
    wanted = {(row["year"], row["category_key"], Financier(row["financier"])): row["amount_kr"] for row in lines if row["amount_kr"]}
    application.budget = [kept.get(key) or BudgetLine(year=key[0], category_key=key[1], financier=key[2]) for key in wanted]
    for line in application.budget:
        line.amount_kr = wanted[(line.year, line.category_key, line.financier)]


def _answers(application: Application, answers: dict[str, str]) -> None:
    kept = {answer.question_key: answer for answer in application.answers}
    for key, value in answers.items():
        if key in kept:
            kept[key].value = value
        elif value:
            application.answers.append(Answer(question_key=key, value=value))


WRITERS: dict[str, Callable[[Application, Any], None]] = {
    "other_purposes": _purposes,
    "target_groups": _targets,
    "goals": _rows(Goal, "goals"),
    "activities": _rows(Activity, "activities"),
    "partners": _partners,
    "budget": _budget,
    "answers": _answers,
}


def attach(application: Application, moment: Moment, *, name: str, content: bytes, question_key: str | None = None) -> Attachment:
    """Keep a file with the draft. Raises Unmet for a kind of file that isn't taken, or an empty one."""
    act("edit", application, moment, note="bilaga")
    return keep_attachment(application, moment, name=name, content=content, question_key=question_key)


def keep_attachment(application: Application, moment: Moment, *, name: str, content: bytes, question_key: str | None = None) -> Attachment:
    """A file's row and bytes; whoever calls has been through the door."""
    kind = files.media_type(name, content)
    attachment = Attachment(
        question_key=question_key, name=files.clean_name(name), media_type=kind, size=len(content), sha256=files.keep(content),
        added_at=moment.now,
    )  # fmt: skip
    application.attachments.append(attachment)
    return attachment


def detach(application: Application, moment: Moment, attachment: Attachment) -> None:
    """Take a file away from the draft."""
    act("edit", application, moment, note="bilaga borttagen")
    application.attachments.remove(attachment)


def prepare(application: Application, moment: Moment) -> None:
    """Ready to be signed: the signatories are told. Raises Unmet with everything that is missing."""
    act("prepare", application, moment)
    for person in signatories(application.applicant_id, moment):
        text = (
            f"{moment.actor.name} har gjort ansökan ”{application.title}” klar för underskrift.\n\n"
            f"Referens: {application.reference}\n\nLogga in, läs igenom den och skicka in den:"
        )
        letters.mail(
            person.email, f"Att skriva under: {application.title}", text, moment, leads_to=f"/ansokningar/{application.id}/skicka-in"
        )


def signatories(organisation_id: int, moment: Moment) -> list[Person]:
    """The persons who may sign for an organisation on the day."""
    query = select(Mandate).where(Mandate.organisation_id == organisation_id, Mandate.role == Role.SIGNATORY)
    return [mandate.person for mandate in db.session.scalars(query) if mandate.holds_on(moment.today)]


def reopen(application: Application, moment: Moment) -> None:
    """Back to writing."""
    act("reopen", application, moment)


def discard(application: Application, moment: Moment) -> None:
    """Put the draft away; it can be restored."""
    act("discard", application, moment)


def restore(application: Application, moment: Moment) -> None:
    """Take a discarded draft back."""
    act("restore", application, moment)
