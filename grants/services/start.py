"""What the first page asks for: the year to show and projects to learn from. Everything else has a room of its own."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ..domain.words import DecisionState, ProjectState
from ..extensions import db
from ..models.applications import Application
from ..models.calls import Call
from ..models.decisions import Decision
from ..models.projects import Project


def year_to_show(today: date) -> int | None:
    """The latest year whose calls have decisions: an ended year if there is one, otherwise this one."""
    query = (
        select(func.max(Call.year))
        .join(Application, Application.call_id == Call.id)
        .join(Decision, Decision.application_id == Application.id)
    )
    query = query.where(Decision.state == DecisionState.DECIDED)
    return db.session.scalar(query.where(Call.year < today.year)) or db.session.scalar(query)


def projects_to_learn_from(most: int = 3) -> list[Project]:
    """The projects that were closed last and have something to read."""
    query = select(Project).join(Project.application).where(Project.state == ProjectState.CLOSED, Application.summary != "")
    case = joinedload(Project.application).joinedload(Application.applicant)
    return list(db.session.scalars(query.options(case).order_by(Project.closed_on.desc(), Project.id.desc()).limit(most)))
