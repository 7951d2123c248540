"""Sign and send, the receipt, and taking an application back."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for

from ...domain.calendar import has_passed
from ...domain.words import UNSENT
from ...forms import applications as forms
from ...models.applications import Application
from ...services import acting, applications
from ..gate import attempt, moment, now, rule
from .blueprint import bp


@bp.route("/ansokningar/<int:id>/skicka-in", methods=["GET", "POST"])
@rule("application.submit", Application)
def submit(application: Application) -> Any:
    form = forms.SignForm(data={"row_version": application.row_version})
    if form.is_submitted() or application.state in UNSENT:
        if form.validate_on_submit() and attempt(form, applications.submit, application, moment(), row_version=form.row_version.data):
            return redirect(url_for(".receipt", id=application.id))
        return _signing_page(application, form), 422 if form.is_submitted() else 200
    return redirect(url_for(".show", id=application.id))


def _signing_page(application: Application, form: forms.SignForm) -> str:
    version = application.governing
    late = bool(version and version.closes_at and has_passed(version.closes_at, now()))
    missing = acting.obstacles("submit", application, moment()) if application.state in UNSENT else []
    return render_template("applications/submit.html", application=application, form=form, late=late, missing=missing)


@bp.get("/ansokningar/<int:id>/kvitto")
@rule("application.view", Application)
def receipt(application: Application) -> Any:
    if application.fingerprint is None:
        abort(404)
    return render_template("applications/receipt.html", application=application)


@bp.route("/ansokningar/<int:id>/aterkalla", methods=["GET", "POST"])
@rule("application.withdraw", Application)
def withdraw(application: Application) -> Any:
    form = forms.WithdrawForm()
    if form.validate_on_submit() and attempt(form, applications.withdraw, application, moment(), form.reason.data):
        flash("Ansökan är återkallad. Länsstyrelsen skriver av ärendet.", "good")
        return redirect(url_for(".show", id=application.id))
    return render_template("applications/withdraw.html", application=application, form=form), 422 if form.is_submitted() else 200
