"""Projects: from the decision that grants money, through the reports, to the closed file.

Not for payments and claims (services/payments.py) nor for the ledger (services/pots).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from ..domain.errors import Unmet
from ..domain.money import in_words
from ..domain.permissions import Moment
from ..domain.words import Financier, GoalResult, ProjectState, ReportKind, label
from ..extensions import db
from ..models.applications import Application
from ..models.decisions import Decision
from ..models.projects import Project, Report, ReportGoal, ReportLine
from . import letters, pots
from .acting import act, expect_version

PEOPLE = ("participants_women", "participants_men", "participants_children")


def start(decision: Decision, moment: Moment) -> Project:
    """The project of a decision that grants money; its time is the decision's."""
    with db.session.no_autoflush:
        project = Project(application=decision.application, decision=decision, starts_on=decision.starts_on, ends_on=decision.ends_on)
        act("start", project, moment)
    return project


def start_report(project: Project, moment: Moment, kind: ReportKind) -> Report:
    """Begin a report; the final one has the goals and the budget of the application. Unmet when there is one already."""
    if any(report.kind == kind for report in project.reports):
        raise Unmet(f"Det finns redan en {label(kind)}.")
    if project.state == ProjectState.CLOSED:
        raise Unmet("Projektet är avslutat.")
    decision = project.decision
    due_on = decision.report_due_on if kind == ReportKind.FINAL else decision.interim_due_on
    with db.session.no_autoflush:
        report = Report(project=project, kind=kind, due_on=due_on, answers={})
        if kind == ReportKind.FINAL:
            report.lines = _lines(project.application)
            report.goals = [ReportGoal(goal=goal) for goal in project.application.goals]
        act("start", report, moment, note=label(kind))
    db.session.flush()
    return report


def _lines(application: Application) -> list[ReportLine]:
    """One line per category that the budget used, in the order of the call's terms, all years together, in kronor."""
    terms = application.version.terms if application.version else None
    used = {line.category_key for line in application.budget if line.amount_kr}
    known = [category.key for category in terms.categories] if terms else []
    keys = [key for key in known if key in used] + sorted(used - set(known))
    return [
        ReportLine(
            position=position, category_key=key, name=terms.category_name(key) if terms else key,
            budget_kr=sum(line.amount_kr for line in application.budget if line.category_key == key),
            grant_budget_kr=sum(
                line.amount_kr for line in application.budget if line.category_key == key and line.financier == Financier.GRANT
            ),
        )
        for position, key in enumerate(keys, start=1)
    ]  # fmt: skip


def save_report(
    report: Report,
    moment: Moment,
    *,
    answers: Mapping[str, str],
    row_version: int | None = None,
    lines: Mapping[str, tuple[int | None, int | None, str]] | None = None,
    goals: Mapping[int, tuple[GoalResult | None, str]] | None = None,
    **people: int | None,
) -> None:
    """Save a report that may be incomplete. `lines`: category → (outcome kr, of it charged to the grant kr, explanation).

    `goals`: goal id → (result, what came of it); `people`: participants_women, _men, _children.
    Raises Stale when it was saved elsewhere in between, Unmet when more is charged to the grant than was spent.
    """  # fmt: skip
    expect_version(report, row_version)
    act("edit", report, moment)
    known = {section.key for section in report.sections}
    report.answers = {key: text for key, text in answers.items() if key in known}
    for name in PEOPLE:
        setattr(report, name, people.get(name))
    for goal in report.goals:
        goal.result, goal.outcome = (goals or {}).get(goal.goal_id, (goal.result, goal.outcome))
    _save_lines(report, lines or {})
    flag_modified(report, "answers")  # The version counts every save, also one that touched the lines alone.


def _save_lines(report: Report, lines: Mapping[str, tuple[int | None, int | None, str]]) -> None:
    reasons = []
    for line in report.lines:
        outcome, charged, explanation = lines.get(line.category_key, (line.outcome_kr, line.grant_outcome_kr, line.explanation))
        if (charged or 0) > (outcome or 0):
            reasons.append(f"{line.name}: det som belastar bidraget kan inte vara mer än utfallet, {in_words(outcome or 0)}.")
            continue
        line.outcome_kr, line.grant_outcome_kr, line.explanation = outcome, charged or 0, explanation
    if reasons:
        raise Unmet(*reasons)


def submit_report(report: Report, moment: Moment) -> None:
    """The signatory signs and sends. Raises Unmet with everything that is missing."""
    act("submit", report, moment, note=label(report.kind))
    report.submitted_at, report.signed_by_id = moment.now, moment.actor.person_id


def send_back(report: Report, moment: Moment, reason: str) -> None:
    """The officer asks for more and says what; the municipality's contact is told. Raises Unmet without a reason."""
    report.reason = reason
    act("send_back", report, moment, note=reason)
    _tell(report, f"{label(report.kind).capitalize()}en behöver kompletteras", f"Länsstyrelsen skriver:\n\n{reason}", moment)


def approve(report: Report, moment: Moment, note: str = "") -> None:
    """The officer approves a report that was sent in."""
    act("approve", report, moment, note=note)
    report.review_note = note
    _tell(report, f"{label(report.kind).capitalize()}en är godkänd", note or "Länsstyrelsen har godkänt rapporten.", moment)


def _tell(report: Report, subject: str, text: str, moment: Moment) -> None:
    application = report.project.application
    if application.contact_email:
        text = f"{text}\n\nLäs mer i P37:"
        letters.mail(application.contact_email, f"{subject}: {application.title}", text, moment, leads_to=f"/rapporter/{report.id}")


def close(project: Project, moment: Moment, *, closed_on: date | None = None) -> None:
    """Close the file on a day (today). What was bound and never paid is freed in its pot.

    Raises Unmet with everything that remains: the final report, payments, unused money (40–41 §§).
    """
    db.session.refresh(project, ["state"], with_for_update=True)  # A payment prepared at the same moment must wait.
    day = closed_on or moment.today
    if day > moment.today or (project.starts_on and day < project.starts_on):
        raise Unmet("Projektet kan inte avslutas på en dag i framtiden eller före insatsens början.")
    act("close", project, moment)
    project.closed_on = day
    pots.release(project.decision, moment, note="Projektet är avslutat.")


def duties(project: Project, today: date) -> list[dict[str, Any]]:
    """The reports that the decision asks for: kind, day, the report if it is begun, and whether the day has passed."""
    decision = project.decision
    days = {ReportKind.INTERIM: decision.interim_due_on, ReportKind.FINAL: decision.report_due_on}
    rows = []
    for kind, day in days.items():
        report = next((r for r in project.reports if r.kind == kind), None)
        if report or day or kind == ReportKind.FINAL:
            late = bool(day and day < today and not (report and report.submitted_at))
            rows.append({"kind": kind, "due_on": day, "report": report, "is_late": late})
    return rows
