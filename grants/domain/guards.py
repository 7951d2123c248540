"""Conditions on a step: each is a pure function of (thing, moment) that returns None or the sentence that refuses.

Rules about who may act live in permissions.py. A guard reads attributes of the thing; it never asks a database.
"""

from typing import Any

from .calendar import moment_in_words
from .completeness import missing_in_application, missing_in_call, missing_in_decision, missing_in_report
from .money import in_words
from .permissions import Moment
from .words import COUNTED, IN_PREPARATION, UNDECIDED, ApplicationState, Outcome, PaymentState, ReportKind, ReportState, ReviewState, Scope

# Calls


def national_call_is_the_coordinators(call: Any, moment: Moment) -> str | None:
    """Only the coordinating board runs the national call (Jönköping; förordningen 2010:1122, 37 § fourth paragraph)."""
    if call.scope == Scope.NATIONAL and not call.board.is_coordinating:
        return "Bara Länsstyrelsen i Jönköpings län kan göra en nationell utlysning."
    return None


def has_an_unpublished_version(call: Any, moment: Moment) -> str | None:
    return None if call.draft_version else "Det finns ingen opublicerad version att ändra. Börja en ändring först."


def has_no_unpublished_version(call: Any, moment: Moment) -> str | None:
    return "Det finns redan en påbörjad ändring." if call.draft_version else None


def call_is_complete(call: Any, moment: Moment) -> str | None:
    missing = missing_in_call(call.draft_version) if call.draft_version else []
    return f"Utlysningen kan inte publiceras än. Det saknas: {', '.join(missing)}." if missing else None


def amendment_is_explained(call: Any, moment: Moment) -> str | None:
    """Those who already read the call must be told what changed."""
    version = call.draft_version
    if version and version.number > 1 and not version.changes:
        return "Skriv vad som har ändrats, så att de som redan läst utlysningen ser det."
    return None


def nothing_has_arrived(call: Any, moment: Moment) -> str | None:
    if any(a.arrived_at for a in call.applications):
        return "Utlysningen kan inte ställas in: ansökningar har kommit in och måste beslutas."
    return None


# Applications


def call_takes_applications(application: Any, moment: Moment) -> str | None:
    if application.call.version is None or application.call.is_cancelled:
        return "Utlysningen är inte publicerad."
    return None


def call_was_published(application: Any, moment: Moment) -> str | None:
    """What arrives is registered, also when the call has been cancelled since (OSL 5 kap. 1 §)."""
    return None if application.call.version else "Utlysningen är inte publicerad."


def call_has_opened(application: Any, moment: Moment) -> str | None:
    """Before opening nothing can be sent; after closing it is received and marked late (förvaltningslagen 22 §)."""
    version = application.call.version
    if version is None or application.call.is_cancelled:
        return "Utlysningen är inte publicerad."
    if moment.now < version.opens_at:
        return f"Utlysningen öppnar {moment_in_words(version.opens_at)}. Skicka in ansökan då."
    return None


def applicant_is_eligible(application: Any, moment: Moment) -> str | None:
    """Recipients are kommuner and kommunalförbund only (37 § first paragraph)."""
    kind = application.applicant.kind
    if not application.applicant.is_eligible:
        return "Er organisation är inte en kommun eller ett kommunalförbund och kan inte få bidraget (37 §)."
    version = application.call.version
    if version is not None and kind.value not in version.terms.eligible_applicants:
        return "Er organisation kan inte söka i den här utlysningen (37 §: kommuner och kommunalförbund)."
    if application.call.scope == Scope.REGIONAL and application.applicant.county_code != application.call.board.county_code:
        return "Utlysningen gäller kommuner och kommunalförbund i länet."
    return None


def application_is_complete(application: Any, moment: Moment) -> str | None:
    missing = missing_in_application(application)
    return f"Ansökan är inte klar. {' '.join(missing.values())}" if missing else None


def arrival_is_past(application: Any, moment: Moment) -> str | None:
    """The day of arrival is the day it reached the authority (förvaltningslagen 22 §)."""
    if application.arrived_at is None or application.arrived_at > moment.now:
        return "Ange när ansökan kom in. Tidpunkten kan inte ligga i framtiden."
    return None


def came_late(application: Any, moment: Moment) -> str | None:
    return None if application.is_late else "Ansökan kom in i tid och behöver inte tas upp särskilt."


def admission_is_reasoned(application: Any, moment: Moment) -> str | None:
    """A decision to admit a late application states its reasons (förvaltningslagen 32 §)."""
    return None if application.admission_reason else "Skriv varför den sena ansökan tas upp till prövning."


def has_a_registration_number(application: Any, moment: Moment) -> str | None:
    """Documents are registered without delay (OSL 5 kap. 1 §)."""
    return None if application.registration_number else "Ange diarienumret först."


def in_time_or_admitted(application: Any, moment: Moment) -> str | None:
    if application.is_late and application.admitted_at is None:
        return "Ansökan kom in för sent. Besluta först om den ska tas upp, eller föreslå avvisning."
    return None


def formal_checks_are_passed(application: Any, moment: Moment) -> str | None:
    if application.checks_left:
        return f"Alla punkter i den formella kontrollen måste vara godkända. Kvar: {', '.join(application.checks_left)}."
    return None


def every_review_is_in(application: Any, moment: Moment) -> str | None:
    live = [r for r in application.reviews if r.state in COUNTED]
    if not live:
        return "Ingen bedömare är utsedd."
    waiting = [r.assessor.name for r in live if r.state != ReviewState.SUBMITTED]
    return f"Bedömningar saknas från {', '.join(waiting)}." if waiting else None


def nothing_is_proposed(application: Any, moment: Moment) -> str | None:
    return "Ta tillbaka förslaget till beslut först." if application.decision else None


# Assessment


def application_is_in_preparation(review: Any, moment: Moment) -> str | None:
    return None if review.application.state in IN_PREPARATION else "Ansökan är inte under beredning."


def assessor_is_not_conflicted(review: Any, moment: Moment) -> str | None:
    """Who is conflicted may not take part (förvaltningslagen 16–18 §§)."""
    if review.assessor_id in review.application.recused_ids:
        return f"{review.assessor.name} är jävig i ärendet och kan inte bedöma det."
    return None


def reason_is_given(thing: Any, moment: Moment) -> str | None:
    return None if (thing.reason or "").strip() else "Skriv ett skäl."


def every_criterion_is_scored(review: Any, moment: Moment) -> str | None:
    """A score without its reason says nothing to the applicant (förvaltningslagen 32 §)."""
    missing = review.criteria_left
    return f"Sätt poäng och skriv skäl för: {', '.join(missing)}." if missing else None


# Decisions


def application_can_be_decided(decision: Any, moment: Moment) -> str | None:
    return None if decision.application.state in UNDECIDED else "Ansökan är inte under beredning."


def rapporteur_is_another(decision: Any, moment: Moment) -> str | None:
    """Rapporteur and decision-maker are two people (a rule of this house; förvaltningslagen 31 § asks for both names)."""
    if decision.rapporteur_id == moment.actor.person_id:
        return "Den som föredrar ärendet kan inte besluta i det. En annan person måste besluta."
    return None


def rapporteur_is_not_conflicted(decision: Any, moment: Moment) -> str | None:
    """What a conflicted person has prepared is prepared anew by another (förvaltningslagen 18 §)."""
    if decision.rapporteur_id in decision.application.recused_ids:
        return "Föredraganden har anmält jäv. Ta tillbaka förslaget och låt en annan handläggare föreslå beslut."
    return None


def case_has_a_registration_number(decision: Any, moment: Moment) -> str | None:
    """The letter names its case (OSL 5 kap. 1–2 §§)."""
    return has_a_registration_number(decision.application, moment)


def outcome_fits_the_case(decision: Any, moment: Moment) -> str | None:
    """Money needs a full assessment; a withdrawn application is written off."""
    state = decision.application.state
    if decision.outcome.gives_money and state != ApplicationState.REVIEWED:
        return "Bidrag kan beviljas först när bedömningen är klar."
    if decision.outcome == Outcome.WRITTEN_OFF and state != ApplicationState.WITHDRAWN:
        return "Bara en återkallad ansökan kan skrivas av."
    if state == ApplicationState.WITHDRAWN and decision.outcome != Outcome.WRITTEN_OFF:
        return "Ansökan är återkallad och ska skrivas av."
    return None


def decision_is_complete_in_law(decision: Any, moment: Moment) -> str | None:
    """What a decision must hold (förvaltningslagen 31–33 §§; 39–41 §§ förordningen)."""
    missing = missing_in_decision(decision)
    return f"Beslutet är inte fullständigt. Det saknas: {', '.join(missing)}." if missing else None


def financing_adds_up(decision: Any, moment: Moment) -> str | None:
    total = sum(f.amount_kr for f in decision.financing)
    if total != (decision.granted_kr or 0):
        return f"Finansieringen är {in_words(total)} men beloppet är {in_words(decision.granted_kr)}. De måste vara lika."
    return None


# Payments and claims


def within_the_grant(payment: Any, moment: Moment) -> str | None:
    """Paid never exceeds granted."""
    if not 0 < payment.amount_kr <= payment.financing.unpaid_kr:
        return f"Det går att betala ut högst {in_words(payment.financing.unpaid_kr)}."
    return None


def another_person_prepared(payment: Any, moment: Moment) -> str | None:
    if payment.prepared_by_id == moment.actor.person_id:
        return "Den som har lagt upp utbetalningen kan inte attestera den. En annan person måste göra det."
    return None


def paid_on_is_given(payment: Any, moment: Moment) -> str | None:
    if payment.paid_on is None or payment.paid_on > moment.today:
        return "Ange vilken dag pengarna betalades ut. Dagen kan inte ligga i framtiden."
    return None


def claim_is_within_what_was_paid(claim: Any, moment: Moment) -> str | None:
    """No more comes back than was paid (39–40 §§)."""
    if not 0 < claim.amount_kr <= claim.project.reclaimable_kr:
        return f"Det går att återkräva högst {in_words(claim.project.reclaimable_kr)}."
    return None


def received_on_is_given(claim: Any, moment: Moment) -> str | None:
    if claim.received_on is None or claim.received_on > moment.today:
        return "Ange vilken dag pengarna kom tillbaka. Dagen kan inte ligga i framtiden."
    return None


def remission_is_reasoned(claim: Any, moment: Moment) -> str | None:
    """Remission needs particular reasons (41 § third paragraph)."""
    return None if claim.remission_reason else "Skriv vilka särskilda skäl som finns att efterge kravet (41 §)."


# Projects


def final_report_is_approved(project: Any, moment: Moment) -> str | None:
    done = any(r.kind == ReportKind.FINAL and r.state == ReportState.APPROVED for r in project.reports)
    return None if done else "Slutrapporten är inte godkänd."


def payments_are_settled(project: Any, moment: Moment) -> str | None:
    if any(p.state == PaymentState.PREPARED for p in project.payments):
        return "En utbetalning väntar på attest."
    return None


def unused_money_is_settled(project: Any, moment: Moment) -> str | None:
    """What was not used comes back or is remitted before closure (40–41 §§)."""
    left = project.unsettled_kr
    return f"{in_words(left)} som inte använts är inte återkrävt och betalt eller eftergivet." if left else None


def report_is_complete(report: Any, moment: Moment) -> str | None:
    missing = missing_in_report(report)
    return f"Rapporten är inte klar. {' '.join(missing.values())}" if missing else None
