"""What every page shares: how things are written, the menu, the answers to "no", and the safety headers."""

import logging
import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, current_app, flash, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from markupsafe import Markup, escape
from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from ..domain import calendar, money
from ..domain.errors import Refusal, Stale, Unmet, WrongState
from ..domain.permissions import holds
from ..domain.purposes import PURPOSES, TARGET_GROUPS
from ..domain.words import Role, capitalised, label
from ..extensions import db
from ..services import acting, records
from .gate import me, moment, now

log = logging.getLogger(__name__)
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
TITLES = {
    400: ("Sidan hade legat för länge", "Gå tillbaka, ladda om sidan och försök igen. Det du skrev finns kvar i formuläret."),
    403: ("Du får inte göra det här", "Din roll räcker inte. Fråga er administratör om du behöver en annan."),
    404: ("Sidan finns inte", "Adressen kan vara felskriven, eller så har du inte tillgång till det som finns där."),
    405: ("Så kan sidan inte användas", "Gå tillbaka och använd knapparna på sidan."),
    409: ("Läget har ändrats", "Någon annan kan ha hunnit före. Gå tillbaka och titta på ärendet igen."),
    413: ("Filen är för stor", "Minska filen eller dela upp den."),
    422: ("Det går inte än", "Rätta det som står här och försök igen."),
    429: ("För många försök", "Vänta en kvart och försök igen."),
    500: ("Något gick fel hos oss", "Inget har sparats. Försök igen, eller kontakta din länsstyrelse och ange numret nedan."),
    503: ("Tjänsten är upptagen", "Försök igen om en liten stund. Det du skrev finns kvar i webbläsaren."),
}
# fmt: off
MENU = (  # (text, endpoint, roles that see it; none: everybody who is not logged in)
    ("Start",              "start.show",             ()),
    ("Översikt",           "applications.overview",  (Role.APPLICANT_ADMIN, Role.PREPARER, Role.SIGNATORY, Role.READER)),
    ("Mitt bord",          "reviews.desk",           (Role.OFFICER, Role.ASSESSOR, Role.DECIDER, Role.TREASURER)),
    ("Ärenden",            "applications.cases",     (Role.OFFICER, Role.DECIDER, Role.TREASURER, Role.AUDITOR, Role.REPORT_COORDINATOR)),
    ("Beslut",             "decisions.index",        (Role.OFFICER, Role.DECIDER, Role.TREASURER, Role.AUDITOR)),
    ("Utlysningar",        "calls.index",            tuple(Role)),
    ("Ansökningar",        "applications.index",     (Role.APPLICANT_ADMIN, Role.PREPARER, Role.SIGNATORY, Role.READER)),
    ("Projekt",            "projects.index",         (Role.APPLICANT_ADMIN, Role.PREPARER, Role.SIGNATORY, Role.READER, Role.OFFICER, Role.DECIDER, Role.TREASURER, Role.AUDITOR)),
    ("Potter",             "pots.index",             (Role.OFFICER, Role.DECIDER, Role.TREASURER, Role.MONEY_COORDINATOR, Role.REPORT_COORDINATOR, Role.AUDITOR)),
    ("Utbetalningar",      "payments.index",         (Role.OFFICER, Role.TREASURER)),
    ("Projektbank",        "catalogue.index",        tuple(Role)),
    ("Statistik",          "statistics.index",       tuple(Role)),
    ("Personer",           "people.persons",         (Role.APPLICANT_ADMIN, Role.BOARD_ADMIN, Role.KEEPER)),
    ("Organisationer",     "people.organisations",   (Role.KEEPER,)),
    ("System",             "records.system",         (Role.KEEPER,)),
    ("Om bidraget",        "start.about",            ()),
)
# fmt: on
SENTENCE_OF_CONSTRAINT = {
    "uq_application_board_id_registration_number": "Diarienumret används redan för ett annat ärende hos länsstyrelsen.",
    "uq_call_board_id_year_scope_name": "Det finns redan en utlysning med det namnet i år.",
    "uq_review_application_id_assessor_id": "Personen är redan bedömare i ärendet.",
    "one_live_decision_per_application": "Det finns redan ett förslag eller beslut i ärendet.",
    "uq_posting_pot_id_number": "Någon annan bokförde i samma pott samtidigt. Försök igen.",
    "pot_is_not_overdrawn": "Potten räcker inte.",
    "uq_person_email": "Det finns redan en person med den e-postadressen.",
    "uq_organisation_orgnr": "Organisationsnumret används redan.",
}


class Paged:
    """One page of a list or of a query, and what the pager wants to know. Filters in the address are kept."""

    def __init__(self, whole: Select[Any] | list[Any], *, count: int | None = None, size: int = 50):
        self.count = _count(whole) if count is None else count
        self.pages = max(1, -(-self.count // size))
        self.number = min(max(1, request.args.get("sida", 1, type=int)), self.pages)
        self.rows = _between(whole, (self.number - 1) * size, self.number * size)

    def url(self, number: int) -> str:
        return f"{request.path}?{urlencode({**request.args.to_dict(flat=False), 'sida': number}, doseq=True)}"


def _count(whole: Select[Any] | list[Any]) -> int:
    if isinstance(whole, list):
        return len(whole)
    return db.session.scalar(select(func.count()).select_from(whole.order_by(None).subquery())) or 0


def _between(whole: Select[Any] | list[Any], start: int, stop: int) -> Sequence[Any]:
    """The things between two places; rows when the query selects more than the thing itself."""
    if isinstance(whole, list):
        return whole[start:stop]
    found = db.session.execute(whole.slice(start, stop)).unique()
    return found.scalars().all() if len(found.keys()) == 1 else found.all()


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        kr=money.in_words,
        tal=lambda n: "okänt" if n is None else money.digits(n),
        kvot=money.decimal_in_words,
        datum=_or_unknown(calendar.date_in_words),
        kort_datum=_or_unknown(calendar.short_date),
        moment=_or_unknown(calendar.moment_in_words),
        dag=_or_unknown(lambda at: calendar.short_date(calendar.civil_date(at))),
        stycken=paragraphs,
        ord=label,
        Ord=capitalised,
        syfte=lambda code, year=None: PURPOSES.label(code, year) if code else "okänt",
        malgrupp=TARGET_GROUPS.label,
        exakt=_or_unknown(calendar.exact_in_words),
        klockslag=calendar.clock_in_words,
        andel=money.percent_in_words,
    )
    app.jinja_env.globals.update(period=_period)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_context)
    app.after_request(_secure)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, lambda error: page_of(400))
    app.register_error_handler(IntegrityError, _collided)
    app.register_error_handler(StaleDataError, lambda error: page_of(409))
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(Exception, _broken)


def paragraphs(text: str | None) -> Markup:
    """Plain text as paragraphs and line breaks, everything escaped."""
    parts = [part.strip() for part in (text or "").replace("\r", "").split("\n\n")]
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in part.split("\n"))) for part in parts if part
    )


def _or_unknown(words: Any) -> Any:
    return lambda value: "okänt" if value is None else words(value)


def _period(start: date | None, end: date | None) -> str:
    return calendar.period_in_words(start, end) if start and end else "okänd tid"


def _context() -> dict[str, Any]:
    actor = me()
    return {
        "me": None if actor.is_anonymous else actor,
        "now": now(),
        "menu": _menu(),
        "demo": current_app.config["DEMONSTRATION"](),
        "holds": lambda key: holds(actor, key),
        "Role": Role,
        "days_left": lambda at: calendar.days_left_in_words(at, now()),
        "place": _place(),
        "verbs_for": lambda thing: acting.verbs_for(thing, moment()),
        "obstacles": lambda verb, thing: acting.obstacles(verb, thing, moment()),
    }


def _place() -> str:
    """Where and as what the person acts, such as "Vingåkers kommun, handläggare"."""
    actor = me()
    roles = ", ".join(label(role) for role in Role if role in actor.roles and role is not Role.ANYONE)
    return f"{actor.organisation_name}, {roles}" if roles else ""


def _menu() -> list[tuple[str, str, bool]]:
    """Text, address and whether it is here, for each entry that the person's roles show."""
    actor = me()
    shown = [(text, endpoint) for text, endpoint, roles in MENU if (actor.has(*roles) if roles else actor.is_anonymous)]
    here = _where_in_menu([endpoint for _, endpoint in shown])
    return [(text, url_for(endpoint), endpoint == here) for text, endpoint in shown]


def _where_in_menu(shown: list[str]) -> str:
    """The one entry that the page belongs to: itself, the one whose address it lies under, or its room's only one."""
    here = request.endpoint or ""
    under = [endpoint for endpoint in shown if request.path.startswith(url_for(endpoint).rstrip("/") + "/") and endpoint != "start.show"]
    room = [endpoint for endpoint in shown if endpoint.split(".")[0] == here.split(".")[0] not in ("people", "start")]
    found = [here] if here in shown else under or room
    return found[0] if len(found) == 1 else ""


def page_of(status: int, reasons: tuple[str, ...] = (), reference: str = "") -> Any:
    """The page that says no, why, and what can be done."""
    title, sentence = TITLES.get(status, TITLES[500])
    back = request.referrer if request.referrer and request.referrer.startswith(request.host_url) else None
    page = render_template(
        "errors/error.html", status=status, title=title, sentence=sentence, reasons=reasons, reference=reference, back=back
    )
    return page, status


def _refused(error: Refusal) -> Any:
    status = 409 if isinstance(error, WrongState) else 422 if isinstance(error, Unmet) else 403
    if status == 403:
        log.warning("refused endpoint=%s person=%s", request.endpoint, me().person_id)
    return page_of(status, () if isinstance(error, Stale) and not error.reasons else error.reasons)


def _http(error: HTTPException) -> Any:
    if error.code == 401:
        flash("Logga in för att komma till sidan.")
        return redirect(url_for("people.log_in", next=request.full_path if request.method == "GET" else None))
    if error.code in (301, 302, 303, 307, 308, 304) or error.response is not None:
        return error
    answer = current_app.make_response(page_of(error.code or 500))
    for name in ("Allow", "Retry-After"):
        if value := dict(error.get_headers()).get(name):
            answer.headers[name] = value
    return answer


def _collided(error: IntegrityError) -> Any:
    """A constraint of the database said no: two people at once, or a number already taken."""
    db.session.rollback()
    records.forget()
    said = str(error.orig)
    for name, sentence in SENTENCE_OF_CONSTRAINT.items():
        if name in said or _columns_of(name) in said:
            return page_of(409, (sentence,))
    return _broken(error)


def _columns_of(name: str) -> str:
    """SQLite names the columns of a broken UNIQUE, not the constraint."""
    table, _, columns = name.removeprefix("uq_").partition("_")
    return f"UNIQUE constraint failed: {table}.{columns.split('_id_')[0]}_id, " if "_id_" in columns else f"{table}.{columns}"


def _busy(error: OperationalError) -> Any:
    db.session.rollback()
    records.forget()
    log.exception("database busy or unreachable")
    return page_of(503)


def _broken(error: Exception) -> Any:
    """A bug: nothing is saved, and the log can find it by its number."""
    db.session.rollback()
    records.forget()
    reference = secrets.token_hex(4)
    log.exception("fault %s endpoint=%s", reference, request.endpoint)
    if current_app.config["PROPAGATE_FAULTS"]:
        raise error
    return page_of(500, reference=reference)


def _secure(answer: Response) -> Response:
    answer.headers.setdefault("Content-Security-Policy", POLICY)
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    answer.headers.setdefault("Referrer-Policy", "same-origin")
    answer.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    answer.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if request.endpoint != "static":
        answer.headers.setdefault("Cache-Control", "no-store" if not me().is_anonymous else "no-cache")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return answer
