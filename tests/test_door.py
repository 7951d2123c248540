"""The door and the gate: permission, step, guards, history; one commit a request."""

from itertools import pairwise

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from grants.cli.working import work
from grants.domain.completeness import Section
from grants.domain.errors import Forbidden, Stale, Unmet, WrongState
from grants.domain.words import ApplicationState, Role
from grants.extensions import db
from grants.models.applications import Application
from grants.models.records import Event
from grants.services import acting, applications, records
from grants.services.applications import content

from . import make


def test_the_door_asks_for_permission_by_itself(app, moment_of):
    application = make.application(state="ready")
    stranger = make.person(Role.SIGNATORY, make.municipality("0180"))
    with pytest.raises(Forbidden):
        acting.act("submit", application, moment_of(stranger))
    assert application.state == ApplicationState.READY


def test_the_door_refuses_a_step_from_the_wrong_state(app, moment_of):
    application = make.application(state="draft")
    officer = make.person(Role.OFFICER, application.board)
    application = make.application(state="submitted", call=application.call)
    with pytest.raises(WrongState):
        acting.act("conclude", application, moment_of(officer))


def test_the_door_tells_every_unmet_condition_at_once(app, moment_of):
    application = make.application(state="submitted")
    officer = make.person(Role.OFFICER, application.board)
    with pytest.raises(Unmet) as refusal:
        acting.act("check", application, moment_of(officer))
    assert len(refusal.value.reasons) >= 2


def test_a_draft_cannot_be_saved_over_someone_elses_save(app):
    application = make.application(state="draft")
    with pytest.raises(Stale):
        acting.expect_version(application, application.row_version - 1)


def test_each_deed_leaves_one_row_that_carries_the_hash_of_the_one_before(app):
    make.application(state="submitted")
    with work():
        pass
    rows = db.session.scalars(select(Event).order_by(Event.number)).all()
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert all(later.previous == earlier.hash for earlier, later in pairwise(rows))
    assert records.first_broken_row() is None
    assert "submit" in [row.verb for row in rows]


@pytest.mark.parametrize("statement", ["UPDATE event SET note = 'annat' WHERE number = 1", "DELETE FROM event WHERE number = 1"])
def test_the_history_cannot_be_changed_in_the_database(app, statement):
    make.application(state="submitted")
    records.seal()
    with pytest.raises(DBAPIError, match="append-only"), db.session.begin_nested():
        db.session.execute(text(statement))


def test_a_forged_row_breaks_the_chain(app):
    make.application(state="submitted")
    records.seal()
    last = db.session.scalars(select(Event).order_by(Event.number.desc())).first()
    db.session.add(
        Event(number=last.number + 1, noun="application", verb="submit", at=last.at, previous=last.hash, hash="0" * 64, note="insmugglad")
    )
    db.session.flush()
    assert records.first_broken_row() == last.number + 1


def test_a_refused_deed_leaves_no_trace(app, as_, moment_of):
    application = make.application(state="submitted")
    officer = make.person(Role.OFFICER, application.board)
    records.seal()
    before = records.count()
    as_(officer).send(f"/ansokningar/{application.id}/avsluta-bedomning", status=409)
    assert records.count() == before


def test_who_may_not_see_gets_404_and_who_may_not_act_gets_403(app, as_):
    application = make.application(state="draft")
    stranger = make.person(Role.SIGNATORY, make.municipality("0180"))
    reader = make.person(Role.READER, application.applicant)
    assert as_(stranger).get(f"/ansokningar/{application.id}").status_code == 404
    assert as_(reader).post(f"/ansokningar/{application.id}/klar").status_code == 403


def test_the_gate_keeps_a_page_from_who_sees_the_case_but_may_not_act(app, as_):
    application = make.application(state="submitted")
    decider = make.person(Role.DECIDER, application.board)
    assert as_(decider).get(f"/ansokningar/{application.id}").status_code == 200
    assert as_(decider).get(f"/ansokningar/{application.id}/formell-kontroll").status_code == 403


def test_who_is_not_logged_in_is_asked_to(app, client):
    application = make.application(state="draft")
    answer = client.get(f"/ansokningar/{application.id}")
    assert answer.status_code == 302
    assert "/logga-in" in answer.location


def test_two_saves_of_the_same_section_cannot_both_win(app, moment_of):
    application = make.application(state="draft")
    person = make.person(Role.PREPARER, application.applicant)
    seen = content.mark(application, Section.SUMMARY)
    applications.save(application, moment_of(person), "sammanfattning", title="Först", seen=seen)
    db.session.flush()
    with pytest.raises(Stale):
        applications.save(application, moment_of(person), "sammanfattning", title="Sedan", seen=seen)
    assert db.session.get_one(Application, application.id).title == "Först"


def test_a_number_that_no_database_can_hold_leads_nowhere(app, as_):
    assert as_(make.person()).get(f"/ansokningar/{2**63}").status_code == 404
