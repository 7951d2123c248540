"""Pages of payments and claims: what is to be paid, the second pair of eyes, and money that comes back."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from ..domain.calendar import six_weeks_after
from ..domain.money import in_words
from ..domain.words import ClaimGround, ClaimState, PaymentState
from ..extensions import db
from ..forms import Form
from ..forms import payments as forms
from ..models.payments import Claim, Payment
from ..models.projects import Project
from ..services import payments
from .gate import attempt, me, moment, rule
from .pages import Paged

bp = Blueprint("payments", __name__)


@bp.route("/utbetalningar")
@rule("payment.view")
def index() -> Any:
    return render_template(
        "payments/index.html",
        granted=payments.to_prepare(me()),
        page=Paged(payments.listed(me(), PaymentState.PAID)),
        today=moment().today,
        last_day=six_weeks_after,
        prepared=db.session.scalars(payments.listed(me(), PaymentState.PREPARED)).all(),
        claims=payments.open_claims(me()),
    )


@bp.route("/projekt/<int:id>/utbetalning", methods=["POST"])
@rule("payment.prepare", Project, parent="project")
def prepare(project: Project) -> Any:
    form = forms.PrepareForm()
    row = next((row for row in project.decision.financing if str(row.id) == form.financing.data), None) or abort(404)
    if not form.validate_on_submit() or not attempt(form, _prepare, project, row, form.kr.data):
        return _refused(form, project)
    flash("Utbetalningen är upplagd och väntar på attest av en annan person.", "good")
    return redirect(url_for("projects.show", id=project.id))


def _prepare(project: Project, row: Any, kr: int | None) -> None:
    payments.prepare(project, row, row.unpaid_kr if kr is None else kr, moment())


def _refused(form: Form, project: Project) -> Any:
    """A form of one line has no page of its own: what is wrong stands on a small one."""
    return render_template("payments/refused.html", form=form, project=project), 422


@bp.route("/utbetalningar/<int:id>/attestera", methods=["GET", "POST"])
@rule("payment.confirm", Payment)
def confirm(payment: Payment) -> Any:
    form = forms.ConfirmForm(data={"paid_on": moment().today})
    if form.validate_on_submit() and attempt(form, payments.confirm, payment, moment(), paid_on=form.paid_on.data):
        flash(f"{in_words(payment.amount_kr)} är bokfört som utbetalt.", "good")
        return redirect(url_for(".index"))
    return render_template(
        "payments/confirm.html", payment=payment, project=payment.project, form=form
    ), 422 if form.is_submitted() else 200


@bp.route("/utbetalningar/<int:id>/makulera", methods=["POST"])
@rule("payment.cancel", Payment)
def cancel(payment: Payment) -> Any:
    payments.cancel(payment, moment())
    flash("Utbetalningen är makulerad. Den kan läggas upp igen.", "good")
    return redirect(url_for("projects.show", id=payment.project_id))


@bp.route("/projekt/<int:id>/aterkrav", methods=["GET", "POST"])
@rule("claim.raise", Project, parent="project")
def claim(project: Project) -> Any:
    form = forms.ClaimForm(
        data={"amount_kr": project.unsettled_kr or None, "ground": ClaimGround.UNUSED.value if project.unsettled_kr else None}
    )
    if form.validate_on_submit() and attempt(form, _raise, project, form):
        flash("Återkravet är bokfört.", "good")
        return redirect(url_for("projects.show", id=project.id))
    return render_template("payments/claim.html", project=project, form=form), 422 if form.is_submitted() else 200


def _raise(project: Project, form: forms.ClaimForm) -> None:
    payments.raise_claim(
        project,
        moment(),
        ground=ClaimGround(form.ground.data),
        amount_kr=form.amount_kr.data,
        reason=form.reason.data,
        due_on=form.due_on.data,
    )


@bp.route("/aterkrav/<int:id>/betalt", methods=["GET", "POST"])
@rule("claim.receive", Claim)
def receive(claim: Claim) -> Any:
    form = forms.ReceiveForm(data={"received_on": moment().today})
    if form.validate_on_submit() and attempt(form, payments.receive, claim, moment(), received_on=form.received_on.data):
        flash(f"{in_words(claim.amount_kr)} är bokfört i {claim.pot.name}.", "good")
        return redirect(url_for("projects.show", id=claim.project_id))
    return _claim_page("payments/receive.html", claim, form)


@bp.route("/aterkrav/<int:id>/efterge", methods=["GET", "POST"])
@rule("claim.remit", Claim)
def remit(claim: Claim) -> Any:
    form = forms.RemitForm()
    if form.validate_on_submit() and attempt(form, payments.remit, claim, moment(), reason=form.reason.data):
        flash("Kravet är eftergivet.", "good")
        return redirect(url_for("projects.show", id=claim.project_id))
    return _claim_page("payments/remit.html", claim, form)


def _claim_page(template: str, claim: Claim, form: Form) -> Any:
    if claim.state != ClaimState.RAISED and not form.is_submitted():
        return redirect(url_for("projects.show", id=claim.project_id))
    return render_template(template, claim=claim, project=claim.project, form=form), 422 if form.is_submitted() else 200
