"""The board's pages about applications: the list of cases, register, formal check, admission."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ...domain.ball import of_case, steps
from ...domain.errors import Unmet
from ...domain.purposes import TARGET_GROUPS
from ...domain.words import Channel
from ...extensions import db
from ...forms import cases as forms
from ...models.applications import CHECKS, Application
from ...models.calls import Call
from ...models.people import Organisation
from ...services import applications
from ...services.applications import listing
from ...services.organisations import who_may_apply
from ..gate import attempt, me, moment, rule
from ..pages import Paged
from .blueprint import bp


@bp.route("/arenden")
@rule("application.view")
def cases():
    form = forms.CaseFilter(request.args)
    form.utlysning.choices = [("", "Alla"), *((str(id), name) for id, name in listing.calls_with_cases(me()))]
    query = listing.cases(me(), **form.narrowing)
    sums = listing.sums(query)
    page = Paged(query, count=sums.count)
    ids = [application.id for application in page.rows]
    return render_template(
        "applications/cases.html", form=form, page=page, sums=sums, outcomes=listing.outcomes(ids), progress=listing.progress(ids)
    )


@bp.route("/ansokningar/<int:id>")
@rule("application.view", Application)
def show(application: Application):
    ours = me().organisation_id == application.applicant_id
    return render_template(
        "applications/show.html" if ours else "applications/case.html",
        application=application,
        ball=of_case(application),
        steps=steps(application),
    )


@bp.route("/ansokningar/<int:id>/diarienummer", methods=["GET", "POST"])
@rule("application.number", Application)
def number(application: Application):
    form = forms.NumberForm(number=application.registration_number)
    if form.validate_on_submit() and attempt(form, applications.number, application, moment(), form.number.data):
        flash("Diarienumret är sparat.", "good")
        return _back(application)
    return _small(application, form, "Diarienummer", "Spara diarienumret", "Ärendets nummer i länsstyrelsens diarium. Det ska vara unikt.")


@bp.post("/ansokningar/<int:id>/nasta-diarienummer")
@rule("application.number", Application)
def next_number(application: Application):
    applications.number(application, moment())
    flash(f"Ärendet fick diarienummer {application.registration_number}.", "good")
    return _back(application)


@bp.route("/ansokningar/<int:id>/ta-upp", methods=["GET", "POST"])
@rule("application.admit", Application)
def admit(application: Application):
    form = forms.ReasonForm()
    if form.validate_on_submit() and attempt(form, applications.admit, application, moment(), form.reason.data):
        flash("Den sena ansökan tas upp till prövning.", "good")
        return _back(application)
    words = "Ansökan kom in efter stängningstiden. Om den tas upp ska skälen framgå av beslutet (32 § förvaltningslagen)."
    return _small(application, form, "Ta upp en sen ansökan", "Ta upp ansökan", words)


@bp.route("/ansokningar/<int:id>/formell-kontroll", methods=["GET", "POST"])
@rule("application.check", Application)
def formal(application: Application):
    form = forms.formal_form(CHECKS, application.checks)
    if form.validate_on_submit() and attempt(form, _save_check, application, form):
        flash("Formell kontroll är sparad.", "good")
        return _back(application)
    page = render_template(
        "applications/formal.html", application=application, form=form, points=CHECKS, findings=listing.findings(application)
    )
    return page, 422 if form.is_submitted() else 200


def _save_check(application: Application, form: forms.FormalForm) -> None:
    """Save what is answered; with the second button also pass the check."""
    applications.confirm(application, moment(), form.answered)
    if request.form.get("do") == "check":
        applications.check(application, moment())


@bp.post("/ansokningar/<int:id>/avsluta-bedomning")
@rule("application.conclude", Application)
def conclude(application: Application):
    applications.conclude(application, moment())
    flash("Bedömningen är avslutad. Ansökan är med i rangordningen.", "good")
    return _back(application)


@bp.route("/ansokningar/<int:id>/ateruppta", methods=["GET", "POST"])
@rule("application.resume", Application)
def resume(application: Application):
    form = forms.ReasonForm()
    if form.validate_on_submit() and attempt(form, applications.resume, application, moment(), form.reason.data):
        flash("Ärendet är tillbaka i formell kontroll.", "good")
        return _back(application)
    return _small(application, form, "Tillbaka till formell kontroll", "Gå tillbaka", "Skälet står i historiken.")


@bp.route("/utlysningar/<int:id>/registrera", methods=["GET", "POST"])
@rule("application.register", Call, parent="call")
def register(call: Call):
    form = forms.RegisterForm()
    applicants = who_may_apply(call)
    form.applicant.choices = [("", "Välj"), *((str(o.id), o.name) for o in applicants)]
    form.target_groups.choices = [(code, TARGET_GROUPS.label(code)) for code in call.version.terms.target_groups] if call.version else []
    if form.validate_on_submit() and (application := attempt(form, _register, call, form)):
        flash("Ansökan är registrerad.", "good")
        return _back(application)
    return render_template("applications/register.html", form=form, call=call), 422 if form.is_submitted() else 200


def _register(call: Call, form: forms.RegisterForm) -> Application:
    names = ("title", "summary", "primary_purpose", "target_groups", "applied_kr", "starts_on", "ends_on")
    facts = {name: getattr(form, name).data for name in names}
    if facts["starts_on"] and facts["ends_on"] and facts["starts_on"] > facts["ends_on"]:
        raise Unmet("Insatsen kan inte sluta innan den börjar.")
    applicant = db.session.get_one(Organisation, int(form.applicant.data))
    application = applications.register(
        call, applicant, moment(), arrived_at=form.arrived.data, channel=Channel(form.channel.data), **facts
    )
    for file in form.files.data:
        if file and file.filename:
            applications.keep_attachment(application, moment(), name=file.filename, content=file.read())
    if form.registration_number.data:
        applications.number(application, moment(), form.registration_number.data)
    return application


def _back(application: Application) -> Any:
    return redirect(url_for("applications.show", id=application.id))


def _small(application: Application, form: Any, title: str, verb: str, words: str) -> Any:
    page = render_template("applications/small_form.html", application=application, form=form, title=title, verb=verb, words=words)
    return page, 422 if form.is_submitted() else 200
