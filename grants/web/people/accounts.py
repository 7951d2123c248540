"""Pages of one's own account: where one is logged in, the password, which organisation one acts for."""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user

from ...domain.errors import Unmet
from ...extensions import db
from ...forms.people import ChangePasswordForm
from ...models.people import Person
from ...services import passwords, people
from ..gate import me, moment, now, personal, public
from .blueprint import alone, bp, enter, home_of


@bp.route("/konto")
@personal
def account() -> Any:
    settings = current_app.config["SETTINGS"]
    person = db.session.get_one(Person, me().person_id)
    mandates = people.mandates_on(person.id, moment().today)
    sessions = people.live_sessions(person.id, now(), idle_hours=settings.session_idle_hours, days=settings.session_days)
    return render_template("people/account.html", person=person, mandates=mandates, sessions=sessions, here=current_user.session_id)


@bp.post("/byt-organisation")
@personal
def switch() -> Any:
    place = request.form.get("organisation", type=int) or abort(400)
    people.act_for(current_user.session_id, place, moment())
    actor = people.actor_for(db.session.get_one(Person, me().person_id), place, moment().today)
    flash(f"Du arbetar nu för {actor.organisation_name}.", "good")
    return redirect(home_of(actor))


@bp.route("/konto/losenord", methods=["GET", "POST"])
@public("asks for login itself, so that hashing locks nothing", writes=False)
def change_password() -> Any:
    if not current_user.is_authenticated:
        abort(401)
    form = ChangePasswordForm()
    if form.validate_on_submit() and _is_changed(form):
        flash("Lösenordet är bytt. Du är utloggad på alla andra ställen.", "good")
        return redirect(url_for(".account"))
    return render_template("people/password.html", form=form), 422 if form.is_submitted() else 200


def _is_changed(form: ChangePasswordForm) -> bool:
    """Change it and go on in a new session; every other one ends."""
    person_id, place, hasher = me().person_id, me().organisation_id, current_app.config["HASHER"]
    mark = passwords.mark("password", str(person_id), str(current_app.config["SECRET_KEY"]))
    if people.is_throttled(mark, now()):
        raise Unmet("Det har blivit för många försök. Vänta en kvart och försök igen.")
    is_right = passwords.matches(db.session.get_one(Person, person_id).password_hash, form.old.data, hasher)
    hashed = hasher.hash(form.password.data) if is_right else ""
    with alone():
        people.remember_attempt([mark], now(), succeeded=is_right)
        if not is_right:
            form.old.errors = ["Det nuvarande lösenordet stämmer inte. Skriv det igen."]
            return False
        person = db.session.get_one(Person, person_id)
        people.set_password(person, hashed)
        people.end_all_sessions(person_id, now())
        token = people.open_session(person, now(), place)
    enter(token)
    return True
