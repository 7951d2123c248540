"""Walk a case through the real verbs, each at a moment of its own: nothing here writes a state or a posting."""

from datetime import date, datetime, timedelta
from typing import Any

from ...domain.calendar import at_clock, civil_date
from ...domain.purposes import PURPOSES, Purpose, TargetGroup
from ...domain.terms import USUAL, Contact, Terms
from ...domain.words import Financier, Outcome, PotSource, Role, Round, Scope
from ...models.applications import CHECKS, Application
from ...models.calls import Call
from ...models.people import Organisation
from ...models.projects import Project
from ...services import applications, calls, decisions, payments, reviews
from .cast import Cast

PRIORITIES = ("Samverkan som stärker beredskapen", "Insatser som lever vidare i ordinarie verksamhet")


def terms_of(cast: Cast, board: Organisation, regional: tuple[str, ...] = ()) -> Terms:
    """The usual terms with the board's contact and priorities."""
    officer = cast.person(board, Role.OFFICER)
    return Terms(
        national_priorities=PRIORITIES,
        regional_priorities=regional,
        criteria=USUAL.criteria,
        categories=USUAL.categories,
        conditions=USUAL.conditions,
        report_sections=USUAL.report_sections,
        contacts=(Contact(officer.name, officer.email),),
    )


def publish_call(
    cast: Cast,
    board: Organisation,
    *,
    name: str,
    opens_at: datetime,
    closes_at: datetime,
    available_kr: int,
    summary: str,
    scope: Scope = Scope.REGIONAL,
    round: Round = Round.ORDINARY,
    terms: Terms | None = None,
    **more: Any,
) -> Call:
    """A published call; it is published a week before it opens."""
    when = cast.at(board, Role.OFFICER, opens_at - timedelta(days=7))
    call = calls.start(board, when, scope=scope, year=opens_at.year, round=round, name=name)
    calls.edit(call, when, summary=summary, opens_at=opens_at, closes_at=closes_at, available_kr=available_kr, **more)
    calls.edit_terms(call, when, terms or terms_of(cast, board))
    calls.publish(call, when)
    return call


def draft(
    cast: Cast,
    call: Call,
    applicant: Organisation,
    at: datetime,
    *,
    title: str,
    summary: str,
    purpose: Purpose,
    asked_kr: int,
    targets: tuple[TargetGroup, ...] = (TargetGroup.NEW_ARRIVALS,),
    starts_on: date | None = None,
) -> Application:
    """A complete draft: every section saved by the municipality's officer."""
    when = cast.at(applicant, Role.PREPARER, at)
    application = applications.start(call, applicant, when)
    start = starts_on or date(call.year, 9, 1)
    end = date(start.year + 1, 12, 31)
    for section, facts in _sections(title, summary, purpose, asked_kr, targets, start, end).items():
        applications.save(application, when, section, **facts)
    return application


def _sections(
    title: str, summary: str, purpose: Purpose, asked_kr: int, targets: tuple[TargetGroup, ...], start: date, end: date
) -> dict[str, dict[str, object]]:
    others = [other for other in (Purpose.COOPERATION, Purpose.HEALTH) if other != purpose][:1]
    return {
        "sammanfattning": {"title": title, "summary": summary},
        "syfte": {"primary_purpose": purpose, "other_purposes": others, "target_groups": list(targets)},
        "behov": {
            "need": f"Behovet inom {PURPOSES.label(purpose).lower()} är belagt i kommunens egen lägesbild. Mottagandet är lågt och "
            "kunskapen finns hos få personer. Utan insatsen tappar kommunen sin beredskap.",
            "priority": PRIORITIES[0],
            "lasting": "Nämnden tar över arbetssättet när insatsen slutar.",
        },
        "mal": {
            "starts_on": start,
            "ends_on": end,
            "goals": [
                {"text": "Minst 40 personer har deltagit", "indicator": "Antal deltagare", "target": "40"},
                {"text": "Arbetssättet är beslutat i nämnd", "indicator": "Beslut", "target": "Ja"},
            ],
            "activities": [
                {"text": "Ta fram arbetssättet", "responsible": "Projektledaren", "when": "Hösten"},
                {"text": "Pröva det med två grupper", "responsible": "Enhetschefen", "when": "Året därpå"},
            ],
        },
        "budget": {
            "budget": _budget(asked_kr, start.year),
            "smallest_kr": asked_kr * 7 // 10,
            "budget_note": "Projektledaren arbetar halvtid.",
        },
    }


def _budget(asked_kr: int, year: int) -> list[dict[str, object]]:
    staff, services = asked_kr * 6 // 10, asked_kr * 2 // 10
    parts = {"staff": staff, "services": services, "other": asked_kr - staff - services}
    lines = [{"year": year, "category_key": key, "financier": Financier.GRANT, "amount_kr": kr} for key, kr in parts.items() if kr]
    return [*lines, {"year": year + 1, "category_key": "staff", "financier": Financier.OWN, "amount_kr": asked_kr // 5}]


def send(cast: Cast, application: Application, at: datetime) -> None:
    """Made ready by the officer and signed and sent by the signatory."""
    applicant = application.applicant
    applications.prepare(application, cast.at(applicant, Role.PREPARER, at - timedelta(hours=3)))
    applications.submit(application, cast.at(applicant, Role.SIGNATORY, at))


def register(cast: Cast, application: Application, at: datetime, number: str) -> None:
    applications.number(application, cast.at(application.board, Role.OFFICER, at), number)


def check(cast: Cast, application: Application, at: datetime) -> None:
    when = cast.at(application.board, Role.OFFICER, at)
    applications.confirm(application, when, dict.fromkeys(CHECKS, (True, "")))
    applications.check(application, when)


def assess(cast: Cast, application: Application, at: datetime, points: tuple[int, int], *, assessors: int = 2) -> None:
    """Two assessors score every criterion; `points` is the level each of them leans to."""
    board = application.board
    for number in range(assessors):
        person = cast.person(board, Role.ASSESSOR, number)
        review = reviews.assign(application, person, cast.at(board, Role.OFFICER, at))
        when = cast.at(board, Role.ASSESSOR, at + timedelta(days=2, hours=number), number)
        reviews.accept(review, when)
        reviews.write(review, when, scores=_scores(application, points[number], number), comment="")
        reviews.submit(review, when)
    applications.conclude(application, cast.at(board, Role.OFFICER, at + timedelta(days=3)))


def _scores(application: Application, level: int, shift: int) -> dict[str, tuple[int, str]]:
    """Points around a level, with the words of that level as the reason."""
    scores = {}
    for place, criterion in enumerate(application.version.terms.criteria):
        points = min(5, max(1, level + (1 if (place + shift) % 3 == 0 else 0) - (1 if (place + shift) % 4 == 3 else 0)))
        scores[criterion.key] = (points, criterion.levels[points - 1].text)
    return scores


def decide(
    cast: Cast,
    application: Application,
    at: datetime,
    outcome: Outcome,
    *,
    granted_kr: int | None = None,
    financing: dict[PotSource, int] | None = None,
    reasons: str,
) -> None:
    """Proposed by the officer, decided by the decision-maker an hour later."""
    terms: dict[str, object] = {}
    if outcome.gives_money:
        end = application.ends_on
        terms = {
            "granted_kr": granted_kr,
            "financing": financing,
            "starts_on": application.starts_on,
            "ends_on": end,
            "conditions": list(application.version.terms.conditions),
            "report_due_on": end + timedelta(days=90),
        }
    board = application.board
    decision = decisions.propose(application, cast.at(board, Role.OFFICER, at), outcome=outcome, reasons=reasons, **terms)
    decisions.decide(decision, cast.at(board, Role.DECIDER, at + timedelta(hours=1)))


def pay(cast: Cast, project: Project, paid_on: date) -> None:
    """The whole grant, prepared by the officer and confirmed by the treasurer."""
    board = project.application.board
    paid_on -= timedelta(days=max(0, paid_on.weekday() - 4))
    at = at_clock(paid_on, "10:00")
    for financing in project.decision.financing:
        payment = payments.prepare(project, financing, financing.amount_kr, cast.at(board, Role.OFFICER, at))
        payments.confirm(payment, cast.at(board, Role.TREASURER, at + timedelta(hours=2)), paid_on=paid_on)


def days(now: datetime, days: int, clock: str = "15:00") -> datetime:
    """A clock time so many days from now."""
    return at_clock(civil_date(now) + timedelta(days=days), clock)


def sent(cast: Cast, call: Call, now: datetime, day: int, plan: tuple[str, str, Purpose, int, int], start: date) -> Application:
    """An application by its plan (municipality, title, purpose, asked kr, …), written and sent."""
    code, title, purpose, asked, _ = plan
    application = draft(
        cast,
        call,
        cast.municipality(code),
        days(now, day - 3, "10:00"),
        title=title,
        purpose=purpose,
        asked_kr=asked,
        starts_on=start,
        summary=f"{title}: kommunen prövar ett arbetssätt som kan leva vidare i ordinarie verksamhet.",
    )
    send(cast, application, days(now, day, "10:51"))
    return application
