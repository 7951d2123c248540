"""Pages for coming in and going out: log in, log out, invitation, forgotten password.

Passwords are checked and hashed before anything is locked; what must be remembered is written apart.
"""

import logging
from typing import Any

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_login import logout_user

from ...domain.errors import Unmet
from ...extensions import db
from ...forms.people import ForgotForm, LogInForm, PasswordForm
from ...models.people import Person
from ...services import passwords, people
from ..gate import me, moment, now, personal, public
from .blueprint import alone, bp, enter, home_of

log = logging.getLogger(__name__)
WRONG = "E-postadressen eller lösenordet stämmer inte. Försök igen eller välj ”Glömt lösenordet”."
WITHOUT_ROLE = "Du har ingen roll i P37 just nu. Be administratören i din organisation om en."
THROTTLED = "Det har blivit för många försök. Vänta en kvart och försök igen, eller välj ”Glömt lösenordet”."


@bp.route("/logga-in", methods=["GET", "POST"])
@public("nobody is logged in before logging in", writes=False)
def log_in() -> Any:
    if not me().is_anonymous:
        return redirect(home_of(me()))
    form = LogInForm(data={"next": request.args.get("next", "")})
    status = 200
    if form.validate_on_submit():
        token, status = _checked(form)
        if token:
            home = home_of(enter(token))
            return redirect(safe(form.next.data) or home)
    elif form.is_submitted():
        status = 422
    accounts = people.who_can_log_in() if current_app.config["DEMONSTRATION"]() else []
    return render_template("people/log_in.html", form=form, accounts=accounts), status, {"Retry-After": "900"} if status == 429 else {}


def _checked(form: LogInForm) -> tuple[str, int]:
    """A token for who gave the right password; otherwise nothing, with the reason on the form and the status."""
    account, address = _mark("account", form.email.data), _mark("address", request.remote_addr or "")
    if _is_throttled(account, address):
        form.form_errors = [THROTTLED]
        return "", 429
    person = people.person_by_email(form.email.data)
    if not passwords.matches(person.password_hash if person else None, form.password.data, current_app.config["HASHER"]) or person is None:
        with alone():
            people.remember_attempt([account, address], now(), succeeded=False)
        log.warning("failed login account=%s", account[:12])
        form.form_errors = [WRONG]
        return "", 422
    person_id = person.id
    if not people.mandates_on(person_id, moment().today):
        form.form_errors = [WITHOUT_ROLE]
        return "", 403
    with alone():
        _end_what_the_cookie_held()
        people.remember_attempt([account], now(), succeeded=True)
        return people.open_session(db.session.get_one(Person, person_id), now()), 200


def _end_what_the_cookie_held() -> None:
    if old := session.get("_user_id"):
        people.end_session(old, now())


def _is_throttled(account: str, address: str) -> bool:
    return people.is_throttled(account, now()) or people.is_throttled(address, now(), most=people.MOST_FROM_ONE_PLACE)


def _mark(kind: str, value: str) -> str:
    return passwords.mark(kind, value, str(current_app.config["SECRET_KEY"]))


def safe(address: str | None) -> str:
    """An address of this site, or nothing: a link must not lead elsewhere after login."""
    address = address or ""
    is_local = address.startswith("/") and not address.startswith("//")
    return address if is_local and address.isprintable() and "\\" not in address else ""


@bp.post("/logga-ut")
@public("logging out twice does no harm")
def log_out() -> Any:
    _end_what_the_cookie_held()
    return _gone("Du är utloggad.")


@bp.post("/logga-ut-overallt")
@personal
def log_out_everywhere() -> Any:
    people.end_all_sessions(me().person_id, now())
    return _gone("Du är utloggad överallt.")


def _gone(words: str) -> Any:
    logout_user()
    session.clear()
    flash(words, "good")
    return redirect(url_for("start.show"))


@bp.route("/inbjudan/<token>", methods=["GET", "POST"])
@public("the link itself is the right to use it", writes=False)
def accept(token: str) -> Any:
    form = PasswordForm()
    try:
        name = people.invitation_by_token(token, now()).person.name
        if form.validate_on_submit():
            entered = _accepted(token, form.password.data)
            flash("Lösenordet är sparat. Du är inloggad.", "good")
            return redirect(home_of(enter(entered)))
    except Unmet as refusal:
        return render_template("people/dead_link.html", reason=refusal.reasons[0]), 410
    return render_template("people/accept.html", form=form, name=name, token=token), 422 if form.is_submitted() else 200


def _accepted(token: str, password: str) -> str:
    """The token of a session for the person who has chosen a password."""
    hashed = current_app.config["HASHER"].hash(password)
    with alone():
        person = people.accept_invitation(token, hashed, now())
        people.remember_attempt([_mark("account", person.email)], now(), succeeded=True)
        return people.open_session(person, now())


@bp.route("/glomt-losenord", methods=["GET", "POST"])
@public("who has forgotten the password can't log in", writes=False)
def forgot() -> Any:
    form = ForgotForm()
    if not form.validate_on_submit():
        return render_template("people/forgot.html", form=form, sent=False), 422 if form.is_submitted() else 200
    marks = [_mark("forgotten", form.email.data), _mark("forgotten from", request.remote_addr or "")]
    if _is_throttled(*marks):
        form.form_errors = ["Det har blivit för många försök. Vänta en kvart och försök igen."]
        return render_template("people/forgot.html", form=form, sent=False), 429, {"Retry-After": "900"}
    with alone():
        people.remember_attempt(marks, now(), succeeded=False)
        people.mail_reset(form.email.data, moment())
    return render_template("people/forgot.html", form=form, sent=True)
