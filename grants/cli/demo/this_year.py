"""The year that is now: at least one call in each phase, with applications in each state, relative to today."""

from datetime import date, datetime, timedelta

from ...domain.calendar import at_clock, civil_date
from ...domain.permissions import SYSTEM, Moment
from ...domain.purposes import Purpose, TargetGroup
from ...domain.words import ClaimGround, GoalResult, Outcome, PotSource, ReportKind, Role, Round, Scope
from ...models.applications import Application
from ...models.calls import Call
from ...models.payments import Claim
from ...models.projects import Project, Report
from ...services import applications, calls, decisions, payments, pots, projects, reviews
from . import walk
from .cast import Cast
from .plan2024 import APPROPRIATION_KR, COUNTIES, NATIONAL_KR
from .year2024 import REASONS

P = Purpose


def live(cast: Cast, now: datetime) -> None:
    """Everything that is going on."""
    today = civil_date(now)
    _money(cast, now)
    _decided(cast, now, today)
    _assessed(cast, now)
    _open(cast, now)
    _national(cast, now)
    _coming_draft_and_cancelled(cast, now)


def _days(now: datetime, days: int, clock: str = "15:00") -> datetime:
    return at_clock(civil_date(now) + timedelta(days=days), clock)


def _money(cast: Cast, now: datetime) -> None:
    """This year's appropriation is divided; one board has money back and offers some to another."""
    year, began = civil_date(now).year, _days(now, -240, "10:00")
    coordinator = cast.at(cast.board("06"), Role.MONEY_COORDINATOR, began)
    pots.appropriate(year, APPROPRIATION_KR, coordinator, letter=f"Regleringsbrev {year}")
    pots.reserve_national(year, NATIONAL_KR, coordinator)
    pots.allocate(pots.draft_key(year, {code: c.pot_kr for code, c in COUNTIES.items()}, coordinator, note="Som 2024"), coordinator)
    pots.record(cast.board("04"), year, PotSource.RETURNED, 164_600, Moment(SYSTEM, began))
    giver = cast.at(cast.board("08"), Role.TREASURER, _days(now, -20, "11:00"))
    pots.propose_transfer(
        pots.find(cast.board("08").id, year, PotSource.ALLOCATION),
        pots.find(cast.board("04").id, year, PotSource.ALLOCATION),
        120_000,
        giver,
        reason="Söktrycket är lägre hos oss än i Södermanland i år.",
    )


# Kalmar: decided, with projects in every phase


def _decided(cast: Cast, now: datetime, today: date) -> None:
    call = walk.publish_call(
        cast,
        cast.board("08"),
        name=f"Beredskap och mottagningskapacitet {today.year}",
        opens_at=_days(now, -220, "09:00"),
        closes_at=_days(now, -170),
        available_kr=1_380_000,
        summary="För kommuner och kommunalförbund i Kalmar län.",
        longest_months=36,
    )
    plans = (
        ("0885", "Hälsoguider i hela kommunen", P.HEALTH, 420_000, 420_000),
        ("0860", "Mottagning tillsammans", P.COOPERATION, 380_000, 300_000),
        ("0840", "Från sfi till skift", P.LABOUR_MARKET, 350_000, 350_000),
        ("0882", "Fler hyresvärdar", P.HOUSING, 240_000, 0),
        ("0883", "Samhället inifrån", P.CIVIC_ORIENTATION, 200_000, 200_000),
        ("0862", "Bo kvar", P.HOUSING, 100_000, 100_000),
    )
    sent = [_sent(cast, call, now, -178 + n, plan, start=today - timedelta(days=150)) for n, plan in enumerate(plans)]
    for number, (application, plan) in enumerate(zip(sent, plans, strict=True)):
        walk.register(cast, application, _days(now, -168, "09:30"), f"851-{3100 + number}-{today.year}")
        walk.check(cast, application, _days(now, -166, "09:30"))
        walk.assess(cast, application, _days(now, -164, "09:30"), (4, 4) if plan[4] else (2, 2))
        outcome = Outcome.REJECTED if not plan[4] else Outcome.GRANTED if plan[4] == plan[3] else Outcome.PARTLY_GRANTED
        walk.decide(
            cast,
            application,
            _days(now, -152, "13:00"),
            outcome,
            granted_kr=plan[4] or None,
            financing={PotSource.ALLOCATION: plan[4]} if plan[4] else None,
            reasons=REASONS[outcome],
        )
    running = [a.project for a in sent if a.project]
    for project in (*running[:3], running[4]):
        walk.pay(cast, project, today - timedelta(days=140))
    financing = running[3].decision.financing[0]
    payments.prepare(running[3], financing, financing.amount_kr, cast.at(cast.board("08"), Role.OFFICER, _days(now, -3, "10:00")))
    payments.receive(
        _claim(cast, running[0], now),
        cast.at(cast.board("08"), Role.TREASURER, _days(now, -5, "11:00")),
        received_on=today - timedelta(days=8),
    )
    projects.close(running[0], cast.at(cast.board("08"), Role.OFFICER, _days(now, -4, "11:00")))
    _claim(cast, running[4], now)
    _report(cast, running[1], now, sent=True)
    _report(cast, running[2], now, sent=False)


def _sent(cast: Cast, call: Call, now: datetime, day: int, plan: tuple[str, str, Purpose, int, int], start: date) -> Application:
    code, title, purpose, asked, _ = plan
    application = walk.draft(
        cast,
        call,
        cast.municipality(code),
        _days(now, day - 3, "10:00"),
        title=title,
        purpose=purpose,
        asked_kr=asked,
        starts_on=start,
        summary=f"{title}: kommunen prövar ett arbetssätt som kan leva vidare i ordinarie verksamhet.",
    )
    walk.send(cast, application, _days(now, day, "10:51"))
    return application


def _report(cast: Cast, project: Project, now: datetime, *, sent: bool) -> Report:
    """A final report, filled in; sent by the signatory or left as a draft."""
    applicant = project.application.applicant
    when = cast.at(applicant, Role.PREPARER, _days(now, -30, "09:00"))
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
        projects.submit_report(report, cast.at(applicant, Role.SIGNATORY, _days(now, -25, "14:00")))
    return report


def _outcome(budget_kr: int, grant_kr: int, unused_kr: int) -> tuple[int, int, str]:
    """(outcome, of it charged to the grant, explanation) of a report line."""
    spent = max(0, grant_kr - unused_kr)
    return budget_kr - (grant_kr - spent), spent, "En tjänst blev tillsatt senare än planerat." if unused_kr else ""


def _claim(cast: Cast, project: Project, now: datetime) -> Claim:
    """The final report is approved and the 84 312 kronor that were not used are claimed."""
    report = _report(cast, project, now, sent=True)
    board = project.application.board
    projects.approve(report, cast.at(board, Role.OFFICER, _days(now, -20, "09:00")), note="Målen är uppnådda.")
    return payments.raise_claim(
        project,
        cast.at(board, Role.OFFICER, _days(now, -19, "09:00")),
        ground=ClaimGround.UNUSED,
        amount_kr=project.unsettled_kr,
        reason="Enligt slutrapporten är en del av bidraget inte använt.",
        due_on=civil_date(now) + timedelta(days=11),
    )


# Södermanland: closed a month ago, under assessment


def _assessed(cast: Cast, now: datetime) -> None:
    board, year = cast.board("04"), civil_date(now).year
    call = walk.publish_call(
        cast,
        board,
        name=f"Beredskap och mottagningskapacitet {year}",
        opens_at=_days(now, -80, "09:00"),
        closes_at=_days(now, -30),
        available_kr=1_671_000,
        summary="För länets nio kommuner. Särskild vikt vid insatser på landsbygden och vid egen försörjning.",
        min_kr=100_000,
        max_kr=1_500_000,
        longest_months=36,
        terms=walk.terms_of(cast, board, ("Insatser på landsbygden", "Egen försörjning")),
    )
    plans = (
        ("0484", "Jobbspåret – yrkesspår i vården", P.LABOUR_MARKET, 820_000, 5),
        ("0428", "Språk och jobb på landsbygden", P.LABOUR_MARKET, 1_250_000, 4),
        ("0482", "Hälsoguider i hela kommunen", P.HEALTH, 540_000, 4),
        ("0480", "Samhällsorientering på sex språk", P.CIVIC_ORIENTATION, 486_000, 4),
        ("0486", "Bosättning med grannkontakt", P.HOUSING, 395_000, 3),
        ("0461", "Sfi på kvällstid med barnpassning", P.ADULT_EDUCATION, 240_000, 3),
        ("0483", "Mötesplats Norr", P.COOPERATION, 610_000, 0),
        ("0488", "Praktik i besöksnäringen", P.LABOUR_MARKET, 380_000, 0),
        ("0482", "Digital väg in", P.CIVIC_ORIENTATION, 455_000, 0),
        ("0481", "Studieresa och konferens", P.OTHER, 198_000, 0),
        ("0480", "Studiehandledning på modersmål", P.ADULT_EDUCATION, 310_000, 0),
    )
    start = civil_date(now) + timedelta(days=60)
    sent = [_sent(cast, call, now, -29 if n == 10 else -38 + n % 7, plan, start) for n, plan in enumerate(plans)]
    for number, (application, plan) in enumerate(zip(sent[:9], plans, strict=False)):
        walk.register(cast, application, _days(now, -28, "09:00"), f"851-{2131 + number * 9}-{year}")
        if plan[4]:
            walk.check(cast, application, _days(now, -26, "09:00"))
            walk.assess(cast, application, _days(now, -24, "09:00"), (plan[4], max(2, plan[4] - number % 2)))
    walk.check(cast, sent[6], _days(now, -25, "09:00"))
    _half_assessed(cast, sent[6], now)
    applications.withdraw(sent[9], cast.at(sent[9].applicant, Role.SIGNATORY, _days(now, -27, "10:00")), "Vi saknar personal i höst.")
    decisions.propose(
        sent[0],
        cast.at(board, Role.OFFICER, _days(now, -2, "09:00")),
        outcome=Outcome.GRANTED,
        granted_kr=820_000,
        financing={PotSource.ALLOCATION: 820_000},
        reasons=REASONS[Outcome.GRANTED],
        conditions=list(sent[0].version.terms.conditions),
        starts_on=sent[0].starts_on,
        ends_on=sent[0].ends_on,
        report_due_on=sent[0].ends_on + timedelta(days=90),
    )


def _half_assessed(cast: Cast, application: Application, now: datetime) -> None:
    """One assessor has begun, the other has not answered the question of conflict of interest."""
    board, officer = application.board, cast.at(application.board, Role.OFFICER, _days(now, -20, "09:00"))
    begun = reviews.assign(application, cast.person(board, Role.ASSESSOR, 0), officer)
    reviews.accept(begun, cast.at(board, Role.ASSESSOR, _days(now, -18, "09:00"), 0))
    reviews.assign(application, cast.person(board, Role.ASSESSOR, 1), officer)


# Open, national, coming, draft and cancelled calls


def _open(cast: Cast, now: datetime) -> None:
    """Södermanland's extra call closes in a few days and has been amended; Västerbotten's is open."""
    year, board = civil_date(now).year, cast.board("04")
    call = walk.publish_call(
        cast,
        board,
        name="Extra utlysning för landsbygden",
        opens_at=_days(now, -20, "09:00"),
        closes_at=_days(now, 2),
        round=Round.EXTRA,
        available_kr=600_000,
        summary="För kommuner med liten förvaltning som vill behålla sin beredskap.",
        max_kr=400_000,
        longest_months=24,
    )
    when = cast.at(board, Role.OFFICER, _days(now, -6, "13:00"))
    calls.amend(call, when)
    calls.edit(call, when, closes_at=_days(now, 5), changes="Stängningstiden är flyttad tre dagar, eftersom flera kommuner bett om det.")
    calls.publish(call, when)
    start = date(year + 1, 2, 1)
    walk.draft(
        cast,
        call,
        cast.municipality("0428"),
        _days(now, -4, "09:00"),
        title="Första månaden",
        purpose=P.OTHER,
        asked_kr=220_000,
        summary="Ett välkomstpaket och en kontaktperson från första dagen.",
        starts_on=start,
    )
    ready = walk.draft(
        cast,
        call,
        cast.municipality("0428"),
        _days(now, -3, "09:00"),
        title="Tolk när det behövs",
        purpose=P.OTHER,
        asked_kr=180_000,
        summary="Rutiner och utbildning för bättre bruk av tolk.",
        starts_on=start,
    )
    applications.prepare(ready, cast.at(ready.applicant, Role.PREPARER, _days(now, -1, "15:20")))
    thrown = walk.draft(
        cast,
        call,
        cast.municipality("0428"),
        _days(now, -5, "09:00"),
        title="Ungas egen plats",
        purpose=P.OTHER,
        asked_kr=90_000,
        summary="Fritid och läxhjälp.",
        starts_on=start,
    )
    applications.discard(thrown, cast.at(thrown.applicant, Role.PREPARER, _days(now, -5, "16:00")))
    _sent(cast, call, now, -2, ("0461", "Kompetenskartan", P.LABOUR_MARKET, 260_000, 0), start)
    walk.publish_call(
        cast,
        cast.board("24"),
        name="Insatser i samverkan mellan inlandskommuner",
        opens_at=_days(now, -15, "09:00"),
        closes_at=_days(now, 23),
        available_kr=1_694_000,
        summary="För länets femton kommuner, gärna flera tillsammans.",
        longest_months=36,
    )


def _national(cast: Cast, now: datetime) -> None:
    call = walk.publish_call(
        cast,
        cast.board("06"),
        name="Metoder som håller vid lågt mottagande",
        scope=Scope.NATIONAL,
        opens_at=_days(now, -10, "09:00"),
        closes_at=_days(now, 42),
        available_kr=NATIONAL_KR,
        longest_months=24,
        summary="För kommuner och kommunalförbund i hela landet. Insatsen ska beröra kommuner i minst två län.",
    )
    strömsund = cast.municipality("2313")
    application = walk.draft(
        cast,
        call,
        strömsund,
        _days(now, -3, "09:00"),
        title="Beredskap på långa avstånd",
        purpose=P.COOPERATION,
        asked_kr=900_000,
        summary="Små kommuner i två län delar på kompetens och jour.",
        targets=(TargetGroup.NEW_ARRIVALS, TargetGroup.UNACCOMPANIED),
        starts_on=date(civil_date(now).year + 1, 3, 1),
    )
    when = cast.at(strömsund, Role.PREPARER, _days(now, -2, "09:00"))
    applications.save(
        application,
        when,
        "syfte",
        primary_purpose=P.COOPERATION,
        other_purposes=[],
        target_groups=application.target_groups,
        national_ground="cooperation",
        national_note="",
    )
    vilhelmina = cast.municipality("2462")
    applications.save(
        application,
        when,
        "partner",
        partners=[{"organisation_id": vilhelmina.id, "name": vilhelmina.name, "contribution": "Delar jour och utbildning."}],
    )


def _coming_draft_and_cancelled(cast: Cast, now: datetime) -> None:
    year = civil_date(now).year
    walk.publish_call(
        cast,
        cast.board("12"),
        name="Hälsa och etablering",
        opens_at=_days(now, 14, "09:00"),
        closes_at=_days(now, 80),
        round=Round.THEMATIC,
        available_kr=2_000_000,
        summary="Tematisk utlysning om hälsa som väg till etablering.",
        longest_months=24,
    )
    officer = cast.at(cast.board("04"), Role.OFFICER, _days(now, -2, "10:00"))
    planned = calls.start(
        cast.board("04"),
        officer,
        scope=Scope.REGIONAL,
        year=year + 1,
        round=Round.ORDINARY,
        name=f"Beredskap och mottagningskapacitet {year + 1}",
    )
    calls.edit(planned, officer, summary="För länets nio kommuner.", available_kr=1_671_000)
    stopped = walk.publish_call(
        cast,
        cast.board("10"),
        name="Insatser för kvotflyktingar",
        opens_at=_days(now, -40, "09:00"),
        closes_at=_days(now, 10),
        available_kr=300_000,
        summary="Utlysningen är inställd.",
        longest_months=12,
    )
    calls.cancel(
        stopped, cast.at(cast.board("10"), Role.OFFICER, _days(now, -30, "10:00")), "Medlen behövs i den ordinarie utlysningen nästa år."
    )
