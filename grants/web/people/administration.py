"""Pages for administrators: persons and their roles, and the organisations."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from ...domain.mandates import roles_to_give
from ...domain.permissions import allowed
from ...domain.words import Role, choices
from ...forms.people import InviteForm, OrganisationFilter, OrganisationForm, PersonFilter
from ...models.people import Mandate, Organisation
from ...services import mandates, organisations
from ..gate import attempt, find, me, moment, rule
from ..pages import Paged
from .blueprint import bp


@bp.route("/personer")
@rule("mandate.view")
def persons() -> Any:
    form = PersonFilter(request.args)
    page = Paged(mandates.listed(me(), form.said["q"]))
    return render_template(
        "people/persons.html",
        page=page,
        form=form,
        today=moment().today,
        may_end=lambda mandate: mandate.holds_on(moment().today) and mandate.role in roles_to_give(me(), mandate.organisation.kind),
    )


@bp.route("/personer/bjud-in", methods=["GET", "POST"])
@rule("mandate.give")
def invite() -> Any:
    place = _place_to_invite_to()
    form = InviteForm()
    form.role.choices = choices(roles_to_give(me(), place.kind))
    if form.validate_on_submit() and attempt(form, _invite, form, place):
        flash(f"Inbjudan är skickad till {form.email.data}.", "good")
        return redirect(url_for(".persons"))
    return render_template("people/invite.html", form=form, organisation=place), 422 if form.is_submitted() else 200


def _place_to_invite_to() -> Organisation:
    """The organisation in the address, or one's own; another's is not found."""
    place = find(Organisation, request.args.get("organisation", me().organisation_id, type=int)) or abort(404)
    if not allowed(me(), "mandate.give", place.standing):
        abort(404)
    return place


def _invite(form: InviteForm, place: Organisation) -> None:
    mandate, token = mandates.invite(
        moment(), email=form.email.data, name=form.name.data, title=form.title.data, organisation=place, role=Role(form.role.data)
    )
    mandates.mail_invitation(mandate, moment(), token)


@bp.post("/mandat/<int:id>/avsluta")
@rule("mandate.end", Mandate)
def end(mandate: Mandate) -> Any:
    mandates.end_mandate(mandate, moment())
    flash(f"Rollen är avslutad för {mandate.person.name}.", "good")
    return redirect(url_for(".persons"))


@bp.route("/organisationer", endpoint="organisations")
@rule("organisation.view")
def list_organisations() -> Any:
    form = OrganisationFilter(request.args)
    form.lan.choices = [("", "Alla"), *organisations.county_choices()]
    said = form.said
    query = organisations.listed(me(), text=said["q"], kind=said["slag"], county=said["lan"])
    return render_template("people/organisations.html", page=Paged(query), form=form)


@bp.route("/organisationer/<int:id>")
@rule("organisation.view", Organisation)
def organisation(organisation: Organisation) -> Any:
    may = {verb: allowed(me(), key, organisation.standing) for verb, key in (("edit", "organisation.edit"), ("give", "mandate.give"))}
    return render_template("people/organisation.html", organisation=organisation, may=may)


@bp.route("/organisationer/<int:id>/redigera", methods=["GET", "POST"])
@rule("organisation.edit", Organisation)
def edit_organisation(organisation: Organisation) -> Any:
    with_number = allowed(me(), "organisation.identify", organisation.standing)
    form = OrganisationForm(obj=organisation).only(for_board=organisation.is_board, with_number=with_number)
    if form.validate_on_submit() and attempt(form, _save, form, organisation):
        flash("Uppgifterna är sparade.", "good")
        return redirect(url_for(".organisation", id=organisation.id))
    return render_template("people/edit_organisation.html", form=form, organisation=organisation), 422 if form.is_submitted() else 200


def _save(form: OrganisationForm, organisation: Organisation) -> None:
    if form.orgnr and form.orgnr.data:
        organisations.identify(organisation, moment(), form.orgnr.data)
    organisations.edit(organisation, moment(), **form.facts)
