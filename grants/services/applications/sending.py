"""Sign and send, and take back: from draft to official document."""

from ...domain.calendar import exact_in_words
from ...domain.errors import Stale
from ...domain.permissions import Moment
from ...domain.words import UNSENT
from ...models.applications import Application
from .. import letters
from ..acting import act
from .content import fingerprint
from .drafts import hold


def submit(application: Application, moment: Moment, *, row_version: int | None = None) -> None:
    """Sign and send. The server's clock says when it arrived; after closing it is received and marked late
    (förvaltningslagen 22 §). Raises Unmet with everything that is missing, and Stale when the application was changed
    after the signatory began to read it."""
    hold(application)
    if row_version not in (None, application.row_version) and application.state in UNSENT:
        raise Stale("Ansökan har ändrats sedan du öppnade sidan. Läs den igen innan du skriver under.")
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
        f"Ansökan ”{application.title}” kom in {exact_in_words(moment.now)}.{late}\n\n"
        f"Referens: {application.reference}\nFingeravtryck: {application.fingerprint}\n\nUnderskriven av {moment.actor.name}.\n\nKvittot:"
    )
    for address in {application.contact_email, application.applicant.contact_email} - {None}:
        letters.mail(str(address), f"Mottagen: {application.title}", text, moment, leads_to=f"/ansokningar/{application.id}/kvitto")


def withdraw(application: Application, moment: Moment, reason: str) -> None:
    """Take back what was sent; it stays in the register and is written off by a decision."""
    act("withdraw", application, moment, note=reason)
