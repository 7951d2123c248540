"""The year that is now: at least one call in each phase, with applications in each state, relative to today."""

from datetime import date, datetime

from ...domain.calendar import civil_date
from ...domain.permissions import SYSTEM, Moment
from ...domain.purposes import Purpose, TargetGroup
from ...domain.words import PotSource, Role, Round, Scope
from ...models.applications import Application
from ...models.calls import Call
from ...services import applications, calls, pots
from . import kalmar, sodermanland, walk
from .cast import Cast
from .plan2024 import APPROPRIATION_KR, COUNTIES, NATIONAL_KR
from .walk import days


def live(cast: Cast, now: datetime) -> None:
    """Everything that is going on."""
    today = civil_date(now)
    _money(cast, now)
    kalmar.live(cast, now, today)
    sodermanland.live(cast, now)
    _open(cast, now)
    _national(cast, now)
    _coming_draft_and_cancelled(cast, now)


def _money(cast: Cast, now: datetime) -> None:
    """This year's appropriation is divided; one board has money back and offers some to another."""
    year, began = civil_date(now).year, days(now, -240, "10:00")
    coordinator = cast.at(cast.board("06"), Role.MONEY_COORDINATOR, began)
    pots.appropriate(year, APPROPRIATION_KR, coordinator, letter=f"Regleringsbrev {year}")
    pots.reserve_national(year, NATIONAL_KR, coordinator)
    pots.allocate(pots.draft_key(year, {code: c.pot_kr for code, c in COUNTIES.items()}, coordinator, note="Som 2024"), coordinator)
    pots.record(cast.board("04"), year, PotSource.RETURNED, 164_600, Moment(SYSTEM, began))
    giver = cast.at(cast.board("08"), Role.TREASURER, days(now, -20, "11:00"))
    pots.propose_transfer(
        pots.find(cast.board("08").id, year, PotSource.ALLOCATION),
        pots.find(cast.board("04").id, year, PotSource.ALLOCATION),
        120_000,
        giver,
        reason="Söktrycket är lägre hos oss än i Södermanland i år.",
    )


# Open, national, coming, draft and cancelled calls


def _open(cast: Cast, now: datetime) -> None:
    """Södermanland's extra call closes in a few days and has been amended; Västerbotten's is open."""
    board = cast.board("04")
    call = walk.publish_call(
        cast,
        board,
        name="Extra utlysning för landsbygden",
        opens_at=days(now, -20, "09:00"),
        closes_at=days(now, 2),
        round=Round.EXTRA,
        available_kr=600_000,
        summary="För kommuner med liten förvaltning som vill behålla sin beredskap.",
        max_kr=400_000,
        longest_months=24,
    )
    when = cast.at(board, Role.OFFICER, days(now, -6, "13:00"))
    calls.amend(call, when)
    calls.edit(call, when, closes_at=days(now, 5), changes="Stängningstiden är flyttad tre dagar, eftersom flera kommuner bett om det.")
    calls.publish(call, when)
    _vingåker_writes(cast, call, now)
    walk.sent(cast, call, now, -2, ("0461", "Kompetenskartan", Purpose.LABOUR_MARKET, 260_000, 0), date(call.year + 1, 2, 1))
    walk.publish_call(
        cast,
        cast.board("24"),
        name="Insatser i samverkan mellan inlandskommuner",
        opens_at=days(now, -15, "09:00"),
        closes_at=days(now, 23),
        available_kr=1_694_000,
        summary="För länets femton kommuner, gärna flera tillsammans.",
        longest_months=36,
    )


def _vingåker_writes(cast: Cast, call: Call, now: datetime) -> None:
    """A draft, one that waits for its signature, and one that was put away."""
    _begun(cast, call, days(now, -4, "09:00"), "Första månaden", "Ett välkomstpaket och en kontaktperson från första dagen.", 220_000)
    ready = _begun(cast, call, days(now, -3, "09:00"), "Tolk när det behövs", "Rutiner och utbildning för bättre bruk av tolk.", 180_000)
    applications.prepare(ready, cast.at(ready.applicant, Role.PREPARER, days(now, -1, "15:20")))
    thrown = _begun(cast, call, days(now, -5, "09:00"), "Ungas egen plats", "Fritid och läxhjälp.", 90_000)
    applications.discard(thrown, cast.at(thrown.applicant, Role.PREPARER, days(now, -5, "16:00")))


def _begun(cast: Cast, call: Call, at: datetime, title: str, summary: str, asked_kr: int) -> Application:
    starts_on = date(call.year + 1, 2, 1)
    vingåker = cast.municipality("0428")
    return walk.draft(cast, call, vingåker, at, title=title, purpose=Purpose.OTHER, asked_kr=asked_kr, summary=summary, starts_on=starts_on)


def _national(cast: Cast, now: datetime) -> None:
    call = walk.publish_call(
        cast,
        cast.board("06"),
        name="Metoder som håller vid lågt mottagande",
        scope=Scope.NATIONAL,
        opens_at=days(now, -10, "09:00"),
        closes_at=days(now, 42),
        available_kr=NATIONAL_KR,
        longest_months=24,
        summary="För kommuner och kommunalförbund i hela landet. Insatsen ska beröra kommuner i minst två län.",
    )
    strömsund = cast.municipality("2313")
    application = walk.draft(
        cast,
        call,
        strömsund,
        days(now, -3, "09:00"),
        title="Beredskap på långa avstånd",
        purpose=Purpose.COOPERATION,
        asked_kr=900_000,
        summary="Små kommuner i två län delar på kompetens och jour.",
        targets=(TargetGroup.NEW_ARRIVALS, TargetGroup.UNACCOMPANIED),
        starts_on=date(civil_date(now).year + 1, 3, 1),
    )
    _cooperates(cast, application, now)


def _cooperates(cast: Cast, application: Application, now: datetime) -> None:
    """Strömsund in Jämtland names a municipality in Västerbotten, so that two counties are counted."""
    when = cast.at(application.applicant, Role.PREPARER, days(now, -2, "09:00"))
    applications.save(
        application,
        when,
        "syfte",
        primary_purpose=Purpose.COOPERATION,
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
        opens_at=days(now, 14, "09:00"),
        closes_at=days(now, 80),
        round=Round.THEMATIC,
        available_kr=2_000_000,
        summary="Tematisk utlysning om hälsa som väg till etablering.",
        longest_months=24,
    )
    officer = cast.at(cast.board("04"), Role.OFFICER, days(now, -2, "10:00"))
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
        opens_at=days(now, -40, "09:00"),
        closes_at=days(now, 10),
        available_kr=300_000,
        summary="Utlysningen är inställd.",
        longest_months=12,
    )
    calls.cancel(
        stopped, cast.at(cast.board("10"), Role.OFFICER, days(now, -30, "10:00")), "Medlen behövs i den ordinarie utlysningen nästa år."
    )
