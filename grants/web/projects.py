"""Pages of projects: the list, the project with its duties and money, its reports, and the closure."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import extract, select
from sqlalchemy.orm import joinedload, selectinload

from ..domain.errors import Stale
from ..domain.permissions import allowed
from ..domain.words import ProjectState, ReportKind, ReportState
from ..forms import Form
from ..forms import payments as payment_forms
from ..forms import projects as forms
from ..models.applications import Application
from ..models.decisions import Decision
from ..models.projects import Project, Report
from ..services import acting, catalogue, projects
from ..services.visible import visible
from .gate import attempt, me, moment, rule
from .pages import Paged

bp = Blueprint("projects", __name__)


@bp.route("/projekt")
@rule("project.view")
def index() -> Any:
    form = forms.ProjectFilter(request.args)
    form.ar.choices = [("", "Alla år"), *((str(year), str(year)) for year in catalogue.years())]
    return render_template("projects/index.html", form=form, page=Paged(_listed(form)), today=moment().today)


def _listed(form: forms.ProjectFilter) -> Any:
    query = select(Project).join(Decision, Decision.id == Project.decision_id)
    said = form.said
    if said["lage"]:
        query = query.where(Project.state == said["lage"])
    if said["ar"]:
        query = query.where(extract("year", Decision.decided_on) == int(said["ar"]))
    case = joinedload(Project.application).joinedload(Application.applicant)
    query = query.options(case, joinedload(Project.decision), selectinload(Project.payments), selectinload(Project.reports))
    return visible(query, Project, me()).order_by(Decision.decided_on.desc(), Project.id.desc())


@bp.route("/projekt/<int:id>")
@rule("project.view", Project)
def show(project: Project) -> Any:
    return _show(project, forms.CloseForm())


def _show(project: Project, form: Form) -> str:
    closing = project.state == ProjectState.RUNNING and allowed(me(), "project.close", project.standing)
    return render_template(
        "projects/show.html",
        project=project,
        application=project.application,
        form=form,
        duties=projects.duties(project, moment().today),
        remaining=acting.obstacles("close", project, moment()) if project.state == ProjectState.RUNNING else [],
        closing=closing,
        prepare=_boxes(project),
        may=lambda key: allowed(me(), key, project.standing),
    )


def _boxes(project: Project) -> list[tuple[Any, payment_forms.PrepareForm]]:
    """A small form for each row of the grant that has money left to pay."""
    if project.state == ProjectState.CLOSED or not allowed(me(), "payment.prepare", project.standing):
        return []
    rows = [row for row in project.decision.financing if row.pot and row.unpaid_kr > 0]
    boxes = [(row, payment_forms.PrepareForm(formdata=None, data={"financing": row.id, "kr": row.unpaid_kr})) for row in rows]
    for row, box in boxes:
        box.kr.id = f"kr-{row.id}"  # One form a source: the label must find its own box.
    return boxes


@bp.route("/projekt/<int:id>/rapport/<any(interim, final):kind>", methods=["POST"])
@rule("report.start", Project, parent="project")
def start_report(project: Project, kind: str) -> Any:
    report = projects.start_report(project, moment(), ReportKind(kind))
    return redirect(url_for(".report", id=report.id))


@bp.route("/rapporter/<int:id>")
@rule("report.view", Report)
def report(report: Report) -> Any:
    if "edit" in acting.verbs_for(report, moment()):
        return _edit_page(report, forms.report_form(report))
    return _read_page(report, forms.ReviewReportForm())


def _edit_page(report: Report, form: forms.ReportForm, **more: Any) -> str:
    return render_template("projects/edit_report.html", report=report, project=report.project, form=form, parts=forms, **more)


def _read_page(report: Report, form: Form) -> str:
    return render_template(
        "projects/report.html",
        report=report,
        project=report.project,
        application=report.project.application,
        form=form,
        verbs=acting.verbs_for(report, moment()),
        withheld=_is_withheld(report),
    )


def _is_withheld(report: Report) -> bool:
    """While the municipality mends a report that was sent back, the half-written text is theirs alone."""
    return report.state in (ReportState.DRAFT, ReportState.SENT_BACK) and me().organisation_id != report.project.application.applicant_id


@bp.route("/rapporter/<int:id>", methods=["POST"])
@rule("report.edit", Report)
def save_report(report: Report) -> Any:
    form = forms.report_form(report)
    try:
        if form.validate_on_submit() and attempt(form, projects.save_report, report, moment(), **form.facts):
            flash("Rapporten är sparad.", "good")
            return redirect(url_for(".check_report" if "next" in request.form else ".report", id=report.id))
    except Stale:
        form.row_version.data = report.row_version
        return _edit_page(report, form, stored=report), 409
    return _edit_page(report, form), 422


@bp.route("/rapporter/<int:id>/skicka-in")
@rule("report.edit", Report)
def check_report(report: Report) -> Any:
    return _last_look(report, Form())


def _last_look(report: Report, form: Form) -> str:
    return render_template(
        "projects/submit_report.html",
        report=report,
        project=report.project,
        form=form,
        may_sign=allowed(me(), "report.submit", report.standing),
        missing=acting.obstacles("submit", report, moment()),
    )


@bp.route("/rapporter/<int:id>/skicka-in", methods=["POST"])
@rule("report.submit", Report)
def submit_report(report: Report) -> Any:
    form = Form()
    if form.validate_on_submit() and attempt(form, projects.submit_report, report, moment()):
        flash("Rapporten är underskriven och skickad till länsstyrelsen.", "good")
        return redirect(url_for(".show", id=report.project_id))
    return _last_look(report, form), 422


@bp.route("/rapporter/<int:id>/granska", methods=["POST"])
@rule("report.approve", Report)
def review_report(report: Report) -> Any:
    form, approved = forms.ReviewReportForm(), request.form.get("verdict") == "approve"
    deed = projects.approve if approved else projects.send_back
    if form.validate_on_submit() and attempt(form, deed, report, moment(), form.note.data):
        flash("Rapporten är godkänd." if approved else "Rapporten är skickad tillbaka för komplettering.", "good")
        return redirect(url_for(".show", id=report.project_id))
    return _read_page(report, form), 422


@bp.route("/projekt/<int:id>/avsluta", methods=["POST"])
@rule("project.close", Project)
def close(project: Project) -> Any:
    form = forms.CloseForm()
    if form.validate_on_submit() and attempt(form, projects.close, project, moment(), closed_on=form.closed_on.data):
        flash("Projektet är avslutat.", "good")
        return redirect(url_for(".show", id=project.id))
    return _show(project, form), 422
