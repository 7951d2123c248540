"""The history in words, and the keeper's page."""

from email import message_from_bytes
from email.policy import default

from grants.config import Settings
from grants.domain.deeds import DRAFTING, INTERNAL
from grants.domain.words import Role
from grants.services import letters, records

from . import make


def keys(events):
    return {f"{event.noun}.{event.verb}" for event in events}


def test_the_keeper_sees_what_waits_and_can_check_the_history(as_):
    client = as_(make.person(Role.KEEPER))
    make.call()
    letters.mail("nagon@example.se", "Hej", "Text", make.system(), leads_to="/")
    page = client.page("/system")
    assert "brev" in page.select_one("table").get_text()
    assert "nagon@example.se" not in page.get_text()
    assert "Historiken är hel" in client.page("/system?kontrollera=1").get_text()


def test_a_job_that_was_given_up_is_told(as_):
    letters.mail("nagon@example.se", "Hej", "Text", make.system(), leads_to="/")
    letters.waiting()[0].attempts = letters.MOST_ATTEMPTS
    assert "Gavs upp" in as_(make.person(Role.KEEPER)).page("/system").get_text()


def test_the_keeper_lets_a_job_that_was_given_up_be_tried_again(as_):
    letters.mail("nagon@example.se", "Hej", "Text", make.system(), leads_to="/")
    job, client = letters.waiting()[0], as_(make.person(Role.KEEPER))
    assert client.post(f"/system/jobb/{job.id}/forsok-igen").status_code == 409
    job.attempts, job.error = letters.MOST_ATTEMPTS, "Servern svarar inte"
    assert client.page("/system").select_one(f"form[action='/system/jobb/{job.id}/forsok-igen']")
    client.post(f"/system/jobb/{job.id}/forsok-igen")
    assert letters.claim(job.run_at).id == job.id


def test_a_letter_ends_with_the_whole_address_of_its_page(app, tmp_path):
    letters.mail("nagon@example.se", "Hej", "Läs beslutet:", make.system(), leads_to="/beslut/7")
    job = letters.waiting()[0]
    settings = Settings(instance_path=str(tmp_path), public_url="https://p37.example.se/")
    letters.do({"id": 1, "kind": "mail", "payload": job.payload}, settings)
    letter = message_from_bytes((tmp_path / "mail" / "000001.eml").read_bytes(), policy=default)
    assert letter.get_content() == "Läs beslutet:\n\nhttps://p37.example.se/beslut/7\n"
    letters.finish(job.id, make.now())
    assert "/beslut/7" not in str(job.payload)


def test_nobody_but_the_keeper_sees_the_system_page(as_, client):
    assert as_(make.person(Role.OFFICER)).get("/system").status_code == 403
    assert client.get("/system").headers["Location"].startswith("/logga-in")


def test_the_history_of_a_case_is_told_in_sentences_with_the_states(as_):
    application = make.application(state="submitted")
    records.seal()
    officer = make.person(Role.OFFICER, application.board)
    page = as_(officer).page(f"/ansokningar/{application.id}/historik").get_text()
    assert f"{application.signed_by.name} skrev under och skickade in ansökan" in page
    assert "Formell kontroll" in page


def test_how_a_draft_was_written_is_told_to_the_applicant_alone(moment_of):
    application = make.application(state="submitted")
    records.seal()
    own, officer = make.person(Role.READER, application.applicant), make.person(Role.OFFICER, application.board)
    assert "application.start" in keys(records.told(application, moment_of(own).actor))
    assert not keys(records.told(application, moment_of(officer).actor)) & DRAFTING


def test_how_a_case_is_prepared_is_not_told_to_the_applicant(moment_of):
    application = make.application(state="checked")
    records.seal()
    own, auditor = make.person(Role.READER, application.applicant), make.person(Role.AUDITOR)
    assert not keys(records.told(application, moment_of(own).actor)) & INTERNAL
    assert "application.check" in keys(records.told(application, moment_of(auditor).actor))


def test_the_history_is_closed_to_applicants_and_other_boards(as_):
    application = make.application(state="submitted")
    address = f"/ansokningar/{application.id}/historik"
    assert as_(make.person(Role.SIGNATORY, application.applicant)).get(address).status_code == 403
    assert as_(make.person(Role.OFFICER, make.board("08"))).get(address).status_code == 404
