"""Logging in and out, invitations, roles and organisations."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from grants.domain.errors import Forbidden, Unmet
from grants.domain.mandates import roles_of, roles_to_give
from grants.domain.permissions import Actor
from grants.domain.words import NATIONAL_ROLES, OrganisationKind, Role
from grants.extensions import db
from grants.models.people import Invitation, LoginAttempt, Mandate, Person, Session
from grants.models.records import Event, Installation, Job
from grants.services import mandates, passwords, people
from grants.web.people.doors import safe

from . import make
from .pageclient import text_of

NEW_PASSWORD = "tre helt nya ord"


def log_in(client, email, password=make.PASSWORD, **more):
    return client.post("/logga-in", data={"email": email, "password": password, **more})


def link_in_the_last_letter() -> str:
    return db.session.scalars(select(Job).order_by(Job.id.desc())).first().payload["leads_to"]


def test_who_knows_the_password_comes_in_and_the_cookie_holds_nothing_but_the_token(client):
    person = make.person(Role.SIGNATORY)
    answer = log_in(client, person.email.upper())
    assert answer.status_code == 302
    with client.session_transaction() as cookie:
        assert set(cookie) - {"csrf_token"} == {"_user_id", "_fresh"}
        assert db.session.scalars(select(Session.token_hash)).one() == passwords.fingerprint(cookie["_user_id"])
    assert person.name in client.page("/konto").get_text()


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(client):
    person = make.person()
    wrong, unknown = log_in(client, person.email, "fel"), log_in(client, "ingen@example.se", "fel")
    assert wrong.status_code == unknown.status_code == 422
    assert text_of(wrong) == text_of(unknown)
    assert db.session.scalar(select(func.count()).select_from(LoginAttempt)) == 4


def test_eight_failures_in_a_quarter_close_the_account_even_for_the_right_password(client):
    person = make.person()
    for _ in range(people.MOST_FAILURES):
        log_in(client, person.email, "fel")
    answer = log_in(client, person.email)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "Vänta en kvart" in text_of(answer)


def test_failures_from_one_address_close_it_for_every_account(client):
    for number in range(people.MOST_FROM_ONE_PLACE):
        log_in(client, f"gissning{number}@example.se", "fel")
    assert log_in(client, make.person().email).status_code == 429


def test_failures_are_forgiven_after_a_quarter_and_by_a_success(app):
    now = make.now()
    people.remember_attempt(["a"] * people.MOST_FAILURES, now, succeeded=False)
    db.session.flush()
    assert people.is_throttled("a", now)
    assert not people.is_throttled("a", now + people.FAILURES_WITHIN)
    people.remember_attempt(["a"], now, succeeded=True)
    db.session.flush()
    assert not people.is_throttled("a", now)


def test_no_address_or_account_is_kept_of_a_failed_login(client):
    log_in(client, "hemlig@example.se", "fel")
    marks = db.session.scalars(select(LoginAttempt.fingerprint)).all()
    assert all(re.fullmatch("[0-9a-f]{64}", mark) for mark in marks)


def test_each_login_gets_a_new_token_and_ends_the_one_before(client):
    person = make.person()
    log_in(client, person.email)
    first = db.session.scalars(select(Session)).one()
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    first.seen_at = make.now() - timedelta(hours=9)
    assert client.get("/konto").status_code == 302
    log_in(client, person.email)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != token
    assert db.session.get(Session, first.id).ended_at


@pytest.mark.parametrize("address", ["//ond.se", "https://ond.se", "/\\ond.se", "javascript:alert(1)", "/a\n/b", "ond.se", "", None])
def test_after_login_nobody_is_led_to_another_site(address):
    assert safe(address) == ""


def test_after_login_one_comes_to_the_page_one_wanted(client):
    assert client.get("/konto").headers["Location"].startswith("/logga-in?next=/konto")
    assert log_in(client, make.person().email, next="/konto").headers["Location"] == "/konto"
    assert client.get("/konto").status_code == 200
    assert safe("/arenden?lage=checked") == "/arenden?lage=checked"


def test_who_holds_no_role_today_is_told_so(client):
    person = make.person()
    person.mandates[0].to_on = make.now().date()
    answer = log_in(client, person.email)
    assert answer.status_code == 403
    assert "ingen roll" in text_of(answer)


def test_logging_out_ends_the_session_in_the_database(as_):
    client = as_(make.person())
    client.send("/logga-ut")
    assert db.session.scalars(select(Session)).one().ended_at
    assert client.get("/konto").status_code == 302
    assert client.post("/logga-ut").status_code == 302


def test_logging_out_everywhere_reaches_the_other_browser(as_):
    person = make.person()
    one, other = as_(person), as_(person)
    assert len(one.page("/konto").select("table tbody tr")) == 2
    one.send("/logga-ut-overallt")
    assert other.get("/konto").status_code == 302


def test_changing_the_password_asks_for_the_old_one_and_ends_other_sessions(as_, client):
    person = make.person()
    here, there = as_(person), as_(person)
    wanted = {"old": "fel", "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert "stämmer inte" in here.send("/konto/losenord", wanted, status=422).get_text()
    here.send("/konto/losenord", {**wanted, "old": make.PASSWORD})
    assert here.get("/konto").status_code == 200
    assert there.get("/konto").status_code == 302
    assert log_in(client, person.email, NEW_PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("password", "again", "word"),
    [("kort", "kort", "Minst"), (NEW_PASSWORD, "annat annat annat", "olika"), ("aaaaaaaaaaaa", "aaaaaaaaaaaa", "olika tecken")],
)
def test_a_weak_or_mistyped_password_is_refused_with_what_to_do(as_, password, again, word):
    page = as_(make.person()).send("/konto/losenord", {"old": make.PASSWORD, "password": password, "again": again}, status=422)
    assert word in page.get_text()


def test_somebody_with_roles_in_two_places_chooses_for_whom_to_act(as_):
    person = make.person(Role.PREPARER)
    person.mandates.append(Mandate(organisation=make.municipality("0180"), role=Role.READER, from_on=person.mandates[0].from_on))
    db.session.flush()
    client = as_(person, make.municipality())
    client.send("/byt-organisation", {"organisation": make.municipality("0180").id})
    assert "Stockholm" in client.page("/konto").select_one("header .who").get_text()
    client.send("/byt-organisation", {"organisation": make.board("06").id}, status=422)


def invite(client, organisation=None, **more):
    where = f"?organisation={organisation.id}" if organisation else ""
    wanted = {"email": "ny@kommunen.se", "name": "Ny Person", "title": "", "role": Role.PREPARER.value, **more}
    return client.post(f"/personer/bjud-in{where}", data=wanted)


def test_an_invited_person_chooses_a_password_by_a_link_that_works_once(as_, app):
    assert invite(as_(make.person(Role.APPLICANT_ADMIN))).status_code == 302
    link, guest = link_in_the_last_letter(), app.test_client()
    assert "Ny Person" in guest.page(link).get_text()
    assert guest.post(link, data={"password": NEW_PASSWORD, "again": NEW_PASSWORD}).status_code == 302
    assert "Ny Person" in guest.page("/konto").get_text()
    assert "redan använd" in text_of(app.test_client().get(link))
    assert log_in(app.test_client(), "ny@kommunen.se", NEW_PASSWORD).status_code == 302


def test_a_link_that_is_too_old_or_not_whole_says_why(as_, app):
    invite(as_(make.person(Role.APPLICANT_ADMIN)))
    link = link_in_the_last_letter()
    db.session.scalars(select(Invitation)).one().expires_at = make.now() - timedelta(minutes=1)
    client = app.test_client()
    assert "Länken gällde till" in client.page(link, status=410).get_text()
    assert "inte hel" in client.page(link + "x", status=410).get_text()
    assert client.post(link, data={"password": NEW_PASSWORD, "again": NEW_PASSWORD}).status_code == 410


def test_who_has_an_account_gets_the_role_at_once_and_keeps_the_name(as_):
    known = make.person(Role.READER, make.municipality("0180"))
    page = as_(make.person(Role.APPLICANT_ADMIN)).send(
        "/personer/bjud-in", {"email": known.email, "name": "Någon Annan", "title": "", "role": "reader"}
    )
    assert known.name in page.get_text()
    assert "Någon Annan" not in page.get_text()
    assert db.session.scalars(select(Job)).one().payload["leads_to"] == "/logga-in"
    assert not db.session.scalars(select(Invitation)).all()


def test_the_same_role_is_not_given_twice(as_):
    admin = as_(make.person(Role.APPLICANT_ADMIN))
    invite(admin)
    answer = invite(admin)
    assert answer.status_code == 422
    assert "är redan handläggare i kommunen" in text_of(answer)


def test_an_administrator_gives_only_the_roles_of_their_own_kind_and_place(as_, moment_of):
    admin = make.person(Role.APPLICANT_ADMIN)
    assert invite(as_(admin), role=Role.KEEPER.value).status_code == 422
    assert invite(as_(admin), make.municipality("0180")).status_code == 404
    with pytest.raises(Unmet):
        mandates.invite(moment_of(admin), email="a@b.se", name="A", organisation=make.municipality(), role=Role.OFFICER)
    with pytest.raises(Forbidden):
        mandates.invite(moment_of(admin), email="a@b.se", name="A", organisation=make.municipality("0180"), role=Role.READER)
    assert invite(as_(make.person(Role.PREPARER))).status_code == 403


def test_national_roles_are_given_by_the_keeper_and_held_in_boards():
    board_admin = Actor(1, "", 1, frozenset({Role.BOARD_ADMIN}))
    keeper = Actor(1, "", 1, frozenset({Role.KEEPER}))
    assert not set(roles_to_give(board_admin, OrganisationKind.BOARD)) & set(NATIONAL_ROLES)
    assert set(NATIONAL_ROLES) <= set(roles_to_give(keeper, OrganisationKind.BOARD))
    assert not set(roles_of(OrganisationKind.MUNICIPALITY)) & set(NATIONAL_ROLES)


def test_an_ended_role_ends_at_once_and_is_remembered(as_):
    admin, preparer = make.person(Role.APPLICANT_ADMIN), make.person(Role.PREPARER, since=make.now().date())
    other = as_(preparer)
    page = as_(admin).send(f"/mandat/{preparer.mandates[0].id}/avsluta")
    assert "avslutad" in page.get_text()
    assert other.get("/konto").status_code == 302
    event = db.session.scalars(select(Event).where(Event.noun == "mandate")).one()
    assert (event.verb, event.person_id) == ("end", admin.id)


def test_the_only_administrator_cannot_end_their_own_role(as_):
    admin = make.person(Role.APPLICANT_ADMIN)
    page = as_(admin).send(f"/mandat/{admin.mandates[0].id}/avsluta", status=422)
    assert "enda administratören" in page.get_text()
    make.person(Role.APPLICANT_ADMIN)
    as_(admin).post(f"/mandat/{admin.mandates[0].id}/avsluta")
    assert db.session.get(Person, admin.id).mandates[0].to_on


def test_a_board_administrator_does_not_end_a_national_role(as_):
    admin, auditor = make.person(Role.BOARD_ADMIN), make.person(Role.AUDITOR, make.board("04"))
    as_(admin).send(f"/mandat/{auditor.mandates[0].id}/avsluta", status=422)


def test_a_forgotten_password_is_answered_the_same_for_everybody_and_mailed_to_who_exists(client):
    person = make.person()
    known = text_of(client.post("/glomt-losenord", data={"email": person.email})).replace(person.email, "")
    unknown = text_of(client.post("/glomt-losenord", data={"email": "ingen@example.se"})).replace("ingen@example.se", "")
    assert known == unknown
    assert db.session.scalars(select(Job)).one().payload["to"] == person.email
    link = link_in_the_last_letter()
    client.post(link, data={"password": NEW_PASSWORD, "again": NEW_PASSWORD})
    assert db.session.get(Person, person.id).password_hash != make.PASSWORD_HASH


def test_a_reset_link_lives_for_two_hours_and_a_new_password_kills_the_others(app, moment_of):
    person = make.person()
    now = make.now()
    first, second = (people.new_link(person, make.system(now), people.RESET_WITHIN) for _ in range(2))
    db.session.flush()
    assert people.invitation_by_token(first, now + timedelta(minutes=119))
    with pytest.raises(Unmet, match="gällde till"):
        people.invitation_by_token(first, now + timedelta(hours=2))
    people.accept_invitation(first, "hash", now)
    with pytest.raises(Unmet, match="redan använd"):
        people.accept_invitation(second, "hash", now)


def test_administrators_see_the_persons_of_their_own_organisation_alone(as_):
    mine, others = make.person(Role.READER), make.person(Role.READER, make.municipality("0180"))
    text = as_(make.person(Role.APPLICANT_ADMIN)).page("/personer").get_text()
    assert mine.email in text
    assert others.email not in text
    everybody = as_(make.person(Role.KEEPER)).page("/personer?q=stockholm").get_text()
    assert others.email in everybody
    assert mine.email not in everybody


def test_the_keeper_sees_every_organisation_in_pages_and_within_the_query_budget(as_, queries):
    client = as_(make.person(Role.KEEPER))
    with queries() as seen:
        page = client.page("/organisationer")
    assert len(seen) <= 12
    assert len(page.select("tbody tr")) == 50
    assert "Vingåkers kommun" in client.page("/organisationer?q=vingå&slag=municipality").get_text()
    for number in range(60):
        make.person(Role.READER, name=f"Läsare {number}")
    with queries() as seen:
        client.page("/personer")
    assert len(seen) <= 12


def test_an_organisation_is_changed_by_its_own_administrator(as_):
    place, client = make.municipality(), as_(make.person(Role.APPLICANT_ADMIN))
    wanted = {
        "contact_email": "kommun@vingaker.se",
        "giro": "123-4567",
        "address": "Storgatan 1",
        "contact_phone": "",
        "payment_reference": "",
    }
    page = client.send(f"/organisationer/{place.id}/redigera", {**wanted, "orgnr": "212000-0142", "series_prefix": "1"})
    assert "123-4567" in page.get_text()
    assert place.orgnr != "212000-0142"
    assert place.series_prefix is None
    assert db.session.scalars(select(Event.note).where(Event.noun == "organisation")).one() == "contact_email, address, giro"
    assert client.get(f"/organisationer/{make.municipality('0180').id}/redigera").status_code == 404


def test_the_keeper_types_the_number_of_a_federation_and_it_is_checked(as_):
    place, client = make.federation(), as_(make.person(Role.KEEPER))
    place.orgnr = None
    address = f"/organisationer/{place.id}/redigera"
    assert "stämmer inte" in client.send(address, {"orgnr": "222000-0001"}, status=422).get_text()
    taken = make.municipality().orgnr
    assert "Vingåkers kommun" in client.send(address, {"orgnr": taken}, status=422).get_text()
    assert "222000-0018" in client.send(address, {"orgnr": "2220000018"}).get_text()


def test_a_board_with_a_series_of_its_own_says_which(as_):
    place, client = make.board("04"), as_(make.person(Role.BOARD_ADMIN))
    address = f"/organisationer/{place.id}/redigera"
    assert "ärendegrupp" in client.send(address, {"own_series": "y", "series_prefix": ""}, status=422).get_text()
    assert "serie 851" in client.send(address, {"own_series": "y", "series_prefix": "851"}).get_text()


def test_only_the_demonstration_shows_who_can_log_in(client):
    person = make.person()
    assert person.email not in client.page("/logga-in").get_text()
    db.session.get(Installation, 1).is_demonstration = True
    page = client.page("/logga-in").get_text()
    assert person.email in page
    assert "demo-losenord-37" in page


def test_an_unknown_account_is_compared_with_a_hash_that_costs_as_much(app):
    hasher = app.config["HASHER"]
    assert passwords._nobodys(hasher).split("$")[3] == hasher.hash("x").split("$")[3]
    assert passwords.matches(None, "x", hasher) is False
