"""The history in words, and the keeper's page."""

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
