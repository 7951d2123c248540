"""Who has the ball in a case, what happens now, and by when; and the steps that have been and come. Reads attributes."""

from dataclasses import dataclass
from typing import Any

from .calendar import date_in_words, moment_in_words, short_date, six_weeks_after
from .money import in_words
from .words import ApplicationState as A
from .words import Outcome, ProjectState, ReportState, capitalised

NOBODY = "Ingen"


@dataclass(frozen=True)
class Ball:
    """`holder` and `deed` in words; `by` in words or None when nothing says by when."""

    holder: str
    deed: str
    by: str | None = None
    note: str = ""


def of_case(application: Any) -> Ball:
    """The ball of a case in any state, for both sides alike."""
    applicant, board = application.applicant.name, application.board.name
    closes = application.call.version.closes_at if application.call.version else None
    deadline = moment_in_words(closes) if closes else None
    match application.state:
        case A.DRAFT:
            return Ball(applicant, "Skriva klart ansökan", deadline)
        case A.READY:
            return Ball(applicant, "Skriva under och skicka in", deadline)
        case A.SUBMITTED:
            return Ball(board, _first_deed(application))
        case A.CHECKED:
            return Ball(board, "Bedöma ansökan", note="Bedömare sätter poäng på varje kriterium.")
        case A.REVIEWED:
            return Ball(board, "Besluta", note="Ansökan är bedömd och rangordnas mot potten.")
        case A.WITHDRAWN:
            return Ball(board, "Skriva av ärendet", note="Ansökan är återkallad.")
        case A.DECIDED if application.project:
            return of_project(application.project)
    return Ball(NOBODY, "Ärendet är avslutat")


def _first_deed(application: Any) -> str:
    if application.is_late and application.admitted_at is None:
        return "Avgöra om den sena ansökan tas upp"
    return "Formell kontroll" if application.registration_number else "Diarieföra ansökan"


def of_project(project: Any) -> Ball:
    """The ball of a granted project: payment, report, money back, closure."""
    applicant, board = project.application.applicant.name, project.application.board.name
    decision = project.decision
    if project.state == ProjectState.CLOSED:
        return Ball(NOBODY, "Projektet är avslutat", note=f"Avslutat {short_date(project.closed_on)}." if project.closed_on else "")
    unpaid = (decision.granted_kr or 0) - project.paid_kr
    if unpaid > 0 and not project.is_imported:
        by = six_weeks_after(decision.decided_on)
        return Ball(board, f"Betala ut {in_words(unpaid)}", date_in_words(by), "Inom sex veckor från beslutet.")
    report = project.final_report
    if report is None or report.state in (ReportState.DRAFT, ReportState.SENT_BACK):
        due = decision.report_due_on
        return Ball(applicant, "Genomföra insatsen och lämna slutrapport", date_in_words(due) if due else None)
    if report.state == ReportState.SUBMITTED:
        return Ball(board, "Granska slutrapporten")
    if project.unsettled_kr:
        return Ball(applicant if project.claims else board, f"{in_words(project.unsettled_kr)} ska betalas tillbaka eller efterges")
    return Ball(board, "Avsluta projektet")


def steps(application: Any) -> list[tuple[str, str, str]]:
    """(what, when in words, been | now | next) from arrival to closure."""
    rows = [*_preparation(application), *_follow_up(application)]
    marked, now_is_told = [], False
    for label, when in rows:
        state = "been" if when else "next" if now_is_told else "now"
        now_is_told = now_is_told or not when
        marked.append((label, when, state))
    return marked


def _preparation(application: Any) -> list[tuple[str, str]]:
    arrived = application.arrived_at
    done = (A.CHECKED, A.REVIEWED)
    decision = application.decision if application.decision and application.decision.is_decided else None
    rows = [
        (
            ("Kom in för sent" if application.is_late else "Kom in i tid") if arrived else "Skickas in",
            moment_in_words(arrived) if arrived else "",
        )
    ]
    if application.state == A.WITHDRAWN:
        return [*rows, ("Återkallad", "av sökanden"), ("Skrivs av", "")]
    passed = application.state in done or (decision and decision.outcome.gives_money)
    if not decision or decision.outcome in (Outcome.GRANTED, Outcome.PARTLY_GRANTED, Outcome.REJECTED):
        rows += [
            ("Formell kontroll", "klar" if passed or decision else ""),
            ("Bedömning", "klar" if application.state == A.REVIEWED or decision else ""),
        ]
    when = date_in_words(decision.decided_on) if decision and decision.decided_on else ""
    return [*rows, (capitalised(decision.outcome) if decision else "Beslut", when)]


def _follow_up(application: Any) -> list[tuple[str, str]]:
    project = application.project
    if project is None:
        return []
    report = project.final_report
    sent = report.submitted_at if report and report.state != ReportState.DRAFT else None
    paid = [p.paid_on for p in project.payments if p.paid_on]
    return [
        ("Utbetalning", date_in_words(max(paid)) if paid else "okänd dag" if project.is_imported else ""),
        ("Slutrapport", moment_in_words(sent) if sent else "okänd dag" if project.is_imported and project.closed_on else ""),
        ("Avslut", date_in_words(project.closed_on) if project.closed_on else ""),
    ]
