"""Kalmar this year: decided, with projects in every phase."""

from datetime import date, datetime, timedelta

from ...domain.calendar import civil_date
from ...domain.purposes import Purpose
from ...domain.words import ClaimGround, GoalResult, Outcome, PotSource, ReportKind, Role
from ...models.applications import Application
from ...models.payments import Claim
from ...models.projects import Project, Report
from ...services import payments, projects
from . import walk
from .cast import Cast
from .walk import days
from .year2024 import REASONS

# Municipality, title, purpose, asked and granted kronor.
PLANS = (
    ("0885", "Hälsoguider i hela kommunen", Purpose.HEALTH, 420_000, 420_000),
    ("0860", "Mottagning tillsammans", Purpose.COOPERATION, 380_000, 300_000),
    ("0840", "Från sfi till skift", Purpose.LABOUR_MARKET, 350_000, 350_000),
    ("0882", "Fler hyresvärdar", Purpose.HOUSING, 240_000, 0),
    ("0883", "Samhället inifrån", Purpose.CIVIC_ORIENTATION, 200_000, 200_000),
    ("0862", "Bo kvar", Purpose.HOUSING, 100_000, 100_000),
)


def live(cast: Cast, now: datetime, today: date) -> None:
    """One call, six applications, and what became of them."""
    call = walk.publish_call(
        cast,
        cast.board("08"),
        name=f"Beredskap och mottagningskapacitet {today.year}",
        opens_at=days(now, -220, "09:00"),
        closes_at=days(now, -170),
        available_kr=1_380_000,
        summary="För kommuner och kommunalförbund i Kalmar län.",
        longest_months=36,
    )
    sent = [walk.sent(cast, call, now, -178 + n, plan, start=today - timedelta(days=150)) for n, plan in enumerate(PLANS)]
    for number, (application, plan) in enumerate(zip(sent, PLANS, strict=True)):
        _settle(cast, application, plan, number, now)
    _follow_up(cast, [a.project for a in sent if a.project], now, today)


def _settle(cast: Cast, application: Application, plan: tuple[str, str, Purpose, int, int], number: int, now: datetime) -> None:
    """From the register to the decision."""
    walk.register(cast, application, days(now, -168, "09:30"), f"851-{3100 + number}-{civil_date(now).year}")
    walk.check(cast, application, days(now, -166, "09:30"))
    walk.assess(cast, application, days(now, -164, "09:30"), (4, 4) if plan[4] else (2, 2))
    outcome = Outcome.REJECTED if not plan[4] else Outcome.GRANTED if plan[4] == plan[3] else Outcome.PARTLY_GRANTED
    walk.decide(
        cast,
        application,
        days(now, -152, "13:00"),
        outcome,
        granted_kr=plan[4] or None,
        financing={PotSource.ALLOCATION: plan[4]} if plan[4] else None,
        reasons=REASONS[outcome],
    )


def _follow_up(cast: Cast, running: list[Project], now: datetime, today: date) -> None:
    """Paid and closed, paid with a report sent, paid with one begun, waiting for approval, and with money claimed back."""
    for project in (*running[:3], running[4]):
        walk.pay(cast, project, today - timedelta(days=140))
    financing = running[3].decision.financing[0]
    payments.prepare(running[3], financing, financing.amount_kr, cast.at(cast.board("08"), Role.OFFICER, days(now, -3, "10:00")))
    payments.receive(
        _claim(cast, running[0], now),
        cast.at(cast.board("08"), Role.TREASURER, days(now, -5, "11:00")),
        received_on=today - timedelta(days=8),
    )
    projects.close(running[0], cast.at(cast.board("08"), Role.OFFICER, days(now, -4, "11:00")))
    _claim(cast, running[4], now)
    _report(cast, running[1], now, sent=True)
    _report(cast, running[2], now, sent=False)


def _report(cast: Cast, project: Project, now: datetime, *, sent: bool) -> Report:
    """A final report, filled in; sent by the signatory or left as a draft."""
    applicant = project.application.applicant
    when = cast.at(applicant, Role.PREPARER, days(now, -30, "09:00"))
    report = projects.start_report(project, when, ReportKind.FINAL)
    used = 84_312
    projects.save_report(
        report,
        when,
        answers={s.key: "Arbetssättet är prövat med två grupper och beslutat i nämnden." for s in report.sections},
        participants_women=26,
        participants_men=18,
        participants_children=0,
        goals={goal.goal_id: (GoalResult.MET, "44 personer har deltagit.") for goal in report.goals},
        lines={
            line.category_key: _outcome(line.budget_kr, line.grant_budget_kr, used if line.category_key == "staff" else 0)
            for line in report.lines
        },
    )
    if sent:
        projects.submit_report(report, cast.at(applicant, Role.SIGNATORY, days(now, -25, "14:00")))
    return report


def _outcome(budget_kr: int, grant_kr: int, unused_kr: int) -> tuple[int, int, str]:
    """(outcome, of it charged to the grant, explanation) of a report line."""
    spent = max(0, grant_kr - unused_kr)
    return budget_kr - (grant_kr - spent), spent, "En tjänst blev tillsatt senare än planerat." if unused_kr else ""


def _claim(cast: Cast, project: Project, now: datetime) -> Claim:
    """The final report is approved and the 84 312 kronor that were not used are claimed."""
    report = _report(cast, project, now, sent=True)
    board = project.application.board
    projects.approve(report, cast.at(board, Role.OFFICER, days(now, -20, "09:00")), note="Målen är uppnådda.")
    return payments.raise_claim(
        project,
        cast.at(board, Role.OFFICER, days(now, -19, "09:00")),
        ground=ClaimGround.UNUSED,
        amount_kr=project.unsettled_kr,
        reason="Enligt slutrapporten är en del av bidraget inte använt.",
        due_on=civil_date(now) + timedelta(days=11),
    )
