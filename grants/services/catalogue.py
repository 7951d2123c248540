"""The public catalogue: what has been granted, to whom and what came of it. No personal data leaves this room."""

from typing import Any

from sqlalchemy import ColumnElement, Select, extract, or_, select
from sqlalchemy.orm import aliased, joinedload

from ..domain.words import ProjectState, ReportState
from ..extensions import db
from ..models.applications import Application
from ..models.calls import Call
from ..models.decisions import Decision
from ..models.people import Organisation
from ..models.projects import Project

LEARNED = ("results", "lessons")
Applicant = aliased(Organisation)


def listed(*, text: str = "", county: str = "", purpose: str = "", year: int | None = None, state: str = "") -> Select[Any]:
    """The granted projects, the latest first, narrowed by words, the applicant's county, purpose, year of decision and state."""
    query = (
        select(Project)
        .join(Application, Application.id == Project.application_id)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .join(Decision, Decision.id == Project.decision_id)
    )
    narrowed = (
        (text, _mentions(text)), (county, Applicant.county_code == county), (purpose, Application.primary_purpose == purpose),
        (year, extract("year", Decision.decided_on) == year), (state, Project.state == state),
    )  # fmt: skip
    query = query.where(*(clause for wanted, clause in narrowed if wanted))
    case = joinedload(Project.application)
    query = query.options(
        case.joinedload(Application.applicant), case.joinedload(Application.call).joinedload(Call.board), joinedload(Project.decision)
    )
    return query.order_by(Decision.decided_on.desc(), Project.id.desc())


def _mentions(text: str) -> ColumnElement[bool]:
    columns = (Application.title, Application.summary, Applicant.name)
    return or_(*(column.icontains(text, autoescape=True) for column in columns))


def years() -> list[int]:
    """The years in which projects were granted, the latest first."""
    query = select(extract("year", Decision.decided_on)).distinct().join(Project, Project.decision_id == Decision.id)
    return sorted((int(year) for year in db.session.scalars(query) if year), reverse=True)


def learned(project: Project) -> list[tuple[str, str]]:
    """(title, text) of the results and lessons in the approved final report, once the project is closed."""
    report = project.final_report
    if project.state != ProjectState.CLOSED or report is None or report.state != ReportState.APPROVED:
        return []
    return [(section.title, text) for section in report.sections if section.key in LEARNED and (text := report.answers.get(section.key))]
