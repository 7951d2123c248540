"""The applicant's draft: started in a call, written section by section, read through and made ready to sign."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for

from ...domain.completeness import SECTION_NAMES, Section
from ...domain.errors import Stale
from ...domain.words import UNSENT, ApplicationState
from ...forms import applications as forms
from ...models.applications import Application, Attachment
from ...models.calls import Call
from ...services import acting, applications, files, organisations
from ...services.applications import content, drafts, own
from ..gate import attempt, me, moment, now, rule
from .blueprint import bp

COMPANY = timedelta(minutes=15)  # How long after saving a colleague is said to be here.


@bp.post("/utlysningar/<int:id>/ansok")
@rule("application.start", Call, parent="call")
def start(call: Call) -> Any:
    application = applications.start(call, organisations.of_actor(me()), moment())
    return redirect(url_for(".edit", id=application.id, section=Section.SUMMARY.value))


@bp.route("/ansokningar/<int:id>/redigera/<section>", methods=["GET", "POST"])
@rule("application.edit", Application)
def edit(application: Application, section: str) -> Any:
    part = Section(section) if section in list(Section) else abort(404)
    if request.method == "GET" and application.state != ApplicationState.DRAFT:
        return redirect(url_for(".show", id=application.id))
    form = _form(application, part)
    if form.is_submitted() and "more" in request.form:
        form.offer(request.form["more"])
        return _page(application, part, form)
    try:
        if form.validate_on_submit() and attempt(form, _save, application, part, form):
            return _onwards(application, part)
    except Stale:
        return _both_texts(application, part, form), 409
    return _page(application, part, form), 422 if form.is_submitted() else 200


def _form(application: Application, part: Section, **options: Any) -> forms.SectionForm:
    return forms.section_form(part, application, content.facts(application, part), content.mark(application, part), **options)


def _save(application: Application, part: Section, form: forms.SectionForm) -> None:
    drafts.save(application, moment(), part.value, seen=form.seen.data, **form.facts)
    for key, file in form.uploads:
        drafts.keep_attachment(application, moment(), name=file.filename, content=file.read(), question_key=key)


def _onwards(application: Application, part: Section) -> Response:
    """Where the pressed button leads: the same section again, the next, or the whole text after the last."""
    if "next" not in request.form:
        flash(f"{SECTION_NAMES[part]} är sparad.", "good")
        return redirect(url_for(".edit", id=application.id, section=part.value))
    following = list(Section)[list(Section).index(part) + 1 :]
    if not following:
        return redirect(url_for(".check_answers", id=application.id))
    return redirect(url_for(".edit", id=application.id, section=following[0].value))


def _page(application: Application, part: Section, form: forms.SectionForm, **more: Any) -> str:
    parts = content.parts(application)
    return render_template(
        "applications/edit.html", application=application, form=form, part=next(each for each in parts if each.section is part),
        parts=parts, terms=application.governing.terms, company=_company(application),
        register=drafts.register_of_partners().values() if part is Section.PARTNERS else (), names=SECTION_NAMES, **more,
    )  # fmt: skip


def _company(application: Application) -> Any:
    """The colleague who saved a moment ago, if it was somebody else."""
    last = own.last_saved(application)
    here = last and last.person_id != me().person_id and now() - last.at < COMPANY
    return last if here else None


def _both_texts(application: Application, part: Section, form: forms.SectionForm) -> str:
    """The own text stays in the boxes; what a colleague saved meanwhile stands above it."""
    saved = _form(application, part, formdata=None)
    differing = [(label, text, form.told.get(label, "")) for label, text in saved.told.items() if text != form.told.get(label, "")]
    form.seen.data = saved.seen.data
    return _page(application, part, form, differing=differing, by=own.last_saved(application, part))


@bp.get("/ansokningar/<int:id>/kontrollera")
@rule("application.edit", Application)
def check_answers(application: Application) -> Any:
    if application.state not in UNSENT:
        return redirect(url_for(".show", id=application.id))
    return render_template(
        "applications/check_answers.html", application=application, parts=content.parts(application),
        signatories=applications.signatories(application.applicant_id, moment()), verbs=acting.verbs_for(application, moment()),
    )  # fmt: skip


@bp.post("/ansokningar/<int:id>/klar")
@rule("application.prepare", Application)
def prepare(application: Application) -> Any:
    applications.prepare(application, moment())
    flash("Ansökan är klar för underskrift. Firmatecknaren har fått ett brev.", "good")
    return redirect(url_for(".show", id=application.id))


@bp.post("/ansokningar/<int:id>/oppna")
@rule("application.reopen", Application)
def reopen(application: Application) -> Any:
    applications.reopen(application, moment())
    flash("Ni kan skriva i ansökan igen.", "good")
    return redirect(url_for(".edit", id=application.id, section=Section.SUMMARY.value))


@bp.post("/ansokningar/<int:id>/ta-bort")
@rule("application.discard", Application)
def discard(application: Application) -> Any:
    applications.discard(application, moment())
    flash("Utkastet är borttaget. Det går att återställa.", "good")
    return redirect(url_for(".show", id=application.id))


@bp.post("/ansokningar/<int:id>/aterstall")
@rule("application.restore", Application)
def restore(application: Application) -> Any:
    applications.restore(application, moment())
    flash("Utkastet är tillbaka.", "good")
    return redirect(url_for(".check_answers", id=application.id))


@bp.get("/bilagor/<int:id>")
@rule("application.view", Attachment)
def attachment(attachment: Attachment) -> Response:
    path = files.where(attachment.sha256)
    if not path.exists():
        abort(404)
    answer = send_file(BytesIO(path.read_bytes()), mimetype=attachment.media_type, as_attachment=True, download_name=attachment.name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/bilagor/<int:id>/ta-bort")
@rule("application.edit", Attachment)
def remove_attachment(attachment: Attachment) -> Any:
    application, name = attachment.application, attachment.name
    applications.detach(application, moment(), attachment)
    flash(f"Filen {name} är borttagen.", "good")
    return redirect(url_for(".edit", id=application.id, section=Section.QUESTIONS.value))
