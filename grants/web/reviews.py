"""Pages of assessment: the desk, one's own assessments, who is asked, and the ranking of a call."""

import csv
from io import StringIO
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for

from ..domain import scoring
from ..domain.errors import Stale
from ..domain.texts import csv_safe, slug
from ..domain.words import ReviewState
from ..extensions import db
from ..forms.reviews import AssignForm, ConflictForm, line_form, score_form
from ..models.applications import Application
from ..models.calls import Call
from ..models.people import Person
from ..models.reviews import Review
from ..services import decisions, reviews
from ..services import desk as desks
from .gate import attempt, me, moment, personal, rule

bp = Blueprint("reviews", __name__)
COLUMNS = (
    "plats", "diarienummer", "referens", "sokande", "insats", "medel", "lagst", "hogst", "bedomningar", "sokt_kr", "minsta_kr",
    "beviljat_eller_foreslaget_kr",
)  # fmt: skip


@bp.route("/mitt-bord")
@personal
def desk() -> Any:
    return render_template("reviews/desk.html", desk=desks.of(moment()), today=moment().today)


@bp.route("/bedomningar/<int:id>")
@rule("review.view", Review)
def show(review: Review) -> Any:
    return _page(review)


def _page(review: Review, *, form: Any = None, conflict: Any = None, stored: Review | None = None) -> str:
    """An assessment as its state has it: the question, the form, or what was sent in."""
    version, mine = _version(review), review.assessor_id == me().person_id
    if mine and review.state == ReviewState.OPEN:
        form = form or score_form(version.terms.criteria, review)
    return render_template(
        "reviews/show.html",
        review=review,
        application=review.application,
        version=version,
        peers=reviews.peers(review),
        mine=mine,
        mean=reviews.mean_so_far(review),
        readable=reviews.may_be_read(review, me()),
        form=form,
        conflict=conflict or ConflictForm(),
        stored=stored,
    )


def _version(review: Review) -> Any:
    return review.application.version or review.application.call.version


@bp.route("/bedomningar/<int:id>/inte-javig", methods=["POST"])
@rule("review.accept", Review)
def accept(review: Review) -> Any:
    reviews.accept(review, moment())
    return redirect(url_for(".show", id=review.id))


@bp.route("/bedomningar/<int:id>/javig", methods=["POST"])
@rule("review.recuse", Review)
def recuse(review: Review) -> Any:
    form = ConflictForm()
    if form.validate_on_submit() and attempt(form, reviews.recuse, review, moment(), form.reason.data):
        flash("Du har lämnat ärendet. Det syns inte längre för dig.", "good")
        return redirect(url_for(".desk"))
    return _page(review, conflict=form), 422


@bp.route("/bedomningar/<int:id>/poang", methods=["POST"])
@rule("review.write", Review)
def write(review: Review) -> Any:
    return _save(review, send=False)


@bp.route("/bedomningar/<int:id>/lamna", methods=["POST"])
@rule("review.submit", Review)
def submit(review: Review) -> Any:
    return _save(review, send=True)


def _save(review: Review, *, send: bool) -> Any:
    """Save what is typed, complete or not; send it in when asked and nothing is missing."""
    form = score_form(_version(review).terms.criteria, review)
    if not form.validate_on_submit():
        return _page(review, form=form), 422
    named = {"scores": form.scores, "comment": form.comment.data, "row_version": form.row_version.data}
    try:
        if not attempt(form, _write_and_send if send else reviews.write, review, moment(), **named):
            return _page(review, form=form), 422
    except Stale:
        form.row_version.data, form.row_version.raw_data = review.row_version, None
        return _page(review, form=form, stored=review), 409
    flash("Bedömningen är inlämnad." if send else "Bedömningen är sparad.", "good")
    return redirect(url_for(".show", id=review.id))


def _write_and_send(review: Review, now: Any, **named: Any) -> None:
    reviews.write(review, now, **named)
    reviews.submit(review, now)


@bp.route("/bedomningar/<int:id>/ateroppna", methods=["POST"])
@rule("review.resume", Review)
def resume(review: Review) -> Any:
    reviews.resume(review, moment())
    flash("Bedömningen är öppen igen. Lämna in den när du är klar.")
    return redirect(url_for(".show", id=review.id))


@bp.route("/bedomningar/<int:id>/ta-bort", methods=["POST"])
@rule("review.remove", Review)
def remove(review: Review) -> Any:
    reviews.remove(review, moment())
    flash(f"{review.assessor.name} bedömer inte längre ansökan.", "good")
    return redirect(url_for(".assign", id=review.application_id))


@bp.route("/ansokningar/<int:id>/bedomare", methods=["GET", "POST"])
@rule("review.assign", Application, parent="application")
def assign(application: Application) -> Any:
    people = reviews.candidates(application, moment().today)
    form = AssignForm()
    form.assessors.choices = [(person.id, person.name) for person in people]
    if form.validate_on_submit() and attempt(
        form, _assign, application, [p for p in people if p.id in form.assessors.data], form.due_on.data
    ):
        flash("Bedömarna är tillfrågade.", "good")
        return redirect(url_for(".assign", id=application.id))
    return render_template("reviews/assign.html", application=application, form=form, people=people), 422 if form.is_submitted() else 200


def _assign(application: Application, people: list[Person], due_on: Any) -> None:
    for person in people:
        reviews.assign(application, person, moment(), due_on)


@bp.route("/ansokningar/<int:id>/jav", methods=["GET", "POST"])
@rule("recusal.declare", Application, parent="application")
def declare(application: Application) -> Any:
    form = ConflictForm()
    person = db.session.get(Person, me().person_id) or abort(401)
    if form.validate_on_submit() and attempt(form, reviews.declare, application, person, moment(), form.reason.data):
        flash("Jävet är anmält. Du har inte längre tillgång till ärendet.", "good")
        return redirect(url_for(".desk"))
    return render_template("reviews/declare.html", application=application, form=form), 422 if form.is_submitted() else 200


@bp.route("/utlysningar/<int:id>/rangordning")
@rule("call.follow", Call)
def ranking(call: Call) -> Any:
    rows, pots = reviews.ranking(call, me()), decisions.shares(call)
    placed = [row for row in rows if row.place]
    form = line_form(_offers(placed, sum(pots.values())), request.args)
    fine = form.validate()
    offers = {row.application.id: form[f"kr_{row.application.id}"].data or 0 for row in placed}
    return render_template(
        "reviews/ranking.html",
        call=call,
        rows=placed,
        apart=[row for row in rows if not row.place],
        pots=pots,
        form=form,
        offers=offers,
        left=scoring.left_after(offers.items(), sum(pots.values())),
        total=sum(pots.values()),
    ), 200 if fine else 422


def _offers(placed: list[reviews.Placed], pot: int) -> dict[int, int]:
    """What is decided or proposed already stays; the rest of the pot is offered in order of rank."""
    fixed = {row.application.id: row.application.decision.granted_kr or 0 for row in placed if row.application.decision}
    free = [
        (row.application.id, row.application.applied_kr or 0, row.application.smallest_kr)
        for row in placed
        if row.application.id not in fixed
    ]
    filled = scoring.fill(free, pot - sum(fixed.values()))
    return {row.application.id: fixed.get(row.application.id, filled.get(row.application.id, 0)) for row in placed}


@bp.route("/utlysningar/<int:id>/rangordning.csv")
@rule("call.follow", Call)
def ranking_csv(call: Call) -> Response:
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    for row in reviews.ranking(call, me()):
        writer.writerow({**dict.fromkeys(COLUMNS), **_csv_row(row)}.values())
    name = f"rangordning-{slug(call.full_name)}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + text.getvalue(), mimetype="text/csv", headers=headers)


def _csv_row(row: reviews.Placed) -> dict[str, Any]:
    case = row.application
    cells = {"plats": row.place, "diarienummer": case.registration_number, "referens": case.reference, "sokande": case.applicant.name}
    cells |= {"insats": case.title, "bedomningar": f"{row.done} av {row.asked}", "sokt_kr": case.applied_kr, "minsta_kr": case.smallest_kr}
    if row.spread:
        cells |= {"medel": _decimal(row.mean), "lagst": _decimal(row.spread.lowest), "hogst": _decimal(row.spread.highest)}
    if case.decision:
        cells["beviljat_eller_foreslaget_kr"] = case.decision.granted_kr
    return {key: csv_safe(value) for key, value in cells.items()}


def _decimal(number: Any) -> str:
    """With a comma, as spreadsheets in Swedish read it."""
    return str(number).replace(".", ",")
