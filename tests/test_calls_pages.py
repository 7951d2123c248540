"""The pages of calls: what everybody reads, and the board's desk without script."""

from datetime import timedelta

import pytest

from grants.domain.completeness import CallPart
from grants.domain.words import QuestionKind, Role, Scope
from grants.services import calls

from . import make


@pytest.fixture
def desk(app, as_):
    """An officer's client at the board in Södermanland."""
    return as_(make.person(Role.OFFICER, make.board("04")))


def text_of(page):
    """What a page says, with ordinary spaces."""
    return page.get_text(" ", strip=True).replace("\u00a0", " ")


def rows_of(kept, fields):
    """A part's rows as a browser sends them."""
    sent = {}
    for number, row in enumerate(kept):
        for field in fields:
            value = getattr(row, field, "")
            if field == "levels":
                value = "\n".join(level.text for level in value)
            sent[f"rows-{number}-{field}"] = value
    return sent


def test_everybody_reads_a_published_call_with_its_deadline_and_criteria(client):
    call = make.call()
    page = text_of(client.page(f"/utlysningar/{call.id}"))
    for words in (
        "Sök senast",
        "3 000 000 kr",
        "25 %",
        "Behovet är inte beskrivet.",
        "Karin Kontakt",
        "Vad har insatsen lett till?",
        "Version 1",
    ):
        assert words in page
    assert "Sökt mot potten" not in page
    assert call.name in text_of(client.page("/utlysningar"))


def test_a_national_call_tells_the_three_alternatives(client):
    page = text_of(client.page(f"/utlysningar/{make.call(scope=Scope.NATIONAL).id}"))
    assert "i samverkan mellan kommuner i minst två län" in page
    assert "i hela landet" in page


def test_the_board_opens_a_call_from_before_the_system(app, desk):
    call = calls.record(make.board("04"), make.system(), year=2019, scope=Scope.REGIONAL, name="Beredskap 2019")
    page = text_of(desk.page(f"/utlysningar/{call.id}"))
    assert "tiden före systemet" in page
    assert "Ändra utlysningen" not in page


def test_a_draft_is_not_there_for_others_than_its_board(app, as_, client, desk):
    call = make.call(state="complete")
    stranger = as_(make.person(Role.OFFICER, make.board("05")))
    assert stranger.get(f"/utlysningar/{call.id}").status_code == 404
    assert client.get(f"/utlysningar/{call.id}").status_code == 302
    assert call.name not in text_of(client.page("/utlysningar"))
    assert "Utkast" in text_of(desk.page(f"/utlysningar/{call.id}"))
    assert call.name in text_of(desk.page("/utlysningar"))


def test_those_who_may_apply_get_a_button_and_others_a_reason(app, as_):
    call = make.call()
    writer = as_(make.person(Role.PREPARER, make.municipality("0428")))
    assert "Börja en ansökan" in text_of(writer.page(f"/utlysningar/{call.id}"))
    elsewhere = as_(make.person(Role.PREPARER, make.municipality("0180")))
    page = text_of(elsewhere.page(f"/utlysningar/{call.id}"))
    assert "Börja en ansökan" not in page
    assert "kommuner och kommunalförbund i länet" in page
    reader = as_(make.person(Role.READER, make.municipality("0428")))
    assert "Be en handläggare" in text_of(reader.page(f"/utlysningar/{call.id}"))


def test_the_board_sees_the_pressure_on_its_own_call_and_others_do_not(app, as_, desk):
    call = make.call()
    assert "Sökt mot potten" in text_of(desk.page(f"/utlysningar/{call.id}"))
    neighbour = as_(make.person(Role.OFFICER, make.board("05")))
    assert "Sökt mot potten" not in text_of(neighbour.page(f"/utlysningar/{call.id}"))


def test_an_officer_writes_a_call_from_nothing_to_publication(app, desk):
    page = desk.send("/utlysningar/ny", {"name": "Beredskap 2031", "year": "2031", "scope": "regional", "round": "ordinary"})
    assert "Saknas: sammanfattning" in text_of(page)
    call = calls.of_board(make.moment(make.person(Role.OFFICER, make.board("04"))).actor)[0]
    parts = {
        "grunder": {"name": "Beredskap 2031", "round": "ordinary", "summary": "Sök för att ta emot väl.", "text": ""},
        "tider": {"opens_at-day": "2031-03-01", "opens_at-clock": "09.00", "closes_at-day": "2031-05-27", "closes_at-clock": "15.00"},
        "pengar": {"available_kr": "3 150 000"},
        "kontakter": {"rows-0-name": "Karin", "rows-0-email": "karin@lst.example.se"},
    }
    for part, sent in parts.items():
        page = desk.send(f"/utlysningar/{call.id}/redigera/{part}", {**sent, "row_version": str(call.row_version)})
        assert "Uppgifterna är sparade" in text_of(page)
    assert "Saknas" not in text_of(page)
    page = desk.send(f"/utlysningar/{call.id}/publicera", {"row_version": str(call.row_version)})
    assert "tisdag 27 maj 2031 kl. 15.00" in text_of(page)
    assert call.published_number == 1


@pytest.mark.parametrize("part", list(CallPart))
def test_every_part_can_be_opened_and_saved_as_it_is(app, desk, part):
    call = make.call(state="complete")
    address = f"/utlysningar/{call.id}/redigera/{part}"
    page, before = desk.page(address), call.draft_version.terms
    sent = {}
    for box in page.select("main form input, main form textarea, main form select"):
        if box.get("type") in ("radio", "checkbox") and not box.has_attr("checked"):
            continue
        chosen = box.select_one("option[selected]") or box.select_one("option")
        value = chosen["value"] if chosen else box.get("value") or (box.get_text().lstrip("\n") if box.name == "textarea" else "")
        sent.setdefault(box["name"], []).append(value)
    desk.send(address, sent)
    assert call.draft_version.terms == before


def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost(app, desk):
    call = make.call(state="draft")
    page = desk.send(f"/utlysningar/{call.id}/redigera/pengar", {"available_kr": "tre miljoner", "max_kr": "500 000"}, status=422)
    assert page.select_one("#available_kr")["value"] == "tre miljoner"
    assert page.select_one("#available_kr")["aria-invalid"] == "true"
    assert page.select_one("#max_kr")["value"] == "500 000"
    page = desk.send(f"/utlysningar/{call.id}/redigera/pengar", {"min_kr": "2", "max_kr": "1"}, status=422)
    assert "Det minsta beloppet" in text_of(page)


def test_rows_are_added_and_removed_without_script_and_keep_their_keys(app, desk):
    call = make.call(state="complete")
    address, terms = f"/utlysningar/{call.id}/redigera/kriterier", call.draft_version.terms
    sent = rows_of(terms.criteria, ("key", "name", "weight", "help", "levels"))
    page = desk.send(address, {**sent, "more": "1"})
    assert len(page.select("fieldset.set")) == 6
    assert call.draft_version.terms == terms
    sent |= {
        "rows-0-name": "Behov i kommunen",
        "rows-1-remove": "y",
        "rows-5-name": "Behov",
        "rows-5-weight": "5",
        "rows-5-levels": "Nej\nJa",
        "rows-5-key": "cost",
    }
    desk.send(address, sent)
    kept = {c.key: c.name for c in call.draft_version.terms.criteria}
    assert kept["need"] == "Behov i kommunen"
    assert "goals" not in kept
    assert kept["cost"] == "Kostnad"
    assert kept["behov"] == "Behov"


def test_a_question_of_choice_needs_its_alternatives(app, desk):
    call = make.call(state="draft")
    address = f"/utlysningar/{call.id}/redigera/fragor"
    question = {"rows-0-text": "Vilken skolform?", "rows-0-kind": "choice", "rows-0-options": "Grundskola"}
    assert "minst två alternativ" in text_of(desk.send(address, question, status=422))
    desk.send(address, {**question, "rows-0-options": "Grundskola\nGymnasium", "rows-0-required": "y"})
    made = call.draft_version.terms.questions[0]
    assert (made.key, made.kind, made.required, made.options) == ("vilken-skolform", QuestionKind.CHOICE, True, ("Grundskola", "Gymnasium"))


def test_who_saves_second_sees_both_texts(app, desk):
    call = make.call(state="draft")
    address, seen = f"/utlysningar/{call.id}/redigera/grunder", str(call.row_version)
    sent = {"name": call.name, "round": "ordinary", "row_version": seen}
    desk.send(address, {**sent, "summary": "Den första texten."})
    page = desk.send(address, {**sent, "summary": "Den andra texten."}, status=409)
    assert "Den första texten." in text_of(page)
    assert "Den andra texten." in text_of(page)
    assert call.draft_version.summary == "Den första texten."
    again = page.select_one("input[name=row_version]")["value"]
    desk.send(address, {**sent, "summary": "Båda.", "row_version": again})
    assert call.draft_version.summary == "Båda."


def test_an_amendment_is_shown_side_by_side_before_and_after_publication(app, client, desk):
    call = make.call()
    desk.send(f"/utlysningar/{call.id}/andra")
    desk.send(f"/utlysningar/{call.id}/redigera/pengar", {"available_kr": "4 000 000", "row_version": str(call.row_version)})
    assert "4 000 000 kr" not in text_of(client.page(f"/utlysningar/{call.id}"))
    page = text_of(desk.page(f"/utlysningar/{call.id}/publicera"))
    assert "3 000 000 kr" in page
    assert "4 000 000 kr" in page
    sent = {"row_version": str(call.row_version)}
    assert "Skriv vad som har ändrats" in text_of(desk.send(f"/utlysningar/{call.id}/publicera", sent, status=422))
    desk.send(f"/utlysningar/{call.id}/publicera", {**sent, "changes": "Beloppet höjdes."})
    assert "Beloppet höjdes." in text_of(client.page(f"/utlysningar/{call.id}"))
    page = text_of(client.page(f"/utlysningar/{call.id}/versioner/2"))
    assert "3 000 000 kr" in page
    assert "4 000 000 kr" in page
    assert "äldre version" in text_of(client.page(f"/utlysningar/{call.id}/versioner/1"))


def test_a_copy_is_made_with_one_button(app, desk):
    call = make.call(name="Beredskap 2026", year=2026)
    page = desk.send(f"/utlysningar/{call.id}/kopiera")
    assert "Beredskap 2027" in text_of(page)
    assert "öppningstid" in text_of(page)


def test_only_officers_of_the_board_reach_the_desk(app, as_):
    call = make.call()
    for person in (make.person(Role.DECIDER, call.board), make.person(Role.OFFICER, make.board("05")), make.person(Role.PREPARER)):
        client = as_(person)
        for address in ("redigera", "redigera/pengar", "publicera", "stall-in"):
            assert client.get(f"/utlysningar/{call.id}/{address}").status_code == 403


def test_the_list_costs_few_queries_whatever_the_number_of_calls(app, desk, client, queries):
    now = make.now()
    for number in range(60):
        make.call(closes_at=now + timedelta(days=number - 30), opens_at=now - timedelta(days=99))
    for reader in (client, desk):
        reader.page("/utlysningar")
        with queries() as seen:
            reader.page("/utlysningar")
        assert len(seen) <= 12, "\n".join(seen)


def test_odd_addresses_are_answered_calmly(app, client, desk):
    call = make.call(state="complete")
    assert desk.get(f"/utlysningar/{call.id}/redigera/okant").status_code == 404
    assert client.get(f"/utlysningar/{make.call().id}/versioner/7").status_code == 404
    client.page("/utlysningar?lan=99&omfattning=x&malgrupp=y&sida=999")
    client.page("/utlysningar?sida=tre")


def test_a_long_list_of_closed_calls_is_paged(app, client):
    now = make.now()
    for days in range(1, 52):
        make.call(name=f"Stängd {days}", closes_at=now - timedelta(days=days), opens_at=now - timedelta(days=99))
    assert "Stängd 51" not in text_of(client.page("/utlysningar"))
    assert "Stängd 51" in text_of(client.page("/utlysningar?sida=2"))
