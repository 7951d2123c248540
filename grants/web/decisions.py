"""Pages of decisions: the list, the proposal, the decision itself, and the letter as page and PDF."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import extract, select
from sqlalchemy.orm import joinedload

from ..domain.errors import Stale
from ..domain.money import parse_kronor
from ..domain.texts import slug
from ..domain.words import DecisionState
from ..extensions import db
from ..forms import Form
from ..forms.decisions import DecisionFilter, DecisionForm, of_decision
from ..models.applications import Application
from ..models.decisions import Decision
from ..services import decisions, desk, reviews, typesetting
from ..services.visible import visible
from .gate import attempt, me, moment, rule
from .pages import Paged

bp = Blueprint("decisions", __name__)


@bp.route("/beslut")
@rule("decision.view")
def index() -> Any:
    years = db.session.scalars(visible(select(extract("year", Decision.decided_on)).distinct(), Decision, me()))
    form = DecisionFilter(request.args)
    form.ar.choices = [("", "Alla"), *((str(int(year)), str(int(year))) for year in sorted(filter(None, years), reverse=True))]
    return render_template("decisions/index.html", page=Paged(_listed(form)), form=form, waiting=desk.proposals(moment()))


def _listed(form: DecisionFilter) -> Any:
    query = select(Decision).where(Decision.state != DecisionState.DROPPED)
    said = form.said
    if said["lage"]:
        query = query.where(Decision.state == said["lage"])
    if said["ar"]:
        query = query.where(extract("year", Decision.decided_on) == int(said["ar"]))
    case = joinedload(Decision.application)
    query = query.options(case.joinedload(Application.applicant), case.joinedload(Application.call))
    return visible(query, Decision, me()).order_by(Decision.decided_on.desc(), Decision.id.desc())


@bp.route("/ansokningar/<int:id>/forslag", methods=["GET", "POST"])
@rule("decision.propose", Application, parent="application")
def propose(application: Application) -> Any:
    mean = reviews.mean_of(application)
    form = DecisionForm(data=decisions.first_draft(application, _offered(application), mean)).only(application.call.scope.sources)
    if form.validate_on_submit() and attempt(form, decisions.propose, application, moment(), **form.facts):
        flash("Förslaget är sparat. En beslutsfattare kan besluta.", "good")
        return redirect(url_for(".show", id=application.decision.id))
    return _form_page(application, form), 422 if form.is_submitted() else 200


def _offered(application: Application) -> int | None:
    """The kronor typed on the application's row in the ranking, if the proposal starts from there."""
    try:
        return parse_kronor(request.args.get(f"kr_{application.id}", ""))
    except ValueError:
        return None


def _form_page(application: Application, form: DecisionForm, **more: Any) -> str:
    return render_template(
        "decisions/edit.html",
        application=application,
        form=form,
        left=decisions.available(application.call),
        rows=[r for r in application.reviews if reviews.may_be_read(r, me())],
        mean=reviews.mean_of(application),
        **more,
    )


@bp.route("/beslut/<int:id>")
@rule("decision.view", Decision)
def show(decision: Decision) -> Any:
    return _show(decision, Form())


def _show(decision: Decision, form: Form) -> str:
    letter = None if decision.is_imported else decisions.letter_now(decision, moment())
    left = decisions.available(decision.application.call) if decision.state == DecisionState.PROPOSED else {}
    return render_template("decisions/show.html", decision=decision, application=decision.application, letter=letter, left=left, form=form)


@bp.route("/beslut/<int:id>/andra", methods=["GET", "POST"])
@rule("decision.revise", Decision)
def revise(decision: Decision) -> Any:
    application = decision.application
    form = DecisionForm(data=of_decision(decision)).only(application.call.scope.sources)
    try:
        if form.validate_on_submit() and attempt(
            form, decisions.revise, decision, moment(), row_version=form.row_version.data, **form.facts
        ):
            flash("Förslaget är ändrat.", "good")
            return redirect(url_for(".show", id=decision.id))
    except Stale:
        form.row_version.data = decision.row_version
        return _form_page(application, form, decision=decision, stored=decision), 409
    return _form_page(application, form, decision=decision), 422 if form.is_submitted() else 200


@bp.route("/beslut/<int:id>/besluta", methods=["POST"])
@rule("decision.decide", Decision)
def decide(decision: Decision) -> Any:
    form = Form()
    if form.validate_on_submit() and attempt(form, decisions.decide, decision, moment()):
        flash("Beslutet är fattat och sökanden får besked.", "good")
        return redirect(url_for(".show", id=decision.id))
    return _show(decision, form), 422


@bp.route("/beslut/<int:id>/ta-tillbaka", methods=["POST"])
@rule("decision.drop", Decision)
def drop(decision: Decision) -> Any:
    decisions.drop(decision, moment())
    flash("Förslaget är återtaget.", "good")
    return redirect(url_for("applications.show", id=decision.application_id))


@bp.route("/beslut/<int:id>/brev.pdf")
@rule("decision.view", Decision)
def letter(decision: Decision) -> Response:
    frozen = decision.letter or abort(404)
    name = f"beslut-{slug(decision.application.registration_number or decision.application.reference)}.pdf"
    return Response(typesetting.pdf(frozen), mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
