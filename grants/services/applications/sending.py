"""Sign and send, and take back: from draft to official document."""

import hashlib
import json
from typing import Any

from ...domain.calendar import moment_in_words
from ...domain.permissions import Moment
from ...models.applications import Application
from .. import letters
from ..acting import act


def submit(application: Application, moment: Moment) -> None:
    """Sign and send. The server's clock says when it arrived; after closing it is received and marked late
    (förvaltningslagen 22 §). Raises Unmet with everything that is missing."""
    application.version = application.call.version
    act("submit", application, moment)
    application.arrived_at = moment.now
    application.signed_by_id = moment.actor.person_id
    application.fingerprint = fingerprint(application)
    application.changed_at = moment.now
    _confirm(application, moment)


def _confirm(application: Application, moment: Moment) -> None:
    late = " Den kom in efter stängningstiden; länsstyrelsen avgör om den tas upp." if application.is_late else ""
    text = (
        f"Ansökan ”{application.title}” kom in {moment_in_words(moment.now)}.{late}\n\n"
        f"Referens: {application.reference}\nFingeravtryck: {application.fingerprint}\n\nUnderskriven av {moment.actor.name}."
    )
    for address in {application.contact_email, application.applicant.contact_email} - {None}:
        letters.mail(str(address), f"Mottagen: {application.title}", text, moment)


def withdraw(application: Application, moment: Moment, reason: str) -> None:
    """Take back what was sent; it stays in the register and is written off by a decision."""
    act("withdraw", application, moment, note=reason)


def canonical(application: Application) -> dict[str, Any]:
    """Everything that was signed, in a settled order, as plain JSON."""
    plain = (
        "reference", "title", "summary", "need", "priority", "lasting", "budget_note", "primary_purpose", "national_ground",
        "national_note", "applied_kr", "smallest_kr", "contact_name", "contact_email", "contact_phone",
    )  # fmt: skip
    return {
        **{name: getattr(application, name) for name in plain},
        "call": [application.call_id, application.version.number if application.version else None],
        "applicant": application.applicant.name,
        "period": [str(application.starts_on), str(application.ends_on)],
        "other_purposes": sorted(application.other_purposes),
        "target_groups": sorted(application.target_groups),
        "goals": [[goal.text, goal.indicator, goal.target] for goal in application.goals],
        "activities": [[activity.text, activity.responsible, activity.when] for activity in application.activities],
        "partners": [[partner.name, partner.contribution] for partner in application.partners],
        "budget": sorted([line.year, line.category_key, line.financier.value, line.amount_kr] for line in application.budget),
        "answers": sorted([answer.question_key, answer.value] for answer in application.answers),
        "attachments": sorted(attachment.sha256 for attachment in application.attachments),
    }


def fingerprint(application: Application) -> str:
    """SHA-256 of what was signed: the same content always gives the same fingerprint."""
    text = json.dumps(canonical(application), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
