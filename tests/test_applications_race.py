"""Two people at the same moment, with real threads and connections: one wins, the other is told, nothing is lost."""

from collections.abc import Callable

from sqlalchemy import func, select

from grants.cli.working import work
from grants.domain.errors import Stale
from grants.domain.words import ApplicationState, Role
from grants.extensions import db
from grants.models.applications import Application
from grants.models.people import Person
from grants.models.records import Event, Job
from grants.services import applications

from . import make
from .together import at_once


def case_and(*people: Person, state: str) -> tuple[int, list[int]]:
    made = make.application(state)
    db.session.flush()
    return made.id, [person.id for person in people]


def doing(verb: Callable[..., None], application_id: int, person_id: int, *args: str) -> Callable[[], None]:
    """A deed for a thread of its own, which loads what it needs."""

    def deed() -> None:
        person = db.session.get_one(Person, person_id)
        verb(db.session.get_one(Application, application_id), make.moment(person), *args)
        db.session.flush()

    return deed


def test_two_signatories_who_send_at_once_send_one_application(shared):
    with shared[0].app_context(), work():
        case, people = case_and(make.person(Role.SIGNATORY), make.person(Role.SIGNATORY), state="ready")
    answers = at_once(shared, *(doing(applications.submit, case, person) for person in people))
    assert answers.count(None) == 1
    with shared[0].app_context():
        sent = db.session.get_one(Application, case)
        assert sent.state == ApplicationState.SUBMITTED
        assert sent.fingerprint == applications.fingerprint(sent)
        submits = select(func.count()).where(Event.noun == "application", Event.thing_id == case, Event.verb == "submit")
        assert db.session.scalar(submits) == 1
        receipts = [job for job in db.session.scalars(select(Job)) if job.payload["subject"].startswith("Mottagen")]
        assert len({job.payload["to"] for job in receipts}) == len(receipts)


def test_what_is_saved_while_somebody_signs_is_never_signed_unread(shared):
    """On PostgreSQL; SQLite's writers stand in line from the start, so that nobody reads what another is changing."""
    app, kind = shared
    with app.app_context(), work():
        case, people = case_and(make.person(Role.SIGNATORY), make.person(Role.PREPARER), state="draft")

    def change(application: Application, moment: object) -> None:
        applications.save(application, moment, "behov", need="Ny text.")

    with app.app_context(), work():
        seen, moment = db.session.get_one(Application, case), make.moment(db.session.get_one(Person, people[0]))
        assert seen.need != "Ny text."
        if kind == "postgresql":
            assert at_once(shared, doing(change, case, people[1])) == [None]
        try:
            applications.submit(seen, moment)
        except Stale:
            db.session.rollback()
    with app.app_context():
        sent = db.session.get_one(Application, case)
        assert sent.fingerprint in (None, applications.fingerprint(sent))


def test_two_officers_who_take_the_next_number_at_once_get_two_numbers(shared):
    with shared[0].app_context(), work():
        board = make.board()
        board.own_series, board.series_prefix = True, "851"
        pairs = [case_and(make.person(Role.OFFICER), state="submitted") for _ in range(2)]
    assert at_once(shared, *(doing(applications.number, case, people[0]) for case, people in pairs)) == [None, None]
    with shared[0].app_context():
        numbers = {db.session.get_one(Application, case).registration_number for case, _ in pairs}
        assert numbers == {f"851-{n}-{make.now().year}" for n in (1, 2)}


def test_the_same_number_typed_at_once_is_given_to_one_case(shared):
    with shared[0].app_context(), work():
        pairs = [case_and(make.person(Role.OFFICER), state="submitted") for _ in range(2)]
    answers = at_once(shared, *(doing(applications.number, case, people[0], "428-1-2025") for case, people in pairs))
    assert answers.count(None) == 1
    with shared[0].app_context():
        given = select(func.count()).where(Application.registration_number == "428-1-2025")
        assert db.session.scalar(given) == 1
