"""The pages of the money ledger: what the coordinator, a treasurer and others see and can do there."""

from datetime import date

import pytest

from grants.domain.words import PotSource, Role
from grants.services import pots

from . import make

YEAR = date.today().year


@pytest.fixture
def money(app):
    make.pots(YEAR, {"04": 2_000_000, "08": 1_000_000})


def words(page) -> str:
    return page.get_text(" ", strip=True).replace("\xa0", " ")


def test_the_coordinator_books_the_appropriation_splits_it_and_sees_the_map(as_):
    client = as_(make.person(Role.MONEY_COORDINATOR))
    client.send("/potter/anslag", {"year": YEAR, "kr": "40 000 000", "letter": "Regleringsbrev", "national_kr": "3 000 000"})
    page = client.send(f"/potter/nyckel?ar={YEAR}", {"year": YEAR, "lan_04": "1", "lan_08": "3"})
    assert "9 250 000" in words(page)
    assert "27 750 000" in words(page)
    key = pots.keys_of(YEAR)[0]
    page = client.send(f"/potter/nyckel/{key.id}/fordela")
    assert "Pengarna är fördelade till länen." in words(page)
    assert "37 000 000" in words(page)
    assert "Rutkarta" in words(page)


def test_a_too_high_appropriation_is_corrected_from_the_page(as_):
    client = as_(make.person(Role.MONEY_COORDINATOR))
    client.send("/potter/anslag", {"year": YEAR, "kr": "50 000 000", "letter": "Regleringsbrev"})
    page = client.send("/potter/anslag/ratta", {"year": YEAR, "kr": "60 000 000", "reason": "Fel"}, status=422)
    assert "10 000 000 kr saknas" in words(page)
    page = client.send("/potter/anslag/ratta", {"year": YEAR, "kr": "10 000 000", "reason": "En nolla för mycket"})
    assert "Anslaget är rättat." in words(page)
    assert "40 000 000" in words(page)


def test_weights_can_be_pasted(as_):
    client = as_(make.person(Role.MONEY_COORDINATOR))
    client.send(f"/potter/nyckel?ar={YEAR}", {"year": YEAR, "pasted": "län;vikt\n04;10\n08\t30"})
    assert {share.county_code: share.weight for share in pots.keys_of(YEAR)[0].shares if share.weight} == {"04": 10, "08": 30}


def test_what_can_not_be_read_is_said_and_stays_in_the_box(as_):
    client = as_(make.person(Role.MONEY_COORDINATOR))
    page = client.send(f"/potter/nyckel?ar={YEAR}", {"year": YEAR, "pasted": "fyra;mycket;1"}, status=422)
    assert "går inte att läsa" in words(page)
    assert page.find("textarea", {"name": "pasted"}).get_text(strip=True) == "fyra;mycket;1"
    page = client.send("/potter/anslag", {"year": YEAR, "kr": "", "letter": ""}, status=422)
    assert "Skriv ett belopp" in words(page)


def test_a_treasurer_sees_the_own_boards_pots_and_no_map(money, as_):
    page = as_(make.person(Role.TREASURER)).page(f"/potter?ar={YEAR}")
    assert "2 000 000" in words(page)
    assert "1 000 000" not in words(page)
    assert "Rutkarta" not in words(page)


def test_a_pot_of_another_board_is_not_found(money, as_):
    other = pots.find(make.board("08").id, YEAR, PotSource.ALLOCATION)
    as_(make.person(Role.TREASURER)).page(f"/potter/{other.id}", status=404)


def test_a_pot_shows_every_posting_with_what_caused_it(money, as_):
    project = make.project(400_000)
    there = pots.find(make.board().id, YEAR, PotSource.ALLOCATION)
    page = as_(make.person(Role.TREASURER)).page(f"/potter/{there.id}")
    assert "Bundet av beslut" in words(page)
    assert "1 600 000" in words(page)
    assert page.find("a", href=f"/projekt/{project.id}")


def test_a_transfer_is_proposed_by_one_treasurer_and_accepted_by_the_other(money, as_):
    giver = pots.find(make.board().id, YEAR, PotSource.ALLOCATION)
    facts = {"giver": giver.id, "receiver": make.board("08").id, "kr": "300 000", "reason": "Vi har inga fler ansökningar."}
    page = as_(make.person(Role.TREASURER)).send("/potter/overforing", facts)
    assert "Föreslagen" in words(page)
    assert "Godkänn överföringen" not in words(page)
    other = as_(make.person(Role.TREASURER, make.board("08")))
    page = other.page(f"/potter?ar={YEAR}")
    page = other.send(page.find("form", action=lambda to: to.endswith("/godkann"))["action"])
    assert "Pengarna är överförda." in words(page)
    assert pots.balance(pots.find(make.board("08").id, YEAR, PotSource.ALLOCATION)).available == 1_300_000


def test_too_large_a_transfer_is_refused_on_the_page(money, as_):
    giver = pots.find(make.board().id, YEAR, PotSource.ALLOCATION)
    facts = {"giver": giver.id, "receiver": make.board("08").id, "kr": "3 000 000", "reason": "Skäl."}
    assert "högst 2 000 000 kr" in words(as_(make.person(Role.TREASURER)).send("/potter/overforing", facts, status=422))


def test_last_years_leftovers_are_taken_back_with_one_button(app, as_):
    make.pots(YEAR - 1, {"04": 500_000})
    client = as_(make.person(Role.MONEY_COORDINATOR))
    assert "Återför det som är kvar" in words(client.page(f"/potter?ar={YEAR - 1}"))
    assert "3 500 000 kr är återfört" in words(client.send("/potter/aterfor", {"year": YEAR - 1}))


def test_who_has_no_part_in_the_money_is_kept_out(money, as_):
    as_(make.person(Role.PREPARER)).page("/potter", status=403)
    as_(make.person(Role.TREASURER)).page("/potter/anslag", status=403)


def test_the_country_page_asks_the_database_little(app, as_, queries):
    make.pots(YEAR, {f"{number:02}": 10_000 for number in (1, *range(3, 11))})
    client = as_(make.person(Role.MONEY_COORDINATOR))
    with queries() as seen:
        client.page(f"/potter?ar={YEAR}")
    assert len(seen) <= 14


@pytest.mark.parametrize("year", ["99999999999999999999", "abc", "-1", ""])
def test_a_strange_year_in_the_address_shows_a_usual_one(money, as_, year):
    assert f"Potter {YEAR}" in words(as_(make.person(Role.TREASURER)).page(f"/potter?ar={year}"))
