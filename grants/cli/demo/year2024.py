"""The year 2024, walked through: money, calls, applications, decisions and payments with the published sums."""

from datetime import date, datetime, timedelta

from ...domain.calendar import at_clock
from ...domain.permissions import SYSTEM, Moment
from ...domain.words import Outcome, PotSource, Role, Round, Scope
from ...models.applications import Application
from ...models.calls import Call
from ...services import applications, importing, pots
from . import closed2024, walk
from .cast import Cast
from .plan2024 import APPROPRIATION_KR, COUNTIES, EXTRA_AUTUMN, NATIONAL, NATIONAL_KR, Case, regional_cases

YEAR = 2024
REASONS = {
    Outcome.GRANTED: "Behovet är väl belagt, målen går att följa upp och kostnaderna är skäliga. Insatsen motsvarar utlysningens prioriteringar.",
    Outcome.PARTLY_GRANTED: "Behovet är väl belagt och målen går att följa upp. Potten räcker inte till hela beloppet; resor och köpta tjänster kan minskas.",
    Outcome.REJECTED: "Insatsen är angelägen, men andra ansökningar motsvarar utlysningens prioriteringar bättre. Potten räcker inte till alla.",
    Outcome.DISMISSED: "Ansökan kom in efter att utlysningen stängt. Det finns inga skäl att ta upp den till prövning.",
    Outcome.WRITTEN_OFF: "Kommunen har återkallat sin ansökan.",
}


def live(cast: Cast, municipalities: dict[str, list[str]]) -> None:
    """The whole year, with the projects from earlier years that closed in it."""
    _money(cast)
    _earlier(municipalities)
    calls: dict[tuple[str, bool], Call] = {}
    for number, case in enumerate(regional_cases(municipalities)):
        key = (case.county_code, case.extra_call)
        calls[key] = calls.get(key) or _regional_call(cast, *key)
        _case(cast, calls[key], case, number)
    national = _national_call(cast)
    for number, case in enumerate(NATIONAL, start=100):
        _case(cast, national, case, number)
    coordinator = cast.at(cast.board("06"), Role.MONEY_COORDINATOR, at_clock(date(YEAR, 12, 31), "15:00"))
    pots.lapse(YEAR, coordinator)


def _money(cast: Cast) -> None:
    """Appropriation, national reserve and key in January; returned money as it stood when the year began."""
    when = cast.at(cast.board("06"), Role.MONEY_COORDINATOR, at_clock(date(YEAR, 1, 15), "10:00"))
    pots.appropriate(YEAR, APPROPRIATION_KR, when, letter="Regleringsbrev 2024, anslag 1:2 ap.11")
    pots.reserve_national(YEAR, NATIONAL_KR, when)
    key = pots.draft_key(YEAR, {code: county.pot_kr for code, county in COUNTIES.items()}, when, note="Konstruerad fördelning")
    pots.allocate(key, when)
    system = Moment(SYSTEM, when.now)
    for code, county in COUNTIES.items():
        if county.returned_kr:
            pots.record(cast.board(code), YEAR, PotSource.RETURNED, county.returned_kr, system)


def _earlier(municipalities: dict[str, list[str]]) -> None:
    system = Moment(SYSTEM, at_clock(date(YEAR, 1, 2), "08:00"))
    importing.grants(closed2024.file(municipalities).encode(), system)


def _regional_call(cast: Cast, county_code: str, extra: bool) -> Call:
    board = cast.board(county_code)
    opens, closes = (date(YEAR, 2, 15), date(YEAR, 5, 29)) if not extra else (date(YEAR, 8, 20), date(YEAR, 10, 4))
    autumn = county_code in EXTRA_AUTUMN
    name = f"Beredskap och mottagningskapacitet {YEAR}" if not extra else "Extra utlysning hösten" if autumn else "Andra utlysningen"
    return walk.publish_call(
        cast,
        board,
        name=name,
        opens_at=at_clock(opens, "09:00"),
        closes_at=at_clock(closes, "15:00"),
        available_kr=COUNTIES[county_code].pot_kr,
        summary=f"För kommuner och kommunalförbund i {board.county.name}.",
        round=Round.EXTRA if extra else Round.ORDINARY,
        longest_months=36,
    )


def _national_call(cast: Cast) -> Call:
    return walk.publish_call(
        cast,
        cast.board("06"),
        name="Metoder som håller vid lågt mottagande",
        scope=Scope.NATIONAL,
        opens_at=at_clock(date(YEAR, 3, 1), "09:00"),
        closes_at=at_clock(date(YEAR, 6, 20), "15:00"),
        available_kr=NATIONAL_KR,
        longest_months=36,
        summary="För kommuner och kommunalförbund i hela landet. Insatsen ska beröra kommuner i minst två län.",
    )


def _case(cast: Cast, call: Call, case: Case, number: int) -> None:
    """One case from draft to payment, each step on a day of its own."""
    closes = call.version.closes_at
    late = case.outcome == Outcome.DISMISSED
    sent = closes + timedelta(hours=20) if late else closes - timedelta(days=1 + number % 9, hours=number % 5)
    starts = date(YEAR, 10, 1) if closes.month > 5 else date(YEAR, 9, 1)
    application = walk.draft(
        cast,
        call,
        cast.municipality(case.municipality),
        sent - timedelta(days=2),
        title=case.title,
        summary=case.summary,
        purpose=case.purpose,
        asked_kr=case.applied_kr,
        targets=case.targets,
        starts_on=starts,
    )
    if call.scope == Scope.NATIONAL:
        _national_ground(cast, application, sent - timedelta(days=1))
    walk.send(cast, application, sent)
    walk.register(cast, application, closes + timedelta(days=1), f"851-{2000 + number}-{YEAR}")
    _settle(cast, application, case, closes, number)


def _national_ground(cast: Cast, application: Application, at: datetime) -> None:
    when = cast.at(application.applicant, Role.PREPARER, at)
    applications.save(
        application,
        when,
        "syfte",
        national_ground="involving",
        national_note="Resultatet sprids till kommuner i flera län.",
        primary_purpose=application.primary_purpose,
        other_purposes=application.other_purposes,
        target_groups=application.target_groups,
    )


def _settle(cast: Cast, application: Application, case: Case, closes: datetime, number: int) -> None:
    """To the decision and, for the granted, the payment."""
    if case.outcome == Outcome.WRITTEN_OFF:
        applications.withdraw(
            application, cast.at(application.applicant, Role.SIGNATORY, closes + timedelta(days=5)), "Vi saknar personal."
        )
    elif case.outcome != Outcome.DISMISSED:
        walk.check(cast, application, closes + timedelta(days=3))
        base = 4 if case.granted_kr else 2
        walk.assess(cast, application, closes + timedelta(days=5), (base, base - number % 2))
    decided = closes + timedelta(days=16 + number % 4)
    money = {PotSource.RETURNED: case.returned_kr, _source(application): case.allocation_kr}
    walk.decide(
        cast,
        application,
        decided,
        case.outcome,
        granted_kr=case.granted_kr or None,
        financing={source: kr for source, kr in money.items() if kr},
        reasons=REASONS[case.outcome],
    )
    if case.granted_kr:
        walk.pay(cast, application.project, (decided + timedelta(days=12 + number % 15)).date())


def _source(application: Application) -> PotSource:
    return PotSource.NATIONAL if application.call.scope == Scope.NATIONAL else PotSource.ALLOCATION
