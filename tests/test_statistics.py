"""The annual statistics: every figure is the sum of its rows, totals are the sums of their parts, unknown is null."""

import csv
import json
import random
from decimal import Decimal
from io import StringIO

import pytest

from grants.domain.metrics import METRICS, ratio_level, reading
from grants.domain.purposes import PURPOSES
from grants.domain.words import Outcome, Role
from grants.extensions import db
from grants.schemas.statistics import COLUMNS, as_csv, as_json, numbers
from grants.services import importing, statistics

from . import make

KEYS = (
    "year to_distribute_kr national_reserve_kr applied_kr applied_unknown application_ratio application_ratio_regional received "
    "granted_applications_from_allocation granted_projects granted_regional_kr granted_from_allocation_kr granted_from_returned_kr "
    "paid_kr granted_by_primary_purpose closed closed_regional closed_by_primary_purpose closed_by_grant_year national by_county"
).split()
NATIONAL_KEYS = "received counties applied_kr granted granted_kr closed".split()
COUNTY_KEYS = "county_code pot_kr returned_pot_kr received applied_kr granted granted_kr of_which_returned_kr closed".split()
OUTCOMES = ("beviljad", "delvis beviljad", "avslag", "avvisad", "avskriven", "under beredning")
PURPOSE_WORDS = [*(label for _, label in PURPOSES.choices()), ""]
YEAR = 2019


def random_case(chance: random.Random) -> dict[str, object]:
    """One believable row of a file: any outcome, some facts unknown."""
    outcome = chance.choice(OUTCOMES)
    granted = chance.randrange(0, 900_000) if "bevilj" in outcome else ""
    national = chance.random() < 0.2
    closed = granted != "" and chance.random() < 0.6
    decided = outcome != "under beredning" and chance.random() < 0.9
    return {
        "year": chance.choice((YEAR - 2, YEAR - 1, YEAR)), "scope": "nationell" if national else "regionell",
        "board": "06" if national else chance.choice(("01", "04", "06", "25")), "applicant": chance.choice(("0180", "0428", "0684", "1290", "2584")),
        "primary_purpose": chance.choice(PURPOSE_WORDS), "applied_kr": chance.choice(("", 0, chance.randrange(1, 2_000_000))), "outcome": outcome,
        "granted_kr": granted, "of_which_returned_kr": chance.choice(("", 0, granted, granted and granted // 3)) if granted != "" else "",
        "decided_on": f"{YEAR - chance.choice((0, 1, 2))}-01-01" if decided else "", "status": "avslutad" if closed else "pågår" if granted != "" else "",
        "closed_on": chance.choice(("", f"{YEAR}-01-01", f"{YEAR}-12-31", f"{YEAR + 1}-01-01")) if closed else "",
    }  # fmt: skip


def fill(seed: int, *, cases: int = 80) -> None:
    """A database with random cases and pots around the year."""
    chance = random.Random(seed)
    importing.grants(make.grants_file(*(random_case(chance) for _ in range(cases))), make.system())
    pots = "year,board,source,amount_kr\n2019,06,nationell,300000\n2019,04,tilldelning,1200000\n2019,25,tilldelning,70\n2019,25,återbetalt,11\n2018,01,tilldelning,5\n"
    importing.pots(pots.encode(), make.system())


def count(year: int = YEAR) -> dict:
    return json.loads(as_json(statistics.annual(year)))


def code_of(label: str | None) -> str | None:
    """The address of a purpose's rows is its code; "okänt" is its own."""
    return label and (PURPOSES.code_of(label) or label)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_figure_is_the_sum_of_the_rows_behind_it(app, seed):
    fill(seed)
    tried = set()
    for key, part, value in numbers(count()):
        place = {"county": part.get("county_code")}
        if key in statistics.POT_FIGURES:
            query = statistics.postings_behind(YEAR, key, **place)
        elif key in statistics.FIGURES:
            query = statistics.rows_behind(YEAR, key, purpose=code_of(part.get("purpose")), granted_in=part.get("grant_year"), **place)
        else:
            assert METRICS[key].unit == "kvot"
            continue
        tried.add(key)
        if key == "national.counties":
            found = db.session.execute(query).all()
            assert value == len({case.applicant.county_code for case, _ in found})
        else:
            assert statistics.amount_behind(query)[1] == value, (key, part)
    assert tried == {*statistics.FIGURES, *statistics.POT_FIGURES}


@pytest.mark.parametrize("seed", [3, 4])
def test_totals_are_the_sums_of_their_parts(app, seed):
    fill(seed)
    f = count()
    county = {key: sum(row[key] for row in f["by_county"]) for key in COUNTY_KEYS[1:]}
    assert (f["received"], f["applied_kr"], f["granted_projects"]) == (county["received"], county["applied_kr"], county["granted"])
    assert (f["granted_regional_kr"], f["closed_regional"]) == (county["granted_kr"], county["closed"])
    assert f["granted_projects"] == sum(row["count"] for row in f["granted_by_primary_purpose"])
    assert f["granted_regional_kr"] == sum(row["granted_kr"] for row in f["granted_by_primary_purpose"])
    assert f["closed_regional"] == sum(row["count"] for row in f["closed_by_primary_purpose"])
    assert f["closed"] == sum(f["closed_by_grant_year"].values()) == f["closed_regional"] + f["national"]["closed"]
    assert (
        f["granted_from_allocation_kr"] + f["granted_from_returned_kr"]
        == f["granted_regional_kr"] + f["national"]["granted_kr"]
        == f["paid_kr"]
    )
    assert f["to_distribute_kr"] == f["national_reserve_kr"] + county["pot_kr"]


def test_the_json_has_exactly_the_keys_of_the_contract(app):
    fill(5, cases=20)
    f = count()
    assert list(f) == KEYS
    assert list(f["national"]) == NATIONAL_KEYS
    assert [list(row) for row in f["by_county"]] == [COUNTY_KEYS] * 21
    assert [row["county_code"] for row in f["by_county"]] == sorted(row["county_code"] for row in f["by_county"])
    assert [row["purpose"] for row in f["closed_by_primary_purpose"]][:8] == [label for _, label in PURPOSES.choices()]
    assert list(f["granted_by_primary_purpose"][0]) == ["purpose", "count", "granted_kr"]
    assert list(f["closed_by_primary_purpose"][0]) == ["purpose", "count"]


def test_a_year_without_cases_counts_none_and_knows_no_pots(app):
    f = count(2011)
    assert (f["received"], f["applied_kr"], f["closed"], f["closed_by_grant_year"], f["national"]["counties"]) == (0, 0, 0, {}, 0)
    unknown = ("to_distribute_kr", "national_reserve_kr", "application_ratio", "application_ratio_regional")
    assert [f[key] for key in unknown] == [None] * 4
    assert {(row["pot_kr"], row["returned_pot_kr"]) for row in f["by_county"]} == {(None, None)}
    assert len(f["granted_by_primary_purpose"]) == 8


def test_the_two_ratios_are_rounded_half_up_to_two_decimals(app):
    importing.pots(b"year,board,source,amount_kr\n2019,06,nationell,3000000\n2019,04,tilldelning,37000000\n", make.system())
    make.grant(applied_kr=54_273_805)
    make.grant(applied_kr="", scope="nationell", board="06")
    f = statistics.annual(YEAR)
    assert (f["application_ratio"], f["application_ratio_regional"]) == (Decimal("1.36"), Decimal("1.47"))
    assert (f["applied_unknown"], count()["application_ratio"]) == (0, 1.36)


def test_an_unknown_amount_adds_nothing_and_is_told(app):
    make.grant(applied_kr="", of_which_returned_kr="", primary_purpose="", decided_on="", status="avslutad", closed_on="2019-09-01")
    f = count()
    assert (f["applied_kr"], f["applied_unknown"], f["granted_from_allocation_kr"]) == (0, 1, 400_000)
    assert f["granted_by_primary_purpose"][8] == {"purpose": "okänt", "count": 1, "granted_kr": 400_000}
    assert (f["closed_by_primary_purpose"][8]["count"], f["closed_by_grant_year"]) == (1, {"okänt": 1})
    assert statistics.unknown_returned_shares(YEAR) == 1


def test_sources_of_money_are_counted_apart(app):
    make.grant(of_which_returned_kr=400_000)
    make.grant(of_which_returned_kr=399_999)
    make.grant(scope="nationell", board="06", applicant="1290", granted_kr=100)
    f = count()
    assert (f["granted_projects"], f["granted_applications_from_allocation"], f["granted_regional_kr"]) == (2, 1, 800_000)
    assert (f["granted_from_allocation_kr"], f["granted_from_returned_kr"], f["paid_kr"]) == (101, 799_999, 800_100)
    assert f["national"] == {"received": 1, "counties": 1, "applied_kr": 500_000, "granted": 1, "granted_kr": 100, "closed": 0}


def test_only_received_cases_count_and_only_decided_grants(app):
    year = make.now().year
    make.pots(year)
    case = make.reviewed_case(300_000)
    assert [count(year)[key] for key in ("received", "applied_kr", "granted_projects")] == [1, 300_000, 0]
    proposed = make.decision(case, "proposed", outcome=Outcome.PARTLY_GRANTED, kr=200_000)
    assert count(year)["granted_regional_kr"] == 0
    assert proposed.granted_kr == 200_000


def test_the_figures_move_when_a_case_of_the_system_is_decided(app):
    year = make.now().year
    make.pots(year, {"04": 2_000_000, "08": 1_000_000}, national_kr=500_000)
    make.project(400_000)
    f = count(year)
    assert (f["to_distribute_kr"], f["national_reserve_kr"], f["application_ratio_regional"]) == (3_500_000, 500_000, 0.13)
    assert (f["granted_projects"], f["granted_from_allocation_kr"], f["paid_kr"]) == (1, 400_000, 0)
    own = next(row for row in f["by_county"] if row["county_code"] == "04")
    assert (own["pot_kr"], own["returned_pot_kr"], own["granted_kr"]) == (2_000_000, 0, 400_000)
    make.grant(year=year)
    assert count(year)["granted_projects"] == 2


def test_a_case_is_closed_in_the_calendar_year_of_its_last_day(app):
    make.grant(status="avslutad", closed_on="2024-01-01")
    make.grant(status="avslutad", closed_on="2024-12-31")
    make.grant(status="avslutad", closed_on="2025-01-01")
    make.grant(status="avslutad")
    assert count(2024)["closed_by_grant_year"] == {"2019": 2}


def test_the_csv_holds_every_number_with_unit_and_definition(app):
    fill(6, cases=20)
    rows = list(csv.DictReader(StringIO(as_csv(statistics.annual(YEAR))), delimiter=";"))
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == len(list(numbers(count())))
    assert all(row["definition"] and row["name"] and row["unit"] for row in rows)
    assert next(row["value"] for row in rows if row["figure"] == "received") == str(count()["received"])


@pytest.mark.parametrize(("shape", "first"), [("json", "{"), ("csv", "year;figure;")])
def test_the_command_writes_the_figures_and_nothing_else(app, shape, first):
    said = app.test_cli_runner().invoke(args=["statistics", "annual", "--year", "2019", "--format", shape])
    assert said.exit_code == 0
    assert said.stdout.startswith(first)
    assert said.stdout.endswith("}\n" if shape == "json" else "\n")


def test_every_figure_has_a_definition_and_readings_are_said_to_be_readings():
    assert {*statistics.FIGURES, *statistics.POT_FIGURES} < set(METRICS)
    assert "63 insatser" in reading("granted_applications_from_allocation", 2024)
    assert reading("closed", 2023) is None
    assert [ratio_level(value) for value in (None, Decimal("1.09"), Decimal("1.10"), Decimal("1.70"))] == [None, 1, 2, 4]


ADDRESSES = ("", "/2019", "/2011", "/2019/underlag/received", "/2019/underlag/national.granted", "/2019/underlag/to_distribute_kr")


def test_the_pages_are_open_to_everybody_and_ask_little(app, client, as_, queries):
    fill(7)
    for visitor in (client, as_(make.person(Role.AUDITOR))):
        for address in ADDRESSES:
            with queries() as seen:
                visitor.page(f"/statistik{address}")
            assert len(seen) <= 12, (address, seen)


def test_the_year_page_names_both_ratios_and_leads_to_the_rows(app, client):
    importing.pots(b"year,board,source,amount_kr\n2019,06,nationell,3000000\n2019,04,tilldelning,37000000\n", make.system())
    make.grant(applied_kr=54_273_805, status="avslutad", closed_on="2019-12-01")
    page = client.page("/statistik/2019")
    text = page.get_text(" ", strip=True).replace("\u00a0", " ")
    for words in ("Publicerad sökkvot", "1,36", "54 273 805 / 40 000 000", "Regional sökkvot", "1,47", "54 273 805 / 37 000 000"):
        assert words in text
    for address in {link["href"] for link in page.select("a[href*=underlag]")}:
        client.page(address)


def test_readings_are_labelled_where_they_are_shown(app, client):
    make.grant(year=2024, status="avslutad", decided_on="2024-05-01", closed_on="2024-12-01")
    text = client.page("/statistik/2024").get_text(" ", strip=True)
    assert "Tolkning." in text
    assert "58 i tabell 7" in text
    assert "Tolkning" in client.page("/statistik/2024/underlag/closed").get_text(" ", strip=True)


def test_the_rows_are_shown_to_those_who_may_see_them(app, client, as_):
    make.grant(title="Sedd", reference="R-1")
    make.grant(board="06", applicant="0684", title="Andras", reference="R-2")
    address = "/statistik/2019/underlag/received"
    assert "Du får se 0 av 2 ärenden." in client.page(address).get_text(" ", strip=True)
    officer = as_(make.person(Role.OFFICER)).page(address).get_text(" ", strip=True)
    assert "Du får se 1 av 2 ärenden." in officer
    assert "Sedd" in officer
    assert "Andras" not in officer
    auditor = as_(make.person(Role.AUDITOR))
    assert "Du får se 2 av 2 ärenden." in auditor.page(address).get_text(" ", strip=True)
    assert "Sedd" not in auditor.page(address + "?lan=06").get_text(" ", strip=True)


@pytest.mark.parametrize(
    "address",
    [
        "1999",
        "2019/underlag/nothing",
        "2019/underlag/received?lan=99",
        "2019/underlag/received?syfte=x",
        "2019/underlag/closed_by_grant_year?beviljat=x",
    ],
)
def test_an_address_without_figures_is_no_page(app, client, address):
    client.page(f"/statistik/{address}", status=404)


def test_the_files_can_be_downloaded(app, client):
    make.grant()
    assert client.get("/statistik/2019.json").get_json()["received"] == 1
    answer = client.get("/statistik/2019.csv")
    assert answer.headers["Content-Disposition"].endswith('"p37-statistik-2019.csv"')
    assert answer.mimetype == "text/csv"


def test_published_figures_stand_in_the_series_beside_our_own(app, client):
    content = "year,metric,scope,value,source\n2016,appropriation_kr,riket,60000000,Regeringen\n2016,application_ratio,riket,1.8,Rapporten\n2019,application_ratio,riket,1.5,Rapporten\n"
    importing.published(content.encode(), make.system())
    make.grant()
    years = statistics.series()
    assert [own.year for own in years] == [2019, 2016]
    assert (years[1].value("to_distribute_kr"), years[1].is_published("to_distribute_kr"), years[1].has_cases) == (60_000_000, True, False)
    assert years[0].value("received") == 1
    text = client.page("/statistik").get_text(" ", strip=True).replace("\u00a0", " ")
    assert "60 000 000 publicerat" in text
    assert "2016 1,8" in client.page("/statistik/2019").get_text(" ", strip=True)
