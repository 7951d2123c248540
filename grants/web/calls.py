"""Pages of calls: the public list and the call itself, and the board's desk for writing and publishing one."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from ..domain import versions
from ..domain.completeness import PART_NAMES, CallPart, missing_by_part, missing_in_call
from ..domain.errors import Stale, WrongState
from ..domain.permissions import allowed
from ..domain.words import Role, Round, Scope
from ..forms import calls as forms
from ..models.calls import Call
from ..services import calls, organisations, pressures
from .gate import attempt, me, moment, now, rule
from .pages import Paged

bp = Blueprint("calls", __name__)


@bp.route("/utlysningar")
@rule("call.view")
def index():
    form = forms.CallFilter(request.args)
    form.lan.choices = [("", "Alla län"), *organisations.county_choices()]
    said = form.said
    found = calls.phases(me(), now(), county=said["lan"], scope=said["omfattning"], group=said["malgrupp"])
    own = calls.of_board(me()) if me().has(Role.OFFICER, Role.DECIDER, Role.TREASURER, Role.ASSESSOR, Role.BOARD_ADMIN) else []
    return render_template("calls/index.html", form=form, found=found, closed=Paged(found.closed), own=own)


@bp.route("/utlysningar/<int:id>")
@rule("call.view", Call)
def show(call: Call):
    version = call.version or call.draft_version
    pressure = pressures.of([call])[0] if allowed(me(), "call.follow", call.standing) and call.published_number else None
    return render_template(
        "calls/show.html",
        call=call,
        words=versions,
        version=version,
        pressure=pressure,
        may_apply=calls.may_apply(call, me()),
        refusal=calls.refusal_to_apply(call, me()),
        reason=calls.cancellation(call) if call.is_cancelled else "",
    )


@bp.route("/utlysningar/<int:id>/versioner/<int:number>")
@rule("call.view", Call)
def version(call: Call, number: int):
    said = {each.number: each for each in call.versions if each.published_at}
    chosen = said.get(number) or abort(404)
    before = said.get(number - 1)
    changed = versions.differences(before, chosen) if before else []
    return render_template("calls/version.html", call=call, words=versions, version=chosen, before=before, changed=changed)


@bp.route("/utlysningar/ny", methods=["GET", "POST"])
@rule("call.start")
def start():
    board = organisations.of_actor(me())
    form = forms.StartForm(data={"year": moment().today.year + 1, "scope": Scope.REGIONAL.value, "round": Round.ORDINARY.value})
    if not board.is_coordinating:
        form.scope.choices = [pair for pair in form.scope.choices if pair.value != Scope.NATIONAL]
    if form.validate_on_submit() and (call := attempt(form, _start, board, form)):
        return redirect(url_for("calls.outline", id=call.id))
    return render_template("calls/start.html", form=form), 422 if form.errors else 200


def _start(board: Any, form: forms.StartForm) -> Call:
    return calls.start(
        board, moment(), scope=Scope(form.scope.data), year=form.year.data, round=Round(form.round.data), name=form.name.data
    )


@bp.route("/utlysningar/<int:id>/redigera")
@rule("call.edit", Call)
def outline(call: Call):
    missing = missing_by_part(call.draft_version) if call.draft_version else {}
    changed = versions.differences(call.version, call.draft_version) if call.version and call.draft_version else []
    return render_template("calls/outline.html", call=call, missing=missing, names=PART_NAMES, changed=changed)


@bp.route("/utlysningar/<int:id>/redigera/<part>", methods=["GET", "POST"])
@rule("call.edit", Call)
def edit(call: Call, part: str):
    chosen = _part(part)
    if call.draft_version is None:
        raise WrongState("Utlysningen är publicerad. Börja en ändring först.")
    form = forms.part_form(chosen, call)
    if isinstance(form, forms.RowsForm) and form.more.data:
        form.offer()
        return _editor(call, chosen, form)
    try:
        if form.validate_on_submit() and attempt(form, _save, call, form):
            flash("Uppgifterna är sparade.", "good")
            return redirect(url_for("calls.outline", id=call.id))
    except Stale:
        return _editor(call, chosen, form, theirs=calls.last_deed(call)), 409
    return _editor(call, chosen, form), 422 if form.errors else 200


def _part(word: str) -> CallPart:
    if word not in list(CallPart):
        abort(404)
    return CallPart(word)


def _save(call: Call, form: forms.PartForm) -> None:
    given = form.fields(call.draft_version.terms, calls.new_key, calls.used_keys(call))
    calls.edit(call, moment(), row_version=form.row_version.data, **given)


def _editor(call: Call, part: CallPart, form: forms.PartForm, *, theirs: Any = None) -> str:
    form.row_version.data, form.row_version.raw_data = call.row_version if theirs else form.row_version.data, None
    saved = versions.of_part(call.draft_version, part) if theirs else ""
    return render_template(
        "calls/edit.html",
        call=call,
        form=form,
        title=PART_NAMES[part],
        part=part,
        theirs=theirs,
        saved=saved,
        is_rows=isinstance(form, forms.RowsForm),
    )


@bp.route("/utlysningar/<int:id>/publicera", methods=["GET", "POST"])
@rule("call.publish", Call)
def publish(call: Call):
    version = call.draft_version
    if version is None:
        raise WrongState("Det finns ingen opublicerad version. Börja en ändring först.")
    form = forms.PublishForm(data={"row_version": call.row_version, "changes": version.changes})
    if form.validate_on_submit() and attempt(form, _publish, call, form):
        flash("Utlysningen är publicerad.", "good")
        return redirect(url_for("calls.show", id=call.id))
    changed = versions.differences(call.version, version) if call.version else []
    missing = missing_in_call(version)
    return render_template(
        "calls/publish.html", call=call, version=version, words=versions, form=form, changed=changed, missing=missing
    ), 422 if form.errors else 200


def _publish(call: Call, form: forms.PublishForm) -> None:
    calls.publish(call, moment(), changes=form.changes.data, row_version=form.row_version.data)


@bp.route("/utlysningar/<int:id>/andra", methods=["POST"])
@rule("call.amend", Call)
def amend(call: Call):
    calls.amend(call, moment())
    flash("En ny version är påbörjad. Den som gäller syns för alla tills ni publicerar den nya.")
    return redirect(url_for("calls.outline", id=call.id))


@bp.route("/utlysningar/<int:id>/kopiera", methods=["POST"])
@rule("call.start", Call)
def copy(call: Call):
    year = call.year + 1
    new = calls.copy(call, moment(), year=year, name=call.name.replace(str(call.year), str(year)))
    flash(f"Kopian är gjord för {year}. Tider och belopp att fördela är tomma.", "good")
    return redirect(url_for("calls.outline", id=new.id))


@bp.route("/utlysningar/<int:id>/stall-in", methods=["GET", "POST"])
@rule("call.cancel", Call)
def cancel(call: Call):
    form = forms.CancelForm()
    if form.validate_on_submit() and attempt(form, calls.cancel, call, moment(), form.reason.data):
        flash("Utlysningen är inställd.")
        return redirect(url_for("calls.show", id=call.id))
    return render_template("calls/cancel.html", call=call, form=form), 422 if form.errors else 200
