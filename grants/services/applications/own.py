"""What an organisation has on its way: its drafts, its cases, and the days to keep. For the applicant's own pages."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, lazyload, selectinload

from ...domain.calendar import civil_date, date_in_words, moment_in_words
from ...domain.completeness import Section
from ...domain.permissions import Actor, Moment
from ...domain.words import UNDECIDED, UNSENT, ApplicationState, ClaimState, ProjectState, ReportState, capitalised
from ...extensions import db
from ...models.applications import Application, Partner
from ...models.calls import Call
from ...models.people import Organisation
from ...models.projects import Project, Report
from ...models.records import Event
from ..projects import duties
from ..visible import visible
from .content import Part, parts

MOST_CASES = 20


@dataclass(frozen=True)
class Due:
    """Something to do by a day. `thing` is the application or the project it is about."""

    what: str
    on: date
    words: str
    thing: Application | Project
    is_late: bool


@dataclass(frozen=True)
class Draft:
    """A draft with its sections and the latest row of its history, if anybody has saved."""

    application: Application
    parts: list[Part]
    saved: Event | None

    @property
    def ready_parts(self) -> int:
        return sum(1 for part in self.parts if part.missing is None)


def listed(actor: Actor) -> Select[Any]:
    """Every application of the actor's organisation, also drafts and discarded ones, latest changed first."""
    query = select(Application).where(Application.applicant_id == actor.organisation_id)
    return visible(query, Application, actor).order_by(Application.changed_at.desc(), Application.id.desc())


def for_the_list() -> tuple[Any, ...]:
    """What a row of the list shows, loaded at once."""
    return (
        joinedload(Application.call).joinedload(Call.version), joinedload(Application.version), selectinload(Application.decisions),
        joinedload(Application.project), lazyload(Application.board), lazyload(Application.applicant),
    )  # fmt: skip


def drafts(actor: Actor) -> list[Draft]:
    """What is being written or waits for a signature, the first to close first."""
    lists = (
        Application.purposes,
        Application.targets,
        Application.goals,
        Application.activities,
        Application.budget,
        Application.answers,
        Application.attachments,
    )
    partners = selectinload(Application.partners).joinedload(Partner.organisation).lazyload(Organisation.county)
    query = listed(actor).where(Application.state.in_(UNSENT)).options(*for_the_list(), partners, *map(selectinload, lists))
    found = list(db.session.scalars(query).unique())
    saved = latest_edits([each.id for each in found])
    rows = [Draft(each, parts(each), saved.get(each.id)) for each in found]
    return sorted(rows, key=lambda row: (_closes(row.application) is None, _closes(row.application), row.application.id))


def _closes(application: Application) -> datetime | None:
    return application.call.version.closes_at if application.call.version else None


def latest_edits(ids: list[int]) -> dict[int, Event]:
    """Application id → the row of its history that was saved last."""
    newest = (
        select(func.max(Event.number))
        .where(Event.noun == "application", Event.verb == "edit", Event.thing_id.in_(ids))
        .group_by(Event.thing_id)
    )
    query = select(Event).where(Event.number.in_(newest)).options(joinedload(Event.person))
    return {event.thing_id: event for event in db.session.scalars(query) if event.thing_id is not None}


def last_saved(application: Application, section: Section | None = None) -> Event | None:
    """Who saved last and when, in the whole application or in one section."""
    query = select(Event).where(Event.noun == "application", Event.verb == "edit", Event.thing_id == application.id)
    if section:
        query = query.where(Event.note == section.value)
    return db.session.scalar(query.options(joinedload(Event.person)).order_by(Event.number.desc()).limit(1))


def live_cases(actor: Actor) -> list[Application]:
    """Cases under preparation and projects that run, latest arrived first."""
    running = and_(Application.state == ApplicationState.DECIDED, Project.state == ProjectState.RUNNING)
    query = listed(actor).outerjoin(Application.project).where(or_(Application.state.in_(UNDECIDED), running)).order_by(None)
    project = joinedload(Application.project)
    loaded = (
        project.selectinload(Project.payments), project.selectinload(Project.claims), project.joinedload(Project.decision),
        project.selectinload(Project.reports).selectinload(Report.lines),
    )  # fmt: skip
    query = query.options(*for_the_list(), *loaded).order_by(Application.arrived_at.desc().nulls_last(), Application.id.desc())
    return list(db.session.scalars(query.limit(MOST_CASES)).unique())


def dates(moment: Moment, writing: list[Draft], cases: list[Application]) -> list[Due]:
    """The days to keep, first things first: deadlines of drafts, reports and money to pay back."""
    found = [*_deadlines(moment, writing)]
    for project in (case.project for case in cases if case.project):
        found += [*_reports(project, moment.today), *_claims(project, moment.today)]
    return sorted(found, key=lambda due: due.on)


def _deadlines(moment: Moment, writing: list[Draft]) -> list[Due]:
    rows = [(draft.application, closes) for draft in writing if (closes := _closes(draft.application)) and closes >= moment.now]
    return [Due(f"Skicka in {each.title or 'utkastet'}", civil_date(closes), moment_in_words(closes), each, False) for each, closes in rows]


def _reports(project: Project, today: date) -> list[Due]:
    waiting = [
        row
        for row in duties(project, today)
        if row["due_on"] and not (row["report"] and row["report"].state in (ReportState.SUBMITTED, ReportState.APPROVED))
    ]
    return [
        Due(
            f"{capitalised(row['kind'])} för {project.application.title}",
            row["due_on"],
            date_in_words(row["due_on"]),
            project,
            row["is_late"],
        )
        for row in waiting
    ]


def _claims(project: Project, today: date) -> list[Due]:
    raised = [claim for claim in project.claims if claim.state == ClaimState.RAISED and claim.due_on]
    return [
        Due(f"Betala tillbaka för {project.application.title}", claim.due_on, date_in_words(claim.due_on), project, claim.due_on < today)
        for claim in raised
    ]
