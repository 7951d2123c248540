"""Södermanland this year: closed a month ago, under assessment."""

from datetime import datetime, timedelta

from ...domain.calendar import civil_date
from ...domain.purposes import Purpose
from ...domain.words import Outcome, PotSource, Role
from ...models.applications import Application
from ...services import applications, decisions, reviews
from . import walk
from .cast import Cast
from .walk import days
from .year2024 import REASONS

# Municipality, title, purpose, asked kronor, and the level its assessors lean to (0: not assessed yet).
PLANS = (
    ("0484", "Jobbspåret – yrkesspår i vården", Purpose.LABOUR_MARKET, 820_000, 5),
    ("0428", "Språk och jobb på landsbygden", Purpose.LABOUR_MARKET, 1_250_000, 4),
    ("0482", "Hälsoguider i hela kommunen", Purpose.HEALTH, 540_000, 4),
    ("0480", "Samhällsorientering på sex språk", Purpose.CIVIC_ORIENTATION, 486_000, 4),
    ("0486", "Bosättning med grannkontakt", Purpose.HOUSING, 395_000, 3),
    ("0461", "Sfi på kvällstid med barnpassning", Purpose.ADULT_EDUCATION, 240_000, 3),
    ("0483", "Mötesplats Norr", Purpose.COOPERATION, 610_000, 0),
    ("0488", "Praktik i besöksnäringen", Purpose.LABOUR_MARKET, 380_000, 0),
    ("0482", "Digital väg in", Purpose.CIVIC_ORIENTATION, 455_000, 0),
    ("0481", "Studieresa och konferens", Purpose.OTHER, 198_000, 0),
    ("0480", "Studiehandledning på modersmål", Purpose.ADULT_EDUCATION, 310_000, 0),
)


def live(cast: Cast, now: datetime) -> None:
    """Eleven applications: assessed, half assessed, waiting, late and withdrawn."""
    board, year = cast.board("04"), civil_date(now).year
    call = walk.publish_call(
        cast,
        board,
        name=f"Beredskap och mottagningskapacitet {year}",
        opens_at=days(now, -80, "09:00"),
        closes_at=days(now, -30),
        available_kr=1_671_000,
        summary="För länets nio kommuner. Särskild vikt vid insatser på landsbygden och vid egen försörjning.",
        min_kr=100_000,
        max_kr=1_500_000,
        longest_months=36,
        terms=walk.terms_of(cast, board, ("Insatser på landsbygden", "Egen försörjning")),
    )
    start = civil_date(now) + timedelta(days=60)
    sent = [walk.sent(cast, call, now, -29 if n == 10 else -38 + n % 7, plan, start) for n, plan in enumerate(PLANS)]
    for number, (application, plan) in enumerate(zip(sent[:9], PLANS, strict=False)):
        walk.register(cast, application, days(now, -28, "09:00"), f"851-{2131 + number * 9}-{year}")
        if plan[4]:
            walk.check(cast, application, days(now, -26, "09:00"))
            walk.assess(cast, application, days(now, -24, "09:00"), (plan[4], max(2, plan[4] - number % 2)))
    walk.check(cast, sent[6], days(now, -25, "09:00"))
    _half_assessed(cast, sent[6], now)
    _recuses(cast, sent[7], now)
    applications.withdraw(sent[9], cast.at(sent[9].applicant, Role.SIGNATORY, days(now, -27, "10:00")), "Vi saknar personal i höst.")
    _propose(cast, sent[0], now)


def _propose(cast: Cast, application: Application, now: datetime) -> None:
    """The best one waits for the decision-maker."""
    decisions.propose(
        application,
        cast.at(application.board, Role.OFFICER, days(now, -2, "09:00")),
        outcome=Outcome.GRANTED,
        granted_kr=820_000,
        financing={PotSource.ALLOCATION: 820_000},
        reasons=REASONS[Outcome.GRANTED],
        conditions=list(application.version.terms.conditions),
        starts_on=application.starts_on,
        ends_on=application.ends_on,
        report_due_on=application.ends_on + timedelta(days=90),
    )


def _half_assessed(cast: Cast, application: Application, now: datetime) -> None:
    """One assessor has begun, the other has not answered the question of conflict of interest."""
    board, officer = application.board, cast.at(application.board, Role.OFFICER, days(now, -20, "09:00"))
    begun = reviews.assign(application, cast.person(board, Role.ASSESSOR, 0), officer)
    reviews.accept(begun, cast.at(board, Role.ASSESSOR, days(now, -18, "09:00"), 0))
    reviews.assign(application, cast.person(board, Role.ASSESSOR, 1), officer)


def _recuses(cast: Cast, application: Application, now: datetime) -> None:
    """An assessor answers that she is conflicted, and loses the case."""
    asked = reviews.assign(
        application, cast.person(application.board, Role.ASSESSOR, 1), cast.at(application.board, Role.OFFICER, days(now, -20, "09:00"))
    )
    reviews.recuse(asked, cast.at(application.board, Role.ASSESSOR, days(now, -19, "09:00"), 1), "Min bror leder enheten som söker.")
