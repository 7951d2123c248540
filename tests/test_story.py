"""One year of grants, lived through the pages by those who live it: from the appropriation to the annual report.

Ten people: money coordinator, officer, two assessors, decision-maker and treasurer of Södermanland's board, officer
and signatory of Vingåker, auditor, and a citizen. The clock is moved; nothing else is made up.
"""

from datetime import UTC, datetime

import pytest
import time_machine

from grants.domain.words import Role
from grants.extensions import db
from grants.models.applications import Application
from grants.services import records, statistics

from . import make
from .screen import Screen

YEAR = 2026


@pytest.fixture
def people(app):
    board, vingåker = make.board("04"), make.municipality("0428")
    return {
        "coordinator": make.person(Role.MONEY_COORDINATOR, make.board("06"), name="Per Dahlén"),
        "officer": make.person(Role.OFFICER, board, name="Karin Lindqvist"),
        "first": make.person(Role.ASSESSOR, board, name="Jamal Ahmed"),
        "second": make.person(Role.ASSESSOR, board, name="Eva Sjöström"),
        "decider": make.person(Role.DECIDER, board, name="Maria Hallgren"),
        "treasurer": make.person(Role.TREASURER, board, name="Anna Strand"),
        "preparer": make.person(Role.PREPARER, vingåker, name="Åsa Öberg"),
        "signatory": make.person(Role.SIGNATORY, vingåker, name="Lars Nyberg"),
        "auditor": make.person(Role.AUDITOR, make.board("22"), name="Arne Lidman"),
    }


@pytest.fixture
def sits_down(as_, people, client):
    """Somebody at a screen at a moment: `sits_down("officer", "2026-02-01 09:00", "/mitt-bord")`."""

    def at(who: str, moment: str, start: str = "/") -> Screen:
        clock.move_to(datetime.fromisoformat(moment).replace(tzinfo=UTC))
        return Screen(as_(people[who]) if who != "citizen" else client, start)

    with time_machine.travel(datetime(YEAR, 1, 1, tzinfo=UTC)) as clock:
        yield at


def test_a_year_of_grants(sits_down):
    the_money_is_divided(sits_down)
    call = a_call_is_published(sits_down)
    draft = vingåker_writes(sits_down, call)
    vingåker_signs(sits_down, draft)
    the_board_prepares(sits_down, draft)
    two_assess(sits_down, draft)
    the_board_decides(sits_down, draft, call)
    the_money_is_paid(sits_down, draft)
    vingåker_reports(sits_down)
    unused_money_comes_back_and_the_project_closes(sits_down)
    the_year_is_told(sits_down, draft)


def the_money_is_divided(sits_down):
    screen = sits_down("coordinator", f"{YEAR}-01-12 09:00", "/potter").follow("Bokför anslag")
    screen.fill(
        {"År": str(YEAR), "Anslag": "40 000 000", "Beslut": "Regleringsbrev 2026", "Varav till den nationella": "3 000 000"},
        "Bokför pengarna",
    )
    screen.go(f"/potter/nyckel?ar={YEAR}")
    screen.fill({"Södermanlands län": "2", "Kalmar län": "1", "Jönköpings län": "1"}, "Räkna ut fördelningen")
    assert screen.says("18 500 000")
    screen.press("Fördela 37 000 000 kr")
    assert screen.says("18 500 000")


def a_call_is_published(sits_down) -> str:
    screen = sits_down("officer", f"{YEAR}-01-20 09:00", "/utlysningar").follow("Skapa en utlysning")
    screen.fill({"namn": "Beredskap på landsbygden", "År": str(YEAR), "Slag": "Regional", "Omgång": "Ordinarie"}, "Skapa utkastet")
    outline = screen.address
    parts = {
        "grunder": {"Sammanfattning": "För länets nio kommuner."},
        "pengar": {"Att fördela": "1 600 000", "Högsta belopp": "1 500 000", "Längsta tid": "24"},
    }
    for part, boxes in parts.items():
        screen.go(f"/utlysningar/{number_in(outline)}/redigera/{part}").fill(boxes, "Spara uppgifterna")
    screen.go(f"/utlysningar/{number_in(outline)}/redigera/tider")
    screen.fill({}, "Spara uppgifterna", **{
        "opens_at-day": f"{YEAR}-02-01", "opens_at-clock": "09.00", "closes_at-day": f"{YEAR}-05-27", "closes_at-clock": "15.00",
    })  # fmt: skip
    screen.go(f"/utlysningar/{number_in(outline)}/redigera/kontakter")
    screen.fill({"Namn": "Karin Lindqvist", "E-post": "karin@lansstyrelsen.example"}, "Spara uppgifterna")
    screen.go(outline).follow("Granska och publicera").press("Publicera utlysningen")
    citizen = sits_down("citizen", f"{YEAR}-02-02 10:00", "/utlysningar").follow("Beredskap på landsbygden")
    assert citizen.says("onsdag 27 maj 2026 kl. 15.00", "1 600 000 kr")
    return citizen.address


def vingåker_writes(sits_down, call: str) -> str:
    screen = sits_down("preparer", f"{YEAR}-05-11 13:00", call).press("Börja en ansökan")
    draft = f"/ansokningar/{number_in(screen.address)}"
    sections = {
        "sammanfattning": {"Insatsens namn": "Språk och jobb", "Sammanfattning": "Praktik med språkstöd på landsbygden."},
        "syfte": {"Primärt syfte": "Arbetsmarknad", "Målgrupp": ["Nyanlända"]},
        "behov": {"behov": "Behovet är belagt i kommunens lägesbild."},
    }
    for section, boxes in sections.items():
        screen.go(f"{draft}/redigera/{section}").fill(boxes, "Spara och gå vidare")
    screen.go(f"{draft}/redigera/mal").fill({"Insatsen börjar": f"{YEAR}-09-01", "Insatsen slutar": f"{YEAR}-12-31"}, "Spara", **{
        "goals-0-text": "Fyrtio personer har deltagit", "goals-0-indicator": "Antal", "goals-0-target": "40",
        "activities-0-text": "Rekrytera arbetsgivare", "activities-0-responsible": "Projektledaren",
    })  # fmt: skip
    screen.go(f"{draft}/redigera/budget")
    screen.fill(
        {f"Löner {YEAR}, statsbidrag": "900 000", f"Material {YEAR}, statsbidrag": "350 000", f"Löner {YEAR}, egna medel": "250 000"},
        "Spara",
    )
    screen.go(f"{draft}/kontrollera")
    assert screen.says("Språk och jobb", "1 250 000 kr")
    screen.press("Skicka till underskrift")
    assert sits_down("officer", f"{YEAR}-05-12 09:00", "/arenden").says("Inga ärenden")
    return draft


def vingåker_signs(sits_down, draft: str):
    screen = sits_down("signatory", f"{YEAR}-05-27 12:51", "/oversikt").follow("Läs och skriv under")
    assert screen.says("allmän handling")
    boxes = {box["name"]: box.get("value", "y") for box in screen.soup.find_all("input", type="checkbox")}
    screen.press("Skriv under och skicka in", **boxes)
    assert screen.says("onsdag 27 maj 2026 kl. 14.51")
    assert screen.go(draft).says("Kom in i tid")


def the_board_prepares(sits_down, draft: str):
    screen = sits_down("officer", f"{YEAR}-05-28 09:00", "/arenden").follow("Språk och jobb").follow("Skriv diarienumret")
    screen.fill({"Diarienummer": "851-2147-2026"}, "Spara diarienumret").follow("Gör den formella kontrollen")
    everything = {box["name"]: "ja" for box in screen.soup.find_all("input", type="radio")}
    assert len(everything) == 5
    screen.fill({}, "Godkänn kontrollen", **everything)
    assert screen.says("Bedöms", "851-2147-2026")
    screen.follow("Utse bedömare").fill({"Bedömare": ["Jamal Ahmed", "Eva Sjöström"]}, "Utse bedömare")


def two_assess(sits_down, draft: str):
    for who, points in (("first", "4"), ("second", "5")):
        screen = sits_down(who, f"{YEAR}-06-03 10:00", "/mitt-bord").follow("Språk och jobb")
        assert not screen.says("Behovet är belagt i kommunens lägesbild")
        screen.press("Intyga att jag inte är jävig")
        assert screen.says("Behovet är belagt i kommunens lägesbild")
        names = {box["name"] for box in screen.soup.find_all(["input", "textarea"], attrs={"name": True})}
        filled = {n: points for n in names if n.startswith("points_")} | {n: "Väl beskrivet." for n in names if n.startswith("reason_")}
        screen.press("Lämna bedömningen", **filled)
    screen = sits_down("officer", f"{YEAR}-06-08 09:00", draft)
    assert screen.says("2 av 2 klara")
    screen.press("Avsluta bedömningen")


def the_board_decides(sits_down, draft: str, call: str):
    screen = sits_down("officer", f"{YEAR}-06-12 09:00", f"{call}/rangordning")
    assert screen.says("Vingåker", "4,50", "1 250 000")
    screen.go(draft).follow("Föreslå beslut")
    screen.fill({
        "Beslut": "Delvis beviljad", "Belopp att bevilja": "980 000", "Från årets tilldelning": "980 000", "Slutrapport senast": "2027-03-31",
        "Skäl för beslutet": "Behovet är väl belagt. Kostnaderna för material kan minskas.",
    }, "Spara förslaget")  # fmt: skip
    assert "Besluta enligt förslaget" not in screen.text
    screen = sits_down("decider", f"{YEAR}-06-15 11:00", "/beslut").follow("Språk och jobb")
    screen.press("Besluta enligt förslaget")
    assert screen.says("980 000 kr", "39 §", "40 §", "41 §", "42 §", "37 § förvaltningslagen", "Karin Lindqvist", "Maria Hallgren")
    letter = screen.client.get(next(a["href"] for a in screen.soup.find_all("a", href=True) if a["href"].endswith(".pdf")))
    assert letter.data.startswith(b"%PDF")
    municipality = sits_down("preparer", f"{YEAR}-06-16 08:00", draft)
    assert municipality.says("Delvis beviljad", "980 000 kr")


def the_money_is_paid(sits_down, draft: str):
    sits_down("officer", f"{YEAR}-06-18 09:00", "/utbetalningar").press("Lägg upp")
    screen = sits_down("treasurer", f"{YEAR}-06-22 09:00", "/utbetalningar").follow("Attestera")
    screen.fill({"Betalades ut": f"{YEAR}-06-22"}, "Attestera utbetalningen")
    screen.go("/potter")
    assert screen.says("980 000")


def vingåker_reports(sits_down):
    screen = sits_down("preparer", "2027-01-20 09:00", "/projekt").follow("Språk och jobb").press("Påbörja slutrapporten")
    names = {box["name"] for box in screen.soup.find_all(["input", "textarea"], attrs={"name": True})}
    answers = {name: "Vi har prövat arbetssättet." for name in names if name.startswith("svar_")}
    results = {name: "met" for name in names if name.startswith("mal_")}
    spent = {"utfall_staff": "1 145 688", "bidrag_staff": "895 688", "utfall_material": "0", "bidrag_material": "0"}
    assert answers and results and spent.keys() <= names, sorted(names)
    screen.press("Spara och granska", **(answers | results | spent))
    assert screen.says("84 312 kr")
    screen = sits_down("signatory", "2027-02-01 09:00", screen.address)
    screen.press("Skriv under och skicka rapporten")


def unused_money_comes_back_and_the_project_closes(sits_down):
    screen = sits_down("officer", "2027-02-10 09:00", "/projekt").follow("Språk och jobb")
    project = screen.address
    screen.follow("Slutrapport").fill({}, "Godkänn rapporten")
    screen.go(project).follow("Återkräv pengar")
    screen.fill(
        {"Grund": "inte använts", "Belopp": "84 312", "Skäl": "Enligt slutrapporten.", "Ska betalas senast": "2027-03-31"}, "Återkräv"
    )
    assert "Avsluta projektet" not in [button.get_text(strip=True) for button in screen.go(project).soup.find_all("button")]
    screen = sits_down("treasurer", "2027-03-15 09:00", project).follow("Bokför återbetalning")
    screen.fill({"Kom tillbaka": "2027-03-12"}, "Bokför återbetalningen")
    screen = sits_down("officer", "2027-03-20 09:00", project).press("Avsluta projektet")
    assert screen.says("Avslutat")
    assert sits_down("coordinator", "2027-03-21 09:00", "/potter?ar=2027").says("84 312")


def the_year_is_told(sits_down, draft: str):
    citizen = sits_down("citizen", "2027-04-01 09:00", f"/statistik/{YEAR}")
    assert citizen.says("40 000 000", "1 250 000")
    assert citizen.go("/projektbank").follow("Språk och jobb").says("Vingåkers kommun", "980 000 kr")
    figures = statistics.annual(YEAR)
    assert (figures["received"], figures["applied_kr"], figures["granted_projects"], figures["paid_kr"]) == (1, 1_250_000, 1, 980_000)
    assert statistics.annual(2027)["closed"] == 1
    auditor = sits_down("auditor", "2027-04-02 09:00", draft)
    assert auditor.says("851-2147-2026") and not auditor.soup.find_all("form", action=lambda action: action and "ansokningar" in action)
    assert records.first_broken_row() is None
    assert db.session.query(Application).count() == 1


def number_in(address: str) -> str:
    return next(part for part in address.split("/") if part.isdigit())
